//! Moves a stopped instance into a placement group, or out of one.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn Move(props: &InstanceDialogProps) -> Html {
    html! {
        <Modal id={props.id.clone()} open={props.open} title="Move to a placement group"
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
        .and_then(|(region, row)| parts::placement_name(region, row.placement.group))
        .unwrap_or_default();
    let chosen = use_state(|| AttrValue::from(before.clone()));
    let partition = use_state(|| AttrValue::from(""));
    let (Some(region), Some(row)) = (region, row) else {
        return html! { <p>{ "This instance is gone." }</p> };
    };
    let mut options = vec![SelectOption::new("", "No placement group")];
    options.extend(parts::placements(region).into_iter().map(|group| {
        SelectOption::new(
            group.name.clone(),
            format!("{} ({})", group.name, group.strategy.as_str()),
        )
    }));
    let count = region
        .placement_group_by_name(&chosen)
        .and_then(|group| group.partition_count);
    let mut input = json!({ "InstanceId": row.id.to_string(), "GroupName": chosen.to_string() });
    if let (Some(_), Ok(number), Some(map)) =
        (count, partition.parse::<u32>(), input.as_object_mut())
    {
        map.insert("PartitionNumber".to_owned(), json!(number));
    }
    let calls = vec![app.call("ModifyInstancePlacement", input)];
    let refusal = try_calls(&app, &calls).err();
    let reason = if refusal.is_some() {
        Some("AWS refuses this.")
    } else if *chosen == before && count.is_none() {
        Some("Nothing has changed.")
    } else {
        None
    };
    let onsubmit = {
        let (app, calls, onclose) = (app.clone(), calls.clone(), props.onclose.clone());
        let words = if chosen.is_empty() {
            format!("{} is in no placement group now.", row.label())
        } else {
            format!("{} joins {} at its next start.", row.label(), *chosen)
        };
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(calls.clone(), words.clone()));
        })
    };
    let set = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let partitions: Vec<SelectOption> = std::iter::once(SelectOption::new("", "The emptiest"))
        .chain(
            (1..=count.unwrap_or(0))
                .map(|number| SelectOption::new(number.to_string(), format!("Partition {number}"))),
        )
        .collect();
    html! {
        <form class="dialog-form" {onsubmit}>
            <p class="muted">{ format!("For {}. Its hardware is chosen at the next start, by the group's promise.", row.label()) }</p>
            <FormField id={format!("{}-choice", props.id)} label="Placement group">
                <Select value={(*chosen).clone()} {options} onchange={set(&chosen)} />
            </FormField>
            if count.is_some() {
                <FormField id={format!("{}-partition", props.id)} label="Partition">
                    <Select value={(*partition).clone()} options={partitions} onchange={set(&partition)} />
                </FormField>
            }
            if let Some(error) = refusal { <Refused {error} /> }
            <Preview {calls} />
            { form_foot(&props.id, &props.onclose, "Move", reason.map(AttrValue::from)) }
        </form>
    }
}
