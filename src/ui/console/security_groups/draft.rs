//! A rule while it is edited: what was typed, and the rule that it means.

use ec2_lab_engine::Value;
use ec2_lab_engine::ids::SecurityGroupRuleId;
use ec2_lab_engine::json::{Map, json};
use ec2_lab_engine::resources::security_group::{Peer, Permission, Protocol, SecurityGroupRule};
use yew::AttrValue;

/// The kinds of rule that the console offers: value, words, protocol, and the port where it is fixed.
pub const KINDS: &[(&str, &str, &str, Option<u16>)] = &[
    ("ssh", "SSH", "tcp", Some(22)),
    ("http", "HTTP", "tcp", Some(80)),
    ("https", "HTTPS", "tcp", Some(443)),
    ("rdp", "RDP", "tcp", Some(3389)),
    ("mysql", "MySQL/Aurora", "tcp", Some(3306)),
    ("postgresql", "PostgreSQL", "tcp", Some(5432)),
    ("tcp", "Custom TCP", "tcp", None),
    ("udp", "Custom UDP", "udp", None),
    ("icmp", "Custom ICMP - IPv4", "icmp", None),
    ("all", "All traffic", "-1", None),
    ("number", "Custom protocol", "", None),
];

/// Whom a rule names: value and words.
pub const SOURCES: &[(&str, &str)] = &[
    ("laptop", "My laptop"),
    ("anywhere-ipv4", "Anywhere-IPv4"),
    ("anywhere-ipv6", "Anywhere-IPv6"),
    ("custom", "Custom CIDR"),
    ("group", "Security group"),
];

/// The learner's own address as a range.
pub const LAPTOP: &str = "203.0.113.7/32";

/// One row of the editor, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Names the row while it is edited.
    pub key: u32,
    /// The rule it was made from; `None` for a new one.
    pub original: Option<SecurityGroupRuleId>,
    /// One of [`KINDS`].
    pub kind: AttrValue,
    /// Port or ports; for ICMP type and code, for another protocol its number.
    pub ports: String,
    /// One of [`SOURCES`].
    pub source: AttrValue,
    /// The range, for a custom source.
    pub cidr: String,
    /// The id of a security group, for a group.
    pub group: AttrValue,
    /// The description.
    pub description: String,
}

impl Draft {
    /// A new row: a login from the learner's own laptop, the rule that one needs first.
    #[must_use]
    pub fn fresh(key: u32, egress: bool) -> Self {
        let (kind, source) = if egress {
            ("https", "anywhere-ipv4")
        } else {
            ("ssh", "laptop")
        };
        Draft {
            key,
            original: None,
            kind: kind.into(),
            ports: String::new(),
            source: source.into(),
            cidr: String::new(),
            group: AttrValue::from(""),
            description: String::new(),
        }
    }

    /// The row of a rule that exists.
    #[must_use]
    pub fn of(key: u32, rule: &SecurityGroupRule) -> Self {
        let permission = &rule.permission;
        let (from, to) = (permission.from_port, permission.to_port);
        let word = permission.protocol.to_string();
        let fixed = KINDS.iter().find(|(_, _, protocol, port)| {
            *protocol == word && port.is_some_and(|port| i32::from(port) == from && from == to)
        });
        let (kind, ports) = match (fixed, permission.protocol) {
            (Some((value, ..)), _) => (*value, String::new()),
            (_, Protocol::Tcp | Protocol::Udp) if from == to => {
                (if word == "tcp" { "tcp" } else { "udp" }, from.to_string())
            }
            (_, Protocol::Tcp | Protocol::Udp) => (
                if word == "tcp" { "tcp" } else { "udp" },
                format!("{from}-{to}"),
            ),
            (_, Protocol::Icmp) if from == -1 => ("icmp", "all".to_owned()),
            (_, Protocol::Icmp) if to == -1 => ("icmp", from.to_string()),
            (_, Protocol::Icmp) => ("icmp", format!("{from}:{to}")),
            (_, Protocol::All) => ("all", String::new()),
            _ => ("number", word),
        };
        let (source, cidr, group) = match permission.peer {
            Peer::Ipv4(net) if net.to_string() == LAPTOP => {
                ("laptop", String::new(), String::new())
            }
            Peer::Ipv4(net) if net.prefix_len() == 0 => {
                ("anywhere-ipv4", String::new(), String::new())
            }
            Peer::Ipv6(net) if net.prefix_len() == 0 => {
                ("anywhere-ipv6", String::new(), String::new())
            }
            Peer::Ipv4(net) => ("custom", net.to_string(), String::new()),
            Peer::Ipv6(net) => ("custom", net.to_string(), String::new()),
            Peer::Group(id) => ("group", String::new(), id.to_string()),
        };
        Draft {
            key,
            original: Some(rule.id),
            kind: kind.into(),
            ports,
            source: source.into(),
            cidr,
            group: group.into(),
            description: rule.description.clone().unwrap_or_default(),
        }
    }

    /// The protocol's word, and the port where the kind fixes it.
    #[must_use]
    pub fn fixed(&self) -> (&'static str, Option<u16>) {
        KINDS
            .iter()
            .find(|(value, ..)| *value == self.kind.as_str())
            .map_or(("", None), |(_, _, protocol, port)| (protocol, *port))
    }

    /// The range or group that the source means, as AWS takes it.
    #[must_use]
    pub fn peer(&self) -> &str {
        match self.source.as_str() {
            "laptop" => LAPTOP,
            "anywhere-ipv4" => "0.0.0.0/0",
            "anywhere-ipv6" => "::/0",
            "group" => &self.group,
            _ => self.cidr.trim(),
        }
    }

    /// The rule as `IpPermissions` takes it.
    ///
    /// # Errors
    /// What is missing or cannot be read: in which field, and what to type.
    pub fn permission(&self) -> Result<Value, (Part, &'static str)> {
        let mut map = Map::new();
        let (protocol, port) = self.fixed();
        let word = if self.kind == "number" {
            self.ports.trim()
        } else {
            protocol
        };
        if self.kind == "number" && Protocol::parse(word).is_none() {
            return Err((
                Part::Ports,
                "Type a protocol number from 0 to 255, such as 47 for GRE.",
            ));
        }
        map.insert("IpProtocol".to_owned(), json!(word));
        let range = match (port, protocol) {
            (Some(port), _) => Some((i64::from(port), i64::from(port))),
            (None, "tcp" | "udp") => Some(range(&self.ports).ok_or((
                Part::Ports,
                "Type a port such as 8080, or a range such as 8000-8080.",
            ))?),
            (None, "icmp") => Some(icmp(&self.ports).ok_or((
                Part::Ports,
                "Type all, a type such as 8 for ping, or type:code such as 3:4.",
            ))?),
            _ => None,
        };
        if let Some((from, to)) = range {
            map.insert("FromPort".to_owned(), json!(from));
            map.insert("ToPort".to_owned(), json!(to));
        }
        let peer = self.peer();
        let (list, key) = match self.source.as_str() {
            "group" if peer.is_empty() => return Err((Part::Source, "Choose a security group.")),
            "group" => ("UserIdGroupPairs", "GroupId"),
            _ if peer.is_empty() => {
                return Err((
                    Part::Source,
                    "Type a range of addresses, such as 198.51.100.0/24. For one address, write /32 after it.",
                ));
            }
            _ if peer.contains(':') => ("Ipv6Ranges", "CidrIpv6"),
            _ => ("IpRanges", "CidrIp"),
        };
        let mut entry = Map::new();
        entry.insert(key.to_owned(), json!(peer));
        if !self.description.is_empty() {
            entry.insert("Description".to_owned(), json!(self.description));
        }
        map.insert(list.to_owned(), json!([entry]));
        Ok(Value::Object(map))
    }

    /// Whether the row still says what its rule says.
    #[must_use]
    pub fn same_as(&self, rule: &SecurityGroupRule) -> bool {
        let mut other = Draft::of(self.key, rule);
        other.original = self.original;
        *self == other
    }

    /// Whether it lets everyone try to log in.
    #[must_use]
    pub fn opens_logins(&self) -> bool {
        let login = |port: i64| {
            matches!(self.permission(), Ok(rule) if match rule.get("IpProtocol").and_then(Value::as_str) {
                Some("-1") => true,
                Some("tcp" | "6") => {
                    let at = |key: &str| rule.get(key).and_then(Value::as_i64).unwrap_or(-1);
                    at("FromPort") <= port && port <= at("ToPort")
                }
                _ => false,
            })
        };
        matches!(self.peer(), "0.0.0.0/0" | "::/0") && (login(22) || login(3389))
    }
}

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Port range.
    Ports,
    /// Source or destination.
    Source,
}

/// `8080`, `8000-8080`, `all`.
fn range(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("all") {
        return Some((0, 65_535));
    }
    match text.split_once('-') {
        Some((from, to)) => Some((from.trim().parse().ok()?, to.trim().parse().ok()?)),
        None => {
            let port = text.parse().ok()?;
            Some((port, port))
        }
    }
}

/// `all`, `8`, `3:4`.
fn icmp(text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("all") {
        return Some((-1, -1));
    }
    match text.split_once(':') {
        Some((kind, code)) => Some((kind.trim().parse().ok()?, code.trim().parse().ok()?)),
        None => Some((text.parse().ok()?, -1)),
    }
}

/// What a rule allows, when one is asked for by its permission.
#[must_use]
pub fn is_everywhere(permission: &Permission) -> bool {
    match permission.peer {
        Peer::Ipv4(net) => net.prefix_len() == 0,
        Peer::Ipv6(net) => net.prefix_len() == 0,
        Peer::Group(_) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_fresh_row_is_a_login_from_home() {
        let rule = Draft::fresh(0, false).permission().unwrap();
        assert_eq!(
            rule,
            json!({"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "203.0.113.7/32"}]})
        );
        assert!(!Draft::fresh(0, false).opens_logins());
    }

    #[test]
    fn raw_text_is_kept_and_judged() {
        let mut draft = Draft::fresh(0, false);
        draft.kind = "tcp".into();
        draft.ports = "80x".to_owned();
        assert_eq!(draft.permission().unwrap_err().0, Part::Ports);
        draft.ports = "8000 - 8080".to_owned();
        draft.source = "custom".into();
        assert_eq!(draft.permission().unwrap_err().0, Part::Source);
        draft.cidr = " 2001:db8::/32 ".to_owned();
        assert!(draft.permission().unwrap().get("Ipv6Ranges").is_some());
    }

    #[test]
    fn logins_open_to_the_world_are_noticed() {
        let mut draft = Draft::fresh(0, false);
        draft.source = "anywhere-ipv4".into();
        assert!(draft.opens_logins());
        draft.kind = "http".into();
        assert!(!draft.opens_logins());
        draft.kind = "all".into();
        draft.source = "anywhere-ipv6".into();
        assert!(draft.opens_logins());
    }
}
