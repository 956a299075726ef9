//! The question in sight: what is asked, the answer being put together, and after it the reasons.

use super::matching::Matching;
use super::options::Options;
use super::ordering::Ordering;
use super::{now, send};
use crate::app::use_app;
use crate::state::{App, QuizMessage, QuizRun};
use crate::ui::components::{Alert, Badge, Button, ButtonVariant, IconName, Progress, StatusKind};
use crate::ui::words;
use ec2_lab_course::content::{self, Kind};
use ec2_lab_course::quiz::Item;
use yew::prelude::*;

/// The question, its answer form, its buttons.
#[component]
pub fn QuestionView() -> Html {
    let app = use_app();
    let Some(run) = app.quiz.clone() else {
        return Html::default();
    };
    let Some(item) = run.quiz.current() else {
        return Html::default();
    };
    let question = item.question;
    let body = match question.kind {
        Kind::Single | Kind::Multiple => html! { <Options key={question.id.clone()} /> },
        Kind::Order => html! { <Ordering key={question.id.clone()} /> },
        Kind::Match => html! { <Matching key={question.id.clone()} /> },
    };
    html! {
        <>
            { head(&run) }
            <section class="panel quiz-card" aria-labelledby="main-title">
                <p class="quiz-source">{ source(item) }</p>
                <h1 id="main-title" class="quiz-question" tabindex="-1">{ &question.prompt }</h1>
                <p class="muted">{ how(question.kind) }</p>
                { body }
                { after(item) }
                { buttons(&app, &run, item) }
            </section>
        </>
    }
}

fn head(run: &QuizRun) -> Html {
    let (at, all) = (run.quiz.position() + 1, run.quiz.items().len());
    let remaining = run.quiz.remaining(now());
    html! {
        <div class="quiz-head">
            <Progress label={format!("Question {at} of {all}")} value={at as f64} max={all as f64} />
            if let Some(left) = remaining {
                <span class={classes!("quiz-timer", (left < 60_000).then_some("is-short"))} role="timer">
                    { format!("{} left", words::duration(left / 1_000 * 1_000)) }
                </span>
            }
        </div>
    }
}

fn source(item: &Item) -> Html {
    let section = &item.question.section;
    let title = content::section(section).map_or("", |section| section.title.as_str());
    html! {
        <>
            <span>{ format!("Section {section}, {title}") }</span>
            if item.question.verify.is_some() { <Badge>{ "Judged by the engine" }</Badge> }
        </>
    }
}

fn how(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "Choose one.",
        Kind::Multiple => "Choose all that are true.",
        Kind::Order => "Put the steps in order.",
        Kind::Match => "Find the partner of each.",
    }
}

fn after(item: &Item) -> Html {
    if !item.revealed {
        return Html::default();
    }
    let (kind, title) = if item.grade().right {
        (StatusKind::Success, "Right.")
    } else {
        (StatusKind::Error, "Not right.")
    };
    html! { <div role="status"><Alert {kind} {title}>{ &item.question.explain }</Alert></div> }
}

fn buttons(app: &App, run: &QuizRun, item: &Item) -> Html {
    let timed = run.quiz.is_timed();
    let last = run.quiz.position() + 1 == run.quiz.items().len();
    let fits = run
        .draft
        .as_ref()
        .is_some_and(|draft| draft.fits(item.question));
    let missing = (!fits).then(|| AttrValue::from("Give an answer first"));
    let main = if item.revealed {
        let words = if last {
            "See the result"
        } else {
            "Next question"
        };
        html! {
            <Button id="quiz-next" variant={ButtonVariant::Primary} icon_end={IconName::ArrowRight} onclick={send(app, QuizMessage::Next)}>{ words }</Button>
        }
    } else {
        let words = if timed { "Keep this answer" } else { "Check" };
        html! { <Button id="quiz-submit" variant={ButtonVariant::Primary} disabled_reason={missing} onclick={send(app, QuizMessage::Submit)}>{ words }</Button> }
    };
    html! {
        <div class="quiz-actions">
            { main }
            if timed {
                <Button onclick={send(app, QuizMessage::Next)} disabled={last}>{ "Skip" }</Button>
                <span class="is-last"><Button id="quiz-finish" onclick={send(app, QuizMessage::Finish)}>{ "End the set" }</Button></span>
            } else {
                <span class="is-last"><Button variant={ButtonVariant::Link} onclick={send(app, QuizMessage::Finish)}>{ "End this run" }</Button></span>
            }
            if timed { { map(app, run) } }
        </div>
    }
}

/// Every question of a timed set, to go back to.
fn map(app: &App, run: &QuizRun) -> Html {
    html! {
        <ol class="quiz-map" aria-label="All questions">
            { for run.quiz.items().iter().enumerate().map(|(at, item)| {
                let current = at == run.quiz.position();
                let answered = item.answer.is_some();
                html! {
                    <li>
                        <button type="button" class={classes!("quiz-dot", answered.then_some("is-answered"))}
                            aria-current={current.then_some("step")}
                            aria-label={format!("Question {}, {}", at + 1, if answered { "answered" } else { "open" })}
                            onclick={send(app, move |_| QuizMessage::GoTo(at))}>
                            { at + 1 }
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}
