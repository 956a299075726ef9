//! What a form or dialog is about to do: the command it equals, and AWS's refusal before it is asked for.

use super::parts::copier;
use crate::app::use_app;
use crate::state::AppState;
use crate::ui::components::{Alert, CodeBlock, StatusKind};
use crate::ui::words;
use ec2_lab_course::content;
use ec2_lab_engine::ApiError;
use ec2_lab_engine::network::Call;
use yew::prelude::*;

/// Props of [`Preview`].
#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// The calls, in order; without any there is nothing to show.
    pub calls: Vec<Call>,
}

/// "The same as a command": the lines one would type instead.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let app = use_app();
    if props.calls.is_empty() {
        return Html::default();
    }
    let lines: Vec<String> = props
        .calls
        .iter()
        .map(|call| words::line(call, &app.caller))
        .collect();
    html! {
        <div class="preview">
            <p class="preview-title">{ "The same as a command" }</p>
            <CodeBlock text={lines.join("\n")} oncopy={copier(&app, "the command")} />
        </div>
    }
}

/// Props of [`Refused`].
#[derive(Properties, PartialEq)]
pub struct RefusedProps {
    /// AWS's answer.
    pub error: ApiError,
    /// What one can do about it at once.
    #[prop_or_default]
    pub actions: Html,
    /// Further words.
    #[prop_or_default]
    pub children: Html,
}

/// AWS's code and message, and what the code means.
#[component]
pub fn Refused(props: &RefusedProps) -> Html {
    let code = props.error.code();
    let title = format!("AWS refuses this: {code}");
    let meaning = content::explainer(code).map(|explainer| explainer.title.clone());
    html! {
        <Alert kind={StatusKind::Error} {title} actions={props.actions.clone()}>
            <p>{ props.error.message() }</p>
            if let Some(meaning) = meaning {
                <p class="muted">{ meaning }{ "." }</p>
            }
            { props.children.clone() }
        </Alert>
    }
}

/// What AWS would say to these calls, one after the other; nothing is changed.
///
/// # Errors
/// The first refusal.
pub fn try_calls(app: &AppState, calls: &[Call]) -> Result<(), ApiError> {
    let mut world = app.session.world().clone();
    for call in calls {
        world
            .execute(&call.caller, call.operation, &call.input)
            .result?;
    }
    Ok(())
}
