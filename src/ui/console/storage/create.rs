//! Creates a volume, empty.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption, TextInput};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// Props of [`CreateVolume`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateVolumeProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateVolume(props: &CreateVolumeProps) -> Html {
    html! {
        <Modal id="create-volume" open={props.open} title="Create volume" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// The types that need no further number, and what each is for.
const TYPES: [(&str, &str); 4] = [
    ("gp3", "gp3: general purpose SSD"),
    ("gp2", "gp2: general purpose SSD, older"),
    ("st1", "st1: throughput HDD, from 125 GiB"),
    ("sc1", "sc1: cold HDD, from 125 GiB"),
];

#[component]
fn Form(props: &CreateVolumeProps) -> Html {
    let app = use_app();
    let zones: Vec<SelectOption> = app
        .region()
        .and_then(|region| region.facts())
        .into_iter()
        .flat_map(|facts| facts.zones.iter())
        .map(|zone| SelectOption::new(zone.name.clone(), zone.name.clone()))
        .collect();
    // Most volumes are made for an instance that is there.
    let first = app
        .region()
        .and_then(|region| region.instances_by_serial().last().map(|row| row.zone))
        .map(AttrValue::from)
        .or_else(|| zones.first().map(|option| option.value.clone()))
        .unwrap_or_default();
    let zone = use_state(|| first);
    let kind = use_state(|| AttrValue::from("gp3"));
    let size = use_state(|| "10".to_owned());
    let encrypted = use_state(|| AttrValue::from("no"));
    let number = size.trim().parse::<i64>().ok();
    let mut input = json!({ "AvailabilityZone": zone.to_string(), "Size": number, "VolumeType": kind.to_string() });
    if *encrypted == "yes"
        && let Some(map) = input.as_object_mut()
    {
        map.insert("Encrypted".to_owned(), json!(true));
    }
    let calls = vec![app.call("CreateVolume", input)];
    let wrong = number
        .is_none()
        .then_some("Type a whole number of GiB.".to_owned());
    let refusal = if wrong.is_none() {
        try_calls(&app, &calls).err()
    } else {
        None
    };
    let fine = wrong.is_none() && refusal.is_none();
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            }
        })
    };
    let choose = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let onsize = {
        let size = size.setter();
        Callback::from(move |value| size.set(value))
    };
    let types: Vec<SelectOption> = TYPES
        .iter()
        .map(|(value, label)| SelectOption::new(*value, *label))
        .collect();
    let yes_no = vec![
        SelectOption::new("no", "No"),
        SelectOption::new("yes", "Yes, with the key that AWS manages"),
    ];
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-volume-zone" label="Availability Zone" description={html! { { "A volume can be attached to instances of its own zone only." } }}>
                <Select value={(*zone).clone()} options={zones} onchange={choose(&zone)} />
            </FormField>
            <FormField id="create-volume-type" label="Volume type">
                <Select value={(*kind).clone()} options={types} onchange={choose(&kind)} />
            </FormField>
            <FormField id="create-volume-size" label="Size (GiB)" error={wrong} constraint="It can grow later and never shrink.">
                <TextInput inputmode="numeric" value={(*size).clone()} oninput={onsize} />
            </FormField>
            <FormField id="create-volume-encrypted" label="Encrypted" description={html! { { "Encryption cannot be taken off later." } }}>
                <Select value={(*encrypted).clone()} options={yes_no} onchange={choose(&encrypted)} />
            </FormField>
            if let Some(error) = refusal { <Refused {error} /> }
            if fine { <Preview {calls} /> }
            { form_foot("create-volume", &props.onclose, "Create volume", None) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn the_dialog_shows_its_command() {
        let page =
            Lab::new().render(html! { <CreateVolume open=true onclose={Callback::noop()} /> });
        for words in [
            "create-volume-zone",
            "create-volume-size",
            "aws ec2 create-volume",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
