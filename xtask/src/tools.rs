//! Which programs the commands need, in which version, and how to tell that a fitting one is there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Failure, Outcome, ask};
use crate::workspace::Workspace;

/// Trunk builds the page. 0.22 needs a newer compiler than the one in rust-toolchain.toml.
pub const TRUNK: &str = "0.21.14";
/// Binaryen's `wasm-opt`, as npm packs it. Older ones do not know every feature that rustc 1.95 declares.
pub const BINARYEN: &str = "132.0.0";
/// axe-core judges the accessibility of every page in the end-to-end tests.
pub const AXE: &str = "4.14.1";
/// cargo-deny checks licences, sources and banned packages; only `cargo xtask check` needs it.
pub const DENY: &str = "0.20.2";

/// Finds a program in a `PATH`-like list of folders.
pub fn find(program: &str, path: &OsStr) -> Option<PathBuf> {
    let names = ["", ".exe", ".cmd"].map(|suffix| format!("{program}{suffix}"));
    std::env::split_paths(path)
        .flat_map(|folder| {
            names
                .iter()
                .map(move |name| folder.join(name))
                .collect::<Vec<_>>()
        })
        .find(|candidate| candidate.is_file())
}

/// What `program --version` says, looked up in our tools first and then in `PATH`.
pub fn version(workspace: &Workspace, program: &str) -> Outcome<Option<String>> {
    let path = workspace.path()?;
    Ok(find(program, &path).and_then(|found| {
        let said = ask(Command::new(found).arg("--version").env("PATH", &path))?;
        version_in(&said).map(str::to_owned)
    }))
}

/// A call of a program that is in our tools or in `PATH`, with both in the `PATH` of the call.
pub fn command(workspace: &Workspace, program: &str) -> Outcome<Command> {
    let path = workspace.path()?;
    let found = find(program, &path)
        .ok_or_else(|| Failure::new(format!("`{program}` is missing; run `cargo xtask setup`")))?;
    let mut command = Command::new(found);
    command.env("PATH", path);
    Ok(command)
}

/// Whether `rustc` has the standard library of wasm32.
pub fn wasm_target(workspace: &Workspace) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = ask(Command::new(rustc)
        .current_dir(&workspace.root)
        .args(["--print", "sysroot"]));
    sysroot.is_some_and(|folder| {
        Path::new(&folder)
            .join("lib/rustlib/wasm32-unknown-unknown/lib")
            .is_dir()
    })
}

/// Trunk of the minor version that Trunk.toml was written for.
pub fn trunk_fits(version: &str) -> bool {
    version.starts_with("0.21.")
}

/// `wasm-opt` no older than the one we would install.
pub fn wasm_opt_fits(version: &str) -> bool {
    major(version) >= major(BINARYEN)
}

fn major(version: &str) -> u32 {
    version
        .split('.')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// The first word that starts with a digit: `trunk 0.21.14` → `0.21.14`.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_tools_print() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(
            version_in("wasm-opt version 132 (version_132)"),
            Some("132")
        );
        assert_eq!(
            version_in("ChromeDriver 156.0.8078.79 (a21ce95)"),
            Some("156.0.8078.79")
        );
        assert_eq!(version_in("unknown"), None);
    }

    #[test]
    fn only_fitting_versions_are_taken() {
        assert!(trunk_fits("0.21.9") && !trunk_fits("0.22.0"));
        assert!(wasm_opt_fits("132") && wasm_opt_fits("140.0.0") && !wasm_opt_fits("108"));
    }
}
