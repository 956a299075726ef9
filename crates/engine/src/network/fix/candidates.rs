//! What might help against each cause. Nothing here is promised: each candidate is tried before it is shown.

mod balancer;
mod edge;
mod gateways;
mod machine;
mod rules;

use super::super::probe::Probe;
use super::super::trace::{Cause, Trace};
use super::{Call, Candidate, Change, Exposure};
use crate::json::Value;
use crate::region::RegionState;
use crate::world::{Caller, World};

/// Ports of a rule for all traffic.
const EVERY_PORT: u64 = 65_536;

struct Search<'a> {
    world: &'a World,
    probe: &'a Probe,
    caller: Caller,
    region: &'a RegionState,
    found: Vec<Candidate>,
}

pub(super) fn candidates(
    world: &World,
    caller: &Caller,
    probe: &Probe,
    trace: &Trace,
    cause: &Cause,
) -> Vec<Candidate> {
    let Some(region) = world.region(&trace.caller) else {
        return Vec::new();
    };
    // Behind a load balancer it is the target's port that counts.
    let behind;
    let probe = match trace.target_port {
        Some(port) => {
            behind = Probe {
                port: Some(port),
                ..probe.clone()
            };
            &behind
        }
        None => probe,
    };
    let mut search = Search {
        world,
        probe,
        caller: trace.caller.clone(),
        region,
        found: Vec::new(),
    };
    match cause {
        Cause::SecurityGroups {
            interface,
            egress,
            peer,
            peer_interface,
        } => search.rules(*interface, *egress, *peer, *peer_interface),
        Cause::NetworkAcl {
            acl,
            egress,
            rule,
            peer,
            port,
        } => search.acl(*acl, *egress, *rule, *peer, *port),
        Cause::NoRoute { table, destination } => search.route(*table, *destination),
        Cause::Blackhole { table, destination } | Cause::AnswerAstray { table, destination } => {
            search.other_target(*table, *destination)
        }
        Cause::NoPublicAddressIngress { instance } => search.public_address(*instance),
        Cause::NoPublicAddressEgress { instance } => {
            search.public_address(*instance);
            search.nat_instead(*instance);
        }
        Cause::NoGateway { vpc } => search.gateway(*vpc),
        Cause::NatGatewayNotAvailable { gateway } => search.wait_for_nat(*gateway),
        Cause::PeeringNotActive { connection } => search.accept(*connection),
        Cause::SourceDestCheck { interface } => search.no_check(*interface),
        Cause::NotForwarding { instance } => search.forwarding(*instance),
        Cause::HostStopped { instance } => search.start(*instance),
        Cause::Booting { instance } => search.wait(*instance),
        Cause::FirewallDrop { instance } | Cause::FirewallReject { instance } => {
            search.firewall(*instance)
        }
        Cause::NoListener { instance } => search.listener(*instance),
        Cause::WrongUser { instance } | Cause::WrongKey { instance } => search.login(*instance),
        Cause::PrivateAddress | Cause::AddressUnused => search.other_address(caller),
        Cause::BalancerProvisioning { .. } => search.wait_for_balancer(),
        Cause::NoBalancerListener { balancer } => search.balancer_listener(*balancer),
        Cause::NoTargets { group } => search.targets(*group),
        Cause::NatGatewayPrivate { .. }
        | Cause::NotTransitive { .. }
        | Cause::UnknownName
        | Cause::NoListenerOutside => {}
    }
    search.found
}

impl Search<'_> {
    fn call(&self, operation: &'static str, input: Value) -> Call {
        Call {
            caller: self.caller.clone(),
            operation,
            input,
        }
    }

    fn add(&mut self, title: String, note: &str, calls: Vec<Call>, exposure: Exposure) {
        self.found.push(Candidate {
            title,
            note: note.to_owned(),
            change: Change::Calls(calls),
            exposure,
        });
    }

    fn retry(&mut self, title: String, note: &str, probe: Probe) {
        let change = Change::Retry(Box::new(probe));
        self.found.push(Candidate {
            title,
            note: note.to_owned(),
            change,
            exposure: Exposure::default(),
        });
    }
}
