//! The three gates of an interface: its security groups, its subnet's ACL, its subnet's route table.

use super::probe::words;
use super::resolve::Site;
use super::trace::{Cause, Component, Decision, Hop, Way};
use super::walk::Packet;
use crate::ids::SecurityGroupId;
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
    site: Site<'_>,
    packet: &Packet,
    egress: bool,
    peer: Ipv4Addr,
    other: Option<Site<'_>>,
) -> Gate {
    let peer_groups: &[SecurityGroupId] = other.map_or(&[], |other| &other.interface.groups);
    let own: Vec<&SecurityGroup> = site
        .interface
        .groups
        .iter()
        .filter_map(|id| site.region.security_groups.get(id))
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
                interface: site.interface.id,
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
pub(super) fn remembered(site: Site<'_>) -> Hop {
    let own: Vec<&SecurityGroup> = site
        .interface
        .groups
        .iter()
        .filter_map(|id| site.region.security_groups.get(id))
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
    site: Site<'_>,
    packet: &Packet,
    way: Way,
    egress: bool,
    peer: Ipv4Addr,
    port: Option<u16>,
) -> Gate {
    let side = if egress { "outbound" } else { "inbound" };
    let Some(acl) = site.region.acl_of(site.interface.subnet) else {
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
    site: Site<'_>,
    way: Way,
    destination: Ipv4Addr,
) -> (Gate, Option<RouteTarget>) {
    let subnet = site.region.subnets.get(&site.interface.subnet);
    let table = subnet.and_then(|subnet| site.region.route_table_of(subnet));
    let id = table.map(|table| table.id.to_string()).unwrap_or_default();
    match table.and_then(|table| table.lookup(destination)) {
        Some(route) => {
            let to = match route.target {
                RouteTarget::Local => "stays inside the VPC".to_owned(),
                RouteTarget::InternetGateway(_) => "goes to the internet gateway".to_owned(),
                RouteTarget::NetworkInterface(id) => format!("goes to {id}"),
            };
            let text = format!(
                "Route table: {destination} matches {} and {to}",
                route.destination
            );
            let mut gate = hop(Component::RouteTable, id, way, Decision::Passed, text);
            gate.rule = Some(route.destination.to_string());
            ((gate, None), Some(route.target))
        }
        None => {
            let text = format!("Route table: no route leads to {destination}");
            let cause = Cause::NoRoute {
                table: table.map(|table| table.id),
                destination,
            };
            (
                (
                    hop(Component::RouteTable, id, way, Decision::Dropped, text),
                    Some(cause),
                ),
                None,
            )
        }
    }
}
