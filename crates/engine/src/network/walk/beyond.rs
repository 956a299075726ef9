//! Past the internet gateway's other doors: NAT gateways and NAT instances, peering connections, endpoints.

use super::super::edge;
use super::super::edge::hop;
use super::super::resolve::{Door, Site};
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::vpc::silent;
use super::{End, Walk};
use crate::guest::{Power, service};
use crate::ids::{NatGatewayId, NetworkInterfaceId, VpcEndpointId, VpcPeeringConnectionId};
use crate::resources::nat_gateway::{Connectivity, NatGateway, NatGatewayState};
use crate::resources::peering::PeeringState;
use crate::resources::route_table::RouteTarget;
use std::net::Ipv4Addr;

impl<'w> Walk<'w> {
    /// Through a NAT gateway: out with its address, and only answers come back
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>).
    pub(super) fn through_nat(
        &mut self,
        from: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        id: NatGatewayId,
    ) -> Result<(), End> {
        let ready = from
            .region
            .nat_gateways
            .get(&id)
            .filter(|row| row.state == NatGatewayState::Available)
            .and_then(|row| Some((row, Door::of(from.region, row.interface)?)));
        let Some((row, door)) = ready else {
            self.place = from.caller();
            let state = from
                .region
                .nat_gateways
                .get(&id)
                .map_or("gone", |row| row.state.as_str());
            return Err(self.nat_drop(
                id,
                format!("NAT gateway: it is {state} and takes nothing"),
                Cause::NatGatewayNotAvailable { gateway: id },
            ));
        };
        self.pass_on(from, door, own, destination, |walk, way| {
            walk.nat_way(row, door, own, destination, way)
        })
    }

    fn nat_drop(&mut self, id: NatGatewayId, text: String, cause: Cause) -> End {
        self.push(hop(
            Component::NatGateway,
            id.to_string(),
            Way::Out,
            Decision::Dropped,
            text,
        ));
        (Verdict::TimedOut, cause)
    }

    /// From the NAT gateway on, with its own address.
    fn nat_way(
        &mut self,
        row: &'w NatGateway,
        door: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        way: RouteTarget,
    ) -> Result<(), End> {
        let leaves = matches!(way, RouteTarget::InternetGateway(_));
        if leaves && row.connectivity == Connectivity::Private {
            self.place = door.caller();
            return Err(self.nat_drop(
                row.id,
                "NAT gateway: it is a private one and has no public address".to_owned(),
                Cause::NatGatewayPrivate { gateway: row.id },
            ));
        }
        if matches!(way, RouteTarget::NatGateway(_)) {
            self.place = door.caller();
            let text = "NAT gateway: its own subnet sends the packet back to a NAT gateway, not to an internet gateway".to_owned();
            return Err(self.nat_drop(
                row.id,
                text,
                Cause::NoRoute {
                    table: door
                        .region
                        .subnets
                        .get(&row.subnet)
                        .and_then(|subnet| door.region.route_table_of(subnet))
                        .map(|table| table.id),
                    destination,
                },
            ));
        }
        self.push(hop(
            Component::NatGateway,
            row.id.to_string(),
            Way::Out,
            Decision::Passed,
            format!("NAT gateway: the sender {own} becomes {}", row.private_ip),
        ));
        let answer = self.follow(door, row.private_ip, destination, way);
        if !silent(&answer) {
            self.push(hop(
                Component::NatGateway,
                row.id.to_string(),
                Way::Back,
                Decision::Passed,
                format!("NAT gateway: it knows the connection, so the answer goes to {own}"),
            ));
        }
        answer
    }

    /// Through somebody's subnet who passes packets on: in, along its own route table, and the answer out again. The ACL
    /// is not asked between two interfaces of one subnet.
    fn pass_on(
        &mut self,
        from: Door<'w>,
        through: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        onward: impl FnOnce(&mut Self, RouteTarget) -> Result<(), End>,
    ) -> Result<(), End> {
        let other_subnet = from.interface.subnet != through.interface.subnet;
        let port = self.packet.port;
        if other_subnet {
            self.gate(
                edge::acl(through, &self.packet, Way::Out, false, own, port),
                through,
            )?;
        }
        self.gate(
            edge::acl(through, &self.packet, Way::Out, true, destination, port),
            through,
        )?;
        let way = self.route(through, Way::Out, destination)?;
        let answer = onward(self, way);
        if silent(&answer) {
            return answer;
        }
        let reply = self.reply_port();
        self.gate(
            edge::acl(through, &self.packet, Way::Back, false, destination, reply),
            through,
        )?;
        if other_subnet {
            self.gate(
                edge::acl(through, &self.packet, Way::Back, true, own, reply),
                through,
            )?;
        }
        answer
    }

    /// Through a machine that passes packets on: a NAT instance
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html>).
    pub(super) fn through_machine(
        &mut self,
        from: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        id: NetworkInterfaceId,
    ) -> Result<(), End> {
        let Some(site) = Door::of(from.region, id).and_then(Door::site) else {
            return Err(self.lost(format!("{id} belongs to no instance"), Cause::AddressUnused));
        };
        let door = site.door();
        self.gate(
            edge::groups(door, &self.packet, false, own, Some(from)),
            door,
        )?;
        self.forwards(site)?;
        self.gate(
            edge::groups(door, &self.packet, true, destination, None),
            door,
        )?;
        let label = site.instance.label();
        let own_ip = site.interface.private_ip();
        self.pass_on(from, door, own, destination, |walk, way| {
            walk.push(hop(
                Component::Instance,
                site.instance.id.to_string(),
                Way::Out,
                Decision::Passed,
                format!("{label} passes the packet on: the sender {own} becomes {own_ip}"),
            ));
            if way == RouteTarget::NetworkInterface(id) {
                let text = format!(
                    "{label} would get its own packet back: its subnet needs another route"
                );
                return Err(walk.lost(text, Cause::AddressUnused));
            }
            walk.follow(door, own_ip, destination, way)
        })
    }

    /// Whether a machine takes packets that are not meant for it, and passes them on.
    fn forwards(&mut self, site: Site<'w>) -> Result<(), End> {
        self.place = site.caller();
        let (id, label) = (site.instance.id, site.instance.label());
        let mut drop = |text: String, cause: Cause| {
            self.hops.push(hop(
                Component::Instance,
                id.to_string(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            Err((Verdict::TimedOut, cause))
        };
        if site.interface.source_dest_check {
            return drop(
                format!(
                    "{label} takes only packets that are meant for it: its source/destination check is on"
                ),
                Cause::SourceDestCheck {
                    interface: site.interface.id,
                },
            );
        }
        match site.instance.guest.power {
            Power::Up => {}
            Power::Booting => {
                return drop(
                    format!("{label} is still starting and passes nothing on"),
                    Cause::Booting { instance: id },
                );
            }
            Power::Off => {
                return drop(
                    format!("{label} is off and passes nothing on"),
                    Cause::HostStopped { instance: id },
                );
            }
        }
        let on = site
            .instance
            .guest
            .services
            .get(service::FORWARDER)
            .is_some_and(|service| service.running);
        if !on {
            return drop(
                format!(
                    "{label} does not pass packets on: nothing inside it forwards and masquerades"
                ),
                Cause::NotForwarding { instance: id },
            );
        }
        Ok(())
    }

    /// Into the VPC at the other end of a peering connection
    /// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
    pub(super) fn through_peering(
        &mut self,
        from: Door<'w>,
        own: Ipv4Addr,
        destination: Ipv4Addr,
        id: VpcPeeringConnectionId,
    ) -> Result<(), End> {
        let row = from.region.peering_connections.get(&id);
        let drop = |walk: &mut Self, text: String, cause: Cause| {
            walk.place = from.caller();
            walk.push(hop(
                Component::PeeringConnection,
                id.to_string(),
                Way::Out,
                Decision::Dropped,
                text,
            ));
            Err((Verdict::TimedOut, cause))
        };
        let side = row
            .filter(|row| row.state == PeeringState::Active)
            .and_then(|row| row.other_side(from.interface.vpc));
        let Some(side) = side else {
            let state = row.map_or("gone", |row| row.state.words().0);
            return drop(
                self,
                format!("Peering connection: it is {state} and carries nothing"),
                Cause::PeeringNotActive { connection: id },
            );
        };
        let far = self.world.region(&side.place);
        let inside = far
            .and_then(|region| region.vpcs.get(&side.vpc))
            .is_some_and(|vpc| vpc.contains(destination));
        if !inside {
            return drop(
                self,
                format!(
                    "Peering connection: {destination} is not an address of {}, and it carries nothing further",
                    side.vpc
                ),
                Cause::NotTransitive {
                    connection: id,
                    destination,
                },
            );
        }
        self.push(hop(
            Component::PeeringConnection,
            id.to_string(),
            Way::Out,
            Decision::Passed,
            format!("Peering connection: the packet goes on in {}", side.vpc),
        ));
        let target = far.and_then(|region| {
            let nic = region.private_ips.get(&(side.vpc, destination))?;
            Door::of(region, *nic)
        });
        let Some(target) = target else {
            let text = format!("No interface of {} has the address {destination}", side.vpc);
            return Err(self.lost(text, Cause::AddressUnused));
        };
        // Rules can name groups across a peering connection of one Region only.
        let known = (side.place.region == from.region.name).then_some(from);
        let answer = self.into(target, own, known, RouteTarget::VpcPeeringConnection(id));
        if !silent(&answer) {
            self.push(hop(
                Component::PeeringConnection,
                id.to_string(),
                Way::Back,
                Decision::Passed,
                "Peering connection: the answer comes back".to_owned(),
            ));
        }
        answer
    }

    /// Through a gateway endpoint: to the service, past the internet.
    pub(super) fn through_endpoint(
        &mut self,
        id: VpcEndpointId,
        _destination: Ipv4Addr,
    ) -> Result<(), End> {
        let service = self
            .world
            .regions
            .values()
            .find_map(|region| region.vpc_endpoints.get(&id))
            .map(|row| row.service.clone())
            .unwrap_or_default();
        self.push(hop(
            Component::VpcEndpoint,
            id.to_string(),
            Way::Out,
            Decision::Passed,
            format!("Endpoint: the packet reaches {service} without the internet"),
        ));
        self.service(&service)
    }

    /// The service behind the interface of an endpoint.
    pub(super) fn service_behind(&mut self, door: Door<'w>, id: VpcEndpointId) -> Result<(), End> {
        let service = door
            .region
            .vpc_endpoints
            .get(&id)
            .map(|row| row.service.clone())
            .unwrap_or_default();
        self.push(hop(
            Component::VpcEndpoint,
            id.to_string(),
            Way::Out,
            Decision::Passed,
            format!(
                "Endpoint: {} leads to {service}",
                door.interface.private_ip()
            ),
        ));
        self.service(&service)
    }
}
