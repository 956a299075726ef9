//! The conformance suite: the open scenarios and the real client's documented commands through `ec2-lab --jsonl`, and
//! `--query` against Python's jmespath. What judges is in `tests/conformance`; here is what it needs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Context, Failure, Outcome, ask, call, present, step};
use crate::workspace::{Workspace, cargo};

const FOLDER: &str = "tests/conformance";

/// The command that runs the suite, with everything it needs in place.
pub fn command(workspace: &Workspace) -> Outcome<Command> {
    let python = python(workspace)?;
    step("ec2-lab for the conformance suite", || {
        call(cargo().current_dir(&workspace.root).args([
            "build",
            "--package",
            "ec2-lab-cli",
            "--bin",
            "ec2-lab",
            "--example",
            "query",
        ]))
    })?;
    let built = workspace.target.join("debug");
    let mut check = Command::new(python);
    check
        .arg(workspace.root.join(FOLDER).join("check.py"))
        .arg("--lab")
        .arg(built.join("ec2-lab"))
        .arg("--query")
        .arg(built.join("examples/query"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(check)
}

/// Python with the packages of `requirements-check.txt`, in a folder of its own below `target/`.
pub fn python(workspace: &Workspace) -> Outcome<PathBuf> {
    let list = workspace.root.join(FOLDER).join("requirements-check.txt");
    environment(&workspace.target.join("python/conformance"), &list)
}

/// A virtual environment in `folder` with exactly the packages of `list`; made anew when the list has changed.
pub fn environment(folder: &Path, list: &Path) -> Outcome<PathBuf> {
    let python = folder.join("bin/python");
    let wanted =
        std::fs::read_to_string(list).context(format!("cannot read {}", list.display()))?;
    let installed = folder.join("installed.txt");
    let name = folder.file_name().unwrap_or_default().display().to_string();
    if python.is_file() && std::fs::read_to_string(&installed).is_ok_and(|was| was == wanted) {
        present(format!("Python packages ({name})"), "present");
        return Ok(python);
    }
    step(format!("Python packages ({name})"), || {
        if ask(Command::new("python3").arg("--version")).is_none() {
            return Err(Failure::new(
                "python3 is missing; install Python 3.10 or later, with venv and pip",
            ));
        }
        call(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(folder),
        )?;
        call(
            Command::new(&python)
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "-r",
                ])
                .arg(list),
        )?;
        std::fs::write(&installed, &wanted).context("cannot note what was installed")
    })?;
    Ok(python)
}
