//! CreateNetworkAcl, DeleteNetworkAcl, DescribeNetworkAcls, ReplaceNetworkAclAssociation
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::{NetworkAclAssociationId, ResourceId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::network_acl::{LAST_RULE, NetworkAcl, NetworkAclEntry};
use crate::resources::security_group::Protocol;
use crate::resources::tags::Tags;
use ipnet::Ipv4Net;

/// The most ACLs of a VPC, unless AWS raises it.
const ACLS: usize = 200;

/// Makes an ACL that lets nothing through: its last rule is its only one.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `NetworkAclLimitExceeded`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?.id;
    let tags = Tags::specified(input, "network-acl", &[])?;
    let count = region
        .network_acls
        .values()
        .filter(|row| row.vpc == vpc)
        .count();
    if count >= ACLS {
        return Err(ApiError::NetworkAclLimitExceeded {});
    }
    let row = NetworkAcl {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        vpc,
        is_default: false,
        associations: Vec::new(),
        entries: Vec::new(),
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.network_acls.insert(row.id, row);
    Ok(object! { "NetworkAcl": shown })
}

/// Takes an ACL away that filters no subnet; the default one stays as long as its VPC.
///
/// # Errors
/// `InvalidParameterValue` for the default one, `DependencyViolation` while a subnet has it.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::network_acl(ctx.region()?, input.required("NetworkAclId")?)?;
    let id = row.id;
    if row.is_default {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Cannot delete default network ACL {id}"),
        });
    }
    if !row.associations.is_empty() {
        return Err(ApiError::DependencyViolation {
            detail: format!("The networkAcl '{id}' has dependencies and cannot be deleted."),
        });
    }
    ctx.region_mut()?.network_acls.remove(&id);
    Ok(object! {})
}

/// Gives a subnet another ACL. Every subnet has exactly one.
///
/// # Errors
/// `InvalidAssociationID.NotFound`, `InvalidNetworkAclID.NotFound`, `InvalidParameterValue` for an ACL of another VPC.
pub fn replace(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let written = input.required("AssociationId")?;
    let wanted = NetworkAclAssociationId::parse(written);
    let found = region.network_acls.values().find_map(|row| {
        let (id, subnet) = row
            .associations
            .iter()
            .find(|(id, _)| Some(*id) == wanted)?;
        Some((row.id, row.vpc, *id, *subnet))
    });
    let (from, vpc, old, subnet) = found.ok_or_else(|| ApiError::InvalidAssociationIdNotFound {
        association_id: written.to_owned(),
    })?;
    let to = lookup::network_acl(region, input.required("NetworkAclId")?)?;
    if to.vpc != vpc {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Network ACL {} and subnet {subnet} belong to different networks",
                to.id
            ),
        });
    }
    let to = to.id;
    let id = ctx.world.mint();
    let region = ctx.region_mut()?;
    if let Some(row) = region.network_acls.get_mut(&from) {
        row.associations.retain(|(other, _)| *other != old);
    }
    if let Some(row) = region.network_acls.get_mut(&to) {
        row.associations.push((id, subnet));
    }
    Ok(object! { "NewAssociationId": text(id) })
}

/// The ACLs, each with the last rule that denies what no other matched.
///
/// # Errors
/// `InvalidNetworkAclID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.network_acls, &input.texts("NetworkAclIds")?, |id| {
        lookup::network_acl(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &NetworkAcl, name: &str| {
        Some(match name {
            "network-acl-id" => vec![row.id.to_string()],
            "association.network-acl-id" if row.associations.is_empty() => Vec::new(),
            "association.network-acl-id" => vec![row.id.to_string()],
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
            "owner-id" => vec![region.account.to_string()],
            _ => {
                return name.strip_prefix("entry.").and_then(|field| {
                    with_last(row)
                        .iter()
                        .map(|entry| entry_value(entry, field))
                        .collect::<Option<Vec<_>>>()
                        .map(|all| all.into_iter().flatten().collect())
                });
            }
        })
    };
    lookup::describe(input, "NetworkAcls", rows, values, |row| show(region, row))
}

/// What an `entry.…` filter compares; `None` for a filter that there is not.
fn entry_value(entry: &NetworkAclEntry, field: &str) -> Option<Option<String>> {
    Some(match field {
        "cidr" => Some(entry.cidr.to_string()),
        "egress" => Some(entry.egress.to_string()),
        "rule-action" => Some(action(entry).to_owned()),
        "rule-number" => Some(entry.number.to_string()),
        "protocol" => Some(entry.protocol.number().to_string()),
        "icmp.type" => entry.icmp.map(|(kind, _)| kind.to_string()),
        "icmp.code" => entry.icmp.map(|(_, code)| code.to_string()),
        "port-range.from" => entry.ports.map(|(from, _)| from.to_string()),
        "port-range.to" => entry.ports.map(|(_, to)| to.to_string()),
        "ipv6-cidr" => None,
        _ => return None,
    })
}

/// The rules with the last ones, as AWS lists them: outbound first.
fn with_last(row: &NetworkAcl) -> Vec<NetworkAclEntry> {
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
    entries
}

/// An ACL as DescribeNetworkAcls shows it.
fn show(region: &RegionState, row: &NetworkAcl) -> Value {
    let associations: Vec<Value> = row
            .associations
            .iter()
            .map(|(id, subnet)| object! { "NetworkAclAssociationId": text(id), "NetworkAclId": text(row.id), "SubnetId": text(subnet) })
            .collect();
    object! {
        "Associations": associations, "Entries": with_last(row).iter().map(entry).collect::<Vec<_>>(), "IsDefault": row.is_default,
        "NetworkAclId": text(row.id), "Tags": row.tags.describe_all(), "VpcId": text(row.vpc), "OwnerId": text(region.account),
    }
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
