//! A table of shared chunks is the standard library's ordered map in all that can be seen of it, and a copy never changes.

#![allow(
    clippy::disallowed_types,
    reason = "the hashes are compared with each other only, and not kept"
)]

use ec2_lab_engine::table::Table;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

#[derive(Clone, Debug)]
enum Step {
    Insert(u16, u32),
    Remove(u16),
    Change(u16, u32),
    Copy,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Few enough keys that they meet, enough for several chunks.
    let step = prop_oneof![
        6 => (0..600u16, any::<u32>()).prop_map(|(key, value)| Step::Insert(key, value)),
        3 => (0..600u16).prop_map(Step::Remove),
        2 => (0..600u16, any::<u32>()).prop_map(|(key, value)| Step::Change(key, value)),
        1 => Just(Step::Copy),
    ];
    proptest::collection::vec(step, 0..900)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn same(table: &Table<u16, u32>, map: &BTreeMap<u16, u32>) {
    assert_eq!(table.len(), map.len());
    assert_eq!(table.is_empty(), map.is_empty());
    assert_eq!(table.first(), map.first_key_value());
    assert!(table.iter().eq(map.iter()));
    assert!(table.keys().eq(map.keys()) && table.values().eq(map.values()));
    assert_eq!(hash(table), hash(map));
    for key in 0..600 {
        assert_eq!(table.get(&key), map.get(&key));
        assert_eq!(table.contains(&key), map.contains_key(&key));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_table_is_an_ordered_map(steps in steps()) {
        let mut table = Table::default();
        let mut map = BTreeMap::new();
        let mut copies = Vec::new();
        for step in steps {
            match step {
                Step::Insert(key, value) => {
                    table.insert(key, value);
                    map.insert(key, value);
                }
                Step::Remove(key) => prop_assert_eq!(table.remove(&key).map(|row| *row), map.remove(&key)),
                Step::Change(key, value) => {
                    let (row, expected) = (table.get_mut(&key), map.get_mut(&key));
                    prop_assert_eq!(row.is_some(), expected.is_some());
                    if let (Some(row), Some(expected)) = (row, expected) {
                        *row = value;
                        *expected = value;
                    }
                }
                Step::Copy => copies.push((table.clone(), map.clone())),
            }
        }
        same(&table, &map);
        for (table, map) in &copies {
            same(table, map);
        }
        // The same rows in another order of insertion: equal, wherever the chunks begin.
        let mut again = Table::default();
        for (key, value) in map.iter().rev() {
            again.insert(*key, *value);
        }
        prop_assert_eq!(&again, &table);
    }
}
