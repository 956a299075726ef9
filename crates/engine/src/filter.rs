//! `--filters`: a row passes when, for every filter, one of its values for that name matches one of the filter's values.
//! `*` and `?` are wildcards, names and values are case-sensitive
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::resources::tags::Tags;

/// The filters of one describe call.
#[derive(Debug, Default)]
pub struct Filters(Vec<(String, Vec<String>)>);

impl Filters {
    /// Reads `Filters` of a call.
    ///
    /// # Errors
    /// `InvalidParameterValue` for a filter without a name.
    pub fn read(input: Input<'_>) -> ApiResult<Self> {
        let mut filters = Vec::new();
        // DescribeNatGateways calls the list `Filter`, every other call `Filters`.
        let mut given = input.objects("Filters")?;
        given.extend(input.objects("Filter")?);
        for filter in given {
            let name = filter.required("Name")?;
            let values = filter.texts("Values")?;
            if values.is_empty() {
                return Err(ApiError::InvalidParameterValue {
                    detail: format!("The filter '{name}' has no values"),
                });
            }
            filters.push((
                name.to_owned(),
                values.into_iter().map(str::to_owned).collect(),
            ));
        }
        Ok(Filters(filters))
    }

    /// Whether a row passes. `values_of` gives the row's values for a filter name, `None` for a name that this describe
    /// call does not have; tag filters are answered here.
    ///
    /// # Errors
    /// `InvalidParameterValue` for an unknown filter name.
    pub fn pass(
        &self,
        tags: &Tags,
        values_of: impl Fn(&str) -> Option<Vec<String>>,
    ) -> ApiResult<bool> {
        // Every filter is looked at even when an earlier one said no, so that a wrong name is never hidden.
        let mut pass = true;
        for (name, wanted) in &self.0 {
            let values = match name.strip_prefix("tag:") {
                Some(key) => tags
                    .get(key)
                    .map(|value| vec![value.to_owned()])
                    .unwrap_or_default(),
                None if name == "tag-key" => tags.keys().map(str::to_owned).collect(),
                None => values_of(name).ok_or_else(|| ApiError::InvalidParameterValue {
                    detail: format!("The filter '{name}' is invalid"),
                })?,
            };
            pass &= wanted
                .iter()
                .any(|pattern| values.iter().any(|value| wildcard(pattern, value)));
        }
        Ok(pass)
    }
}

/// Whether `text` matches `pattern`, where `*` stands for any text, `?` for one character and `\` takes the next as it is.
#[must_use]
pub fn wildcard(pattern: &str, text: &str) -> bool {
    // Most values are written out: nothing to try then.
    if !pattern.contains(['*', '?', '\\']) {
        return pattern == text;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where to go back to: after the last `*`, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('\\') if pattern.get(p + 1) == text.get(t) => Some(2),
            Some(c) if text.get(t) == Some(c) => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(width), _) => {
                p += width;
                t += 1;
            }
            (None, Some((after, taken))) => {
                star = Some((after, taken + 1));
                p = after;
                t = taken + 1;
            }
            (None, None) => return false,
        }
    }
    pattern
        .get(p..)
        .is_none_or(|rest| rest.iter().all(|&c| c == '*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("t3.*", "t3.micro", true),
            ("t?.micro", "t3.micro", true),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b", "abc", false),
            (r"\*", "*", true),
            (r"\*", "a", false),
            (
                "al2023-ami-2023*-kernel-6.1-x86_64",
                "al2023-ami-2023.9.2-kernel-6.1-x86_64",
                true,
            ),
        ] {
            assert_eq!(wildcard(pattern, text), expected, "{pattern} {text}");
        }
    }
}
