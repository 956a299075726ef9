//! Turns termination protection on or off.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Modal, ModalSize, Toggle};
use crate::ui::console::section::command::Preview;
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// Props of a dialog about one instance.
#[derive(Clone, Properties, PartialEq)]
pub struct InstanceDialogProps {
    /// Id of the dialog.
    pub id: AttrValue,
    /// Whether it is open.
    pub open: bool,
    /// The instance.
    pub instance: InstanceId,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn Protection(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Change termination protection"
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
    let before = row.is_some_and(|row| row.disable_api_termination);
    let on = use_state(|| before);
    let call = app.call(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": props.instance.to_string(), "DisableApiTermination": { "Value": *on } }),
    );
    let onsubmit = {
        let (app, call, onclose, words) = (
            app.clone(),
            call.clone(),
            props.onclose.clone(),
            if *on { "on" } else { "off" },
        );
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(
                vec![call.clone()],
                format!("Termination protection is {words}."),
            ));
        })
    };
    let onchange = {
        let on = on.setter();
        Callback::from(move |value| on.set(value))
    };
    let reason = (*on == before).then(|| AttrValue::from("Nothing has changed."));
    html! {
        <form class="dialog-form" {onsubmit}>
            <Toggle checked={*on} {onchange}
                description="While it is on, AWS refuses every call to terminate this instance. Stopping is still allowed.">
                { "Termination protection" }
            </Toggle>
            <Preview calls={vec![call]} />
            { form_foot(&props.id, &props.onclose, "Save", reason) }
        </form>
    }
}
