//! Against the subnet's edge: network ACL entries, routes, public addresses.

use super::super::super::probe::words;
use super::super::super::walk::EPHEMERAL;
use super::super::Exposure;
use super::{EVERY_PORT, Search};
use crate::ids::{InstanceId, NetworkAclId};
use crate::json::{Value, json};
use crate::object;
use crate::output::text;
use crate::resources::network_acl::LAST_RULE;
use crate::resources::security_group::Protocol;
use std::net::Ipv4Addr;

impl Search<'_> {
    /// A rule before the one that denies, or that one taken out.
    pub(super) fn acl(
        &mut self,
        acl: NetworkAclId,
        egress: bool,
        rule: Option<u16>,
        peer: Ipv4Addr,
        port: Option<u16>,
    ) {
        let Some(table) = self.region.network_acls.get(&acl) else {
            return;
        };
        let used: Vec<u16> = table
            .entries
            .iter()
            .filter(|entry| entry.egress == egress)
            .map(|entry| entry.number)
            .collect();
        let last = used
            .iter()
            .max()
            .map_or(100, |last| last.saturating_add(10))
            .min(LAST_RULE - 1);
        let before = rule.map_or(last + 1, |rule| rule);
        let number = (1..before).rev().find(|number| !used.contains(number));
        let side = if egress { "outbound" } else { "inbound" };
        let protocol = self.probe.wire_protocol();
        // An answer goes to the client's own port, which is anywhere in the ephemeral range.
        let range = match port {
            Some(port) if port >= EPHEMERAL => Some((1024, 65_535)),
            Some(port) => Some((port, port)),
            None => None,
        };
        if let Some(number) = number {
            let mut input = object! {
                "NetworkAclId": text(acl), "RuleNumber": u64::from(number), "Protocol": protocol.number().to_string(),
                "RuleAction": "allow", "Egress": egress, "CidrBlock": format!("{peer}/32"),
            };
            if let (Some((from, to)), Some(map)) = (range, input.as_object_mut()) {
                map.insert("PortRange".to_owned(), json!({ "From": from, "To": to }));
            }
            if let (Protocol::Icmp, Some(map)) = (protocol, input.as_object_mut()) {
                map.insert("IcmpTypeCode".to_owned(), json!({ "Type": -1, "Code": -1 }));
            }
            let what = range.map_or_else(
                || words(protocol, None),
                |(from, to)| {
                    if from == to {
                        words(protocol, Some(from))
                    } else {
                        format!("{} {from}–{to}", words(protocol, None))
                    }
                },
            );
            let title =
                format!("Add {side} rule {number} to the network ACL: allow {what} for {peer}/32");
            let ports = range.map_or(0, |(from, to)| u64::from(to - from) + 1);
            let call = self.call("CreateNetworkAclEntry", input);
            self.add(
                title,
                "The lowest number that matches decides.",
                vec![call],
                Exposure {
                    addresses: 1,
                    ports,
                },
            );
        }
        if let Some(rule) = rule {
            let input = object! { "NetworkAclId": text(acl), "RuleNumber": u64::from(rule), "Egress": egress };
            let call = self.call("DeleteNetworkAclEntry", input);
            let denied = table
                .entries
                .iter()
                .find(|entry| entry.egress == egress && entry.number == rule);
            let exposure = denied.map_or_else(Exposure::default, |entry| {
                let all = if entry.protocol == Protocol::All {
                    EVERY_PORT
                } else {
                    0
                };
                Exposure::of_range(
                    entry.cidr.prefix_len(),
                    entry
                        .ports
                        .map_or(all, |(from, to)| u64::from(to - from) + 1),
                )
            });
            self.add(
                format!("Delete {side} rule {rule} of the network ACL"),
                "Then the next rule decides.",
                vec![call],
                exposure,
            );
        }
    }

    /// An Elastic IP address: a free one of the account's, else a new one.
    pub(super) fn public_address(&mut self, instance: InstanceId) {
        let label = self
            .region
            .instances
            .get(&instance)
            .map_or_else(|| instance.to_string(), |row| row.label());
        let free = self
            .region
            .addresses
            .values()
            .find(|address| address.association.is_none());
        let associate = |allocation: Value| object! { "InstanceId": text(instance), "AllocationId": allocation };
        if let Some(address) = free {
            let call = self.call("AssociateAddress", associate(text(address.id)));
            self.add(
                format!(
                    "Associate the Elastic IP address {} with {label}",
                    address.public_ip
                ),
                "You have it already.",
                vec![call],
                Exposure::default(),
            );
            return;
        }
        let allocate = self.call("AllocateAddress", json!({ "Domain": "vpc" }));
        // The id is known beforehand: the same call on a copy gets the same one.
        let answer = self
            .world
            .clone()
            .execute(&self.caller, allocate.operation, &allocate.input)
            .result;
        if let Some(id) = answer
            .ok()
            .and_then(|answer| answer.get("AllocationId").cloned())
        {
            let call = self.call("AssociateAddress", associate(id));
            self.add(
                format!("Allocate an Elastic IP address and associate it with {label}"),
                "It costs $0.005 an hour, used or not.",
                vec![allocate, call],
                Exposure::default(),
            );
        }
    }
}
