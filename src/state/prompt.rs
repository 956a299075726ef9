//! The prompt: real `aws` lines and the lab's own, and what they answered. Clicks leave the line that they equal.

use crate::ui::components::DrawerSize;
use ec2_lab_cli::complete::{Completion, complete};
use ec2_lab_cli::configure::DEFAULT;
use ec2_lab_cli::laptop::HomeFile;
use ec2_lab_cli::{Answer, MemoryFiles, Shell, ShellState, kept};
use ec2_lab_course::session::{Door, Session};
use ec2_lab_engine::ids::AccountId;
use ec2_lab_engine::network::Probe;
use ec2_lab_engine::{Caller, Instant, World};
use std::collections::BTreeMap;

/// The most lines that are kept.
const LIMIT: usize = 400;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A command that was typed.
    Typed,
    /// A command that equals a click.
    Clicked,
    /// An answer.
    Output,
    /// A refusal.
    Error,
}

/// A line, or several of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub id: u64,
    /// What it is.
    pub kind: LineKind,
    /// Its text.
    pub text: String,
    /// What stood before the cursor, for a command: `$`, or the machine that it was typed on.
    pub before: String,
}

/// The prompt.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// How far the drawer is open.
    pub size: DrawerSize,
    /// What stands in it.
    pub lines: Vec<Line>,
    /// What was typed, oldest first.
    pub history: Vec<String>,
    state: ShellState,
    next: u64,
}

impl Prompt {
    /// Adds a line.
    pub fn say(&mut self, kind: LineKind, text: impl Into<String>) {
        let text = text.into();
        if text.trim().is_empty() {
            return;
        }
        let before = match kind {
            LineKind::Typed => self.before(),
            LineKind::Clicked => "$".to_owned(),
            LineKind::Output | LineKind::Error => String::new(),
        };
        self.lines.push(Line {
            id: self.next,
            kind,
            text,
            before,
        });
        self.next += 1;
        if self.lines.len() > LIMIT {
            self.lines.remove(0);
        }
    }

    /// What stands before the cursor now.
    pub fn before(&self) -> String {
        self.state.prompt()
    }

    /// Takes all lines away.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// What the laptop keeps: its files, settings and history.
    pub fn kept(&self) -> String {
        kept::keep(&self.state)
    }

    /// Takes up what was kept.
    ///
    /// # Errors
    /// What is wrong with the text; then the laptop stays as it is.
    pub fn open(&mut self, text: &str) -> Result<(), String> {
        self.state = kept::open(text)?;
        self.history = self.state.history.clone();
        Ok(())
    }

    /// The profile that commands use without `--profile`.
    fn profile(&self) -> &str {
        let set = self.state.scope.variables.get("AWS_PROFILE");
        set.map(String::as_str)
            .filter(|name| !name.is_empty())
            .unwrap_or(DEFAULT)
    }

    /// Uses a profile from now on.
    pub fn use_profile(&mut self, name: &str) {
        let variables = &mut self.state.scope.variables;
        variables.insert("AWS_PROFILE".to_owned(), name.to_owned());
    }

    /// The laptop's files, by name.
    pub fn files(&self) -> &BTreeMap<String, HomeFile> {
        &self.state.home.0
    }

    /// Puts a file on the laptop.
    ///
    /// # Errors
    /// The operating system's words.
    pub fn put_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        self.state.home.write(name, bytes, false)
    }

    /// What may stand at the end of a line, in this world.
    pub fn complete(&self, world: &World, region: &'static str, line: &str) -> Completion {
        let mut state = self.state.clone();
        let profile = self.profile().to_owned();
        state.settings.set(&profile, "region", region);
        complete(
            line,
            &Shell::with_state(world.clone(), Box::new(MemoryFiles::default()), state),
        )
    }

    /// The last answer, refusal or not.
    pub fn last_answer(&self) -> Option<&Line> {
        self.lines
            .iter()
            .rev()
            .find(|line| matches!(line.kind, LineKind::Output | LineKind::Error))
    }

    /// Runs a line on a lab, which comes back changed.
    pub fn run(&mut self, session: Session, at: Instant, region: &'static str, line: &str) -> Done {
        let mut door = Door {
            session,
            events: Vec::new(),
            attempt: None,
        };
        door.session.begin_step();
        let early = door.session.advance_to(at);
        door.events.extend(early);
        let mut shell = Shell::with_state(
            &mut door,
            Box::new(MemoryFiles::default()),
            std::mem::take(&mut self.state),
        );
        if shell.region() != Some(region) {
            shell.run(&format!("aws configure set region {region}"));
        }
        let answer = shell.run(line);
        let account = shell.state.settings.account(shell.profile());
        let account = account.and_then(|account| Caller::of(account, region));
        self.state = shell.state;
        Done {
            session: door.session,
            answer,
            attempt: door.attempt,
            account: account.map(|caller| caller.account),
        }
    }
}

/// What a line came to.
#[derive(Debug)]
pub struct Done {
    /// The lab after it.
    pub session: Session,
    /// What it printed.
    pub answer: Answer,
    /// The attempt to connect that it made.
    pub attempt: Option<(Caller, Probe)>,
    /// The account of the profile that is in force afterwards, if the lab has it.
    pub account: Option<AccountId>,
}
