//! Against security groups: a rule more, or a group more.

use super::super::super::probe::words;
use super::super::super::resolve;
use super::super::Exposure;
use super::{EVERY_PORT, Search};
use crate::ids::NetworkInterfaceId;
use crate::json::{Value, json};
use crate::object;
use crate::output::text;
use crate::resources::security_group::{Peer, Permission, Protocol, SecurityGroup};
use std::net::Ipv4Addr;

impl Search<'_> {
    /// A rule in each group of the interface, for the one address and for everybody; or one more group.
    pub(super) fn rules(
        &mut self,
        interface: NetworkInterfaceId,
        egress: bool,
        peer: Ipv4Addr,
        peer_interface: Option<NetworkInterfaceId>,
    ) {
        let region = self.region;
        let Some(interface) = region.network_interfaces.get(&interface) else {
            return;
        };
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        let what = words(protocol, port);
        let operation = if egress {
            "AuthorizeSecurityGroupEgress"
        } else {
            "AuthorizeSecurityGroupIngress"
        };
        let side = if egress { "to" } else { "from" };
        let peer_groups: Vec<&SecurityGroup> = peer_interface
            .and_then(|id| region.network_interfaces.get(&id))
            .into_iter()
            .flat_map(|other| {
                other
                    .groups
                    .iter()
                    .filter_map(|id| region.security_groups.get(id))
            })
            .collect();
        let ports = if port.is_some() { 1 } else { 0 };
        for group in interface
            .groups
            .iter()
            .filter_map(|id| region.security_groups.get(id))
        {
            for cidr in [format!("{peer}/32"), "0.0.0.0/0".to_owned()] {
                let everybody = cidr == "0.0.0.0/0";
                let exposure = Exposure {
                    addresses: if everybody { Exposure::EVERYBODY } else { 1 },
                    ports,
                };
                let permission =
                    permission(protocol, port, "IpRanges", json!([{ "CidrIp": cidr }]));
                let input =
                    object! { "GroupId": text(group.id), "IpPermissions": json!([permission]) };
                let title = format!("Allow {what} {side} {cidr} in {}", group.name);
                let note = if everybody {
                    "Anybody may try. Fit for a public web page, never for a login."
                } else {
                    "The least that works."
                };
                let call = self.call(operation, input);
                self.add(title, note, vec![call], exposure);
            }
            for other in &peer_groups {
                let permission = permission(
                    protocol,
                    port,
                    "UserIdGroupPairs",
                    json!([{ "GroupId": other.id.to_string() }]),
                );
                let input =
                    object! { "GroupId": text(group.id), "IpPermissions": json!([permission]) };
                let members = region
                    .network_interfaces
                    .values()
                    .filter(|nic| nic.groups.contains(&other.id))
                    .count() as u64;
                let title = format!(
                    "Allow {what} {side} the group {} in {}",
                    other.name, group.name
                );
                let call = self.call(operation, input);
                self.add(
                    title,
                    "Names a role, not an address: it stays true when instances come and go.",
                    vec![call],
                    Exposure {
                        addresses: members,
                        ports,
                    },
                );
            }
        }
        self.another_group(interface.id, egress, peer, peer_interface);
    }

    /// A group that already has the rule and only has to be put on the instance.
    pub(super) fn another_group(
        &mut self,
        interface: NetworkInterfaceId,
        egress: bool,
        peer: Ipv4Addr,
        peer_interface: Option<NetworkInterfaceId>,
    ) {
        let region = self.region;
        let Some(site) = resolve::site_of(region, interface) else {
            return;
        };
        let peer_groups = peer_interface
            .and_then(|id| region.network_interfaces.get(&id))
            .map_or(Vec::new(), |nic| nic.groups.clone());
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        for group in region.security_groups.values().filter(|group| {
            group.vpc == site.interface.vpc && !site.interface.groups.contains(&group.id)
        }) {
            if !group
                .rules_of(egress)
                .any(|rule| rule.permission.allows(protocol, port, peer, &peer_groups))
            {
                continue;
            }
            let ids: Vec<Value> = site
                .interface
                .groups
                .iter()
                .chain([&group.id])
                .map(|id| (*id).into())
                .collect();
            let input = object! { "InstanceId": text(site.instance.id), "Groups": ids };
            // The group brings all its rules; the widest one says what else opens.
            let widest =
                |exposure: &Exposure| exposure.addresses.saturating_mul(exposure.ports.max(1));
            let exposure = group
                .rules_of(egress)
                .map(|rule| self.opened_by(&rule.permission))
                .max_by_key(widest)
                .unwrap_or_default();
            let title = format!("Add the group {} to {}", group.name, site.instance.label());
            let call = self.call("ModifyInstanceAttribute", input);
            self.add(title, "Its rules already allow it.", vec![call], exposure);
        }
    }

    /// What a rule opens by itself.
    pub(super) fn opened_by(&self, permission: &Permission) -> Exposure {
        let ports = match permission.protocol {
            Protocol::All => EVERY_PORT,
            protocol if protocol.has_ports() => {
                u64::try_from(permission.to_port - permission.from_port + 1).unwrap_or(1)
            }
            _ => 0,
        };
        match permission.peer {
            Peer::Ipv4(net) => Exposure::of_range(net.prefix_len(), ports),
            Peer::Ipv6(_) => Exposure {
                addresses: 0,
                ports,
            },
            Peer::Group(id) => {
                let members = self
                    .region
                    .network_interfaces
                    .values()
                    .filter(|nic| nic.groups.contains(&id))
                    .count();
                Exposure {
                    addresses: members as u64,
                    ports,
                }
            }
        }
    }
}

fn permission(protocol: Protocol, port: Option<u16>, key: &str, peers: Value) -> Value {
    let (from, to) = port.map_or((-1, -1), |port| (i64::from(port), i64::from(port)));
    let mut value = object! { "IpProtocol": protocol.to_string(), "FromPort": from, "ToPort": to };
    if let Some(map) = value.as_object_mut() {
        map.insert(key.to_owned(), peers);
    }
    value
}
