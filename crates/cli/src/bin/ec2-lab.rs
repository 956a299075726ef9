//! The lab in a terminal: a prompt over standard input, or with `--jsonl` one JSON answer a line for programs.
//!
//! In `--jsonl` each line is one for the laptop's shell (pipes, variables, `$( )`, `&&`), each answer
//! `{"exit": 0, "stdout": "", "stderr": ""}`; the line `#reset` begins a new world. Files are looked up in the working
//! directory; what `>` writes stays in the lab, as the laptop's own files do.

use ec2_lab_cli::{Answer, Files, Shell};
use ec2_lab_engine::World;
use serde_json::json;
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// Files of the working directory.
struct Disk;

impl Files for Disk {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let path = match (name.strip_prefix("~/"), std::env::var_os("HOME")) {
            (Some(rest), Some(home)) => std::path::Path::new(&home).join(rest),
            _ => name.into(),
        };
        std::fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                format!("[Errno 2] No such file or directory: '{name}'")
            }
            std::io::ErrorKind::PermissionDenied => {
                format!("[Errno 13] Permission denied: '{name}'")
            }
            _ => format!("{error}: '{name}'"),
        })
    }
}

fn fresh(seed: u64) -> Shell<World> {
    Shell::new(World::new(seed), Box::new(Disk))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut jsonl = false;
    let mut seed = 1;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match (word.as_str(), word.as_str() == "--seed") {
            ("--jsonl", _) => jsonl = true,
            (_, true) => match words.next().and_then(|word| word.parse().ok()) {
                Some(number) => seed = number,
                None => return usage(),
            },
            _ => return usage(),
        }
    }
    let done = if jsonl {
        for_programs(seed)
    } else {
        for_people(seed)
    };
    match done {
        // The reader has closed the pipe: the end, not a failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("ec2-lab: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn usage() -> ExitCode {
    eprintln!(
        "usage: ec2-lab [--seed NUMBER] [--jsonl]\n\nWithout --jsonl: a prompt for aws and lab commands."
    );
    ExitCode::from(2)
}

fn for_programs(seed: u64) -> std::io::Result<()> {
    let mut shell = fresh(seed);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answer = if line.trim() == "#reset" {
            shell = fresh(seed);
            Answer::default()
        } else {
            match ec2_lab_cli::words::admit(&line) {
                Ok(()) => shell.run(&line),
                Err(reason) => Answer {
                    exit: 252,
                    stderr: format!("ec2-lab: {reason}\n"),
                    ..Answer::default()
                },
            }
        };
        let object = json!({"exit": answer.exit, "stdout": answer.stdout, "stderr": answer.stderr});
        writeln!(out, "{object}")?;
        out.flush()?;
    }
    Ok(())
}

fn for_people(seed: u64) -> std::io::Result<()> {
    let mut shell = fresh(seed);
    let mut typed = String::new();
    prompt("$ ")?;
    for line in std::io::stdin().lock().lines() {
        typed.push_str(&line?);
        typed.push('\n');
        // An open quote or a backslash at the end asks for more lines.
        if ec2_lab_cli::words::is_open(&typed) {
            prompt("> ")?;
            continue;
        }
        let command = std::mem::take(&mut typed);
        if matches!(command.trim(), "exit" | "quit") {
            break;
        }
        let answer = shell.run(&command);
        print!("{}", answer.stdout);
        eprint!("{}", answer.stderr);
        if let Some(advice) = answer.advice {
            eprintln!("{advice}");
        }
        prompt("$ ")?;
    }
    println!();
    Ok(())
}

fn prompt(text: &str) -> std::io::Result<()> {
    print!("{text}");
    std::io::stdout().flush()
}
