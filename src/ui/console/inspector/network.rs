//! Where an instance is in the network: subnet, routes, interface, names.

use crate::state::{App, Selected};
use crate::ui::components::{KeyValue, KeyValueList};
use crate::ui::console::section::parts;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::Instance;
use yew::prelude::*;

/// The list of an instance's network facts.
pub fn view(app: &App, region: &RegionState, row: &Instance) -> Html {
    let subnet = region.subnets.get(&row.subnet);
    let nic = region.primary_interface(row);
    let public = nic
        .and_then(|nic| nic.addresses.first())
        .and_then(|address| address.public);
    let kind = match public {
        Some(public) if public.allocation.is_some() => "Elastic IP: it stays at a stop",
        Some(_) => "Assigned by AWS: it changes at every stop and start",
        None if row.public_ip_at_start => "None now; it gets one at its next start",
        None => "None: the internet cannot reach it, and it cannot reach the internet",
    };
    let mut items = vec![
        KeyValue::text("Public address", kind),
        KeyValue::new("VPC", parts::copyable(app, row.vpc, "the VPC ID")),
        KeyValue::new(
            "Subnet",
            parts::link(
                app,
                parts::subnet_label(region, row.subnet),
                Selected::Subnet(row.subnet),
            ),
        ),
    ];
    if let Some(subnet) = subnet {
        items.push(KeyValue::text(
            "Subnet is",
            if region.is_public(subnet) {
                "public: its routes lead to an internet gateway"
            } else {
                "private: no route to an internet gateway"
            },
        ));
    }
    if let Some(nic) = nic {
        items.push(KeyValue::new(
            "Interface",
            parts::link(app, nic.id.to_string(), Selected::NetworkInterface(nic.id)),
        ));
        items.push(KeyValue::text("MAC address", nic.mac_text()));
        items.push(KeyValue::new(
            "Private DNS",
            parts::copyable(
                app,
                region.private_dns(nic.private_ip()),
                "the private DNS name",
            ),
        ));
        if let Some(ip) = nic.public_ip() {
            items.push(KeyValue::new(
                "Public DNS",
                parts::copyable(app, region.public_dns(ip), "the public DNS name"),
            ));
        }
        items.push(KeyValue::text(
            "Source/dest. check",
            if nic.source_dest_check { "On" } else { "Off" },
        ));
    }
    html! { <KeyValueList {items} /> }
}
