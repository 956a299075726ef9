//! The rules of direction that hold the project together, checked on its own files.
//!
//! ARCHITECTURE.md explains them. Each test names every place that breaks its rule.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test reports by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// No file is longer; most should be far below.
const LONGEST_FILE: usize = 400;

/// Crates that reach the browser; only the page may depend on them, and only `src/platform` names them.
const BROWSER_CRATES: [&str; 4] = ["web_sys", "js_sys", "gloo", "wasm_bindgen"];

/// What would make the engine more than a function of its arguments.
const OUTSIDE_WORLD: [&str; 14] = [
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "std::process",
    "std::env::",
    "std::thread",
    "std::io",
    "SystemTime",
    "time::Instant",
    "HashMap",
    "HashSet",
    "println!",
    "rand::rng",
];

/// Who may depend on whom: the folder of a package, and the packages of ours that its manifest may name.
const DIRECTION: [(&str, &[&str]); 5] = [
    ("crates/engine", &[]),
    ("crates/cli", &["ec2-lab-engine"]),
    ("crates/course", &["ec2-lab-engine", "ec2-lab-cli"]),
    (".", &["ec2-lab-engine", "ec2-lab-cli", "ec2-lab-course"]),
    ("xtask", &[]),
];

#[test]
fn packages_depend_only_downwards() {
    let mut broken = Vec::new();
    for (folder, allowed) in DIRECTION {
        let manifest = manifest(folder);
        let ours = dependencies(&manifest, true)
            .into_iter()
            .filter(|name| name.starts_with("ec2-lab"));
        broken.extend(
            ours.filter(|name| !allowed.contains(&name.as_str()))
                .map(|name| format!("{folder}/Cargo.toml depends on {name}")),
        );
        if dependencies(&manifest, false).contains("xtask") {
            broken.push(format!(
                "{folder}/Cargo.toml depends on xtask outside its tests"
            ));
        }
    }
    report("root → course → cli → engine, never back", &broken);
}

#[test]
fn every_package_of_the_workspace_has_its_direction() {
    let members = manifest(".")["workspace"]["members"]
        .as_array()
        .expect("a list of members")
        .clone();
    let known: Vec<&str> = DIRECTION.iter().map(|(folder, _)| *folder).collect();
    let broken: Vec<String> = members
        .iter()
        .filter_map(Value::as_str)
        .filter(|member| !known.contains(member))
        .map(|member| format!("{member} has no row in DIRECTION"))
        .collect();
    report("a new package says what it may depend on", &broken);
}

#[test]
fn the_pure_crates_name_no_browser() {
    let mut broken = Vec::new();
    for folder in ["crates/engine", "crates/cli", "crates/course"] {
        for name in dependencies(&manifest(folder), true) {
            let crate_name = name.replace('-', "_");
            if BROWSER_CRATES
                .iter()
                .any(|browser| crate_name.starts_with(browser))
                || name.starts_with("yew")
            {
                broken.push(format!("{folder}/Cargo.toml depends on {name}"));
            }
        }
    }
    report("engine, cli and course know no browser", &broken);
}

#[test]
fn the_engine_is_a_function_of_its_arguments() {
    let broken = lines_with(&sources("crates/engine/src"), &OUTSIDE_WORLD);
    report(
        "time, chance and data come to the engine as arguments",
        &broken,
    );
}

#[test]
fn only_the_platform_names_the_browser() {
    let platform = root().join("src/platform");
    let main = root().join("src/main.rs");
    let files: Vec<PathBuf> = sources("src")
        .into_iter()
        .filter(|file| !file.starts_with(&platform) && *file != main)
        .collect();
    report(
        "web_sys, js_sys and gloo stand in src/platform",
        &lines_with(&files, &BROWSER_CRATES),
    );
}

#[test]
fn main_only_mounts() {
    let main = root().join("src/main.rs");
    let broken: Vec<String> = code_lines(&main)
        .filter(|(_, line)| {
            let words: Vec<&str> = line
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .collect();
            let defines = |kind: &str| words.contains(&kind);
            let function = words
                .iter()
                .position(|word| *word == "fn")
                .map(|at| words[at + 1]);
            ["mod", "struct", "enum", "impl", "trait"]
                .into_iter()
                .any(defines)
                || function.is_some_and(|name| !["main", "run"].contains(&name))
        })
        .map(|(number, line)| place(&main, number, &line))
        .collect();
    report(
        "src/main.rs holds `main`, the door `run` and nothing else",
        &broken,
    );
}

/// A copy of the world may be tried out anywhere; the learner's own is lent only to be read, so it cannot
/// change but in the session.
#[test]
fn the_world_changes_in_the_session_only() {
    // Tests may make worlds of their own.
    let pages: Vec<PathBuf> = sources("src")
        .into_iter()
        .filter(|file| !file.to_string_lossy().ends_with("tests.rs"))
        .collect();
    let page = lines_with(&pages, &["&mut World", "World::new"]);
    let course = lines_with(
        &sources("crates/course/src"),
        &["-> &mut World", "pub world"],
    );
    report(
        "state changes through Session::apply",
        &[page, course].concat(),
    );
}

#[test]
fn code_names_no_content() {
    let ids: Vec<String> = ["content/levels", "content/quiz", "content/lessons"]
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        // A single word may well mean something else in code.
        .filter(|id| id.contains('-'))
        .map(|id| format!("\"{id}\""))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let code: Vec<PathBuf> = ["src", "crates"]
        .iter()
        .flat_map(|folder| sources(folder))
        .collect();
    report(
        "content names code, code never names content",
        &lines_with(&code, &ids),
    );
}

#[test]
fn every_stylesheet_is_linked() {
    let index = text(&root().join("index.html"));
    let broken: Vec<String> = files(&root().join("static/styles"))
        .iter()
        .map(|file| shown(file))
        .filter(|file| !index.contains(&format!("<link rel=\"stylesheet\" href=\"{file}\">")))
        .collect();
    report(
        "index.html links each stylesheet, in the order of their numbers",
        &broken,
    );
}

#[test]
fn every_file_says_its_one_job() {
    let broken: Vec<String> = all_rust_files()
        .into_iter()
        .filter(|file| !text(file).trim_start().starts_with("//! "))
        .map(|file| shown(&file))
        .collect();
    report("a Rust file starts with `//!`", &broken);
}

#[test]
fn no_file_is_too_long() {
    let broken: Vec<String> = all_rust_files()
        .into_iter()
        .map(|file| (text(&file).lines().count(), file))
        .filter(|(length, _)| *length > LONGEST_FILE)
        .map(|(length, file)| format!("{} has {length} lines", shown(&file)))
        .collect();
    report(&format!("a file has at most {LONGEST_FILE} lines"), &broken);
}

fn report(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}; but:\n  {}", broken.join("\n  "));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn manifest(folder: &str) -> Table {
    let file = root().join(folder).join("Cargo.toml");
    text(&file)
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", shown(&file)))
}

/// The names in all dependency tables of a manifest, those for one target included.
fn dependencies(manifest: &Table, with_tests: bool) -> BTreeSet<String> {
    let kinds = ["dependencies", "build-dependencies", "dev-dependencies"];
    let kinds = if with_tests { &kinds[..] } else { &kinds[..2] };
    let targets = manifest.get("target").and_then(Value::as_table);
    let tables = targets
        .into_iter()
        .flat_map(|targets| targets.values().filter_map(Value::as_table));
    std::iter::once(manifest)
        .chain(tables)
        .flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()))
        .flat_map(|dependencies| dependencies.keys().cloned())
        .collect()
}

/// The lines of code, tests left out, that contain one of these words.
fn lines_with(files: &[PathBuf], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in code_lines(file) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(place(file, number, &line));
            }
        }
    }
    found
}

/// The numbered lines of a file without comments, up to its tests.
fn code_lines(file: &Path) -> impl Iterator<Item = (usize, String)> {
    let lines: Vec<String> = text(file)
        .lines()
        .map(|line| line.trim().to_owned())
        .collect();
    lines
        .into_iter()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

fn place(file: &Path, number: usize, line: &str) -> String {
    format!("{}:{number}: {line}", shown(file))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root())
        .unwrap_or(file)
        .display()
        .to_string()
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", shown(file)))
}

/// The Rust files of a folder that are part of the product: no tests in files of their own.
fn sources(folder: &str) -> Vec<PathBuf> {
    let is_test = |file: &Path| {
        let parts: Vec<_> = file.iter().filter_map(|part| part.to_str()).collect();
        parts
            .iter()
            .any(|part| *part == "tests" || *part == "benches" || part.ends_with("tests.rs"))
    };
    rust_files(folder)
        .into_iter()
        .filter(|file| !is_test(file.strip_prefix(root()).unwrap_or(file)))
        .collect()
}

fn all_rust_files() -> Vec<PathBuf> {
    ["src", "crates", "tests", "benches", "fuzz", "xtask"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .collect()
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = files(&root().join(folder));
    found.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_page_of_facts_is_current() {
    let workspace =
        xtask::workspace::Workspace::locate().unwrap_or_else(|failure| panic!("{failure}"));
    let page = xtask::facts::page(&workspace).unwrap_or_else(|failure| panic!("{failure}"));
    let written = fs::read_to_string(workspace.root.join("docs/facts.md")).unwrap_or_default();
    assert!(
        page == written,
        "docs/facts.md is old: run `cargo xtask facts`"
    );
}
