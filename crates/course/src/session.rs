//! One learner's lab: a world, how it came about, and the way back.

use crate::journal::{Action, Entry, perform};
use ec2_lab_cli::{Engine, ServiceError, engine_caller};
use ec2_lab_engine::input::Input;
use ec2_lab_engine::network::Probe;
use ec2_lab_engine::operation::{Service, find, registry};
use ec2_lab_engine::operations::lab::connect;
use ec2_lab_engine::{ApiResult, Caller, Event, Instant, Value, World};
use std::rc::Rc;

/// How many steps can be taken back.
const UNDO_LIMIT: usize = 200;

/// A world before a step, and how long the journal was then.
#[derive(Clone, Debug)]
struct Mark {
    world: World,
    length: usize,
    step: u32,
}

/// The lab of one learner. A copy is cheap.
#[derive(Clone, Debug)]
pub struct Session {
    world: World,
    journal: Rc<Vec<Entry>>,
    step: u32,
    marks: Rc<Vec<Mark>>,
    undone: Rc<Vec<Vec<Entry>>>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.journal == other.journal && self.world == other.world
    }
}

impl Session {
    /// A fresh lab.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Session {
            world: World::new(seed),
            journal: Rc::default(),
            step: 0,
            marks: Rc::default(),
            undone: Rc::default(),
        }
    }

    /// A lab from its journal. Steps that this version refuses are left out and returned.
    #[must_use]
    pub fn replay(seed: u64, journal: Vec<Entry>) -> (Self, Vec<Entry>) {
        let mut session = Session::new(seed);
        let mut refused = Vec::new();
        for entry in journal {
            if entry.step != session.step {
                session.begin_step();
                session.step = entry.step;
            }
            let (result, events) = session.apply(entry.action.clone());
            if result.is_err() && events.is_empty() {
                refused.push(entry);
            }
        }
        (session, refused)
    }

    /// The world as it is.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// How it came about.
    #[must_use]
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// Begins a step: what is applied from now on is undone together.
    pub fn begin_step(&mut self) {
        // A step in which nothing happened leaves nothing to take back.
        if self
            .marks
            .last()
            .is_some_and(|mark| mark.length == self.journal.len())
        {
            self.step += 1;
            return;
        }
        let mark = Mark {
            world: self.world.clone(),
            length: self.journal.len(),
            step: self.step,
        };
        let marks = Rc::make_mut(&mut self.marks);
        marks.push(mark);
        if marks.len() > UNDO_LIMIT {
            marks.remove(0);
        }
        self.step += 1;
    }

    /// Makes one change. Refused calls and calls that only read leave no trace in the journal.
    pub fn apply(&mut self, action: Action) -> (ApiResult, Vec<Event>) {
        let outcome = perform(&mut self.world, &action);
        let keeps = match &action {
            Action::Execute { operation, .. } => {
                // What is refused and has done something all the same was done in part.
                (outcome.result.is_ok() || !outcome.events.is_empty())
                    && !World::reads_only(operation)
            }
            Action::Advance { .. } => true,
        };
        if keeps {
            self.record(action);
        }
        (outcome.result, outcome.events)
    }

    fn record(&mut self, action: Action) {
        let journal = Rc::make_mut(&mut self.journal);
        // Time that passes in many small pieces is one entry.
        if let (
            Action::Advance { to },
            Some(Entry {
                action: Action::Advance { to: last },
                step,
            }),
        ) = (&action, journal.last_mut())
            && *step == self.step
        {
            *last = *to;
            return;
        }
        if matches!(action, Action::Execute { .. }) {
            Rc::make_mut(&mut self.undone).clear();
        }
        journal.push(Entry {
            step: self.step,
            action,
        });
    }

    /// Lets time pass until `at`.
    pub fn advance_to(&mut self, at: Instant) -> Vec<Event> {
        if at <= self.world.now() {
            Vec::new()
        } else {
            self.apply(Action::Advance { to: at.0 }).1
        }
    }

    /// The steps that changed something and can be taken back.
    fn last_real_mark(&self) -> Option<usize> {
        let changed = |from: usize| {
            self.journal
                .iter()
                .skip(from)
                .any(|entry| matches!(entry.action, Action::Execute { .. }))
        };
        self.marks.iter().rposition(|mark| changed(mark.length))
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.last_real_mark().is_some()
    }

    /// Whether there is a step to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes the last step back, and the time that has passed since. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(index) = self.last_real_mark() else {
            return false;
        };
        let marks = Rc::make_mut(&mut self.marks);
        let Some(mark) = marks.get(index).cloned() else {
            return false;
        };
        marks.truncate(index);
        let taken = Rc::make_mut(&mut self.journal).split_off(mark.length);
        Rc::make_mut(&mut self.undone).push(taken);
        self.world = mark.world;
        self.step = mark.step;
        true
    }

    /// Does the step again that was taken back last. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(entries) = Rc::make_mut(&mut self.undone).pop() else {
            return false;
        };
        let rest = Rc::clone(&self.undone);
        self.begin_step();
        for entry in entries {
            // What was accepted once on this world is accepted again.
            let _ = self.apply(entry.action);
        }
        self.undone = rest;
        true
    }
}

/// The door of the command line: every command is a change like any click.
#[derive(Debug)]
pub struct Door {
    /// The lab behind it.
    pub session: Session,
    /// What happened.
    pub events: Vec<Event>,
    /// The last attempt to connect that was made, so that a page can show it.
    pub attempt: Option<(Caller, Probe)>,
}

impl Engine for Door {
    fn execute(
        &mut self,
        caller: &ec2_lab_cli::Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError> {
        let caller = engine_caller(caller)?;
        if operation == "Connect"
            && let Ok(probe) = Input::new(input).and_then(connect::read)
        {
            self.attempt = Some((caller.clone(), probe));
        }
        let action = Action::call(&caller, operation, input.clone());
        let (result, events) = self.session.apply(action);
        self.events.extend(events);
        result.map_err(ServiceError::from)
    }

    fn knows(&self, operation: &str) -> bool {
        find(operation).is_some()
    }

    fn has_region(&self, region: &str) -> bool {
        ec2_lab_engine::catalogue::region(region).is_some()
    }

    fn lab_operations(&self) -> Vec<String> {
        registry()
            .filter(|spec| spec.service == Service::Lab)
            .map(|spec| spec.name.to_owned())
            .collect()
    }

    fn now_milliseconds(&self) -> u64 {
        self.session.world.now().0
    }

    fn advance_seconds(&mut self, seconds: u64) {
        let to = self.session.world.now().plus(seconds.saturating_mul(1_000));
        self.events.extend(self.session.advance_to(to));
    }

    fn next_event_milliseconds(&self) -> Option<u64> {
        self.session.world.next_wakeup().map(|at| at.0)
    }

    fn advance_to_next(&mut self) -> bool {
        let next = self.session.world.next_wakeup();
        if let Some(at) = next {
            self.events.extend(self.session.advance_to(at));
        }
        next.is_some()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use ec2_lab_engine::json::json;

    fn group(session: &mut Session, name: &str) {
        session.begin_step();
        let input = json!({"GroupName": name, "Description": "d"});
        session
            .apply(Action::Execute {
                account: None,
                region: "us-east-1".into(),
                operation: "CreateSecurityGroup".into(),
                input,
            })
            .0
            .unwrap();
    }

    #[test]
    fn undo_and_redo_walk_the_steps() {
        let mut session = Session::new(1);
        let fresh = session.world().state_hash();
        group(&mut session, "a");
        session.advance_to(session.world().now().plus(5_000));
        // Time that passed belongs to the step before it: doing that again brings the time back, too.
        let one = session.world().state_hash();
        group(&mut session, "b");
        let two = session.world().state_hash();
        assert!(session.undo() && session.undo() && !session.undo());
        assert_eq!(session.world().state_hash(), fresh);
        assert!(session.redo());
        assert_eq!(session.world().state_hash(), one);
        assert!(session.redo() && !session.redo());
        assert_eq!(session.world().state_hash(), two);
    }

    #[test]
    fn a_replayed_journal_gives_the_same_world() {
        let mut session = Session::new(9);
        group(&mut session, "a");
        session.advance_to(session.world().now().plus(61_000));
        group(&mut session, "b");
        let (again, refused) = Session::replay(9, session.journal().to_vec());
        assert!(refused.is_empty());
        assert_eq!(again.world().state_hash(), session.world().state_hash());
        assert!(again.can_undo());
    }

    #[test]
    fn refused_and_reading_calls_leave_no_trace() {
        let mut session = Session::new(9);
        for (operation, input) in [
            ("DescribeVpcs", json!({})),
            ("DeleteSecurityGroup", json!({"GroupId": "sg-1"})),
        ] {
            session.begin_step();
            let _ = session.apply(Action::Execute {
                account: None,
                region: "us-east-1".into(),
                operation: operation.into(),
                input,
            });
        }
        assert!(session.journal().is_empty() && !session.can_undo());
    }
}
