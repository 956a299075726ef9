//! Reads the build script's JSON by hand: a derived reader for each of these shapes would weigh more in the page
//! than the reading is worth.

use super::{
    Check, Choice, Content, Expectation, Explainer, Kind, Pair, Paragraph, Question, Section,
    Verify,
};
use serde_json::Value;

/// All content.
pub(super) fn content() -> Content {
    // INVARIANT: the build script has written this text with serde_json.
    let json: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/content.json")))
        .unwrap_or_default();
    let questions: Vec<Question> = list(&json, "questions", read_question);
    let asked = |number: &str| {
        questions
            .iter()
            .filter(|question| question.section == number)
            .count()
    };
    let sections = list(&json, "sections", |item| {
        let number = text(item, 0);
        let questions = u32::try_from(asked(&number)).unwrap_or(u32::MAX);
        Section {
            number,
            title: text(item, 1),
            facts: number_at(item, 2),
            questions,
        }
    });
    let explainers = list(&json, "explainers", read_explainer);
    Content {
        sections,
        questions,
        explainers,
    }
}

fn read_question(item: &Value) -> Question {
    let kind = match item.get("kind").and_then(Value::as_str) {
        Some("multiple") => Kind::Multiple,
        Some("order") => Kind::Order,
        Some("match") => Kind::Match,
        _ => Kind::Single,
    };
    let verify = item
        .get("setup")
        .and_then(Value::as_str)
        .map(|setup| Verify {
            setup: setup.to_owned(),
            checks: list(item, "checks", read_check),
        });
    Question {
        id: text(item, "id"),
        topic: text(item, "topic"),
        section: text(item, "section"),
        facts: list(item, "facts", |fact| {
            fact.as_str().unwrap_or_default().to_owned()
        }),
        kind,
        level: u8::try_from(number_at(item, "level")).unwrap_or(1),
        prompt: text(item, "prompt"),
        explain: text(item, "explain"),
        options: list(item, "options", |option| Choice {
            text: text(option, 0),
            reason: text(option, 1),
            right: flag(option, 2),
            show: Some(text(option, 3)).filter(|show| !show.is_empty()),
        }),
        pairs: list(item, "pairs", |pair| Pair {
            left: text(pair, 0),
            right: text(pair, 1),
            reason: text(pair, 2),
        }),
        verify,
    }
}

fn read_check(item: &Value) -> Check {
    let expect = match (
        item.get("equals"),
        item.get("error").and_then(Value::as_str),
    ) {
        (Some(value), _) => Expectation::Finds {
            query: text(item, "query"),
            value: value.clone(),
        },
        (None, Some(code)) => Expectation::Refusal(code.to_owned()),
        (None, None) => Expectation::Success,
    };
    Check {
        id: text(item, "id"),
        run: text(item, "run"),
        expect,
        says_right: flag(item, "right"),
    }
}

fn read_explainer(item: &Value) -> Explainer {
    let paragraph = |item: &Value| match item.as_str() {
        Some(commands) => Paragraph::Commands(commands.to_owned()),
        None => Paragraph::Text {
            lead: text(item, 0),
            text: text(item, 1),
        },
    };
    Explainer {
        code: text(item, 0),
        title: text(item, 1),
        source: text(item, 2),
        paragraphs: list(item, 3, paragraph),
    }
}

fn list<T>(json: &Value, at: impl serde_json::value::Index, read: impl Fn(&Value) -> T) -> Vec<T> {
    json.get(at)
        .and_then(Value::as_array)
        .map(|items| items.iter().map(read).collect())
        .unwrap_or_default()
}

fn text(json: &Value, at: impl serde_json::value::Index) -> String {
    json.get(at)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn number_at(json: &Value, at: impl serde_json::value::Index) -> u32 {
    json.get(at)
        .and_then(Value::as_u64)
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or_default()
}

fn flag(json: &Value, at: impl serde_json::value::Index) -> bool {
    json.get(at).and_then(Value::as_bool).unwrap_or_default()
}
