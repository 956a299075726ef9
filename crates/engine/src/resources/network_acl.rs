//! Network ACLs (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>): numbered, stateless, the
//! first matching rule decides, and what no rule matches is denied.

use super::security_group::Protocol;
use super::tags::Tags;
use crate::ids::{NetworkAclAssociationId, NetworkAclId, SubnetId, VpcId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// The number that AWS shows for the last rule, `*`: deny all.
pub const LAST_RULE: u16 = 32_767;
/// The most rules per direction.
pub const LIMIT: usize = 20;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NetworkAclEntry {
    pub number: u16,
    pub egress: bool,
    pub protocol: Protocol,
    /// First and last port; `None` for protocols without ports.
    pub ports: Option<(u16, u16)>,
    pub icmp: Option<(i32, i32)>,
    pub cidr: Ipv4Net,
    pub allow: bool,
}

impl NetworkAclEntry {
    /// Whether it speaks of such a packet. `port` is the packet's destination port; for ICMP, its type.
    #[must_use]
    pub fn matches(&self, protocol: Protocol, port: Option<u16>, peer: Ipv4Addr) -> bool {
        let inner = match (self.protocol, self.ports, self.icmp, port) {
            (Protocol::Icmp, _, Some((kind, code)), Some(packet)) => {
                kind == -1 || (kind == i32::from(packet) && matches!(code, -1 | 0))
            }
            (Protocol::Tcp | Protocol::Udp, Some((from, to)), _, Some(port)) => {
                from <= port && port <= to
            }
            _ => true,
        };
        self.cidr.contains(&peer) && self.protocol.covers(protocol) && inner
    }
}

/// A network ACL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NetworkAcl {
    pub id: NetworkAclId,
    pub serial: u64,
    pub vpc: VpcId,
    pub is_default: bool,
    pub associations: Vec<(NetworkAclAssociationId, SubnetId)>,
    /// In the order of their numbers, without the last one.
    pub entries: Vec<NetworkAclEntry>,
    pub tags: Tags,
}

impl NetworkAcl {
    /// The rule that decides; `None` when it is the last one, which denies.
    #[must_use]
    pub fn decide(
        &self,
        egress: bool,
        protocol: Protocol,
        port: Option<u16>,
        peer: Ipv4Addr,
    ) -> Option<&NetworkAclEntry> {
        self.entries
            .iter()
            .find(|entry| entry.egress == egress && entry.matches(protocol, port, peer))
    }
}
