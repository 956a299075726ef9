//! Every fact that the lab shows, as an experiment of its own: `cargo nextest run 5-2` runs that of fact 5-2.
//!
//! The experiments are scripts of the lab's own command line in `tests/facts`. A line says what is typed and how it ends:
//!
//! ```text
//! = 5-2 What the experiment shows.
//! use web                      the lines of a prelude
//! $ LINE                       succeeds
//! ! CODE LINE                  is refused with AWS's code
//! ? STATUS LINE                ends with this exit status
//! + TEXT                       the last answer contains this
//! ~ TEXT                       what the last answer printed is this
//! - TEXT                       it does not contain this
//! @ SECONDS                    time passes
//! ```
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may panic"
)]

use ec2_lab_cli::{Answer, MemoryFiles, Shell};
use ec2_lab_engine::World;
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::path::Path;

type Script = Vec<(usize, String)>;

/// The experiments by fact, and the preludes by name, of one file.
fn read(
    path: &Path,
    facts: &mut BTreeMap<String, Script>,
    preludes: &mut BTreeMap<String, Script>,
) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut script: Option<&mut Script> = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
        match mark {
            "" | "#" => {}
            "=" => {
                let id = rest.split(' ').next().unwrap().to_owned();
                assert!(!facts.contains_key(&id), "{id} has two experiments");
                script = Some(facts.entry(id).or_default());
            }
            "prelude" => script = Some(preludes.entry(rest.to_owned()).or_default()),
            _ => script
                .as_mut()
                .unwrap_or_else(|| panic!("{}: a step before the first fact", path.display()))
                .push((number + 1, line.to_owned())),
        }
    }
}

/// Runs a script's steps; the error says at which line what was answered.
fn run(
    shell: &mut Shell<World>,
    script: &Script,
    preludes: &BTreeMap<String, Script>,
) -> Result<(), Failed> {
    let mut last = Answer::default();
    let mut checked = false;
    for (number, step) in script {
        let (mark, rest) = step.split_once(' ').unwrap_or((step, ""));
        let wrong = |why: &str, answer: &Answer| {
            Failed::from(format!(
                "line {number}: {step}\n{why}; exit {}\n{}{}",
                answer.exit, answer.stdout, answer.stderr
            ))
        };
        let said = format!("{}{}", last.stdout, last.stderr);
        match mark {
            "use" => {
                let prelude = preludes
                    .get(rest)
                    .ok_or_else(|| wrong("no such prelude", &last))?;
                run(shell, prelude, preludes)?;
            }
            "$" => {
                last = shell.run(rest);
                if last.exit != 0 {
                    return Err(wrong("it should succeed", &last));
                }
            }
            "!" => {
                let (code, line) = rest.split_once(' ').unwrap();
                last = shell.run(line);
                if last.exit == 0 || !last.stderr.contains(&format!("({code})")) {
                    return Err(wrong("it should be refused", &last));
                }
                checked = true;
            }
            "?" => {
                let (status, line) = rest.split_once(' ').unwrap();
                last = shell.run(line);
                if last.exit.to_string() != status {
                    return Err(wrong("it should end otherwise", &last));
                }
                checked = true;
            }
            "+" if !rest.is_empty() && said.contains(rest) => checked = true,
            "~" if last.stdout.trim() == rest => checked = true,
            "-" if !rest.is_empty() && !said.contains(rest) => checked = true,
            "@" => {
                let waited = shell.run(&format!("lab wait --seconds {rest}"));
                if waited.exit != 0 {
                    return Err(wrong("time does not pass", &waited));
                }
            }
            _ => return Err(wrong("it does not hold", &last)),
        }
    }
    if checked
        || preludes
            .values()
            .any(|prelude| std::ptr::eq(prelude, script))
    {
        Ok(())
    } else {
        Err("the experiment asserts nothing".into())
    }
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/facts");
    let (mut facts, mut preludes) = (BTreeMap::new(), BTreeMap::new());
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "facts"))
        .collect();
    files.sort();
    for file in &files {
        read(file, &mut facts, &mut preludes);
    }
    let preludes: &'static BTreeMap<String, Script> = Box::leak(Box::new(preludes));
    let trials = facts
        .into_iter()
        .map(|(id, script)| {
            Trial::test(id, move || {
                let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
                run(&mut shell, &script, preludes)
            })
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
