//! `--output yaml`: block style, two spaces, texts quoted only where YAML would misread them.

use ec2_lab_engine::json::Value;

/// The text.
pub fn print(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(map) if map.is_empty() => {}
        Value::Object(_) | Value::Array(_) if !is_empty(value) => block(value, 0, &mut out),
        // A lone scalar is a document, which YAML ends with three dots.
        scalar => out = format!("{}\n...\n", inline(scalar)),
    }
    out
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
        || value
            .as_object()
            .is_some_and(ec2_lab_engine::json::Map::is_empty)
}

fn block(value: &Value, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(map) => {
            for (at, (key, value)) in map.iter().enumerate() {
                // The first key of a structure in a list stands behind the dash.
                let margin = if at == 0 && out.ends_with("- ") {
                    ""
                } else {
                    margin.as_str()
                };
                out.push_str(&format!("{margin}{}:", text(key)));
                if is_empty(value) || !(value.is_array() || value.is_object()) {
                    out.push_str(&format!(" {}\n", inline(value)));
                } else {
                    out.push('\n');
                    block(
                        value,
                        if value.is_array() { indent } else { indent + 2 },
                        out,
                    );
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                let margin = if at == 0 && out.ends_with("- ") {
                    ""
                } else {
                    margin.as_str()
                };
                out.push_str(&format!("{margin}- "));
                if is_empty(item) || !(item.is_array() || item.is_object()) {
                    out.push_str(&format!("{}\n", inline(item)));
                } else {
                    block(item, indent + 2, out);
                }
            }
        }
        scalar => out.push_str(&format!("{margin}{}\n", inline(scalar))),
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(value) => text(value),
        other => other.to_string(),
    }
}

fn text(value: &str) -> String {
    let unprintable = value.chars().any(|c| c.is_control());
    if unprintable {
        // JSON's escapes are a part of YAML's.
        return Value::from(value).to_string();
    }
    if is_plain(value) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', "''"))
    }
}

/// Whether YAML reads the bare text back as this very text.
fn is_plain(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let words = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "-.inf",
        ".nan", "=", "<<",
    ];
    let first_is_special = value.starts_with(|c: char| " -?:,[]{}#&*!|>'\"%@`".contains(c));
    let like_a_number = value
        .chars()
        .all(|c| c.is_ascii_digit() || "+-._:eExXob".contains(c))
        && value.contains(|c: char| c.is_ascii_digit());
    !words.contains(&lower.as_str())
        && !first_is_special
        && !like_a_number
        && !looks_like_a_time(value)
        && !value.ends_with([' ', ':'])
        && !value.contains(": ")
        && !value.contains(" #")
}

fn looks_like_a_time(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 10 && bytes.iter().take(4).all(u8::is_ascii_digit) && bytes.get(4) == Some(&b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;

    #[test]
    fn block_style() {
        let value = json!({
            "Reservations": [{"Groups": [], "Instances": [{"Id": "i-1", "State": {"Code": 16, "Up": true}}]}],
            "Time": "2026-01-05T09:00:00+00:00", "Cidr": "10.0.0.0/16", "Account": "111122223333", "None": null, "No": "no"
        });
        let expected = "\
Reservations:
- Groups: []
  Instances:
  - Id: i-1
    State:
      Code: 16
      Up: true
Time: '2026-01-05T09:00:00+00:00'
Cidr: 10.0.0.0/16
Account: '111122223333'
None: null
'No': 'no'
";
        assert_eq!(print(&value), expected);
        assert_eq!(print(&json!({})), "");
        assert_eq!(
            print(&json!([["a", "b"], "c: d"])),
            "- - a\n  - b\n- 'c: d'\n"
        );
    }
}
