//! Single and multiple choice: native radio buttons and checkboxes, drawn as cards, with their reasons afterwards.

use super::send;
use crate::app::use_app;
use crate::state::{App, QuizMessage};
use crate::ui::components::{Button, IconName, StatusIndicator, StatusKind};
use ec2_lab_course::content::{Choice, Kind, Question};
use ec2_lab_course::grade::Answer;
use yew::prelude::*;

/// The options of the question in sight.
#[component]
pub fn Options() -> Html {
    let app = use_app();
    let Some(run) = app.quiz.clone() else {
        return Html::default();
    };
    let Some(item) = run.quiz.current() else {
        return Html::default();
    };
    let question = item.question;
    let chosen = match &run.draft {
        Some(Answer::Choice(list)) => list.clone(),
        _ => Vec::new(),
    };
    let options = item.order.iter().filter_map(|at| {
        question
            .options
            .get(usize::from(*at))
            .map(|option| (*at, option))
    });
    html! {
        <fieldset class="quiz-fieldset">
            <legend class="visually-hidden">{ &question.prompt }</legend>
            <ul class="quiz-options">
                { for options.map(|(at, option)| one(&app, question, option, at, &chosen, item.revealed)) }
            </ul>
        </fieldset>
    }
}

fn one(
    app: &App,
    question: &'static Question,
    option: &Choice,
    at: u8,
    chosen: &[u8],
    revealed: bool,
) -> Html {
    let picked = chosen.contains(&at);
    let multiple = question.kind == Kind::Multiple;
    let id = format!("quiz-option-{at}");
    let next = if multiple {
        let mut list: Vec<u8> = chosen
            .iter()
            .copied()
            .filter(|other| *other != at)
            .collect();
        if !picked {
            list.push(at);
        }
        list.sort_unstable();
        list
    } else {
        vec![at]
    };
    let mark = match (revealed, option.right, picked) {
        (false, _, true) => Some("is-chosen"),
        (false, _, false) => None,
        (true, true, _) => Some("is-right"),
        (true, false, true) => Some("is-wrong"),
        (true, false, false) => Some("is-shown"),
    };
    let onchange: Callback<Event> = send(app, move |_| {
        QuizMessage::Draft(Answer::Choice(next.clone()))
    });
    html! {
        <li key={at}>
            <label class={classes!("quiz-option", mark)} for={id.clone()}>
                <input {id} type={if multiple { "checkbox" } else { "radio" }} name="quiz-option" checked={picked} disabled={revealed} {onchange} />
                <span>{ &option.text }</span>
                if revealed { { verdict(option.right, picked) } }
                if revealed { <span class="quiz-reason">{ &option.reason }</span> }
            </label>
            if revealed && !option.right { { show(app, question, option) } }
        </li>
    }
}

fn verdict(right: bool, picked: bool) -> Html {
    match (right, picked) {
        (true, true) => {
            html! { <StatusIndicator kind={StatusKind::Success}>{ "Right" }</StatusIndicator> }
        }
        (true, false) => {
            html! { <StatusIndicator kind={StatusKind::Success}>{ "Right, not chosen" }</StatusIndicator> }
        }
        (false, true) => {
            html! { <StatusIndicator kind={StatusKind::Error}>{ "Wrong" }</StatusIndicator> }
        }
        (false, false) => Html::default(),
    }
}

/// The way into the lab where this option visibly fails.
fn show(app: &App, question: &'static Question, option: &Choice) -> Html {
    let Some(check) = option.show.clone() else {
        return Html::default();
    };
    let id = question.id.clone();
    let onclick = send(app, move |_| QuizMessage::Show {
        question: id.clone(),
        check: check.clone(),
    });
    html! {
        <div class="quiz-show"><Button small={true} icon={IconName::Play} {onclick}>{ "Show me in the lab" }</Button></div>
    }
}
