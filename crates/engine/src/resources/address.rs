//! Elastic IP addresses (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html>).

use super::tags::Tags;
use crate::ids::{AllocationId, AssociationId, NetworkInterfaceId};
use std::net::Ipv4Addr;

/// The most Elastic IP addresses of an account in a Region, unless AWS raises it.
pub const LIMIT: usize = 5;

/// An Elastic IP address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Address {
    pub id: AllocationId,
    pub serial: u64,
    pub public_ip: Ipv4Addr,
    pub association: Option<AddressAssociation>,
    pub tags: Tags,
}

/// To which private address an Elastic IP address belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct AddressAssociation {
    pub id: AssociationId,
    pub network_interface: NetworkInterfaceId,
    pub private_ip: Ipv4Addr,
}
