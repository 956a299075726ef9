//! Grades of every kind of question, and the record of a learner.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use crate::content::{Choice, Pair};

fn made(kind: Kind, right: &[bool]) -> Question {
    let options = right.iter().enumerate();
    let options = options.map(|(at, right)| Choice {
        text: at.to_string(),
        reason: String::new(),
        right: *right,
        show: None,
    });
    let pair = |at: usize| Pair {
        left: at.to_string(),
        right: at.to_string(),
        reason: String::new(),
    };
    let is_match = kind == Kind::Match;
    Question {
        pairs: if is_match {
            (0..right.len()).map(pair).collect()
        } else {
            Vec::new()
        },
        options: if is_match {
            Vec::new()
        } else {
            options.collect()
        },
        kind,
        verify: None,
        ..question("only-https-is-open").unwrap().clone()
    }
}

fn worth(question: &Question, answer: Answer) -> (bool, u8, u8, u8) {
    assert!(answer.fits(question), "{answer:?}");
    let grade = grade(question, Some(&answer));
    (grade.right, grade.parts, grade.of, grade.wrong)
}

#[test]
fn choices_are_all_or_nothing_and_say_how_near() {
    let single = made(Kind::Single, &[false, true, false]);
    assert_eq!(worth(&single, Answer::Choice(vec![1])), (true, 1, 1, 0));
    assert_eq!(worth(&single, Answer::Choice(vec![0])), (false, 0, 1, 1));
    let multiple = made(Kind::Multiple, &[true, false, true, true]);
    assert_eq!(
        worth(&multiple, Answer::Choice(vec![0, 2, 3])),
        (true, 3, 3, 0)
    );
    assert_eq!(
        worth(&multiple, Answer::Choice(vec![0, 2])),
        (false, 2, 3, 0)
    );
    assert_eq!(
        worth(&multiple, Answer::Choice(vec![0, 1, 2, 3])),
        (false, 3, 3, 1)
    );
    assert!(!grade(&multiple, None).right);
}

#[test]
fn orders_and_matches_count_places() {
    let order = made(Kind::Order, &[false; 4]);
    assert_eq!(
        worth(&order, Answer::Order(vec![0, 1, 2, 3])),
        (true, 4, 4, 0)
    );
    assert_eq!(
        worth(&order, Answer::Order(vec![1, 0, 2, 3])),
        (false, 2, 4, 0)
    );
    let matching = made(Kind::Match, &[false; 3]);
    assert_eq!(
        worth(&matching, Answer::Match(vec![0, 1, 2])),
        (true, 3, 3, 0)
    );
    assert_eq!(
        worth(&matching, Answer::Match(vec![0, 2, 1])),
        (false, 1, 3, 0)
    );
}

#[test]
fn what_is_no_answer_does_not_fit() {
    let single = made(Kind::Single, &[true, false, false]);
    let multiple = made(Kind::Multiple, &[true, true, false]);
    let order = made(Kind::Order, &[false; 3]);
    for (question, answer) in [
        (&single, Answer::Choice(vec![])),
        (&single, Answer::Choice(vec![0, 1])),
        (&single, Answer::Choice(vec![3])),
        (&single, Answer::Order(vec![0, 1, 2])),
        (&multiple, Answer::Choice(vec![1, 0])),
        (&multiple, Answer::Choice(vec![0, 0])),
        (&order, Answer::Order(vec![0, 1])),
        (&order, Answer::Order(vec![0, 1, 1])),
        (&order, Answer::Match(vec![0, 1, 2])),
    ] {
        assert!(!answer.fits(question), "{answer:?}");
    }
}

#[test]
fn the_right_answer_of_every_question_fits_and_is_right() {
    for question in questions() {
        let answer = Answer::right(question);
        assert!(answer.fits(question), "{}", question.id);
        assert!(grade(question, Some(&answer)).right, "{}", question.id);
    }
}

#[test]
fn scores_are_by_chapter() {
    let (first, second) = (
        question("only-https-is-open").unwrap(),
        question("login-to-windows").unwrap(),
    );
    let right = Answer::right(first);
    let score = Score::of([(first, Some(&right)), (second, None)]);
    assert_eq!(
        (score.right, score.answered, score.asked, score.percent()),
        (1, 1, 2, 50)
    );
    assert_eq!(score.chapters.len(), 1);
    assert_eq!(
        (score.chapters[0].chapter, score.chapters[0].title),
        ("6", "Classic ports to know")
    );
    assert_eq!(Score::default().percent(), 0);
}

#[test]
fn progress_remembers_the_last_result() {
    let mut progress = Progress::default();
    progress.note("only-https-is-open", true);
    progress.note("only-https-is-open", false);
    progress.note("of-another-release", true);
    assert_eq!(
        progress.record("only-https-is-open"),
        Some(Record {
            seen: 2,
            right: 1,
            last: false
        })
    );
    assert_eq!(progress.seen(), 1);
    assert_eq!(
        progress
            .chapters()
            .iter()
            .map(|chapter| chapter.right)
            .sum::<u32>(),
        0
    );
    progress.note("only-https-is-open", true);
    let six = progress
        .chapters()
        .into_iter()
        .find(|chapter| chapter.chapter == "6")
        .unwrap();
    assert_eq!((six.right, six.asked), (1, 4));
    let text = serde_json::to_string(&progress).unwrap();
    assert_eq!(serde_json::from_str::<Progress>(&text).unwrap(), progress);
}
