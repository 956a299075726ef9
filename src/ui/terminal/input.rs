//! The line being typed: Enter runs it, the arrows walk through what was typed before.

use crate::app::use_app;
use crate::platform::input as read;
use crate::state::Message;
use yew::prelude::*;

/// The input line of the prompt.
#[component]
pub fn PromptInput() -> Html {
    let app = use_app();
    let before = app.prompt.before();
    let text = use_state(String::new);
    // How far back in the history the line comes from; 0 is the line being typed.
    let back = use_state(|| 0_usize);
    let oninput = {
        let text = text.clone();
        move |event: InputEvent| text.set(read::text(&event))
    };
    let onkeydown = {
        let (text, back, app) = (text.clone(), back.clone(), app.clone());
        move |event: KeyboardEvent| {
            let history = &app.prompt.history;
            let step = match event.key().as_str() {
                "ArrowUp" => (*back + 1).min(history.len()),
                "ArrowDown" => back.saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            back.set(step);
            let line = history
                .len()
                .checked_sub(step)
                .and_then(|at| history.get(at));
            text.set(line.cloned().unwrap_or_default());
        }
    };
    let onsubmit = {
        let (text, back) = (text.clone(), back);
        move |event: SubmitEvent| {
            event.prevent_default();
            app.dispatch(Message::Command((*text).clone()));
            text.set(String::new());
            back.set(0);
        }
    };
    html! {
        <form class="terminal-input" {onsubmit}>
            <label for="prompt-input" class="terminal-prompt">{ before }<span class="visually-hidden">{ " Command" }</span></label>
            <input id="prompt-input" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                value={(*text).clone()} {oninput} {onkeydown} placeholder="aws ec2 describe-instances" />
        </form>
    }
}
