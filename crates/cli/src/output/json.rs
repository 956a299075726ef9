//! JSON as Python's `json.dumps(indent=4, ensure_ascii=False)` lays it out.

use ec2_lab_engine::json::Value;

/// The text, with a newline; nothing at all for an empty structure.
pub fn print(value: &Value) -> String {
    if value
        .as_object()
        .is_some_and(ec2_lab_engine::json::Map::is_empty)
    {
        return String::new();
    }
    let mut text = ec2_lab_engine::json::pretty(value);
    text.push('\n');
    text
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
