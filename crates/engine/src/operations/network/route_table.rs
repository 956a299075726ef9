//! CreateRouteTable, DeleteRouteTable, DescribeRouteTables and the ties between tables and subnets
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html>).

use super::route;
use crate::default_vpc::local_route;
use crate::error::{ApiError, ApiResult};
use crate::ids::{ResourceId, RouteTableAssociationId, RouteTableId, SubnetId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::route_table::{Destination, RouteTable, RouteTarget};
use crate::resources::tags::Tags;
use crate::resources::vpc_endpoint::EndpointKind;

/// The most tables of a VPC, unless AWS raises it.
const LIMIT: usize = 200;

/// Makes a table that knows the way inside the VPC and no other.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `RouteTableLimitExceeded`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?;
    let tags = Tags::specified(input, "route-table", &[])?;
    let count = region
        .route_tables
        .values()
        .filter(|row| row.vpc == vpc.id)
        .count();
    if count >= LIMIT {
        return Err(ApiError::RouteTableLimitExceeded {});
    }
    let (vpc, routes) = (vpc.id, vpc.cidrs().map(local_route).collect());
    let row = RouteTable {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        vpc,
        associations: Vec::new(),
        routes,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.route_tables.insert(row.id, row);
    Ok(object! { "RouteTable": shown })
}

/// Takes a table away that no subnet uses.
///
/// # Errors
/// `DependencyViolation` for the main table and one that a subnet uses.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::route_table(ctx.region()?, input.required("RouteTableId")?)?;
    let id = row.id;
    if !row.associations.is_empty() {
        return Err(ApiError::DependencyViolation {
            detail: format!("The routeTable '{id}' has dependencies and cannot be deleted."),
        });
    }
    let region = ctx.region_mut()?;
    region.route_tables.remove(&id);
    // A gateway endpoint forgets a table that is gone.
    let endpoints: Vec<_> = region.vpc_endpoints.keys().copied().collect();
    for endpoint in endpoints {
        if let Some(EndpointKind::Gateway { route_tables }) = region
            .vpc_endpoints
            .get_mut(&endpoint)
            .map(|row| &mut row.kind)
        {
            route_tables.retain(|table| *table != id);
        }
    }
    Ok(object! {})
}

/// Gives a subnet a table of its own instead of the main one.
///
/// # Errors
/// `Resource.AlreadyAssociated` when it has one, `InvalidParameterValue` for a subnet of another VPC.
pub fn associate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let table = lookup::route_table(region, input.required("RouteTableId")?)?;
    let subnet = lookup::subnet(region, input.required("SubnetId")?)?;
    if table.vpc != subnet.vpc {
        return Err(different_networks(table.id, subnet.id));
    }
    if let Some((other, (tie, _))) = region.route_tables.values().find_map(|row| {
        Some((
            row.id,
            row.associations
                .iter()
                .find(|(_, tied)| *tied == Some(subnet.id))?,
        ))
    }) {
        if other == table.id {
            return Ok(associated(*tie));
        }
        return Err(ApiError::ResourceAlreadyAssociated {
            detail: format!(
                "the specified association for route table {} conflicts with an existing association",
                table.id
            ),
        });
    }
    let (table, subnet) = (table.id, subnet.id);
    let id = ctx.world.mint();
    if let Some(row) = ctx.region_mut()?.route_tables.get_mut(&table) {
        row.associations.push((id, Some(subnet)));
    }
    Ok(associated(id))
}

fn different_networks(table: RouteTableId, other: SubnetId) -> ApiError {
    ApiError::InvalidParameterValue {
        detail: format!("Route table {table} and subnet {other} belong to different networks"),
    }
}

fn associated(id: RouteTableAssociationId) -> Value {
    object! { "AssociationId": text(id), "AssociationState": object! { "State": "associated" } }
}

/// The table that has this tie, and what it ties.
fn tie(
    region: &RegionState,
    written: &str,
) -> ApiResult<(RouteTableId, RouteTableAssociationId, Option<SubnetId>)> {
    let wanted = RouteTableAssociationId::parse(written);
    region
        .route_tables
        .values()
        .find_map(|row| {
            let (id, subnet) = row
                .associations
                .iter()
                .find(|(id, _)| Some(*id) == wanted)?;
            Some((row.id, *id, *subnet))
        })
        .ok_or_else(|| ApiError::InvalidAssociationIdNotFound {
            association_id: written.to_owned(),
        })
}

/// Takes a subnet's table off: the main one counts again.
///
/// # Errors
/// `InvalidAssociationID.NotFound`, `InvalidParameterValue` for the main table's tie.
pub fn disassociate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let (table, id, subnet) = tie(ctx.region()?, input.required("AssociationId")?)?;
    if subnet.is_none() {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("cannot disassociate the main route table association {id}"),
        });
    }
    if let Some(row) = ctx.region_mut()?.route_tables.get_mut(&table) {
        row.associations.retain(|(other, _)| *other != id);
    }
    Ok(object! {})
}

/// Gives a subnet another table, or the VPC another main one.
///
/// # Errors
/// `InvalidAssociationID.NotFound`, `InvalidRouteTableID.NotFound`, `InvalidParameterValue` for a table of another VPC.
pub fn replace(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let (from, old, subnet) = tie(region, input.required("AssociationId")?)?;
    let to = lookup::route_table(region, input.required("RouteTableId")?)?;
    let vpc = region.route_tables.get(&from).map(|row| row.vpc);
    if vpc != Some(to.vpc) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Route tables {from} and {} belong to different networks",
                to.id
            ),
        });
    }
    let to = to.id;
    let id = ctx.world.mint();
    let region = ctx.region_mut()?;
    if let Some(row) = region.route_tables.get_mut(&from) {
        row.associations.retain(|(other, _)| *other != old);
    }
    if let Some(row) = region.route_tables.get_mut(&to) {
        row.associations.push((id, subnet));
    }
    Ok(
        object! { "NewAssociationId": text(id), "AssociationState": object! { "State": "associated" } },
    )
}

fn show(region: &RegionState, row: &RouteTable) -> Value {
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
        "Routes": row.routes.iter().map(|one| route::show(region, row, one)).collect::<Vec<_>>(),
        "Tags": row.tags.describe_all(), "VpcId": text(row.vpc), "OwnerId": text(region.account),
    }
}

/// The route tables.
///
/// # Errors
/// `InvalidRouteTableID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.route_tables, &input.texts("RouteTableIds")?, |id| {
        lookup::route_table(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &RouteTable, name: &str| {
        Some(match name {
            "route-table-id" => vec![row.id.to_string()],
            "association.route-table-id" if row.associations.is_empty() => Vec::new(),
            "association.route-table-id" => vec![row.id.to_string()],
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
            "association.gateway-id" => Vec::new(),
            "owner-id" => vec![region.account.to_string()],
            _ => {
                return name.strip_prefix("route.").and_then(|field| {
                    row.routes
                        .iter()
                        .map(|one| route_values(region, row, one, field))
                        .collect::<Option<Vec<_>>>()
                        .map(|all| all.into_iter().flatten().collect())
                });
            }
        })
    };
    lookup::describe(input, "RouteTables", rows, values, |row| show(region, row))
}

/// What a `route.…` filter compares; `None` for a filter that there is not.
fn route_values(
    region: &RegionState,
    table: &RouteTable,
    one: &crate::resources::route_table::Route,
    field: &str,
) -> Option<Option<String>> {
    let key = match field {
        "destination-cidr-block" => {
            return Some(match one.destination {
                Destination::Cidr(net) => Some(net.to_string()),
                Destination::PrefixList(_) => None,
            });
        }
        "destination-prefix-list-id" => "DestinationPrefixListId",
        "gateway-id" => "GatewayId",
        "nat-gateway-id" => "NatGatewayId",
        "vpc-peering-connection-id" => "VpcPeeringConnectionId",
        "instance-id" => "InstanceId",
        "network-interface-id" => "NetworkInterfaceId",
        "origin" => "Origin",
        "state" => "State",
        // Never there in the lab.
        "destination-ipv6-cidr-block"
        | "egress-only-internet-gateway-id"
        | "transit-gateway-id" => {
            return Some(None);
        }
        _ => return None,
    };
    Some(
        route::show(region, table, one)
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_owned),
    )
}

/// Whether a route's target is there and can take packets
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html>, `blackhole`).
pub(crate) fn is_blackhole(region: &RegionState, table: &RouteTable, target: RouteTarget) -> bool {
    use crate::resources::nat_gateway::NatGatewayState;
    use crate::resources::peering::PeeringState;
    match target {
        RouteTarget::Local => false,
        RouteTarget::InternetGateway(id) => region
            .internet_gateways
            .get(&id)
            .is_none_or(|row| row.vpc != Some(table.vpc)),
        RouteTarget::NatGateway(id) => region.nat_gateways.get(&id).is_none_or(|row| {
            !matches!(
                row.state,
                NatGatewayState::Available | NatGatewayState::Pending
            )
        }),
        RouteTarget::NetworkInterface(id) => region
            .network_interfaces
            .get(&id)
            .is_none_or(|row| row.attachment.is_none() && row.requester.is_none()),
        RouteTarget::VpcPeeringConnection(id) => region
            .peering_connections
            .get(&id)
            .is_none_or(|row| row.state != PeeringState::Active),
        RouteTarget::VpcEndpoint(id) => !region.vpc_endpoints.contains(&id),
    }
}
