//! Gives an instance other security groups; it takes effect at once, on a running instance, too.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Modal, ModalSize};
use crate::ui::console::section::choice::GroupChoice;
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn ChangeGroups(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Change security groups"
            onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &InstanceDialogProps) -> Html {
    let app = use_app();
    let region = app.region();
    let row = region.and_then(|region| region.instances.get(&props.instance));
    let before = region
        .zip(row)
        .map(|(region, row)| parts::groups_of(region, row))
        .unwrap_or_default();
    let chosen = use_state(|| before.clone());
    let Some(row) = row else {
        return html! { <p>{ "This instance is gone." }</p> };
    };
    let ids: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    let call = app.call(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": row.id.to_string(), "Groups": ids }),
    );
    let calls = vec![call];
    let refusal = if chosen.is_empty() {
        None
    } else {
        try_calls(&app, &calls).err()
    };
    let reason = if chosen.is_empty() {
        Some("Choose at least one group.")
    } else if refusal.is_some() {
        Some("AWS refuses this choice.")
    } else if *chosen == before {
        Some("Nothing has changed.")
    } else {
        None
    };
    let onsubmit = {
        let (app, calls, onclose, label) = (
            app.clone(),
            calls.clone(),
            props.onclose.clone(),
            row.label(),
        );
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(
                calls.clone(),
                format!("{label} has other security groups now."),
            ));
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |next| chosen.set(next))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <p class="muted">{ format!("For {}. Rules take effect at once, without a restart.", row.label()) }</p>
            <GroupChoice id={format!("{}-choice", props.id)} vpc={row.vpc} chosen={(*chosen).clone()} {onchange} />
            if let Some(error) = refusal { <Refused {error} /> }
            if !chosen.is_empty() { <Preview {calls} /> }
            { form_foot(&props.id, &props.onclose, "Save", reason.map(AttrValue::from)) }
        </form>
    }
}
