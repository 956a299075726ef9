//! Time that passes: by itself, or at once to what happens next.

use super::{AppState, Effect};
use crate::ui::words;

impl AppState {
    pub(super) fn tick(&mut self, milliseconds: u64) {
        self.lag += milliseconds * self.speed.factor();
        let due = self
            .session
            .world()
            .next_wakeup()
            .is_some_and(|next| next <= self.clock());
        if due {
            self.catch_up();
            self.save();
        }
    }

    pub(super) fn next_event(&mut self) {
        let Some(next) = self.session.world().next_wakeup() else {
            self.effect(Effect::Announce(
                "Nothing is due: the clock can only run on.".to_owned(),
            ));
            return;
        };
        let from = self.clock();
        let at = next.max(from);
        self.lag = 0;
        let events = self.session.advance_to(at);
        let what = words::events(self, &events);
        self.effect(Effect::Announce(format!(
            "{} later: {what}",
            words::duration(at.since(from))
        )));
        self.save();
    }
}
