//! Creates a placement group: the three strategies with what each is good and bad for.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{
    FormField, Modal, ModalSize, RadioGroup, RadioOption, Select, SelectOption, TextInput,
};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::placement_group::PARTITIONS_PER_ZONE;
use yew::prelude::*;

/// Strategy, its name, for, against, use.
const STRATEGIES: [(&str, &str, &str, &str, &str); 3] = [
    (
        "cluster",
        "Cluster",
        "The fastest network between its instances.",
        "One zone, shared hardware: if it fails, all fail together.",
        "A computation that must finish fast.",
    ),
    (
        "spread",
        "Spread",
        "Each instance on a rack of its own, over several zones if you like.",
        "At most 7 running instances in a zone.",
        "A few critical instances that must not fail together.",
    ),
    (
        "partition",
        "Partition",
        "Up to 7 partitions in a zone, hundreds of instances; no two partitions share a rack.",
        "Instances of one partition may fail together.",
        "Software that knows its racks: HDFS, Cassandra, Kafka.",
    ),
];

/// Props of [`CreatePlacementGroup`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreatePlacementGroup(props: &CreateProps) -> Html {
    html! {
        <Modal id="create-placement" open={props.open} title="Create placement group" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &CreateProps) -> Html {
    let app = use_app();
    let name = use_state(String::new);
    let strategy = use_state(|| AttrValue::from("cluster"));
    let count = use_state(|| AttrValue::from("3"));
    let touched = use_state(|| false);
    let is_partition = *strategy == "partition";
    let mut input = json!({ "GroupName": name.as_str(), "Strategy": strategy.to_string() });
    if let (true, Ok(number), Some(map)) =
        (is_partition, count.parse::<u32>(), input.as_object_mut())
    {
        map.insert("PartitionCount".to_owned(), json!(number));
    }
    let calls = vec![app.call("CreatePlacementGroup", input)];
    let refusal = try_calls(&app, &calls).err();
    let error = if name.is_empty() {
        Some("Type a name: you choose the group by it when you launch.".to_owned())
    } else {
        refusal
            .as_ref()
            .filter(|error| error.message().contains("group"))
            .map(|error| error.message())
    };
    let other = refusal.clone().filter(|_| error.is_none());
    let onsubmit = {
        let (app, touched, onclose, calls) = (
            app.clone(),
            touched.setter(),
            props.onclose.clone(),
            calls.clone(),
        );
        let fine = error.is_none() && refusal.is_none();
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            } else {
                touched.set(true);
            }
        })
    };
    let set = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let oninput = {
        let name = name.setter();
        Callback::from(move |text| name.set(text))
    };
    let onblur = {
        let touched = touched.setter();
        Callback::from(move |_: FocusEvent| touched.set(true))
    };
    let options: Vec<RadioOption> = STRATEGIES
        .iter()
        .map(|(value, label, ..)| RadioOption::new(*value, *label))
        .collect();
    let counts: Vec<SelectOption> = (1..=PARTITIONS_PER_ZONE)
        .map(|number| SelectOption::new(number.to_string(), number.to_string()))
        .collect();
    let chosen = STRATEGIES
        .iter()
        .find(|(value, ..)| *value == strategy.as_str());
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-placement-name" label="Name" constraint="Up to 255 characters." error={error.clone().filter(|_| *touched)}>
                <TextInput value={(*name).clone()} {oninput} {onblur} placeholder="apart" />
            </FormField>
            <FormField id="create-placement-strategy" label="Strategy" group=true>
                <RadioGroup name="placement-strategy" value={(*strategy).clone()} {options} onchange={set(&strategy)} cards=true />
            </FormField>
            if let Some((_, label, plus, minus, good)) = chosen {
                <dl class="strategy" aria-label={format!("About {label}")}>
                    <div><dt>{ "For it" }</dt><dd>{ *plus }</dd></div>
                    <div><dt>{ "Against it" }</dt><dd>{ *minus }</dd></div>
                    <div><dt>{ "Use it for" }</dt><dd>{ *good }</dd></div>
                </dl>
            }
            if is_partition {
                <FormField id="create-placement-count" label="Partitions in a zone" constraint={format!("From 1 to {PARTITIONS_PER_ZONE}.")}>
                    <Select value={(*count).clone()} options={counts} onchange={set(&count)} />
                </FormField>
            }
            if let Some(error) = other { <Refused {error} /> }
            if error.is_none() { <Preview {calls} /> }
            { form_foot("create-placement", &props.onclose, "Create placement group", None) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn says_what_each_strategy_costs() {
        let page = Lab::new()
            .render(html! { <CreatePlacementGroup open=true onclose={Callback::noop()} /> });
        for words in [
            "create-placement-name",
            "value=\"spread\"",
            "if it fails, all fail together",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
