//! Creates one way out: a NAT gateway, an endpoint for S3, a peering connection.

use crate::app::use_app;
use crate::state::{AppState, Message};
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::region::RegionState;
use yew::prelude::*;

/// Props of [`CreateGateway`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateGatewayProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateGateway(props: &CreateGatewayProps) -> Html {
    html! {
        <Modal id="create-gateway" open={props.open} title="Create gateway" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// Kinds, what each asks for, and what it is good for.
const KINDS: [(&str, &str, &str, &str); 3] = [
    (
        "nat",
        "NAT gateway",
        "Subnet",
        "It must stand in a public subnet. Then let the private subnets' route 0.0.0.0/0 lead to it.",
    ),
    (
        "s3",
        "Gateway endpoint for S3",
        "VPC",
        "It adds a route to every route table of the VPC, and costs nothing.",
    ),
    (
        "peering",
        "Peering connection",
        "From VPC",
        "The other side must accept it, and both VPCs need a route to the other. Their ranges must not share addresses.",
    ),
];

fn vpcs(region: &RegionState) -> Vec<SelectOption> {
    parts::by_serial(region.vpcs.values(), |vpc| vpc.serial)
        .into_iter()
        .map(|vpc| {
            let name = vpc.tags.name().map_or_else(
                || if vpc.is_default { "Default VPC" } else { "VPC" }.to_owned(),
                str::to_owned,
            );
            SelectOption::new(vpc.id.to_string(), format!("{name} ({})", vpc.cidr))
        })
        .collect()
}

fn subnets(region: &RegionState) -> Vec<SelectOption> {
    region
        .subnets_by_serial()
        .map(|subnet| {
            let name = subnet
                .tags
                .name()
                .map_or_else(|| subnet.zone.to_owned(), str::to_owned);
            let kind = if region.is_public(subnet) {
                "public"
            } else {
                "private"
            };
            SelectOption::new(
                subnet.id.to_string(),
                format!("{name}, {kind}, {}", subnet.cidr),
            )
        })
        .collect()
}

/// The calls. A NAT gateway takes an Elastic IP address that is free, or a new one.
fn calls(app: &AppState, kind: &str, place: &str, other: &str) -> Vec<Call> {
    let Some(region) = app.region() else {
        return Vec::new();
    };
    match kind {
        "nat" => {
            let free = region
                .addresses
                .values()
                .find(|row| row.association.is_none())
                .map(|row| json!(row.id.to_string()));
            let mut made = Vec::new();
            let id = free.unwrap_or_else(|| {
                let call = app.call("AllocateAddress", json!({ "Domain": "vpc" }));
                // The id is known beforehand: the same call on a copy gets the same one.
                let answer = app
                    .session
                    .world()
                    .clone()
                    .execute(&call.caller, call.operation, &call.input)
                    .result;
                made.push(call);
                answer
                    .ok()
                    .and_then(|answer| answer.get("AllocationId").cloned())
                    .unwrap_or_default()
            });
            made.push(app.call(
                "CreateNatGateway",
                json!({ "SubnetId": place, "AllocationId": id }),
            ));
            made
        }
        "s3" => {
            let tables: Vec<String> = region
                .route_tables
                .values()
                .filter(|table| table.vpc.to_string() == place)
                .map(|table| table.id.to_string())
                .collect();
            let service = format!("com.amazonaws.{}.s3", app.caller.region);
            vec![app.call(
                "CreateVpcEndpoint",
                json!({ "VpcId": place, "ServiceName": service, "RouteTableIds": tables }),
            )]
        }
        _ => vec![app.call(
            "CreateVpcPeeringConnection",
            json!({ "VpcId": place, "PeerVpcId": other }),
        )],
    }
}

#[component]
fn Form(props: &CreateGatewayProps) -> Html {
    let app = use_app();
    let kind = use_state(|| AttrValue::from("nat"));
    let place = use_state(|| None::<AttrValue>);
    let other = use_state(|| None::<AttrValue>);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let (_, _, label, words) = KINDS
        .iter()
        .find(|(value, ..)| *value == kind.as_str())
        .copied()
        .unwrap_or_default();
    let networks = vpcs(region);
    let places = if *kind == "nat" {
        subnets(region)
    } else {
        networks.clone()
    };
    // What was chosen for one kind means nothing for another.
    let chosen = |state: &Option<AttrValue>, options: &[SelectOption], usual: usize| {
        state
            .clone()
            .filter(|value| options.iter().any(|option| option.value == *value))
            .or_else(|| options.get(usual).map(|option| option.value.clone()))
            .unwrap_or_default()
    };
    let from = chosen(&place, &places, 0);
    let to = chosen(&other, &networks, 1);
    let made = calls(&app, &kind, &from, &to);
    let refusal = try_calls(&app, &made).err();
    let fine = refusal.is_none();
    let onsubmit = {
        let (app, onclose, made) = (app.clone(), props.onclose.clone(), made.clone());
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(made.clone()));
            }
        })
    };
    let kinds: Vec<SelectOption> = KINDS
        .iter()
        .map(|(value, label, ..)| SelectOption::new(*value, *label))
        .collect();
    let onkind = {
        let kind = kind.setter();
        Callback::from(move |value| kind.set(value))
    };
    let choose = |state: &UseStateHandle<Option<AttrValue>>| {
        let state = state.setter();
        Callback::from(move |value| state.set(Some(value)))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-gateway-kind" label="Kind" description={html! { { words } }}>
                <Select value={(*kind).clone()} options={kinds} onchange={onkind} />
            </FormField>
            <FormField id="create-gateway-place" {label}>
                <Select value={from} options={places} onchange={choose(&place)} />
            </FormField>
            if *kind == "peering" {
                <FormField id="create-gateway-other" label="To VPC">
                    <Select value={to} options={networks} onchange={choose(&other)} />
                </FormField>
            }
            if let Some(error) = refusal { <Refused {error} /> }
            if fine { <Preview calls={made} /> }
            { form_foot("create-gateway", &props.onclose, "Create gateway", None) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn each_kind_is_a_call_that_aws_takes() {
        let mut lab = Lab::new();
        lab.call("CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" }));
        let state = lab.state();
        let (places, networks) = state
            .region()
            .map(|region| (subnets(region), vpcs(region)))
            .unwrap_or_default();
        let (own, other) = (networks[0].value.clone(), networks[1].value.clone());
        for (kind, place) in [("nat", &places[0].value), ("s3", &own), ("peering", &own)] {
            let made = calls(state, kind, place, &other);
            assert!(
                !made.is_empty() && try_calls(state, &made).is_ok(),
                "{kind}: {made:?}"
            );
        }
        let page = lab.render(html! { <CreateGateway open=true onclose={Callback::noop()} /> });
        for text in [
            "create-gateway-kind",
            "aws ec2 create-nat-gateway",
            "allocate-address",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
    }
}
