//! CreateRoute, ReplaceRoute, DeleteRoute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>).

use super::route_table::is_blackhole;
use super::{cidr, nat_gateway, peering};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::nat_gateway::NatGatewayState;
use crate::resources::route_table::{Destination, Route, RouteTable, RouteTarget};

/// The most routes of a table, unless AWS raises it.
const LIMIT: usize = 500;

/// A route as DescribeRouteTables shows it.
pub(super) fn show(region: &RegionState, table: &RouteTable, route: &Route) -> Value {
    let gateway = match route.target {
        RouteTarget::Local => Some("local".to_owned()),
        RouteTarget::InternetGateway(id) => Some(id.to_string()),
        RouteTarget::VpcEndpoint(id) => Some(id.to_string()),
        _ => None,
    };
    let interface = match route.target {
        RouteTarget::NetworkInterface(id) => Some(id),
        _ => None,
    };
    let instance = interface
        .and_then(|id| region.network_interfaces.get(&id))
        .and_then(|nic| nic.attachment)
        .map(|tie| tie.instance);
    let (range, list) = match route.destination {
        Destination::Cidr(net) => (Some(text(net)), None),
        Destination::PrefixList(id) => (None, Some(text(id))),
    };
    let state = if is_blackhole(region, table, route.target) {
        "blackhole"
    } else {
        "active"
    };
    object! {
        "DestinationCidrBlock": range, "DestinationPrefixListId": list, "GatewayId": gateway,
        "InstanceId": instance.map(text), "InstanceOwnerId": instance.map(|_| text(region.account)),
        "NatGatewayId": if let RouteTarget::NatGateway(id) = route.target { Some(text(id)) } else { None },
        "NetworkInterfaceId": interface.map(text),
        "Origin": if route.target == RouteTarget::Local { "CreateRouteTable" } else { "CreateRoute" }, "State": state,
        "VpcPeeringConnectionId": if let RouteTarget::VpcPeeringConnection(id) = route.target { Some(text(id)) } else { None },
    }
}

/// The destination of a call: an IPv4 range. Routes for prefix lists belong to gateway endpoints, which keep them themselves.
fn destination(input: Input<'_>) -> ApiResult<Destination> {
    if input.has("DestinationPrefixListId") || input.has("DestinationIpv6CidrBlock") {
        return Err(ApiError::NotModelled {
            what: "A route for a prefix list or an IPv6 range".to_owned(),
        });
    }
    let written = input
        .text("DestinationCidrBlock")?
        .ok_or_else(|| ApiError::MissingParameterMessage {
            detail: "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock or destinationPrefixListId".to_owned(),
        })?;
    cidr::parse("destinationCidrBlock", written).map(Destination::Cidr)
}

const TARGETS: [&str; 5] = [
    "GatewayId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "InstanceId",
    "VpcPeeringConnectionId",
];

/// The target of a call: exactly one, of the table's own VPC.
fn target(region: &RegionState, table: &RouteTable, input: Input<'_>) -> ApiResult<RouteTarget> {
    let given: Vec<(&str, &str)> = TARGETS
        .into_iter()
        .filter_map(|key| input.text(key).map(|id| id.map(|id| (key, id))).transpose())
        .collect::<ApiResult<_>>()?;
    let [(key, id)] = given.as_slice() else {
        return Err(ApiError::MissingParameterMessage {
            detail: "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId, coreNetworkArn or instanceId".to_owned(),
        });
    };
    let elsewhere = |what: &str| ApiError::InvalidParameterValue {
        detail: format!(
            "route table {} and {what} {id} belong to different networks",
            table.id
        ),
    };
    match *key {
        "GatewayId" if *id == "local" => Ok(RouteTarget::Local),
        "GatewayId" if id.starts_with("vpce-") => Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Cannot add a route to the endpoint {id}: ModifyVpcEndpoint ties it to a route table."
            ),
        }),
        "GatewayId" => {
            let gateway = lookup::internet_gateway(region, id)?;
            if gateway.vpc != Some(table.vpc) {
                return Err(elsewhere("network gateway"));
            }
            Ok(RouteTarget::InternetGateway(gateway.id))
        }
        "NatGatewayId" => {
            let gateway = nat_gateway::find(region, id)?;
            if !matches!(
                gateway.state,
                NatGatewayState::Pending | NatGatewayState::Available
            ) {
                return Err(ApiError::NatGatewayNotFound {
                    id: (*id).to_owned(),
                });
            }
            if gateway.vpc != table.vpc {
                return Err(elsewhere("NAT gateway"));
            }
            Ok(RouteTarget::NatGateway(gateway.id))
        }
        "NetworkInterfaceId" => {
            let nic = lookup::interface(region, id)?;
            if nic.vpc != table.vpc {
                return Err(elsewhere("interface"));
            }
            Ok(RouteTarget::NetworkInterface(nic.id))
        }
        "InstanceId" => {
            let row = lookup::instance(region, id)?;
            let nic = lookup::only_interface(region, row)?;
            if region.network_interfaces.get(&nic).map(|nic| nic.vpc) != Some(table.vpc) {
                return Err(elsewhere("instance"));
            }
            Ok(RouteTarget::NetworkInterface(nic))
        }
        _ => {
            let row = peering::find(region, id)?;
            if row.other_side(table.vpc).is_none() {
                return Err(elsewhere("VPC peering connection"));
            }
            Ok(RouteTarget::VpcPeeringConnection(row.id))
        }
    }
}

/// A route may be as narrow as a range of the VPC, never narrower than the local one unless it leads to an interface
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-table-routes>).
fn beneath_local(
    region: &RegionState,
    table: &RouteTable,
    destination: Destination,
    target: RouteTarget,
) -> ApiResult<()> {
    let Destination::Cidr(net) = destination else {
        return Ok(());
    };
    let inside = region
        .vpcs
        .get(&table.vpc)
        .is_some_and(|vpc| vpc.cidrs().any(|own| own.contains(&net)));
    let allowed = matches!(
        target,
        RouteTarget::NetworkInterface(_) | RouteTarget::NatGateway(_) | RouteTarget::Local
    );
    if inside && !allowed {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "The destination CIDR block {net} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance."
            ),
        });
    }
    Ok(())
}

/// Adds a route.
///
/// # Errors
/// `RouteAlreadyExists`, `RouteLimitExceeded`, a target that is not there or of another VPC.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::route_table(region, input.required("RouteTableId")?)?;
    let destination = destination(input)?;
    let target = target(region, row, input)?;
    if row
        .routes
        .iter()
        .any(|route| route.destination == destination)
    {
        return Err(ApiError::RouteAlreadyExists {
            cidr: destination.to_string(),
        });
    }
    if target == RouteTarget::Local {
        return Err(ApiError::InvalidParameterValue {
            detail: "Value (local) for parameter gatewayId is invalid. A local route comes with the VPC.".to_owned(),
        });
    }
    beneath_local(region, row, destination, target)?;
    if row.routes.len() >= LIMIT {
        return Err(ApiError::RouteLimitExceeded {});
    }
    let id = row.id;
    if let Some(row) = ctx.region_mut()?.route_tables.get_mut(&id) {
        row.routes.push(Route {
            destination,
            target,
        });
    }
    Ok(object! { "Return": true })
}

/// Gives a route that is there another target.
///
/// # Errors
/// `InvalidParameterValue` for a route that is not there; a target as in [`create`].
pub fn replace(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::route_table(region, input.required("RouteTableId")?)?;
    let destination = destination(input)?;
    let target = target(region, row, input)?;
    if !row
        .routes
        .iter()
        .any(|route| route.destination == destination)
    {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "There is no route defined for '{destination}' in the route table. Use CreateRoute instead."
            ),
        });
    }
    beneath_local(region, row, destination, target)?;
    let id = row.id;
    let table = ctx.region_mut()?.route_tables.get_mut(&id);
    let route = table.and_then(|row| {
        row.routes
            .iter_mut()
            .find(|route| route.destination == destination)
    });
    if let Some(route) = route {
        route.target = target;
    }
    Ok(object! {})
}

/// Takes a route out; the local one stays.
///
/// # Errors
/// `InvalidRoute.NotFound`, `InvalidParameterValue` for the local route.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::route_table(region, input.required("RouteTableId")?)?;
    let destination = destination(input)?;
    let id = row.id;
    let found = row
        .routes
        .iter()
        .find(|route| route.destination == destination);
    let own = region
        .vpcs
        .get(&row.vpc)
        .is_some_and(|vpc| vpc.cidrs().any(|net| destination == Destination::Cidr(net)));
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
        if own {
            // A local route that was pointed elsewhere becomes local again: it cannot be taken away.
            for route in &mut row.routes {
                if route.destination == destination {
                    route.target = RouteTarget::Local;
                }
            }
        } else {
            row.routes.retain(|route| route.destination != destination);
        }
    }
    Ok(object! {})
}
