//! A program that counts seconds in memory: it goes on after hibernation, and is gone after a stop.

use crate::clock::{Instant, SECOND};

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Counter {
    /// Milliseconds of earlier stretches.
    before: u64,
    /// Since when it has been running; `None` while the machine sleeps.
    since: Option<Instant>,
}

impl Counter {
    pub(super) fn starting(now: Instant) -> Self {
        Counter {
            before: 0,
            since: Some(now),
        }
    }

    pub(super) fn pause(&mut self, now: Instant) {
        self.before += self.since.take().map_or(0, |since| now.since(since));
    }

    pub(super) fn go_on(&mut self, now: Instant) {
        self.since = Some(now);
    }

    /// The seconds it has counted.
    #[must_use]
    pub fn seconds(&self, now: Instant) -> u64 {
        (self.before + self.since.map_or(0, |since| now.since(since))) / SECOND
    }
}
