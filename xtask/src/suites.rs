//! `cargo xtask test`: every suite in turn, its output as it comes, and one total at the end.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::browser::Browser;
use crate::conformance;
use crate::dist;
use crate::fingerprint::files;
use crate::fuzz;
use crate::setup;
use crate::steps::{Context, Failure, Outcome, ask, seconds};
use crate::tally::Tally;
use crate::tools;
use crate::workspace::{PACKAGE, Workspace, cargo};

type Suite = fn(&Workspace) -> Outcome<Tally>;

/// The suites in the order they run: what fails soonest and cheapest comes first.
const SUITES: [(&str, Suite); 6] = [
    ("native", native),
    ("doc", doc),
    ("conformance", conformance),
    ("browser", browser),
    ("e2e", end_to_end),
    ("fuzz", fuzz::suite),
];

/// Runs all suites, or the named ones, to the end; fails if any test failed.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome {
    if let Some(unknown) = arguments
        .iter()
        .find(|a| SUITES.iter().all(|(name, _)| name != a))
    {
        let known: Vec<&str> = SUITES.iter().map(|(name, _)| *name).collect();
        let known = known.join(", ");
        return Err(Failure::new(format!(
            "no test suite `{unknown}`; there are: {known}"
        )));
    }
    let start = Instant::now();
    let mut total = Tally::default();
    let mut broken = Vec::new();
    for (name, suite) in SUITES {
        if !arguments.is_empty() && !arguments.iter().any(|a| a == name) {
            continue;
        }
        match suite(workspace) {
            Ok(tally) => total.add(tally),
            Err(failure) => {
                eprintln!("error: {failure}");
                broken.push(name);
            }
        }
    }
    println!("\nAll suites took {}.", seconds(start.elapsed()));
    // A suite that could not run counts as one failure, so that the total never looks green.
    total.failed += u32::try_from(broken.len()).unwrap_or(u32::MAX);
    println!("{} passed, {} failed", total.passed, total.failed);
    if !broken.is_empty() {
        return Err(Failure::new(format!(
            "could not run: {}",
            broken.join(", ")
        )));
    }
    if total.failed > 0 {
        return Err(Failure::new(format!("{} tests failed", total.failed)));
    }
    Ok(())
}

/// All tests of all packages that need no browser.
fn native(workspace: &Workspace) -> Outcome<Tally> {
    let mut targets = vec!["--lib".to_owned(), "--bins".to_owned()];
    for name in integration_tests(&workspace.root)? {
        targets.extend(["--test".to_owned(), name]);
    }
    suite(
        "native tests",
        workspace,
        &mut runner("not binary(e2e)", &targets),
    )
}

/// The examples in the documentation, which nextest does not run.
fn doc(workspace: &Workspace) -> Outcome<Tally> {
    suite(
        "documentation tests",
        workspace,
        cargo().args(["test", "--workspace", "--doc", "--no-fail-fast"]),
    )
}

/// `aws` lines against a yardstick that is not ours.
fn conformance(workspace: &Workspace) -> Outcome<Tally> {
    let mut command = conformance::command(workspace)?;
    suite("conformance with the AWS CLI", workspace, &mut command)
}

/// The wasm-bindgen tests in headless Chromium.
fn browser(workspace: &Workspace) -> Outcome<Tally> {
    setup::wasm_target(workspace)?;
    setup::wasm_bindgen(workspace)?;
    let browser = Browser::ensure()?;
    let runner = tools::command(workspace, "wasm-bindgen-test-runner")?;
    let mut command = cargo();
    command
        .args([
            "test",
            "--package",
            PACKAGE,
            "--test",
            "browser",
            "--target=wasm32-unknown-unknown",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            runner.get_program(),
        )
        .env("CHROMEDRIVER", browser.driver);
    suite("wasm tests in headless Chromium", workspace, &mut command)
}

/// The built page in real Chromium.
fn end_to_end(workspace: &Workspace) -> Outcome<Tally> {
    setup::for_browser_tests(workspace)?;
    dist::build_if_changed(workspace)?;
    let target = ["--test".to_owned(), "e2e".to_owned()];
    suite(
        "end-to-end tests in Chromium",
        workspace,
        &mut runner("binary(e2e)", &target),
    )
}

/// `cargo nextest` with a filter where it is installed, else `cargo test` with the given targets.
///
/// Both build the whole workspace: to build one package alone would choose other features for the
/// shared libraries, and compile them again.
fn runner(filter: &str, targets: &[String]) -> Command {
    let mut command = cargo();
    if ask(cargo().args(["nextest", "--version"])).is_some() {
        command.args([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "-E",
            filter,
        ]);
    } else {
        command
            .args(["test", "--workspace", "--no-fail-fast"])
            .args(targets);
    }
    command
}

/// The names of all test binaries but the end-to-end tests, as Cargo finds them in `tests` folders.
fn integration_tests(root: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for file in files(&root.join("tests"))?
        .into_iter()
        .chain(files(&root.join("crates"))?)
    {
        let target = if file.ends_with("main.rs") {
            file.parent()
        } else {
            Some(file.as_path())
        };
        let Some(target) =
            target.filter(|target| target.parent().is_some_and(|p| p.ends_with("tests")))
        else {
            continue;
        };
        let is_rust = file.extension().is_some_and(|extension| extension == "rs");
        if let Some(name) = target
            .file_stem()
            .and_then(|stem| stem.to_str())
            .filter(|_| is_rust)
            && name != "e2e"
        {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Runs a suite, passes its output on, and counts its tests.
fn suite(name: &str, workspace: &Workspace, command: &mut Command) -> Outcome<Tally> {
    println!("==> {name}");
    let start = Instant::now();
    command
        .current_dir(&workspace.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if std::io::stdout().is_terminal() {
        // The runners see our pipe, not the terminal, and would leave their colours out.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command.spawn().context("cannot start the test runner")?;
    let output = child
        .stdout
        .take()
        .map(|stream| thread::spawn(|| count(stream, std::io::stdout())));
    let errors = child
        .stderr
        .take()
        .map(|stream| thread::spawn(|| count(stream, std::io::stderr())));
    let mut tally = Tally::default();
    for reader in [output, errors].into_iter().flatten() {
        tally.add(reader.join().unwrap_or_default());
    }
    let status = child.wait().context("cannot wait for the test runner")?;
    let Tally { passed, failed } = tally;
    println!(
        "    {name}: {passed} passed, {failed} failed in {}",
        seconds(start.elapsed())
    );
    if !status.success() && failed == 0 {
        return Err(Failure::new(format!(
            "the {name} ended with {status} before any test failed"
        )));
    }
    Ok(tally)
}

fn count(stream: impl Read, mut sink: impl Write) -> Tally {
    let mut tally = Tally::default();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(length) if length > 0) {
        // A closed terminal is no reason to stop counting.
        sink.write_all(&line).and_then(|()| sink.flush()).ok();
        tally.add(Tally::of_line(&String::from_utf8_lossy(&line)));
        line.clear();
    }
    tally
}
