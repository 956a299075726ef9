//! `cargo xtask build`: the release files in `dist/`, made by Trunk, and whether they are still current.

use std::fs;
use std::path::PathBuf;

use crate::fingerprint;
use crate::setup;
use crate::steps::{Context, Outcome, call, present, step};
use crate::tools::{self, BINARYEN, TRUNK};
use crate::two_parts;
use crate::workspace::Workspace;

/// All that the page is made of.
const SOURCES: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "content",
    "crates",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "static",
    "xtask/first-page.txt",
    "xtask/src",
];

/// Builds `dist/` whether or not it is current.
pub fn build(workspace: &Workspace) -> Outcome {
    setup::for_build(workspace)?;
    run_trunk(workspace)
}

/// Builds `dist/` unless it was built from these very sources and is as it was left.
pub fn build_if_changed(workspace: &Workspace) -> Outcome {
    if is_current(workspace)? {
        present("dist/", "nothing changed since the last build");
        return Ok(());
    }
    build(workspace)
}

fn run_trunk(workspace: &Workspace) -> Outcome {
    // Read before the build: an edit made while it runs must count as a change afterwards.
    let sources = sources(workspace)?;
    step("dist/: building the release page with Trunk", || {
        let mut trunk = tools::command(workspace, "trunk")?;
        trunk
            .current_dir(&workspace.root)
            .env("CARGO_TARGET_DIR", &workspace.target)
            // Trunk 0.21 refuses the usual `NO_COLOR=1`: it wants the word `true`.
            .env_remove("NO_COLOR")
            .args(["build", "--release", "--log=warn"]);
        call(&mut trunk)
    })?;
    step(
        "dist/: optimising, and dividing what the first page needs from the rest",
        || two_parts::divide(workspace),
    )?;
    let stamp = stamp_path(workspace);
    fs::write(&stamp, format!("{sources} {}\n", result(workspace)?))
        .context(format!("cannot write {}", stamp.display()))
}

/// Whether `dist/` was built by us from these very sources, and nothing touched it since.
pub fn is_current(workspace: &Workspace) -> Outcome<bool> {
    let Ok(stamp) = fs::read_to_string(stamp_path(workspace)) else {
        return Ok(false);
    };
    let now = format!("{} {}", sources(workspace)?, result(workspace)?);
    Ok(workspace.dist().join("index.html").is_file() && stamp.trim() == now)
}

fn sources(workspace: &Workspace) -> Outcome<String> {
    let files = fingerprint::of(&workspace.root, &SOURCES)?;
    Ok(format!("trunk-{TRUNK} binaryen-{BINARYEN} {files:x}"))
}

fn result(workspace: &Workspace) -> Outcome<String> {
    Ok(format!(
        "{:x}",
        fingerprint::of(&workspace.root, &["dist"])?
    ))
}

fn stamp_path(workspace: &Workspace) -> PathBuf {
    workspace.target.join("dist.stamp")
}
