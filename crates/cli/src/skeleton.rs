//! `--generate-cli-skeleton`: an empty input to fill in.

use crate::shapes::{Kind, Type, table};
use serde_json::{Map, Value};

/// The empty input of an operation, as `--cli-input-json` takes it.
pub fn skeleton(operation: &str) -> Value {
    let members = table().input(operation).unwrap_or_default();
    members
        .into_iter()
        .map(|member| (member.name.to_owned(), sample(member.of, 0)))
        .collect::<Map<_, _>>()
        .into()
}

fn sample(of: Type, depth: usize) -> Value {
    match of.kind() {
        // No EC2 shape contains itself; the bound keeps a future one from running away.
        Kind::Structure(_) if depth > 12 => Value::Object(Map::new()),
        Kind::Structure(members) => members
            .into_iter()
            .map(|member| (member.name.to_owned(), sample(member.of, depth + 1)))
            .collect::<Map<_, _>>()
            .into(),
        Kind::List { element, .. } => Value::Array(vec![sample(element, depth + 1)]),
        Kind::String { values, .. } => Value::from(values.first().copied().unwrap_or("")),
        Kind::Integer { .. } => Value::from(0),
        Kind::Float => Value::from(0.0),
        Kind::Boolean => Value::Bool(true),
        Kind::Timestamp => Value::from("1970-01-01T00:00:00"),
        Kind::Blob => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_shows_every_member() {
        let skeleton = skeleton("DescribeVpcs");
        assert_eq!(
            skeleton.get("Filters"),
            Some(&json!([{"Name": "", "Values": [""]}]))
        );
        assert_eq!(skeleton.get("DryRun"), Some(&json!(true)));
    }
}
