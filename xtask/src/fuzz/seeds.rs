//! What the fuzzer starts from: the lines of the conformance scenarios, the expressions of the JMESPath compliance suite.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::fingerprint::files;
use crate::steps::{Context, Outcome};

/// Writes the seeds of a target into `folder`, one a file, and says how many they are.
pub fn write(root: &Path, target: &str, folder: &Path) -> Outcome<usize> {
    let seeds = if target == "query" {
        expressions(root)?
    } else {
        let lines = lines(root)?;
        match target {
            "shorthand" => chosen(lines.iter().flat_map(|line| shorthands(line))),
            "json" => chosen(lines.iter().filter_map(|line| document(line))),
            _ => lines,
        }
    };
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).context(format!("cannot empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).context(format!("cannot make {}", folder.display()))?;
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("{number:05}")), seed).context("cannot write a seed")?;
    }
    Ok(seeds.len())
}

/// The command lines of all scenarios. A line that YAML folds loses its end, which is a seed as good.
fn lines(root: &Path) -> Outcome<BTreeSet<String>> {
    let mut lines = BTreeSet::new();
    for file in files(&root.join("tests/conformance/scenarios"))? {
        let text =
            std::fs::read_to_string(&file).context(format!("cannot read {}", file.display()))?;
        for line in text.lines() {
            let command = line.find("aws ").or_else(|| line.find("lab "));
            if let Some(command) = command.and_then(|at| line.get(at..)) {
                lines.insert(command.trim_end_matches(['"', '}', ' ']).to_owned());
            }
        }
    }
    Ok(lines)
}

/// The words of a line that look like shorthand.
fn shorthands(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\'', '"'])
        .filter(|word| word.contains('=') && !word.starts_with("--"))
}

/// The JSON of a line: from its first bracket to its last.
fn document(line: &str) -> Option<&str> {
    let start = line.find(['{', '['])?;
    let end = line.rfind(['}', ']'])?;
    line.get(start..=end)
}

/// Puts before each seed a letter: the target takes its option from it. They go round, so that each option gets its share.
fn chosen<'a>(seeds: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let seeds: BTreeSet<&str> = seeds.collect();
    seeds
        .into_iter()
        .zip(('a'..='z').cycle())
        .map(|(seed, letter)| format!("{letter}{seed}"))
        .collect()
}

/// Each expression of the compliance suite over its document.
fn expressions(root: &Path) -> Outcome<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for file in files(&root.join("crates/cli/tests/compliance"))? {
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = file.display();
        let text = std::fs::read_to_string(&file).context(format!("cannot read {name}"))?;
        let groups: Vec<Value> = serde_json::from_str(&text).context(format!("{name}"))?;
        for group in &groups {
            let document = group.get("given").unwrap_or(&Value::Null).to_string();
            let cases = group.get("cases").and_then(Value::as_array);
            for case in cases.into_iter().flatten() {
                if let Some(expression) = case.get("expression").and_then(Value::as_str) {
                    all.insert(format!("{expression}\n{document}"));
                }
            }
        }
    }
    Ok(all)
}
