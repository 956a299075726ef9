//! An instance's ports as seen from one place: what answers, what is shut out, what is open with nobody home.

use super::probe::{LAPTOP, STRANGER, Source};
use super::resolve;
use crate::ids::{InstanceId, SecurityGroupId};
use crate::resources::security_group::{Permission, Protocol};
use crate::world::{Caller, World};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// How a port looks from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlugState {
    /// Something listens and a rule lets the source in: connects.
    Open,
    /// Something listens, but no rule lets the source in: times out.
    Locked,
    /// A rule lets the source in, but nothing listens: refused.
    Hollow,
}

/// One port of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plug {
    /// TCP or UDP.
    pub protocol: Protocol,
    /// The port.
    pub port: u16,
    /// How it looks.
    pub state: PlugState,
    /// What listens there.
    pub service: Option<String>,
    /// Others whom a rule lets in, when the source is shut out: group names or ranges.
    pub open_to: Vec<String>,
}

/// Ports that a wide rule is shown for; every port of it would be noise.
const WELL_KNOWN: [u16; 4] = [22, 80, 443, 3389];
/// A rule of at most this many ports shows each.
const NARROW: i32 = 4;

/// The ports of an instance, as its security groups and listeners make them look from `source`.
#[must_use]
pub fn plugs(world: &World, caller: &Caller, source: Source, id: InstanceId) -> Vec<Plug> {
    let Some(site) = resolve::site(world, caller, id) else {
        return Vec::new();
    };
    let (peer, peer_groups): (Ipv4Addr, Vec<SecurityGroupId>) = match source {
        Source::Laptop => (LAPTOP, Vec::new()),
        Source::Stranger => (STRANGER, Vec::new()),
        Source::Instance(other) => match resolve::site(world, caller, other) {
            Some(other) => (other.interface.private_ip(), other.interface.groups.clone()),
            None => return Vec::new(),
        },
    };
    let groups: Vec<_> = site
        .interface
        .groups
        .iter()
        .filter_map(|id| site.region.security_groups.get(id))
        .collect();
    let rules: Vec<&Permission> = groups
        .iter()
        .flat_map(|group| group.rules_of(false))
        .map(|rule| &rule.permission)
        .collect();
    let mut found: BTreeMap<(Protocol, u16), Option<String>> = BTreeMap::new();
    for rule in rules
        .iter()
        .filter(|rule| rule.protocol.has_ports() && rule.to_port - rule.from_port < NARROW)
    {
        for port in rule.from_port..=rule.to_port {
            if let Ok(port) = u16::try_from(port)
                && rule.allows(rule.protocol, Some(port), peer, &peer_groups)
            {
                found.insert((rule.protocol, port), None);
            }
        }
    }
    for port in WELL_KNOWN {
        let wide = |rule: &&&Permission| {
            (rule.protocol == Protocol::All || rule.to_port - rule.from_port >= NARROW)
                && rule.allows(Protocol::Tcp, Some(port), peer, &peer_groups)
        };
        if rules.iter().any(|rule| wide(&rule)) {
            found.insert((Protocol::Tcp, port), None);
        }
    }
    for (protocol, port, service) in site.instance.guest.listeners() {
        found.insert((protocol, port), Some(service.to_owned()));
    }
    found
        .into_iter()
        .map(|((protocol, port), service)| {
            let allowed = rules
                .iter()
                .any(|rule| rule.allows(protocol, Some(port), peer, &peer_groups));
            let state = match (&service, allowed) {
                (Some(_), true) => PlugState::Open,
                (Some(_), false) => PlugState::Locked,
                (None, _) => PlugState::Hollow,
            };
            let name = |rule: &&&Permission| match rule.peer {
                crate::resources::security_group::Peer::Group(id) => site
                    .region
                    .security_groups
                    .get(&id)
                    .map_or_else(|| id.to_string(), |group| group.name.clone()),
                other => other.to_string(),
            };
            let open_to = if allowed {
                Vec::new()
            } else {
                rules
                    .iter()
                    .filter(|rule| rule.covers_port(protocol, Some(port)))
                    .map(|rule| name(&rule))
                    .collect()
            };
            Plug {
                protocol,
                port,
                state,
                service,
                open_to,
            }
        })
        .collect()
}
