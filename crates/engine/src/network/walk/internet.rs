//! Between the internet and a VPC: the gateway, and who is on the internet.

use super::super::edge::hop;
use super::super::probe::WEB_SERVER;
use super::super::resolve::{self, Site};
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::{End, Walk};
use crate::resources::security_group::Protocol;
use std::net::Ipv4Addr;

impl<'w> Walk<'w> {
    pub(super) fn gateway_id(&self, site: Site<'w>) -> String {
        let gateway = site
            .region
            .internet_gateways
            .values()
            .find(|gateway| gateway.vpc == Some(site.interface.vpc));
        gateway
            .map(|gateway| gateway.id.to_string())
            .unwrap_or_default()
    }

    pub(super) fn gateway(&mut self, site: Site<'w>, way: Way) -> Result<(), End> {
        if !self.gateway_id(site).is_empty() {
            return Ok(());
        }
        self.place = site.caller();
        let text = "The VPC has no internet gateway".to_owned();
        self.push(hop(
            Component::InternetGateway,
            String::new(),
            way,
            Decision::Dropped,
            text,
        ));
        Err((Verdict::TimedOut, Cause::NoGateway))
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
        let Some((region, interface)) = resolve::owner(self.world, destination) else {
            let text = format!("Nobody has the address {destination} now, so nobody answers");
            self.push(hop(
                Component::Internet,
                String::new(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        let Some(target) = resolve::site_of(region, interface) else {
            let text = format!("{destination} belongs to an interface that no instance has");
            self.push(hop(
                Component::Internet,
                String::new(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            return Err((Verdict::TimedOut, Cause::AddressUnused));
        };
        self.gateway(target, Way::Out)?;
        let text = format!(
            "Internet gateway: {destination} belongs to {} and becomes {}",
            target.instance.label(),
            target.interface.private_of(destination)
        );
        let id = self.gateway_id(target);
        self.push(hop(
            Component::InternetGateway,
            id,
            Way::Out,
            Decision::Passed,
            text,
        ));
        self.into(target, from, None)?;
        Ok(())
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
}
