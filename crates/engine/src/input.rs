//! Reading a call's input: JSON as `--cli-input-json` takes it. Types are checked here, so operations never guess.

use crate::error::{ApiError, ApiResult};
use crate::json::{Map, Value};
use base64ct::{Base64, Encoding};
use std::net::Ipv4Addr;

/// An input object, or one nested in it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a>(Option<&'a Map>);

impl<'a> Input<'a> {
    /// Reads `value`; null counts as an empty object.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is neither.
    pub fn new(value: &'a Value) -> ApiResult<Self> {
        match value {
            Value::Object(map) => Ok(Input(Some(map))),
            Value::Null => Ok(Input(None)),
            _ => Err(wrong("The request", "an object")),
        }
    }

    /// The object as it was given.
    #[must_use]
    pub fn to_value(self) -> Value {
        self.0.map_or(Value::Null, |map| Value::Object(map.clone()))
    }

    fn get(self, key: &str) -> Option<&'a Value> {
        self.0?.get(key).filter(|value| !value.is_null())
    }

    /// Whether the key is given.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the key is given, and not as an empty list.
    #[must_use]
    pub fn has_some(self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|value| value.as_array().is_none_or(|list| !list.is_empty()))
    }

    /// Text, if given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is no text.
    pub fn text(self, key: &str) -> ApiResult<Option<&'a str>> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(key, "a string")),
        }
    }

    /// Text that must be given.
    ///
    /// # Errors
    /// `MissingParameter`, or `InvalidParameterValue` when it is no text.
    pub fn required(self, key: &str) -> ApiResult<&'a str> {
        self.text(key)?.ok_or_else(|| ApiError::MissingParameter {
            parameter: key.to_owned(),
        })
    }

    /// A list of texts; empty when not given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is something else.
    pub fn texts(self, key: &str) -> ApiResult<Vec<&'a str>> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().ok_or_else(|| wrong(key, "a list of strings")))
                .collect(),
            Some(_) => Err(wrong(key, "a list of strings")),
        }
    }

    /// A whole number, if given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is none.
    pub fn integer(self, key: &str) -> ApiResult<Option<i64>> {
        self.get(key)
            .map(|value| value.as_i64().ok_or_else(|| wrong(key, "an integer")))
            .transpose()
    }

    /// A boolean, if given. AWS's `{"Value": true}` form of attribute calls is read as well.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is none.
    pub fn boolean(self, key: &str) -> ApiResult<Option<bool>> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(Value::Object(map)) => map
                .get("Value")
                .and_then(Value::as_bool)
                .map(Some)
                .ok_or_else(|| wrong(key, "a boolean")),
            Some(_) => Err(wrong(key, "a boolean")),
        }
    }

    /// A nested object; an empty one when not given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is something else.
    pub fn object(self, key: &str) -> ApiResult<Input<'a>> {
        match self.get(key) {
            None => Ok(Input(None)),
            Some(Value::Object(map)) => Ok(Input(Some(map))),
            Some(_) => Err(wrong(key, "a structure")),
        }
    }

    /// A list of nested objects; empty when not given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is something else.
    pub fn objects(self, key: &str) -> ApiResult<Vec<Input<'a>>> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| {
                    item.as_object()
                        .map(|map| Input(Some(map)))
                        .ok_or_else(|| wrong(key, "a list of structures"))
                })
                .collect(),
            Some(_) => Err(wrong(key, "a list of structures")),
        }
    }

    /// An IPv4 address, if given.
    ///
    /// # Errors
    /// `InvalidParameterValue` when it is none.
    pub fn address(self, key: &str) -> ApiResult<Option<Ipv4Addr>> {
        self.text(key)?
            .map(|text| {
                text.parse().map_err(|_| ApiError::InvalidParameterValue {
                    detail: format!("Invalid IPv4 address: {text}"),
                })
            })
            .transpose()
    }

    /// The bytes of a base64 text, if given.
    ///
    /// # Errors
    /// `InvalidUserData.Malformed` when it is not base64.
    pub fn blob(self, key: &str) -> ApiResult<Option<Vec<u8>>> {
        let Some(text) = self.text(key)? else {
            return Ok(None);
        };
        let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        Base64::decode_vec(&compact)
            .map(Some)
            .map_err(|_| ApiError::InvalidUserDataMalformed {
                detail: "Invalid BASE64 encoding of user data.".to_owned(),
            })
    }
}

fn wrong(key: &str, kind: &str) -> ApiError {
    ApiError::InvalidParameterValue {
        detail: format!("{key} must be {kind}"),
    }
}

/// The first key of `value` that `known` does not list, as a path such as `Placement.Affinity`.
///
/// `known` holds paths to scalars separated by white space; lists are transparent (`Filters.Name`). AWS options that the
/// lab does not model are found this way and refused, never silently ignored.
#[must_use]
pub fn unknown_key(value: &Value, known: &str) -> Option<String> {
    fn walk(value: &Value, path: &str, known: &str) -> Option<String> {
        let beneath = |entry: &str| {
            entry
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let empty = value.as_object().is_some_and(Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty);
        match value {
            _ if empty && !path.is_empty() => {
                (!known.split_ascii_whitespace().any(beneath)).then(|| path.to_owned())
            }
            Value::Object(map) => map.iter().find_map(|(key, inner)| {
                let inner_path = if path.is_empty() {
                    key.to_string()
                } else {
                    format!("{path}.{key}")
                };
                walk(inner, &inner_path, known)
            }),
            Value::Array(items) => items.iter().find_map(|item| walk(item, path, known)),
            Value::Null => None,
            _ => (!known.split_ascii_whitespace().any(|entry| entry == path))
                .then(|| path.to_owned()),
        }
    }
    walk(value, "", known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn finds_the_first_unknown_key() {
        let known = "ImageId Filters.Name Filters.Values Placement.GroupName";
        assert_eq!(
            unknown_key(
                &json!({"ImageId": "a", "Filters": [{"Name": "x", "Values": ["y"]}]}),
                known
            ),
            None
        );
        assert_eq!(
            unknown_key(&json!({"Filters": [], "Placement": {}}), known),
            None
        );
        assert_eq!(
            unknown_key(&json!({"Filter": []}), known).as_deref(),
            Some("Filter")
        );
        let placement = json!({"Placement": {"GroupName": "g", "Affinity": "host"}});
        assert_eq!(
            unknown_key(&placement, known).as_deref(),
            Some("Placement.Affinity")
        );
    }
}
