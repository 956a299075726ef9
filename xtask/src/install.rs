//! How a missing tool is installed: into `target/tools`, from crates.io, npm or the system's packages.

use std::io::IsTerminal;
use std::process::Command;

use crate::steps::{Failure, Outcome, call, step};
use crate::tools::find;
use crate::workspace::{Workspace, cargo};

/// One program from crates.io.
pub struct CargoTool<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The exact version.
    pub version: &'a str,
    /// Whether to use the package's own lock file.
    pub locked: bool,
    /// What the wait is like, said before it starts.
    pub patience: &'a str,
}

impl CargoTool<'_> {
    /// Compiles the program for a short set-up: the tools run for seconds, so the minutes that an
    /// optimised build of them takes would never come back.
    pub fn install(&self, workspace: &Workspace) -> Outcome {
        let Self {
            package,
            version,
            locked,
            patience,
        } = self;
        step(
            format!("{package} {version}: compiling into target/tools ({patience})"),
            || {
                let mut command = cargo();
                command
                    .args(["install", package, "--version", &format!("={version}")])
                    .args(["--no-default-features", "--root"])
                    .arg(workspace.tools())
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64")
                    .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                    .env_remove("RUSTFLAGS");
                if *locked {
                    command.arg("--locked");
                }
                // At a terminal Cargo's progress bar shortens the wait; in a log it is 300 lines.
                if !std::io::stderr().is_terminal() {
                    command.arg("--quiet");
                }
                call(&mut command)
            },
        )
    }
}

/// Adds a package from npm to `target/tools/node_modules`; what is there already stays.
pub fn npm(workspace: &Workspace, package: &str, version: &str) -> Outcome {
    let path = workspace.path()?;
    let npm = find("npm", &path).ok_or_else(|| {
        Failure::new(format!(
            "npm is missing; install Node.js 20 or newer, which brings {package}"
        ))
    })?;
    step(
        format!("{package} {version}: fetching from npm into target/tools"),
        || {
            let command = &mut Command::new(npm);
            command
                .args([
                    "install",
                    "--silent",
                    "--no-audit",
                    "--no-fund",
                    "--save-exact",
                    "--prefix",
                ])
                .arg(workspace.tools())
                .arg(format!("{package}@{version}"));
            call(command)
        },
    )
}

/// Adds the wasm32 standard library to the toolchain that rust-toolchain.toml names.
pub fn wasm_target(workspace: &Workspace) -> Outcome {
    let manual = "install the wasm32-unknown-unknown target of this toolchain: \
                  `rustup target add wasm32-unknown-unknown`, or the distribution's package for it \
                  (Debian: rustc-web, cargo-web and rust-web-src build one)";
    step(
        "wasm32-unknown-unknown: adding the target with rustup",
        || {
            let command = &mut Command::new("rustup");
            command
                .current_dir(&workspace.root)
                .args(["target", "add", "wasm32-unknown-unknown"]);
            call(command).map_err(|failure| Failure::new(format!("{failure}\n{manual}")))
        },
    )
}

/// Installs system packages where that needs no question: root on a Debian-like system.
///
/// # Errors
/// Elsewhere the failure names what to install by hand.
pub fn system_packages(packages: &[&str], elsewhere: &str) -> Outcome {
    let apt = std::env::var_os("PATH").and_then(|path| find("apt-get", &path));
    let root = crate::steps::ask(Command::new("id").arg("-u")).as_deref() == Some("0");
    let (Some(apt), true) = (apt, root) else {
        return Err(Failure::new(elsewhere));
    };
    let apt = || {
        let mut command = Command::new(&apt);
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("--quiet=2");
        command
    };
    step(
        format!("{}: installing with apt-get", packages.join(", ")),
        || {
            call(apt().arg("update"))?;
            call(
                apt()
                    .args(["install", "--yes", "--no-install-recommends"])
                    .args(packages),
            )
            .map_err(|failure| Failure::new(format!("{failure}\n{elsewhere}")))
        },
    )
}
