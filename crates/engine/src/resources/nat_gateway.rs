//! NAT gateways (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html>).

use super::tags::Tags;
use crate::clock::{Instant, MINUTE, SECOND};
use crate::ids::{NatGatewayId, NetworkInterfaceId, SubnetId, VpcId};
use std::net::Ipv4Addr;

/// How long a new one is pending: AWS names a few minutes.
pub const PENDING: u64 = 90 * SECOND;
/// How long a deleted one is on its way.
pub const DELETING: u64 = 30 * SECOND;
/// How long a deleted one is still listed: about an hour.
pub const LISTED: u64 = 60 * MINUTE;
/// The most in a zone, unless AWS raises it.
pub const LIMIT_PER_ZONE: usize = 5;

/// Whether it has a way to the internet of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum Connectivity {
    Public,
    Private,
}

impl Connectivity {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Connectivity::Public => "public",
            Connectivity::Private => "private",
        }
    }
}

/// Where it is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum NatGatewayState {
    Pending,
    Failed,
    Available,
    Deleting,
    Deleted,
}

impl NatGatewayState {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NatGatewayState::Pending => "pending",
            NatGatewayState::Failed => "failed",
            NatGatewayState::Available => "available",
            NatGatewayState::Deleting => "deleting",
            NatGatewayState::Deleted => "deleted",
        }
    }

    /// Whether it still has its interface.
    #[must_use]
    pub fn alive(self) -> bool {
        matches!(
            self,
            NatGatewayState::Pending | NatGatewayState::Available | NatGatewayState::Deleting
        )
    }
}

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NatGateway {
    pub id: NatGatewayId,
    pub serial: u64,
    pub vpc: VpcId,
    pub subnet: SubnetId,
    pub connectivity: Connectivity,
    pub state: NatGatewayState,
    /// Code and message of one that failed.
    pub failure: Option<(&'static str, &'static str)>,
    pub created: Instant,
    pub deleted: Option<Instant>,
    /// When its state changes next.
    pub due: Instant,
    pub interface: NetworkInterfaceId,
    /// Its addresses as they were: a deleted gateway still shows them.
    pub private_ip: Ipv4Addr,
    pub public: Option<(
        crate::ids::AllocationId,
        crate::ids::AssociationId,
        Ipv4Addr,
    )>,
    pub client_token: String,
    pub tags: Tags,
}
