//! A table of resources that is cheap to copy: a world is copied before every operation, for undo and to prove fixes.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Resources by id. A copy shares everything; a write copies the index and the one row.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Table<K, T>(Rc<BTreeMap<K, Rc<T>>>);

impl<K, T> Clone for Table<K, T> {
    fn clone(&self) -> Self {
        Table(Rc::clone(&self.0))
    }
}

impl<K: Ord, T> Default for Table<K, T> {
    fn default() -> Self {
        Table(Rc::new(BTreeMap::new()))
    }
}

impl<K: Ord + Clone, T: Clone> Table<K, T> {
    /// The row of this id.
    #[must_use]
    pub fn get(&self, id: &K) -> Option<&T> {
        self.0.get(id).map(Rc::as_ref)
    }

    /// The row of this id, to change.
    pub fn get_mut(&mut self, id: &K) -> Option<&mut T> {
        // Looked up first, so that a miss does not copy the index.
        if !self.0.contains_key(id) {
            return None;
        }
        Rc::make_mut(&mut self.0).get_mut(id).map(Rc::make_mut)
    }

    /// Adds or replaces a row.
    pub fn insert(&mut self, id: K, row: T) {
        Rc::make_mut(&mut self.0).insert(id, Rc::new(row));
    }

    /// Takes a row out.
    pub fn remove(&mut self, id: &K) -> Option<Rc<T>> {
        if !self.0.contains_key(id) {
            return None;
        }
        Rc::make_mut(&mut self.0).remove(id)
    }

    /// Whether there is such a row.
    #[must_use]
    pub fn contains(&self, id: &K) -> bool {
        self.0.contains_key(id)
    }

    /// All rows, by id.
    pub fn values(&self) -> impl Iterator<Item = &T> + Clone {
        self.0.values().map(Rc::as_ref)
    }

    /// All ids, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> + Clone {
        self.0.keys()
    }

    /// All rows by id, with the id.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &T)> + Clone {
        self.0.iter().map(|(id, row)| (id, row.as_ref()))
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
