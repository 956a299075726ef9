//! How a command tells what it does: a line per step, its time, and one kind of failure with a message.

use std::fmt;
use std::process::Command;
use std::time::{Duration, Instant};

/// Why a command could not do its work, in words for the person who called it.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// The result of a command or a step.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Adds to an error what was being done when it happened.
pub trait Context<T> {
    /// Turns the error into a [`Failure`] that starts with `doing`.
    fn context(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{doing}: {error}")))
    }
}

/// Runs one step: prints its name before and the time it took after.
pub fn step<T>(name: impl fmt::Display, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {name}");
    let start = Instant::now();
    let result = work();
    let word = if result.is_ok() { "done" } else { "failed" };
    println!("    {word} in {}", seconds(start.elapsed()));
    result
}

/// Prints a step that needs no work because its result is already there.
pub fn present(name: impl fmt::Display, detail: impl fmt::Display) {
    println!("==> {name}: {detail}");
}

/// Runs a program with our own output streams; an exit code other than 0 is a failure.
pub fn call(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .context(format!("cannot start `{program}`"))?;
    if status.success() {
        return Ok(());
    }
    let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy()).collect();
    Err(Failure(format!(
        "`{program} {}` ended with {status}",
        arguments.join(" ")
    )))
}

/// Runs a program and returns what it wrote to standard output, or `None` if it is missing or refused.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A duration as people read it: `0.4 s`, `3 min 29 s`.
pub fn seconds(duration: Duration) -> String {
    let total = duration.as_secs();
    if total < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {} s", total / 60, total % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_like_speech() {
        assert_eq!(seconds(Duration::from_millis(420)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(209)), "3 min 29 s");
    }

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let failure = call(
            Command::new("cargo")
                .arg("no-such-subcommand")
                .arg("--quiet"),
        );
        let message = failure.map_err(|f| f.to_string()).unwrap_err();
        assert!(
            message.starts_with("`cargo no-such-subcommand --quiet` ended with"),
            "{message}"
        );
    }

    #[test]
    fn a_missing_program_is_no_answer() {
        assert_eq!(ask(&mut Command::new("no-such-program-of-ours")), None);
    }
}
