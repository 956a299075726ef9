//! The route tables: where packets of a subnet go; the way to the internet can be taken out and put back.

use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{Alert, Button, Cell, Column, IconName, Row, StatusKind, Table};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::route_table::{Route, RouteTable, RouteTarget};
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("destination", "Destination"),
        Column::new("target", "Target"),
        Column::new("meaning", "Meaning").wraps(),
        Column::new("action", "Action").unsorted(),
    ]
}

fn send(app: &App, call: Call, words: &'static str) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.dispatch(Message::CallSaying(vec![call.clone()], words.to_owned())))
}

fn row(app: &App, table: &RouteTable, route: &Route, mark: &str) -> Row {
    let destination = route.destination.to_string();
    let everything = route.destination.is_default();
    let (target, meaning) = match route.target {
        RouteTarget::Local => (
            "local".to_owned(),
            "Between the instances of the VPC. It cannot be removed.",
        ),
        RouteTarget::InternetGateway(id) if everything => (
            id.to_string(),
            "Everything else goes to the internet: what makes a subnet public.",
        ),
        RouteTarget::InternetGateway(id) => (
            id.to_string(),
            "These addresses are reached over the internet.",
        ),
        RouteTarget::NetworkInterface(id) => (
            id.to_string(),
            "Through the instance that has this interface.",
        ),
        RouteTarget::NatGateway(id) => (
            id.to_string(),
            "Out through the NAT gateway: connections begin inside, nothing comes in.",
        ),
        RouteTarget::VpcPeeringConnection(id) => (
            id.to_string(),
            "To the VPC at the other end of the peering connection.",
        ),
        RouteTarget::VpcEndpoint(id) => (
            id.to_string(),
            "To a service of AWS, without the internet. The endpoint keeps this route itself.",
        ),
    };
    let kept = matches!(
        route.target,
        RouteTarget::Local | RouteTarget::VpcEndpoint(_)
    );
    let action = if kept {
        Cell::text("")
    } else {
        let call = app.call(
            "DeleteRoute",
            json!({ "RouteTableId": table.id.to_string(), "DestinationCidrBlock": destination }),
        );
        let onclick = send(
            app,
            call,
            "Removed the route. Packets for these addresses have nowhere to go now.",
        );
        Cell::view(
            html! {
                <Button small=true icon={IconName::Remove} id={if everything { format!("route-remove{mark}") } else { format!("route-remove-{destination}{mark}") }}
                    label={format!("Remove the route to {destination}")} {onclick}>{ "Remove" }</Button>
            },
            "",
        )
    };
    Row::new(
        destination.clone(),
        destination.clone(),
        vec![
            Cell::code(destination),
            Cell::code(target),
            Cell::text(meaning),
            action,
        ],
    )
}

/// The subnets that a table speaks for.
fn used_by(region: &RegionState, table: &RouteTable) -> String {
    let zones: Vec<&str> = region
        .subnets_by_serial()
        .filter(|subnet| {
            region
                .route_table_of(subnet)
                .is_some_and(|own| own.id == table.id)
        })
        .map(|subnet| subnet.zone)
        .collect();
    let kind = if table.is_main() {
        "Main route table, for"
    } else {
        "For"
    };
    match zones.len() {
        0 => "No subnet uses it".to_owned(),
        count if count == region.subnets.len() => format!("{kind} all {count} subnets"),
        count if count > 3 => format!("{kind} {count} subnets"),
        _ => format!("{kind} the subnets in {}", zones.join(", ")),
    }
}

/// A table for each route table.
#[component]
pub fn Routes() -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    html! {
        <>{ for parts::by_serial(region.route_tables.values(), |table| table.serial).into_iter().map(|table| {
            let mark = parts::mark(region, table.vpc, table.is_main(), table.id);
            let rows: Vec<Row> = table.routes.iter().map(|route| row(&app, table, route, &mark)).collect();
            let name = table.tags.name().map_or_else(|| "Route table".to_owned(), |name| format!("Route table {name}"));
            let open = table.routes.iter().any(|route| route.destination.is_default());
            // Only the default VPC's subnets are meant to be public from the start.
            let default = mark.is_empty();
            let gateway = region.internet_gateways.values().find(|gateway| gateway.vpc == Some(table.vpc));
            let add = gateway.filter(|_| !open).map(|gateway| {
                let call = app.call("CreateRoute", json!({
                    "RouteTableId": table.id.to_string(), "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway.id.to_string(),
                }));
                send(&app, call, "Added the route to the internet: the subnets are public again.")
            });
            html! {
                <div class="stack" key={table.id.to_string()}>
                    <Table id={format!("routes{mark}")} title={name} description={html! { { format!("{} · {}", table.id, used_by(region, table)) } }}
                        columns={columns()} {rows} />
                    if let Some(onclick) = add.filter(|_| default) {
                        <Alert kind={StatusKind::Warning} title="No way to the internet."
                            actions={html! { <Button id={format!("route-add{mark}")} {onclick}>{ "Add the internet route" }</Button> }}>
                            { "These subnets are private now: packets from and to the internet find no route, whatever the security groups say." }
                        </Alert>
                    }
                </div>
            }
        }) }</>
    }
}
