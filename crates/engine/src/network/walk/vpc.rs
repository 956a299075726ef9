//! Inside a VPC: from an instance to its neighbour, to another subnet, to the gateway; and into a subnet.

use super::super::edge;
use super::super::edge::hop;
use super::super::resolve::{self, Site};
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::{EPHEMERAL, End, Walk};
use crate::resources::route_table::RouteTarget;
use std::net::Ipv4Addr;

impl<'w> Walk<'w> {
    pub(super) fn leave_instance(
        &mut self,
        source: Site<'w>,
        destination: Ipv4Addr,
    ) -> Result<(), End> {
        let own = source.interface.private_ip();
        if source
            .interface
            .addresses
            .iter()
            .any(|address| address.ip == destination)
        {
            return self.machine(source);
        }
        let vpc = source.interface.vpc;
        let inside = source.region.private_ips.get(&(vpc, destination)).copied();
        let target = inside.and_then(|id| resolve::site_of(source.region, id));
        self.gate(
            edge::groups(source, &self.packet, true, destination, target),
            source,
        )?;
        let neighbours =
            target.is_some_and(|target| target.interface.subnet == source.interface.subnet);
        if neighbours {
            // Inside a subnet neither the ACL nor the route table is asked.
            let target = target.ok_or((Verdict::TimedOut, Cause::AddressUnused))?;
            self.gate(
                edge::groups(target, &self.packet, false, own, Some(source)),
                target,
            )?;
            let answer = self.machine(target);
            if !silent(&answer) {
                self.push(edge::remembered(target));
                self.arrive();
            }
            return answer;
        }
        self.gate(
            edge::acl(
                source,
                &self.packet,
                Way::Out,
                true,
                destination,
                self.packet.port,
            ),
            source,
        )?;
        let (gate, way) = edge::route(source, Way::Out, destination);
        self.gate(gate, source)?;
        let answer = match way {
            Some(RouteTarget::Local) => self.across(source, own, destination, target),
            Some(RouteTarget::InternetGateway(_)) => self.out_of_vpc(source, destination),
            _ => Err((
                Verdict::TimedOut,
                Cause::NoRoute {
                    table: None,
                    destination,
                },
            )),
        };
        if silent(&answer) {
            return answer;
        }
        self.gate(
            edge::acl(
                source,
                &self.packet,
                Way::Back,
                false,
                destination,
                self.reply_port(),
            ),
            source,
        )?;
        self.push(edge::remembered(source));
        self.arrive();
        answer
    }

    /// To another subnet of the VPC.
    pub(super) fn across(
        &mut self,
        source: Site<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        target: Option<Site<'w>>,
    ) -> Result<(), End> {
        let Some(target) = target else {
            let text = format!("No interface of the VPC has the address {destination}");
            self.push(hop(
                Component::Internet,
                String::new(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        self.into(target, own, Some(source))
    }

    /// Out through the internet gateway, which swaps the private address for the public one.
    pub(super) fn out_of_vpc(
        &mut self,
        source: Site<'w>,
        destination: Ipv4Addr,
    ) -> Result<(), End> {
        self.gateway(source, Way::Out)?;
        let Some(public) = source.interface.public_ip() else {
            self.place = source.caller();
            let text = format!(
                "Internet gateway: {} has no public address, so its packets cannot leave",
                source.instance.label()
            );
            let id = self.gateway_id(source);
            self.push(hop(
                Component::InternetGateway,
                id,
                Way::Out,
                Decision::Dropped,
                text,
            ));
            return Err((
                Verdict::TimedOut,
                Cause::NoPublicAddressEgress {
                    instance: source.instance.id,
                },
            ));
        };
        let text = format!(
            "Internet gateway: the sender {} becomes {public}",
            source.interface.private_ip()
        );
        let id = self.gateway_id(source);
        self.push(hop(
            Component::InternetGateway,
            id,
            Way::Out,
            Decision::Passed,
            text,
        ));
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
            return Err((Verdict::TimedOut, Cause::PrivateAddress));
        }
        self.arrive_from_internet(public, destination)
    }

    /// Into a subnet, to its machine, and out of the subnet again. `peer` is the sender's address as seen here; `source`
    /// is set when the packet came by private address, so that group rules can know it.
    pub(super) fn into(
        &mut self,
        target: Site<'w>,
        peer: Ipv4Addr,
        source: Option<Site<'w>>,
    ) -> Result<(), End> {
        self.gate(
            edge::acl(
                target,
                &self.packet,
                Way::Out,
                false,
                peer,
                self.packet.port,
            ),
            target,
        )?;
        self.gate(
            edge::groups(target, &self.packet, false, peer, source),
            target,
        )?;
        let answer = self.machine(target);
        if silent(&answer) {
            return answer;
        }
        self.push(edge::remembered(target));
        self.gate(
            edge::acl(
                target,
                &self.packet,
                Way::Back,
                true,
                peer,
                self.reply_port(),
            ),
            target,
        )?;
        let (gate, way) = edge::route(target, Way::Back, peer);
        self.gate(gate, target)?;
        if source.is_none() && matches!(way, Some(RouteTarget::InternetGateway(_))) {
            let public = target
                .interface
                .public_ip()
                .map_or_else(String::new, |ip| ip.to_string());
            let text = format!("Internet gateway: the answer leaves as {public}");
            let id = self.gateway_id(target);
            self.push(hop(
                Component::InternetGateway,
                id,
                Way::Back,
                Decision::Passed,
                text,
            ));
            if self.source.is_none() {
                self.arrive();
            }
        }
        answer
    }

    pub(super) fn reply_port(&self) -> Option<u16> {
        self.packet.port.map(|_| EPHEMERAL)
    }
}

/// Whether the walk ended without any answer on its way back.
fn silent(answer: &Result<(), End>) -> bool {
    matches!(answer, Err((Verdict::TimedOut, _)))
}
