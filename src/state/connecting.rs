//! Attempts to connect, and the fixes that are carried out between two of them.

use super::{AppState, Attempt, LineKind, Notice};
use crate::ui::words;
use ec2_lab_engine::network::{Change, Probe};
use ec2_lab_engine::{Caller, World};
use std::rc::Rc;

impl AppState {
    pub(super) fn connect(&mut self, probe: Probe) {
        self.catch_up();
        let number = self.attempt.as_ref().map_or(0, |attempt| attempt.number) + 1;
        match Attempt::make(number, self.session.world(), &self.caller, probe) {
            Ok(attempt) => {
                let prompt = Rc::make_mut(&mut self.prompt);
                prompt.say(LineKind::Clicked, words::client_line(&attempt));
                let kind = if attempt.trace.cause.is_none() {
                    LineKind::Output
                } else {
                    LineKind::Error
                };
                prompt.say(kind, attempt.terminal.clone());
                // The attempt speaks for itself; an older message would only compete with it.
                Rc::make_mut(&mut self.notices).retain(|notice| notice.sticky);
                self.attempt = Some(Rc::new(attempt));
            }
            Err(error) => self.notify(Notice::refused("Connect", &error)),
        }
    }

    pub(super) fn apply_fix(&mut self, index: usize) {
        let Some(attempt) = self.attempt.clone() else {
            return;
        };
        let Some(fix) = attempt.fixes.get(index) else {
            return;
        };
        let mut probe = attempt.probe.clone();
        match &fix.change {
            Change::Calls(calls) => {
                if let Err((operation, error)) = self.perform(calls) {
                    self.notify(Notice::refused(operation, &error));
                    return;
                }
                if calls.iter().any(|call| call.operation == "StartInstances") {
                    self.wait_for(&probe);
                }
            }
            Change::Retry(other) => probe = (**other).clone(),
            Change::Wait(milliseconds) => {
                let at = self.clock().plus(*milliseconds);
                self.lag = 0;
                self.session.advance_to(at);
                self.save();
            }
        }
        self.connect(probe);
    }

    /// A started machine is given the time that the proof gave it.
    fn wait_for(&mut self, probe: &Probe) {
        use ec2_lab_engine::network::{Cause, probe as walk};
        let until = self.session.world().now().plus(10 * 60 * 1_000);
        let starting = |world: &World, caller: &Caller| {
            walk(world, caller, probe).is_ok_and(|trace| {
                matches!(
                    trace.cause,
                    Some(Cause::Booting { .. } | Cause::HostStopped { .. })
                )
            })
        };
        while starting(self.session.world(), &self.caller) {
            match self
                .session
                .world()
                .next_wakeup()
                .filter(|next| *next <= until)
            {
                Some(next) => self.session.advance_to(next),
                None => return,
            };
        }
        self.save();
    }
}
