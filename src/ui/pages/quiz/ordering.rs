//! Order questions: steps that are moved up and down by buttons, so that no drag is needed.

use super::send;
use crate::app::use_app;
use crate::state::QuizMessage;
use crate::ui::components::{Button, ButtonVariant, IconName};
use ec2_lab_course::grade::Answer;
use yew::prelude::*;

/// The steps of the question in sight.
#[component]
pub fn Ordering() -> Html {
    let app = use_app();
    let Some(run) = app.quiz.clone() else {
        return Html::default();
    };
    let Some(item) = run.quiz.current() else {
        return Html::default();
    };
    let order = match &run.draft {
        Some(Answer::Order(list)) => list.clone(),
        _ => item.order.clone(),
    };
    // The order that is shown is an answer as soon as it is shown.
    let dispatch = app.dispatcher();
    use_effect_with(
        (item.question.id.clone(), order.clone(), run.draft.is_none()),
        move |(_, order, missing)| {
            if *missing {
                dispatch.dispatch(crate::state::Message::Quiz(QuizMessage::Draft(
                    Answer::Order(order.clone()),
                )));
            }
        },
    );
    let count = order.len();
    let swapped = |a: usize, b: usize| {
        let mut list = order.clone();
        if a < list.len() && b < list.len() {
            list.swap(a, b);
        }
        list
    };
    html! {
        <ol class="quiz-order" aria-label="Steps, first one on top">
            { for order.iter().enumerate().map(|(place, at)| {
                let Some(option) = item.question.options.get(usize::from(*at)) else { return Html::default() };
                let right = usize::from(*at) == place;
                let mark = item.revealed.then_some(if right { "is-right" } else { "is-wrong" });
                let (up, down) = (swapped(place, place.saturating_sub(1)), swapped(place, place + 1));
                html! {
                    <li key={*at} class={classes!(mark)}>
                        <span class="quiz-place">{ place + 1 }</span>
                        <span>
                            { &option.text }
                            if item.revealed {
                                <span class="quiz-reason">
                                    { if right { String::new() } else { format!("Belongs to place {}. ", usize::from(*at) + 1) } }{ &option.reason }
                                </span>
                            }
                        </span>
                        if !item.revealed {
                            <span class="quiz-move">
                                <Button variant={ButtonVariant::Icon} icon={IconName::ArrowUp} label={format!("Move up: {}", option.text)}
                                    disabled={place == 0} onclick={send(&app, move |_| QuizMessage::Draft(Answer::Order(up.clone())))} />
                                <Button variant={ButtonVariant::Icon} icon={IconName::ArrowDown} label={format!("Move down: {}", option.text)}
                                    disabled={place + 1 == count} onclick={send(&app, move |_| QuizMessage::Draft(Answer::Order(down.clone())))} />
                            </span>
                        }
                    </li>
                }
            }) }
        </ol>
    }
}
