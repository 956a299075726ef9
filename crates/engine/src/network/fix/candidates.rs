//! What might help against each cause. Nothing here is promised: each candidate is tried before it is shown.

use super::super::probe::{Client, LAPTOP, Probe, STRANGER, Source, Target, words};
use super::super::resolve;
use super::super::trace::{Cause, Trace};
use super::super::walk::EPHEMERAL;
use super::{Call, Candidate, Change, Exposure};
use crate::guest::service;
use crate::ids::{InstanceId, NetworkAclId, NetworkInterfaceId};
use crate::object;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::security_group::{Protocol, SecurityGroup};
use crate::world::{Caller, World};
use serde_json::{Value, json};
use std::net::Ipv4Addr;

struct Search<'a> {
    world: &'a World,
    probe: &'a Probe,
    caller: Caller,
    region: &'a RegionState,
    found: Vec<Candidate>,
}

pub(super) fn candidates(world: &World, caller: &Caller, probe: &Probe, trace: &Trace, cause: &Cause) -> Vec<Candidate> {
    let Some(region) = world.region(&trace.caller) else { return Vec::new() };
    let mut search = Search { world, probe, caller: trace.caller.clone(), region, found: Vec::new() };
    match cause {
        Cause::SecurityGroups { interface, egress, peer, peer_interface } => search.rules(*interface, *egress, *peer, *peer_interface),
        Cause::NetworkAcl { acl, egress, rule, peer, port } => search.acl(*acl, *egress, *rule, *peer, *port),
        Cause::NoRoute { table, destination } => search.route(table.map(|id| id.to_string()), *destination),
        Cause::NoPublicAddressIngress { instance } | Cause::NoPublicAddressEgress { instance } => search.public_address(*instance),
        Cause::HostStopped { instance } => search.start(*instance),
        Cause::Booting { instance } => search.wait(*instance),
        Cause::FirewallDrop { instance } | Cause::FirewallReject { instance } => search.firewall(*instance),
        Cause::NoListener { instance } => search.listener(*instance),
        Cause::WrongUser { instance } | Cause::WrongKey { instance } => search.login(*instance),
        Cause::PrivateAddress | Cause::AddressUnused => search.other_address(caller),
        Cause::NoGateway | Cause::UnknownName | Cause::NoListenerOutside => {}
    }
    search.found
}

impl Search<'_> {
    fn call(&self, operation: &'static str, input: Value) -> Call {
        Call { caller: self.caller.clone(), operation, input }
    }

    fn add(&mut self, title: String, note: &str, calls: Vec<Call>, exposure: Exposure) {
        self.found.push(Candidate { title, note: note.to_owned(), change: Change::Calls(calls), exposure });
    }

    fn retry(&mut self, title: String, note: &str, probe: Probe) {
        let change = Change::Retry(Box::new(probe));
        self.found.push(Candidate { title, note: note.to_owned(), change, exposure: Exposure::default() });
    }

    /// A rule in each group of the interface, for the one address and for everybody; or one more group.
    fn rules(&mut self, interface: NetworkInterfaceId, egress: bool, peer: Ipv4Addr, peer_interface: Option<NetworkInterfaceId>) {
        let region = self.region;
        let Some(interface) = region.network_interfaces.get(&interface) else { return };
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        let what = words(protocol, port);
        let operation = if egress { "AuthorizeSecurityGroupEgress" } else { "AuthorizeSecurityGroupIngress" };
        let side = if egress { "to" } else { "from" };
        let peer_groups: Vec<&SecurityGroup> = peer_interface
            .and_then(|id| region.network_interfaces.get(&id))
            .into_iter()
            .flat_map(|other| other.groups.iter().filter_map(|id| region.security_groups.get(id)))
            .collect();
        let ports = if port.is_some() { 1 } else { 0 };
        for group in interface.groups.iter().filter_map(|id| region.security_groups.get(id)) {
            for cidr in [format!("{peer}/32"), "0.0.0.0/0".to_owned()] {
                let everybody = cidr == "0.0.0.0/0";
                let exposure = Exposure { addresses: if everybody { Exposure::EVERYBODY } else { 1 }, ports };
                let permission = permission(protocol, port, "IpRanges", json!([{ "CidrIp": cidr }]));
                let input = object! { "GroupId": text(group.id), "IpPermissions": json!([permission]) };
                let title = format!("Allow {what} {side} {cidr} in {}", group.name);
                let note = if everybody { "Anybody may try. Fit for a public web page, never for a login." } else { "The least that works." };
                let call = self.call(operation, input);
                self.add(title, note, vec![call], exposure);
            }
            for other in &peer_groups {
                let permission = permission(protocol, port, "UserIdGroupPairs", json!([{ "GroupId": other.id.to_string() }]));
                let input = object! { "GroupId": text(group.id), "IpPermissions": json!([permission]) };
                let members = region.network_interfaces.values().filter(|nic| nic.groups.contains(&other.id)).count() as u64;
                let title = format!("Allow {what} {side} the group {} in {}", other.name, group.name);
                let call = self.call(operation, input);
                self.add(title, "Names a role, not an address: it stays true when instances come and go.", vec![call], Exposure { addresses: members, ports });
            }
        }
        self.another_group(interface.id, egress, peer, peer_interface);
    }

    /// A group that already has the rule and only has to be put on the instance.
    fn another_group(&mut self, interface: NetworkInterfaceId, egress: bool, peer: Ipv4Addr, peer_interface: Option<NetworkInterfaceId>) {
        let region = self.region;
        let Some(site) = resolve::site_of(region, interface) else { return };
        let peer_groups = peer_interface.and_then(|id| region.network_interfaces.get(&id)).map_or(Vec::new(), |nic| nic.groups.clone());
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        for group in region.security_groups.values().filter(|group| group.vpc == site.interface.vpc && !site.interface.groups.contains(&group.id)) {
            let Some(rule) = group.rules_of(egress).find(|rule| rule.permission.allows(protocol, port, peer, &peer_groups)) else { continue };
            let ids: Vec<Value> = site.interface.groups.iter().chain([&group.id]).map(|id| (*id).into()).collect();
            let input = object! { "InstanceId": text(site.instance.id), "Groups": ids };
            let addresses = match rule.permission.peer {
                crate::resources::security_group::Peer::Ipv4(net) => 1_u64 << (32 - u32::from(net.prefix_len())),
                _ => 1,
            };
            let ports = u64::try_from(rule.permission.to_port - rule.permission.from_port + 1).unwrap_or(1);
            let title = format!("Add the group {} to {}", group.name, site.instance.label());
            let call = self.call("ModifyInstanceAttribute", input);
            self.add(title, "Its rules already allow it.", vec![call], Exposure { addresses, ports });
        }
    }

    /// A rule before the one that denies, or that one taken out.
    fn acl(&mut self, acl: NetworkAclId, egress: bool, rule: Option<u16>, peer: Ipv4Addr, port: Option<u16>) {
        let Some(table) = self.region.network_acls.get(&acl) else { return };
        let used: Vec<u16> = table.entries.iter().filter(|entry| entry.egress == egress).map(|entry| entry.number).collect();
        let last = used.iter().max().map_or(100, |last| last + 10);
        let number = rule.map_or(Some(last), |rule| (1..rule).rev().find(|number| !used.contains(number)));
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
            let what = range.map_or_else(|| words(protocol, None), |(from, to)| if from == to { words(protocol, Some(from)) } else { format!("{} {from}–{to}", words(protocol, None)) });
            let title = format!("Add {side} rule {number} to the network ACL: allow {what} for {peer}/32");
            let ports = range.map_or(0, |(from, to)| u64::from(to - from) + 1);
            let call = self.call("CreateNetworkAclEntry", input);
            self.add(title, "The lowest number that matches decides.", vec![call], Exposure { addresses: 1, ports });
        }
        if let Some(rule) = rule {
            let input = object! { "NetworkAclId": text(acl), "RuleNumber": u64::from(rule), "Egress": egress };
            let call = self.call("DeleteNetworkAclEntry", input);
            self.add(format!("Delete {side} rule {rule} of the network ACL"), "Then the next rule decides.", vec![call], Exposure { addresses: Exposure::EVERYBODY, ports: 1 });
        }
    }

    fn route(&mut self, table: Option<String>, destination: Ipv4Addr) {
        let Some(id) = table else { return };
        let Some(table) = self.region.route_tables.values().find(|row| row.id.to_string() == id) else { return };
        let Some(gateway) = self.region.internet_gateways.values().find(|gateway| gateway.vpc == Some(table.vpc)) else { return };
        for cidr in [format!("{destination}/32"), "0.0.0.0/0".to_owned()] {
            let input = object! { "RouteTableId": text(table.id), "DestinationCidrBlock": cidr.clone(), "GatewayId": text(gateway.id) };
            let addresses = if cidr.ends_with("/0") { Exposure::EVERYBODY } else { 1 };
            let call = self.call("CreateRoute", input);
            self.add(format!("Add the route {cidr} to the internet gateway"), "A subnet whose table leads to an internet gateway is a public one.", vec![call], Exposure { addresses, ports: 0 });
        }
    }

    /// An Elastic IP address: a free one of the account's, else a new one.
    fn public_address(&mut self, instance: InstanceId) {
        let label = self.region.instances.get(&instance).map_or_else(|| instance.to_string(), |row| row.label());
        let free = self.region.addresses.values().find(|address| address.association.is_none());
        let associate = |allocation: Value| object! { "InstanceId": text(instance), "AllocationId": allocation };
        if let Some(address) = free {
            let call = self.call("AssociateAddress", associate(text(address.id)));
            self.add(format!("Associate the Elastic IP address {} with {label}", address.public_ip), "You have it already.", vec![call], Exposure::default());
            return;
        }
        let allocate = self.call("AllocateAddress", json!({ "Domain": "vpc" }));
        // The id is known beforehand: the same call on a copy gets the same one.
        let answer = self.world.clone().execute(&self.caller, allocate.operation, &allocate.input).result;
        if let Some(id) = answer.ok().and_then(|answer| answer.get("AllocationId").cloned()) {
            let call = self.call("AssociateAddress", associate(id));
            self.add(format!("Allocate an Elastic IP address and associate it with {label}"), "It costs $0.005 an hour, used or not.", vec![allocate, call], Exposure::default());
        }
    }

    fn start(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else { return };
        let call = self.call("StartInstances", json!({ "InstanceIds": [instance.to_string()] }));
        let note = if row.public_ip_at_start { "It gets another public address; connect to that one." } else { "It keeps its addresses." };
        self.add(format!("Start {}", row.label()), note, vec![call], Exposure::default());
    }

    fn wait(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else { return };
        let mut copy = self.world.clone();
        let until = copy.now().plus(super::PATIENCE);
        while let Some(next) = copy.next_wakeup().filter(|next| *next <= until) {
            copy.advance_to(next);
            let up = copy.region(&self.caller).and_then(|region| region.instances.get(&instance));
            if up.is_some_and(|row| row.guest.power == crate::guest::Power::Up) {
                break;
            }
        }
        let milliseconds = copy.now().since(self.world.now());
        let title = format!("Wait {} until {} has started", super::super::terminal::duration_words(milliseconds), row.label());
        self.found.push(Candidate { title, note: "Nothing is wrong.".to_owned(), change: Change::Wait(milliseconds), exposure: Exposure::default() });
    }

    fn firewall(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else { return };
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        let Some(deciding) = row.guest.firewall_rule(protocol, port) else { return };
        let rules: Vec<Value> = row.guest.firewall.iter().filter(|rule| *rule != deciding).map(crate::operations::lab::describe_rule).collect();
        let input = object! { "InstanceId": text(instance), "Rules": rules };
        let call = self.call("PutFirewall", input);
        let title = format!("Take the rule for {} out of the firewall inside {}", words(deciding.protocol, deciding.port), row.label());
        self.add(title, "The security group still decides who may come this far.", vec![call], Exposure::default());
    }

    fn listener(&mut self, instance: InstanceId) {
        let (Some(row), Some(port)) = (self.region.instances.get(&instance), self.probe.wire_port()) else { return };
        let windows = row.os().is_some_and(|image| image.windows);
        let protocol = self.probe.wire_protocol();
        let installed = row.guest.services.iter().find(|(_, service)| service.ports.contains(&(protocol, port))).map(|(name, _)| name.as_str());
        let unit = installed.unwrap_or_else(|| service::unit_for_port(protocol, port, windows));
        let mut input = object! { "InstanceId": text(instance), "Name": unit };
        if let Some(map) = input.as_object_mut().filter(|_| unit == service::APPLICATION) {
            map.insert("Port".to_owned(), json!(port));
            map.insert("Protocol".to_owned(), json!(protocol.to_string()));
        }
        let title = if unit == service::APPLICATION { format!("Start a program on port {port} of {}", row.label()) } else { format!("Start {unit} on {}", row.label()) };
        let call = self.call("StartService", input);
        self.add(title, "Then somebody is home. Nothing else opens: the rule is there already.", vec![call], Exposure::default());
    }

    fn login(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else { return };
        let Some(user) = row.os().map(|image| image.default_user) else { return };
        let Some(key) = row.key_name.clone() else { return };
        let title = format!("Log in as {user} with the key {key}");
        let client = Client::Ssh { user: Some(user.to_owned()), key: Some(key) };
        self.retry(title, "The image decides the user, the launch decides the key.", Probe { client, ..self.probe.clone() });
    }

    /// The address of the instance that was meant, as far as one can tell from its private address.
    fn other_address(&mut self, caller: &Caller) {
        let Target::Address(ip) = self.probe.target else { return };
        let Some(region) = self.world.region(caller) else { return };
        let found = region.private_ips.iter().find(|((_, private), _)| *private == ip).and_then(|(_, id)| resolve::site_of(region, *id));
        let Some(site) = found else { return };
        if let Some(public) = site.interface.public_ip().filter(|_| matches!(self.probe.source, Source::Laptop | Source::Stranger)) {
            let title = format!("Use the public address {public} of {}", site.instance.label());
            let note = format!("{} has no way to a private address.", if self.probe.source == Source::Laptop { LAPTOP } else { STRANGER });
            self.retry(title, &note, Probe { target: Target::Address(public), ..self.probe.clone() });
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
