//! `MaxResults` and `NextToken` of describe calls.

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;

/// The page of `rows` that the call asks for, and the token of the next one.
///
/// # Errors
/// `InvalidParameterValue` for a page size out of AWS's bounds, `InvalidNextToken` for a token that no call gave.
pub fn page(input: Input<'_>, rows: Vec<Value>) -> ApiResult<(Vec<Value>, Value)> {
    let start = match input.text("NextToken")? {
        None => 0,
        Some(token) => token
            .strip_prefix(TOKEN)
            .and_then(|number| number.parse::<usize>().ok())
            .filter(|start| *start < rows.len())
            .ok_or(ApiError::InvalidNextToken {})?,
    };
    let Some(size) = input.integer("MaxResults")? else {
        return Ok((rows.into_iter().skip(start).collect(), Value::Null));
    };
    let size = usize::try_from(size).ok().filter(|size| (5..=1000).contains(size)).ok_or_else(|| {
        ApiError::InvalidParameterValue {
            detail: format!("Value ( {size} ) for parameter maxResults is invalid. Expecting a value greater than or equal to 5 and less than or equal to 1000."),
        }
    })?;
    let end = start + size;
    let next = if end < rows.len() {
        Value::from(format!("{TOKEN}{end}"))
    } else {
        Value::Null
    };
    Ok((rows.into_iter().skip(start).take(size).collect(), next))
}

const TOKEN: &str = "page-";
