//! DescribeRouteTables, CreateRoute, DeleteRoute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::RouteTableId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::route_table::{Route, RouteTable, RouteTarget};
use ipnet::Ipv4Net;
use serde_json::Value;

fn table<'a>(region: &'a RegionState, id: &str) -> ApiResult<&'a RouteTable> {
    region
        .route_tables
        .values()
        .find(|row| row.id.to_string() == id)
        .ok_or_else(|| ApiError::InvalidRouteTableIdNotFound {
            route_table_id: id.to_owned(),
        })
}

/// The route tables.
///
/// # Errors
/// `InvalidRouteTableID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input
        .texts("RouteTableIds")?
        .into_iter()
        .map(|id| table(region, id).map(|row| row.id))
        .collect::<ApiResult<Vec<RouteTableId>>>()?;
    let rows = region
        .route_tables
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &RouteTable, name: &str| {
        Some(match name {
            "route-table-id" => vec![row.id.to_string()],
            "vpc-id" => vec![row.vpc.to_string()],
            "association.main" => vec![row.is_main().to_string()],
            "association.subnet-id" => row
                .associations
                .iter()
                .filter_map(|(_, subnet)| subnet.map(|id| id.to_string()))
                .collect(),
            "association.route-table-association-id" => row
                .associations
                .iter()
                .map(|(id, _)| id.to_string())
                .collect(),
            "route.destination-cidr-block" => row
                .routes
                .iter()
                .map(|route| route.destination.to_string())
                .collect(),
            "route.gateway-id" => row
                .routes
                .iter()
                .filter_map(|route| {
                    shown_target(route)
                        .get("GatewayId")
                        .and_then(Value::as_str)
                        .map(str::to_owned)
                })
                .collect(),
            "owner-id" => vec![region.account.to_string()],
            _ => return None,
        })
    };
    lookup::describe(input, "RouteTables", rows, values, |row| {
        let associations: Vec<Value> = row
            .associations
            .iter()
            .map(|(id, subnet)| {
                object! {
                    "Main": subnet.is_none(), "RouteTableAssociationId": text(id), "RouteTableId": text(row.id),
                    "SubnetId": subnet.map(text), "AssociationState": object! { "State": "associated" },
                }
            })
            .collect();
        object! {
            "Associations": associations, "PropagatingVgws": Vec::<Value>::new(), "RouteTableId": text(row.id),
            "Routes": row.routes.iter().map(shown_target).collect::<Vec<_>>(),
            "Tags": row.tags.describe_all(), "VpcId": text(row.vpc), "OwnerId": text(region.account),
        }
    })
}

fn shown_target(route: &Route) -> Value {
    let gateway = match route.target {
        RouteTarget::Local => Some("local".to_owned()),
        RouteTarget::InternetGateway(id) => Some(id.to_string()),
        RouteTarget::NetworkInterface(_) => None,
    };
    object! {
        "DestinationCidrBlock": text(route.destination), "GatewayId": gateway,
        "NetworkInterfaceId": if let RouteTarget::NetworkInterface(id) = route.target { Some(text(id)) } else { None },
        "Origin": if route.target == RouteTarget::Local { "CreateRouteTable" } else { "CreateRoute" }, "State": "active",
    }
}

fn destination(input: Input<'_>) -> ApiResult<Ipv4Net> {
    let cidr = input.required("DestinationCidrBlock")?;
    cidr.parse::<Ipv4Net>().map(|net| net.trunc()).map_err(|_| ApiError::InvalidParameterValue { detail: format!("Value ({cidr}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.") })
}

/// Adds a route to an internet gateway of the same VPC.
///
/// # Errors
/// `RouteAlreadyExists`, `InvalidRouteTableID.NotFound`, `InvalidInternetGatewayID.NotFound`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = table(region, input.required("RouteTableId")?)?;
    let destination = destination(input)?;
    let gateway = input.text("GatewayId")?.ok_or_else(|| ApiError::MissingParameterMessage {
        detail: "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId, coreNetworkArn or instanceId".to_owned(),
    })?;
    let found = region
        .internet_gateways
        .values()
        .find(|known| known.id.to_string() == gateway);
    let gateway = found.ok_or_else(|| ApiError::InvalidInternetGatewayIdNotFound {
        id: gateway.to_owned(),
    })?;
    if gateway.vpc != Some(row.vpc) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "route table {} and network gateway {} belong to different networks",
                row.id, gateway.id
            ),
        });
    }
    if row
        .routes
        .iter()
        .any(|route| route.destination == destination)
    {
        return Err(ApiError::RouteAlreadyExists {
            cidr: destination.to_string(),
        });
    }
    let (id, target) = (row.id, RouteTarget::InternetGateway(gateway.id));
    if let Some(row) = ctx.region_mut()?.route_tables.get_mut(&id) {
        row.routes.push(Route {
            destination,
            target,
        });
    }
    Ok(object! { "Return": true })
}

/// Takes a route out; the local one stays.
///
/// # Errors
/// `InvalidRoute.NotFound`, `InvalidParameterValue` for the local route.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = table(ctx.region()?, input.required("RouteTableId")?)?;
    let destination = destination(input)?;
    let id = row.id;
    let found = row
        .routes
        .iter()
        .find(|route| route.destination == destination);
    match found.map(|route| route.target) {
        None => {
            return Err(ApiError::InvalidRouteNotFound {
                cidr: destination.to_string(),
                route_table_id: id.to_string(),
            });
        }
        Some(RouteTarget::Local) => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!("cannot remove local route {destination} in route table {id}"),
            });
        }
        Some(_) => {}
    }
    if let Some(row) = ctx.region_mut()?.route_tables.get_mut(&id) {
        row.routes.retain(|route| route.destination != destination);
    }
    Ok(object! {})
}
