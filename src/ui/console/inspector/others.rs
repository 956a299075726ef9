//! The smaller resources in the inspector: a list of facts each.

use crate::route::{Route, Section};
use crate::state::{App, Selected};
use crate::ui::components::{Button, KeyValue, KeyValueList};
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{
    AllocationId, KeyPairId, NetworkInterfaceId, PlacementGroupId, SubnetId,
};
use ec2_lab_engine::operations::network::subnet::free_addresses;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::placement_group::Strategy;
use yew::prelude::*;

/// A titled list of facts, with a way to the table that they come from.
fn card(app: &App, title: Html, items: Vec<KeyValue>, section: Section, extra: Html) -> Html {
    let target = Route::Lab(section);
    html! {
        <section class="inspector-card" aria-labelledby="inspector-title">
            <div class="inspector-head"><h2 id="inspector-title" class="inspector-title">{ title }</h2></div>
            <div class="inspector-body">
                <KeyValueList {items} />
                { extra }
            </div>
            if app.route != target {
                <div class="inspector-foot">
                    <Button href={target.href()} id="inspector-open-table">{ format!("Open {}", section.title()) }</Button>
                </div>
            }
        </section>
    }
}

fn instance(app: &App, region: &RegionState, nic: NetworkInterfaceId) -> Html {
    match parts::owner(region, nic) {
        Some(id) => parts::link(
            app,
            parts::instance_label(region, id),
            Selected::Instance(id),
        ),
        None => html! { { "No instance" } },
    }
}

/// A placement group.
pub fn placement_group(app: &App, id: PlacementGroupId) -> Html {
    let Some((region, group)) = app
        .region()
        .and_then(|region| Some((region, region.placement_groups.get(&id)?)))
    else {
        return Html::default();
    };
    let strategy = match group.strategy {
        Strategy::Cluster => "Cluster: close together in one zone",
        Strategy::Spread => "Spread: each on a rack of its own, at most 7 running in a zone",
        Strategy::Partition => "Partition: partitions share no rack",
    };
    let members: Vec<_> = region
        .instances_by_serial()
        .into_iter()
        .filter(|row| row.placement.group == Some(id))
        .collect();
    let list = html! {
        if members.is_empty() {
            { "No instance" }
        } else {
            <ul class="plain-list">
                { for members.iter().map(|row| html! {
                    <li>
                        { parts::link(app, row.label(), Selected::Instance(row.id)) }
                        { match row.placement.host {
                            Some(host) => format!(" · {} · rack {}", row.zone, host.rack),
                            None => format!(" · {} · off", row.zone),
                        } }
                    </li>
                }) }
            </ul>
        }
    };
    let mut items = vec![
        KeyValue::new(
            "Group ID",
            parts::copyable(app, group.id, "the placement group ID"),
        ),
        KeyValue::text("Strategy", strategy),
    ];
    if let Some(count) = group.partition_count {
        items.push(KeyValue::text("Partitions", format!("{count} in a zone")));
    }
    items.push(KeyValue::new("Instances", list));
    card(
        app,
        html! { { group.name.clone() } },
        items,
        Section::PlacementGroups,
        Html::default(),
    )
}

/// A subnet.
pub fn subnet(app: &App, id: SubnetId) -> Html {
    let Some((region, row)) = app
        .region()
        .and_then(|region| Some((region, region.subnets.get(&id)?)))
    else {
        return Html::default();
    };
    let public = if region.is_public(row) {
        "Public: its route table leads to an internet gateway"
    } else {
        "Private: its route table does not lead to an internet gateway"
    };
    let items = vec![
        KeyValue::new("Subnet ID", parts::copyable(app, row.id, "the subnet ID")),
        KeyValue::text("Zone", row.zone),
        KeyValue::new("Addresses", html! { <code>{ row.cidr.to_string() }</code> }),
        KeyValue::text(
            "Free",
            format!("{} of {}", free_addresses(region, row), row.capacity()),
        ),
        KeyValue::text("Kind", public),
        KeyValue::text(
            "New instances",
            if row.map_public_ip_on_launch {
                "get a public IPv4 address"
            } else {
                "get no public IPv4 address"
            },
        ),
    ];
    let note = html! { <p class="muted">{ "AWS keeps five addresses of every subnet for itself: the first four and the last." }</p> };
    card(
        app,
        html! { { format!("Subnet in {}", row.zone) } },
        items,
        Section::Network,
        note,
    )
}

/// An Elastic IP address.
pub fn address(app: &App, id: AllocationId) -> Html {
    let Some((region, row)) = app
        .region()
        .and_then(|region| Some((region, region.addresses.get(&id)?)))
    else {
        return Html::default();
    };
    let mut items = vec![KeyValue::new(
        "Allocation ID",
        parts::copyable(app, row.id, "the allocation ID"),
    )];
    match row.association {
        Some(tie) => {
            items.push(KeyValue::new(
                "Instance",
                instance(app, region, tie.network_interface),
            ));
            items.push(KeyValue::new(
                "Private IPv4",
                parts::copyable(app, tie.private_ip, "the private IPv4 address"),
            ));
            items.push(KeyValue::new(
                "Interface",
                parts::link(
                    app,
                    tie.network_interface.to_string(),
                    Selected::NetworkInterface(tie.network_interface),
                ),
            ));
        }
        None => items.push(KeyValue::text("Instance", "Not associated")),
    }
    let note = html! { <p class="muted">{ "Every public IPv4 address costs $0.005 an hour, used or not. Release what you do not need." }</p> };
    card(
        app,
        html! { <code>{ row.public_ip.to_string() }</code> },
        items,
        Section::Addresses,
        note,
    )
}

/// A network interface.
pub fn interface(app: &App, id: NetworkInterfaceId) -> Html {
    let Some((region, row)) = app
        .region()
        .and_then(|region| Some((region, region.network_interfaces.get(&id)?)))
    else {
        return Html::default();
    };
    let items = vec![
        KeyValue::new(
            "Interface ID",
            parts::copyable(app, row.id, "the interface ID"),
        ),
        KeyValue::new("Instance", instance(app, region, row.id)),
        KeyValue::new(
            "Subnet",
            parts::link(
                app,
                parts::subnet_label(region, row.subnet),
                Selected::Subnet(row.subnet),
            ),
        ),
        KeyValue::new(
            "Private IPv4",
            parts::copyable(app, row.private_ip(), "the private IPv4 address"),
        ),
        KeyValue::new(
            "Public IPv4",
            row.public_ip().map_or_else(Html::default, |ip| {
                parts::copyable(app, ip, "the public IPv4 address")
            }),
        ),
        KeyValue::new("Groups", parts::group_tags(region, &row.groups)),
        KeyValue::text("MAC address", row.mac_text()),
        KeyValue::text(
            "Source/dest. check",
            if row.source_dest_check { "On" } else { "Off" },
        ),
    ];
    let note = html! { <p class="muted">{ "Groups, addresses and the subnet belong to the interface; the instance has them through it." }</p> };
    card(
        app,
        html! { { "Network interface" } },
        items,
        Section::NetworkInterfaces,
        note,
    )
}

/// A key pair.
pub fn key_pair(app: &App, id: KeyPairId) -> Html {
    let Some((region, row)) = app
        .region()
        .and_then(|region| Some((region, region.key_pairs.get(&id)?)))
    else {
        return Html::default();
    };
    let users: Vec<_> = region
        .instances_by_serial()
        .into_iter()
        .filter(|instance| instance.key_name.as_deref() == Some(row.name.as_str()))
        .collect();
    let used = html! {
        if users.is_empty() {
            { "No instance" }
        } else {
            <ul class="plain-list">
                { for users.iter().map(|row| html! { <li>{ parts::link(app, row.label(), Selected::Instance(row.id)) }</li> }) }
            </ul>
        }
    };
    let items = vec![
        KeyValue::new(
            "Key pair ID",
            parts::copyable(app, row.id, "the key pair ID"),
        ),
        KeyValue::text("Type", if row.kind == "rsa" { "RSA" } else { "ED25519" }),
        KeyValue::new(
            "Fingerprint",
            html! { <code>{ row.fingerprint.clone() }</code> },
        ),
        KeyValue::new("Used by", used),
    ];
    let note = html! {
        <p class="muted">
            { "The private half is on your laptop as " }<code>{ format!("{}.pem", row.name) }</code>
            { ". AWS has only the public half and puts it into an instance at launch." }
        </p>
    };
    card(
        app,
        html! { { row.name.clone() } },
        items,
        Section::KeyPairs,
        note,
    )
}
