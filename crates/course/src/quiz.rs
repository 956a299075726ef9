//! A run through some questions: drawn by a seed, practised one by one or taken as a timed set.
//!
//! The run knows no clock: whoever calls passes the time in milliseconds, and asks by [`Quiz::tick`] whether the
//! set is over.

mod draw;
mod saved;

use crate::content::Question;
use crate::grade::{Answer, Grade, Score, grade};
use serde::{Deserialize, Serialize};

/// What to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The same seed draws the same questions and shows their options in the same order.
    pub seed: u64,
    /// Sections to draw from, each with those below it (`13` holds `13.4.1`); none means all.
    pub sections: Vec<String>,
    /// How many questions; fewer if the sections have fewer.
    pub length: u32,
    /// For a timed set: milliseconds from the first question to the last answer. Without it the run is practice.
    pub limit: Option<u64>,
}

impl Plan {
    /// How many questions lie in its sections.
    #[must_use]
    pub fn available(&self) -> usize {
        draw::pool(&self.sections).len()
    }
}

/// One question of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The question.
    pub question: &'static Question,
    /// How to show it: the options in this order, or for a match the right sides (the left sides stay in theirs).
    pub order: Vec<u8>,
    /// What the learner answered.
    pub answer: Option<Answer>,
    /// Whether reasons and the right answer may be shown.
    pub revealed: bool,
}

impl Item {
    fn new(seed: u64, question: &'static Question) -> Self {
        Item {
            question,
            order: draw::order(seed, question),
            answer: None,
            revealed: false,
        }
    }

    /// What the answer is worth.
    #[must_use]
    pub fn grade(&self) -> Grade {
        grade(self.question, self.answer.as_ref())
    }
}

/// A question that has just been decided, to be noted in the learner's progress. Each is reported once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The question.
    pub id: &'static str,
    /// Whether it was solved.
    pub right: bool,
}

/// Why an answer was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The run is over.
    Finished,
    /// The time is up.
    TimeUp,
    /// The right answer has been shown already.
    Revealed,
    /// It is no answer to this kind of question: incomplete, or of another kind.
    DoesNotFit,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "saved::Saved", into = "saved::Saved")]
pub struct Quiz {
    plan: Plan,
    items: Vec<Item>,
    at: usize,
    started: u64,
    finished: Option<u64>,
}

impl Quiz {
    /// Begins a run; `None` if no question lies in the plan's sections.
    #[must_use]
    pub fn new(plan: Plan, now: u64) -> Option<Self> {
        let drawn = draw::questions(&plan);
        Quiz::of(plan, drawn, now)
    }

    /// Practises what was not solved in this run; `None` if everything was.
    #[must_use]
    pub fn again(&self, now: u64) -> Option<Self> {
        let missed = self
            .items
            .iter()
            .filter(|item| !item.grade().right)
            .map(|item| item.question)
            .collect();
        Quiz::of(
            Plan {
                seed: self.plan.seed.wrapping_add(1),
                limit: None,
                ..self.plan.clone()
            },
            missed,
            now,
        )
    }

    fn of(plan: Plan, drawn: Vec<&'static Question>, now: u64) -> Option<Self> {
        let items: Vec<Item> = drawn
            .into_iter()
            .map(|question| Item::new(plan.seed, question))
            .collect();
        (!items.is_empty()).then_some(Quiz {
            plan,
            items,
            at: 0,
            started: now,
            finished: None,
        })
    }

    /// What was asked for.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether it is a timed set.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.plan.limit.is_some()
    }

    /// All its questions; none only if a save names questions that are gone.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Where the learner is, from 0.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// The question the learner is at, also when looking back over a finished run.
    #[must_use]
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Goes to a question. Whether there is one.
    pub fn go_to(&mut self, position: usize) -> bool {
        let there = position < self.items.len();
        if there {
            self.at = position;
        }
        there
    }

    /// Goes to the next question. Whether there is one.
    #[expect(
        clippy::should_implement_trait,
        reason = "a step of the learner's, not of an iterator"
    )]
    pub fn next(&mut self) -> bool {
        self.go_to(self.at + 1)
    }

    /// Answers the question the learner is at. Practice shows at once what is right, and that is final; in a timed
    /// set a later answer replaces it.
    pub fn answer(&mut self, answer: Answer, now: u64) -> Result<Option<Settled>, Refused> {
        if self.finished.is_some() {
            return Err(Refused::Finished);
        }
        if self.remaining(now) == Some(0) {
            return Err(Refused::TimeUp);
        }
        let timed = self.is_timed();
        let item = self.items.get_mut(self.at).ok_or(Refused::Finished)?;
        if item.revealed {
            return Err(Refused::Revealed);
        }
        if !answer.fits(item.question) {
            return Err(Refused::DoesNotFit);
        }
        item.answer = Some(answer);
        Ok(if timed { None } else { self.reveal() })
    }

    /// Practice: shows what is right, and without an answer counts the question as not solved.
    pub fn reveal(&mut self) -> Option<Settled> {
        if self.is_timed() || self.finished.is_some() {
            return None;
        }
        let item = self.items.get_mut(self.at).filter(|item| !item.revealed)?;
        item.revealed = true;
        Some(Settled {
            id: &item.question.id,
            right: item.grade().right,
        })
    }

    /// Ends the run and shows everything. In a timed set this decides the answered questions.
    pub fn finish(&mut self, now: u64) -> Vec<Settled> {
        if self.finished.is_some() {
            return Vec::new();
        }
        let over = self
            .plan
            .limit
            .map_or(u64::MAX, |limit| self.started.saturating_add(limit));
        self.finished = Some(now.max(self.started).min(over));
        let mut settled = Vec::new();
        for item in &mut self.items {
            if !item.revealed && item.answer.is_some() {
                settled.push(Settled {
                    id: &item.question.id,
                    right: item.grade().right,
                });
            }
            item.revealed = true;
        }
        settled
    }

    /// Ends a timed set whose time is up.
    pub fn tick(&mut self, now: u64) -> Vec<Settled> {
        if self.remaining(now) == Some(0) {
            self.finish(now)
        } else {
            Vec::new()
        }
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished.is_some()
    }

    /// How many questions have an answer.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.answer.is_some())
            .count()
    }

    /// Milliseconds it has taken so far, or took.
    #[must_use]
    pub fn elapsed(&self, now: u64) -> u64 {
        self.finished.unwrap_or(now).saturating_sub(self.started)
    }

    /// Milliseconds left of a timed set.
    #[must_use]
    pub fn remaining(&self, now: u64) -> Option<u64> {
        self.plan
            .limit
            .map(|limit| limit.saturating_sub(self.elapsed(now)))
    }

    /// The score of the questions that are revealed: in practice those decided so far, in the end all of the run.
    #[must_use]
    pub fn score(&self) -> Score {
        let revealed = self.items.iter().filter(|item| item.revealed);
        Score::of(revealed.map(|item| (item.question, item.answer.as_ref())))
    }
}

#[cfg(test)]
mod tests;
