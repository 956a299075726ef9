//! Which box of the picture each hop of a trace belongs to.

use crate::state::Attempt;
use ec2_lab_engine::ids::{InstanceId, InternetGatewayId, ResourceId, SubnetId, VpcId};
use ec2_lab_engine::network::{Component, Decision, Hop, Source, Target, Way};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::Protocol;
use std::fmt::Display;

/// The name by which the laptop's box is found.
pub const LAPTOP: &str = "laptop";
/// The name of the stranger's box.
pub const STRANGER: &str = "stranger";
/// The name of the internet.
pub const INTERNET: &str = "internet";

/// The name of an instance's card.
#[must_use]
pub fn instance(id: InstanceId) -> String {
    id.to_string()
}

/// The name of a security group's tab on an instance's card.
#[must_use]
pub fn tab(id: InstanceId, group: impl Display) -> String {
    format!("{id}-{group}")
}

/// The name of a port of an instance.
#[must_use]
pub fn plug(id: InstanceId, protocol: Protocol, port: u16) -> String {
    format!("{id}-{protocol}-{port}")
}

/// The name of a VPC's internet gateway.
#[must_use]
pub fn gateway(vpc: VpcId) -> String {
    format!("gateway-{vpc}")
}

/// Where on a box the packet's way goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The side of a host outside that looks at the gateway.
    Host,
    /// The middle.
    Middle,
    /// The border of a subnet, at the height of the instance: its ACL, and its route table.
    Edge,
    /// The near end of a group's tab.
    Tab,
    /// The near side of a card.
    Card,
}

/// Where a hop happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Names of boxes, the best first: a card may be folded into a chip, a chip into a counter.
    pub names: Vec<String>,
    /// Where on the box.
    pub anchor: Anchor,
    /// The instance whose gate it is: it gives the height of an edge.
    pub beside: Option<InstanceId>,
    /// Whether it belongs to the sender's side.
    pub near: bool,
}

/// The stops of an attempt, one for each hop of its trace.
#[must_use]
pub fn stops(region: &RegionState, attempt: &Attempt) -> Vec<Stop> {
    let source = source_of(attempt);
    let target = target_of(region, attempt);
    let mut walk = Walk {
        region,
        attempt,
        source,
        target,
        passed: Vec::new(),
    };
    attempt
        .trace
        .hops
        .iter()
        .map(|hop| walk.stop(hop))
        .collect()
}

/// The stop that decided against the attempt, if one did.
#[must_use]
pub fn deciding(region: &RegionState, attempt: &Attempt) -> Option<Stop> {
    let index = attempt
        .trace
        .hops
        .iter()
        .rposition(|hop| matches!(hop.decision, Decision::Dropped | Decision::Rejected))?;
    stops(region, attempt).get(index).cloned()
}

fn target(
    region: &RegionState,
    attempt: &Attempt,
    source: Option<InstanceId>,
) -> Option<InstanceId> {
    if let Target::Instance(id) = attempt.probe.target {
        return Some(id);
    }
    let inside = |hop: &Hop| {
        matches!(
            hop.component,
            Component::Instance | Component::Firewall | Component::Service
        )
    };
    let met = attempt
        .trace
        .hops
        .iter()
        .filter(|hop| inside(hop))
        .filter_map(|hop| InstanceId::parse(&hop.id));
    if let Some(id) = met.into_iter().find(|id| Some(*id) != source) {
        return Some(id);
    }
    let ip = attempt.trace.host.parse().ok()?;
    let private = region
        .private_ips
        .iter()
        .find(|((_, own), _)| *own == ip)
        .map(|(_, interface)| interface);
    let interface = region
        .network_interfaces
        .get(region.public_ips.get(&ip).or(private)?)?;
    interface.attachment.map(|attachment| attachment.instance)
}

/// The instance that an attempt was meant for, if it is in this Region.
#[must_use]
pub fn target_of(region: &RegionState, attempt: &Attempt) -> Option<InstanceId> {
    target(region, attempt, source_of(attempt))
}

/// The instance that tried, if it was one.
#[must_use]
pub fn source_of(attempt: &Attempt) -> Option<InstanceId> {
    match attempt.probe.source {
        Source::Instance(id) => Some(id),
        _ => None,
    }
}

struct Walk<'a> {
    region: &'a RegionState,
    attempt: &'a Attempt,
    source: Option<InstanceId>,
    target: Option<InstanceId>,
    /// Gates on the way out; the answer meets them in the opposite order.
    passed: Vec<(Component, Option<InstanceId>)>,
}

impl Walk<'_> {
    fn stop(&mut self, hop: &Hop) -> Stop {
        match hop.component {
            Component::Laptop | Component::Resolver => outside(LAPTOP),
            Component::Stranger => outside(STRANGER),
            Component::Internet => outside(INTERNET),
            // What stands between a subnet and the rest of the world is drawn at the VPC's gateway.
            Component::InternetGateway
            | Component::NatGateway
            | Component::LoadBalancer
            | Component::VpcEndpoint
            | Component::PeeringConnection => self.gateway(hop),
            Component::RouteTable | Component::NetworkAcl | Component::SecurityGroup => {
                self.gate(hop)
            }
            Component::Instance | Component::Firewall | Component::Service => self.machine(hop),
        }
    }

    /// Whose gate it is. On the way out the sender's come first; the answer meets the last one first.
    fn owner(&mut self, hop: &Hop) -> Option<InstanceId> {
        match (hop.way, hop.component) {
            (Way::Out, component) => {
                let first = !self.passed.iter().any(|(other, _)| *other == component);
                let owner = if first && self.source.is_some() {
                    self.source
                } else {
                    self.target
                };
                self.passed.push((component, owner));
                owner
            }
            // A route table is asked where the answer sets out, never where it comes in.
            (Way::Back, Component::RouteTable) => self.target,
            (Way::Back, component) => {
                let last = self
                    .passed
                    .iter()
                    .rposition(|(other, _)| *other == component);
                last.map(|index| self.passed.remove(index))
                    .and_then(|(_, owner)| owner)
                    .or(self.source)
            }
        }
    }

    fn gate(&mut self, hop: &Hop) -> Stop {
        let owner = self.owner(hop);
        let Some((id, subnet)) = owner.and_then(|id| Some((id, self.subnet(id)?))) else {
            return outside(INTERNET);
        };
        let near = owner == self.source;
        let (names, anchor) = match hop.component {
            Component::SecurityGroup => (
                vec![tab(id, &hop.id), instance(id), subnet.to_string()],
                Anchor::Tab,
            ),
            _ => (vec![subnet.to_string()], Anchor::Edge),
        };
        Stop {
            names,
            anchor,
            beside: Some(id),
            near,
        }
    }

    fn gateway(&self, hop: &Hop) -> Stop {
        let known = InternetGatewayId::parse(&hop.id)
            .and_then(|id| self.region.internet_gateways.get(&id)?.vpc);
        let of = |id: Option<InstanceId>| self.region.instances.get(&id?).map(|row| row.vpc);
        match known
            .or_else(|| of(self.target))
            .or_else(|| of(self.source))
        {
            Some(vpc) => Stop {
                names: vec![gateway(vpc), INTERNET.to_owned()],
                anchor: Anchor::Middle,
                beside: None,
                near: false,
            },
            None => outside(INTERNET),
        }
    }

    fn machine(&self, hop: &Hop) -> Stop {
        let id = InstanceId::parse(&hop.id);
        let Some((id, subnet)) = id.and_then(|id| Some((id, self.subnet(id)?))) else {
            return outside(INTERNET);
        };
        let near = Some(id) == self.source && Some(id) != self.target;
        let mut names = vec![instance(id), subnet.to_string()];
        let port = self
            .attempt
            .probe
            .wire_port()
            .filter(|_| !near && hop.decision != Decision::Passed);
        if let Some(port) = port {
            names.insert(0, plug(id, self.attempt.probe.wire_protocol(), port));
        }
        let anchor = if port.is_some() {
            Anchor::Middle
        } else {
            Anchor::Card
        };
        Stop {
            names,
            anchor,
            beside: Some(id),
            near,
        }
    }

    fn subnet(&self, id: InstanceId) -> Option<SubnetId> {
        self.region.instances.get(&id).map(|row| row.subnet)
    }
}

fn outside(name: &str) -> Stop {
    let anchor = if name == INTERNET {
        Anchor::Middle
    } else {
        Anchor::Host
    };
    Stop {
        names: vec![name.to_owned()],
        anchor,
        beside: None,
        near: false,
    }
}
