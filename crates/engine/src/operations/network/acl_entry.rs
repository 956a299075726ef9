//! CreateNetworkAclEntry, ReplaceNetworkAclEntry, DeleteNetworkAclEntry
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::network_acl::{LAST_RULE, LIMIT, NetworkAclEntry};
use crate::resources::security_group::Protocol;

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
    let row = lookup::network_acl(ctx.region()?, input.required("NetworkAclId")?)?;
    let entry = read(input)?;
    if row
        .entries
        .iter()
        .any(|other| (other.egress, other.number) == (entry.egress, entry.number))
    {
        return Err(ApiError::NetworkAclEntryAlreadyExists {
            number: entry.number.to_string(),
        });
    }
    if row
        .entries
        .iter()
        .filter(|other| other.egress == entry.egress)
        .count()
        >= LIMIT
    {
        return Err(ApiError::NetworkAclEntryLimitExceeded {});
    }
    let id = row.id;
    if let Some(row) = ctx.region_mut()?.network_acls.get_mut(&id) {
        row.entries.push(entry);
        row.entries
            .sort_by_key(|entry| (!entry.egress, entry.number));
    }
    Ok(object! {})
}

/// Puts a rule in the place of the one with the same number.
///
/// # Errors
/// `InvalidNetworkAclEntry.NotFound`, and what is wrong with the rule.
pub fn replace(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = lookup::network_acl(ctx.region()?, input.required("NetworkAclId")?)?.id;
    let entry = read(input)?;
    let table = ctx.region_mut()?.network_acls.get_mut(&id);
    let old = table.and_then(|row| {
        row.entries
            .iter_mut()
            .find(|other| (other.egress, other.number) == (entry.egress, entry.number))
    });
    match old {
        Some(old) => *old = entry,
        None => return Err(ApiError::InvalidNetworkAclEntryNotFound {}),
    }
    Ok(object! {})
}

/// The rule that a call describes.
fn read(input: Input<'_>) -> ApiResult<NetworkAclEntry> {
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
    let cidr = super::cidr::parse("cidrBlock", cidr)?;
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
    Ok(NetworkAclEntry {
        number,
        egress,
        protocol,
        ports,
        icmp,
        cidr,
        allow,
    })
}

/// Takes a rule out; the last one stays.
///
/// # Errors
/// `InvalidNetworkAclEntry.NotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::network_acl(ctx.region()?, input.required("NetworkAclId")?)?;
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
