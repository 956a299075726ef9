//! Who reaches whom on one port: instances that no gate can tell apart are one class, and one probe speaks for a pair of
//! classes. The work grows with the classes, not with the pairs.

use super::probe::{Client, Probe, Source, Target};
use super::resolve::{self, Site};
use super::trace::{Trace, Verdict};
use super::walk::probe as walk;
use crate::guest::{FirewallAction, Power};
use crate::ids::{InstanceId, SecurityGroupId, SubnetId};
use crate::region::RegionState;
use crate::resources::instance::InstanceState;
use crate::resources::route_table::Destination;
use crate::resources::security_group::{Peer, Protocol};
use crate::world::{Caller, World};
use ipnet::Ipv4Net;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// What an attempt of one class to reach another comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How it ends; `None` where nothing can be tried: the source is not up.
    pub verdict: Option<Verdict>,
    /// The cause's code, unless it works.
    pub cause: Option<&'static str>,
}

/// All classes and what each can do to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The members of each class, in the order they were launched.
    pub classes: Vec<Vec<InstanceId>>,
    /// `cells[from][to]`. Within a class: from one member to another.
    pub cells: Vec<Vec<Cell>>,
}

impl Matrix {
    /// What the attempt of one instance to reach another comes to; `None` for an instance that is in no class.
    #[must_use]
    pub fn between(&self, from: InstanceId, to: InstanceId) -> Option<&Cell> {
        let class = |id| {
            self.classes
                .iter()
                .position(|members| members.contains(&id))
        };
        self.cells.get(class(from)?)?.get(class(to)?)
    }
}

/// All that a gate on the way can ask of an instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subnet: SubnetId,
    groups: BTreeSet<SecurityGroupId>,
    /// The ranges named in rules and routes that hold its addresses, where they do not hold the whole subnet.
    ranges: Vec<Ipv4Net>,
    public: bool,
    state: InstanceState,
    up: bool,
    listens: bool,
    firewall: Option<FirewallAction>,
}

/// The ranges that can tell two addresses of one subnet, or two public addresses, apart.
fn cuts(region: &RegionState) -> BTreeSet<Ipv4Net> {
    let subnets: Vec<Ipv4Net> = region.subnets.values().map(|subnet| subnet.cidr).collect();
    let rules = region
        .security_groups
        .values()
        .flat_map(|group| &group.rules)
        .filter_map(|rule| match rule.permission.peer {
            Peer::Ipv4(net) => Some(net),
            _ => None,
        });
    let entries = region
        .network_acls
        .values()
        .flat_map(|acl| acl.entries.iter().map(|entry| entry.cidr));
    let routes = region
        .route_tables
        .values()
        .flat_map(|table| &table.routes)
        .filter_map(|route| match route.destination {
            Destination::Cidr(net) => Some(net),
            Destination::PrefixList(_) => None,
        });
    rules
        .chain(entries)
        .chain(routes)
        .filter(|net| net.prefix_len() > 0)
        // What holds a whole subnet does not tell its addresses apart; for public addresses every range counts.
        .filter(|net| {
            subnets
                .iter()
                .any(|subnet| subnet.contains(net) && subnet != net)
                || !subnets.iter().any(|subnet| net.contains(subnet))
        })
        .collect()
}

fn key(site: Site<'_>, cuts: &BTreeSet<Ipv4Net>, protocol: Protocol, port: Option<u16>) -> Key {
    let guest = &site.instance.guest;
    let addresses: Vec<Ipv4Addr> = std::iter::once(site.interface.private_ip())
        .chain(site.interface.public_ip())
        .collect();
    Key {
        subnet: site.interface.subnet,
        groups: site.interface.groups.iter().copied().collect(),
        ranges: cuts
            .iter()
            .filter(|net| addresses.iter().any(|address| net.contains(address)))
            .copied()
            .collect(),
        public: site.interface.public_ip().is_some(),
        state: site.instance.state,
        up: guest.power == Power::Up,
        listens: port.is_some_and(|port| guest.listener(protocol, port).is_some()),
        firewall: guest.firewall_rule(protocol, port).map(|rule| rule.action),
    }
}

/// Who reaches whom in the caller's Region.
#[must_use]
pub fn matrix(world: &World, caller: &Caller, protocol: Protocol, port: Option<u16>) -> Matrix {
    let Some(region) = world.region(caller) else {
        return Matrix {
            classes: Vec::new(),
            cells: Vec::new(),
        };
    };
    let cuts = cuts(region);
    let mut by_key: BTreeMap<Key, usize> = BTreeMap::new();
    let mut classes: Vec<Vec<InstanceId>> = Vec::new();
    for instance in region.instances_by_serial() {
        let Some(site) = resolve::site(world, caller, instance.id) else {
            continue;
        };
        let index = *by_key
            .entry(key(site, &cuts, protocol, port))
            .or_insert(classes.len());
        match classes.get_mut(index) {
            Some(members) => members.push(instance.id),
            None => classes.push(vec![instance.id]),
        }
    }
    let cells = classes
        .iter()
        .map(|from| {
            classes
                .iter()
                .map(|to| {
                    let source = from.first();
                    // Within a class, a member reaches another one; a class of one has nobody else to reach.
                    let target = to
                        .iter()
                        .find(|id| Some(*id) != source)
                        .or_else(|| to.first());
                    cell(world, caller, source, target, protocol, port)
                })
                .collect()
        })
        .collect();
    Matrix { classes, cells }
}

fn cell(
    world: &World,
    caller: &Caller,
    from: Option<&InstanceId>,
    to: Option<&InstanceId>,
    protocol: Protocol,
    port: Option<u16>,
) -> Cell {
    let trace = from.zip(to).and_then(|(from, to)| {
        let probe = Probe {
            source: Source::Instance(*from),
            target: Target::Instance(*to),
            client: if protocol == Protocol::Icmp {
                Client::Ping
            } else {
                Client::Nc
            },
            protocol,
            port,
        };
        walk(world, caller, &probe).ok()
    });
    Cell {
        verdict: trace.as_ref().map(|trace: &Trace| trace.verdict),
        cause: trace
            .as_ref()
            .and_then(|trace| trace.cause.as_ref())
            .map(super::Cause::code),
    }
}
