//! Attaches a chosen volume to an instance.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select, TextInput};
use crate::ui::console::section::choice::instance_options;
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::ids::VolumeId;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// Props of [`AttachDialog`].
#[derive(Clone, Properties, PartialEq)]
pub struct AttachDialogProps {
    /// The volume.
    pub id: VolumeId,
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn AttachDialog(props: &AttachDialogProps) -> Html {
    html! {
        <Modal id="attach-volume" open={props.open} title="Attach volume" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &AttachDialogProps) -> Html {
    let app = use_app();
    let options = app.region().map(instance_options).unwrap_or_default();
    // One of the volume's own zone, if there is one: the others are refused.
    let near = app.region().and_then(|region| {
        let zone = region.volumes.get(&props.id)?.zone;
        let row = region
            .instances_by_serial()
            .into_iter()
            .find(|row| row.zone == zone && !row.state.is_terminal())?;
        Some(AttrValue::from(row.id.to_string()))
    });
    let first = near
        .or_else(|| options.first().map(|option| option.value.clone()))
        .unwrap_or_default();
    let instance = use_state(|| first);
    let device = use_state(|| "/dev/sdf".to_owned());
    let calls = vec![app.call(
        "AttachVolume",
        json!({ "VolumeId": props.id.to_string(), "InstanceId": instance.to_string(), "Device": device.trim() }),
    )];
    let none = options.is_empty();
    let refusal = if none {
        None
    } else {
        try_calls(&app, &calls).err()
    };
    let reason = if none {
        Some("Launch an instance first.")
    } else {
        refusal.as_ref().map(|_| "AWS refuses this.")
    };
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::Call(calls.clone()));
        })
    };
    let onchange = {
        let instance = instance.setter();
        Callback::from(move |value| instance.set(value))
    };
    let ondevice = {
        let device = device.setter();
        Callback::from(move |value| device.set(value))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            if none {
                <p>{ "There is no instance that could have it." }</p>
            } else {
                <FormField id="attach-volume-instance" label="Instance" description={html! { { "It must be in the volume's own Availability Zone." } }}>
                    <Select value={(*instance).clone()} {options} {onchange} />
                </FormField>
                <FormField id="attach-volume-device" label="Device name" constraint="/dev/sdf to /dev/sdp for data volumes">
                    <TextInput value={(*device).clone()} oninput={ondevice} />
                </FormField>
                if let Some(error) = refusal.clone() { <Refused {error} /> }
                if refusal.is_none() { <Preview {calls} /> }
            }
            { form_foot("attach-volume", &props.onclose, "Attach volume", reason.map(AttrValue::from)) }
        </form>
    }
}
