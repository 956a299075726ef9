//! `cargo xtask check`: everything that judges the code without running the lab.

use crate::setup;
use crate::steps::{Failure, Outcome, call, step};
use crate::tools;
use crate::workspace::{PACKAGE, Workspace, cargo};

/// Runs every check to the end, then names the ones that failed.
pub fn run(workspace: &Workspace) -> Outcome {
    setup::wasm_target(workspace)?;
    setup::deny(workspace)?;
    let checks: [(&str, &[&str]); 6] = [
        ("formatting", &["fmt", "--all", "--check"]),
        (
            "formatting, fuzz targets",
            &["fmt", "--manifest-path=fuzz/Cargo.toml", "--check"],
        ),
        (
            "clippy, native",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-Dwarnings",
            ],
        ),
        (
            "clippy, wasm32",
            &[
                "clippy",
                "--package",
                PACKAGE,
                "--lib",
                "--bins",
                "--test=browser",
                "--target=wasm32-unknown-unknown",
                "--quiet",
                "--",
                "-Dwarnings",
            ],
        ),
        (
            "documentation",
            &["doc", "--workspace", "--no-deps", "--quiet"],
        ),
        (
            "architecture",
            &["test", "--workspace", "--test=architecture", "--quiet"],
        ),
    ];
    let mut failed = Vec::new();
    for (name, arguments) in checks {
        let mut command = cargo();
        command
            .current_dir(&workspace.root)
            .args(arguments)
            .env("RUSTDOCFLAGS", "-Dwarnings");
        if step(name, || call(&mut command)).is_err() {
            failed.push(name);
        }
    }
    // Advisories are left out: their database is on GitHub, and a check must not fail with the network.
    let mut deny = tools::command(workspace, "cargo-deny")?;
    deny.current_dir(&workspace.root)
        .args(["check", "bans", "licenses", "sources"]);
    if step("dependencies: licences, sources, bans", || call(&mut deny)).is_err() {
        failed.push("dependencies");
    }
    if failed.is_empty() {
        println!("\nAll checks passed.");
        return Ok(());
    }
    Err(Failure::new(format!(
        "checks failed: {}",
        failed.join(", ")
    )))
}
