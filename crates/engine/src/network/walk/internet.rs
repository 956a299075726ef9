//! Between the internet and a VPC: the gateway, and who is on the internet.

use super::super::edge::hop;
use super::super::probe::WEB_SERVER;
use super::super::resolve::{self, Door};
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::vpc::silent;
use super::{End, Walk};
use crate::catalogue;
use crate::ids::VpcId;
use crate::region::RegionState;
use crate::resources::network_interface::Requester;
use crate::resources::route_table::RouteTarget;
use crate::resources::security_group::Protocol;
use std::net::Ipv4Addr;

impl<'w> Walk<'w> {
    /// The VPC's internet gateway; a packet ends here when there is none.
    fn gateway(
        &mut self,
        region: &RegionState,
        vpc: VpcId,
        way: Way,
    ) -> Result<crate::ids::InternetGatewayId, End> {
        if let Some(gateway) = region.gateway_of(vpc) {
            return Ok(gateway.id);
        }
        self.place = crate::world::Caller {
            account: region.account,
            region: region.name,
        };
        let text = "The VPC has no internet gateway".to_owned();
        self.push(hop(
            Component::InternetGateway,
            String::new(),
            way,
            Decision::Dropped,
            text,
        ));
        Err((Verdict::TimedOut, Cause::NoGateway { vpc }))
    }

    /// Out through the internet gateway, which swaps the private address for the public one.
    pub(super) fn out_of_vpc(
        &mut self,
        from: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
    ) -> Result<(), End> {
        let id = self.gateway(from.region, from.interface.vpc, Way::Out)?;
        // Only an address of the interface itself has a public one; a packet of somebody else's does not leave.
        let public = from
            .interface
            .addresses
            .iter()
            .find(|address| address.ip == own)
            .and_then(|address| address.public);
        let Some(public) = public else {
            self.place = from.caller();
            let label = from
                .site()
                .map_or_else(|| own.to_string(), |site| site.instance.label());
            let text = format!(
                "Internet gateway: {label} has no public address, so its packets cannot leave"
            );
            self.push(hop(
                Component::InternetGateway,
                id.to_string(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            let cause =
                from.site()
                    .map_or(Cause::AddressUnused, |site| Cause::NoPublicAddressEgress {
                        instance: site.instance.id,
                    });
            return Err((Verdict::TimedOut, cause));
        };
        let text = format!("Internet gateway: the sender {own} becomes {}", public.ip);
        self.push(hop(
            Component::InternetGateway,
            id.to_string(),
            Way::Out,
            Decision::Passed,
            text,
        ));
        if destination.is_private() {
            let text = format!(
                "{destination} is a private address: no router on the internet knows the way to it"
            );
            return Err(self.lost(text, Cause::PrivateAddress));
        }
        self.arrive_from_internet(public.ip, destination)
    }

    /// From the internet to a public address.
    pub(super) fn arrive_from_internet(
        &mut self,
        from: Ipv4Addr,
        destination: Ipv4Addr,
    ) -> Result<(), End> {
        if destination == WEB_SERVER {
            return self.web_server();
        }
        if let Some(service) = catalogue::all_services().find(|row| row.address == destination) {
            return self.service(&service.name);
        }
        let Some((region, interface)) = resolve::owner(self.world, destination) else {
            let text = format!("Nobody has the address {destination} now, so nobody answers");
            return Err(self.lost(text, Cause::AddressUnused));
        };
        let Some(target) = Door::of(region, interface) else {
            let text = format!("Nobody has the address {destination} now, so nobody answers");
            return Err(self.lost(text, Cause::AddressUnused));
        };
        let balancer = matches!(target.interface.requester, Some(Requester::LoadBalancer(_)));
        if target.site().is_none() && !balancer {
            let text = format!("{destination} belongs to an interface that no instance has");
            return Err(self.lost(text, Cause::AddressUnused));
        }
        let id = self.gateway(region, target.interface.vpc, Way::Out)?;
        let label = target.site().map_or_else(
            || "a load balancer".to_owned(),
            |site| site.instance.label(),
        );
        let text = format!(
            "Internet gateway: {destination} belongs to {label} and becomes {}",
            target.interface.private_of(destination)
        );
        self.push(hop(
            Component::InternetGateway,
            id.to_string(),
            Way::Out,
            Decision::Passed,
            text,
        ));
        let answer = self.into(target, from, None, RouteTarget::InternetGateway(id));
        if silent(&answer) {
            return answer;
        }
        let text = format!("Internet gateway: the answer leaves as {destination}");
        self.push(hop(
            Component::InternetGateway,
            id.to_string(),
            Way::Back,
            Decision::Passed,
            text,
        ));
        if self.source.is_none() {
            self.arrive();
        }
        answer
    }

    /// A web server on the internet: it serves HTTP and HTTPS and nothing else.
    pub(super) fn web_server(&mut self) -> Result<(), End> {
        if self.packet.protocol == Protocol::Icmp
            || (self.packet.protocol == Protocol::Tcp && matches!(self.packet.port, Some(80 | 443)))
        {
            self.push(hop(
                Component::Internet,
                String::new(),
                Way::Back,
                Decision::Answered,
                format!("The server {WEB_SERVER} answers"),
            ));
            return Ok(());
        }
        let text = format!("The server {WEB_SERVER} has nothing on this port and says so");
        self.push(hop(
            Component::Internet,
            String::new(),
            Way::Back,
            Decision::Rejected,
            text,
        ));
        Err((Verdict::Refused, Cause::NoListenerOutside))
    }

    /// One of AWS's own services: it speaks HTTPS and HTTP, and says nothing to anything else.
    pub(super) fn service(&mut self, name: &str) -> Result<(), End> {
        if self.packet.protocol == Protocol::Tcp && matches!(self.packet.port, Some(80 | 443)) {
            self.push(hop(
                Component::Service,
                String::new(),
                Way::Back,
                Decision::Answered,
                format!("The service {name} answers"),
            ));
            return Ok(());
        }
        let text = format!("The service {name} answers on ports 80 and 443 only");
        Err(self.lost(text, Cause::NoListenerOutside))
    }
}
