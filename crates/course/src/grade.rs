//! What an answer is worth, and what a learner has reached so far.

use crate::content::{Kind, Question, question, questions, sections};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An answer. All numbers are positions in the question as its author wrote it, whatever order it was shown in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The chosen options of a single or multiple question, in ascending order.
    Choice(Vec<u8>),
    /// The options of an order question, in the order the learner gave them.
    Order(Vec<u8>),
    /// For each left side of a match, the pair whose right side the learner gave it.
    Match(Vec<u8>),
}

impl Answer {
    /// The right answer.
    #[must_use]
    pub fn right(question: &Question) -> Self {
        match question.kind {
            Kind::Single | Kind::Multiple => {
                let options = (0_u8..).zip(&question.options);
                Answer::Choice(
                    options
                        .filter(|(_, option)| option.right)
                        .map(|(at, _)| at)
                        .collect(),
                )
            }
            Kind::Order => {
                Answer::Order((0_u8..).zip(&question.options).map(|(at, _)| at).collect())
            }
            Kind::Match => Answer::Match((0_u8..).zip(&question.pairs).map(|(at, _)| at).collect()),
        }
    }

    /// Whether it is an answer to this question at all.
    #[must_use]
    pub fn fits(&self, question: &Question) -> bool {
        let size = question.size();
        let inside = |list: &[u8]| list.iter().all(|at| usize::from(*at) < size);
        match (self, question.kind) {
            (Answer::Choice(list), Kind::Single) => list.len() == 1 && inside(list),
            (Answer::Choice(list), Kind::Multiple) => {
                !list.is_empty() && inside(list) && list.is_sorted_by(|one, next| one < next)
            }
            (Answer::Order(list), Kind::Order) | (Answer::Match(list), Kind::Match) => {
                let mut sorted = list.clone();
                sorted.sort_unstable();
                sorted.dedup();
                list.len() == size && sorted.len() == size && inside(list)
            }
            _ => false,
        }
    }
}

/// What one answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Whether the question counts as solved: all or nothing, as in AWS's exams.
    pub right: bool,
    /// How many parts are right: right options chosen, steps at their place, pairs found.
    pub parts: u8,
    /// How many parts there are to get right.
    pub of: u8,
    /// How many wrong options were chosen.
    pub wrong: u8,
}

/// Grades an answer; no answer is a wrong one.
#[must_use]
pub fn grade(question: &Question, answer: Option<&Answer>) -> Grade {
    let key = Answer::right(question);
    let (parts, of, wrong) = match (&key, answer) {
        (Answer::Choice(key), Some(Answer::Choice(given))) => {
            let hits = given.iter().filter(|at| key.contains(at)).count();
            (hits, key.len(), given.len() - hits)
        }
        (Answer::Order(key), Some(Answer::Order(given)))
        | (Answer::Match(key), Some(Answer::Match(given))) => (
            key.iter()
                .zip(given)
                .filter(|(right, given)| right == given)
                .count(),
            key.len(),
            0,
        ),
        (Answer::Choice(key) | Answer::Order(key) | Answer::Match(key), _) => (0, key.len(), 0),
    };
    let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    Grade {
        right: parts == of && wrong == 0,
        parts: small(parts),
        of: small(of),
        wrong: small(wrong),
    }
}

/// The score in one chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterScore {
    /// The chapter's number: `5`.
    pub chapter: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Questions solved.
    pub right: u32,
    /// Questions asked.
    pub asked: u32,
}

/// The score of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Questions solved.
    pub right: u32,
    /// Questions answered, right or wrong.
    pub answered: u32,
    /// Questions asked.
    pub asked: u32,
    /// The same by chapter, in the order of the notes; only chapters that were asked about.
    pub chapters: Vec<ChapterScore>,
}

impl Score {
    /// The score of these answers.
    #[must_use]
    pub fn of<'a>(answers: impl IntoIterator<Item = (&'a Question, Option<&'a Answer>)>) -> Self {
        let mut score = Score {
            chapters: empty_chapters(),
            ..Score::default()
        };
        for (question, answer) in answers {
            let right = u32::from(grade(question, answer).right);
            score.right += right;
            score.answered += u32::from(answer.is_some());
            score.asked += 1;
            if let Some(chapter) = score
                .chapters
                .iter_mut()
                .find(|one| one.chapter == question.chapter())
            {
                chapter.right += right;
                chapter.asked += 1;
            }
        }
        score.chapters.retain(|chapter| chapter.asked > 0);
        score
    }

    /// Solved questions in percent of those asked, rounded down so that 100 means all.
    #[must_use]
    pub fn percent(&self) -> u32 {
        percent(self.right, self.asked)
    }
}

impl ChapterScore {
    /// Solved questions in percent of those asked, rounded down.
    #[must_use]
    pub fn percent(&self) -> u32 {
        percent(self.right, self.asked)
    }
}

fn percent(part: u32, whole: u32) -> u32 {
    part.saturating_mul(100).checked_div(whole).unwrap_or(0)
}

fn empty_chapters() -> Vec<ChapterScore> {
    let chapters = sections().iter().filter(|section| section.is_chapter());
    chapters
        .map(|section| ChapterScore {
            chapter: &section.number,
            title: &section.title,
            right: 0,
            asked: 0,
        })
        .collect()
}

/// How one question went so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How often it was decided.
    pub seen: u32,
    /// How often it was solved.
    pub right: u32,
    /// Whether it was solved the last time.
    pub last: bool,
}

/// Everything a learner has answered; kept across runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress(BTreeMap<String, Record>);

impl Progress {
    /// Notes how a question went.
    pub fn note(&mut self, id: &str, right: bool) {
        let record = self.0.entry(id.to_owned()).or_default();
        record.seen = record.seen.saturating_add(1);
        record.right = record.right.saturating_add(u32::from(right));
        record.last = right;
    }

    /// How that question went so far.
    #[must_use]
    pub fn record(&self, id: &str) -> Option<Record> {
        self.0.get(id).copied()
    }

    /// How many questions of today's content were ever decided.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.0.keys().filter(|id| question(id).is_some()).count()
    }

    /// Every chapter with all its questions as asked and those solved the last time as right.
    #[must_use]
    pub fn chapters(&self) -> Vec<ChapterScore> {
        let mut all = empty_chapters();
        for question in questions() {
            if let Some(chapter) = all.iter_mut().find(|one| one.chapter == question.chapter()) {
                chapter.asked += 1;
                chapter.right +=
                    u32::from(self.record(&question.id).is_some_and(|record| record.last));
            }
        }
        all
    }
}

#[cfg(test)]
#[path = "grade/tests.rs"]
mod tests;
