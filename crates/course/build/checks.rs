//! The `[verify]` table of a question: lines for the engine, and what must come of them.

use crate::findings::{Findings, Reader, is_kebab};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The `[verify]` table.
#[derive(Default)]
pub struct Checks {
    /// The lines that build the world.
    pub setup: Option<String>,
    /// Each check as JSON.
    pub all: Vec<Value>,
    /// For each check by its id, whether it speaks for the right answer.
    pub says_right: BTreeMap<String, bool>,
}

impl Checks {
    /// Reads the table, if the question has one.
    pub fn read(reader: &mut Reader<'_>, file: &str, findings: &mut Findings) -> Self {
        let mut checks = Checks::default();
        let Some(value) = reader.value("verify") else {
            return checks;
        };
        let Some(table) = value.as_table() else {
            reader.complain(findings, "`verify` must be a table");
            return checks;
        };
        let mut verify = Reader::new(table, file, "verify");
        checks.setup = Some(verify.text("setup", findings));
        let tables = verify.tables("checks", findings);
        if tables.is_empty() {
            verify.complain(findings, "there is no [[verify.checks]]");
        }
        for (at, check) in tables.iter().enumerate() {
            checks.add(
                Reader::new(check, file, format!("check {}", at + 1)),
                findings,
            );
        }
        verify.finish(findings);
        checks
    }

    fn add(&mut self, mut reader: Reader<'_>, findings: &mut Findings) {
        let id = reader.text("id", findings);
        if !is_kebab(&id) {
            reader.complain(findings, format!("the id must be kebab-case: {id}"));
        }
        let run = reader.text("run", findings);
        if !(run.starts_with("aws ") || run.starts_with("lab ")) || run.contains('\n') {
            reader.complain(findings, "`run` must be one `aws` or `lab` line");
        }
        let says = reader.text("says", findings);
        if says != "right" && says != "wrong" {
            reader.complain(findings, "`says` must be \"right\" or \"wrong\"");
        }
        if self
            .says_right
            .insert(id.clone(), says == "right")
            .is_some()
        {
            reader.complain(findings, format!("there are two checks `{id}`"));
        }
        let query = reader.optional_text("query", findings);
        let equals = reader.value("equals").map(json_value);
        let error = reader.optional_text("error", findings);
        if query.is_some() != equals.is_some() {
            reader.complain(findings, "`query` and `equals` belong together");
        }
        if query.is_some() && error.is_some() {
            reader.complain(
                findings,
                "a refused line has no answer to query: `error` or `query`, not both",
            );
        }
        if equals == Some(None) {
            reader.complain(
                findings,
                "`equals` must be a text, a number, true, false or a list of them",
            );
        }
        reader.finish(findings);

        let mut check =
            Map::from_iter([("id".to_owned(), json!(id)), ("run".to_owned(), json!(run))]);
        if says == "right" {
            check.insert("right".to_owned(), json!(true));
        }
        let texts = [("query", query), ("error", error)];
        check.extend(
            texts
                .into_iter()
                .filter_map(|(key, text)| Some((key.to_owned(), json!(text?)))),
        );
        check.extend(equals.flatten().map(|equals| ("equals".to_owned(), equals)));
        self.all.push(Value::Object(check));
    }
}

fn json_value(value: &toml::Value) -> Option<Value> {
    match value {
        toml::Value::String(text) => Some(json!(text)),
        toml::Value::Integer(number) => Some(json!(number)),
        toml::Value::Float(number) => Some(json!(number)),
        toml::Value::Boolean(flag) => Some(json!(flag)),
        toml::Value::Array(items) => items.iter().map(json_value).collect(),
        toml::Value::Table(_) | toml::Value::Datetime(_) => None,
    }
}
