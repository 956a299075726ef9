//! A POSIX shell: the laptop's prompt, the shell inside an instance and user data all use this one.
//!
//! The grammar is conch-parser's; what commands there are, and where files lie, is the [`Host`]'s business.

mod columns;
mod condition;
mod expand;
mod parts;
mod plain;
mod run;
mod streams;
mod text;

pub use parts::{Joint, Part, parts};
pub use run::run;
pub use text::filter;

use conch_parser::ast::TopLevelCommand;
use conch_parser::lexer::Lexer;
use conch_parser::parse::DefaultParser;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a command came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// The exit status; 0 is success.
    pub exit: i32,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

impl Ran {
    /// Success with this output.
    #[must_use]
    pub fn ok(out: impl Into<String>) -> Self {
        Ran {
            out: out.into(),
            ..Ran::default()
        }
    }

    /// Failure with this message.
    #[must_use]
    pub fn fail(exit: i32, err: impl Into<String>) -> Self {
        let mut err = err.into();
        if !err.is_empty() && !err.ends_with('\n') {
            err.push('\n');
        }
        Ran {
            exit,
            out: String::new(),
            err,
        }
    }
}

/// The machine that a shell runs on.
pub trait Host {
    /// Runs a program with its words and its standard input.
    fn command(&mut self, scope: &mut Scope, words: &[String], input: &str) -> Ran;

    /// The text of a file.
    ///
    /// # Errors
    /// The operating system's words for why not.
    fn read(&mut self, scope: &Scope, path: &str) -> Result<String, String>;

    /// Writes a file, or adds to it.
    ///
    /// # Errors
    /// The operating system's words for why not.
    fn write(&mut self, scope: &Scope, path: &str, text: &str, add: bool) -> Result<(), String>;

    /// The names in the working directory, for patterns such as `*.pem`.
    fn names(&self, scope: &Scope) -> Vec<String>;
}

/// What a shell remembers from one command to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Variables by name.
    pub variables: BTreeMap<String, String>,
    /// The exit status of the last command.
    pub last: i32,
    /// `set -e`: a failure ends the script.
    pub stops_on_error: bool,
    /// Whether `exit` was called.
    pub ended: bool,
    /// How many commands may still run: a loop without an end must not hold the page.
    pub steps: u32,
    /// The exit status of the last `$( )`, until its command has taken it.
    pub substituted: Option<i32>,
    /// How deep `$( )` is nested.
    pub depth: u32,
}

/// How many commands one line or script may run.
pub const MOST_STEPS: u32 = 5_000;
/// How much a command may write.
pub(crate) const MOST_OUTPUT: usize = 1 << 20;
const LONGEST: usize = 4 << 20;
const DEEPEST: usize = 48;

/// A command that was read.
pub type Command = TopLevelCommand<String>;

/// Reads a script, all of it.
///
/// # Errors
/// What is wrong with it, in a shell's words.
pub fn parse(text: &str) -> Result<Vec<Command>, String> {
    match plain::read(text) {
        Some(command) if text.len() <= LONGEST => Ok(vec![command]),
        _ => parse_all(text),
    }
}

fn parse_all(text: &str) -> Result<Vec<Command>, String> {
    if text.len() > LONGEST {
        return Err("syntax error: the script is longer than 4 MB".to_owned());
    }
    if text.contains('\0') {
        return Err("syntax error: the script contains a NUL byte".to_owned());
    }
    if depth(text) > DEEPEST {
        return Err("syntax error: brackets are nested too deeply".to_owned());
    }
    let text = here_documents(text)?;
    let lexer = Lexer::new(text.chars());
    DefaultParser::new(lexer)
        .into_iter()
        .map(|command| command.map_err(|error| format!("syntax error: {error}")))
        .collect()
}

/// The text as the grammar can read it. conch-parser 0.1 panics on the text of a here-document that ends in a backslash,
/// and it ends where the whole text, or the text between backticks, ends, if its closing line is missing.
fn here_documents(text: &str) -> Result<Cow<'_, str>, String> {
    if !text.contains("<<") {
        return Ok(Cow::Borrowed(text));
    }
    let mut between_backticks = text.split('`').skip(1).step_by(2);
    if text.contains("\\`") || between_backticks.any(|inside| inside.contains("<<")) {
        return Err(
            "syntax error: a here-document between backticks is not modelled in this shell: write $( ) instead"
                .to_owned(),
        );
    }
    Ok(if text.ends_with('\n') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{text}\n"))
    })
}

/// The text without what stands in single quotes, where brackets mean nothing: JSON is written there. From the first
/// character on that makes it hard to say what a quote means, nothing is taken out, which only errs to the safe side.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '"', '\\', '#', '<', '`']) {
        let (before, quoted) = rest.split_at(at);
        bare.push_str(before);
        rest = quoted;
        let inside = quoted
            .strip_prefix('\'')
            .and_then(|inside| inside.split_once('\''));
        let Some((_, after)) = inside else { break };
        bare.push('q');
        rest = after;
    }
    bare.push_str(rest);
    bare
}

/// How deep brackets and compound commands are nested at most.
fn depth(text: &str) -> usize {
    let text = bare(text);
    let (mut now, mut most, mut ticks) = (0_usize, 0, 0);
    for letter in text.chars() {
        match letter {
            '(' | '{' => now += 1,
            ')' | '}' => now = now.saturating_sub(1),
            '`' => ticks += 1,
            _ => {}
        }
        most = most.max(now);
    }
    let mut open = 0_usize;
    let mut compound = 0_usize;
    for word in text.split(|c: char| c.is_whitespace() || c == ';') {
        match word {
            "if" | "for" | "while" | "until" | "case" => open += 1,
            "fi" | "done" | "esac" => open = open.saturating_sub(1),
            _ => {}
        }
        compound = compound.max(open);
    }
    most.max(compound)
        .max(if ticks > 400 { DEEPEST + 1 } else { 0 })
}

/// Whether a text needs another line: an open quote, bracket or compound command, a backslash at its end.
#[must_use]
pub fn is_open(text: &str) -> bool {
    let trimmed = text.trim_end_matches(['\n', ' ']);
    if trimmed.ends_with('\\') && !trimmed.ends_with("\\\\") {
        return true;
    }
    match parse(text) {
        Ok(_) => here_document_open(text),
        Err(reason) => reason.contains("end of input") || reason.contains("unmatched"),
    }
}

/// Whether a here-document has no closing line yet: the parser takes the end of the text for it.
fn here_document_open(text: &str) -> bool {
    let Some((head, _)) = text.split_once('\n') else {
        return text.contains("<<") && !text.contains("<<<");
    };
    let Some((_, word)) = head.split_once("<<") else {
        return false;
    };
    let tag = word
        .trim_start_matches('-')
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(['\'', '"']);
    !tag.is_empty()
        && !text
            .lines()
            .skip(1)
            .any(|line| line.trim_start_matches('\t') == tag)
}
