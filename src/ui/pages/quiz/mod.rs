//! The quiz: choose, answer, learn why, see it in the lab.

mod matching;
mod options;
mod ordering;
mod question;
mod result;
mod start;

use crate::app::use_app;
use crate::platform::page;
use crate::state::{App, Message, QuizMessage};
use question::QuestionView;
use result::ResultView;
use start::Start;
use yew::prelude::*;

/// The quiz page: its start, the question in sight, or the result.
#[component]
pub fn Quiz() -> Html {
    let app = use_app();
    use_timer(&app);
    let view = match app.quiz.as_deref() {
        None => html! { <Start /> },
        Some(run) if run.quiz.is_finished() => html! { <ResultView /> },
        Some(_) => html! { <QuestionView /> },
    };
    html! { <div class="quiz page is-narrow">{ view }</div> }
}

/// A callback that tells the quiz something that happens now.
pub(super) fn send<E: 'static>(
    app: &App,
    message: impl Fn(u64) -> QuizMessage + 'static,
) -> Callback<E> {
    let dispatch = app.dispatcher();
    Callback::from(move |_: E| dispatch.dispatch(Message::Quiz(message(now()))))
}

/// Real milliseconds.
pub(super) fn now() -> u64 {
    page::now() as u64
}

/// A timed set ends by itself.
#[hook]
fn use_timer(app: &App) {
    let dispatch = app.dispatcher();
    let timed = app
        .quiz
        .as_ref()
        .is_some_and(|run| run.quiz.is_timed() && !run.quiz.is_finished());
    use_effect_with(timed, move |timed| {
        let interval = timed.then(|| {
            page::every(1_000, move || {
                dispatch.dispatch(Message::Quiz(QuizMessage::Tick(now())))
            })
        });
        move || drop(interval)
    });
}
