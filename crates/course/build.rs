//! Reads `content/` at build time, refuses it with every mistake named at once, and writes it as one JSON.
//!
//! A teacher edits TOML and Markdown; the page gets neither a TOML parser nor a mistake.

#[path = "build/checks.rs"]
mod checks;
#[path = "build/explainers.rs"]
mod explainers;
#[path = "build/findings.rs"]
mod findings;
#[path = "build/questions.rs"]
mod questions;
#[path = "build/syllabus.rs"]
mod syllabus;

use findings::{Findings, Source};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let (Some(manifest), Some(out)) = (
        std::env::var_os("CARGO_MANIFEST_DIR"),
        std::env::var_os("OUT_DIR"),
    ) else {
        println!("cargo::error=CARGO_MANIFEST_DIR and OUT_DIR are not set: run this through Cargo");
        return ExitCode::FAILURE;
    };
    let content = PathBuf::from(manifest).join("../../content");
    for part in ["quiz", "errors", "syllabus.toml"] {
        println!("cargo::rerun-if-changed={}", content.join(part).display());
    }

    let mut findings = Findings::default();
    let json = collect(&content, &mut findings);
    for finding in findings.all() {
        println!("cargo::error={finding}");
    }
    if !findings.is_empty() {
        return ExitCode::FAILURE;
    }
    let counts = format!(
        "/// How many questions there are.\npub const QUESTIONS: usize = {};\n\
         /// How many chapters the notes have.\npub const CHAPTERS: usize = {};\n",
        json.get("questions")
            .and_then(Value::as_array)
            .map_or(0, Vec::len),
        json.get("sections")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|section| is_chapter(section))
            .count(),
    );
    let written = std::fs::write(Path::new(&out).join("content.json"), json.to_string())
        .and_then(|()| std::fs::write(Path::new(&out).join("counts.rs"), counts));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error=the content cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn collect(content: &Path, findings: &mut Findings) -> Value {
    let syllabus = read(content, &content.join("syllabus.toml"), findings);
    let syllabus = syllabus::Syllabus::read(syllabus.iter(), findings);
    let quiz = walk(content, &content.join("quiz"), findings);
    let questions = questions::read(&quiz, &syllabus, findings);
    let errors = walk(content, &content.join("errors"), findings);
    let explainers = explainers::read(&errors, findings);
    serde_json::json!({ "sections": syllabus.sections(), "questions": questions, "explainers": explainers })
}

/// Whether a section is a chapter and not a section below one.
fn is_chapter(section: &Value) -> bool {
    section
        .get(0)
        .and_then(Value::as_str)
        .is_some_and(|number| !number.contains('.'))
}

/// Every file below `folder`, in the order of their paths, so that the same content gives the same bytes.
fn walk(content: &Path, folder: &Path, findings: &mut Findings) -> Vec<Source> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            findings.add(
                &folder.display().to_string(),
                format!("cannot be listed: {error}"),
            );
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        if path.is_dir() {
            sources.extend(walk(content, &path, findings));
        } else {
            sources.extend(read(content, &path, findings));
        }
    }
    sources
}

fn read(content: &Path, path: &Path, findings: &mut Findings) -> Option<Source> {
    let name = path.strip_prefix(content).unwrap_or(path);
    let name = format!("content/{}", name.to_string_lossy().replace('\\', "/"));
    match std::fs::read_to_string(path) {
        Ok(text) => Some(Source { name, text }),
        Err(error) => {
            findings.add(&name, format!("cannot be read: {error}"));
            None
        }
    }
}
