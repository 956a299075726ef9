//! What many rows of one listing have in common is made once and shared.

use crate::json::{Text, Value};

/// The last value that was made, and what it was made from.
pub struct Repeated<K, V = Value> {
    last: Option<(K, V)>,
}

/// The last text that was made, and what it was made from.
pub type RepeatedText<K> = Repeated<K, Text>;

impl<K, V> Default for Repeated<K, V> {
    fn default() -> Self {
        Repeated { last: None }
    }
}

impl<K: PartialEq, V: Clone> Repeated<K, V> {
    /// The value of `from`: the last one if it was made from the same, else what `make` makes. `from` must hold all
    /// that `make` looks at and that can differ within one listing.
    pub fn of(&mut self, from: K, make: impl FnOnce(&K) -> V) -> V {
        if let Some((known, value)) = &self.last
            && *known == from
        {
            return value.clone();
        }
        let value = make(&from);
        self.last = Some((from, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_again_only_from_something_else() {
        let (mut repeated, mut made) = (Repeated::<u8, u8>::default(), Vec::new());
        for from in [1, 1, 2, 2, 1] {
            let value = repeated.of(from, |from| {
                made.push(*from);
                from * 10
            });
            assert_eq!(value, from * 10);
        }
        assert_eq!(made, [1, 2, 1]);
    }
}
