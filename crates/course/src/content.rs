//! What the teacher wrote: sections, questions, and explanations of AWS's error codes.
//!
//! The build script has checked every file of `content/` and made one JSON of them, which is read on first use.

mod read;

use serde_json::Value;
use std::sync::LazyLock;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One option is right.
    Single,
    /// Several options are right, and all of them must be chosen.
    Multiple,
    /// The options are put in order.
    Order,
    /// Every left side gets its right side.
    Match,
}

/// One option of a single, multiple or order question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Why it is right, why it is wrong, or why it stands at this place.
    pub reason: String,
    /// Whether it is right; never in an order.
    pub right: bool,
    /// The check that shows in the lab how this option fails.
    pub show: Option<String>,
}

/// One pair of a match question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What stands there.
    pub left: String,
    /// What belongs to it.
    pub right: String,
    /// Why.
    pub reason: String,
}

/// What a check's line must come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// The line succeeds.
    Success,
    /// A JMESPath query on the line's answer finds this.
    Finds {
        /// The query.
        query: String,
        /// What it must find.
        value: Value,
    },
    /// AWS refuses the line with this error code.
    Refusal(String),
}

/// One line that the engine runs to judge a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its name within the question.
    pub id: String,
    /// The line.
    pub run: String,
    /// What it must come to.
    pub expect: Expectation,
    /// Whether it shows that the right answer is right; otherwise, that a wrong one is wrong.
    pub says_right: bool,
}

/// How the engine judges a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verify {
    /// The lines that build the world.
    pub setup: String,
    /// The checks; each sees what those before it have done.
    pub checks: Vec<Check>,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its name, unique and never changed: saved progress refers to it.
    pub id: String,
    /// The folder it lies in.
    pub topic: String,
    /// The section of the notes it comes from: `5.1`.
    pub section: String,
    /// The facts it asks about.
    pub facts: Vec<String>,
    /// How it is answered.
    pub kind: Kind,
    /// 1 to remember, 2 to apply, 3 to find out.
    pub level: u8,
    /// The question.
    pub prompt: String,
    /// What there is to know, whatever the answer was.
    pub explain: String,
    /// The options; in an order question they stand in the right order. Empty in a match.
    pub options: Vec<Choice>,
    /// The pairs of a match; empty otherwise.
    pub pairs: Vec<Pair>,
    /// How the engine judges it, where it can.
    pub verify: Option<Verify>,
}

impl Question {
    /// Its chapter: the first number of its section.
    #[must_use]
    pub fn chapter(&self) -> &str {
        chapter(&self.section)
    }

    /// How many options or pairs it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.options.len() + self.pairs.len()
    }

    /// The file it comes from, for a message to its author.
    #[must_use]
    pub fn file(&self) -> String {
        format!("content/quiz/{}/{}.toml", self.topic, self.id)
    }
}

/// One section of the notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number: `5`, `5.1`, `15.4.1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How many facts it has, without those of the sections below it.
    pub facts: u32,
    /// How many questions it has, without those of the sections below it.
    pub questions: u32,
}

impl Section {
    /// Whether it is one of the 16 chapters and not a section below one.
    #[must_use]
    pub fn is_chapter(&self) -> bool {
        !self.number.contains('.')
    }
}

/// A piece of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// Words, led by a few that stand out. Text between backticks is code.
    Text {
        /// The words that stand out; may be empty.
        lead: String,
        /// The rest.
        text: String,
    },
    /// Command lines to copy.
    Commands(String),
}

/// One AWS error code, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explainer {
    /// The code: `InvalidGroup.NotFound`.
    pub code: String,
    /// What it means, in one line.
    pub title: String,
    /// AWS's page about it; empty for a refusal that is the lab's own.
    pub source: String,
    /// The explanation.
    pub paragraphs: Vec<Paragraph>,
}

/// The chapter of a section: `5` of `5.1`.
#[must_use]
pub fn chapter(section: &str) -> &str {
    section
        .split_once('.')
        .map_or(section, |(chapter, _)| chapter)
}

/// Whether `section` is `number` or lies below it.
#[must_use]
pub fn lies_in(section: &str, number: &str) -> bool {
    section
        .strip_prefix(number)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

// Numbers that the first page shows: they must not cost it the reading of all content.
include!(concat!(env!("OUT_DIR"), "/counts.rs"));

/// Every question, in the order of topics and names.
#[must_use]
pub fn questions() -> &'static [Question] {
    &CONTENT.questions
}

/// The question of that name.
#[must_use]
pub fn question(id: &str) -> Option<&'static Question> {
    questions().iter().find(|question| question.id == id)
}

/// Every section of the notes, in their order.
#[must_use]
pub fn sections() -> &'static [Section] {
    &CONTENT.sections
}

/// The section of that number.
#[must_use]
pub fn section(number: &str) -> Option<&'static Section> {
    sections().iter().find(|section| section.number == number)
}

/// Every explained error code, in alphabetical order.
#[must_use]
pub fn explainers() -> &'static [Explainer] {
    &CONTENT.explainers
}

/// The explanation of an error code.
#[must_use]
pub fn explainer(code: &str) -> Option<&'static Explainer> {
    explainers().iter().find(|explainer| explainer.code == code)
}

struct Content {
    sections: Vec<Section>,
    questions: Vec<Question>,
    explainers: Vec<Explainer>,
}

static CONTENT: LazyLock<Content> = LazyLock::new(read::content);
