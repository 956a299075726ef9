//! The questions: each file is held against the schema, the syllabus and itself.

use crate::checks::Checks;
use crate::findings::{Findings, Reader, Source, is_kebab};
use crate::syllabus::Syllabus;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Every question as JSON.
pub fn read(sources: &[Source], syllabus: &Syllabus, findings: &mut Findings) -> Vec<Value> {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    let mut questions = Vec::new();
    for source in sources {
        let file = source.name.as_str();
        let name = file
            .strip_prefix("content/quiz/")
            .and_then(|name| name.strip_suffix(".toml"));
        let Some((topic, slug)) = name.and_then(|name| name.split_once('/')) else {
            findings.add(file, "must be content/quiz/<topic>/<slug>.toml");
            continue;
        };
        if !is_kebab(topic) || !is_kebab(slug) {
            findings.add(file, "topic and slug must be kebab-case");
        }
        // Saved progress knows a question by its slug alone.
        if let Some(other) = files.insert(slug, file) {
            findings.add(file, format!("the slug is taken by {other}"));
        }
        match source.text.parse::<toml::Table>() {
            Ok(table) => questions.push(question(&table, file, topic, slug, syllabus, findings)),
            Err(error) => findings.add(file, format!("is no TOML: {error}")),
        }
    }
    questions
}

fn question(
    table: &toml::Table,
    file: &str,
    topic: &str,
    slug: &str,
    syllabus: &Syllabus,
    findings: &mut Findings,
) -> Value {
    let mut reader = Reader::new(table, file, "");
    let section = reader.text("section", findings);
    if !section.is_empty() && !syllabus.has_section(&section) {
        reader.complain(findings, format!("unknown section `{section}`"));
    }
    let facts = reader.texts("facts", findings);
    for fact in facts.iter().filter(|fact| !syllabus.has_fact(fact)) {
        reader.complain(findings, format!("unknown fact `{fact}`"));
    }
    if facts.iter().collect::<BTreeSet<_>>().len() < facts.len() {
        reader.complain(findings, "a fact is named twice");
    }
    let kind = reader.text("kind", findings);
    let level = reader
        .value("level")
        .and_then(toml::Value::as_integer)
        .filter(|level| (1..=3).contains(level));
    if level.is_none() {
        reader.complain(findings, "`level` must be 1, 2 or 3");
    }
    let prompt = reader.text("prompt", findings);
    let explain = reader.text("explain", findings);
    let checks = Checks::read(&mut reader, file, findings);

    let options = reader.tables("options", findings);
    let pairs = reader.tables("pairs", findings);
    let right = count_right(&options);
    let complaint = match kind.as_str() {
        "single" if right != 1 => format!("exactly one option must be right, {right} are"),
        "multiple" if right < 2 => format!("at least two options must be right, {right} are"),
        "multiple" if right == options.len() => "at least one option must be wrong".to_owned(),
        "order" if right > 0 => {
            "in an `order` the options stand in the right order, and none has `right`".to_owned()
        }
        "single" | "multiple" | "order" | "match" => String::new(),
        other => format!("`kind` must be single, multiple, order or match, not `{other}`"),
    };
    if !complaint.is_empty() {
        reader.complain(findings, complaint);
    }
    let (parts, others) = if kind == "match" {
        (&pairs, &options)
    } else {
        (&options, &pairs)
    };
    if !others.is_empty() {
        reader.complain(
            findings,
            "`match` has [[pairs]], every other kind has [[options]]",
        );
    }
    if !(3..=8).contains(&parts.len()) {
        reader.complain(
            findings,
            format!(
                "a question has three to eight parts, this one {}",
                parts.len()
            ),
        );
    }
    let options = read_options(&options, file, &kind, &checks, findings);
    let pairs = read_pairs(&pairs, file, findings);
    reader.finish(findings);

    let mut json = json!({
        "id": slug, "topic": topic, "section": section, "facts": facts, "kind": kind, "level": level,
        "prompt": prompt, "explain": explain,
    });
    let extra = [
        ("options", Value::from(options)),
        ("pairs", Value::from(pairs)),
        ("checks", Value::from(checks.all)),
    ];
    if let Some(map) = json.as_object_mut() {
        let used = extra
            .into_iter()
            .filter(|(_, list)| list.as_array().is_some_and(|list| !list.is_empty()));
        map.extend(used.map(|(key, list)| (key.to_owned(), list)));
        if let Some(setup) = checks.setup {
            map.insert("setup".to_owned(), Value::from(setup));
        }
    }
    json
}

fn count_right(options: &[&toml::Table]) -> usize {
    options
        .iter()
        .filter(|option| option.get("right").and_then(toml::Value::as_bool) == Some(true))
        .count()
}

/// `[text, reason, right, show]`.
fn read_options(
    options: &[&toml::Table],
    file: &str,
    kind: &str,
    checks: &Checks,
    findings: &mut Findings,
) -> Vec<Value> {
    let mut texts = BTreeSet::new();
    let mut all = Vec::new();
    for (at, option) in options.iter().enumerate() {
        let mut reader = Reader::new(option, file, format!("option {}", at + 1));
        let text = reader.text("text", findings);
        if !texts.insert(text.to_lowercase()) {
            reader.complain(findings, format!("the text is there twice: {text}"));
        }
        let reason = reader.text("reason", findings);
        let right = reader.flag("right", findings);
        let show = reader.optional_text("show", findings);
        if let Some(show) = &show {
            match checks.says_right.get(show) {
                None => reader.complain(findings, format!("`show` names no check: {show}")),
                Some(true) => reader.complain(
                    findings,
                    format!("`show` names the check {show}, which says \"right\""),
                ),
                Some(false) => {}
            }
            if right || kind == "order" {
                reader.complain(findings, "`show` belongs to a wrong option");
            }
        }
        reader.finish(findings);
        all.push(json!([text, reason, right, show.unwrap_or_default()]));
    }
    all
}

/// `[left, right, reason]`.
fn read_pairs(pairs: &[&toml::Table], file: &str, findings: &mut Findings) -> Vec<Value> {
    let (mut lefts, mut rights) = (BTreeSet::new(), BTreeSet::new());
    let mut all = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let mut reader = Reader::new(pair, file, format!("pair {}", at + 1));
        let (left, right) = (
            reader.text("left", findings),
            reader.text("right", findings),
        );
        if !lefts.insert(left.to_lowercase()) || !rights.insert(right.to_lowercase()) {
            reader.complain(findings, "a text is there twice on the same side");
        }
        let reason = reader.text("reason", findings);
        reader.finish(findings);
        all.push(json!([left, right, reason]));
    }
    all
}
