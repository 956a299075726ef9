//! Writing a value as text: in one line, or laid out as Python's `json.dumps(indent=4, ensure_ascii=False)` does.

use super::{Map, Number, Value};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// In one line.
pub fn to_string(value: &Value) -> String {
    let mut out = String::new();
    compact(&mut out, value);
    out
}

/// With a line for each item, indented by four spaces.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    indented(&mut out, value, 0);
    out
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&to_string(self))
    }
}

fn compact(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                compact(out, item);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quoted(out, key);
                out.push(':');
                compact(out, item);
            }
            out.push('}');
        }
        scalar => plain(out, scalar),
    }
}

fn indented(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                new_line(out, depth + 1);
                indented(out, item, depth + 1);
            }
            new_line(out, depth);
            out.push(']');
        }
        Value::Object(map) if !map.is_empty() => {
            out.push('{');
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                new_line(out, depth + 1);
                quoted(out, key);
                out.push_str(": ");
                indented(out, item, depth + 1);
            }
            new_line(out, depth);
            out.push('}');
        }
        other => compact(out, other),
    }
}

/// A new line and its indent, copied as one piece where that is long enough.
fn new_line(out: &mut String, depth: usize) {
    const LINE: &str = "\n                                                                ";
    match LINE.get(..1 + 4 * depth) {
        Some(line) => out.push_str(line),
        None => {
            out.push('\n');
            for _ in 0..depth {
                out.push_str("    ");
            }
        }
    }
}

fn plain(out: &mut String, value: &Value) {
    match value {
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => written(out, number),
        Value::String(text) => quoted(out, text),
        _ => out.push_str("null"),
    }
}

fn written(out: &mut String, number: &Number) {
    match number.as_u64() {
        // Most numbers of AWS's answers are one digit.
        Some(digit @ 0..=9) => out.push(char::from(b'0' + digit as u8)),
        _ => {
            // Writing to a text does not fail.
            let _ = fmt::Write::write_fmt(out, format_args!("{number}"));
        }
    }
}

/// Whether a byte may stand between quotes as it is.
const fn as_it_is(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// A text between quotes. Nearly all have nothing to escape, which is seen sixteen bytes at a time.
fn quoted(out: &mut String, text: &str) {
    out.push('"');
    let (chunks, rest) = text.as_bytes().as_chunks::<16>();
    let clean = chunks.iter().all(|chunk| {
        chunk
            .iter()
            .fold(true, |clean, byte| clean & as_it_is(*byte))
    }) && rest
        .iter()
        .fold(true, |clean, byte| clean & as_it_is(*byte));
    if clean {
        out.push_str(text);
    } else {
        escaped(out, text);
    }
    out.push('"');
}

fn escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                let _ = fmt::Write::write_fmt(out, format_args!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => out.serialize_unit(),
            Value::Bool(truth) => out.serialize_bool(*truth),
            Value::Number(number) => number.serialize(out),
            Value::String(text) => out.serialize_str(text),
            Value::Array(items) => {
                let mut list = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(map) => map.serialize(out),
        }
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut entries = out.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            entries.serialize_entry(key.as_str(), value)?;
        }
        entries.end()
    }
}
