//! The official JMESPath compliance suite, in full, through `--query`'s own interpreter.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use ec2_lab_cli::query::{Query, QueryError};
use ec2_lab_engine::json::Value;

/// Compares as the suite means it: numbers by value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}

fn kind(error: &QueryError) -> &'static str {
    match error {
        QueryError::Syntax(_) => "syntax",
        QueryError::InvalidType(_) => "invalid-type",
        QueryError::InvalidValue(_) => "invalid-value",
        QueryError::InvalidArity(_) => "invalid-arity",
        QueryError::UnknownFunction(_) => "unknown-function",
    }
}

#[test]
fn every_case_of_the_suite() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/compliance");
    let (mut passed, mut failures) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let suites: Value =
            ec2_lab_engine::json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for suite in suites.as_array().unwrap() {
            for case in suite["cases"].as_array().unwrap() {
                let expression = case["expression"].as_str().unwrap();
                let found = Query::new(expression).and_then(|query| query.search(&suite["given"]));
                let good = match (&found, case.get("error").and_then(Value::as_str)) {
                    (Ok(value), None) => {
                        case.get("bench").is_some() || same(value, &case["result"])
                    }
                    (Err(error), Some(expected)) => kind(error) == expected,
                    _ => false,
                };
                if good {
                    passed += 1;
                } else {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    failures.push(format!("{name}: {expression}\n   {found:?}\n   {case}"));
                }
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        passed + failures.len(),
        failures.join("\n")
    );
    assert!(passed > 800, "only {passed} cases were found");
}
