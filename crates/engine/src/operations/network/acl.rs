//! DescribeNetworkAcls, CreateNetworkAclEntry, DeleteNetworkAclEntry
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::NetworkAclId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::network_acl::{LAST_RULE, LIMIT, NetworkAcl, NetworkAclEntry};
use crate::resources::security_group::Protocol;
use ipnet::Ipv4Net;
use serde_json::Value;

fn acl<'a>(region: &'a RegionState, id: &str) -> ApiResult<&'a NetworkAcl> {
    region
        .network_acls
        .values()
        .find(|row| row.id.to_string() == id)
        .ok_or_else(|| ApiError::InvalidNetworkAclIdNotFound {
            network_acl_id: id.to_owned(),
        })
}

/// The ACLs, each with the last rule that denies what no other matched.
///
/// # Errors
/// `InvalidNetworkAclID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input
        .texts("NetworkAclIds")?
        .into_iter()
        .map(|id| acl(region, id).map(|row| row.id))
        .collect::<ApiResult<Vec<NetworkAclId>>>()?;
    let rows = region
        .network_acls
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &NetworkAcl, name: &str| {
        Some(match name {
            "network-acl-id" | "association.network-acl-id" => vec![row.id.to_string()],
            "vpc-id" => vec![row.vpc.to_string()],
            "default" => vec![row.is_default.to_string()],
            "association.subnet-id" => row
                .associations
                .iter()
                .map(|(_, subnet)| subnet.to_string())
                .collect(),
            "association.association-id" => row
                .associations
                .iter()
                .map(|(id, _)| id.to_string())
                .collect(),
            "entry.rule-number" => row
                .entries
                .iter()
                .map(|entry| entry.number.to_string())
                .collect(),
            "entry.cidr" => row
                .entries
                .iter()
                .map(|entry| entry.cidr.to_string())
                .collect(),
            "entry.rule-action" => row
                .entries
                .iter()
                .map(|entry| action(entry).to_owned())
                .collect(),
            "entry.egress" => row
                .entries
                .iter()
                .map(|entry| entry.egress.to_string())
                .collect(),
            "owner-id" => vec![region.account.to_string()],
            _ => return None,
        })
    };
    lookup::describe(input, "NetworkAcls", rows, values, |row| {
        let last = |egress| NetworkAclEntry {
            number: LAST_RULE,
            egress,
            protocol: Protocol::All,
            ports: None,
            icmp: None,
            cidr: Ipv4Net::default(),
            allow: false,
        };
        let mut entries: Vec<NetworkAclEntry> = row
            .entries
            .iter()
            .cloned()
            .chain([last(true), last(false)])
            .collect();
        entries.sort_by_key(|entry| (!entry.egress, entry.number));
        let associations: Vec<Value> = row
            .associations
            .iter()
            .map(|(id, subnet)| object! { "NetworkAclAssociationId": text(id), "NetworkAclId": text(row.id), "SubnetId": text(subnet) })
            .collect();
        object! {
            "Associations": associations, "Entries": entries.iter().map(entry).collect::<Vec<_>>(), "IsDefault": row.is_default,
            "NetworkAclId": text(row.id), "Tags": row.tags.describe_all(), "VpcId": text(row.vpc), "OwnerId": text(region.account),
        }
    })
}

fn action(entry: &NetworkAclEntry) -> &'static str {
    if entry.allow { "allow" } else { "deny" }
}

fn entry(entry: &NetworkAclEntry) -> Value {
    object! {
        "CidrBlock": text(entry.cidr), "Egress": entry.egress,
        "IcmpTypeCode": entry.icmp.map(|(kind, code)| object! { "Code": code, "Type": kind }),
        "PortRange": entry.ports.map(|(from, to)| object! { "From": from, "To": to }),
        "Protocol": entry.protocol.number().to_string(), "RuleAction": action(entry), "RuleNumber": entry.number,
    }
}

fn number(input: Input<'_>) -> ApiResult<u16> {
    let number = input
        .integer("RuleNumber")?
        .ok_or_else(|| ApiError::MissingParameter {
            parameter: "ruleNumber".to_owned(),
        })?;
    u16::try_from(number).ok().filter(|number| (1..LAST_RULE).contains(number)).ok_or_else(|| ApiError::InvalidParameterValue {
        detail: format!("Value ({number}) for parameter ruleNumber is invalid. The rule number must be between 1 and 32766."),
    })
}

/// Adds a rule.
///
/// # Errors
/// `NetworkAclEntryAlreadyExists`, `NetworkAclEntryLimitExceeded`, and what is wrong with the rule.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = acl(ctx.region()?, input.required("NetworkAclId")?)?;
    let egress = input
        .boolean("Egress")?
        .ok_or_else(|| ApiError::MissingParameter {
            parameter: "egress".to_owned(),
        })?;
    let number = number(input)?;
    let invalid = |detail: String| ApiError::InvalidParameterValue { detail };
    let word = input.required("Protocol")?;
    let protocol = Protocol::parse(word).ok_or_else(|| {
        invalid(format!(
            "Invalid value '{word}' for IP protocol. Unknown protocol."
        ))
    })?;
    let cidr = input.required("CidrBlock")?;
    let cidr: Ipv4Net = cidr.parse().map_err(|_| {
        invalid(format!(
            "Value ({cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ))
    })?;
    let allow = match input.required("RuleAction")? {
        "allow" => true,
        "deny" => false,
        other => {
            return Err(invalid(format!(
                "Value ({other}) for parameter ruleAction is invalid. Valid values: allow, deny"
            )));
        }
    };
    let range = input.object("PortRange")?;
    let port = |key: &str| -> ApiResult<Option<u16>> {
        range
            .integer(key)?
            .map(|port| {
                u16::try_from(port).map_err(|_| {
                    invalid(format!(
                        "Value ({port}) for parameter portRange is invalid."
                    ))
                })
            })
            .transpose()
    };
    let ports = match (protocol.has_ports(), port("From")?, port("To")?) {
        (true, Some(from), Some(to)) if from <= to => Some((from, to)),
        (true, Some(from), Some(to)) => {
            return Err(invalid(format!("Invalid port range ({from}:{to})")));
        }
        (true, ..) => {
            return Err(ApiError::MissingParameter {
                parameter: "portRange".to_owned(),
            });
        }
        (false, ..) => None,
    };
    let kind = input.object("IcmpTypeCode")?;
    let icmp = match (kind.integer("Type")?, kind.integer("Code")?) {
        (Some(kind), code) => Some((
            i32::try_from(kind).unwrap_or(-1),
            i32::try_from(code.unwrap_or(-1)).unwrap_or(-1),
        )),
        _ => None,
    };
    if protocol == Protocol::Icmp && icmp.is_none() {
        return Err(ApiError::MissingParameter {
            parameter: "icmpTypeCode.type".to_owned(),
        });
    }
    if row
        .entries
        .iter()
        .any(|entry| entry.egress == egress && entry.number == number)
    {
        return Err(ApiError::NetworkAclEntryAlreadyExists {
            number: number.to_string(),
        });
    }
    if row
        .entries
        .iter()
        .filter(|entry| entry.egress == egress)
        .count()
        >= LIMIT
    {
        return Err(ApiError::NetworkAclEntryLimitExceeded {});
    }
    let id = row.id;
    if let Some(row) = ctx.region_mut()?.network_acls.get_mut(&id) {
        row.entries.push(NetworkAclEntry {
            number,
            egress,
            protocol,
            ports,
            icmp,
            cidr: cidr.trunc(),
            allow,
        });
        row.entries
            .sort_by_key(|entry| (!entry.egress, entry.number));
    }
    Ok(object! {})
}

/// Takes a rule out; the last one stays.
///
/// # Errors
/// `InvalidNetworkAclEntry.NotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = acl(ctx.region()?, input.required("NetworkAclId")?)?;
    let egress = input
        .boolean("Egress")?
        .ok_or_else(|| ApiError::MissingParameter {
            parameter: "egress".to_owned(),
        })?;
    let number = number(input)?;
    let id = row.id;
    if !row
        .entries
        .iter()
        .any(|entry| entry.egress == egress && entry.number == number)
    {
        return Err(ApiError::InvalidNetworkAclEntryNotFound {});
    }
    if let Some(row) = ctx.region_mut()?.network_acls.get_mut(&id) {
        row.entries
            .retain(|entry| entry.egress != egress || entry.number != number);
    }
    Ok(object! {})
}
