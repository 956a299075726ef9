//! What can be opened above the line being typed: the history with its search, and the laptop's files.

use super::line;
use crate::app::use_app;
use crate::platform::focus::{self, Move};
use crate::platform::{input as read, upload};
use crate::state::Message;
use crate::ui::components::{Button, ButtonVariant, Icon, IconName};
use yew::prelude::*;

/// Props of [`History`].
#[derive(Properties, PartialEq)]
pub struct HistoryProps {
    /// Takes a line of the history.
    pub onchoose: Callback<String>,
    /// Puts the history away.
    pub onclose: Callback<()>,
}

/// What was typed before, with a search over it (Ctrl+R).
#[component]
pub fn History(props: &HistoryProps) -> Html {
    let app = use_app();
    let wanted = use_state(String::new);
    let list = use_node_ref();
    use_effect_with((), |()| focus::focus_id("prompt-search"));
    let lines = line::found(&app.prompt.history, &wanted);
    let oninput = {
        let wanted = wanted.clone();
        move |event: InputEvent| wanted.set(read::text(&event))
    };
    let onkeydown = {
        let (list, close) = (list.clone(), props.onclose.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => close.emit(()),
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                if let Some(step) = Move::along_column(&event.key()) {
                    focus::rove(&list, "button", step);
                }
            }
            _ => {}
        }
    };
    let onenter = {
        let (choose, first) = (props.onchoose.clone(), lines.first().cloned());
        move |event: KeyboardEvent| {
            if let (Some(first), "Enter") = (&first, event.key().as_str()) {
                event.prevent_default();
                choose.emit(first.clone());
            }
        }
    };
    html! {
        <div class="terminal-panel" id="prompt-history" {onkeydown}>
            <label class="terminal-search">
                <Icon name={IconName::Search} />
                <span class="visually-hidden">{ "Search what was typed" }</span>
                <input id="prompt-search" type="search" autocomplete="off" spellcheck="false" placeholder="Search what was typed"
                    value={(*wanted).clone()} {oninput} onkeydown={onenter} />
            </label>
            <div ref={list} class="terminal-choices" role="group" aria-label="Found, newest first">
                { for lines.into_iter().map(|line| choice(line, &props.onchoose)) }
            </div>
        </div>
    }
}

/// A word or line to choose.
pub fn choice(text: String, onchoose: &Callback<String>) -> Html {
    let chosen = text.clone();
    let onclick = onchoose.reform(move |_: MouseEvent| chosen.clone());
    html! { <button type="button" class="terminal-choice" {onclick}>{ text }</button> }
}

/// The laptop's files: each can be taken home, and files of the learner's can be put there.
#[component]
pub fn LaptopFiles() -> Html {
    let app = use_app();
    let failed = use_state(|| None::<String>);
    let onchange = {
        let (dispatch, failed) = (app.dispatcher(), failed.clone());
        Callback::from(move |event: Event| {
            let (dispatch, failed) = (dispatch.clone(), failed.clone());
            failed.set(None);
            let done = move |(name, read): (String, Result<Vec<u8>, upload::Unreadable>)| match read
            {
                Ok(bytes) => dispatch.dispatch(Message::Upload(name, bytes)),
                Err(_) => failed.set(Some(format!(
                    "{name} could not be read, or is larger than 1 MB."
                ))),
            };
            upload::read_files(&event, Callback::from(done));
        })
    };
    let files = app.prompt.files();
    html! {
        <div class="terminal-panel" id="prompt-files">
            <p class="terminal-line is-note">
                { "Commands find these, as in " }<code>{ "file://page.sh" }</code>{ ". They stay in this browser." }
            </p>
            <label class="button is-normal is-small">
                <input id="prompt-upload" class="visually-hidden" type="file" multiple=true {onchange} />
                <Icon name={IconName::Upload} />
                { "Put a file here" }
            </label>
            if !files.is_empty() {
                <ul class="terminal-files">
                    { for files.iter().map(|(name, file)| {
                        let (wanted, dispatch) = (name.clone(), app.dispatcher());
                        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Message::DownloadFile(wanted.clone())));
                        html! {
                            <li key={name.clone()}>
                                <code>{ name }</code>
                                <span class="muted">{ format!("{} bytes", file.bytes.len()) }</span>
                                <Button small=true variant={ButtonVariant::Link} icon={IconName::Download}
                                    label={format!("Download {name}")} {onclick}>{ "Download" }</Button>
                            </li>
                        }
                    }) }
                </ul>
            }
            <div role="status">
                if let Some(words) = &*failed {
                    <div class="field-error"><Icon name={IconName::StatusError} label="Error:" />{ words }</div>
                }
            </div>
        </div>
    }
}
