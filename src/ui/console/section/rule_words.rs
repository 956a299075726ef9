//! Rules of security groups in the console's words: `SSH`, `TCP`, `22`, `203.0.113.7/32`.

use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::{Peer, Permission, Protocol};

/// The name that the console has for what a rule allows.
#[must_use]
pub fn kind(rule: &Permission) -> &'static str {
    match (rule.protocol, rule.from_port, rule.to_port) {
        (Protocol::All, ..) => "All traffic",
        (Protocol::Tcp, 22, 22) => "SSH",
        (Protocol::Tcp, 80, 80) => "HTTP",
        (Protocol::Tcp, 443, 443) => "HTTPS",
        (Protocol::Tcp, 3389, 3389) => "RDP",
        (Protocol::Tcp, 3306, 3306) => "MySQL/Aurora",
        (Protocol::Tcp, 5432, 5432) => "PostgreSQL",
        (Protocol::Udp, 53, 53) => "DNS (UDP)",
        (Protocol::Tcp, 0, 65_535) => "All TCP",
        (Protocol::Udp, 0, 65_535) => "All UDP",
        (Protocol::Icmp, -1, _) => "All ICMP - IPv4",
        (Protocol::Tcp, ..) => "Custom TCP",
        (Protocol::Udp, ..) => "Custom UDP",
        (Protocol::Icmp, ..) => "Custom ICMP - IPv4",
        (Protocol::Icmpv6, ..) => "ICMPv6",
        (Protocol::Number(_), ..) => "Custom protocol",
    }
}

/// `TCP`, `All`, `47`.
#[must_use]
pub fn protocol(protocol: Protocol) -> String {
    match protocol {
        Protocol::All => "All".to_owned(),
        Protocol::Number(number) => number.to_string(),
        other => other.to_string().to_ascii_uppercase(),
    }
}

/// `22`, `8000 - 8080`, `All`; for ICMP its type.
#[must_use]
pub fn ports(rule: &Permission) -> String {
    match (rule.protocol, rule.from_port, rule.to_port) {
        (Protocol::Tcp | Protocol::Udp, 0, 65_535) => "0 - 65535".to_owned(),
        (Protocol::Tcp | Protocol::Udp, from, to) if from == to => from.to_string(),
        (Protocol::Tcp | Protocol::Udp, from, to) => format!("{from} - {to}"),
        (Protocol::Icmp | Protocol::Icmpv6, -1, _) => "All".to_owned(),
        (Protocol::Icmp, 8, _) => "Echo request".to_owned(),
        (Protocol::Icmp | Protocol::Icmpv6, kind, -1) => format!("Type {kind}"),
        (Protocol::Icmp | Protocol::Icmpv6, kind, code) => format!("Type {kind}, code {code}"),
        _ => "All".to_owned(),
    }
}

/// Whom the rule names, with what is known about it: `203.0.113.7/32 (your laptop)`.
#[must_use]
pub fn peer(region: &RegionState, peer: Peer) -> String {
    match peer {
        Peer::Group(id) => match region.security_groups.get(&id) {
            Some(group) => format!("{id} / {}", group.name),
            None => id.to_string(),
        },
        other => other.to_string(),
    }
}

/// Who that is, in words.
#[must_use]
pub fn who(region: &RegionState, peer: Peer) -> String {
    match peer {
        Peer::Ipv4(net) if net.prefix_len() == 0 => "everyone on the internet".to_owned(),
        Peer::Ipv6(net) if net.prefix_len() == 0 => "everyone on the internet with IPv6".to_owned(),
        Peer::Ipv4(net)
            if net.prefix_len() == 32 && net.addr() == ec2_lab_engine::network::LAPTOP =>
        {
            "your laptop".to_owned()
        }
        Peer::Ipv4(net) if net.prefix_len() == 32 => format!("{} only", net.addr()),
        Peer::Ipv4(net) => format!(
            "the {} addresses of {net}",
            1_u64 << (32 - net.prefix_len())
        ),
        Peer::Ipv6(net) => format!("the addresses of {net}"),
        Peer::Group(id) => match region.security_groups.get(&id) {
            Some(group) => format!("instances with the group {}", group.name),
            None => id.to_string(),
        },
    }
}
