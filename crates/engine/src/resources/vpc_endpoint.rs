//! VPC endpoints (<https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html>): a way to a service of
//! AWS that does not lead over the internet.

use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::{
    NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId,
};

/// How long an interface endpoint is pending.
pub const PENDING: u64 = 60 * crate::clock::SECOND;

/// Which kind it is, with what only that kind has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum EndpointKind {
    /// A route in these tables.
    Gateway { route_tables: Vec<RouteTableId> },
    /// An interface in each of these subnets.
    Interface {
        subnets: Vec<(SubnetId, NetworkInterfaceId)>,
        groups: Vec<SecurityGroupId>,
        private_dns: bool,
    },
}

/// Where it is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum EndpointState {
    Pending,
    Available,
}

impl EndpointState {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EndpointState::Pending => "pending",
            EndpointState::Available => "available",
        }
    }
}

/// A VPC endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct VpcEndpoint {
    pub id: VpcEndpointId,
    pub serial: u64,
    pub vpc: VpcId,
    /// `com.amazonaws.us-east-1.s3`.
    pub service: String,
    pub kind: EndpointKind,
    pub state: EndpointState,
    /// The policy document as it was given; the default one allows everything.
    pub policy: String,
    pub created: Instant,
    pub client_token: String,
    pub tags: Tags,
}
