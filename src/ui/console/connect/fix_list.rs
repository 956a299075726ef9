//! What would fix it: every change was carried out on a copy of the world and tried again before it is shown.

use super::words;
use crate::app::use_app;
use crate::state::{Attempt, Message};
use crate::ui::components::{Button, CodeBlock, Icon, IconName};
use crate::ui::words::line;
use ec2_lab_engine::Caller;
use ec2_lab_engine::network::{Change, Exposure, Fix};
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`FixList`].
#[derive(Properties, PartialEq)]
pub struct FixListProps {
    /// The attempt.
    pub attempt: Rc<Attempt>,
    /// Called after a fix was chosen.
    pub onapply: Callback<()>,
}

/// Those that solve it, then those that only get further.
#[component]
pub fn FixList(props: &FixListProps) -> Html {
    let app = use_app();
    let row = |(index, fix): (usize, &Fix)| {
        let apply = {
            let (app, onapply) = (app.clone(), props.onapply.clone());
            Callback::from(move |_: MouseEvent| {
                app.dispatch(Message::ApplyFix(index));
                onapply.emit(());
            })
        };
        let copy = {
            let app = app.clone();
            Callback::from(move |text: AttrValue| {
                app.dispatch(Message::Copy(text.to_string(), "the command".to_owned()))
            })
        };
        view_fix(index, fix, &app.caller, apply, copy)
    };
    let fixes = &props.attempt.fixes;
    let (solving, further): (Vec<_>, Vec<_>) =
        fixes.iter().enumerate().partition(|(_, fix)| fix.solves());
    let code = props
        .attempt
        .trace
        .cause
        .as_ref()
        .map_or("", |cause| cause.code());
    html! {
        <>
            if fixes.is_empty() { <p class="muted">{ words::no_fix(code) }</p> }
            if !solving.is_empty() { <ul class="fixes">{ for solving.into_iter().map(row) }</ul> }
            if !further.is_empty() {
                <h4 class="fixes-further">{ "Gets further" }<small>{ "more is in the way: one step at a time" }</small></h4>
                <ul class="fixes">{ for further.into_iter().map(row) }</ul>
            }
        </>
    }
}

fn view_fix(
    index: usize,
    fix: &Fix,
    here: &Caller,
    apply: Callback<MouseEvent>,
    copy: Callback<AttrValue>,
) -> Html {
    let risky = fix.exposure.addresses >= Exposure::EVERYBODY;
    let verb = match fix.change {
        Change::Calls(_) => "Apply",
        Change::Retry(_) => "Do that",
        Change::Wait(_) => "Wait",
    };
    let command = command(fix, here);
    html! {
        <li key={index} data-test={format!("fix-{index}")}>
            <div>
                <strong class="fix-title">{ &fix.title }</strong>
                if !fix.note.is_empty() { <small>{ &fix.note }</small> }
                if matches!(fix.change, Change::Calls(_)) {
                    if risky {
                        <small class="is-risky"><Icon name={IconName::StatusWarning} label="Risky:" />{ fix.exposure.words() }</small>
                    } else {
                        <small>{ fix.exposure.words() }</small>
                    }
                }
                if !fix.solves() {
                    <small class="fix-next">
                        <Icon name={IconName::ArrowRight} />
                        { format!("Then: {}", words::short(fix.verdict)) }
                        if let Some(code) = fix.next_cause {
                            { format!(", because {} ", words::cause(code)) }<span class="code">{ code }</span>
                        }
                    </small>
                }
            </div>
            <Button id={format!("fix-apply-{index}")} small=true onclick={apply} label={format!("{verb}: {}", fix.title)}>{ verb }</Button>
            if let Some(text) = command {
                <details class="fix-command" open={index == 0}>
                    <summary><Icon name={IconName::AngleRight} />{ "The same as a command" }</summary>
                    <CodeBlock {text} prompt=true oncopy={copy} />
                </details>
            }
        </li>
    }
}

/// The calls as lines of the command line.
fn command(fix: &Fix, here: &Caller) -> Option<String> {
    match &fix.change {
        Change::Calls(calls) => {
            let lines: Vec<String> = calls.iter().map(|call| line(call, here)).collect();
            Some(lines.join("\n"))
        }
        Change::Wait(milliseconds) => Some(format!(
            "lab wait --seconds {}",
            milliseconds.div_ceil(1_000)
        )),
        Change::Retry(_) => None,
    }
}
