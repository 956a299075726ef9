//! CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>).

use super::endpoint_parts::{self, Parts};
use crate::catalogue::{self, EndpointService};
use crate::error::{ApiError, ApiResult};
use crate::ids::VpcEndpointId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::resources::vpc_endpoint::{EndpointKind, EndpointState, PENDING, VpcEndpoint};
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// The policy of an endpoint that was given none: everything is allowed
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#default-endpoint-policy>).
pub(crate) const OPEN_POLICY: &str = r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#;

/// An endpoint.
///
/// # Errors
/// `InvalidVpcEndpointId.Malformed`, `InvalidVpcEndpointId.NotFound`.
pub(crate) fn find<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a VpcEndpoint> {
    lookup::row_or(
        &region.vpc_endpoints,
        text,
        |id| ApiError::InvalidVpcEndpointIdNotFound { id },
        |id| ApiError::InvalidVpcEndpointIdMalformed { id },
    )
}

/// The service of this name in the caller's Region.
fn service(region: &RegionState, name: &str) -> ApiResult<&'static EndpointService> {
    catalogue::endpoint_service(name)
        .filter(|service| service.region == region.name)
        .ok_or_else(|| ApiError::InvalidServiceName {
            name: name.to_owned(),
        })
}

/// The policy of a call, as it was written; it must be JSON.
fn policy(input: Input<'_>) -> ApiResult<Option<String>> {
    let Some(written) = input.text("PolicyDocument")? else {
        return Ok(None);
    };
    match crate::json::from_str::<Value>(written) {
        Ok(Value::Object(_)) => Ok(Some(written.to_owned())),
        _ => Err(ApiError::InvalidParameterValue {
            detail: "The policy document is not valid JSON.".to_owned(),
        }),
    }
}

/// Makes an endpoint: a route in tables for a gateway one, an interface in subnets for the other kind.
///
/// # Errors
/// `InvalidServiceName`, `InvalidVpcID.NotFound`, `RouteAlreadyExists`, what only the other kind takes.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?.id;
    let service = service(region, input.required("ServiceName")?)?;
    let gateway = match input.text("VpcEndpointType")?.unwrap_or("Gateway") {
        "Gateway" => true,
        "Interface" => false,
        kind @ ("GatewayLoadBalancer" | "Resource" | "ServiceNetwork") => {
            return Err(ApiError::NotModelled {
                what: format!("The endpoint type {kind}"),
            });
        }
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter vpcEndpointType is invalid. Valid values: Interface, Gateway, GatewayLoadBalancer"
                ),
            });
        }
    };
    if !(if gateway {
        service.gateway
    } else {
        service.interface
    }) {
        return Err(ApiError::InvalidParameter {
            detail: format!(
                "Endpoint type ({}) does not match available service types ([{}]).",
                if gateway { "Gateway" } else { "Interface" },
                if gateway { "Interface" } else { "Gateway" },
            ),
        });
    }
    let policy = policy(input)?.unwrap_or_else(|| OPEN_POLICY.to_owned());
    let tags = Tags::specified(input, "vpc-endpoint", &[])?;
    let token = input.text("ClientToken")?.unwrap_or_default().to_owned();
    if let Some(earlier) = region
        .vpc_endpoints
        .values()
        .find(|row| !token.is_empty() && row.client_token == token)
    {
        return Ok(object! { "VpcEndpoint": show(region, earlier), "ClientToken": token });
    }
    let parts = Parts::read(region, vpc, gateway, input)?;
    let id: VpcEndpointId = ctx.world.mint();
    let serial = ctx.world.serial();
    let now = ctx.world.now();
    let kind = parts.make(ctx, id, &service.name)?;
    let row = VpcEndpoint {
        id,
        serial,
        vpc,
        service: service.name.clone(),
        state: if gateway {
            EndpointState::Available
        } else {
            EndpointState::Pending
        },
        kind,
        policy,
        created: now,
        client_token: token.clone(),
        tags,
    };
    if !gateway {
        Rc::make_mut(&mut ctx.world.schedule).look(
            now.plus(PENDING),
            ctx.caller,
            Resource::VpcEndpoint(id),
        );
    }
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.vpc_endpoints.insert(id, row);
    Ok(object! { "VpcEndpoint": shown, "ClientToken": (!token.is_empty()).then_some(token) })
}

/// A pending endpoint is there.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: VpcEndpointId) {
    let row = world
        .region_mut(caller)
        .and_then(|region| region.vpc_endpoints.get_mut(&id));
    if let Some(row) = row {
        row.state = EndpointState::Available;
    }
}

/// Changes an endpoint's policy, route tables, subnets and groups.
///
/// # Errors
/// `InvalidVpcEndpointId.NotFound`, unknown ids, what only the other kind takes.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx.region()?, input.required("VpcEndpointId")?)?.clone();
    let policy = if input.boolean("ResetPolicy")?.unwrap_or(false) {
        Some(OPEN_POLICY.to_owned())
    } else {
        policy(input)?
    };
    endpoint_parts::modify(ctx, &row, input)?;
    if let (Some(policy), Some(row)) = (policy, ctx.region_mut()?.vpc_endpoints.get_mut(&row.id)) {
        row.policy = policy;
    }
    Ok(object! { "Return": true })
}

/// Takes endpoints away; those that are not there are named in the answer, and the others go.
///
/// # Errors
/// `MissingParameter` for a call without ids.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let ids = input.texts("VpcEndpointIds")?;
    if ids.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "VpcEndpointId".to_owned(),
        });
    }
    let mut unsuccessful = Vec::new();
    for written in ids {
        match find(ctx.region()?, written).cloned() {
            Ok(row) => {
                endpoint_parts::remove(ctx.region_mut()?, &row);
                ctx.region_mut()?.vpc_endpoints.remove(&row.id);
            }
            Err(error) => unsuccessful.push(object! {
                "Error": object! { "Code": error.code(), "Message": error.message() }, "ResourceId": written,
            }),
        }
    }
    Ok(object! { "Unsuccessful": unsuccessful })
}

/// An endpoint as DescribeVpcEndpoints shows it.
fn show(region: &RegionState, row: &VpcEndpoint) -> Value {
    let (kind, tables, subnets, groups, interfaces, private_dns) = match &row.kind {
        EndpointKind::Gateway { route_tables } => (
            "Gateway",
            route_tables.iter().map(text).collect(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            false,
        ),
        EndpointKind::Interface {
            subnets,
            groups,
            private_dns,
        } => (
            "Interface",
            Vec::new(),
            subnets.iter().map(|(id, _)| text(id)).collect(),
            groups
                .iter()
                .filter_map(|id| region.security_groups.get(id))
                .map(|group| object! { "GroupId": text(group.id), "GroupName": group.name.clone() })
                .collect::<Vec<_>>(),
            subnets.iter().map(|(_, nic)| text(nic)).collect(),
            *private_dns,
        ),
    };
    object! {
        "VpcEndpointId": text(row.id), "VpcEndpointType": kind, "VpcId": text(row.vpc), "ServiceName": row.service.clone(),
        "State": row.state.as_str(), "PolicyDocument": row.policy.clone(), "RouteTableIds": tables, "SubnetIds": subnets,
        "Groups": groups, "IpAddressType": (kind == "Interface").then_some("ipv4"), "PrivateDnsEnabled": private_dns,
        "RequesterManaged": false, "NetworkInterfaceIds": interfaces, "DnsEntries": endpoint_parts::dns_entries(region, row),
        "CreationTimestamp": text(row.created), "Tags": row.tags.describe_all(), "OwnerId": text(region.account),
    }
}

/// The endpoints.
///
/// # Errors
/// `InvalidVpcEndpointId.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(
        &region.vpc_endpoints,
        &input.texts("VpcEndpointIds")?,
        |id| find(region, id),
    )?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &VpcEndpoint, name: &str| {
        Some(vec![match name {
            "vpc-endpoint-id" => row.id.to_string(),
            "vpc-id" => row.vpc.to_string(),
            "service-name" => row.service.clone(),
            "service-region" => region.name.to_owned(),
            "vpc-endpoint-state" => row.state.as_str().to_owned(),
            "vpc-endpoint-type" => match row.kind {
                EndpointKind::Gateway { .. } => "Gateway".to_owned(),
                EndpointKind::Interface { .. } => "Interface".to_owned(),
            },
            "ip-address-type" => "ipv4".to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(input, "VpcEndpoints", rows, values, |row| show(region, row))
}
