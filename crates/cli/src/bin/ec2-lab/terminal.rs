//! The prompt at a terminal: history with search (Ctrl-R), completion (Tab), several lines for one command, colours.

use ec2_lab_cli::complete::complete;
use ec2_lab_cli::{Answer, Shell};
use ec2_lab_engine::{World, shell};
use rustyline::completion::Completer;
use rustyline::config::{ColorMode, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Editor, Helper};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::rc::Rc;

const PROMPT: &str = "\x1b[1;32m";
const REFUSAL: &str = "\x1b[31m";
const ADVICE: &str = "\x1b[36m";
const END: &str = "\x1b[0m";

/// How answers look.
#[derive(Clone, Copy)]
pub struct Look {
    /// Whether anything is coloured.
    pub colours: bool,
    /// Nothing but what the real tools print: no advice under a refusal.
    pub plain: bool,
}

impl Look {
    /// Colours are for terminals, and for people who have not asked for none (<https://no-color.org>).
    pub fn of_this_terminal(plain: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_none_or(|name| name == "dumb");
        let shown = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
        Look {
            colours: shown && !plain && !unwanted && !dumb,
            plain,
        }
    }

    fn paint<'a>(self, colour: &str, text: &'a str) -> Cow<'a, str> {
        if self.colours && !text.is_empty() {
            Cow::Owned(format!("{colour}{text}{END}"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Shows an answer.
    pub fn show(self, answer: &Answer) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(answer.stdout.as_bytes())?;
        out.flush()?;
        let mut errors = std::io::stderr().lock();
        errors.write_all(self.paint(REFUSAL, &answer.stderr).as_bytes())?;
        if let Some(advice) = answer.advice.as_deref().filter(|_| !self.plain) {
            writeln!(errors, "{}", self.paint(ADVICE, advice))?;
        }
        Ok(())
    }
}

/// What the line editor asks while somebody types.
struct Typing {
    lab: Rc<RefCell<Shell<World>>>,
    look: Look,
}

impl Helper for Typing {}

impl Hinter for Typing {
    type Hint = String;
}

impl Completer for Typing {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..at).unwrap_or(line);
        let completion = complete(before, &*self.lab.borrow());
        Ok((completion.from, completion.candidates))
    }
}

impl Validator for Typing {
    /// An open quote, bracket, `if`, here-document or a backslash at the end asks for another line.
    fn validate(&self, typed: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if shell::is_open(typed.input()) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Highlighter for Typing {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        self.look.paint(PROMPT, prompt)
    }
}

/// Runs the prompt until the person leaves, and gives back the last command's exit code.
pub fn run(lab: Shell<World>, look: Look) -> std::io::Result<i32> {
    let lab = Rc::new(RefCell::new(lab));
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .color_mode(if look.colours {
            ColorMode::Enabled
        } else {
            ColorMode::Disabled
        })
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Typing, DefaultHistory> =
        Editor::with_config(config).map_err(std::io::Error::other)?;
    editor.set_helper(Some(Typing {
        lab: Rc::clone(&lab),
        look,
    }));
    let mut last = 0;
    loop {
        let prompt = format!("{} ", lab.borrow().state.prompt());
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            // Ctrl-C throws the line away, Ctrl-D leaves: both as in a shell.
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => return Ok(last),
            Err(error) => return Err(std::io::Error::other(error)),
        };
        let leaves = matches!(line.trim(), "exit" | "quit" | "logout");
        if leaves && lab.borrow().state.session.is_none() {
            return Ok(last);
        }
        let answer = lab.borrow_mut().run(&line);
        last = answer.exit;
        look.show(&answer)?;
    }
}
