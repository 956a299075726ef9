//! VPCs, subnets and internet gateways (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>).

use super::tags::Tags;
use crate::ids::{DhcpOptionsId, InternetGatewayId, SubnetId, VpcId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// A virtual private cloud.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Vpc {
    pub id: VpcId,
    pub serial: u64,
    pub cidr: Ipv4Net,
    pub is_default: bool,
    pub dhcp_options: DhcpOptionsId,
    pub tags: Tags,
}

/// A subnet: addresses in one zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Subnet {
    pub id: SubnetId,
    pub serial: u64,
    pub vpc: VpcId,
    pub zone: &'static str,
    pub cidr: Ipv4Net,
    pub default_for_az: bool,
    pub map_public_ip_on_launch: bool,
    pub tags: Tags,
}

impl Subnet {
    /// Whether an interface may have this address: AWS keeps the first four and the last of every subnet
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>).
    #[must_use]
    pub fn usable(&self, address: Ipv4Addr) -> bool {
        let offset = u32::from(address).wrapping_sub(u32::from(self.cidr.network()));
        self.cidr.contains(&address) && offset >= 4 && address != self.cidr.broadcast()
    }

    /// How many addresses interfaces can have in all.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        (1_u32 << (32 - u32::from(self.cidr.prefix_len()).min(31))).saturating_sub(5)
    }
}

/// An internet gateway.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct InternetGateway {
    pub id: InternetGatewayId,
    pub serial: u64,
    pub vpc: Option<VpcId>,
    pub tags: Tags,
}
