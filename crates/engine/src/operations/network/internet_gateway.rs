//! CreateInternetGateway, AttachInternetGateway, DetachInternetGateway, DeleteInternetGateway, DescribeInternetGateways
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::resources::vpc::InternetGateway;

/// As many as VPCs: AWS raises both together.
const LIMIT: usize = 5;

/// Makes a gateway that belongs to no VPC yet.
///
/// # Errors
/// `InternetGatewayLimitExceeded`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let tags = Tags::specified(input, "internet-gateway", &[])?;
    if ctx.region()?.internet_gateways.len() >= LIMIT {
        return Err(ApiError::InternetGatewayLimitExceeded {});
    }
    let row = InternetGateway {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        vpc: None,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.internet_gateways.insert(row.id, row);
    Ok(object! { "InternetGateway": shown })
}

/// Ties a gateway to a VPC: one to one.
///
/// # Errors
/// `Resource.AlreadyAssociated` when the gateway has a VPC, `InvalidParameterValue` when the VPC has a gateway.
pub fn attach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let gateway = lookup::internet_gateway(region, input.required("InternetGatewayId")?)?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?.id;
    if let Some(other) = gateway.vpc {
        return Err(ApiError::ResourceAlreadyAssociated {
            detail: format!(
                "resource {} is already attached to network {other}",
                gateway.id
            ),
        });
    }
    if region.gateway_of(vpc).is_some() {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Network {vpc} already has an internet gateway attached"),
        });
    }
    let id = gateway.id;
    if let Some(row) = ctx.region_mut()?.internet_gateways.get_mut(&id) {
        row.vpc = Some(vpc);
    }
    Ok(object! {})
}

/// Takes a gateway off its VPC. Routes to it lead nowhere from then on.
///
/// # Errors
/// `Gateway.NotAttached`, `DependencyViolation` while something in the VPC has a public address.
pub fn detach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let gateway = lookup::internet_gateway(region, input.required("InternetGatewayId")?)?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?.id;
    if gateway.vpc != Some(vpc) {
        return Err(ApiError::GatewayNotAttachedTo {
            id: gateway.id.to_string(),
            vpc_id: vpc.to_string(),
        });
    }
    let mapped = region
        .network_interfaces
        .values()
        .any(|nic| nic.vpc == vpc && nic.addresses.iter().any(|address| address.public.is_some()));
    if mapped {
        return Err(ApiError::DependencyViolation {
            detail: format!(
                "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
            ),
        });
    }
    let id = gateway.id;
    if let Some(row) = ctx.region_mut()?.internet_gateways.get_mut(&id) {
        row.vpc = None;
    }
    Ok(object! {})
}

/// Takes a gateway away that belongs to no VPC.
///
/// # Errors
/// `DependencyViolation` while it is attached.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let gateway = lookup::internet_gateway(ctx.region()?, input.required("InternetGatewayId")?)?;
    let id = gateway.id;
    if gateway.vpc.is_some() {
        return Err(ApiError::DependencyViolation {
            detail: format!("The internetGateway '{id}' has dependencies and cannot be deleted."),
        });
    }
    ctx.region_mut()?.internet_gateways.remove(&id);
    Ok(object! {})
}

fn show(region: &RegionState, row: &InternetGateway) -> Value {
    let attachments: Vec<Value> = row
        .vpc
        .map(|vpc| object! { "State": "available", "VpcId": text(vpc) })
        .into_iter()
        .collect();
    object! { "Attachments": attachments, "InternetGatewayId": text(row.id), "OwnerId": text(region.account), "Tags": row.tags.describe_all() }
}

/// The gateways.
///
/// # Errors
/// `InvalidInternetGatewayID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(
        &region.internet_gateways,
        &input.texts("InternetGatewayIds")?,
        |id| lookup::internet_gateway(region, id),
    )?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &InternetGateway, name: &str| {
        Some(match name {
            "internet-gateway-id" => vec![row.id.to_string()],
            "attachment.vpc-id" => row.vpc.map(|vpc| vpc.to_string()).into_iter().collect(),
            "attachment.state" => row
                .vpc
                .map(|_| "available".to_owned())
                .into_iter()
                .collect(),
            "owner-id" => vec![region.account.to_string()],
            _ => return None,
        })
    };
    lookup::describe(input, "InternetGateways", rows, values, |row| {
        show(region, row)
    })
}
