//! The prompt: one line in, one [`Answer`] out; variables, command substitution, scripts.

mod commands;
mod waiting;

use crate::answer::{Answer, Refusal};
use crate::configure::{DEFAULT, Settings};
use crate::engine::{Caller, Engine};
use crate::files::Files;
use crate::laptop::{Home, Session};
use crate::words::statements;
use ec2_lab_engine::shell::{self, Host, MOST_STEPS, Ran, Scope};
use std::collections::BTreeMap;

/// What a prompt remembers between two lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellState {
    /// Variables and the last exit status.
    pub scope: Scope,
    /// What `aws configure` has set.
    pub settings: Settings,
    /// The files of the laptop.
    pub home: Home,
    /// The machine that one is logged in to.
    pub session: Option<Session>,
    /// Which instance `ssh` has met behind a host's name.
    pub known_hosts: BTreeMap<String, String>,
    /// What was typed, oldest first.
    pub history: Vec<String>,
}

impl ShellState {
    /// What stands before the cursor.
    pub fn prompt(&self) -> String {
        self.session
            .as_ref()
            .map_or_else(|| "$".to_owned(), Session::prompt)
    }
}

/// A prompt over an engine.
pub struct Shell<E: Engine> {
    /// The simulator behind it.
    pub engine: E,
    /// Where `file://` looks after the home directory.
    pub files: Box<dyn Files>,
    /// What it remembers.
    pub state: ShellState,
    /// What is to be said to the learner about a refusal in the line that runs.
    advice: Option<String>,
}

/// How many lines `history` keeps.
const HISTORY: usize = 1_000;

impl<E: Engine> Shell<E> {
    /// A fresh prompt.
    pub fn new(engine: E, files: Box<dyn Files>) -> Self {
        Shell::with_state(engine, files, ShellState::default())
    }

    /// A prompt that goes on from an earlier one's state.
    pub fn with_state(engine: E, files: Box<dyn Files>, state: ShellState) -> Self {
        Shell {
            engine,
            files,
            state,
            advice: None,
        }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        let found = self.state.scope.variables.get(name).map(String::as_str);
        found.filter(|value| !value.is_empty())
    }

    /// The profile that commands use without `--profile`.
    pub fn profile(&self) -> &str {
        self.variable("AWS_PROFILE")
            .or_else(|| self.variable("AWS_DEFAULT_PROFILE"))
            .unwrap_or(DEFAULT)
    }

    /// The Region that commands go to without `--region` and `--profile`.
    pub fn region(&self) -> Option<&str> {
        self.region_of(self.profile())
    }

    /// The Region that a profile's commands go to without `--region`.
    pub(crate) fn region_of(&self, profile: &str) -> Option<&str> {
        self.variable("AWS_REGION")
            .or_else(|| self.variable("AWS_DEFAULT_REGION"))
            .or_else(|| self.state.settings.get(profile, "region"))
    }

    /// Who the laptop's own programs are to the simulator: the account of the profile in force, at home when it has none.
    pub(crate) fn own_caller(&self, region: &str) -> Caller {
        let account = self.state.settings.account(self.profile());
        Caller {
            account: account
                .filter(|account| !account.is_empty())
                .map_or_else(|| Caller::default().account, str::to_owned),
            region: region.to_owned(),
        }
    }

    /// Runs one line, on the laptop or in the machine that one is logged in to.
    pub fn run(&mut self, line: &str) -> Answer {
        if !line.trim().is_empty() {
            self.state.history.push(line.trim().to_owned());
            if self.state.history.len() > HISTORY {
                self.state.history.remove(0);
            }
        }
        if let Some(session) = self.state.session.clone() {
            return self.in_guest(&session, line);
        }
        let commands = match shell::parse(line) {
            Ok(commands) => commands,
            Err(why) => return Answer::from(Refusal::shell(2, why)),
        };
        self.advice = None;
        let mut scope = std::mem::take(&mut self.state.scope);
        scope.steps = MOST_STEPS;
        (scope.ended, scope.depth, scope.stops_on_error) = (false, 0, false);
        scope
            .variables
            .entry("HOME".to_owned())
            .or_insert_with(|| "~".to_owned());
        let ran = shell::run(self, &mut scope, &commands);
        // What the line has set while it ran is in the copy; the shell's own state had none meanwhile.
        self.state.scope = scope;
        Answer {
            exit: ran.exit,
            stdout: ran.out,
            stderr: ran.err,
            advice: self.advice.take(),
        }
    }

    /// Runs a command that has been split into words already.
    pub fn run_words(&mut self, words: &[String]) -> Answer {
        self.dispatch(words).unwrap_or_else(Answer::from)
    }

    /// Runs a text of several lines and stops at the first command that fails.
    pub fn run_script(&mut self, text: &str) -> Result<(), ScriptError> {
        for (line, command) in statements(text) {
            let answer = self.run(&command);
            if answer.exit != 0 {
                let command = command.trim().to_owned();
                return Err(ScriptError {
                    line,
                    command,
                    exit: answer.exit,
                    stderr: answer.stderr,
                });
            }
        }
        Ok(())
    }

    fn dispatch(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let Some((command, rest)) = words.split_first() else {
            return Ok(Answer::default());
        };
        match command.as_str() {
            "aws" => self.aws(rest),
            "lab" => self.lab(rest),
            "echo" => Ok(Answer::ok(format!("{}\n", rest.join(" ")))),
            "help" => Ok(Answer::ok(crate::help::aws())),
            other => self.laptop(words).ok_or_else(|| {
                Refusal::shell(
                    127,
                    format!(
                        "{other}: command not found; this laptop knows aws, lab and {}",
                        crate::laptop::PROGRAMS.join(", ")
                    ),
                )
            }),
        }
    }
}

impl<E: Engine> Host for Shell<E> {
    fn command(&mut self, scope: &mut Scope, words: &[String], _: &str) -> Ran {
        // Commands look for variables such as AWS_REGION where they always lie.
        std::mem::swap(&mut self.state.scope.variables, &mut scope.variables);
        let answer = self.run_words(words);
        std::mem::swap(&mut self.state.scope.variables, &mut scope.variables);
        if answer.exit != 0 && answer.advice.is_some() {
            self.advice = answer.advice;
        }
        Ran {
            exit: answer.exit,
            out: answer.stdout,
            err: answer.stderr,
        }
    }

    fn read(&mut self, _: &Scope, path: &str) -> Result<String, String> {
        let missing = || "No such file or directory".to_owned();
        if let Some(file) = self.state.home.get(path) {
            return String::from_utf8(file.bytes.clone()).map_err(|_| "not a text".to_owned());
        }
        let bytes = self.files.read(path).map_err(|_| missing())?;
        String::from_utf8(bytes).map_err(|_| "not a text".to_owned())
    }

    fn write(&mut self, _: &Scope, path: &str, text: &str, add: bool) -> Result<(), String> {
        self.state.home.write(path, text.as_bytes(), add)
    }

    fn names(&self, _: &Scope) -> Vec<String> {
        self.state.home.0.keys().cloned().collect()
    }
}

/// A command of a script that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// The line of the script, from 1.
    pub line: usize,
    /// The command.
    pub command: String,
    /// Its exit code.
    pub exit: i32,
    /// What it said.
    pub stderr: String,
}

impl std::fmt::Display for ScriptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "line {}: `{}` ended with {}: {}",
            self.line,
            self.command,
            self.exit,
            self.stderr.trim()
        )
    }
}

impl std::error::Error for ScriptError {}

#[cfg(test)]
#[path = "shell/tests.rs"]
mod tests;
