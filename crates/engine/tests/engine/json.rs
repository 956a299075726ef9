//! The engine's JSON against serde_json: the same documents are read and written alike, in one line and laid out.

use ec2_lab_engine::json::{Map, Value, from_str, pretty, to_string};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

fn letters() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z-]{0,40}",
        "[\\x00-\\x7f\"\\\\é☃\u{10ffff}]{0,40}",
        Just("\u{2028}\u{7f}\"".to_owned()),
    ]
}

fn documents() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        (-20_i64..20).prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        letters().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 200, 50, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::vec((letters(), inner), 0..50)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn laid_out(document: &serde_json::Value) -> String {
    let mut bytes = Vec::new();
    let layout = PrettyFormatter::with_indent(b"    ");
    document
        .serialize(&mut Serializer::with_formatter(&mut bytes, layout))
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn documents_are_written_and_read_as_serde_json_does(document in documents()) {
        let ours = Value::from(document.clone());
        let text = document.to_string();
        prop_assert_eq!(&to_string(&ours), &text);
        prop_assert_eq!(pretty(&ours), laid_out(&document));
        prop_assert_eq!(serde_json::to_string(&ours).unwrap(), text.clone());
        let read: Value = from_str(&text).unwrap();
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(to_string(&read), theirs.to_string());
    }

    /// Keys with one name, in any number and order, end as they end in serde_json's map.
    #[test]
    fn an_object_is_an_ordered_map(steps in prop::collection::vec(("[a-f]{1,2}", 0_u8..3, any::<u8>()), 0..120)) {
        let (mut ours, mut theirs) = (Map::new(), serde_json::Map::new());
        for (key, what, number) in steps {
            match what {
                0 => prop_assert_eq!(ours.remove(&key).is_some(), theirs.shift_remove(&key).is_some()),
                1 => {
                    let copy = ours.clone();
                    ours.or_insert_with(key.as_str(), || number.into());
                    theirs.entry(key.clone()).or_insert_with(|| number.into());
                    prop_assert_eq!(copy.contains_key(&key), copy == ours);
                }
                _ => prop_assert_eq!(ours.insert(key.clone(), number.into()).is_some(), theirs.insert(key, number.into()).is_some()),
            }
            prop_assert_eq!(Value::Object(ours.clone()).to_string(), serde_json::Value::Object(theirs.clone()).to_string());
        }
        let backwards: Map = ours.iter().rev().map(|(key, value)| (key.clone(), value.clone())).collect();
        prop_assert_eq!(backwards, ours);
    }
}

/// The limit of nesting is serde_json's: a deep document is refused, and does not end the program.
#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(from_str::<Value>(&deep).is_err());
}

/// A large object is read in a time that grows with its size: 200,000 keys would take hours otherwise.
#[test]
fn a_large_object_is_read() {
    let keys: Vec<String> = (0..200_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let read: Value = from_str(&format!("{{{}}}", keys.join(","))).unwrap();
    assert_eq!(read["k199999"], 199_999);
}
