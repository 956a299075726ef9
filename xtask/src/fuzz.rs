//! `cargo xtask fuzz`: what a learner can type, by coverage-guided chance. A crash or a hang fails, and its input is kept.
//!
//! libFuzzer does it, from the crate `libfuzzer-sys`. Its instrumentation is a pass of LLVM's that stable rustc runs as
//! well, so that neither nightly nor an installed tool is needed, only a C++ compiler beside the linker that Rust needs
//! anyway. (cargo-fuzz asks for nightly, AFL for an installed afl-fuzz and a kernel setting.)

mod seeds;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::steps::{Context, Failure, Outcome, ask, call, seconds, step};
use crate::tally::Tally;
use crate::workspace::{Workspace, cargo};

/// What is fuzzed: the binaries of the `fuzz` crate.
const TARGETS: [&str; 4] = ["line", "shorthand", "query", "json"];
/// How long each target runs when nobody says.
const SECONDS: u64 = 60;
/// An input that takes longer than this hangs; a common one takes some microseconds.
const HANGS_AFTER: u64 = 10;
/// Instruments edges and comparisons. Written out, because only cargo-fuzz has a name for the set.
const INSTRUMENT: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Runs all targets, or the named ones; fails if one found something.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome {
    let (limit, targets) = read(arguments)?;
    let tally = fuzz(workspace, limit, &targets)?;
    if tally.failed > 0 {
        return Err(Failure::new(format!(
            "{} fuzz targets failed",
            tally.failed
        )));
    }
    Ok(())
}

/// The suite of `cargo xtask test`: every target for its usual time.
pub fn suite(workspace: &Workspace) -> Outcome<Tally> {
    fuzz(workspace, SECONDS, &TARGETS)
}

fn read(arguments: &[String]) -> Outcome<(u64, Vec<&'static str>)> {
    let mut limit = SECONDS;
    let mut targets = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--seconds" {
            limit = words
                .next()
                .and_then(|number| number.parse().ok())
                .filter(|number| *number > 0)
                .ok_or_else(|| Failure::new("--seconds takes a number from 1 up"))?;
        } else if let Some(target) = TARGETS.into_iter().find(|target| target == word) {
            targets.push(target);
        } else {
            let known = TARGETS.join(", ");
            return Err(Failure::new(format!(
                "no fuzz target `{word}`; there are: {known}"
            )));
        }
    }
    if targets.is_empty() {
        targets.extend(TARGETS);
    }
    Ok((limit, targets))
}

fn fuzz(workspace: &Workspace, limit: u64, targets: &[&'static str]) -> Outcome<Tally> {
    let built = step("fuzz targets", || build(workspace))?;
    println!("==> fuzzing {} for {limit} s each", targets.join(", "));
    let start = Instant::now();
    let waiting = Mutex::new(targets.to_vec());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
    let tally = Mutex::new(Tally::default());
    // One target a core: they share nothing.
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(target) = next() {
                    let found = one(workspace, &built, target, limit);
                    let passed = found.is_ok();
                    match found {
                        Ok(said) => println!("    {target}: {said}"),
                        Err(failure) => eprintln!("    {target}: FAILED: {failure}"),
                    }
                    if let Ok(mut tally) = tally.lock() {
                        tally.passed += u32::from(passed);
                        tally.failed += u32::from(!passed);
                    }
                }
            });
        }
    });
    let tally = tally
        .into_inner()
        .map_err(|_| Failure::new("a target's thread broke off"))?;
    let Tally { passed, failed } = tally;
    println!(
        "    fuzzing: {passed} passed, {failed} failed in {}",
        seconds(start.elapsed())
    );
    Ok(tally)
}

/// Builds the targets and says in which folder they are.
fn build(workspace: &Workspace) -> Outcome<PathBuf> {
    // With a target triple the flags do not reach build scripts, which would not link with them.
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = ask(Command::new(rustc).current_dir(&workspace.root).arg("-vV"));
    let triple = version
        .as_deref()
        .and_then(|said| said.lines().find_map(|line| line.strip_prefix("host: ")))
        .ok_or_else(|| Failure::new("`rustc -vV` names no host"))?;
    let folder = workspace.target.join("fuzz");
    call(
        cargo()
            .current_dir(workspace.root.join("fuzz"))
            .args([
                "build",
                "--release",
                "--locked",
                "--quiet",
                "--bins",
                "--target",
                triple,
            ])
            .env("RUSTFLAGS", INSTRUMENT)
            .env("CARGO_TARGET_DIR", &folder),
    )
    .map_err(|failure| {
        Failure::new(format!(
            "{failure} (libFuzzer needs a C++ compiler: g++ or clang++)"
        ))
    })?;
    Ok(folder.join(triple).join("release"))
}

/// Runs one target. What it has learned stays in the target folder, and the next run goes on from there.
fn one(workspace: &Workspace, built: &Path, target: &str, limit: u64) -> Outcome<String> {
    let learned = workspace.target.join("fuzz/corpus").join(target);
    let seeds = workspace.target.join("fuzz/seeds").join(target);
    let kept = workspace.root.join("fuzz/artifacts").join(target);
    for folder in [&learned, &kept] {
        std::fs::create_dir_all(folder).context(format!("cannot make {}", folder.display()))?;
    }
    let count = seeds::write(&workspace.root, target, &seeds)?;
    let log = workspace.target.join("fuzz").join(format!("{target}.log"));
    let output = std::fs::File::create(&log).context(format!("cannot write {}", log.display()))?;
    let errors = output.try_clone().context("cannot share the log")?;
    let program = built.join(target);
    let mut child = Command::new(&program)
        .arg(format!("-max_total_time={limit}"))
        .arg(format!("-timeout={HANGS_AFTER}"))
        .args([
            "-max_len=4096",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
        ])
        .arg(format!("-artifact_prefix={}/", kept.display()))
        // What failed before comes first again, until it is mended.
        .args([&learned, &seeds, &kept])
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .context(format!("cannot start {}", program.display()))?;
    // libFuzzer's own alarm can be lost in a lock; nothing may hold this command for ever.
    let latest = Instant::now() + Duration::from_secs(2 * limit + 120);
    let status = loop {
        if let Some(status) = child.try_wait().context("cannot wait for the target")? {
            break status;
        }
        if Instant::now() > latest {
            child.kill().context("cannot end the target")?;
            return Err(Failure::new(format!("did not end; see {}", log.display())));
        }
        thread::sleep(Duration::from_millis(200));
    };
    let said = String::from_utf8_lossy(&std::fs::read(&log).unwrap_or_default()).into_owned();
    if status.success() {
        let runs = statistic(&said, "stat::number_of_executed_units:");
        let coverage = said
            .lines()
            .rev()
            .find_map(|line| line.split_once(" cov: "));
        let edges = coverage
            .and_then(|(_, rest)| rest.split_whitespace().next())
            .unwrap_or("0");
        return Ok(format!(
            "{runs} runs from {count} seeds, {edges} edges reached, nothing found"
        ));
    }
    let why = said
        .lines()
        .find(|line| line.contains("panicked at") || line.contains("ERROR: libFuzzer"));
    let input = said
        .lines()
        .rev()
        .find_map(|line| line.split_once("Test unit written to "));
    Err(Failure::new(format!(
        "{}\n      input: {}\n      again: {} FILE\n      all it said: {}",
        why.unwrap_or("ended by itself"),
        input.map_or("see the log", |(_, file)| file),
        program.display(),
        log.display()
    )))
}

fn statistic<'a>(said: &'a str, name: &str) -> &'a str {
    said.lines()
        .find_map(|line| line.strip_prefix(name))
        .map_or("?", str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_time_and_the_targets_are_read() {
        let read = |line| super::read(&words(line)).map_err(|failure| failure.to_string());
        assert_eq!(read(""), Ok((SECONDS, TARGETS.to_vec())));
        assert_eq!(
            read("--seconds 5 query line"),
            Ok((5, vec!["query", "line"]))
        );
        for wrong in ["--seconds", "--seconds 0", "--seconds x", "lines"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_target_is_a_binary_of_the_crate_and_has_seeds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap_or_default();
        let named: Vec<&str> = manifest
            .lines()
            .filter_map(|line| {
                line.strip_prefix("path = \"targets/")?
                    .strip_suffix(".rs\"")
            })
            .collect();
        assert_eq!(named, TARGETS);
        for target in TARGETS {
            let folder =
                std::env::temp_dir().join(format!("ec2-lab-seeds-{}-{target}", std::process::id()));
            let count = seeds::write(&root, target, &folder).map_err(|failure| failure.to_string());
            std::fs::remove_dir_all(&folder).ok();
            assert!(count.is_ok_and(|count| count >= 40), "{target}");
        }
    }
}
