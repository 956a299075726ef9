//! The line being typed. Enter runs it, or goes on with another line while it is not finished; Tab completes; the arrows
//! walk through what was typed before, and Ctrl+R searches it.

use super::line::{self, Completed};
use super::panels::{History, LaptopFiles, choice};
use crate::app::use_app;
use crate::platform::{focus, input as read, live, typing};
use crate::state::{App, Message};
use crate::ui::components::{Button, ButtonVariant, IconName};
use ec2_lab_engine::shell::is_open;
use yew::prelude::*;

/// How many candidates are offered at once.
const OFFERED: usize = 60;
/// The most lines that the field grows to.
const TALLEST: usize = 8;

/// What is open above the line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    History,
    Files,
}

/// The line and where the cursor goes in it.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    text: String,
    cursor: Option<usize>,
}

/// The input line of the prompt.
#[component]
pub fn PromptInput() -> Html {
    let app = use_app();
    let before = app.prompt.before();
    let typed = use_state(Typed::default);
    let choices = use_state(Vec::<String>::new);
    let open = use_state(|| Open::Nothing);
    // How far back in the history the line comes from; 0 is the line being typed.
    let back = use_state(|| 0_usize);
    // After Escape, Tab leaves the field whatever stands in it.
    let released = use_state(|| false);
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(typed.clone(), move |typed| {
            if let Some(at) = typed.cursor {
                typing::set_cursor(&field, &typed.text, at);
            }
        });
    }
    let set = {
        let (typed, choices, field) = (typed.clone(), choices.clone(), field.clone());
        Callback::from(move |done: Completed| {
            typed.set(Typed {
                text: done.text,
                cursor: Some(done.cursor),
            });
            choices.set(done.choices);
            focus::focus(&field);
        })
    };
    let complete = {
        let (app, typed, field, set) = (app.clone(), typed.clone(), field.clone(), set.clone());
        move || match completed(&app, &typed.text, typing::cursor(&field, &typed.text)) {
            Some(done) => {
                if !done.choices.is_empty() {
                    live::announce(&spoken(&done.choices));
                }
                set.emit(done);
                true
            }
            None => false,
        }
    };
    let submit = {
        let (app, typed, choices, back) =
            (app.clone(), typed.clone(), choices.clone(), back.clone());
        move || {
            app.dispatch(Message::Command(typed.text.clone()));
            typed.set(Typed::default());
            choices.set(Vec::new());
            back.set(0);
        }
    };
    let oninput = {
        let (typed, choices, released) = (typed.clone(), choices.clone(), released.clone());
        move |event: InputEvent| {
            typed.set(Typed {
                text: read::text(&event),
                cursor: None,
            });
            choices.set(Vec::new());
            released.set(false);
        }
    };
    let onkeydown = {
        let (app, typed, choices, open) =
            (app.clone(), typed.clone(), choices.clone(), open.clone());
        let field = field.clone();
        let (complete, submit) = (complete.clone(), submit.clone());
        move |event: KeyboardEvent| {
            let plain =
                !event.shift_key() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
            let text = &typed.text;
            match event.key().as_str() {
                "Enter" if plain && !event.is_composing() && !is_open(text) => {
                    event.prevent_default();
                    submit();
                }
                "Tab" if plain && !*released && !text.trim().is_empty() && complete() => {
                    event.prevent_default();
                }
                "Escape" => {
                    choices.set(Vec::new());
                    open.set(Open::Nothing);
                    released.set(true);
                }
                "r" if event.ctrl_key() => {
                    event.prevent_default();
                    open.set(Open::History);
                }
                "c" if event.ctrl_key() && !event.shift_key() && typing::nothing_marked(&field) => {
                    typed.set(Typed::default());
                    choices.set(Vec::new());
                }
                "ArrowUp" | "ArrowDown" if plain && !text.contains('\n') => {
                    event.prevent_default();
                    let history = &app.prompt.history;
                    let step = if event.key() == "ArrowUp" {
                        (*back + 1).min(history.len())
                    } else {
                        back.saturating_sub(1)
                    };
                    back.set(step);
                    let line = history
                        .len()
                        .checked_sub(step)
                        .and_then(|at| history.get(at));
                    let text = line.cloned().unwrap_or_default();
                    let cursor = Some(text.len());
                    typed.set(Typed { text, cursor });
                }
                _ => {}
            }
        }
    };
    let onsubmit = {
        let submit = submit.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            submit();
        }
    };
    let onchoice = {
        let (typed, field, set, app) = (typed.clone(), field.clone(), set.clone(), app.clone());
        Callback::from(move |word: String| {
            let cursor = typing::cursor(&field, &typed.text);
            let from = completion(&app, &typed.text, cursor).from;
            set.emit(line::choose(&typed.text, cursor, from, &word));
        })
    };
    let onhistory = {
        let (open, set) = (open.clone(), set.clone());
        Callback::from(move |text: String| {
            open.set(Open::Nothing);
            let cursor = text.len();
            set.emit(Completed {
                text,
                cursor,
                choices: Vec::new(),
            });
        })
    };
    let onclose = {
        let (open, field) = (open.clone(), field.clone());
        Callback::from(move |()| {
            open.set(Open::Nothing);
            focus::focus(&field);
        })
    };
    let rows = typed.text.split('\n').count().min(TALLEST).to_string();
    html! {
        <>
            if *open == Open::History { <History onchoose={onhistory} {onclose} /> }
            if *open == Open::Files { <LaptopFiles /> }
            if !choices.is_empty() {
                <div class="terminal-choices is-completion" id="prompt-choices" role="group" aria-label="Completions">
                    { for choices.iter().take(OFFERED).map(|word| choice(word.clone(), &onchoice)) }
                    if choices.len() > OFFERED { <span class="muted">{ format!("and {} more", choices.len() - OFFERED) }</span> }
                </div>
            }
            <form class="terminal-input" {onsubmit}>
                <label for="prompt-input" class="terminal-prompt">{ before }<span class="visually-hidden">{ " Command" }</span></label>
                <textarea ref={field} id="prompt-input" {rows} autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-describedby="prompt-keys" value={typed.text.clone()} {oninput} {onkeydown} placeholder="aws ec2 describe-instances" />
                <span id="prompt-keys" class="visually-hidden">
                    { "Enter runs the line. Tab completes; Escape, then Tab, leaves the field. Control R searches what was typed." }
                </span>
                <Button submit=true variant={ButtonVariant::Icon} icon={IconName::Play} label="Run" />
            </form>
            { tools(&app, &open, Callback::from(move |_: MouseEvent| { complete(); })) }
        </>
    }
}

/// What the keys do, for fingers: and the last answer for the clipboard.
fn tools(app: &App, open: &UseStateHandle<Open>, oncomplete: Callback<MouseEvent>) -> Html {
    let toggle = |what: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            open.set(if *open == what { Open::Nothing } else { what });
        })
    };
    let shown = |what: Open, id: &'static str| {
        let shown = **open == what;
        (shown, shown.then_some(AttrValue::Static(id)))
    };
    let (history, history_id) = shown(Open::History, "prompt-history");
    let (files, files_id) = shown(Open::Files, "prompt-files");
    let oncopy = app.prompt.last_answer().map(|line| {
        let (text, dispatch) = (line.text.clone(), app.dispatcher());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Message::Copy(text.clone(), "the answer".to_owned()));
        })
    });
    html! {
        <div class="terminal-tools" role="group" aria-label="Tools of the prompt">
            <Button small=true variant={ButtonVariant::Link} onclick={oncomplete}>{ "Complete" }</Button>
            <Button small=true variant={ButtonVariant::Link} expanded={history} controls={history_id} onclick={toggle(Open::History)}>{ "History" }</Button>
            <Button small=true variant={ButtonVariant::Link} expanded={files} controls={files_id} onclick={toggle(Open::Files)}>
                { format!("Files ({})", app.prompt.files().len()) }
            </Button>
            if let Some(onclick) = oncopy {
                <Button small=true variant={ButtonVariant::Link} {onclick}>{ "Copy answer" }</Button>
            }
        </div>
    }
}

fn completion(app: &App, text: &str, cursor: usize) -> ec2_lab_cli::complete::Completion {
    let before = text.get(..cursor).unwrap_or(text);
    // Only the last line of several is a command still being typed.
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(start..).unwrap_or_default();
    let mut found = app
        .prompt
        .complete(app.session.world(), app.caller.region, line);
    found.from += start;
    found
}

fn completed(app: &App, text: &str, cursor: usize) -> Option<Completed> {
    line::complete(text, cursor, &completion(app, text, cursor))
}

/// What a screen reader says of the candidates.
fn spoken(choices: &[String]) -> String {
    let first: Vec<&str> = choices.iter().take(8).map(String::as_str).collect();
    format!("{} completions: {}", choices.len(), first.join(", "))
}
