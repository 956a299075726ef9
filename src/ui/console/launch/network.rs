//! Network settings: VPC, subnet, public address; the firewall follows in its own file.

use super::firewall::Firewall;
use super::parts::SectionProps;
use super::problems::Field;
use crate::app::use_app;
use crate::ui::components::{Alert, FormField, Panel, Select, SelectOption, StatusKind};
use ec2_lab_engine::ids::{ResourceId, SubnetId, VpcId};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::vpc::Subnet;
use implicit_clone::unsync::IArray;
use std::collections::BTreeMap;
use yew::prelude::*;

/// Where it stands and how it is reached.
#[component]
pub fn NetworkSection(props: &SectionProps) -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let vpcs: IArray<SelectOption> = region
        .vpcs
        .values()
        .map(|vpc| {
            SelectOption::new(
                vpc.id.to_string(),
                format!(
                    "{}, {}{}",
                    vpc.id,
                    vpc.cidr,
                    if vpc.is_default { " (default)" } else { "" }
                ),
            )
        })
        .collect();
    // Only the default VPC has default subnets: in any other one a subnet must be named.
    let first: BTreeMap<VpcId, SubnetId> = region
        .subnets_by_serial()
        .filter(|subnet| {
            region
                .vpcs
                .get(&subnet.vpc)
                .is_some_and(|vpc| !vpc.is_default)
        })
        .fold(BTreeMap::new(), |mut first, subnet| {
            first.entry(subnet.vpc).or_insert(subnet.id);
            first
        });
    let choose_vpc = props.on(move |form, value: AttrValue| {
        form.vpc = ResourceId::parse(&value);
        form.subnet = form.vpc.and_then(|id| first.get(&id).copied());
        form.groups.clear();
    });
    html! {
        <Panel id="launch-section-network" title="Network settings">
            <FormField id="launch-vpc" label="VPC" error={props.error(Field::Vpc)}>
                <Select value={props.form.vpc.map(|id| id.to_string()).unwrap_or_default()} options={vpcs} onchange={choose_vpc} />
            </FormField>
            { view_subnet(props, region) }
            { view_address(props, region) }
            <Firewall form={props.form.clone()} problems={props.problems.clone()} />
        </Panel>
    }
}

/// The subnet that the instance goes to: the chosen one, else a default one.
fn destination<'a>(props: &SectionProps, region: &'a RegionState) -> Option<&'a Subnet> {
    match props.form.subnet {
        Some(id) => region.subnets.get(&id),
        None => region
            .subnets_by_serial()
            .find(|subnet| subnet.default_for_az),
    }
}

fn view_subnet(props: &SectionProps, region: &RegionState) -> Html {
    let default = props
        .form
        .vpc
        .and_then(|id| region.vpcs.get(&id))
        .is_none_or(|vpc| vpc.is_default);
    let mut options = Vec::new();
    if default {
        options.push(SelectOption::new(
            "",
            "No preference (a default subnet in any Availability Zone)",
        ));
    }
    options.extend(
        region
            .subnets_by_serial()
            .filter(|subnet| Some(subnet.vpc) == props.form.vpc)
            .map(|subnet| {
                let kind = if region.is_public(subnet) {
                    "public"
                } else {
                    "private"
                };
                SelectOption::new(
                    subnet.id.to_string(),
                    format!(
                        "{}{}, {kind}, {}, {}",
                        subnet
                            .tags
                            .name()
                            .map_or_else(String::new, |name| format!("{name}, ")),
                        subnet.zone,
                        subnet.cidr,
                        subnet.id
                    ),
                )
            }),
    );
    html! {
        <FormField id="launch-subnet" label="Subnet" error={props.error(Field::Subnet)}
            description={html! { { "A subnet lies in one Availability Zone. It is public when its route table leads to an internet gateway." } }}>
            <Select value={props.form.subnet.map(|id| id.to_string()).unwrap_or_default()} options={IArray::from(options)}
                onchange={props.on(|form, value: AttrValue| form.subnet = ResourceId::parse(&value))} />
        </FormField>
    }
}

fn view_address(props: &SectionProps, region: &RegionState) -> Html {
    let subnet = destination(props, region);
    let automatic = subnet.is_some_and(|subnet| subnet.map_public_ip_on_launch);
    let options: IArray<SelectOption> = vec![
        SelectOption::new(
            "",
            if automatic {
                "As the subnet says: enabled"
            } else {
                "As the subnet says: disabled"
            },
        ),
        SelectOption::new("enable", "Enable"),
        SelectOption::new("disable", "Disable"),
    ]
    .into();
    let value = match props.form.public_ip {
        None => "",
        Some(true) => "enable",
        Some(false) => "disable",
    };
    let choose = props.on(|form, value: AttrValue| {
        form.public_ip = match value.as_str() {
            "enable" => Some(true),
            "disable" => Some(false),
            _ => None,
        };
    });
    let outside = subnet.is_some_and(|subnet| !region.is_public(subnet));
    html! {
        <>
            <FormField id="launch-public-ip" label="Auto-assign public IP">
                <Select {value} {options} onchange={choose} />
            </FormField>
            if !props.form.public_ip.unwrap_or(automatic) {
                <Alert kind={StatusKind::Info} title="No public address.">
                    { "Your laptop has no way to the instance, whatever the rules say. Other instances of the VPC have." }
                </Alert>
            } else if outside {
                <Alert kind={StatusKind::Info} title="A public address in a private subnet.">
                    { "The route table has no way to an internet gateway, so no packet from the internet arrives." }
                </Alert>
            }
        </>
    }
}
