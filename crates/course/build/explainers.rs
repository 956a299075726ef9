//! One Markdown file per AWS error code, cut into paragraphs: a lead in bold with its text, or command lines.

use crate::findings::{Findings, Source};
use serde_json::{Value, json};

/// `[code, title, source, [[lead, text] or commands, ...]]` of every file.
pub fn read(sources: &[Source], findings: &mut Findings) -> Vec<Value> {
    sources
        .iter()
        .filter_map(|source| explainer(source, findings))
        .collect()
}

fn explainer(source: &Source, findings: &mut Findings) -> Option<Value> {
    let file = source.name.as_str();
    let Some(code) = file
        .strip_prefix("content/errors/")
        .and_then(|name| name.strip_suffix(".md"))
    else {
        findings.add(file, "must be content/errors/<Code>.md");
        return None;
    };
    if !code
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        findings.add(file, "the name must be an error code");
    }
    let text = source.text.replace("\r\n", "\n");
    let parts = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"));
    let Some((front, body)) = parts else {
        findings.add(file, "must begin with front matter between two lines `---`");
        return None;
    };
    let (mut title, mut page) = ("", "");
    for line in front.lines() {
        match line.split_once(": ") {
            Some(("title", value)) if title.is_empty() => title = value.trim(),
            Some(("source", value)) if page.is_empty() => page = value.trim(),
            _ => findings.add(
                file,
                format!("front matter: unknown or repeated line `{line}`"),
            ),
        }
    }
    if title.is_empty() {
        findings.add(file, "front matter: `title` is missing or empty");
    }
    // The lab's own refusals have no page at AWS.
    if page == "this lab" {
        page = "";
    } else if !page.starts_with("https://") {
        findings.add(
            file,
            "front matter: `source` must be an https:// address, or `this lab`",
        );
    }
    let paragraphs: Vec<Value> = blocks(body)
        .iter()
        .map(|block| paragraph(block, file, findings))
        .collect();
    if paragraphs.is_empty() {
        findings.add(file, "explains nothing");
    }
    Some(json!([code, title, page, paragraphs]))
}

/// Pieces between empty lines; a fenced block is one piece whatever is in it.
fn blocks(body: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for line in body.lines() {
        if !fenced && line.trim().is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| open) {
            Some(block) => {
                block.push('\n');
                block.push_str(line);
            }
            None => blocks.push(line.to_owned()),
        }
        open = true;
        if line.starts_with("```") {
            fenced = !fenced;
            open = fenced;
        }
    }
    blocks
}

fn paragraph(block: &str, file: &str, findings: &mut Findings) -> Value {
    if let Some(rest) = block.strip_prefix("```") {
        let inner = rest
            .split_once('\n')
            .and_then(|(_, rest)| rest.strip_suffix("```"));
        if inner.is_none_or(|inner| inner.trim().is_empty()) {
            findings.add(file, "a block of commands is empty or never closed");
        }
        return json!(inner.unwrap_or_default().trim_end());
    }
    let block = block.replace('\n', " ");
    let (lead, text) = match block
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"))
    {
        Some((lead, text)) => (lead, text.trim()),
        None => ("", block.as_str()),
    };
    // The page shows `code` and nothing else of Markdown.
    let plain: String = text.split('`').step_by(2).collect();
    let unknown = ["**", "](", "```"].iter().any(|mark| plain.contains(mark))
        || ["- ", "* ", "#", "> ", "| ", "1. "]
            .iter()
            .any(|mark| text.starts_with(mark));
    if unknown || text.matches('`').count() % 2 == 1 {
        findings.add(
            file,
            format!(
                "the page shows only paragraphs, a lead in bold, `code` and command blocks: {block}"
            ),
        );
    }
    if text.is_empty() {
        findings.add(file, format!("nothing follows `{lead}`"));
    }
    json!([lead, text])
}
