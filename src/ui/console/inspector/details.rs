//! What an instance is: ids, type, image, addresses, place.

use crate::state::{App, Selected};
use crate::ui::components::{KeyValue, KeyValueList, StatusIndicator, StatusKind};
use crate::ui::console::section::parts;
use crate::ui::words;
use ec2_lab_engine::network::{PlugState, plugs};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use yew::prelude::*;

/// The list of an instance's facts.
pub fn view(app: &App, region: &RegionState, row: &Instance) -> Html {
    let nic = region.primary_interface(row);
    let public = nic.and_then(|nic| nic.public_ip());
    let memory = row.kind().map_or_else(String::new, |kind| {
        format!(
            "{} · {} vCPU, {} GiB",
            row.instance_type,
            kind.vcpus,
            parts::memory(kind)
        )
    });
    let place = match row.placement.host {
        Some(host) => format!("{} · rack {}, host {}", row.zone, host.rack, host.host),
        None => format!("{} · no hardware while it is stopped", row.zone),
    };
    let group = parts::placement_name(region, row.placement.group).map(|name| {
        match row.placement.partition {
            Some(number) => format!("{name}, partition {number}"),
            None => name,
        }
    });
    let mut items = vec![
        KeyValue::new(
            "Instance ID",
            parts::copyable(app, row.id, "the instance ID"),
        ),
        KeyValue::text("Type", memory),
        KeyValue::text("Image", row.os().map_or(row.image_name, |os| os.title)),
        KeyValue::new(
            "Public IPv4",
            public.map_or_else(Html::default, |ip| {
                parts::copyable(app, ip, "the public IPv4 address")
            }),
        ),
        KeyValue::new(
            "Private IPv4",
            nic.map_or_else(Html::default, |nic| {
                parts::copyable(app, nic.private_ip(), "the private IPv4 address")
            }),
        ),
        KeyValue::text("Place", place),
        KeyValue::new(
            "Groups",
            parts::group_tags(region, &parts::groups_of(region, row)),
        ),
        KeyValue::new("Ports", ports(app, row)),
        KeyValue::new("Key pair", key(app, region, row)),
    ];
    if let Some((key, user)) = row
        .key_name
        .as_ref()
        .zip(row.os().map(|os| os.default_user))
    {
        items.push(KeyValue::text(
            "Log in as",
            format!("{user}, with {key}.pem"),
        ));
    }
    if let Some((id, words)) = row.placement.group.zip(group) {
        items.push(KeyValue::new(
            "Placement group",
            parts::link(app, words, Selected::PlacementGroup(id)),
        ));
    }
    items.push(KeyValue::text(
        "Protection",
        if row.disable_api_termination {
            "Termination protection is on"
        } else {
            ""
        },
    ));
    html! { <KeyValueList {items} /> }
}

fn key(app: &App, region: &RegionState, row: &Instance) -> Html {
    match &row.key_name {
        None => html! { { "None: nobody can log in with SSH" } },
        Some(name) => match region.key_by_name(name) {
            Some(key) => parts::link(app, name.clone(), Selected::KeyPair(key.id)),
            None => html! { { format!("{name} (deleted at AWS; the machine still knows it)") } },
        },
    }
}

/// The ports as they look from the chosen viewpoint, in words.
fn ports(app: &App, row: &Instance) -> Html {
    let plugs = plugs(app.session.world(), &app.caller, app.viewpoint, row.id);
    if plugs.is_empty() {
        let why = if row.state == InstanceState::Running {
            "Nothing listens, and no rule is open"
        } else {
            "Nothing listens while it is off"
        };
        return html! { { why } };
    }
    html! {
        <ul class="plain-list">
            { for plugs.iter().map(|plug| {
                let (kind, word) = match plug.state {
                    PlugState::Open => (StatusKind::Success, "connects"),
                    PlugState::Locked => (StatusKind::Error, "times out: no rule"),
                    PlugState::Hollow => (StatusKind::Info, "refused: nothing listens"),
                };
                let service = plug.service.as_deref().unwrap_or("");
                html! {
                    <li>
                        <StatusIndicator {kind}>
                            { format!("{} {service} {word}", plug.port).replace("  ", " ") }
                        </StatusIndicator>
                    </li>
                }
            }) }
        </ul>
    }
}

/// How long the instance has been in its state.
#[must_use]
pub fn since(app: &App, row: &Instance) -> String {
    words::duration(app.clock().since(row.state_since) / 1_000 * 1_000)
}
