//! The walk itself: out through every gate, into the machine, and back.

mod balancer;
mod beyond;
mod internet;
mod machine;
mod vpc;

use super::edge::{self, hop};
use super::probe::{LAPTOP, Probe, STRANGER, Source, Target};
use super::resolve::{self, Door, Site};
use super::terminal;
use super::trace::{Cause, Component, Decision, Hop, Trace, Verdict, Way};
use crate::error::{ApiError, ApiResult};
use crate::guest::Power;
use crate::ids::InstanceId;
use crate::resources::instance::InstanceState;
use crate::resources::load_balancer::BalancingId;
use crate::resources::security_group::Protocol;
use crate::world::{Caller, World};
use std::net::Ipv4Addr;

/// The client's own port, out of Linux's ephemeral range: an ACL must let the answer through to it.
pub(super) const EPHEMERAL: u16 = 49_152;

/// What is on the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet {
    pub protocol: Protocol,
    pub port: Option<u16>,
}

/// How a walk ended early: the verdict and why.
type End = (Verdict, Cause);

struct Walk<'w> {
    world: &'w World,
    probe: &'w Probe,
    packet: Packet,
    source: Option<Site<'w>>,
    hops: Vec<Hop>,
    /// Whose resources decided.
    place: Caller,
    /// The load balancer that passed the request on.
    balancer: Option<(Caller, BalancingId)>,
    /// The port at the load balancer's target.
    target_port: Option<u16>,
    /// The machine that answered.
    served: Option<(Caller, InstanceId)>,
}

/// Follows one attempt to connect, out and back.
///
/// # Errors
/// `InvalidInstanceID.NotFound` when the source does not exist, `IncorrectInstanceState` when it is not up: nothing can be
/// started there.
pub fn probe(world: &World, caller: &Caller, probe: &Probe) -> ApiResult<Trace> {
    let source = match probe.source {
        Source::Instance(id) => {
            let site = resolve::site(world, caller, id).ok_or_else(|| absent(world, caller, id))?;
            if site.instance.guest.power != Power::Up {
                return Err(ApiError::GuestNotRunning {
                    instance_id: id.to_string(),
                    state: match site.instance.guest.power {
                        Power::Booting => "still starting".to_owned(),
                        _ => site.instance.state.as_str().to_owned(),
                    },
                });
            }
            Some(site)
        }
        _ => None,
    };
    if let Target::Instance(id) = probe.target
        && resolve::site(world, caller, id).is_none()
    {
        return Err(absent(world, caller, id));
    }
    let mut walk = Walk::new(world, probe, source, caller.clone());
    let (address, host) = resolve::resolve(world, caller, source, &probe.target);
    let end = match address {
        Some(address) => walk.go(caller, address),
        None => {
            let text = format!("No DNS server knows the name {host}");
            walk.hops.push(hop(
                Component::Resolver,
                String::new(),
                Way::Out,
                Decision::Rejected,
                text,
            ));
            Err((Verdict::UnknownHost, Cause::UnknownName))
        }
    };
    let (verdict, cause) = match end {
        Ok(()) => (Verdict::Connected, None),
        Err((verdict, cause)) => (verdict, Some(cause)),
    };
    let wait = terminal::wait(&probe.client, verdict);
    let summary = terminal::summary(verdict, walk.hops.last(), &probe.client, wait);
    Ok(Trace {
        hops: walk.hops,
        verdict,
        cause,
        host,
        wait,
        caller: walk.place,
        summary,
        balancer: walk.balancer,
        target_port: walk.target_port,
        served: walk.served,
    })
}

/// Why there is no such place: it never was, or it is terminated and has no interface any more.
fn absent(world: &World, caller: &Caller, id: InstanceId) -> ApiError {
    let listed = world
        .region(caller)
        .and_then(|region| region.instances.get(&id));
    match listed {
        Some(row) => ApiError::GuestNotRunning {
            instance_id: id.to_string(),
            state: row.state.as_str().to_owned(),
        },
        None => ApiError::InvalidInstanceIdNotFound {
            instance_id: id.to_string(),
        },
    }
}

pub(crate) use balancer::node_reaches;

impl<'w> Walk<'w> {
    fn new(world: &'w World, probe: &'w Probe, source: Option<Site<'w>>, place: Caller) -> Self {
        let packet = Packet {
            protocol: probe.wire_protocol(),
            port: probe.wire_port(),
        };
        Walk {
            world,
            probe,
            packet,
            source,
            hops: Vec::new(),
            place,
            balancer: None,
            target_port: None,
            served: None,
        }
    }

    fn own_component(&self) -> (Component, String, String) {
        match (self.probe.source, self.source) {
            (_, Some(site)) => (
                Component::Instance,
                site.instance.id.to_string(),
                site.instance.label(),
            ),
            (Source::Stranger, _) => (Component::Stranger, String::new(), "A stranger".to_owned()),
            _ => (Component::Laptop, String::new(), "Your laptop".to_owned()),
        }
    }

    fn push(&mut self, hop: Hop) {
        self.hops.push(hop);
    }

    /// Adds a gate's hop; ends the walk in silence when it did not let the packet through.
    fn gate(&mut self, (hop, cause): edge::Gate, door: Door<'w>) -> Result<(), End> {
        self.push(hop);
        match cause {
            None => Ok(()),
            Some(cause) => {
                self.place = door.caller();
                Err((Verdict::TimedOut, cause))
            }
        }
    }

    fn go(&mut self, caller: &Caller, destination: Ipv4Addr) -> Result<(), End> {
        let (component, id, name) = self.own_component();
        let first = match self.packet.protocol {
            Protocol::Tcp => "SYN, the first packet of a TCP connection,",
            Protocol::Icmp => "an ICMP echo request",
            _ => "a datagram",
        };
        let port = self
            .packet
            .port
            .map_or(String::new(), |port| format!(":{port}"));
        self.push(hop(
            component,
            id,
            Way::Out,
            Decision::Passed,
            format!("{name} sends {first} to {destination}{port}"),
        ));
        match self.source {
            // A private address means nothing in another VPC: there it may even be somebody else's.
            Some(source) if self.elsewhere(source, caller, destination) => {
                let text = format!(
                    "{destination} is a private address of another VPC: no way leads there"
                );
                self.push(hop(
                    Component::Internet,
                    String::new(),
                    Way::Out,
                    Decision::Dropped,
                    text,
                ));
                Err((Verdict::TimedOut, self.private_cause(caller)))
            }
            Some(source) => self.leave_instance(source, destination),
            None => {
                let ip = if self.probe.source == Source::Stranger {
                    STRANGER
                } else {
                    LAPTOP
                };
                if destination.is_private() {
                    let text = format!(
                        "{destination} is a private address: no router on the internet knows the way to it"
                    );
                    self.push(hop(
                        Component::Internet,
                        String::new(),
                        Way::Out,
                        Decision::Dropped,
                        text,
                    ));
                    return Err((Verdict::TimedOut, self.private_cause(caller)));
                }
                self.arrive_from_internet(ip, destination)
            }
        }
    }

    /// Whether the instance that is meant has nothing but a private address in another VPC.
    fn elsewhere(&self, source: Site<'w>, caller: &Caller, destination: Ipv4Addr) -> bool {
        let Target::Instance(id) = self.probe.target else {
            return false;
        };
        resolve::site(self.world, caller, id).is_some_and(|target| {
            target.interface.vpc != source.interface.vpc
                && target.interface.private_ip() == destination
                && resolve::peering_to(source, destination).is_none()
        })
    }

    fn private_cause(&mut self, caller: &Caller) -> Cause {
        let Target::Instance(id) = self.probe.target else {
            return Cause::PrivateAddress;
        };
        match resolve::site(self.world, caller, id) {
            Some(site)
                if site.instance.state != InstanceState::Running
                    && site.instance.state != InstanceState::Pending =>
            {
                self.place = site.caller();
                Cause::HostStopped { instance: id }
            }
            Some(site) => {
                self.place = site.caller();
                Cause::NoPublicAddressIngress { instance: id }
            }
            None => Cause::PrivateAddress,
        }
    }

    /// The answer is there.
    fn arrive(&mut self) {
        let (component, id, name) = self.own_component();
        self.push(hop(
            component,
            id,
            Way::Back,
            Decision::Passed,
            format!("{name} has the answer"),
        ));
    }
}
