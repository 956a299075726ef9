//! Inside a VPC: from an instance to its neighbour, to another subnet, to a gateway; and into a subnet.

use super::super::edge;
use super::super::edge::hop;
use super::super::resolve::{Door, Site};
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::{EPHEMERAL, End, Walk};
use crate::resources::network_interface::Requester;
use crate::resources::route_table::RouteTarget;
use std::net::Ipv4Addr;

impl<'w> Walk<'w> {
    pub(super) fn leave_instance(
        &mut self,
        source: Site<'w>,
        destination: Ipv4Addr,
    ) -> Result<(), End> {
        if source
            .interface
            .addresses
            .iter()
            .any(|address| address.ip == destination)
        {
            return self.machine(source);
        }
        let answer = self.leave(source.door(), destination);
        if !silent(&answer) {
            self.arrive();
        }
        answer
    }

    /// Out of an interface, an instance's or a service's own, to where the packet is meant for, and back to it.
    pub(super) fn leave(&mut self, door: Door<'w>, destination: Ipv4Addr) -> Result<(), End> {
        let own = door.interface.private_ip();
        let target = self.door_at(door, destination);
        self.gate(
            edge::groups(door, &self.packet, true, destination, target),
            door,
        )?;
        let neighbour = target.filter(|target| target.interface.subnet == door.interface.subnet);
        if let Some(target) = neighbour {
            // Inside a subnet neither the ACL nor the route table is asked.
            self.gate(
                edge::groups(target, &self.packet, false, own, Some(door)),
                target,
            )?;
            let answer = self.behind(target);
            if !silent(&answer) {
                self.remembered(target);
            }
            return answer;
        }
        self.gate(
            edge::acl(
                door,
                &self.packet,
                Way::Out,
                true,
                destination,
                self.packet.port,
            ),
            door,
        )?;
        let way = self.route(door, Way::Out, destination)?;
        let answer = self.follow(door, own, destination, way);
        if silent(&answer) {
            return answer;
        }
        self.gate(
            edge::acl(
                door,
                &self.packet,
                Way::Back,
                false,
                destination,
                self.reply_port(),
            ),
            door,
        )?;
        self.push(edge::remembered(door));
        answer
    }

    /// To where a route leads. `own` is the sender's address as it is here.
    pub(super) fn follow(
        &mut self,
        from: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        way: RouteTarget,
    ) -> Result<(), End> {
        match way {
            RouteTarget::Local => self.across(from, own, destination),
            RouteTarget::InternetGateway(_) => self.out_of_vpc(from, own, destination),
            RouteTarget::NatGateway(id) => self.through_nat(from, own, destination, id),
            RouteTarget::NetworkInterface(id) => self.through_machine(from, own, destination, id),
            RouteTarget::VpcPeeringConnection(id) => {
                self.through_peering(from, own, destination, id)
            }
            RouteTarget::VpcEndpoint(id) => self.through_endpoint(id, destination),
        }
    }

    /// The interface that has an address in the VPC of another one.
    pub(super) fn door_at(&self, near: Door<'w>, address: Ipv4Addr) -> Option<Door<'w>> {
        let id = near
            .region
            .private_ips
            .get(&(near.interface.vpc, address))?;
        Door::of(near.region, *id)
    }

    /// Asks the route table; a packet that has no way ends here.
    pub(super) fn route(
        &mut self,
        door: Door<'w>,
        way: Way,
        destination: Ipv4Addr,
    ) -> Result<RouteTarget, End> {
        let (hop, target) = edge::route(door, way, destination);
        self.push(hop);
        target.map_err(|cause| {
            self.place = door.caller();
            (Verdict::TimedOut, cause)
        })
    }

    fn remembered(&mut self, door: Door<'w>) {
        if !door.interface.groups.is_empty() {
            self.push(edge::remembered(door));
        }
    }

    /// To another subnet of the VPC.
    fn across(&mut self, from: Door<'w>, own: Ipv4Addr, destination: Ipv4Addr) -> Result<(), End> {
        let Some(target) = self.door_at(from, destination) else {
            let text = format!("No interface of the VPC has the address {destination}");
            return Err(self.lost(text, Cause::AddressUnused));
        };
        self.into(target, own, Some(from), RouteTarget::Local)
    }

    /// The packet ends here without a word.
    pub(super) fn lost(&mut self, text: String, cause: Cause) -> End {
        self.push(hop(
            Component::Internet,
            String::new(),
            Way::Out,
            Decision::Dropped,
            text,
        ));
        (Verdict::TimedOut, cause)
    }

    /// Who is behind an interface: a machine, a service of AWS's, or nobody.
    fn behind(&mut self, door: Door<'w>) -> Result<(), End> {
        if let Some(site) = door.site() {
            return self.machine(site);
        }
        match door.interface.requester {
            Some(Requester::VpcEndpoint(id)) => self.service_behind(door, id),
            Some(Requester::LoadBalancer(id)) => self.balance(door, id),
            _ => {
                let text = format!(
                    "{} belongs to an interface that no instance has",
                    door.interface.private_ip()
                );
                Err(self.lost(text, Cause::AddressUnused))
            }
        }
    }

    /// Into a subnet, to who is there, and out of the subnet again. `peer` is the sender's address as seen here; `source`
    /// is set when the packet came by private address, so that group rules can know it. `back` is the way that the
    /// answer must take to arrive.
    pub(super) fn into(
        &mut self,
        target: Door<'w>,
        peer: Ipv4Addr,
        source: Option<Door<'w>>,
        back: RouteTarget,
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
        let answer = self.behind(target);
        if silent(&answer) {
            return answer;
        }
        self.remembered(target);
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
        let way = self.route(target, Way::Back, peer)?;
        let same = match (way, back) {
            (RouteTarget::InternetGateway(_), RouteTarget::InternetGateway(_)) => true,
            _ => way == back,
        };
        if !same {
            return Err(self.astray(target, peer));
        }
        answer
    }

    /// The answer goes another way than the packet came: no gateway there knows the connection.
    fn astray(&mut self, door: Door<'w>, peer: Ipv4Addr) -> End {
        self.place = door.caller();
        let table = door
            .region
            .subnets
            .get(&door.interface.subnet)
            .and_then(|subnet| door.region.route_table_of(subnet));
        let text = format!(
            "The answer to {peer} takes another way than the packet came, and what is there does not know the connection"
        );
        self.push(hop(
            Component::RouteTable,
            table.map(|table| table.id.to_string()).unwrap_or_default(),
            Way::Back,
            Decision::Dropped,
            text,
        ));
        let cause = match table {
            Some(table) => Cause::AnswerAstray {
                table: table.id,
                destination: peer,
            },
            None => Cause::NoRoute {
                table: None,
                destination: peer,
            },
        };
        (Verdict::TimedOut, cause)
    }

    pub(super) fn reply_port(&self) -> Option<u16> {
        self.packet.port.map(|_| EPHEMERAL)
    }
}

/// Whether the walk ended without any answer on its way back.
pub(super) fn silent(answer: &Result<(), End>) -> bool {
    matches!(answer, Err((Verdict::TimedOut, _)))
}
