//! axe-core in the page: the rules of WCAG 2.2 AA that a machine can judge.

use std::fmt::Write;
use std::path::Path;

use fantoccini::Client;
use serde_json::Value;

const RUN: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],
}).then((result) => done(result.violations), (error) => done(String(error)));
"#;

/// Returns what axe-core finds, as text; empty if it finds nothing.
pub async fn violations(client: &Client, script: &Path) -> String {
    let loaded = client
        .execute("return typeof axe === 'object'", vec![])
        .await;
    if loaded.expect("a script runs") != Value::Bool(true) {
        let script = std::fs::read_to_string(script).unwrap_or_else(|error| {
            panic!(
                "no axe-core at {} ({error}); run `cargo xtask setup`",
                script.display()
            )
        });
        client
            .execute(&script, vec![])
            .await
            .expect("axe-core loads");
    }
    match client
        .execute_async(RUN, vec![])
        .await
        .expect("axe-core runs")
    {
        Value::Array(found) => found.iter().map(described).collect(),
        other => panic!("axe-core failed: {other}"),
    }
}

fn described(violation: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut text = format!("{}: {}\n", word(&violation["id"]), word(&violation["help"]));
    for node in violation["nodes"].as_array().into_iter().flatten() {
        writeln!(text, "    {}", word(&node["html"])).expect("text grows");
        writeln!(
            text,
            "    {}",
            word(&node["failureSummary"]).replace('\n', "\n    ")
        )
        .expect("text grows");
    }
    text
}
