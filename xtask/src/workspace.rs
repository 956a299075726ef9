//! Where things are: the root of the workspace, its target folder, `dist/`, and versions from Cargo.lock.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Context, Failure, Outcome, ask};

/// The package that is the page.
pub const PACKAGE: &str = "ec2-lab";
/// Its binary; the wasm and the JavaScript that Trunk builds carry this name.
pub const PAGE: &str = "ec2-lab-page";

/// The folders that the commands read and write.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder with the workspace's Cargo.toml.
    pub root: PathBuf,
    /// Cargo's target folder, as Cargo itself reports it.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks Cargo where the workspace and its target folder are.
    pub fn locate() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Failure::new("xtask has no folder above it"))?;
        let metadata = ask(cargo().current_dir(&root).args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version=1",
        ]))
        .ok_or_else(|| Failure::new("`cargo metadata` failed; run it by hand to see why"))?;
        let target = json_text(&metadata, "target_directory")
            .ok_or_else(|| Failure::new("`cargo metadata` names no target_directory"))?;
        Ok(Self {
            root,
            target: PathBuf::from(target),
        })
    }

    /// Where the built page lies.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where tools are installed that this machine lacks.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The axe-core script that the accessibility tests inject.
    pub fn axe(&self) -> PathBuf {
        self.tools().join("node_modules/axe-core/axe.min.js")
    }

    /// `PATH` with the installed tools in front, so that Trunk and the test runners find them.
    pub fn path(&self) -> Outcome<OsString> {
        let own = [
            self.tools().join("bin"),
            self.tools().join("node_modules/binaryen/bin"),
        ];
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited)))
            .context("cannot extend PATH")
    }

    /// The version of a package in Cargo.lock; tools that must match a library are installed in it.
    pub fn locked_version(&self, package: &str) -> Outcome<String> {
        let path = self.root.join("Cargo.lock");
        let lock =
            std::fs::read_to_string(&path).context(format!("cannot read {}", path.display()))?;
        version_in_lock(&lock, package)
            .ok_or_else(|| Failure::new(format!("Cargo.lock names no package `{package}`")))
    }
}

/// The Cargo that runs us, so that a pinned toolchain stays the same in every child.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The text value of the last `"key":"value"` in one line of JSON. Enough for Cargo's metadata, whose
/// paths escape nothing but backslashes; a JSON library would double the time until a command starts.
fn json_text(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.rsplit_once(&format!("\"{key}\":\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("\\\\", "\\"))
}

/// Finds `version = "…"` in the block of Cargo.lock that has `name = "package"`.
fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    let version = lines.find_map(|line| line.strip_prefix("version = \""))?;
    version.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_folder_is_read_from_metadata() {
        let json = r#"{"packages":[],"target_directory":"C:\\lab\\target","version":1}"#;
        assert_eq!(
            json_text(json, "target_directory").as_deref(),
            Some("C:\\lab\\target")
        );
        assert_eq!(json_text(json, "absent"), None);
    }

    #[test]
    fn the_version_belongs_to_the_package_of_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            version_in_lock(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }

    #[test]
    fn this_workspace_is_found() {
        let workspace = Workspace::locate().map_err(|f| f.to_string()).unwrap();
        assert!(workspace.root.join("Trunk.toml").is_file());
        assert!(workspace.target.is_absolute());
    }
}
