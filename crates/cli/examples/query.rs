//! `--query` alone, for comparing it with other implementations: reads `{"expression", "document"}` per line of standard
//! input and answers `{"found": ...}` or `{"error": ...}`.
#![allow(clippy::print_stdout, reason = "it is a filter")]

use ec2_lab_cli::query::Query;
use ec2_lab_engine::json::{Value, json};
use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let case: Value = ec2_lab_engine::json::from_str(&line?)?;
        let expression = case
            .get("expression")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let document = case.get("document").unwrap_or(&Value::Null);
        let answer = match Query::new(expression).and_then(|query| query.search(document)) {
            Ok(found) => json!({"found": found}),
            Err(error) => json!({"error": error.to_string()}),
        };
        println!("{answer}");
    }
    Ok(())
}
