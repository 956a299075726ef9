//! Changes the type of a stopped instance.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts::{dollars, memory};
use ec2_lab_engine::catalogue::{self, InstanceType};
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn ChangeType(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Change instance type"
            onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// `2 vCPU, 1 GiB, $0.0104 an hour`.
fn facts(kind: &InstanceType, region: &str, windows: bool) -> String {
    let price = kind
        .price(region, windows)
        .map_or_else(String::new, |price| format!(", {} an hour", dollars(price)));
    format!("{} vCPU, {} GiB{price}", kind.vcpus, memory(kind))
}

#[component]
fn Form(props: &InstanceDialogProps) -> Html {
    let app = use_app();
    let row = app
        .region()
        .and_then(|region| region.instances.get(&props.instance));
    let before = row.map_or("", |row| row.instance_type);
    let chosen = use_state(|| AttrValue::from(before));
    let Some(row) = row else {
        return html! { <p>{ "This instance is gone." }</p> };
    };
    let windows = row.os().is_some_and(|os| os.windows);
    let region = app.caller.region;
    let options: Vec<SelectOption> = catalogue::instance_types()
        .filter(|kind| kind.offered_in(region, row.zone))
        .map(|kind| {
            SelectOption::new(
                kind.name,
                format!("{} · {}", kind.name, facts(kind, region, windows)),
            )
            .group(kind.family())
        })
        .collect();
    let calls = vec![app.call(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": row.id.to_string(), "InstanceType": { "Value": chosen.to_string() } }),
    )];
    let same = chosen.as_str() == before;
    let refusal = if same {
        None
    } else {
        try_calls(&app, &calls).err()
    };
    let reason = if same {
        Some("Choose another type.")
    } else {
        refusal.as_ref().map(|_| "AWS refuses this choice.")
    };
    let onsubmit = {
        let (app, calls, onclose) = (app.clone(), calls.clone(), props.onclose.clone());
        let words = format!("{} is a {} from its next start on.", row.label(), *chosen);
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(calls.clone(), words.clone()));
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |value| chosen.set(value))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <p class="muted">{ format!("{} is a {before} now. Its volume, private address and groups stay; at the start it comes up on other hardware.", row.label()) }</p>
            <FormField id={format!("{}-choice", props.id)} label="New instance type" description={html! { { format!("What {} offers.", row.zone) } }}>
                <Select value={(*chosen).clone()} {options} {onchange} />
            </FormField>
            if let Some(error) = refusal { <Refused {error} /> }
            <Preview {calls} />
            { form_foot(&props.id, &props.onclose, "Change type", reason.map(AttrValue::from)) }
        </form>
    }
}
