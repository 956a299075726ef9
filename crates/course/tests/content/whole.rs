//! Every question and every explainer that is released.

use ec2_lab_course::content::{self, Kind, Paragraph, Question};
use ec2_lab_course::grade::Answer;
use ec2_lab_course::verify;
use ec2_lab_engine::World;
use std::collections::{BTreeMap, BTreeSet};

/// What the engine says against these questions, in a world of that seed.
fn disagreements(questions: &[&Question], seed: u64) -> Vec<String> {
    let mut all = Vec::new();
    for question in questions {
        for result in verify::run_in(question, World::new(seed))
            .into_iter()
            .filter(|result| !result.agrees)
        {
            all.push(format!(
                "{} (seed {seed}), {}:\n    {}\n    expected {}\n    got      {}",
                question.file(),
                result.id,
                result.line,
                result.expected,
                result.got
            ));
        }
    }
    all
}

#[test]
fn the_counts_are_those_of_the_content() {
    let chapters = content::sections().iter().filter(|s| s.is_chapter());
    assert_eq!(content::QUESTIONS, content::questions().len());
    assert_eq!(content::CHAPTERS, chapters.count());
}

#[test]
fn the_engine_agrees_with_every_verified_question() {
    let verified: Vec<&Question> = content::questions()
        .iter()
        .filter(|question| question.verify.is_some())
        .collect();
    assert!(
        verified.len() >= 25,
        "{} questions are verified",
        verified.len()
    );
    // Other seeds give other ids and other hardware: a question must be true in any world.
    let found: Vec<String> = [verify::SEED, 2, 77]
        .into_iter()
        .flat_map(|seed| disagreements(&verified, seed))
        .collect();
    assert!(
        found.is_empty(),
        "{} disagreements\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn every_show_can_be_staged() {
    for question in content::questions() {
        for show in question
            .options
            .iter()
            .filter_map(|option| option.show.as_deref())
        {
            let lines = verify::stage(question, show).unwrap();
            assert!(lines.len() > 1, "{}", question.file());
        }
    }
}

#[test]
fn all_sixteen_chapters_are_asked_about() {
    let questions = content::questions();
    assert!(questions.len() >= 60, "{} questions", questions.len());
    let asked: BTreeSet<&str> = questions.iter().map(Question::chapter).collect();
    let chapters: BTreeSet<&str> = content::sections()
        .iter()
        .filter(|section| section.is_chapter())
        .map(|section| section.number.as_str())
        .collect();
    assert_eq!(chapters.len(), 16);
    assert_eq!(asked, chapters);
    let kinds: BTreeSet<Kind> = questions.iter().map(|question| question.kind).collect();
    assert_eq!(kinds.len(), 4);
    let counted: u32 = content::sections()
        .iter()
        .map(|section| section.questions)
        .sum();
    assert_eq!(usize::try_from(counted).unwrap(), questions.len());
    assert_eq!(
        content::sections()
            .iter()
            .map(|section| section.facts)
            .sum::<u32>(),
        425
    );
}

#[test]
fn every_part_has_its_reason() {
    for question in content::questions() {
        let options = question
            .options
            .iter()
            .map(|option| (&option.text, &option.reason));
        let pairs = question.pairs.iter().map(|pair| (&pair.left, &pair.reason));
        for (text, reason) in options.chain(pairs) {
            assert!(
                !text.is_empty() && reason.len() > 10,
                "{}: {text}",
                question.file()
            );
            assert_ne!(text, reason, "{}", question.file());
        }
        assert!(content::question(&question.id).is_some_and(|found| found == question));
    }
}

/// A learner who always takes the same place must not do well.
#[test]
fn right_answers_are_spread_over_the_places() {
    let mut places: BTreeMap<u8, usize> = BTreeMap::new();
    let mut singles = 0;
    for question in content::questions()
        .iter()
        .filter(|question| question.kind == Kind::Single)
    {
        let Answer::Choice(right) = Answer::right(question) else {
            unreachable!()
        };
        *places.entry(right[0]).or_default() += 1;
        singles += 1;
    }
    assert!(
        places.values().all(|count| count * 10 <= singles * 4),
        "{places:?} of {singles}"
    );
}

/// Nor one who always takes the longest text.
#[test]
fn right_answers_are_not_the_long_ones() {
    let mut longest = 0;
    let mut singles = 0;
    for question in content::questions()
        .iter()
        .filter(|question| question.kind == Kind::Single)
    {
        let most = question
            .options
            .iter()
            .map(|option| option.text.len())
            .max()
            .unwrap();
        longest += usize::from(
            question
                .options
                .iter()
                .any(|option| option.right && option.text.len() == most),
        );
        singles += 1;
    }
    assert!(longest * 10 <= singles * 4, "{longest} of {singles}");
}

#[test]
fn every_code_of_the_engine_is_explained() {
    let missing: BTreeSet<&str> = ec2_lab_engine::error::CODES
        .iter()
        .copied()
        .filter(|code| content::explainer(code).is_none())
        .collect();
    assert!(
        missing.is_empty(),
        "without a page in content/errors: {missing:?}"
    );
}

#[test]
fn every_explainer_explains() {
    assert!(!content::explainers().is_empty());
    for explainer in content::explainers() {
        assert!(!explainer.title.is_empty(), "{}", explainer.code);
        assert!(explainer.paragraphs.len() >= 2, "{}", explainer.code);
        for paragraph in &explainer.paragraphs {
            match paragraph {
                Paragraph::Text { text, .. } => {
                    assert!(text.len() > 20, "{}: {text}", explainer.code)
                }
                Paragraph::Commands(lines) => {
                    assert!(
                        lines
                            .lines()
                            .all(|line| line.starts_with("aws ") || line.starts_with("lab ")),
                        "{lines}"
                    );
                }
            }
        }
    }
}
