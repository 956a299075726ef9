//! ModifyVpcAttribute, DescribeVpcAttribute, AssociateVpcCidrBlock, DisassociateVpcCidrBlock
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html>).

use super::cidr;
use super::vpc::range_of;
use crate::default_vpc::local_route;
use crate::error::{ApiError, ApiResult};
use crate::ids::{ResourceId, VpcCidrAssociationId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::route_table::RouteTarget;

/// Turns DNS in a VPC on or off.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `InvalidParameterCombination` for host names without DNS.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::vpc(ctx.region()?, input.required("VpcId")?)?;
    let id = row.id;
    let given: Vec<(&str, bool)> = [
        "EnableDnsSupport",
        "EnableDnsHostnames",
        "EnableNetworkAddressUsageMetrics",
    ]
    .into_iter()
    .filter_map(|key| {
        input
            .boolean(key)
            .map(|value| value.map(|on| (key, on)))
            .transpose()
    })
    .collect::<ApiResult<_>>()?;
    let [(key, on)] = given.as_slice() else {
        return Err(ApiError::InvalidParameterCombination {
            detail: if given.is_empty() {
                "No attributes specified."
            } else {
                "You can only modify one attribute at a time."
            }
            .to_owned(),
        });
    };
    if let Some(row) = ctx.region_mut()?.vpcs.get_mut(&id) {
        match *key {
            "EnableDnsSupport" => row.enable_dns_support = *on,
            "EnableDnsHostnames" => row.enable_dns_hostnames = *on,
            _ => row.enable_network_address_usage_metrics = *on,
        }
    }
    Ok(object! {})
}

/// One attribute of a VPC.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `InvalidParameterValue` for an attribute that there is not.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::vpc(ctx.region()?, input.required("VpcId")?)?;
    let value = |on: bool| object! { "Value": on };
    Ok(match input.required("Attribute")? {
        "enableDnsSupport" => {
            object! { "EnableDnsSupport": value(row.enable_dns_support), "VpcId": text(row.id) }
        }
        "enableDnsHostnames" => {
            object! { "EnableDnsHostnames": value(row.enable_dns_hostnames), "VpcId": text(row.id) }
        }
        "enableNetworkAddressUsageMetrics" => object! {
            "EnableNetworkAddressUsageMetrics": value(row.enable_network_address_usage_metrics), "VpcId": text(row.id),
        },
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter attribute is invalid. Unknown attribute."
                ),
            });
        }
    })
}

/// The most ranges of a VPC, unless AWS raises it.
const RANGES: usize = 5;

/// Adds a range to a VPC; every route table learns it
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-resize>).
///
/// # Errors
/// `InvalidVpc.Range` for a range that is too large, too small or shares addresses with another of the VPC.
pub fn associate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::vpc(ctx.region()?, input.required("VpcId")?)?.clone();
    let written = input.required("CidrBlock")?;
    let net = cidr::parse("cidrBlock", written)?;
    if !cidr::fits(net) || row.overlaps(net) {
        return Err(ApiError::InvalidVpcRange {
            cidr: written.to_owned(),
        });
    }
    if row.cidrs().count() >= RANGES {
        return Err(ApiError::LimitExceeded {
            detail: format!(
                "This network '{}' has met its maximum number of allowed CIDRs: {RANGES}",
                row.id
            ),
        });
    }
    let id: VpcCidrAssociationId = ctx.world.mint();
    let region = ctx.region_mut()?;
    if let Some(vpc) = region.vpcs.get_mut(&row.id) {
        vpc.secondary_cidrs.push((id, net));
    }
    for table in tables(region, row.id) {
        if let Some(table) = region.route_tables.get_mut(&table) {
            table
                .routes
                .insert(1.min(table.routes.len()), local_route(net));
        }
    }
    let mut shown = range_of(id.to_string(), net.to_string());
    if let Some(map) = shown.as_object_mut() {
        map.insert(
            "CidrBlockState".to_owned(),
            object! { "State": "associating" },
        );
    }
    Ok(object! { "CidrBlockAssociation": shown, "VpcId": text(row.id) })
}

/// Takes a range away that no subnet uses; the first one stays.
///
/// # Errors
/// `InvalidVpcCidrBlockAssociationID.NotFound` as `InvalidAssociationID.NotFound`, `OperationNotPermitted` for the first,
/// `DependencyViolation` while a subnet uses it.
pub fn disassociate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let written = input.required("AssociationId")?;
    let region = ctx.region()?;
    if region
        .vpcs
        .values()
        .any(|vpc| vpc.id.to_string().replacen("vpc-", "vpc-cidr-assoc-", 1) == written)
    {
        return Err(ApiError::OperationNotPermitted {
            detail: format!(
                "The vpc CIDR block with association ID {written} may not be disassociated. It is the primary IPv4 CIDR block of the VPC"
            ),
        });
    }
    let wanted = VpcCidrAssociationId::parse(written);
    let found = region.vpcs.values().find_map(|vpc| {
        let (id, net) = vpc
            .secondary_cidrs
            .iter()
            .find(|(id, _)| Some(*id) == wanted)?;
        Some((vpc.id, *id, *net))
    });
    let (vpc, id, net) = found.ok_or_else(|| ApiError::InvalidAssociationIdNotFound {
        association_id: written.to_owned(),
    })?;
    if region
        .subnets
        .values()
        .any(|subnet| subnet.vpc == vpc && net.contains(&subnet.cidr))
    {
        return Err(ApiError::DependencyViolation {
            detail: format!(
                "The vpc CIDR block with association ID {id} has dependencies and cannot be disassociated."
            ),
        });
    }
    let region = ctx.region_mut()?;
    if let Some(row) = region.vpcs.get_mut(&vpc) {
        row.secondary_cidrs.retain(|(other, _)| *other != id);
    }
    for table in tables(region, vpc) {
        if let Some(table) = region.route_tables.get_mut(&table) {
            table.routes.retain(|route| {
                route.target != RouteTarget::Local || route.destination != net.into()
            });
        }
    }
    let mut shown = range_of(id.to_string(), net.to_string());
    if let Some(map) = shown.as_object_mut() {
        map.insert(
            "CidrBlockState".to_owned(),
            object! { "State": "disassociating" },
        );
    }
    Ok(object! { "CidrBlockAssociation": shown, "VpcId": text(vpc) })
}

fn tables(
    region: &crate::region::RegionState,
    vpc: crate::ids::VpcId,
) -> Vec<crate::ids::RouteTableId> {
    region
        .route_tables
        .values()
        .filter(|table| table.vpc == vpc)
        .map(|table| table.id)
        .collect()
}
