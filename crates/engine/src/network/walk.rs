//! The walk itself: out through every gate, into the machine, and back.

use super::edge::{self, hop};
use super::probe::{Client, LAPTOP, Probe, STRANGER, Source, Target, WEB_SERVER};
use super::resolve::{self, Site};
use super::terminal;
use super::trace::{Cause, Component, Decision, Hop, Trace, Verdict, Way};
use crate::error::{ApiError, ApiResult};
use crate::guest::{FirewallAction, Power};
use crate::resources::instance::InstanceState;
use crate::resources::route_table::RouteTarget;
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
}

/// Follows one attempt to connect, out and back.
///
/// # Errors
/// `InvalidInstanceID.NotFound` when the source does not exist, `IncorrectInstanceState` when it is not up: nothing can be
/// started there.
pub fn probe(world: &World, caller: &Caller, probe: &Probe) -> ApiResult<Trace> {
    let source = match probe.source {
        Source::Instance(id) => {
            let site = resolve::site(world, caller, id)
                .ok_or_else(|| ApiError::InvalidInstanceIdNotFound { instance_id: id.to_string() })?;
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
        return Err(ApiError::InvalidInstanceIdNotFound { instance_id: id.to_string() });
    }
    let packet = Packet { protocol: probe.wire_protocol(), port: probe.wire_port() };
    let mut walk = Walk { world, probe, packet, source, hops: Vec::new(), place: caller.clone() };
    let (address, host) = resolve::resolve(world, caller, source, &probe.target);
    let end = match address {
        Some(address) => walk.go(caller, address),
        None => {
            let text = format!("No DNS server knows the name {host}");
            walk.hops.push(hop(Component::Resolver, String::new(), Way::Out, Decision::Rejected, text));
            Err((Verdict::UnknownHost, Cause::UnknownName))
        }
    };
    let (verdict, cause) = match end {
        Ok(()) => (Verdict::Connected, None),
        Err((verdict, cause)) => (verdict, Some(cause)),
    };
    let wait = terminal::wait(&probe.client, verdict);
    let summary = terminal::summary(verdict, walk.hops.last(), &probe.client, wait);
    Ok(Trace { hops: walk.hops, verdict, cause, host, wait, caller: walk.place, summary })
}

impl<'w> Walk<'w> {
    fn own_component(&self) -> (Component, String, String) {
        match (self.probe.source, self.source) {
            (_, Some(site)) => (Component::Instance, site.instance.id.to_string(), site.instance.label()),
            (Source::Stranger, _) => (Component::Stranger, String::new(), "A stranger".to_owned()),
            _ => (Component::Laptop, String::new(), "Your laptop".to_owned()),
        }
    }

    fn push(&mut self, hop: Hop) {
        self.hops.push(hop);
    }

    /// Adds a gate's hop; ends the walk in silence when it did not let the packet through.
    fn gate(&mut self, (hop, cause): edge::Gate, site: Site<'w>) -> Result<(), End> {
        self.push(hop);
        match cause {
            None => Ok(()),
            Some(cause) => {
                self.place = site.caller();
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
        let port = self.packet.port.map_or(String::new(), |port| format!(":{port}"));
        self.push(hop(component, id, Way::Out, Decision::Passed, format!("{name} sends {first} to {destination}{port}")));
        match self.source {
            Some(source) => self.from_instance(source, destination),
            None => {
                let ip = if self.probe.source == Source::Stranger { STRANGER } else { LAPTOP };
                if destination.is_private() {
                    let text = format!("{destination} is a private address: no router on the internet knows the way to it");
                    self.push(hop(Component::Internet, String::new(), Way::Out, Decision::Dropped, text));
                    return Err((Verdict::TimedOut, self.private_cause(caller)));
                }
                self.from_internet(ip, destination)
            }
        }
    }

    fn private_cause(&mut self, caller: &Caller) -> Cause {
        let Target::Instance(id) = self.probe.target else { return Cause::PrivateAddress };
        match resolve::site(self.world, caller, id) {
            Some(site) if site.instance.state != InstanceState::Running && site.instance.state != InstanceState::Pending => {
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

    fn from_instance(&mut self, source: Site<'w>, destination: Ipv4Addr) -> Result<(), End> {
        let own = source.interface.private_ip();
        if source.interface.addresses.iter().any(|address| address.ip == destination) {
            return self.machine(source);
        }
        let vpc = source.interface.vpc;
        let inside = source.region.private_ips.get(&(vpc, destination)).copied();
        let target = inside.and_then(|id| resolve::site_of(source.region, id));
        self.gate(edge::groups(source, &self.packet, true, destination, target), source)?;
        let neighbours = target.is_some_and(|target| target.interface.subnet == source.interface.subnet);
        if neighbours {
            // Inside a subnet neither the ACL nor the route table is asked.
            let target = target.ok_or((Verdict::TimedOut, Cause::AddressUnused))?;
            self.gate(edge::groups(target, &self.packet, false, own, Some(source)), target)?;
            let answer = self.machine(target);
            if !silent(&answer) {
                self.push(edge::remembered(target));
                self.arrive();
            }
            return answer;
        }
        self.gate(edge::acl(source, &self.packet, Way::Out, true, destination, self.packet.port), source)?;
        let (gate, way) = edge::route(source, Way::Out, destination);
        self.gate(gate, source)?;
        let answer = match way {
            Some(RouteTarget::Local) => self.across(source, own, destination, target),
            Some(RouteTarget::InternetGateway(_)) => self.out_of_vpc(source, destination),
            _ => Err((Verdict::TimedOut, Cause::NoRoute { table: None, destination })),
        };
        if silent(&answer) {
            return answer;
        }
        self.gate(edge::acl(source, &self.packet, Way::Back, false, destination, self.reply_port()), source)?;
        self.push(edge::remembered(source));
        self.arrive();
        answer
    }

    /// To another subnet of the VPC.
    fn across(&mut self, source: Site<'w>, own: Ipv4Addr, destination: Ipv4Addr, target: Option<Site<'w>>) -> Result<(), End> {
        let Some(target) = target else {
            let text = format!("No interface of the VPC has the address {destination}");
            self.push(hop(Component::Internet, String::new(), Way::Out, Decision::Dropped, text));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        self.into(target, own, Some(source))
    }

    /// Out through the internet gateway, which swaps the private address for the public one.
    fn out_of_vpc(&mut self, source: Site<'w>, destination: Ipv4Addr) -> Result<(), End> {
        self.gateway(source, Way::Out)?;
        let Some(public) = source.interface.public_ip() else {
            self.place = source.caller();
            let text = format!("Internet gateway: {} has no public address, so its packets cannot leave", source.instance.label());
            let id = self.gateway_id(source);
            self.push(hop(Component::InternetGateway, id, Way::Out, Decision::Dropped, text));
            return Err((Verdict::TimedOut, Cause::NoPublicAddressEgress { instance: source.instance.id }));
        };
        let text = format!("Internet gateway: the sender {} becomes {public}", source.interface.private_ip());
        let id = self.gateway_id(source);
        self.push(hop(Component::InternetGateway, id, Way::Out, Decision::Passed, text));
        if destination.is_private() {
            let text = format!("{destination} is a private address: no router on the internet knows the way to it");
            self.push(hop(Component::Internet, String::new(), Way::Out, Decision::Dropped, text));
            return Err((Verdict::TimedOut, Cause::PrivateAddress));
        }
        self.from_internet(public, destination)
    }

    fn gateway_id(&self, site: Site<'w>) -> String {
        let gateway = site.region.internet_gateways.values().find(|gateway| gateway.vpc == Some(site.interface.vpc));
        gateway.map(|gateway| gateway.id.to_string()).unwrap_or_default()
    }

    fn gateway(&mut self, site: Site<'w>, way: Way) -> Result<(), End> {
        if !self.gateway_id(site).is_empty() {
            return Ok(());
        }
        self.place = site.caller();
        let text = "The VPC has no internet gateway".to_owned();
        self.push(hop(Component::InternetGateway, String::new(), way, Decision::Dropped, text));
        Err((Verdict::TimedOut, Cause::NoGateway))
    }

    /// From the internet to a public address.
    fn from_internet(&mut self, from: Ipv4Addr, destination: Ipv4Addr) -> Result<(), End> {
        if destination == WEB_SERVER {
            return self.web_server();
        }
        let Some((region, interface)) = resolve::owner(self.world, destination) else {
            let text = format!("Nobody has the address {destination} now, so nobody answers");
            self.push(hop(Component::Internet, String::new(), Way::Out, Decision::Dropped, text));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        let Some(target) = resolve::site_of(region, interface) else {
            let text = format!("{destination} belongs to an interface that no instance has");
            self.push(hop(Component::Internet, String::new(), Way::Out, Decision::Dropped, text));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        self.gateway(target, Way::Out)?;
        let text = format!(
            "Internet gateway: {destination} belongs to {} and becomes {}",
            target.instance.label(),
            target.interface.private_ip()
        );
        let id = self.gateway_id(target);
        self.push(hop(Component::InternetGateway, id, Way::Out, Decision::Passed, text));
        self.into(target, from, None)?;
        Ok(())
    }

    /// A web server on the internet: it serves HTTP and HTTPS and nothing else.
    fn web_server(&mut self) -> Result<(), End> {
        if self.packet.protocol == Protocol::Icmp || (self.packet.protocol == Protocol::Tcp && matches!(self.packet.port, Some(80 | 443))) {
            self.push(hop(Component::Internet, String::new(), Way::Back, Decision::Answered, format!("The server {WEB_SERVER} answers")));
            return Ok(());
        }
        let text = format!("The server {WEB_SERVER} has nothing on this port and says so");
        self.push(hop(Component::Internet, String::new(), Way::Back, Decision::Rejected, text));
        Err((Verdict::Refused, Cause::NoListenerOutside))
    }

    /// Into a subnet, to its machine, and out of the subnet again. `peer` is the sender's address as seen here; `source`
    /// is set when the packet came by private address, so that group rules can know it.
    fn into(&mut self, target: Site<'w>, peer: Ipv4Addr, source: Option<Site<'w>>) -> Result<(), End> {
        self.gate(edge::acl(target, &self.packet, Way::Out, false, peer, self.packet.port), target)?;
        self.gate(edge::groups(target, &self.packet, false, peer, source), target)?;
        let answer = self.machine(target);
        if silent(&answer) {
            return answer;
        }
        self.push(edge::remembered(target));
        self.gate(edge::acl(target, &self.packet, Way::Back, true, peer, self.reply_port()), target)?;
        let (gate, way) = edge::route(target, Way::Back, peer);
        self.gate(gate, target)?;
        if source.is_none() && matches!(way, Some(RouteTarget::InternetGateway(_))) {
            let public = target.interface.public_ip().map_or_else(String::new, |ip| ip.to_string());
            let text = format!("Internet gateway: the answer leaves as {public}");
            let id = self.gateway_id(target);
            self.push(hop(Component::InternetGateway, id, Way::Back, Decision::Passed, text));
            if self.source.is_none() {
                self.arrive();
            }
        }
        answer
    }

    fn reply_port(&self) -> Option<u16> {
        self.packet.port.map(|_| EPHEMERAL)
    }

    /// The answer is there.
    fn arrive(&mut self) {
        let (component, id, name) = self.own_component();
        self.push(hop(component, id, Way::Back, Decision::Passed, format!("{name} has the answer")));
    }

    /// Inside the machine: power, its own firewall, who listens, who may log in.
    fn machine(&mut self, site: Site<'w>) -> Result<(), End> {
        let instance = site.instance;
        let (id, label) = (instance.id, instance.label());
        self.place = site.caller();
        let port = self.packet.port;
        let mut say = |component, decision, text: String| {
            self.hops.push(hop(component, id.to_string(), if decision == Decision::Dropped { Way::Out } else { Way::Back }, decision, text));
        };
        match (instance.state, instance.guest.power) {
            (InstanceState::Running, Power::Up) => {}
            (InstanceState::Running | InstanceState::Pending, _) => {
                say(Component::Instance, Decision::Dropped, format!("{label} is still starting: its operating system does not answer yet"));
                return Err((Verdict::TimedOut, Cause::Booting { instance: id }));
            }
            (state, _) => {
                say(Component::Instance, Decision::Dropped, format!("{label} is {}: nobody is there to answer", state.as_str()));
                return Err((Verdict::TimedOut, Cause::HostStopped { instance: id }));
            }
        }
        if let Some(rule) = instance.guest.firewall_rule(self.packet.protocol, port) {
            let what = super::probe::words(self.packet.protocol, port);
            let (decision, verb, end) = match rule.action {
                FirewallAction::Drop => (Decision::Dropped, "throws it away", (Verdict::TimedOut, Cause::FirewallDrop { instance: id })),
                FirewallAction::RejectHostProhibited => (Decision::Rejected, "says \"prohibited\"", (Verdict::NoRoute, Cause::FirewallReject { instance: id })),
                FirewallAction::RejectPortUnreachable => (Decision::Rejected, "says \"port unreachable\"", (Verdict::Refused, Cause::FirewallReject { instance: id })),
            };
            say(Component::Firewall, decision, format!("The firewall inside {label} has a rule for {what} and {verb}"));
            return Err(end);
        }
        let Some(port) = port else {
            say(Component::Instance, Decision::Answered, format!("The operating system of {label} answers the ping"));
            return Ok(());
        };
        let Some(service) = instance.guest.listener(self.packet.protocol, port) else {
            say(Component::Instance, Decision::Rejected, format!("Nothing on {label} listens on port {port}, so its operating system says no at once"));
            return Err((Verdict::Refused, Cause::NoListener { instance: id }));
        };
        say(Component::Service, Decision::Answered, format!("{service} on {label} listens on port {port} and answers"));
        self.log_in(site)
    }

    /// `ssh` is not done when the port answers: the machine must know the user and the key.
    fn log_in(&mut self, site: Site<'w>) -> Result<(), End> {
        let Client::Ssh { user, key } = &self.probe.client else { return Ok(()) };
        let id = site.instance.id;
        let expected = site.instance.os().map_or("", |image| image.default_user);
        let mut refuse = |text: String, cause: Cause| {
            self.hops.push(hop(Component::Service, id.to_string(), Way::Back, Decision::Rejected, text));
            Err((Verdict::PermissionDenied, cause))
        };
        if let Some(user) = user.as_deref().filter(|user| *user != expected) {
            return refuse(format!("sshd: the user {user} has no key on this machine; its image's user is {expected}"), Cause::WrongUser { instance: id });
        }
        let own = site.instance.key_name.as_deref();
        match (key.as_deref(), own) {
            (_, None) => refuse("sshd: the instance was launched without a key pair, so no key opens it".to_owned(), Cause::WrongKey { instance: id }),
            (Some(key), Some(own)) if key != own => {
                refuse(format!("sshd: this is not the key that the instance was launched with ({own})"), Cause::WrongKey { instance: id })
            }
            _ => Ok(()),
        }
    }
}

/// Whether the walk ended without any answer on its way back.
fn silent(answer: &Result<(), End>) -> bool {
    matches!(answer, Err((Verdict::TimedOut, _)))
}
