//! Against what stands between a subnet and the rest of the world: routes, gateways, peering, machines that pass on.

use super::super::{Candidate, Change, Exposure};
use super::Search;
use crate::guest::service;
use crate::ids::{
    InstanceId, NatGatewayId, NetworkInterfaceId, RouteTableId, VpcId, VpcPeeringConnectionId,
};
use crate::json::{Value, json};
use crate::object;
use crate::output::text;
use crate::resources::nat_gateway::{Connectivity, NatGatewayState};
use crate::resources::peering::PeeringState;
use crate::resources::route_table::RouteTable;
use std::net::Ipv4Addr;

/// A way that a route could lead, as the parameter of CreateRoute that names it.
struct Lead {
    parameter: &'static str,
    id: String,
    /// In words.
    name: String,
    note: &'static str,
    /// For which ranges it makes sense.
    ranges: Vec<String>,
    /// Whether it lets anything in.
    opens: bool,
}

impl Search<'_> {
    /// Where packets for an address could be sent from a VPC: what is there already.
    fn leads(&self, vpc: VpcId, destination: Ipv4Addr) -> Vec<Lead> {
        let mut leads = Vec::new();
        let peerings = self.region.peering_connections.values().filter_map(|row| {
            let side = row.other_side(vpc)?;
            let net = side.cidrs.iter().find(|net| net.contains(&destination))?;
            (row.state == PeeringState::Active).then(|| Lead {
                parameter: "VpcPeeringConnectionId",
                id: row.id.to_string(),
                name: format!("the peering connection {}", row.id),
                note: "Both VPCs need a route to the other.",
                ranges: vec![net.to_string()],
                opens: false,
            })
        });
        leads.extend(peerings);
        if destination.is_private() {
            return leads;
        }
        let everything = "0.0.0.0/0".to_owned();
        if let Some(gateway) = self.region.gateway_of(vpc) {
            leads.push(Lead {
                parameter: "GatewayId",
                id: gateway.id.to_string(),
                name: "the internet gateway".to_owned(),
                note: "A subnet whose table leads to an internet gateway is a public one.",
                ranges: vec![format!("{destination}/32"), everything.clone()],
                opens: true,
            });
        }
        let nats = self.region.nat_gateways.values().filter(|row| {
            row.vpc == vpc
                && row.connectivity == Connectivity::Public
                && matches!(
                    row.state,
                    NatGatewayState::Available | NatGatewayState::Pending
                )
        });
        leads.extend(nats.map(|row| Lead {
            parameter: "NatGatewayId",
            id: row.id.to_string(),
            name: format!("the NAT gateway {}", row.id),
            note: "Connections go out and nothing comes in.",
            ranges: vec![everything.clone()],
            opens: false,
        }));
        leads
    }

    /// The input of a route call.
    fn route_input(table: &RouteTable, range: &str, lead: &Lead) -> Value {
        let mut input = object! { "RouteTableId": text(table.id), "DestinationCidrBlock": range };
        if let Some(map) = input.as_object_mut() {
            map.insert(lead.parameter.to_owned(), Value::from(lead.id.as_str()));
        }
        input
    }

    /// A route that is missing.
    pub(super) fn route(&mut self, table: Option<RouteTableId>, destination: Ipv4Addr) {
        let Some(table) = table.and_then(|id| self.region.route_tables.get(&id)) else {
            return;
        };
        for lead in self.leads(table.vpc, destination) {
            for range in &lead.ranges {
                let call = self.call("CreateRoute", Self::route_input(table, range, &lead));
                let addresses = match (lead.opens, range.ends_with("/32")) {
                    (false, _) => 0,
                    (true, true) => 1,
                    (true, false) => Exposure::EVERYBODY,
                };
                self.add(
                    format!("Add the route {range} to {}", lead.name),
                    lead.note,
                    vec![call],
                    Exposure {
                        addresses,
                        ports: 0,
                    },
                );
            }
        }
    }

    /// A route that leads to the wrong thing.
    pub(super) fn other_target(&mut self, table: RouteTableId, destination: Ipv4Addr) {
        let Some(table) = self.region.route_tables.get(&table) else {
            return;
        };
        let Some(route) = table.lookup(destination) else {
            return;
        };
        let range = route.destination.to_string();
        for lead in self.leads(table.vpc, destination) {
            let call = self.call("ReplaceRoute", Self::route_input(table, &range, &lead));
            let addresses = if lead.opens { Exposure::EVERYBODY } else { 0 };
            self.add(
                format!("Let the route {range} lead to {}", lead.name),
                lead.note,
                vec![call],
                Exposure {
                    addresses,
                    ports: 0,
                },
            );
        }
    }

    /// The subnet's way out through a NAT gateway that is there.
    pub(super) fn nat_instead(&mut self, instance: InstanceId) {
        let region = self.region;
        let table = region
            .instances
            .get(&instance)
            .and_then(|row| region.primary_interface(row))
            .and_then(|nic| region.subnets.get(&nic.subnet))
            .and_then(|subnet| region.route_table_of(subnet));
        let Some(table) = table else { return };
        let Some(gateway) = region
            .nat_gateways
            .values()
            .find(|row| row.vpc == table.vpc && row.state == NatGatewayState::Available)
        else {
            return;
        };
        let input = object! {
            "RouteTableId": text(table.id), "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": text(gateway.id),
        };
        let call = self.call("ReplaceRoute", input);
        self.add(
            format!(
                "Let the route 0.0.0.0/0 lead to the NAT gateway {}",
                gateway.id
            ),
            "The subnet becomes a private one: connections go out and nothing comes in.",
            vec![call],
            Exposure::default(),
        );
    }

    /// An internet gateway for a VPC that has none: a free one, else a new one.
    pub(super) fn gateway(&mut self, vpc: VpcId) {
        let attach = |id: Value| object! { "InternetGatewayId": id, "VpcId": text(vpc) };
        let free = self
            .region
            .internet_gateways
            .values()
            .find(|row| row.vpc.is_none());
        let note = "Without one, a VPC has no way to the internet at all.";
        if let Some(row) = free {
            let call = self.call("AttachInternetGateway", attach(text(row.id)));
            self.add(
                format!("Attach the internet gateway {} to {vpc}", row.id),
                note,
                vec![call],
                Exposure::default(),
            );
            return;
        }
        let create = self.call("CreateInternetGateway", json!({}));
        // The id is known beforehand: the same call on a copy gets the same one.
        let answer = self
            .world
            .clone()
            .execute(&self.caller, create.operation, &create.input)
            .result;
        let id = answer.ok().and_then(|answer| {
            answer
                .pointer("/InternetGateway/InternetGatewayId")
                .cloned()
        });
        if let Some(id) = id {
            let call = self.call("AttachInternetGateway", attach(id));
            self.add(
                format!("Create an internet gateway and attach it to {vpc}"),
                note,
                vec![create, call],
                Exposure::default(),
            );
        }
    }

    /// A NAT gateway that is still pending.
    pub(super) fn wait_for_nat(&mut self, gateway: NatGatewayId) {
        let Some(row) = self
            .region
            .nat_gateways
            .get(&gateway)
            .filter(|row| row.state == NatGatewayState::Pending)
        else {
            return;
        };
        self.found.push(Candidate {
            title: format!("Wait until the NAT gateway {gateway} is available"),
            note: "Nothing is wrong.".to_owned(),
            change: Change::Wait(row.due.since(self.world.now())),
            exposure: Exposure::default(),
        });
    }

    /// The other side says yes to a peering request.
    pub(super) fn accept(&mut self, connection: VpcPeeringConnectionId) {
        let Some(row) = self
            .region
            .peering_connections
            .get(&connection)
            .filter(|row| row.state == PeeringState::PendingAcceptance)
        else {
            return;
        };
        let mut call = self.call(
            "AcceptVpcPeeringConnection",
            object! { "VpcPeeringConnectionId": text(connection) },
        );
        call.caller = row.accepter.place.clone();
        self.add(
            format!("Accept the peering connection {connection}"),
            "It carries packets once the other side has said yes.",
            vec![call],
            Exposure::default(),
        );
    }

    /// An interface that takes packets which are not meant for it.
    pub(super) fn no_check(&mut self, interface: NetworkInterfaceId) {
        let input = object! {
            "NetworkInterfaceId": text(interface), "SourceDestCheck": object! { "Value": false },
        };
        let call = self.call("ModifyNetworkInterfaceAttribute", input);
        self.add(
            format!("Turn the source/destination check of {interface} off"),
            "A machine that passes packets on gets packets that are not meant for it.",
            vec![call],
            Exposure::default(),
        );
    }

    /// A machine that passes packets on.
    pub(super) fn forwarding(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else {
            return;
        };
        let title = format!("Let {} pass packets on and masquerade", row.label());
        let input = object! { "InstanceId": text(instance), "Name": service::FORWARDER };
        let call = self.call("StartService", input);
        self.add(
            title,
            "Then it is a NAT instance.",
            vec![call],
            Exposure::default(),
        );
    }
}
