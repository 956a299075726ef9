//! The three gates of an interface: its security groups, its subnet's ACL, its subnet's route table.

use super::probe::words;
use super::resolve::Door;
use super::trace::{Cause, Component, Decision, Hop, Way};
use super::walk::Packet;
use crate::ids::SecurityGroupId;
use crate::operations::network::route_table::is_blackhole;
use crate::resources::route_table::RouteTarget;
use crate::resources::security_group::{
    ECHO_REPLY, ECHO_REQUEST, Permission, Protocol, SecurityGroup, SecurityGroupRule,
};
use std::net::Ipv4Addr;

/// What a gate said: its hop, and the cause when it did not let the packet through.
pub(super) type Gate = (Hop, Option<Cause>);

pub(super) fn hop(
    component: Component,
    id: String,
    way: Way,
    decision: Decision,
    text: String,
) -> Hop {
    Hop {
        component,
        id,
        way,
        decision,
        text,
        rule: None,
        rule_id: None,
    }
}

fn names(groups: &[&SecurityGroup]) -> String {
    groups
        .iter()
        .map(|group| group.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The groups of the interface, on the first packet: any rule of any group is enough.
pub(super) fn groups(
    door: Door<'_>,
    packet: &Packet,
    egress: bool,
    peer: Ipv4Addr,
    other: Option<Door<'_>>,
) -> Gate {
    let peer_groups: &[SecurityGroupId] = other.map_or(&[], |other| &other.interface.groups);
    let own: Vec<&SecurityGroup> = door
        .interface
        .groups
        .iter()
        .filter_map(|id| door.region.security_groups.get(id))
        .collect();
    let found = own.iter().find_map(|group| {
        let allows = |rule: &&SecurityGroupRule| {
            rule.permission
                .allows(packet.protocol, packet.port, peer, peer_groups)
        };
        group
            .rules_of(egress)
            .find(allows)
            .map(|rule| (group, rule))
    });
    let side = if egress { "outbound" } else { "inbound" };
    let from = if egress { "to" } else { "from" };
    let what = words(packet.protocol, packet.port);
    match found {
        Some((group, rule)) => {
            let permission = rule.permission;
            let text = format!("{}, {side}: a rule allows {what} {from} {peer}", group.name);
            let mut passed = hop(
                Component::SecurityGroup,
                group.id.to_string(),
                Way::Out,
                Decision::Passed,
                text,
            );
            passed.rule = Some(format!(
                "{side} {} {from} {}",
                ports(&permission),
                permission.peer
            ));
            passed.rule_id = Some(rule.id.to_string());
            (passed, None)
        }
        None => {
            let text = format!(
                "{}, {side}: no rule matches {what} {from} {peer}",
                names(&own)
            );
            let id = own
                .first()
                .map(|group| group.id.to_string())
                .unwrap_or_default();
            let cause = Cause::SecurityGroups {
                interface: door.interface.id,
                egress,
                peer,
                peer_interface: other.map(|other| other.interface.id),
            };
            (
                hop(
                    Component::SecurityGroup,
                    id,
                    Way::Out,
                    Decision::Dropped,
                    text,
                ),
                Some(cause),
            )
        }
    }
}

/// `tcp 80`, `tcp 8000–8080`, `all traffic`.
fn ports(permission: &Permission) -> String {
    match permission.protocol {
        Protocol::All => "all traffic".to_owned(),
        protocol if protocol.has_ports() && permission.from_port == permission.to_port => {
            format!("{protocol} {}", permission.from_port)
        }
        protocol if protocol.has_ports() => {
            format!("{protocol} {}–{}", permission.from_port, permission.to_port)
        }
        protocol => protocol.to_string(),
    }
}

/// The groups remember the connection, so its answer passes without a look at the rules.
pub(super) fn remembered(door: Door<'_>) -> Hop {
    let own: Vec<&SecurityGroup> = door
        .interface
        .groups
        .iter()
        .filter_map(|id| door.region.security_groups.get(id))
        .collect();
    let id = own
        .first()
        .map(|group| group.id.to_string())
        .unwrap_or_default();
    let text = format!(
        "{}: remembers the connection, so the answer passes",
        names(&own)
    );
    hop(
        Component::SecurityGroup,
        id,
        Way::Back,
        Decision::Passed,
        text,
    )
}

/// The subnet's ACL, in one direction: it remembers nothing, so it is asked again for the answer.
pub(super) fn acl(
    door: Door<'_>,
    packet: &Packet,
    way: Way,
    egress: bool,
    peer: Ipv4Addr,
    port: Option<u16>,
) -> Gate {
    let side = if egress { "outbound" } else { "inbound" };
    let Some(acl) = door.region.acl_of(door.interface.subnet) else {
        return (
            hop(
                Component::NetworkAcl,
                String::new(),
                way,
                Decision::Passed,
                "No network ACL filters this subnet".to_owned(),
            ),
            None,
        );
    };
    let echo = if way == Way::Out {
        ECHO_REQUEST
    } else {
        ECHO_REPLY
    };
    let kind = (packet.protocol == Protocol::Icmp)
        .then_some(echo)
        .and_then(|kind| u16::try_from(kind).ok());
    let rule = acl.decide(egress, packet.protocol, port.or(kind), peer);
    let allowed = rule.is_some_and(|rule| rule.allow);
    let number = rule.map_or("*".to_owned(), |rule| rule.number.to_string());
    let what = words(packet.protocol, port);
    let again = if way == Way::Back {
        " (checked again: an ACL remembers nothing)"
    } else {
        ""
    };
    let verb = if allowed { "allows" } else { "denies" };
    let text = format!("Network ACL, {side}: rule {number} {verb} {what}{again}");
    let decision = if allowed {
        Decision::Passed
    } else {
        Decision::Dropped
    };
    let mut gate = hop(
        Component::NetworkAcl,
        acl.id.to_string(),
        way,
        decision,
        text,
    );
    gate.rule = Some(rule.map_or("* deny all".to_owned(), |rule| {
        format!(
            "{number} {} {} {}",
            if rule.allow { "allow" } else { "deny" },
            rule.protocol,
            rule.cidr
        )
    }));
    let cause = Cause::NetworkAcl {
        acl: acl.id,
        egress,
        rule: rule.map(|rule| rule.number),
        peer,
        port,
    };
    (gate, (!allowed).then_some(cause))
}

/// Where the subnet's route table sends a packet for this address.
pub(super) fn route(
    door: Door<'_>,
    way: Way,
    destination: Ipv4Addr,
) -> (Hop, Result<RouteTarget, Cause>) {
    let subnet = door.region.subnets.get(&door.interface.subnet);
    let table = subnet.and_then(|subnet| door.region.route_table_of(subnet));
    let id = table.map(|table| table.id.to_string()).unwrap_or_default();
    let found = table.and_then(|table| Some((table, table.lookup(destination)?)));
    let Some((table, route)) = found else {
        let text = format!("Route table: no route leads to {destination}");
        let cause = Cause::NoRoute {
            table: table.map(|table| table.id),
            destination,
        };
        return (
            hop(Component::RouteTable, id, way, Decision::Dropped, text),
            Err(cause),
        );
    };
    let to = match route.target {
        RouteTarget::Local => "stays inside the VPC".to_owned(),
        RouteTarget::InternetGateway(_) => "goes to the internet gateway".to_owned(),
        RouteTarget::NatGateway(id) => format!("goes to the NAT gateway {id}"),
        RouteTarget::VpcPeeringConnection(id) => format!("goes to the peering connection {id}"),
        RouteTarget::VpcEndpoint(id) => format!("goes to the endpoint {id}"),
        RouteTarget::NetworkInterface(id) => format!("goes to {id}"),
    };
    let text = format!(
        "Route table: {destination} matches {} and {to}",
        route.destination
    );
    let mut passed = hop(
        Component::RouteTable,
        id.clone(),
        way,
        Decision::Passed,
        text,
    );
    passed.rule = Some(route.destination.to_string());
    // A pending NAT gateway is a target that is there; it says itself that it is not ready.
    if is_blackhole(door.region, table, route.target)
        && !matches!(
            route.target,
            RouteTarget::NatGateway(id) if door.region.nat_gateways.contains(&id)
        )
    {
        passed.decision = Decision::Dropped;
        passed.text = format!(
            "Route table: {destination} matches {}, whose target is gone: a black hole",
            route.destination
        );
        let cause = Cause::Blackhole {
            table: table.id,
            destination,
        };
        return (passed, Err(cause));
    }
    (passed, Ok(route.target))
}
