//! Runs from the first question to the score.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use crate::content::{Kind, questions, sections};
use std::collections::BTreeSet;

fn plan(seed: u64, length: u32) -> Plan {
    Plan {
        seed,
        sections: Vec::new(),
        length,
        limit: None,
    }
}

fn ids(quiz: &Quiz) -> Vec<&str> {
    quiz.items()
        .iter()
        .map(|item| item.question.id.as_str())
        .collect()
}

fn wrong(question: &Question) -> Answer {
    match Answer::right(question) {
        Answer::Choice(right) => {
            Answer::Choice(vec![(0..).find(|at| !right.contains(at)).unwrap()])
        }
        Answer::Order(mut list) => {
            list.swap(0, 1);
            Answer::Order(list)
        }
        Answer::Match(mut list) => {
            list.swap(0, 1);
            Answer::Match(list)
        }
    }
}

#[test]
fn the_seed_decides() {
    let run = |seed| Quiz::new(plan(seed, 20), 0).unwrap();
    assert_eq!(run(7), run(7));
    assert_ne!(ids(&run(7)), ids(&run(8)));
    let of = |seed| -> Vec<Vec<u8>> {
        questions()
            .iter()
            .map(|question| draw::order(seed, question))
            .collect()
    };
    assert_ne!(of(7), of(8));
}

#[test]
fn twenty_questions_touch_every_chapter_and_none_twice() {
    let quiz = Quiz::new(plan(3, 20), 0).unwrap();
    let chapters: BTreeSet<&str> = quiz
        .items()
        .iter()
        .map(|item| item.question.chapter())
        .collect();
    assert_eq!(chapters.len(), 16);
    assert_eq!(ids(&quiz).iter().collect::<BTreeSet<_>>().len(), 20);
    let all = Quiz::new(plan(3, u32::MAX), 0).unwrap();
    assert_eq!(all.items().len(), questions().len());
    assert_eq!(
        ids(&all).iter().collect::<BTreeSet<_>>().len(),
        questions().len()
    );
}

#[test]
fn sections_filter_with_what_lies_below_them() {
    let only = |section: &str| Plan {
        sections: vec![section.to_owned()],
        ..plan(1, 500)
    };
    let thirteen = Quiz::new(only("13"), 0).unwrap();
    assert!(
        thirteen
            .items()
            .iter()
            .all(|item| item.question.chapter() == "13")
    );
    assert!(
        thirteen
            .items()
            .iter()
            .any(|item| item.question.section != "13")
    );
    assert!(
        only("1").available() < only("13").available(),
        "1 is not a prefix of 13"
    );
    assert_eq!(Quiz::new(only("99"), 0), None);
    for section in sections().iter().filter(|section| section.is_chapter()) {
        assert!(only(&section.number).available() > 0, "{}", section.number);
    }
}

#[test]
fn no_order_and_no_match_shows_its_solution() {
    for seed in 0..40 {
        for question in questions() {
            let order = draw::order(seed, question);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..).take(question.size()).collect::<Vec<u8>>());
            assert!(
                order != sorted || !matches!(question.kind, Kind::Order | Kind::Match),
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn single_answers_stand_at_every_place() {
    let mut places = BTreeSet::new();
    for question in questions()
        .iter()
        .filter(|question| question.kind == Kind::Single)
    {
        let Answer::Choice(right) = Answer::right(question) else {
            unreachable!()
        };
        places.insert(
            draw::order(1, question)
                .iter()
                .position(|at| *at == right[0])
                .unwrap(),
        );
    }
    assert!(places.is_superset(&(0..4).collect()));
}

#[test]
fn practice_reveals_at_once_and_for_good() {
    let mut quiz = Quiz::new(plan(5, 3), 100).unwrap();
    let first = quiz.current().unwrap().question;
    assert_eq!(
        quiz.answer(Answer::Choice(vec![]), 101),
        Err(Refused::DoesNotFit)
    );
    let settled = quiz.answer(Answer::right(first), 102).unwrap();
    assert_eq!(
        settled,
        Some(Settled {
            id: &first.id,
            right: true
        })
    );
    assert!(quiz.current().unwrap().revealed);
    assert_eq!(quiz.answer(wrong(first), 103), Err(Refused::Revealed));
    assert_eq!(quiz.reveal(), None);

    assert!(quiz.next());
    let second = quiz.current().unwrap().question;
    assert!(!quiz.answer(wrong(second), 104).unwrap().unwrap().right);
    assert!(quiz.next());
    let third = quiz.current().unwrap().question;
    assert_eq!(
        quiz.reveal(),
        Some(Settled {
            id: &third.id,
            right: false
        }),
        "giving up is not solving"
    );
    assert!(!quiz.next());

    assert_eq!(quiz.finish(200), []);
    assert!(quiz.is_finished());
    assert_eq!(quiz.elapsed(999), 100);
    let score = quiz.score();
    assert_eq!(
        (score.right, score.answered, score.asked, score.percent()),
        (1, 2, 3, 33)
    );
    assert_eq!(quiz.again(300).unwrap().items().len(), 2);
    assert_eq!(
        quiz.answer(Answer::right(third), 300),
        Err(Refused::Finished)
    );
}

#[test]
fn a_timed_set_reveals_at_the_end_and_ends_by_itself() {
    let mut quiz = Quiz::new(
        Plan {
            limit: Some(60_000),
            ..plan(5, 4)
        },
        1_000,
    )
    .unwrap();
    let first = quiz.current().unwrap().question;
    assert_eq!(quiz.answer(wrong(first), 2_000), Ok(None));
    assert_eq!(
        quiz.answer(Answer::right(first), 3_000),
        Ok(None),
        "an answer may be changed"
    );
    assert_eq!(quiz.reveal(), None);
    assert!(!quiz.current().unwrap().revealed);
    assert_eq!(
        quiz.score().asked,
        0,
        "the score would give the answers away"
    );
    assert!(quiz.go_to(2));
    assert!(!quiz.go_to(4));
    let third = quiz.current().unwrap().question;
    quiz.answer(wrong(third), 4_000).unwrap();
    assert_eq!(quiz.remaining(4_000), Some(57_000));
    assert_eq!(quiz.tick(60_999), []);
    assert_eq!(
        quiz.answer(Answer::right(third), 61_000),
        Err(Refused::TimeUp)
    );
    let settled = quiz.tick(90_000);
    assert_eq!(
        settled.iter().map(|one| one.right).collect::<Vec<_>>(),
        [true, false]
    );
    assert_eq!(quiz.tick(91_000), [], "each is reported once");
    assert_eq!(quiz.elapsed(99_000), 60_000);
    let score = quiz.score();
    assert_eq!((score.right, score.answered, score.asked), (1, 2, 4));
    assert!(quiz.items().iter().all(|item| item.revealed));
}

#[test]
fn a_reload_loses_nothing() {
    let mut quiz = Quiz::new(
        Plan {
            limit: Some(60_000),
            ..plan(u64::MAX, 6)
        },
        1_767_603_600_000,
    )
    .unwrap();
    let first = quiz.current().unwrap().question;
    quiz.answer(Answer::right(first), 1_767_603_601_000)
        .unwrap();
    quiz.next();
    let text = serde_json::to_string(&quiz).unwrap();
    assert_eq!(serde_json::from_str::<Quiz>(&text).unwrap(), quiz);
}

#[test]
fn a_save_of_other_content_is_taken_as_far_as_it_fits() {
    let quiz = Quiz::new(plan(1, 2), 0).unwrap();
    let mut json = serde_json::to_value(&quiz).unwrap();
    json["items"][0][0] = "a-question-that-is-gone".into();
    json["items"][1][1] = serde_json::json!({"Choice": [200]});
    json["at"] = 77.into();
    let restored: Quiz = serde_json::from_value(json).unwrap();
    assert_eq!(ids(&restored), ids(&quiz)[1..]);
    assert_eq!(restored.position(), 0);
    assert_eq!(restored.current().unwrap().answer, None);
}
