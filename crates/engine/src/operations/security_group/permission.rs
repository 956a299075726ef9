//! Reading and showing rules: `IpPermissions` of a call to [`Permission`]s, and back.

use super::create::PUNCTUATION;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::security_group::{
    Peer, Permission, Protocol, SecurityGroup, SecurityGroupRule,
};
use ipnet::{Ipv4Net, Ipv6Net};

/// A rule that a call names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it allows.
    pub permission: Permission,
    /// Its description.
    pub description: Option<String>,
}

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

/// The rules of a call, in either of AWS's forms.
///
/// # Errors
/// What AWS refuses in a rule.
pub fn read(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<Named>> {
    let mut rules = Vec::new();
    for permission in input.objects("IpPermissions")? {
        rules.extend(one(region, permission)?);
    }
    if rules.is_empty()
        && (input.has("IpProtocol") || input.has("CidrIp") || input.has("SourceSecurityGroupName"))
    {
        rules.extend(flat(region, input)?);
    }
    for (index, rule) in rules.iter().enumerate() {
        if rules
            .iter()
            .skip(index + 1)
            .any(|other| other.permission == rule.permission)
        {
            return Err(invalid(
                "The same permission must not appear multiple times".to_owned(),
            ));
        }
    }
    Ok(rules)
}

/// The old form: one rule in the call's own parameters.
fn flat(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<Named>> {
    if let Some(name) = input.text("SourceSecurityGroupName")? {
        let group = lookup::group_in_default_vpc(region, name)?;
        return Ok(vec![Named {
            permission: Permission::all(Peer::Group(group.id)),
            description: None,
        }]);
    }
    let (protocol, from_port, to_port) = head(input)?;
    let Some(cidr) = input.text("CidrIp")? else {
        return Err(ApiError::MissingParameterMessage {
            detail:
                "Missing source specification: include source security group or CIDR information"
                    .to_owned(),
        });
    };
    Ok(vec![Named {
        permission: Permission {
            protocol,
            from_port,
            to_port,
            peer: ipv4(cidr)?,
        },
        description: None,
    }])
}

fn one(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<Named>> {
    let (protocol, from_port, to_port) = head(input)?;
    let mut rules = Vec::new();
    let mut add = |peer: Peer, entry: Input<'_>| -> ApiResult<()> {
        let description = description(entry)?;
        rules.push(Named {
            permission: Permission {
                protocol,
                from_port,
                to_port,
                peer,
            },
            description,
        });
        Ok(())
    };
    for range in input.objects("IpRanges")? {
        add(ipv4(range.required("CidrIp")?)?, range)?;
    }
    for range in input.objects("Ipv6Ranges")? {
        add(ipv6(range.required("CidrIpv6")?)?, range)?;
    }
    for pair in input.objects("UserIdGroupPairs")? {
        let group = lookup::named_group(region, pair)?;
        add(Peer::Group(group.id), pair)?;
    }
    if rules.is_empty() {
        return Err(ApiError::MissingParameterMessage {
            detail:
                "Missing source specification: include source security group or CIDR information"
                    .to_owned(),
        });
    }
    Ok(rules)
}

/// The description of an entry.
///
/// # Errors
/// `InvalidParameterValue` for characters that AWS does not take.
pub(super) fn description(entry: Input<'_>) -> ApiResult<Option<String>> {
    let description = entry.text("Description")?.map(str::to_owned);
    if description.as_deref().is_some_and(|text| !is_plain(text)) {
        return Err(invalid("Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*".to_owned()));
    }
    Ok(description)
}

/// The rule of a `SecurityGroupRuleRequest`: exactly one source.
///
/// # Errors
/// What AWS refuses in a rule.
pub(super) fn request(region: &RegionState, input: Input<'_>) -> ApiResult<Named> {
    let (protocol, from_port, to_port) = head(input)?;
    let peer = match (
        input.text("CidrIpv4")?,
        input.text("CidrIpv6")?,
        input.text("ReferencedGroupId")?,
    ) {
        (Some(cidr), None, None) => ipv4(cidr)?,
        (None, Some(cidr), None) => ipv6(cidr)?,
        (None, None, Some(group)) => Peer::Group(lookup::group(region, group)?.id),
        _ => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "You must specify exactly one of CidrIpv4, CidrIpv6, PrefixListId or ReferencedGroupId.".to_owned(),
            });
        }
    };
    Ok(Named {
        permission: Permission {
            protocol,
            from_port,
            to_port,
            peer,
        },
        description: description(input)?,
    })
}

/// Whether AWS takes this as a rule's description.
fn is_plain(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || PUNCTUATION.contains(c);
    text.chars().count() < 256 && text.chars().all(fine)
}

/// Protocol and ports of a rule.
fn head(input: Input<'_>) -> ApiResult<(Protocol, i32, i32)> {
    let name = input.required("IpProtocol")?;
    let protocol = Protocol::parse(name).ok_or_else(|| {
        invalid(format!(
            "Invalid value '{name}' for IP protocol. Unknown protocol."
        ))
    })?;
    let port = |key: &str| -> ApiResult<Option<i32>> {
        input
            .integer(key)?
            .map(|port| {
                i32::try_from(port)
                    .map_err(|_| invalid(format!("Invalid value '{port}' for portRange.")))
            })
            .transpose()
    };
    let (from, to) = (port("FromPort")?, port("ToPort")?);
    match protocol {
        Protocol::Tcp | Protocol::Udp => {
            let (Some(from), Some(to)) = (from, to) else {
                return Err(invalid("Invalid value for portRange. Must specify both from and to ports with TCP/UDP.".to_owned()));
            };
            // `-1` means every port, as the command line's `--port all` sends it.
            let (from, to) = if (from, to) == (-1, -1) {
                (0, 65_535)
            } else {
                (from, to)
            };
            for (end, port) in [("from", from), ("to", to)] {
                if !(0..=65_535).contains(&port) {
                    return Err(invalid(format!(
                        "TCP/UDP ({end}) port ({port}) out of range"
                    )));
                }
            }
            if from > to {
                return Err(invalid(format!("Invalid TCP/UDP port range ({from}:{to})")));
            }
            Ok((protocol, from, to))
        }
        Protocol::Icmp | Protocol::Icmpv6 => {
            let (kind, code) = (from.unwrap_or(-1), to.unwrap_or(-1));
            if !(-1..=255).contains(&kind) {
                return Err(invalid(format!("ICMP type ({kind}) out of range")));
            }
            if !(-1..=255).contains(&code) || (kind == -1 && code != -1) {
                return Err(invalid(format!("ICMP code ({code}) out of range")));
            }
            Ok((protocol, kind, code))
        }
        _ => Ok((protocol, -1, -1)),
    }
}

fn ipv4(text: &str) -> ApiResult<Peer> {
    let malformed = || invalid(format!("CIDR block {text} is malformed"));
    let net: Ipv4Net = text.parse().map_err(|_| malformed())?;
    Ok(Peer::Ipv4(net.trunc()))
}

fn ipv6(text: &str) -> ApiResult<Peer> {
    let net: Ipv6Net = text
        .parse()
        .map_err(|_| invalid(format!("CIDR block {text} is malformed")))?;
    Ok(Peer::Ipv6(net.trunc()))
}

/// A rule that a call named, as `UnknownIpPermissions` gives it back.
pub(super) fn unknown(region: &RegionState, named: &Named) -> Value {
    let permission = named.permission;
    let range = |key: &'static str, value: String| {
        let mut map = crate::json::Map::new();
        map.insert(key.to_owned(), value.into());
        Value::Object(map)
    };
    let (mut ipv4, mut ipv6, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    match permission.peer {
        Peer::Ipv4(net) => ipv4.push(range("CidrIp", net.to_string())),
        Peer::Ipv6(net) => ipv6.push(range("CidrIpv6", net.to_string())),
        Peer::Group(id) => {
            pairs.push(object! { "UserId": text(region.account), "GroupId": text(id) });
        }
    }
    let ports = permission.protocol != Protocol::All;
    object! {
        "IpProtocol": permission.protocol.to_string(), "FromPort": ports.then_some(permission.from_port),
        "ToPort": ports.then_some(permission.to_port), "UserIdGroupPairs": pairs, "IpRanges": ipv4, "Ipv6Ranges": ipv6,
        "PrefixListIds": Vec::<Value>::new(),
    }
}

/// `IpPermissions` of one direction: rules of the same protocol and ports share an entry, as AWS groups them.
pub fn grouped(region: &RegionState, group: &SecurityGroup, egress: bool) -> Vec<Value> {
    let mut heads: Vec<(Protocol, i32, i32)> = Vec::new();
    for rule in group.rules_of(egress) {
        let head = (
            rule.permission.protocol,
            rule.permission.from_port,
            rule.permission.to_port,
        );
        if !heads.contains(&head) {
            heads.push(head);
        }
    }
    heads
        .into_iter()
        .map(|(protocol, from, to)| {
            let same = || group.rules_of(egress).filter(move |rule| (rule.permission.protocol, rule.permission.from_port, rule.permission.to_port) == (protocol, from, to));
            let has_ports = protocol.has_ports() || matches!(protocol, Protocol::Icmp | Protocol::Icmpv6);
            object! {
                "IpProtocol": protocol.to_string(),
                "FromPort": has_ports.then_some(from),
                "ToPort": has_ports.then_some(to),
                "UserIdGroupPairs": same().filter_map(|rule| pair(region, rule)).collect::<Vec<Value>>(),
                "IpRanges": same().filter_map(|rule| match rule.permission.peer { Peer::Ipv4(net) => Some(object! { "Description": rule.description.clone(), "CidrIp": text(net) }), _ => None }).collect::<Vec<Value>>(),
                "Ipv6Ranges": same().filter_map(|rule| match rule.permission.peer { Peer::Ipv6(net) => Some(object! { "Description": rule.description.clone(), "CidrIpv6": text(net) }), _ => None }).collect::<Vec<Value>>(),
                "PrefixListIds": Vec::<Value>::new(),
            }
        })
        .collect()
}

fn pair(region: &RegionState, rule: &SecurityGroupRule) -> Option<Value> {
    let Peer::Group(id) = rule.permission.peer else {
        return None;
    };
    Some(
        object! { "Description": rule.description.clone(), "UserId": text(region.account), "GroupId": text(id) },
    )
}

/// A rule as DescribeSecurityGroupRules shows it.
pub fn rule(region: &RegionState, group: &SecurityGroup, rule: &SecurityGroupRule) -> Value {
    let permission = rule.permission;
    object! {
        "SecurityGroupRuleId": text(rule.id),
        "GroupId": text(group.id),
        "GroupOwnerId": text(region.account),
        "IsEgress": rule.egress,
        "IpProtocol": permission.protocol.to_string(),
        "FromPort": permission.from_port,
        "ToPort": permission.to_port,
        "CidrIpv4": if let Peer::Ipv4(net) = permission.peer { Some(text(net)) } else { None },
        "CidrIpv6": if let Peer::Ipv6(net) = permission.peer { Some(text(net)) } else { None },
        "ReferencedGroupInfo": if let Peer::Group(id) = permission.peer { Some(object! { "GroupId": text(id), "UserId": text(region.account) }) } else { None },
        "Description": rule.description.clone(),
        "Tags": rule.tags.describe_all(),
        "SecurityGroupRuleArn": format!("arn:aws:ec2:{}:{}:security-group-rule/{}", region.name, region.account, rule.id),
    }
}
