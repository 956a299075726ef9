//! A run in the learner's save, so that a reload loses nothing.

use super::{Item, Plan, Quiz};
use crate::content::question;
use crate::grade::Answer;
use serde::{Deserialize, Serialize};

/// What is kept of a run: everything else follows from the content and the seed.
#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    plan: Plan,
    started: u64,
    finished: Option<u64>,
    at: usize,
    items: Vec<(String, Option<Answer>, bool)>,
}

impl From<Quiz> for Saved {
    fn from(quiz: Quiz) -> Self {
        let items = quiz
            .items
            .into_iter()
            .map(|item| (item.question.id.clone(), item.answer, item.revealed));
        let items = items.collect();
        Saved {
            plan: quiz.plan,
            started: quiz.started,
            finished: quiz.finished,
            at: quiz.at,
            items,
        }
    }
}

impl From<Saved> for Quiz {
    /// A later version may have changed or dropped a question: what does not fit any more is left out.
    fn from(saved: Saved) -> Self {
        let seed = saved.plan.seed;
        let restore = |(id, answer, revealed): (String, Option<Answer>, bool)| {
            let question = question(&id)?;
            let answer = answer.filter(|answer| answer.fits(question));
            Some(Item {
                answer,
                revealed,
                ..Item::new(seed, question)
            })
        };
        let items: Vec<Item> = saved.items.into_iter().filter_map(restore).collect();
        let at = saved.at.min(items.len().saturating_sub(1));
        Quiz {
            plan: saved.plan,
            items,
            at,
            started: saved.started,
            finished: saved.finished,
        }
    }
}
