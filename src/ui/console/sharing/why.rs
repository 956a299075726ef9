//! What the launch comes to, the first check that stops it, and the changes that were seen to help.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Alert, Button, StatusKind};
use crate::ui::console::section::command::Preview;
use ec2_lab_engine::Caller;
use ec2_lab_engine::ids::ImageId;
use ec2_lab_engine::sharing::fix::{Fix, fixes};
use ec2_lab_engine::sharing::trace::trace;
use yew::prelude::*;

/// Props of [`Why`].
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// Who would launch it, and where.
    pub caller: Caller,
    /// The image.
    pub id: ImageId,
}

/// The answer.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let app = use_app();
    let world = app.session.world();
    let found = trace(world, &props.caller, props.id);
    let Some(cause) = &found.cause else {
        return html! {
            <Alert kind={StatusKind::Success} title="The launch works">
                <p>{ "Every check passes: the instance runs, and belongs to the account that launches it." }</p>
            </Alert>
        };
    };
    let rule = found.checks.last().map(|check| check.rule.clone());
    let (subject, source) = found
        .checks
        .last()
        .map(|check| (check.subject.clone(), check.question.source()))
        .unwrap_or_default();
    let proved = fixes(world, &found);
    html! {
        <div id="sharing-why">
            <Alert kind={StatusKind::Error} title={format!("The launch fails: {}", cause.code())}>
                <p>{ rule.unwrap_or_default() }</p>
                <p class="muted">{ subject }{ " · " }<a href={source}>{ "AWS's page" }</a></p>
            </Alert>
            if proved.is_empty() {
                <p class="muted">{ "No single change helps." }</p>
            } else {
                <ul class="fixes">
                    { for proved.iter().enumerate().map(|(index, fix)| html! { <Row {index} fix={fix.clone()} /> }) }
                </ul>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    index: usize,
    fix: Fix,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let app = use_app();
    let fix = &props.fix;
    let apply = {
        let (app, calls) = (app.clone(), fix.calls.clone());
        Callback::from(move |_: MouseEvent| {
            if calls.is_empty() {
                app.dispatch(Message::ToNextEvent);
            } else {
                app.dispatch(Message::Call(calls.clone()));
            }
        })
    };
    let next = match (fix.solves(), fix.next_cause) {
        (true, _) => "Tried on a copy: the instance runs.".to_owned(),
        (false, Some(code)) => format!("Tried on a copy: it gets further, then {code}."),
        (false, None) => "Tried on a copy: it gets further.".to_owned(),
    };
    html! {
        <li>
            <div>
                <strong class="fix-title">{ &fix.title }</strong>
                <small>{ &fix.note }</small>
                <small>{ next }</small>
                <Preview calls={fix.calls.clone()} />
            </div>
            <Button id={format!("sharing-fix-{}", props.index)} small=true onclick={apply}
                label={format!("Apply: {}", fix.title)}>{ if fix.calls.is_empty() { "Wait" } else { "Apply" } }</Button>
        </li>
    }
}
