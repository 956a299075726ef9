//! `--query`: JMESPath over JSON, keeping the order of keys.
//!
//! The parser is the `jmespath` crate's. The interpreter is ours, because the crate's keeps objects in
//! alphabetical order, and because the AWS CLI (the Python implementation) compares texts with `<` and `>`
//! and keeps whole numbers whole.

mod functions;
mod interpret;

use ec2_lab_engine::json::Value;
pub(crate) use interpret::equal as interpret_equal;
use jmespath::ast::Ast;
use std::borrow::Cow;

/// A compiled query.
#[derive(Clone, Debug)]
pub struct Query(Ast);

/// Why a query failed, by the kinds of the JMESPath specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// It is no JMESPath expression.
    Syntax(String),
    /// A function or operator got a value of the wrong type.
    InvalidType(String),
    /// A slice with step 0.
    InvalidValue(String),
    /// A function got too many or too few arguments.
    InvalidArity(String),
    /// There is no such function.
    UnknownFunction(String),
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            QueryError::Syntax(text)
            | QueryError::InvalidType(text)
            | QueryError::InvalidValue(text)
            | QueryError::InvalidArity(text)
            | QueryError::UnknownFunction(text) => f.write_str(text),
        }
    }
}

/// Queries beyond these sizes are refused: the parser is recursive, and a browser's stack is small.
const LONGEST: usize = 4096;
const MOST_OPENINGS: usize = 100;

impl Query {
    /// Compiles an expression.
    pub fn new(expression: &str) -> Result<Self, QueryError> {
        let openings = expression.chars().filter(|c| "[({!&*".contains(*c)).count();
        if expression.len() > LONGEST || openings > MOST_OPENINGS {
            return Err(QueryError::Syntax(
                "the expression is too long or too deeply nested".to_owned(),
            ));
        }
        jmespath::parse(&quote_bare_literals(expression))
            .map(Query)
            .map_err(|error| QueryError::Syntax(error.to_string()))
    }

    /// What the expression finds in `value`.
    pub fn search(&self, value: &Value) -> Result<Value, QueryError> {
        interpret::interpret(&self.0, value, 0).map(Cow::into_owned)
    }
}

/// Makes `` `Name` `` into `` `"Name"` ``: the AWS CLI still takes such literals that are no JSON for texts, and its
/// documentation is full of them.
fn quote_bare_literals(expression: &str) -> Cow<'_, str> {
    if !expression.contains('`') {
        return Cow::Borrowed(expression);
    }
    let mut out = String::with_capacity(expression.len() + 8);
    let mut rest = expression;
    while let Some(start) = rest.find(['`', '\'', '"']) {
        let (before, quoted) = rest.split_at(start);
        out.push_str(before);
        let quote = quoted.chars().next().unwrap_or('`');
        let Some(length) = quoted_length(quoted, quote) else {
            rest = quoted;
            break;
        };
        let (literal, after) = quoted.split_at(length);
        let inner = literal.get(1..length - 1).unwrap_or("");
        if quote == '`'
            && ec2_lab_engine::json::from_str::<Value>(&inner.replace("\\`", "`")).is_err()
        {
            out.push_str(&format!("`\"{}\"`", inner.trim_start()));
        } else {
            out.push_str(literal);
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Bytes up to and with the closing quote.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether JMESPath counts a value as true.
pub(crate) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ec2_lab_engine::json::json;
    use proptest::prelude::*;

    fn search(expression: &str, value: Value) -> Value {
        Query::new(expression).unwrap().search(&value).unwrap()
    }

    #[test]
    fn keys_keep_their_order() {
        let value = json!({"z": 1, "a": {"y": 2, "b": 3}});
        assert_eq!(
            search("@", value.clone()).to_string(),
            r#"{"z":1,"a":{"y":2,"b":3}}"#
        );
        assert_eq!(
            search("{q: z, b: a}", value.clone()).to_string(),
            r#"{"q":1,"b":{"y":2,"b":3}}"#
        );
        assert_eq!(search("keys(@)", value), json!(["z", "a"]));
    }

    #[test]
    fn as_the_aws_client_does() {
        let images = json!([{"d": "2025-01-01", "n": 2}, {"d": "2026-01-01", "n": 1}]);
        assert_eq!(search("[?d > '2025-06'].n", images.clone()), json!([1]));
        assert_eq!(search("sort_by(@, &d)[-1].n", images.clone()), json!(1));
        assert_eq!(search("[?d==`2025-01-01`].n", images.clone()), json!([2]));
        assert_eq!(
            search("[?n==`2`].d | [0] || '`x`'", images.clone()),
            json!("2025-01-01")
        );
        assert_eq!(search("sum([].n)", images).to_string(), "3");
        assert_eq!(search("ceil(`1.2`)", Value::Null).to_string(), "2");
        assert_eq!(search("avg(`[1, 3]`)", Value::Null).to_string(), "2.0");
        assert_eq!(search("length(@)", json!("é")), json!(1));
    }

    #[test]
    fn hostile_expressions_are_refused() {
        for text in [
            "[".repeat(5000),
            "!".repeat(4000),
            "a[*]".repeat(1000),
            "(".repeat(4000),
            "a||".repeat(1000),
        ] {
            assert!(Query::new(&text).is_err());
        }
        let deep = vec!["a"; 2000].join(".");
        let _ = Query::new(&deep).unwrap().search(&json!({"a": 1}));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_not(text in "[a-c@*&|!<>=.,:(){}\\[\\]'\"`0-9 \\-?]{0,40}|\\PC{0,40}") {
            if let Ok(query) = Query::new(&text) {
                let _ = query.search(&json!({"a": [{"b": 1}, {"b": "x", "c": null}], "b": -2.5, "c": {"a": [[1], []]}}));
            }
        }
    }
}
