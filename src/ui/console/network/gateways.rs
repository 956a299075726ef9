//! The table of gateways: what leads out of VPCs, into services and into other VPCs.

use super::create_gateway::CreateGateway;
use crate::app::use_app;
use crate::state::App;
use crate::ui::components::{
    Button, Cell, Column, IconName, Row, StatusIndicator, StatusKind, Table,
};
use crate::ui::console::section::confirm::Confirm;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::nat_gateway::NatGatewayState;
use ec2_lab_engine::resources::peering::PeeringState;
use ec2_lab_engine::resources::vpc_endpoint::{EndpointKind, EndpointState};
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("kind", "Kind"),
        Column::new("id", "ID"),
        Column::new("state", "State"),
        Column::new("vpc", "VPC"),
        Column::new("meaning", "Leads").wraps(),
        Column::new("action", "Action").unsorted(),
    ]
}

/// One of them, whatever its kind.
struct Gateway {
    kind: &'static str,
    id: String,
    status: (StatusKind, &'static str),
    vpc: String,
    meaning: String,
    /// What takes it away, and what then is lost.
    end: Option<(Call, &'static str)>,
    /// What else it is waiting for.
    next: Option<(Call, &'static str)>,
}

fn all(app: &App, region: &RegionState) -> Vec<Gateway> {
    let mut rows = Vec::new();
    rows.extend(region.internet_gateways.values().map(|row| Gateway {
        kind: "Internet gateway",
        id: row.id.to_string(),
        status: match row.vpc {
            Some(_) => (StatusKind::Success, "Attached"),
            None => (StatusKind::Stopped, "Detached"),
        },
        vpc: row.vpc.map(|id| id.to_string()).unwrap_or_default(),
        meaning: "To the internet and back, for what has a public address.".to_owned(),
        end: row.vpc.is_none().then(|| {
            (
                app.call(
                    "DeleteInternetGateway",
                    json!({ "InternetGatewayId": row.id.to_string() }),
                ),
                "No VPC uses it.",
            )
        }),
        next: None,
    }));
    rows.extend(region.nat_gateways.values().map(|row| {
        let status = match row.state {
            NatGatewayState::Pending => (StatusKind::Pending, "Pending"),
            NatGatewayState::Available => (StatusKind::Success, "Available"),
            NatGatewayState::Failed => (StatusKind::Error, "Failed"),
            NatGatewayState::Deleting => (StatusKind::InProgress, "Deleting"),
            NatGatewayState::Deleted => (StatusKind::Stopped, "Deleted"),
        };
        let end = matches!(
            row.state,
            NatGatewayState::Available | NatGatewayState::Pending
        );
        Gateway {
            kind: "NAT gateway",
            id: row.id.to_string(),
            status,
            vpc: row.vpc.to_string(),
            meaning: match row.public {
                Some((_, _, ip)) => format!("Out to the internet as {ip}; nothing comes in."),
                None => "Out to other private networks.".to_owned(),
            },
            end: end.then(|| {
                (
                    app.call(
                        "DeleteNatGateway",
                        json!({ "NatGatewayId": row.id.to_string() }),
                    ),
                    "Routes to it become black holes. Its Elastic IP address stays yours.",
                )
            }),
            next: None,
        }
    }));
    rows.extend(region.vpc_endpoints.values().map(|row| Gateway {
        kind: match row.kind {
            EndpointKind::Gateway { .. } => "Gateway endpoint",
            EndpointKind::Interface { .. } => "Interface endpoint",
        },
        id: row.id.to_string(),
        status: match row.state {
            EndpointState::Pending => (StatusKind::Pending, "Pending"),
            EndpointState::Available => (StatusKind::Success, "Available"),
        },
        vpc: row.vpc.to_string(),
        meaning: format!("To {}, without the internet.", row.service),
        end: Some((
            app.call(
                "DeleteVpcEndpoints",
                json!({ "VpcEndpointIds": [row.id.to_string()] }),
            ),
            "Its routes and interfaces go with it.",
        )),
        next: None,
    }));
    rows.extend(region.peering_connections.values().map(|row| {
        let status = match row.state {
            PeeringState::PendingAcceptance => (StatusKind::Pending, "Pending acceptance"),
            PeeringState::Active => (StatusKind::Success, "Active"),
            PeeringState::Rejected => (StatusKind::Stopped, "Rejected"),
            PeeringState::Expired => (StatusKind::Stopped, "Expired"),
            PeeringState::Deleted => (StatusKind::Stopped, "Deleted"),
        };
        let input = json!({ "VpcPeeringConnectionId": row.id.to_string() });
        let open = matches!(
            row.state,
            PeeringState::PendingAcceptance | PeeringState::Active
        );
        Gateway {
            kind: "Peering connection",
            id: row.id.to_string(),
            status,
            vpc: row.requester.vpc.to_string(),
            meaning: format!(
                "To {} in {} and back, and no further.",
                row.accepter.vpc, row.accepter.place.region
            ),
            end: open.then(|| {
                (
                    app.call("DeleteVpcPeeringConnection", input.clone()),
                    "Routes through it become black holes on both sides.",
                )
            }),
            next: (row.state == PeeringState::PendingAcceptance).then(|| {
                let mut call = app.call("AcceptVpcPeeringConnection", input);
                call.caller = row.accepter.place.clone();
                (call, "Accept")
            }),
        }
    }));
    rows
}

/// The table.
#[component]
pub fn Gateways() -> Html {
    let app = use_app();
    let open = use_state(|| None::<String>);
    let creating = use_state(|| false);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let gateways = all(&app, region);
    let rows: Vec<Row> = gateways
        .iter()
        .map(|row| {
            let (kind, words) = row.status;
            let ask = {
                let (open, id) = (open.setter(), row.id.clone());
                Callback::from(move |_: MouseEvent| open.set(Some(id.clone())))
            };
            let next = row.next.as_ref().map(|(call, words)| {
                let (app, call) = (app.clone(), call.clone());
                let onclick = Callback::from(move |_: MouseEvent| {
                    app.dispatch(crate::state::Message::Call(vec![call.clone()]));
                });
                html! { <Button small=true id={format!("gateway-next-{}", row.id)} {onclick}>{ *words }</Button> }
            });
            let action = html! {
                <span class="cell-row">
                    { for next }
                    if row.end.is_some() {
                        <Button small=true icon={IconName::Remove} id={format!("gateway-delete-{}", row.id)}
                            label={format!("Delete {}", row.id)} onclick={ask}>{ "Delete" }</Button>
                    }
                </span>
            };
            Row::new(
                row.id.clone(),
                row.id.clone(),
                vec![
                    Cell::text(row.kind),
                    Cell::code(row.id.clone()),
                    Cell::view(html! { <StatusIndicator {kind}>{ words }</StatusIndicator> }, words),
                    Cell::code(row.vpc.clone()),
                    Cell::text(row.meaning.clone()),
                    Cell::view(action, ""),
                ],
            )
        })
        .collect();
    let asked = open
        .as_ref()
        .and_then(|id| gateways.iter().find(|row| row.id == *id))
        .and_then(|row| Some((row, row.end.clone()?)));
    let onclose = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let show = |value: bool| {
        let creating = creating.setter();
        Callback::from(move |_: MouseEvent| creating.set(value))
    };
    let created = {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(false))
    };
    let actions =
        html! { <Button id="gateway-create" onclick={show(true)}>{ "Create gateway" }</Button> };
    html! {
        <>
            <Table id="gateways" title="Gateways" columns={columns()} {rows} {actions} />
            <CreateGateway open={*creating} onclose={created} />
            if let Some((row, (call, words))) = asked {
                <Confirm id="gateway-delete-dialog" open=true title={format!("Delete {}?", row.id)} action="Delete"
                    calls={vec![call]} {onclose}>
                    <p>{ words }</p>
                </Confirm>
            }
        </>
    }
}
