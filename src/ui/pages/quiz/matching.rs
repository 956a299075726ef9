//! Match questions: a partner is chosen for every left side; choosing one that is taken swaps the two.

use super::send;
use crate::app::use_app;
use crate::state::QuizMessage;
use crate::ui::components::{Select, SelectOption};
use ec2_lab_course::grade::Answer;
use yew::prelude::*;

/// Marks a left side that has no partner yet.
const NONE: u8 = u8::MAX;

/// The pairs of the question in sight.
#[component]
pub fn Matching() -> Html {
    let app = use_app();
    let Some(run) = app.quiz.clone() else {
        return Html::default();
    };
    let Some(item) = run.quiz.current() else {
        return Html::default();
    };
    let question = item.question;
    let given = match &run.draft {
        Some(Answer::Match(list)) => list.clone(),
        _ => vec![NONE; question.pairs.len()],
    };
    let options: Vec<SelectOption> = item
        .order
        .iter()
        .filter_map(|at| {
            question
                .pairs
                .get(usize::from(*at))
                .map(|pair| SelectOption::new(at.to_string(), pair.right.clone()))
        })
        .collect();
    html! {
        <div class="quiz-match">
            { for question.pairs.iter().enumerate().map(|(place, pair)| {
                let now = given.get(place).copied().unwrap_or(NONE);
                let right = usize::from(now) == place;
                let mark = item.revealed.then_some(if right { "is-right" } else { "is-wrong" });
                let chosen = question.pairs.get(usize::from(now)).map(|pair| pair.right.clone());
                let current = given.clone();
                let app = app.clone();
                let onchange = move |value: AttrValue| {
                    let picked: u8 = value.parse().unwrap_or(NONE);
                    let mut list = current.clone();
                    let before = list.get(place).copied().unwrap_or(NONE);
                    if let Some(other) = list.iter_mut().find(|other| **other == picked) {
                        *other = before;
                    }
                    if let Some(here) = list.get_mut(place) {
                        *here = picked;
                    }
                    send::<()>(&app, move |_| QuizMessage::Draft(Answer::Match(list.clone()))).emit(());
                };
                html! {
                    <div key={place} class={classes!("quiz-pair", mark)}>
                        <span>{ &pair.left }</span>
                        if item.revealed {
                            <span>
                                <b>{ chosen.unwrap_or_else(|| "no partner".to_owned()) }</b>
                                <span class="quiz-reason">
                                    { if right { String::new() } else { format!("Right: {}. ", pair.right) } }{ &pair.reason }
                                </span>
                            </span>
                        } else {
                            <Select id={format!("quiz-pair-{place}")} label={format!("Partner of {}", pair.left)} placeholder="Choose a partner"
                                value={if now == NONE { AttrValue::from("") } else { AttrValue::from(now.to_string()) }} options={options.clone()} {onchange} />
                        }
                    </div>
                }
            }) }
        </div>
    }
}
