//! VPC peering (<https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html>): a way between two VPCs, and
//! never through one of them to a third.

use super::tags::Tags;
use crate::clock::{DAY, Instant};
use crate::ids::{VpcId, VpcPeeringConnectionId};
use crate::world::Caller;
use ipnet::Ipv4Net;

/// How long a request waits to be accepted.
pub const EXPIRES: u64 = 7 * DAY;
/// How long one that ended is still listed to the side that ended it: about two hours.
pub const LISTED: u64 = 2 * crate::clock::HOUR;

/// Where it is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum PeeringState {
    PendingAcceptance,
    Active,
    Rejected,
    Expired,
    Deleted,
}

impl PeeringState {
    /// The code and the message as AWS writes them.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            PeeringState::PendingAcceptance => ("pending-acceptance", "Pending Acceptance"),
            PeeringState::Active => ("active", "Active"),
            PeeringState::Rejected => ("rejected", "Rejected"),
            PeeringState::Expired => ("expired", "Expired"),
            PeeringState::Deleted => ("deleted", "Deleted"),
        }
    }
}

/// One of the two VPCs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PeeringSide {
    /// Whose, and where.
    pub place: Caller,
    /// Which.
    pub vpc: VpcId,
    /// Its address ranges when the connection was made.
    pub cidrs: Vec<Ipv4Net>,
}

/// A peering connection. Both Regions have a copy of the row, kept alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct PeeringConnection {
    pub id: VpcPeeringConnectionId,
    pub serial: u64,
    pub requester: PeeringSide,
    pub accepter: PeeringSide,
    pub state: PeeringState,
    pub expires: Instant,
    pub ended: Option<Instant>,
    pub tags: Tags,
}

impl PeeringConnection {
    /// The side that is not this VPC; `None` when neither is.
    #[must_use]
    pub fn other_side(&self, vpc: VpcId) -> Option<&PeeringSide> {
        match vpc {
            _ if self.requester.vpc == vpc => Some(&self.accepter),
            _ if self.accepter.vpc == vpc => Some(&self.requester),
            _ => None,
        }
    }
}
