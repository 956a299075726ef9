//! VPCs, subnets and internet gateways (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>).

use super::tags::Tags;
use crate::ids::{DhcpOptionsId, InternetGatewayId, SubnetId, VpcCidrAssociationId, VpcId};
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
    /// Whether Amazon's DNS server answers inside it.
    pub enable_dns_support: bool,
    /// Whether instances with public addresses have public DNS names.
    pub enable_dns_hostnames: bool,
    pub enable_network_address_usage_metrics: bool,
    /// Address ranges that were added to the first one.
    pub secondary_cidrs: Vec<(VpcCidrAssociationId, Ipv4Net)>,
    pub instance_tenancy: &'static str,
    pub tags: Tags,
}

impl Vpc {
    /// All its address ranges, the first one first.
    pub fn cidrs(&self) -> impl Iterator<Item = Ipv4Net> {
        std::iter::once(self.cidr).chain(self.secondary_cidrs.iter().map(|(_, net)| *net))
    }

    /// Whether an address belongs to one of its ranges.
    #[must_use]
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        self.cidrs().any(|net| net.contains(&address))
    }

    /// Whether a range shares addresses with one of its own.
    #[must_use]
    pub fn overlaps(&self, net: Ipv4Net) -> bool {
        self.cidrs()
            .any(|own| own.contains(&net) || net.contains(&own))
    }
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
    pub options: SubnetOptions,
    pub tags: Tags,
}

/// What ModifySubnetAttribute sets besides public addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct SubnetOptions {
    pub enable_dns64: bool,
    /// Host names made from ids instead of addresses.
    pub resource_name: bool,
    pub resource_name_a_record: bool,
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
        (1_u32 << (32 - u32::from(self.cidr.prefix_len())).min(31)).saturating_sub(5)
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
