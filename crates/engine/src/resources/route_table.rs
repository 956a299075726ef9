//! Route tables (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>): the longest prefix wins.

use super::tags::Tags;
use crate::catalogue;
use crate::ids::{
    InternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId, RouteTableAssociationId,
    RouteTableId, SubnetId, VpcEndpointId, VpcId, VpcPeeringConnectionId,
};
use ipnet::Ipv4Net;
use std::fmt;
use std::net::Ipv4Addr;

/// Where a route leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RouteTarget {
    /// Inside the VPC.
    Local,
    /// To the internet.
    InternetGateway(InternetGatewayId),
    /// To an interface, a NAT instance's for one.
    NetworkInterface(NetworkInterfaceId),
    /// To the internet, answers only.
    NatGateway(NatGatewayId),
    /// To another VPC.
    VpcPeeringConnection(VpcPeeringConnectionId),
    /// To a service, past the internet.
    VpcEndpoint(VpcEndpointId),
}

/// For which addresses a route is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A range.
    Cidr(Ipv4Net),
    /// The ranges of one of AWS's services.
    PrefixList(PrefixListId),
}

impl Destination {
    /// The length of the prefix that covers an address; `None` when none does.
    #[must_use]
    pub fn covers(&self, address: Ipv4Addr) -> Option<u8> {
        match self {
            Destination::Cidr(net) => net.contains(&address).then(|| net.prefix_len()),
            Destination::PrefixList(id) => catalogue::prefix_list(*id)?
                .cidrs()
                .filter(|net| net.contains(&address))
                .map(|net| net.prefix_len())
                .max(),
        }
    }

    /// Whether it is everything.
    #[must_use]
    pub fn is_default(&self) -> bool {
        matches!(self, Destination::Cidr(net) if net.prefix_len() == 0)
    }
}

impl From<Ipv4Net> for Destination {
    fn from(net: Ipv4Net) -> Self {
        Destination::Cidr(net)
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Destination::Cidr(net) => net.fmt(f),
            Destination::PrefixList(id) => id.fmt(f),
        }
    }
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// For which addresses.
    pub destination: Destination,
    /// Where to.
    pub target: RouteTarget,
}

/// A route table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct RouteTable {
    pub id: RouteTableId,
    pub serial: u64,
    pub vpc: VpcId,
    /// The subnets that are tied to it; `None` marks the main table's tie to the VPC.
    pub associations: Vec<(RouteTableAssociationId, Option<SubnetId>)>,
    pub routes: Vec<Route>,
    pub tags: Tags,
}

impl RouteTable {
    /// Whether subnets without a table of their own use this one.
    #[must_use]
    pub fn is_main(&self) -> bool {
        self.associations.iter().any(|(_, subnet)| subnet.is_none())
    }

    /// The route for an address.
    #[must_use]
    pub fn lookup(&self, address: Ipv4Addr) -> Option<&Route> {
        self.routes
            .iter()
            .filter_map(|route| Some((route.destination.covers(address)?, route)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, route)| route)
    }
}
