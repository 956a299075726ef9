//! Through a load balancer: it ends the client's connection and opens one of its own to a target
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>).

use super::super::edge::hop;
use super::super::probe::{Client, Probe, Target};
use super::super::resolve::Door;
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::{End, Packet, Walk};
use crate::guest::web_status;
use crate::ids::InstanceId;
use crate::operations::balancing::health::routable;
use crate::resources::load_balancer::{BalancingId, CheckFailure, LoadBalancer};
use crate::resources::security_group::Protocol;
use crate::world::{Caller, World};

/// What a load balancer tells its client when it gets nothing from a target: 502 for a no, 504 for silence.
fn status(verdict: Verdict) -> u16 {
    match verdict {
        Verdict::TimedOut => 504,
        _ => 502,
    }
}

impl<'w> Walk<'w> {
    fn say(&mut self, balancer: &LoadBalancer, decision: Decision, text: String) {
        let way = if decision == Decision::Passed {
            Way::Out
        } else {
            Way::Back
        };
        self.push(hop(
            Component::LoadBalancer,
            balancer.name.clone(),
            way,
            decision,
            text,
        ));
    }

    /// A node has the client's packet.
    pub(super) fn balance(&mut self, node: Door<'w>, id: BalancingId) -> Result<(), End> {
        self.place = node.caller();
        let region = node.region;
        let Some(balancer) = region.balancing.load_balancers.get(&id) else {
            let text = "The load balancer of this interface is gone".to_owned();
            return Err(self.lost(text, Cause::AddressUnused));
        };
        let name = &balancer.name;
        if !balancer.active {
            let text = format!("Load balancer {name} is still provisioning: it takes nothing yet");
            return Err(self.silence(balancer, text, Cause::BalancerProvisioning { balancer: id }));
        }
        let port = self
            .packet
            .port
            .filter(|_| self.packet.protocol == Protocol::Tcp);
        let listener = region
            .balancing
            .listeners_of(id)
            .into_iter()
            .find(|row| Some(row.port) == port);
        let Some(listener) = listener else {
            let what = super::super::probe::words(self.packet.protocol, self.packet.port);
            let text = format!("Load balancer {name} has no listener for {what} and drops it");
            return Err(self.silence(balancer, text, Cause::NoBalancerListener { balancer: id }));
        };
        let Some(group) = region.balancing.target_groups.get(&listener.group) else {
            let text = format!("The target group of {name} is gone");
            return Err(self.lost(text, Cause::AddressUnused));
        };
        if !matches!(self.probe.client, Client::Http | Client::Https) {
            let text = format!(
                "The listener of {name} on port {} answers; it waits for an HTTP request",
                listener.port
            );
            self.say(balancer, Decision::Answered, text);
            return Ok(());
        }
        if self.probe.client == Client::Https {
            let text = format!("The listener of {name} speaks HTTP, not TLS");
            self.say(balancer, Decision::Rejected, text);
            return Err((Verdict::Refused, Cause::NoListenerOutside));
        }
        let zone = (group.cross_zone == Some(false)).then_some(node.interface.zone);
        let targets = routable(region, group, zone);
        // Where each node serves its own zone, its turn comes with every round of the nodes.
        let round = if zone.is_some() {
            balancer.turn / (balancer.nodes.len().max(1) as u64)
        } else {
            balancer.turn
        };
        let turn = usize::try_from(round % (targets.len().max(1) as u64)).unwrap_or(0);
        let Some(target) = targets.get(turn) else {
            let text = format!(
                "Load balancer {name}: the target group {} has no target that could take the request, so the answer is 503",
                group.name
            );
            self.say(balancer, Decision::Rejected, text);
            return Err((Verdict::Http(503), Cause::NoTargets { group: group.id }));
        };
        self.balancer = Some((node.caller(), id));
        let label = region
            .instances
            .get(&target.instance)
            .map_or_else(String::new, |row| row.label());
        let text = format!(
            "Load balancer {name}: its node in {} passes the request on to {label}, port {}",
            node.interface.zone, target.port
        );
        self.say(balancer, Decision::Passed, text);
        self.target_port = Some(target.port);
        let answer = self.visit(node, target.instance, target.port);
        match answer {
            Ok(()) => {
                let text = format!("Load balancer {name} passes the answer on");
                self.say(balancer, Decision::Answered, text);
                Ok(())
            }
            Err((verdict, cause)) => {
                let code = status(verdict);
                let why = if code == 504 {
                    "the target said nothing in time"
                } else {
                    "the target refused the connection"
                };
                let text = format!("Load balancer {name}: {why}, so the answer is {code}");
                self.say(balancer, Decision::Rejected, text);
                Err((Verdict::Http(code), cause))
            }
        }
    }

    fn silence(&mut self, balancer: &LoadBalancer, text: String, cause: Cause) -> End {
        self.push(hop(
            Component::LoadBalancer,
            balancer.name.clone(),
            Way::Out,
            Decision::Dropped,
            text,
        ));
        (Verdict::TimedOut, cause)
    }

    /// From a node to a target and back, as a packet of the node's own.
    fn visit(&mut self, node: Door<'w>, target: InstanceId, port: u16) -> Result<(), End> {
        let own = Packet {
            protocol: Protocol::Tcp,
            port: Some(port),
        };
        let client = std::mem::replace(&mut self.packet, own);
        let address = node
            .region
            .instances
            .get(&target)
            .and_then(|row| node.region.primary_interface(row))
            .map(|nic| nic.private_ip());
        let answer = match address {
            Some(address) => self.leave(node, address),
            None => Err((Verdict::TimedOut, Cause::HostStopped { instance: target })),
        };
        self.packet = client;
        answer
    }
}

/// One health check: what HTTP code a target answers to a node of the load balancer that uses its group.
///
/// # Errors
/// Silence, a no, or an answer that is not HTTP.
pub(crate) fn node_reaches(
    world: &World,
    caller: &Caller,
    group: BalancingId,
    target: InstanceId,
    port: u16,
    path: &str,
) -> Result<u16, CheckFailure> {
    let region = world.region(caller).ok_or(CheckFailure::Timeout)?;
    let balancer = region
        .balancing
        .balancer_of(group)
        .ok_or(CheckFailure::Timeout)?;
    let instance = region.instances.get(&target).ok_or(CheckFailure::Timeout)?;
    let zone = region.primary_interface(instance).map(|nic| nic.zone);
    let near = |(_, nic): &&(crate::ids::SubnetId, crate::ids::NetworkInterfaceId)| {
        region
            .network_interfaces
            .get(nic)
            .is_some_and(|nic| Some(nic.zone) == zone)
    };
    let node = balancer
        .nodes
        .iter()
        .find(near)
        .or_else(|| balancer.nodes.first())
        .and_then(|(_, nic)| Door::of(region, *nic))
        .ok_or(CheckFailure::Timeout)?;
    let probe = Probe {
        target: Target::Instance(target),
        client: Client::Http,
        port: Some(port),
        ..Probe::default()
    };
    let mut walk = Walk::new(world, &probe, None, caller.clone());
    match walk.visit(node, target, port) {
        Ok(()) => web_status(instance, port, path).ok_or(CheckFailure::Connection),
        Err((Verdict::TimedOut, _)) => Err(CheckFailure::Timeout),
        Err(_) => Err(CheckFailure::Connection),
    }
}
