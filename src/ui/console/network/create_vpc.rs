//! Creates a VPC with subnets, route tables and its ways out.

use super::plan::{Wanted, plan};
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption, TextInput};
use crate::ui::console::section::command::{Preview, Refused};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use yew::prelude::*;

/// Props of [`CreateVpc`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateVpcProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateVpc(props: &CreateVpcProps) -> Html {
    html! {
        <Modal id="create-vpc" open={props.open} title="Create VPC" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// Ways out of private subnets.
const WAYS: [(&str, &str); 4] = [
    ("none", "None"),
    ("s3", "S3 through an endpoint"),
    ("nat", "The internet through a NAT gateway"),
    ("both", "Both"),
];

#[component]
fn Form(props: &CreateVpcProps) -> Html {
    let app = use_app();
    let name = use_state(|| "project".to_owned());
    let range = use_state(|| "10.0.0.0/16".to_owned());
    let zones = use_state(|| AttrValue::from("2"));
    let private = use_state(|| AttrValue::from("yes"));
    let way = use_state(|| AttrValue::from("both"));
    let wanted = Wanted {
        name: (*name).clone(),
        range: (*range).clone(),
        zones: zones.parse().unwrap_or(1),
        private: *private == "yes",
        nat: *private == "yes" && matches!(way.as_str(), "nat" | "both"),
        s3: *private == "yes" && matches!(way.as_str(), "s3" | "both"),
    };
    let planned = plan(&app, &wanted);
    let unnamed = name
        .trim()
        .is_empty()
        .then(|| "Type a name: every part is named after it.".to_owned());
    let (calls, refusal) = match planned {
        Ok(calls) => (calls, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let fine = unnamed.is_none() && refusal.is_none();
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        let name = name.clone();
        on_submit(move || {
            if fine {
                onclose.emit(());
                let words = format!(
                    "Created {}-vpc with {} subnets and everything that leads out of them.",
                    name.trim(),
                    calls
                        .iter()
                        .filter(|call| call.operation == "CreateSubnet")
                        .count()
                );
                app.dispatch(Message::CallSaying(calls.clone(), words));
            }
        })
    };
    let typed = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let chosen = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let numbers: Vec<SelectOption> = ["1", "2", "3"]
        .iter()
        .map(|number| SelectOption::new(*number, *number))
        .collect();
    let yes_no = vec![
        SelectOption::new("yes", "Yes, one in each zone"),
        SelectOption::new("no", "No"),
    ];
    let ways: Vec<SelectOption> = WAYS
        .iter()
        .map(|(value, label)| SelectOption::new(*value, *label))
        .collect();
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-vpc-name" label="Name" error={unnamed}>
                <TextInput value={(*name).clone()} oninput={typed(&name)} />
            </FormField>
            <FormField id="create-vpc-range" label="IPv4 CIDR block" constraint="Between /16 (65,536 addresses) and /28 (16). Each subnet gets a sixteenth.">
                <TextInput value={(*range).clone()} oninput={typed(&range)} />
            </FormField>
            <FormField id="create-vpc-zones" label="Availability Zones" description={html! { { "A public subnet in each: its route table leads to an internet gateway." } }}>
                <Select value={(*zones).clone()} options={numbers} onchange={chosen(&zones)} />
            </FormField>
            <FormField id="create-vpc-private" label="Private subnets" description={html! { { "Nothing on the internet can begin a connection to what is there." } }}>
                <Select value={(*private).clone()} options={yes_no} onchange={chosen(&private)} />
            </FormField>
            if wanted.private {
                <FormField id="create-vpc-way" label="Way out of the private subnets" description={html! { { "A NAT gateway costs about $0.045 an hour and $0.045 a GB; an endpoint for S3 costs nothing." } }}>
                    <Select value={(*way).clone()} options={ways} onchange={chosen(&way)} />
                </FormField>
            }
            if let Some(error) = refusal { <Refused {error} /> }
            if fine { <Preview {calls} /> }
            { form_foot("create-vpc", &props.onclose, "Create VPC", None) }
        </form>
    }
}
