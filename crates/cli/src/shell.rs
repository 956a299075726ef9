//! The prompt: one line in, one [`Answer`] out; variables, command substitution, scripts.

mod commands;

use crate::answer::{Answer, Refusal};
use crate::configure::Settings;
use crate::engine::Engine;
use crate::files::Files;
use crate::words::{Dollar, Piece, Word, split, statements};
use std::collections::BTreeMap;

/// What a prompt remembers between two lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellState {
    /// Variables by name.
    pub variables: BTreeMap<String, String>,
    /// What `aws configure` has set.
    pub settings: Settings,
}

/// A prompt over an engine.
pub struct Shell<E: Engine> {
    /// The simulator behind it.
    pub engine: E,
    /// Where `file://` looks.
    pub files: Box<dyn Files>,
    /// What it remembers.
    pub state: ShellState,
    depth: usize,
}

/// `$( $( ... ) )` deeper than this is refused.
const DEEPEST: usize = 8;

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
            depth: 0,
        }
    }

    /// The Region that commands go to without `--region`.
    pub fn region(&self) -> Option<&str> {
        let variable = |name: &str| {
            self.state
                .variables
                .get(name)
                .map(String::as_str)
                .filter(|v| !v.is_empty())
        };
        variable("AWS_REGION")
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or_else(|| self.state.settings.get("region"))
    }

    /// Runs one line.
    pub fn run(&mut self, line: &str) -> Answer {
        self.try_run(line).unwrap_or_else(Answer::from)
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

    fn try_run(&mut self, line: &str) -> Result<Answer, Refusal> {
        let mut words = split(line, Dollar::Expands).map_err(|reason| Refusal::shell(2, reason))?;
        if words.len() > 1
            && words
                .first()
                .is_some_and(|word| word.pieces == [Piece::Text("export".to_owned())])
        {
            words.remove(0);
        }
        if words.is_empty() {
            return Ok(Answer::default());
        }
        if words.iter().all(|word| assignment(word).is_some()) {
            for word in &words {
                if let Some((name, rest)) = assignment(word) {
                    // As in a shell, an assigned value is never split at spaces.
                    let value = self
                        .expand(
                            &Word {
                                pieces: rest,
                                quoted: true,
                            },
                            false,
                        )?
                        .join(" ");
                    self.state.variables.insert(name, value);
                }
            }
            return Ok(Answer::default());
        }
        let mut expanded = Vec::with_capacity(words.len());
        for word in &words {
            expanded.extend(self.expand(word, true)?);
        }
        self.dispatch(&expanded)
    }

    /// A word's text; unquoted variables and commands may make it several words, or none.
    fn expand(&mut self, word: &Word, splits: bool) -> Result<Vec<String>, Refusal> {
        let mut all: Vec<String> = Vec::new();
        let mut current = word.quoted.then(String::new);
        for piece in &word.pieces {
            let (text, quoted) = match piece {
                Piece::Text(text) => (text.clone(), true),
                Piece::Variable { name, quoted } => match self.state.variables.get(name) {
                    Some(value) => (value.clone(), *quoted),
                    None => {
                        return Err(Refusal::shell(
                            1,
                            format!("the variable ${name} is not set"),
                        ));
                    }
                },
                Piece::Command { line, quoted } => (self.substitute(line)?, *quoted),
            };
            if quoted || !splits {
                current.get_or_insert_default().push_str(&text);
                continue;
            }
            let starts_with_space = text.starts_with(char::is_whitespace);
            for (at, part) in text.split_whitespace().enumerate() {
                if at > 0 || starts_with_space {
                    all.extend(current.take().filter(|text| !text.is_empty()));
                }
                current.get_or_insert_default().push_str(part);
            }
        }
        all.extend(current);
        Ok(all)
    }

    fn substitute(&mut self, line: &str) -> Result<String, Refusal> {
        if self.depth >= DEEPEST {
            return Err(Refusal::shell(2, "$( ) is nested too deeply"));
        }
        self.depth += 1;
        let answer = self.try_run(line);
        self.depth -= 1;
        let answer = answer?;
        if answer.exit != 0 {
            return Err(Refusal {
                exit: answer.exit,
                text: answer.stderr,
                advice: answer.advice,
            });
        }
        Ok(answer.stdout.trim_end_matches('\n').to_owned())
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
            other => Err(Refusal::shell(
                127,
                format!("{other}: command not found; this prompt knows aws, lab and echo"),
            )),
        }
    }
}

/// `name=` at the beginning of a word, and the pieces after it.
fn assignment(word: &Word) -> Option<(String, Vec<Piece>)> {
    let (first, rest) = word.pieces.split_first()?;
    let Piece::Text(text) = first else {
        return None;
    };
    let (name, value) = text.split_once('=')?;
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !starts || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let mut pieces = vec![Piece::Text(value.to_owned())];
    pieces.extend(rest.iter().cloned());
    Some((name.to_owned(), pieces))
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
