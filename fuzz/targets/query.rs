//! Fuzz target: `--query`. The first line is the expression, the rest the document that it looks at.
#![no_main]

use ec2_lab_cli::query::Query;
use ec2_lab_engine::json::{Value, json};
use ec2_lab_fuzz::as_in_the_browser;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: as_in_the_browser(), |text: &str| {
    let (expression, document) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(query) = Query::new(expression) else {
        return;
    };
    let document: Value = ec2_lab_engine::json::from_str(document).unwrap_or_else(|_| {
        json!({"foo": [{"a": 1, "b": "x"}, {"a": -2.5, "b": null}, [[1, 2], []]], "bar": {"baz": "é", "a": true}})
    });
    let found = query.search(&document);
    assert_eq!(found, query.search(&document), "a query is a function");
});
