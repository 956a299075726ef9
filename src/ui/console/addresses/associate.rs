//! Associates a chosen address with an instance.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select};
use crate::ui::console::section::choice::instance_options;
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::ids::AllocationId;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// Props of [`AssociateDialog`].
#[derive(Clone, Properties, PartialEq)]
pub struct AssociateDialogProps {
    /// The address.
    pub id: AllocationId,
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn AssociateDialog(props: &AssociateDialogProps) -> Html {
    html! {
        <Modal id="associate-address" open={props.open} title="Associate Elastic IP address" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &AssociateDialogProps) -> Html {
    let app = use_app();
    let options = app.region().map(instance_options).unwrap_or_default();
    let first = options
        .first()
        .map(|option| option.value.clone())
        .unwrap_or_default();
    let instance = use_state(|| first);
    let address = app
        .region()
        .and_then(|region| region.addresses.get(&props.id));
    let calls = vec![app.call(
        "AssociateAddress",
        json!({ "AllocationId": props.id.to_string(), "InstanceId": instance.to_string() }),
    )];
    let none = options.is_empty();
    let refusal = if none {
        None
    } else {
        try_calls(&app, &calls).err()
    };
    let moves = address.is_some_and(|address| address.association.is_some());
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
    html! {
        <form class="dialog-form" {onsubmit}>
            if none {
                <p>{ "There is no instance that could have it." }</p>
            } else {
                <FormField id="associate-address-instance" label="Instance" description={html! { { "The public address that AWS assigned to it goes back to AWS." } }}>
                    <Select value={(*instance).clone()} {options} {onchange} />
                </FormField>
                if moves {
                    <p class="muted">{ "The address leaves the instance that has it now." }</p>
                }
                if let Some(error) = refusal { <Refused {error} /> }
                <Preview {calls} />
            }
            { form_foot("associate-address", &props.onclose, "Associate", reason.map(AttrValue::from)) }
        </form>
    }
}
