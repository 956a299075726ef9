//! `cargo xtask bench`: how fast the lab is, and with `--versus-moto` how much faster than moto, measured in one run.
//!
//! The cases are in `benches/versus.json`. moto runs through boto3 in one Python process, as its users call it.

use std::process::Command;

use serde_json::Value;

use crate::conformance::environment;
use crate::steps::{Context, Failure, Outcome, call, step};
use crate::workspace::{Workspace, cargo};

/// How many times faster than moto a call has to be: through `World::execute`, and through the command line.
const BARS: (f64, f64) = (1_000.0, 200.0);

/// Runs the benchmarks of `benches/`.
///
/// # Errors
/// An argument that is none, or a program that fails.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome {
    match arguments {
        [] => {
            call(bench(workspace).args(["-p", "ec2-lab-engine", "--bench", "probe"]))?;
            let ours = lab(workspace)?;
            println!(
                "\n{:<46}{:>14}{:>14}",
                "in a world of 1,000", "execute", "aws ..."
            );
            for case in &ours {
                println!(
                    "{:<46}{:>14}{:>14}",
                    case.name,
                    shown(case.execute),
                    shown(case.line)
                );
            }
            summary(&ours);
            Ok(())
        }
        [only] if only == "--versus-moto" => versus(workspace),
        _ => Err(Failure::new("bench takes nothing or --versus-moto")),
    }
}

/// What one case took, in microseconds.
struct Case {
    name: String,
    execute: f64,
    line: f64,
}

fn versus(workspace: &Workspace) -> Outcome {
    let folder = workspace.root.join("benches");
    let python = environment(
        &workspace.target.join("python/moto"),
        &folder.join("requirements.txt"),
    )?;
    let ours = lab(workspace)?;
    let moto = step("moto through boto3", || {
        lines(Command::new(python).arg(folder.join("versus_moto.py")))
    })?;
    println!(
        "\n{:<46}{:>12}{:>12}{:>9}{:>12}{:>9}",
        "in a world of 1,000", "moto", "execute", "ratio", "aws ...", "ratio"
    );
    let mut below = 0;
    for case in &ours {
        let theirs = moto
            .iter()
            .find(|line| line.get("name").and_then(Value::as_str) == Some(&case.name))
            .and_then(|line| line.get("milliseconds")?.as_f64())
            .ok_or_else(|| Failure::new(format!("moto gave no time for {}", case.name)))?
            * 1000.0;
        let ratio = |own: f64, bar: f64, below: &mut u32| {
            let ratio = theirs / own;
            *below += u32::from(ratio < bar);
            format!("{ratio:.0}{}", if ratio < bar { "!" } else { " " })
        };
        println!(
            "{:<46}{:>12}{:>12}{:>9}{:>12}{:>9}",
            case.name,
            shown(theirs),
            shown(case.execute),
            ratio(case.execute, BARS.0, &mut below),
            shown(case.line),
            ratio(case.line, BARS.1, &mut below),
        );
    }
    summary(&ours);
    println!(
        "{below} ratios are below the bars of {} (execute) and {} (aws ...), marked with `!`.",
        BARS.0, BARS.1
    );
    Ok(())
}

/// Our own times, each case through both doors.
fn lab(workspace: &Workspace) -> Outcome<Vec<Case>> {
    let lines = step("the lab", || {
        lines(bench(workspace).args(["-p", "ec2-lab-cli", "--bench", "versus"]))
    })?;
    let case = |line: &Value| {
        Some(Case {
            name: line.get("name")?.as_str()?.to_owned(),
            execute: line.get("execute")?.as_f64()?,
            line: line.get("line")?.as_f64()?,
        })
    };
    let cases: Option<Vec<Case>> = lines.iter().map(case).collect();
    cases.ok_or_else(|| Failure::new("the benchmark `versus` prints something else than cases"))
}

fn bench(workspace: &Workspace) -> Command {
    let mut command = cargo();
    command
        .current_dir(&workspace.root)
        .args(["bench", "--quiet"]);
    command
}

/// Runs a program that prints one JSON object a line.
fn lines(command: &mut Command) -> Outcome<Vec<Value>> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cannot start the benchmark")?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "the benchmark ended with {}",
            output.status
        )));
    }
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).context(format!("not JSON: {line}")))
        .collect()
}

fn summary(cases: &[Case]) {
    let mut times: Vec<f64> = cases.iter().map(|case| case.line).collect();
    times.sort_by(f64::total_cmp);
    if let Some(median) = times.get(times.len() / 2) {
        println!("\nThe median command takes {}.", shown(*median));
    }
}

/// Microseconds as people read them.
fn shown(microseconds: f64) -> String {
    if microseconds < 1_000.0 {
        format!("{microseconds:.1} µs")
    } else {
        format!("{:.2} ms", microseconds / 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_reads_best() {
        assert_eq!(shown(1.52), "1.5 µs");
        assert_eq!(shown(1_943_651.3), "1943.65 ms");
    }
}
