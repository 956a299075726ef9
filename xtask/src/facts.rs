//! `cargo xtask facts`: writes `docs/facts.md`, which says of every fact of the course that the lab can show by which
//! experiment it does, or why not yet. A test compares the page with the files it is made from.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::steps::{Context, Failure, Outcome};
use crate::workspace::Workspace;

/// Writes the page.
pub fn run(workspace: &Workspace) -> Outcome {
    let path = workspace.root.join("docs/facts.md");
    std::fs::write(&path, page(workspace)?).context("cannot write docs/facts.md")?;
    println!("{}", path.display());
    Ok(())
}

/// What an experiment shows, and in which file it stands, by fact.
fn experiments(workspace: &Workspace) -> Outcome<BTreeMap<String, (String, String)>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(workspace.root.join("tests/facts")).context("no tests/facts")? {
        let path = entry.context("tests/facts cannot be read")?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".facts") {
            continue;
        }
        let text = std::fs::read_to_string(&path).context("an experiment cannot be read")?;
        for line in text.lines() {
            if let Some((id, shown)) = line
                .strip_prefix("= ")
                .and_then(|rest| rest.split_once(' '))
            {
                all.insert(id.to_owned(), (shown.to_owned(), name.clone()));
            }
        }
    }
    Ok(all)
}

/// Why facts have no experiment yet, by fact or section.
fn gaps(workspace: &Workspace) -> Outcome<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(workspace.root.join("tests/facts/gaps.txt"))
        .context("tests/facts/gaps.txt cannot be read")?;
    let mut all = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (names, reason) = line
            .split_once(": ")
            .ok_or_else(|| Failure::new(format!("gaps.txt: no reason in {line:?}")))?;
        for name in names.split_whitespace() {
            all.insert(name.to_owned(), reason.to_owned());
        }
    }
    Ok(all)
}

/// The page's text.
///
/// # Errors
/// A fact with neither experiment nor reason, an experiment of no fact, a reason of none.
pub fn page(workspace: &Workspace) -> Outcome<String> {
    let text = std::fs::read_to_string(workspace.root.join("content/syllabus.toml"))
        .context("content/syllabus.toml cannot be read")?;
    let syllabus: Value = toml::from_str(&text).context("content/syllabus.toml is no TOML")?;
    let (mut experiments, gaps) = (experiments(workspace)?, gaps(workspace)?);
    let mut used = Vec::new();
    let (mut shown, mut rows, mut section) = (0, String::new(), String::new());
    let mut total = 0;
    let facts = syllabus.get("fact").and_then(Value::as_array);
    for fact in facts.into_iter().flatten() {
        let part = |key: &str| fact.get(key).and_then(Value::as_str).unwrap_or_default();
        let id = part("id");
        if fact.get("simulate").and_then(Value::as_bool) != Some(true) {
            continue;
        }
        total += 1;
        if section != part("section") {
            section = part("section").to_owned();
            let _ = write!(
                rows,
                "\n## {section} {}\n\n| Fact | What the experiment shows | Where |\n|---|---|---|\n",
                part("title")
            );
        }
        let row = match experiments.remove(id) {
            Some((words, file)) => {
                shown += 1;
                if gaps.contains_key(id) {
                    return Err(Failure::new(format!(
                        "{id} has an experiment and a reason why not"
                    )));
                }
                format!("| {id} | {words} | [{file}](../tests/facts/{file}) |")
            }
            None => {
                let key = if gaps.contains_key(id) {
                    id
                } else {
                    section.as_str()
                };
                let reason = gaps.get(key).ok_or_else(|| {
                    Failure::new(format!("{id} has neither experiment nor reason"))
                })?;
                used.push(key.to_owned());
                format!("| {id} | *not yet: {reason}* | |")
            }
        };
        rows.push_str(&row);
        rows.push('\n');
    }
    if let Some(id) = experiments.keys().next() {
        return Err(Failure::new(format!(
            "an experiment shows {id}, which is no fact to show"
        )));
    }
    if let Some(name) = gaps.keys().find(|name| !used.contains(name)) {
        return Err(Failure::new(format!(
            "gaps.txt: {name} needs no reason any more"
        )));
    }
    Ok(format!(
        "# Facts and their experiments\n\nWritten by `cargo xtask facts`. Each fact with an experiment is a test of that name: `cargo nextest run 5-2`.\n\
         {shown} of the {total} facts that the lab can show have one.\n{rows}"
    ))
}
