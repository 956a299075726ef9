//! The second step of shorthand: texts become numbers and booleans where the table says so.

use super::ShorthandError;
use crate::shapes::{Kind, Type};
use ec2_lab_engine::json::{Map, Value};

/// Gives the texts of a parsed shorthand their types; what has no place in `of` is left for the validator.
pub fn coerce(value: Value, of: Type) -> Result<Value, ShorthandError> {
    let number = |text: &str, kind: &str| {
        ShorthandError::Number(match kind {
            "int" => format!("invalid literal for int() with base 10: '{text}'"),
            _ => format!("could not convert string to float: '{text}'"),
        })
    };
    Ok(match (of.kind(), value) {
        (Kind::Structure(members), Value::Object(map)) => {
            let mut out = Map::new();
            for (key, value) in map {
                let value = match members.iter().find(|member| member.name == key) {
                    Some(member) => coerce(value, member.of)?,
                    None => value,
                };
                out.insert(key, value);
            }
            Value::Object(out)
        }
        (Kind::List { element, .. }, Value::Array(items)) => Value::Array(
            items
                .into_iter()
                .map(|item| coerce(item, element))
                .collect::<Result<_, _>>()?,
        ),
        // `Values=a` means `Values=[a]`; the client leaves the one value as it is.
        (Kind::List { element, .. }, single) => Value::Array(vec![coerce(single, element)?]),
        (Kind::Integer { .. }, Value::String(text)) => {
            let parsed: i64 = text.trim().parse().map_err(|_| number(&text, "int"))?;
            Value::from(parsed)
        }
        (Kind::Float, Value::String(text)) => {
            let parsed: f64 = text.trim().parse().map_err(|_| number(&text, "float"))?;
            ec2_lab_engine::json::Number::from_f64(parsed)
                .map(Value::Number)
                .ok_or_else(|| number(&text, "float"))?
        }
        (Kind::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::from(text),
        },
        (_, other) => other,
    })
}
