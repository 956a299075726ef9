//! `cargo xtask coverage`: writes `docs/coverage.md`, which a test compares with the engine's registry.

use crate::steps::{Context, Failure, Outcome};
use crate::workspace::{Workspace, cargo};

/// Runs the example that prints the page, and keeps what it prints.
pub fn run(workspace: &Workspace) -> Outcome {
    let output = cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            "ec2-lab-cli",
            "--example",
            "coverage",
        ])
        .current_dir(&workspace.root)
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "the coverage page could not be made\n{why}"
        )));
    }
    let page = workspace.root.join("docs/coverage.md");
    std::fs::write(&page, output.stdout).context("cannot write docs/coverage.md")?;
    println!("{}", page.display());
    Ok(())
}
