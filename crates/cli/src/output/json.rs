//! JSON as Python's `json.dumps(indent=4, ensure_ascii=False)` lays it out.

use ec2_lab_engine::json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

/// The text, with a newline; nothing at all for an empty structure.
pub fn print(value: &Value) -> String {
    if value
        .as_object()
        .is_some_and(ec2_lab_engine::json::Map::is_empty)
    {
        return String::new();
    }
    let mut bytes = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
    // Writing a `Value` into memory cannot fail; an empty text would show if it ever did.
    if serde::Serialize::serialize(value, &mut serializer).is_err() {
        bytes.clear();
    }
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;

    #[test]
    fn the_layout_is_pythons() {
        let value = json!({"b": [1, {"ä": "é\n"}], "a": [], "c": {}});
        let text = "{\n    \"b\": [\n        1,\n        {\n            \"ä\": \"é\\n\"\n        }\n    ],\n    \
                    \"a\": [],\n    \"c\": {}\n}\n";
        assert_eq!(print(&value), text);
        assert_eq!(print(&json!({})), "");
        assert_eq!(print(&json!(null)), "null\n");
        assert_eq!(print(&json!([])), "[]\n");
    }
}
