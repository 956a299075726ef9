//! The table of subnets: zone, addresses, public or private and why.

use crate::app::use_app;
use crate::state::{App, Message, Selected};
use crate::ui::components::{
    Button, Cell, Column, Row, Selection, StatusIndicator, StatusKind, Table,
};
use ec2_lab_engine::ids::{ResourceId, SubnetId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::operations::network::subnet::free_addresses;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::vpc::Subnet;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("zone", "Zone"),
        Column::new("name", "Name"),
        Column::new("cidr", "IPv4 CIDR"),
        Column::new("kind", "Kind").wraps(),
        Column::new("public", "Auto-assign public IPv4"),
        Column::new("free", "Free addresses").numeric(),
        Column::new("id", "Subnet ID"),
    ]
}

fn row(app: &App, region: &RegionState, subnet: &Subnet) -> Row {
    let (kind, word, why) = if region.is_public(subnet) {
        (
            StatusKind::Success,
            "Public",
            "0.0.0.0/0 leads to an internet gateway",
        )
    } else {
        (
            StatusKind::Stopped,
            "Private",
            "no route to an internet gateway",
        )
    };
    let on = subnet.map_public_ip_on_launch;
    let toggle = {
        let app = app.clone();
        let call = app.call(
            "ModifySubnetAttribute",
            json!({ "SubnetId": subnet.id.to_string(), "MapPublicIpOnLaunch": { "Value": !on } }),
        );
        let words = format!(
            "New instances in {} get {} public IPv4 address.",
            subnet.zone,
            if on { "no" } else { "a" }
        );
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::CallSaying(vec![call.clone()], words.clone()))
        })
    };
    let assign = html! {
        <span class="cell-row">
            { if on { "Yes" } else { "No" } }
            <Button small=true id={format!("subnet-public-{}", if subnet.default_for_az { subnet.zone.to_owned() } else { subnet.id.to_string() })} onclick={toggle}
                label={format!("Turn {} automatic public addresses in {} {}", if on { "off" } else { "on" }, subnet.zone, subnet.cidr)}>
                { if on { "Turn off" } else { "Turn on" } }
            </Button>
        </span>
    };
    let kind_view = html! {
        <div>
            <StatusIndicator {kind}>{ word }</StatusIndicator>
            <span class="muted cell-note">{ why }</span>
        </div>
    };
    Row::new(
        subnet.id.to_string(),
        format!("the subnet {} in {}", subnet.cidr, subnet.zone),
        vec![
            Cell::text(subnet.zone),
            Cell::text(subnet.tags.name().unwrap_or_default().to_owned()),
            Cell::code(subnet.cidr.to_string()),
            Cell::view(kind_view, word),
            Cell::view(assign, if on { "Yes" } else { "No" }),
            Cell::text(free_addresses(region, subnet).to_string()),
            Cell::code(subnet.id.to_string()),
        ],
    )
}

/// The table.
#[component]
pub fn Subnets() -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let rows: Vec<Row> = region
        .subnets_by_serial()
        .map(|subnet| row(&app, region, subnet))
        .collect();
    let selected: Vec<AttrValue> = match app.selected {
        Some(Selected::Subnet(id)) => vec![AttrValue::from(id.to_string())],
        _ => Vec::new(),
    };
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids.iter().next().and_then(|text| SubnetId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::Subnet)));
        })
    };
    html! {
        <Table id="subnets" title="Subnets" columns={columns()} {rows} {selected} {onselect}
            selection={Selection::Single} filter="Find by zone, id or range" />
    }
}
