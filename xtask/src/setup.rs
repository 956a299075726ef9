//! `cargo xtask setup`, and the part of it that each command needs: adds what is missing, nothing else.

use crate::browser::Browser;
use crate::install::{self, CargoTool};
use crate::steps::{Outcome, present};
use crate::tools::{self, AXE, BINARYEN, DENY, TRUNK};
use crate::workspace::Workspace;

/// Everything that `serve` and `test` need.
pub fn everything(workspace: &Workspace) -> Outcome {
    for_build(workspace)?;
    for_browser_tests(workspace)
}

/// What it takes to build the page: the wasm32 target, Trunk, wasm-bindgen and wasm-opt.
pub fn for_build(workspace: &Workspace) -> Outcome {
    wasm_target(workspace)?;
    trunk(workspace)?;
    wasm_bindgen(workspace)?;
    wasm_opt(workspace)
}

/// What the tests in a browser need besides the page.
pub fn for_browser_tests(workspace: &Workspace) -> Outcome {
    axe(workspace)?;
    Browser::ensure().map(drop)
}

/// The standard library for wasm32.
pub fn wasm_target(workspace: &Workspace) -> Outcome {
    if tools::wasm_target(workspace) {
        present("wasm32-unknown-unknown", "present");
        return Ok(());
    }
    install::wasm_target(workspace)
}

/// wasm-bindgen, and with it the runner of the wasm tests, in the version of the library.
pub fn wasm_bindgen(workspace: &Workspace) -> Outcome {
    let wanted = workspace.locked_version("wasm-bindgen")?;
    let runner = tools::version(workspace, "wasm-bindgen-test-runner")?;
    let program = tools::version(workspace, "wasm-bindgen")?;
    if program.as_ref() == Some(&wanted) && runner.as_ref() == Some(&wanted) {
        present("wasm-bindgen", format!("{wanted} present"));
        return Ok(());
    }
    // Without its lock file: the one in the package names a version that crates.io does not serve.
    CargoTool {
        package: "wasm-bindgen-cli",
        version: &wanted,
        locked: false,
        patience: "once, about a minute and a half on two cores",
    }
    .install(workspace)
}

/// cargo-deny, compiled on first use because only `check` needs it.
pub fn deny(workspace: &Workspace) -> Outcome {
    if let Some(version) = tools::version(workspace, "cargo-deny")? {
        present("cargo-deny", format!("{version} present"));
        return Ok(());
    }
    CargoTool {
        package: "cargo-deny",
        version: DENY,
        locked: true,
        patience: "once, about five minutes on two cores",
    }
    .install(workspace)
}

fn trunk(workspace: &Workspace) -> Outcome {
    if let Some(version) = tools::version(workspace, "trunk")?.filter(|v| tools::trunk_fits(v)) {
        present("Trunk", format!("{version} present"));
        return Ok(());
    }
    CargoTool {
        package: "trunk",
        version: TRUNK,
        locked: true,
        patience: "once, about three and a half minutes on two cores",
    }
    .install(workspace)
}

fn wasm_opt(workspace: &Workspace) -> Outcome {
    if let Some(version) =
        tools::version(workspace, "wasm-opt")?.filter(|v| tools::wasm_opt_fits(v))
    {
        present("wasm-opt", format!("{version} present"));
        return Ok(());
    }
    install::npm(workspace, "binaryen", BINARYEN)
}

fn axe(workspace: &Workspace) -> Outcome {
    if workspace.axe().is_file() {
        present("axe-core", "present");
        return Ok(());
    }
    install::npm(workspace, "axe-core", AXE)
}
