//! The result of a run: the score, chapter by chapter, and every question again with its reasons.

use super::send;
use crate::app::use_app;
use crate::state::{App, QuizMessage};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, Expandable, Panel, Row, StatusIndicator, StatusKind, Table,
};
use crate::ui::words;
use ec2_lab_course::content::Kind;
use ec2_lab_course::quiz::Item;
use yew::prelude::*;

/// The result.
#[component]
pub fn ResultView() -> Html {
    let app = use_app();
    let Some(run) = app.quiz.clone() else {
        return Html::default();
    };
    let score = run.quiz.score();
    let missed = run.quiz.items().iter().any(|item| !item.grade().right);
    let columns = vec![
        Column::new("chapter", "Chapter"),
        Column::new("right", "Right").numeric(),
        Column::new("asked", "Asked").numeric(),
    ];
    let rows: Vec<Row> = score
        .chapters
        .iter()
        .map(|row| {
            Row::new(
                row.chapter.to_owned(),
                row.title.to_owned(),
                vec![
                    Cell::text(format!("{}. {}", row.chapter, row.title)),
                    Cell::text(row.right.to_string()),
                    Cell::text(row.asked.to_string()),
                ],
            )
        })
        .collect();
    html! {
        <>
            <header class="page-head">
                <h1 id="main-title" tabindex="-1">{ "Result" }</h1>
                <p class="quiz-result" id="quiz-score">{ format!("{} of {}", score.right, score.asked) }</p>
                <p class="lead">{ format!("{} %, in {}.", score.percent(), words::duration(run.quiz.elapsed(super::now()) / 1_000 * 1_000)) }</p>
                <div class="quiz-actions">
                    if missed { <Button id="quiz-again" variant={ButtonVariant::Primary} onclick={send(&app, QuizMessage::Again)}>{ "Practise what was missed" }</Button> }
                    <Button id="quiz-leave" onclick={send(&app, |_| QuizMessage::Leave)}>{ "A new run" }</Button>
                </div>
            </header>
            <Table id="quiz-chapters" title="By chapter" {columns} {rows} page_size={20} />
            <Panel id="quiz-review" title="Question by question">
                { for run.quiz.items().iter().map(|item| review(&app, item)) }
            </Panel>
        </>
    }
}

fn review(app: &App, item: &Item) -> Html {
    let question = item.question;
    let (kind, word) = match (item.grade().right, item.answer.is_some()) {
        (true, _) => (StatusKind::Success, "Right"),
        (false, true) => (StatusKind::Error, "Wrong"),
        (false, false) => (StatusKind::Stopped, "Not answered"),
    };
    let lines: Vec<(String, String, bool, Option<String>)> = match question.kind {
        Kind::Match => question
            .pairs
            .iter()
            .map(|pair| {
                (
                    format!("{}: {}", pair.left, pair.right),
                    pair.reason.clone(),
                    true,
                    None,
                )
            })
            .collect(),
        Kind::Order => question
            .options
            .iter()
            .zip(1..)
            .map(|(step, place): (_, u32)| {
                (
                    format!("{place}. {}", step.text),
                    step.reason.clone(),
                    true,
                    None,
                )
            })
            .collect(),
        _ => question
            .options
            .iter()
            .map(|option| {
                (
                    option.text.clone(),
                    option.reason.clone(),
                    option.right,
                    option.show.clone(),
                )
            })
            .collect(),
    };
    html! {
        <Expandable title={question.prompt.clone()} detail={AttrValue::from(word)}>
            <StatusIndicator {kind}>{ word }</StatusIndicator>
            <ul class="quiz-review">
                { for lines.into_iter().map(|(text, reason, right, check)| html! {
                    <li>
                        <StatusIndicator kind={if right { StatusKind::Success } else { StatusKind::Stopped }}>{ text }</StatusIndicator>
                        <span class="quiz-reason">{ reason }</span>
                        if let Some(check) = check.filter(|_| !right) {
                            <Button small={true} onclick={send(app, move |_| QuizMessage::Show { question: question.id.clone(), check: check.clone() })}>
                                { "Show me in the lab" }
                            </Button>
                        }
                    </li>
                }) }
            </ul>
            <p>{ &question.explain }</p>
        </Expandable>
    }
}
