//! Gives an instance an Elastic IP address.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Alert, FormField, Modal, ModalSize, Select, SelectOption, StatusKind};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::address::Address;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Associate(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Associate Elastic IP address"
            onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

fn words(region: &RegionState, row: &Address) -> String {
    match row
        .association
        .and_then(|tie| parts::owner(region, tie.network_interface))
    {
        Some(owner) => format!(
            "{} (now at {})",
            row.public_ip,
            parts::instance_label(region, owner)
        ),
        None => format!("{} (free)", row.public_ip),
    }
}

#[component]
fn Form(props: &InstanceDialogProps) -> Html {
    let app = use_app();
    let region = app.region();
    let rows = region
        .map(|region| parts::by_serial(region.addresses.values(), |row| row.serial))
        .unwrap_or_default();
    let first = rows
        .iter()
        .find(|row| row.association.is_none())
        .or(rows.first())
        .map(|row| row.id.to_string());
    let chosen = use_state(|| AttrValue::from(first.unwrap_or_default()));
    let (Some(region), Some(row)) = (
        region,
        region.and_then(|region| region.instances.get(&props.instance)),
    ) else {
        return html! { <p>{ "This instance is gone." }</p> };
    };
    let mut calls = Vec::new();
    if rows.is_empty() {
        calls.push(app.call("AllocateAddress", json!({ "Domain": "vpc" })));
    } else {
        calls.push(app.call(
            "AssociateAddress",
            json!({ "AllocationId": chosen.to_string(), "InstanceId": row.id.to_string() }),
        ));
    }
    let refusal = try_calls(&app, &calls).err();
    let reason = refusal
        .as_ref()
        .map(|_| AttrValue::from("AWS refuses this."));
    let close = !rows.is_empty();
    let onsubmit = {
        let (app, calls, onclose) = (app.clone(), calls.clone(), props.onclose.clone());
        on_submit(move || {
            if close {
                onclose.emit(());
            }
            app.dispatch(Message::Call(calls.clone()));
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |value| chosen.set(value))
    };
    let options: Vec<SelectOption> = rows
        .iter()
        .map(|row| SelectOption::new(row.id.to_string(), words(region, row)))
        .collect();
    let value = if chosen.is_empty() {
        rows.first()
            .map(|row| AttrValue::from(row.id.to_string()))
            .unwrap_or_default()
    } else {
        (*chosen).clone()
    };
    if rows.is_empty() {
        return html! {
            <form class="dialog-form" {onsubmit}>
                <p>{ "You have no Elastic IP address yet. It is a public address that stays yours until you release it, so it survives a stop." }</p>
                <Preview {calls} />
                { form_foot(&props.id, &props.onclose, "Allocate an address", reason) }
            </form>
        };
    }
    let loses = region
        .primary_interface(row)
        .and_then(|nic| nic.addresses.first())
        .and_then(|address| address.public);
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id={format!("{}-choice", props.id)} label="Elastic IP address">
                <Select {value} {options} {onchange} />
            </FormField>
            if let Some(public) = loses.filter(|public| public.allocation.is_none()) {
                <Alert kind={StatusKind::Info}>
                    { format!("{} gives up its present public address {}. It goes back to AWS.", row.label(), public.ip) }
                </Alert>
            }
            if let Some(error) = refusal { <Refused {error} /> }
            <Preview {calls} />
            { form_foot(&props.id, &props.onclose, "Associate", reason) }
        </form>
    }
}
