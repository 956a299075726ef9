//! The lab in a terminal: a prompt over standard input, or with `--jsonl` one JSON answer a line for programs.
//!
//! In `--jsonl` each line is one for the laptop's shell (pipes, variables, `$( )`, `&&`), each answer
//! `{"exit": 0, "stdout": "", "stderr": ""}`; the line `#reset` begins a new world. Files are looked up in the working
//! directory; what `>` writes stays in the lab, as the laptop's own files do.

mod terminal;

use ec2_lab_cli::{Answer, Files, Shell};
use ec2_lab_engine::World;
use ec2_lab_engine::json::json;
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use terminal::Look;

/// A listing is many small values; with the system's allocator it takes a third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let (mut jsonl, mut plain) = (false, false);
    let mut seed = 1;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--jsonl" => jsonl = true,
            "--plain" => plain = true,
            "--seed" => match words.next().and_then(|word| word.parse().ok()) {
                Some(number) => seed = number,
                None => return usage(),
            },
            _ => return usage(),
        }
    }
    let look = Look::of_this_terminal(plain);
    let done = if jsonl {
        for_programs(seed).map(|()| 0)
    } else if std::io::stdin().is_terminal() {
        terminal::run(fresh(seed), look)
    } else {
        script(seed, look)
    };
    match done {
        Ok(exit) => ExitCode::from(u8::try_from(exit & 0xff).unwrap_or(1)),
        // The reader has closed the pipe: the end, not a failure.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ec2-lab: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!(
        "usage: ec2-lab [--seed NUMBER] [--plain] [--jsonl]\n\n\
         A prompt for aws and lab commands; from a pipe, a script of them.\n\
         --plain  no colours, and no advice under a refusal\n\
         --jsonl  one command a line in, one JSON answer a line out"
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

/// Commands from a pipe or a file, as a shell runs them: no prompt, and the last one's exit code at the end.
fn script(seed: u64, look: Look) -> std::io::Result<i32> {
    let mut shell = fresh(seed);
    let mut typed = String::new();
    let mut last = 0;
    for line in std::io::stdin().lock().lines() {
        typed.push_str(&line?);
        typed.push('\n');
        if ec2_lab_engine::shell::is_open(&typed) {
            continue;
        }
        let command = std::mem::take(&mut typed);
        if matches!(command.trim(), "exit" | "quit") && shell.state.session.is_none() {
            return Ok(last);
        }
        let answer = shell.run(&command);
        last = answer.exit;
        look.show(&answer)?;
        if shell.state.scope.ended {
            return Ok(last);
        }
    }
    // What is still open at the end says so itself.
    if !typed.is_empty() {
        let answer = shell.run(&typed);
        last = answer.exit;
        look.show(&answer)?;
    }
    Ok(last)
}
