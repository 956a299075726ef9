//! Tags: up to 50 keys and values on a resource (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use std::collections::BTreeMap;

/// The most tags that one resource can have.
pub const LIMIT: usize = 50;

/// A resource's tags, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tags(BTreeMap<String, String>);

impl Tags {
    /// One tag alone.
    #[must_use]
    pub fn single(key: &str, value: &str) -> Self {
        Tags(BTreeMap::from([(key.to_owned(), value.to_owned())]))
    }

    /// Reads a list of `{Key, Value}`.
    ///
    /// # Errors
    /// `InvalidParameterValue` for a key or value that AWS does not take, `TagLimitExceeded` above 50.
    pub fn read(list: &[Input<'_>]) -> ApiResult<Self> {
        let mut tags = Tags::default();
        for entry in list {
            let key = entry.required("Key")?;
            let value = entry.text("Value")?.unwrap_or_default();
            if key.is_empty() {
                return Err(invalid("Tag keys cannot be empty or null".to_owned()));
            }
            // The limits of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions.
            if key.chars().count() > 128 {
                return Err(invalid(
                    "Tag key exceeds the maximum length of 128 characters".to_owned(),
                ));
            }
            if value.chars().count() > 256 {
                return Err(invalid(
                    "Tag value exceeds the maximum length of 256 characters".to_owned(),
                ));
            }
            if key.to_ascii_lowercase().starts_with("aws:") {
                return Err(invalid(
                    "Tag keys starting with 'aws:' are reserved for internal use".to_owned(),
                ));
            }
            if tags.0.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(invalid(format!("Duplicate tag key '{key}' specified.")));
            }
        }
        tags.within_limit()?;
        Ok(tags)
    }

    /// Reads the tags that `TagSpecifications` gives to `resource_type`, `security-group` for one.
    ///
    /// # Errors
    /// As [`Tags::read`], and `InvalidParameterValue` for a type that the call does not create.
    pub fn specified(input: Input<'_>, resource_type: &str, also: &[&str]) -> ApiResult<Self> {
        let mut found = Tags::default();
        for specification in input.objects("TagSpecifications")? {
            let named = specification.required("ResourceType")?;
            if named == resource_type {
                found = Tags::read(&specification.objects("Tags")?)?;
            } else if !also.contains(&named) {
                return Err(invalid(format!(
                    "'{named}' is not a valid taggable resource type for this operation."
                )));
            }
        }
        Ok(found)
    }

    fn within_limit(&self) -> ApiResult<()> {
        if self.0.keys().filter(|key| !key.starts_with("aws:")).count() > LIMIT {
            Err(ApiError::TagLimitExceeded {})
        } else {
            Ok(())
        }
    }

    /// Adds or replaces tags.
    ///
    /// # Errors
    /// `TagLimitExceeded` above 50.
    pub fn merge(&mut self, other: &Tags) -> ApiResult<()> {
        self.0.extend(other.0.clone());
        self.within_limit()
    }

    /// Takes a tag off; with a value, only when it has that value.
    pub fn remove(&mut self, key: &str, value: Option<&str>) {
        if value.is_none_or(|value| self.get(key) == Some(value)) {
            self.0.remove(key);
        }
    }

    /// Takes all tags off.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The tag `Name`, which the console shows as the resource's name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.get("Name").filter(|name| !name.is_empty())
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All pairs, in order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `[{Key, Value}, ...]`, null when there is none.
    #[must_use]
    pub fn describe(&self) -> Value {
        if self.0.is_empty() {
            Value::Null
        } else {
            self.describe_all()
        }
    }

    /// As [`Tags::describe`], without those that AWS put there itself (`aws:`); `None` when none is left.
    #[must_use]
    pub fn describe_own(&self) -> Option<Value> {
        let own: Vec<Value> = self
            .iter()
            .filter(|(key, _)| !key.starts_with("aws:"))
            .map(|(key, value)| object! { "Key": key, "Value": value })
            .collect();
        (!own.is_empty()).then_some(Value::Array(own))
    }

    /// Puts a tag of AWS's own: its keys begin with `aws:` and do not count against the limit.
    pub(crate) fn put_own(&mut self, key: String, value: String) {
        self.0.insert(key, value);
    }

    /// `[{Key, Value}, ...]`, an empty list when there is none.
    #[must_use]
    pub fn describe_all(&self) -> Value {
        self.iter()
            .map(|(key, value)| object! { "Key": key, "Value": value })
            .collect()
    }
}

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}
