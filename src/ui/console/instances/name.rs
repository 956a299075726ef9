//! Gives an instance a name: the tag `Name`.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, TextInput};
use crate::ui::console::section::command::{Preview, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn EditName(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Edit name"
            onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &InstanceDialogProps) -> Html {
    let app = use_app();
    let row = app
        .region()
        .and_then(|region| region.instances.get(&props.instance));
    let before = row
        .and_then(|row| row.tags.name())
        .unwrap_or_default()
        .to_owned();
    let text = use_state(|| before.clone());
    let id = props.instance.to_string();
    // A name without letters is no name: the tag goes.
    let call = if text.trim().is_empty() {
        app.call(
            "DeleteTags",
            json!({ "Resources": [id], "Tags": [{ "Key": "Name" }] }),
        )
    } else {
        app.call(
            "CreateTags",
            json!({ "Resources": [id], "Tags": [{ "Key": "Name", "Value": text.trim() }] }),
        )
    };
    let calls = vec![call];
    let error = try_calls(&app, &calls).err().map(|error| error.message());
    let reason = if error.is_some() {
        Some("AWS refuses this name.")
    } else if text.trim() == before {
        Some("Nothing has changed.")
    } else {
        None
    };
    let onsubmit = {
        let (app, calls, onclose) = (app.clone(), calls.clone(), props.onclose.clone());
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(
                calls.clone(),
                "The name was changed.".to_owned(),
            ));
        })
    };
    let oninput = {
        let text = text.setter();
        Callback::from(move |value| text.set(value))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id={format!("{}-text", props.id)} label="Name" constraint="Up to 255 characters. AWS keeps it as the tag Name; the id stays." {error}>
                <TextInput value={(*text).clone()} {oninput} placeholder="web-1" />
            </FormField>
            <Preview {calls} />
            { form_foot(&props.id, &props.onclose, "Save", reason.map(AttrValue::from)) }
        </form>
    }
}
