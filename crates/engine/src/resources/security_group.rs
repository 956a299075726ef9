//! Security groups and their rules (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html>): they
//! only allow, and they remember: the answer to what was let through is let through.

use super::tags::Tags;
use crate::ids::{SecurityGroupId, SecurityGroupRuleId, VpcId};
use ipnet::{Ipv4Net, Ipv6Net};
use std::fmt;
use std::net::Ipv4Addr;

/// The most rules per direction of a group, counted for IPv4 and for IPv6 apart; a rule that names a group counts in both
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups>).
pub const RULES_LIMIT: usize = 60;
/// The most groups of an account in a Region.
pub const LIMIT: usize = 2_500;
/// The most groups of an interface.
pub const GROUPS_PER_INTERFACE: usize = 5;

/// An IP protocol, as rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Every protocol: `-1`.
    All,
    /// Port 6.
    Tcp,
    /// Port 17.
    Udp,
    /// Protocol 1.
    Icmp,
    /// Protocol 58.
    Icmpv6,
    /// Any other, by its IANA number.
    Number(u8),
}

impl Protocol {
    /// Reads `tcp`, `6`, `-1`, `all`, `icmp`...; `None` when AWS would not know it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "-1" | "all" => Protocol::All,
            "tcp" => Protocol::Tcp,
            "udp" => Protocol::Udp,
            "icmp" => Protocol::Icmp,
            "icmpv6" => Protocol::Icmpv6,
            other => match other.parse().ok()? {
                6 => Protocol::Tcp,
                17 => Protocol::Udp,
                1 => Protocol::Icmp,
                58 => Protocol::Icmpv6,
                number => Protocol::Number(number),
            },
        })
    }

    /// Whether a rule for `self` speaks of packets of `other`.
    #[must_use]
    pub fn covers(self, other: Protocol) -> bool {
        self == Protocol::All || self == other
    }

    /// Whether it has ports.
    #[must_use]
    pub fn has_ports(self) -> bool {
        matches!(self, Protocol::Tcp | Protocol::Udp)
    }

    /// Its IANA number as network ACLs show it; `-1` for all.
    #[must_use]
    pub fn number(self) -> i32 {
        match self {
            Protocol::All => -1,
            Protocol::Tcp => 6,
            Protocol::Udp => 17,
            Protocol::Icmp => 1,
            Protocol::Icmpv6 => 58,
            Protocol::Number(number) => i32::from(number),
        }
    }
}

impl fmt::Display for Protocol {
    /// As security groups show it: `tcp`, `-1`, `47`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Protocol::Tcp => f.write_str("tcp"),
            Protocol::Udp => f.write_str("udp"),
            Protocol::Icmp => f.write_str("icmp"),
            Protocol::Icmpv6 => f.write_str("icmpv6"),
            other => write!(f, "{}", other.number()),
        }
    }
}

/// Whom a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Peer {
    /// IPv4 addresses.
    Ipv4(Ipv4Net),
    /// IPv6 addresses.
    Ipv6(Ipv6Net),
    /// The interfaces that have this group, by their private addresses.
    Group(SecurityGroupId),
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Peer::Ipv4(net) => net.fmt(f),
            Peer::Ipv6(net) => net.fmt(f),
            Peer::Group(id) => id.fmt(f),
        }
    }
}

/// What a rule allows: the part that must be unique in a group and direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Permission {
    pub protocol: Protocol,
    /// First port, or ICMP type; -1 for all.
    pub from_port: i32,
    /// Last port, or ICMP code; -1 for all.
    pub to_port: i32,
    pub peer: Peer,
}

impl Permission {
    /// Everything, from or to a peer.
    #[must_use]
    pub fn all(peer: Peer) -> Self {
        Permission {
            protocol: Protocol::All,
            from_port: -1,
            to_port: -1,
            peer,
        }
    }

    /// Whether it lets such a packet through. `peer_groups` are the groups of the other side's interface when the packet
    /// carries that interface's private address, else empty.
    #[must_use]
    pub fn allows(
        &self,
        protocol: Protocol,
        port: Option<u16>,
        peer: Ipv4Addr,
        peer_groups: &[SecurityGroupId],
    ) -> bool {
        let whom = match self.peer {
            Peer::Ipv4(net) => net.contains(&peer),
            Peer::Ipv6(_) => false,
            Peer::Group(id) => peer_groups.contains(&id),
        };
        whom && self.protocol.covers(protocol) && self.covers_port(protocol, port)
    }

    /// Whether it speaks of this port; for ICMP, of an echo request.
    #[must_use]
    pub fn covers_port(&self, protocol: Protocol, port: Option<u16>) -> bool {
        match (self.protocol, protocol) {
            (Protocol::All, _) => true,
            (Protocol::Icmp, Protocol::Icmp) => {
                self.from_port == -1
                    || (self.from_port == ECHO_REQUEST && matches!(self.to_port, -1 | 0))
            }
            (rule, packet) if rule == packet && rule.has_ports() => port.is_some_and(|port| {
                self.from_port <= i32::from(port) && i32::from(port) <= self.to_port
            }),
            (rule, packet) => rule == packet,
        }
    }

    /// How AWS names it in InvalidPermission.Duplicate.
    #[must_use]
    pub fn in_message(&self) -> String {
        match self.protocol {
            Protocol::All => format!("peer: {}, ALL, ALLOW", self.peer),
            Protocol::Tcp | Protocol::Udp => format!(
                "peer: {}, {}, from port: {}, to port: {}, ALLOW",
                self.peer,
                self.protocol.to_string().to_ascii_uppercase(),
                self.from_port,
                self.to_port
            ),
            Protocol::Icmp => format!(
                "peer: {}, ICMP, type: {}, code: {}, ALLOW",
                self.peer,
                if self.from_port == -1 {
                    "ALL".to_owned()
                } else {
                    self.from_port.to_string()
                },
                if self.to_port == -1 {
                    "ALL".to_owned()
                } else {
                    self.to_port.to_string()
                }
            ),
            other => format!("peer: {}, protocol: {}, ALLOW", self.peer, other.number()),
        }
    }
}

/// The ICMP type of a ping's request.
pub const ECHO_REQUEST: i32 = 8;
/// The ICMP type of a ping's answer.
pub const ECHO_REPLY: i32 = 0;

/// One rule of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct SecurityGroupRule {
    pub id: SecurityGroupRuleId,
    pub egress: bool,
    pub permission: Permission,
    pub description: Option<String>,
    pub tags: Tags,
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct SecurityGroup {
    pub id: SecurityGroupId,
    pub serial: u64,
    pub name: String,
    pub description: String,
    pub vpc: VpcId,
    pub rules: Vec<SecurityGroupRule>,
    pub tags: Tags,
}

impl SecurityGroup {
    /// The rules of one direction, in the order they were made.
    pub fn rules_of(&self, egress: bool) -> impl Iterator<Item = &SecurityGroupRule> {
        self.rules.iter().filter(move |rule| rule.egress == egress)
    }

    /// Whether one direction has more rules than AWS allows, these further ones counted with it.
    #[must_use]
    pub fn too_many_rules(&self, egress: bool, more: &[Permission]) -> bool {
        let all = || {
            self.rules_of(egress)
                .map(|rule| rule.permission.peer)
                .chain(more.iter().map(|permission| permission.peer))
        };
        let ipv4 = all().filter(|peer| !matches!(peer, Peer::Ipv6(_))).count();
        let ipv6 = all().filter(|peer| !matches!(peer, Peer::Ipv4(_))).count();
        ipv4.max(ipv6) > RULES_LIMIT
    }

    /// Whether it is the VPC's default group, which cannot be deleted.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.name == "default"
    }
}
