//! The learner's laptop: a small home directory, and the programs with which one gets at a machine. All of them ask the
//! simulator; none of them makes an answer up.

mod files;
mod home;
mod keys;
mod net;
mod ssh;

pub(crate) use home::Both;
pub use home::{Home, HomeFile};
pub use ssh::Session;

use crate::answer::Answer;
use crate::engine::Engine;
use crate::shell::Shell;
use ec2_lab_engine::json::Value;

/// Programs of the laptop, for completion and help.
pub const PROGRAMS: [&str; 17] = [
    "cat",
    "chmod",
    "clear",
    "cp",
    "curl",
    "dig",
    "history",
    "ls",
    "mv",
    "nc",
    "ping",
    "pwd",
    "rm",
    "scp",
    "ssh",
    "ssh-keygen",
    "touch",
];

impl<E: Engine> Shell<E> {
    /// Runs a program of the laptop; `None` for any other name.
    pub(crate) fn laptop(&mut self, words: &[String]) -> Option<Answer> {
        let (name, rest) = words.split_first()?;
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        Some(match name.as_str() {
            "ssh" => self.ssh(&rest),
            "scp" => self.scp(&rest),
            "ssh-keygen" => self.ssh_keygen(&rest),
            "curl" => self.curl(&rest),
            "ping" => self.ping(&rest),
            "nc" => self.netcat(&rest),
            "dig" | "nslookup" | "host" => self.look_up(&rest),
            "ls" | "chmod" | "rm" | "cp" | "mv" | "touch" | "mkdir" => {
                files::program(&mut self.state.home, &*self.files, name, &rest)
            }
            "pwd" => Answer::ok(format!("{}\n", home::FOLDER)),
            "cd" if matches!(rest.as_slice(), [] | ["~" | "." | home::FOLDER]) => Answer::default(),
            "whoami" => Answer::ok("learner\n"),
            "history" => Answer::ok(
                self.state
                    .history
                    .iter()
                    .enumerate()
                    .map(|(at, line)| format!("{:>5}  {line}\n", at + 1))
                    .collect::<String>(),
            ),
            // The terminal's own code for an empty screen; the page takes it for the same wish.
            "clear" => Answer::ok("\u{1b}[H\u{1b}[2J"),
            _ => return None,
        })
    }

    /// Asks the simulator's lab for one thing; a refusal becomes the program's own failure.
    fn ask(&mut self, operation: &str, input: &Value) -> Result<Value, Answer> {
        let region = self.region().unwrap_or("us-east-1").to_owned();
        self.ask_in(&region, operation, input)
    }

    fn ask_in(&mut self, region: &str, operation: &str, input: &Value) -> Result<Value, Answer> {
        let caller = self.own_caller(region);
        self.engine
            .execute(&caller, operation, input)
            .map_err(|error| fail(255, error.message))
    }
}

/// A failure with the program's own words.
fn fail(exit: i32, text: impl Into<String>) -> Answer {
    let mut stderr = text.into();
    if !stderr.is_empty() && !stderr.ends_with('\n') {
        stderr.push('\n');
    }
    Answer {
        exit,
        stderr,
        ..Answer::default()
    }
}

/// A text of an answer.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The words that are no options, and the values of those options that take one.
fn sort_out<'a>(
    words: &[&'a str],
    with_value: &[&str],
) -> (Vec<&'a str>, Vec<(&'a str, &'a str)>, Vec<&'a str>) {
    let (mut plain, mut given, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        if with_value.contains(&word) {
            given.extend(words.next().map(|value| (word, value)));
        } else if word.starts_with('-') && word.len() > 1 && plain.is_empty() {
            flags.push(word);
        } else {
            plain.push(word);
        }
    }
    (plain, given, flags)
}
