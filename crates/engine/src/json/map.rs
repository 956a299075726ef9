//! An object: keys and values in the order in which they came.

use super::{Text, Value};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// A key. One that stands in the program is borrowed.
pub type Key = Text;

/// From this many entries on, building an object looks keys up in an index instead of going through all of them.
const MANY: usize = 32;

/// An object's entries. A copy shares them until one of the two is changed.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Rc<Vec<(Key, Value)>>,
}

impl Map {
    /// Without entries.
    #[must_use]
    pub fn new() -> Self {
        Map::default()
    }

    /// Without entries, with room for some.
    #[must_use]
    pub fn with_capacity(room: usize) -> Self {
        Map::of(Vec::with_capacity(room))
    }

    /// Of entries whose keys are known to be different.
    pub(crate) fn of(entries: Vec<(Key, Value)>) -> Self {
        Map {
            entries: Rc::new(entries),
        }
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|(have, _)| have == key)
    }

    fn change(&mut self) -> &mut Vec<(Key, Value)> {
        Rc::make_mut(&mut self.entries)
    }

    /// How many entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get<K: AsRef<str> + ?Sized>(&self, key: &K) -> Option<&Value> {
        let key = key.as_ref();
        self.entries
            .iter()
            .find_map(|(have, value)| (have == key).then_some(value))
    }

    /// The value of a key, to change.
    pub fn get_mut<K: AsRef<str> + ?Sized>(&mut self, key: &K) -> Option<&mut Value> {
        let place = self.place(key.as_ref())?;
        self.change().get_mut(place).map(|(_, value)| value)
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains_key<K: AsRef<str> + ?Sized>(&self, key: &K) -> bool {
        self.place(key.as_ref()).is_some()
    }

    /// Sets a key's value, at the end if it is new; what it was before.
    pub fn insert(&mut self, key: impl Into<Key>, value: Value) -> Option<Value> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, value));
        }
        self.change().push((key, value));
        None
    }

    /// The value of a key, which is `make`'s if there was none.
    pub fn or_insert_with(
        &mut self,
        key: impl Into<Key>,
        make: impl FnOnce() -> Value,
    ) -> &mut Value {
        let key = key.into();
        let place = self.place(&key).unwrap_or(self.len());
        let entries = self.change();
        if place == entries.len() {
            entries.push((key, make()));
        }
        // INVARIANT: `place` is an entry's, or that of the one just added.
        #[allow(clippy::indexing_slicing)]
        &mut entries[place].1
    }

    /// Takes a key out; the others keep their order.
    pub fn remove<K: AsRef<str> + ?Sized>(&mut self, key: &K) -> Option<Value> {
        let place = self.place(key.as_ref())?;
        Some(self.change().remove(place).1)
    }

    /// Keeps the entries that pass.
    pub fn retain(&mut self, mut pass: impl FnMut(&Key, &mut Value) -> bool) {
        self.change().retain_mut(|(key, value)| pass(key, value));
    }

    /// The entries in order.
    pub fn iter(&self) -> Iter<'_> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The entries in order, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Key, &mut Value)> {
        self.change().iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The values in order, to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.change().iter_mut().map(|(_, value)| value)
    }
}

/// The entries of an object, borrowed.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, (Key, Value)>, fn(&(Key, Value)) -> (&Key, &Value)>;

impl<'a> IntoIterator for &'a Map {
    type Item = (&'a Key, &'a Value);
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = (Key, Value);
    type IntoIter = std::vec::IntoIter<(Key, Value)>;
    fn into_iter(self) -> Self::IntoIter {
        Rc::unwrap_or_clone(self.entries).into_iter()
    }
}

/// Of two entries with one key the later value counts, in the earlier one's place.
impl<K: Into<Key>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(given: I) -> Self {
        let mut map = Map::new();
        map.extend(given);
        map
    }
}

impl<K: Into<Key>> Extend<(K, Value)> for Map {
    fn extend<I: IntoIterator<Item = (K, Value)>>(&mut self, given: I) {
        let entries = self.change();
        // Looking every key up among all others would make a large document's reading quadratic.
        let mut index: Option<BTreeMap<Key, usize>> = None;
        for (key, value) in given {
            let key = key.into();
            if index.is_none() && entries.len() >= MANY {
                let keys = entries.iter().enumerate();
                index = Some(keys.map(|(at, (key, _))| (key.clone(), at)).collect());
            }
            let place = match &index {
                Some(index) => index.get(&key).copied(),
                None => entries.iter().position(|(have, _)| *have == key),
            };
            match place.and_then(|place| entries.get_mut(place)) {
                Some((_, old)) => *old = value,
                None => {
                    if let Some(index) = &mut index {
                        index.insert(key.clone(), entries.len());
                    }
                    entries.push((key, value));
                }
            }
        }
    }
}

/// The order of the keys does not count.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        if Rc::ptr_eq(&self.entries, &other.entries) {
            return true;
        }
        let same_order = || self.entries == other.entries;
        let any_order = || {
            let mut sorted: [Vec<_>; 2] = [self.iter().collect(), other.iter().collect()];
            sorted
                .iter_mut()
                .for_each(|entries| entries.sort_by_key(|(key, _)| *key));
            let [mine, theirs] = &sorted;
            mine == theirs
        };
        self.len() == other.len() && (same_order() || any_order())
    }
}

impl Eq for Map {}

impl Hash for Map {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        entries.hash(state);
    }
}
