//! A value that rows did not have in earlier versions.

use std::hash::{Hash, Hasher};

/// What rows of earlier versions lacked. Absent, it leaves a row's hash as it was, so that a save of then opens as the same
/// world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later<T>(pub Option<T>);

impl<T> Default for Later<T> {
    fn default() -> Self {
        Later(None)
    }
}

impl<T: Hash> Hash for Later<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(value) = &self.0 {
            value.hash(state);
        }
    }
}
