//! Route tables (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>): the longest prefix wins.

use super::tags::Tags;
use crate::ids::{
    InternetGatewayId, NetworkInterfaceId, RouteTableAssociationId, RouteTableId, SubnetId, VpcId,
};
use ipnet::Ipv4Net;
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
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// For which addresses.
    pub destination: Ipv4Net,
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
            .filter(|route| route.destination.contains(&address))
            .max_by_key(|route| route.destination.prefix_len())
    }
}
