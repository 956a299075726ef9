//! Chance in a run: which questions, and in what order their options stand. Both follow from the seed alone.

use super::Plan;
use crate::content::{self, Kind, Question, lies_in};
use ec2_lab_engine::rng;
use std::collections::BTreeMap;

/// The questions that lie in these sections; in all, if none is named.
pub(super) fn pool(sections: &[String]) -> Vec<&'static Question> {
    let wanted = |question: &&Question| {
        sections.is_empty()
            || sections
                .iter()
                .any(|section| lies_in(&question.section, section))
    };
    content::questions().iter().filter(wanted).collect()
}

/// Draws a plan's questions: chapter by chapter in turn, so that a short run is about many chapters too.
pub(super) fn questions(plan: &Plan) -> Vec<&'static Question> {
    let mut chapters: BTreeMap<&str, Vec<&'static Question>> = BTreeMap::new();
    for question in pool(&plan.sections) {
        chapters
            .entry(question.chapter())
            .or_default()
            .push(question);
    }
    let mut chapters: Vec<Vec<&Question>> = chapters.into_values().collect();
    for questions in &mut chapters {
        if let Some(chapter) = questions.first().map(|question| question.chapter()) {
            shuffle(questions, plan.seed, &format!("quiz/questions/{chapter}"));
        }
    }
    shuffle(&mut chapters, plan.seed, "quiz/chapters");
    let length = usize::try_from(plan.length).unwrap_or(usize::MAX);
    let longest = chapters.iter().map(Vec::len).max().unwrap_or(0);
    let turns = (0..longest).flat_map(|turn| {
        chapters
            .iter()
            .filter_map(move |chapter| chapter.get(turn).copied())
    });
    turns.take(length).collect()
}

/// The order in which a question's options are shown, or the right sides of a match.
pub(super) fn order(seed: u64, question: &Question) -> Vec<u8> {
    let written: Vec<u8> = (0_u8..).take(question.size()).collect();
    let mut order = written.clone();
    shuffle(&mut order, seed, &format!("quiz/options/{}", question.id));
    // As written, these two would show their own solution.
    if order == written && matches!(question.kind, Kind::Order | Kind::Match) {
        order.rotate_left(1);
    }
    order
}

/// Fisher and Yates, by draws of the engine's seeded chance, which are the same natively and in a browser.
fn shuffle<T>(items: &mut [T], seed: u64, stream: &str) {
    let mut counter = 0;
    let mut left = items.len();
    while left > 1 {
        // The remainder of 128 bits favours no place measurably.
        let chosen = rng::draw(seed, stream, counter) % (left as u128);
        left -= 1;
        counter += 1;
        items.swap(usize::try_from(chosen).unwrap_or(left), left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_same_everywhere_and_for_good() {
        let mut items: Vec<u32> = (0..8).collect();
        shuffle(&mut items, 7, "quiz/pinned");
        assert_eq!(items, [0, 4, 7, 2, 3, 6, 5, 1]);
    }
}
