//! CreateVpc, CreateDefaultVpc, DeleteVpc, DescribeVpcs
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html>).

use super::{cidr, peering};
use crate::default_vpc;
use crate::error::{ApiError, ApiResult};
use crate::ids::VpcId;
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::peering::{PeeringConnection, PeeringState};
use crate::resources::tags::Tags;
use crate::resources::vpc::Vpc;

/// The most VPCs in a Region, unless AWS raises it.
const LIMIT: usize = 5;

/// Makes a VPC with its main route table, its default ACL and its default group: no subnet and no way out.
///
/// # Errors
/// `InvalidVpc.Range`, `VpcLimitExceeded`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let range = input
        .text("CidrBlock")?
        .ok_or_else(|| ApiError::MissingParameterMessage {
            detail: "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.".to_owned(),
        })?;
    let net = cidr::parse("cidrBlock", range)?;
    if !cidr::fits(net) {
        return Err(ApiError::InvalidVpcRange {
            cidr: range.to_owned(),
        });
    }
    let tenancy = match input.text("InstanceTenancy")?.unwrap_or("default") {
        "default" => "default",
        "dedicated" => "dedicated",
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter instanceTenancy is invalid. Valid values: default, dedicated"
                ),
            });
        }
    };
    let tags = Tags::specified(input, "vpc", &[])?;
    room(ctx.region()?)?;
    let account = ctx.caller.account;
    let mut region = ctx.region()?.clone();
    let vpc = Vpc {
        instance_tenancy: tenancy,
        tags,
        ..default_vpc::plain_vpc(ctx.world, &region, net)
    };
    default_vpc::furnish(ctx.world, &mut region, &vpc);
    let shown = with_state(show(account.to_string(), &vpc), "pending");
    region.vpcs.insert(vpc.id, vpc);
    *ctx.region_mut()? = region;
    Ok(object! { "Vpc": shown })
}

/// Makes the default VPC again after it was deleted.
///
/// # Errors
/// `DefaultVpcAlreadyExists`, `VpcLimitExceeded`.
pub fn create_default(ctx: &mut Context<'_>, _input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    if region.default_vpc().is_some() {
        return Err(ApiError::DefaultVpcAlreadyExists {});
    }
    room(region)?;
    let Some(place) = region.facts() else {
        return Ok(Value::Null);
    };
    let mut region = region.clone();
    let id = default_vpc::add(ctx.world, &mut region, place);
    let shown = region.vpcs.get(&id).map_or(Value::Null, |vpc| {
        with_state(show(region.account.to_string(), vpc), "pending")
    });
    *ctx.region_mut()? = region;
    Ok(object! { "Vpc": shown })
}

fn room(region: &RegionState) -> ApiResult<()> {
    if region.vpcs.len() >= LIMIT {
        return Err(ApiError::VpcLimitExceeded {});
    }
    Ok(())
}

/// Takes a VPC away, with what came with it. Everything that was added must be gone before.
///
/// # Errors
/// `DependencyViolation`, `InvalidVpcID.NotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let id = lookup::vpc(region, input.required("VpcId")?)?.id;
    if in_use(region, id) {
        return Err(ApiError::DependencyViolation {
            detail: format!("The vpc '{id}' has dependencies and cannot be deleted."),
        });
    }
    // A request to or from a VPC that is gone can no longer be accepted.
    let waiting: Vec<PeeringConnection> = region
        .peering_connections
        .values()
        .filter(|row| row.state == PeeringState::PendingAcceptance && row.other_side(id).is_some())
        .cloned()
        .collect();
    for row in &waiting {
        peering::settle(ctx.world, row, PeeringState::Deleted);
    }
    let region = ctx.region_mut()?;
    region.vpcs.remove(&id);
    let own: Vec<_> = region
        .route_tables
        .values()
        .filter(|row| row.vpc == id)
        .map(|row| row.id)
        .collect();
    own.iter().for_each(|row| {
        region.route_tables.remove(row);
    });
    let own: Vec<_> = region
        .network_acls
        .values()
        .filter(|row| row.vpc == id)
        .map(|row| row.id)
        .collect();
    own.iter().for_each(|row| {
        region.network_acls.remove(row);
    });
    let own: Vec<_> = region
        .security_groups
        .values()
        .filter(|row| row.vpc == id)
        .map(|row| row.id)
        .collect();
    own.iter().for_each(|row| {
        region.security_groups.remove(row);
    });
    Ok(object! {})
}

/// Whether a VPC holds anything beyond what it was made with
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html>).
fn in_use(region: &RegionState, id: VpcId) -> bool {
    region.subnets.values().any(|row| row.vpc == id)
        || region.gateway_of(id).is_some()
        || region
            .route_tables
            .values()
            .any(|row| row.vpc == id && !row.is_main())
        || region
            .network_acls
            .values()
            .any(|row| row.vpc == id && !row.is_default)
        || region
            .security_groups
            .values()
            .any(|row| row.vpc == id && row.name != "default")
        || region.vpc_endpoints.values().any(|row| row.vpc == id)
        || region
            .peering_connections
            .values()
            .any(|row| row.state == PeeringState::Active && row.other_side(id).is_some())
}

fn with_state(mut shown: Value, state: &str) -> Value {
    if let Some(map) = shown.as_object_mut() {
        map.insert("State".to_owned(), state.into());
    }
    shown
}

/// A VPC as DescribeVpcs shows it.
fn show(owner: String, vpc: &Vpc) -> Value {
    let mut ranges = vec![range_of(
        vpc.id.to_string().replacen("vpc-", "vpc-cidr-assoc-", 1),
        vpc.cidr.to_string(),
    )];
    ranges.extend(
        vpc.secondary_cidrs
            .iter()
            .map(|(id, net)| range_of(id.to_string(), net.to_string())),
    );
    object! {
        "OwnerId": owner, "InstanceTenancy": vpc.instance_tenancy, "Ipv6CidrBlockAssociationSet": json!([]),
        "CidrBlockAssociationSet": ranges,
        "IsDefault": vpc.is_default, "Tags": vpc.tags.describe(), "BlockPublicAccessStates": object! { "InternetGatewayBlockMode": "off" },
        "VpcId": text(vpc.id), "State": "available", "CidrBlock": text(vpc.cidr), "DhcpOptionsId": text(vpc.dhcp_options),
    }
}

/// One of a VPC's ranges as answers show it.
pub(super) fn range_of(id: String, net: String) -> Value {
    object! { "AssociationId": id, "CidrBlock": net, "CidrBlockState": object! { "State": "associated" } }
}

/// The VPCs.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.vpcs, &input.texts("VpcIds")?, |id| {
        lookup::vpc(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |vpc: &Vpc, name: &str| {
        Some(match name {
            "vpc-id" => vec![vpc.id.to_string()],
            "cidr" | "cidr-block" | "cidrBlock" => vec![vpc.cidr.to_string()],
            "cidr-block-association.cidr-block" => vpc.cidrs().map(|net| net.to_string()).collect(),
            "cidr-block-association.association-id" => {
                std::iter::once(vpc.id.to_string().replacen("vpc-", "vpc-cidr-assoc-", 1))
                    .chain(vpc.secondary_cidrs.iter().map(|(id, _)| id.to_string()))
                    .collect()
            }
            "cidr-block-association.state" => vec!["associated".to_owned()],
            "is-default" | "isDefault" => vec![vpc.is_default.to_string()],
            "state" => vec!["available".to_owned()],
            "owner-id" => vec![region.account.to_string()],
            "dhcp-options-id" | "dhcpOptionsId" => vec![vpc.dhcp_options.to_string()],
            // The lab's VPCs have no IPv6 ranges: no value matches.
            "ipv6-cidr-block-association.ipv6-cidr-block"
            | "ipv6-cidr-block-association.ipv6-pool"
            | "ipv6-cidr-block-association.association-id"
            | "ipv6-cidr-block-association.state" => Vec::new(),
            _ => return None,
        })
    };
    lookup::describe(input, "Vpcs", rows, values, |vpc| {
        show(region.account.to_string(), vpc)
    })
}
