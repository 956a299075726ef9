//! What ties an endpoint to its VPC: routes in tables for a gateway endpoint, interfaces in subnets for an interface one
//! (<https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>).

use crate::catalogue;
use crate::error::{ApiError, ApiResult};
use crate::ids::{
    NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId,
};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::network_interface::delete::remove as remove_interface;
use crate::operations::network_interface::make::{self, Wanted, WantedAddresses};
use crate::region::RegionState;
use crate::resources::network_interface::Requester;
use crate::resources::route_table::{Destination, Route, RouteTarget};
use crate::resources::tags::Tags;
use crate::resources::vpc_endpoint::{EndpointKind, VpcEndpoint};

/// What a call asks for, checked.
pub(super) enum Parts {
    Gateway(Vec<RouteTableId>),
    Interface {
        subnets: Vec<SubnetId>,
        groups: Vec<SecurityGroupId>,
        private_dns: bool,
    },
}

fn only(kind: &str, parameter: &str) -> ApiError {
    ApiError::InvalidParameter {
        detail: format!("{parameter} can only be specified for endpoints of type {kind}."),
    }
}

/// Tables of the endpoint's VPC.
fn tables(region: &RegionState, vpc: VpcId, ids: &[&str]) -> ApiResult<Vec<RouteTableId>> {
    ids.iter()
        .map(|id| {
            let table = lookup::route_table(region, id)?;
            if table.vpc != vpc {
                return Err(ApiError::InvalidParameter {
                    detail: format!("Route table {id} does not belong to the VPC {vpc}."),
                });
            }
            Ok(table.id)
        })
        .collect()
}

/// Subnets of the endpoint's VPC, at most one in a zone.
fn subnets(
    region: &RegionState,
    vpc: VpcId,
    ids: &[&str],
    mut taken: Vec<&'static str>,
) -> ApiResult<Vec<SubnetId>> {
    let mut found = Vec::new();
    for id in ids {
        let subnet = lookup::subnet(region, id)?;
        if subnet.vpc != vpc {
            return Err(ApiError::InvalidParameter {
                detail: format!("Subnet {id} does not belong to the VPC {vpc}."),
            });
        }
        if taken.contains(&subnet.zone) {
            return Err(ApiError::InvalidParameter {
                detail: format!(
                    "DuplicateSubnetsInSameZone: found another VPC endpoint subnet in the availability zone of {id}"
                ),
            });
        }
        taken.push(subnet.zone);
        found.push(subnet.id);
    }
    Ok(found)
}

impl Parts {
    /// Reads them.
    ///
    /// # Errors
    /// Unknown ids, parts of another VPC, what only the other kind takes, private names without DNS in the VPC.
    pub(super) fn read(
        region: &RegionState,
        vpc: VpcId,
        gateway: bool,
        input: Input<'_>,
    ) -> ApiResult<Self> {
        if gateway {
            for key in ["SubnetIds", "SecurityGroupIds"] {
                if input.has_some(key) {
                    return Err(only("Interface", key));
                }
            }
            return tables(region, vpc, &input.texts("RouteTableIds")?).map(Parts::Gateway);
        }
        if input.has_some("RouteTableIds") {
            return Err(only("Gateway", "RouteTableIds"));
        }
        let private_dns = input.boolean("PrivateDnsEnabled")?.unwrap_or(true);
        let dns = region
            .vpcs
            .get(&vpc)
            .is_some_and(|row| row.enable_dns_support && row.enable_dns_hostnames);
        if private_dns && !dns {
            return Err(ApiError::InvalidParameter {
                detail: "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ".to_owned() + &vpc.to_string(),
            });
        }
        let mut groups = Vec::new();
        for id in input.texts("SecurityGroupIds")? {
            let group = lookup::group(region, id)?;
            if group.vpc != vpc {
                return Err(ApiError::InvalidParameter {
                    detail: format!("Security group {id} does not belong to the VPC {vpc}."),
                });
            }
            groups.push(group.id);
        }
        if groups.is_empty() {
            groups.extend(region.group_by_name(vpc, "default").map(|group| group.id));
        }
        Ok(Parts::Interface {
            subnets: subnets(region, vpc, &input.texts("SubnetIds")?, Vec::new())?,
            groups,
            private_dns,
        })
    }

    /// Makes them.
    ///
    /// # Errors
    /// `RouteAlreadyExists`, addresses that are not to be had.
    pub(super) fn make(
        self,
        ctx: &mut Context<'_>,
        id: VpcEndpointId,
        service: &str,
    ) -> ApiResult<EndpointKind> {
        match self {
            Parts::Gateway(route_tables) => {
                for table in &route_tables {
                    add_route(ctx, *table, id, service)?;
                }
                Ok(EndpointKind::Gateway { route_tables })
            }
            Parts::Interface {
                subnets,
                groups,
                private_dns,
            } => {
                let mut made = Vec::new();
                for subnet in subnets {
                    made.push((subnet, add_interface(ctx, subnet, id, &groups)?));
                }
                Ok(EndpointKind::Interface {
                    subnets: made,
                    groups,
                    private_dns,
                })
            }
        }
    }
}

fn add_route(
    ctx: &mut Context<'_>,
    table: RouteTableId,
    id: VpcEndpointId,
    service: &str,
) -> ApiResult<()> {
    let Some(list) = catalogue::prefix_list_of(service) else {
        return Err(ApiError::InvalidServiceName {
            name: service.to_owned(),
        });
    };
    let destination = Destination::PrefixList(list.id);
    let Some(row) = ctx.region_mut()?.route_tables.get_mut(&table) else {
        return Ok(());
    };
    if row
        .routes
        .iter()
        .any(|route| route.destination == destination)
    {
        return Err(ApiError::RouteAlreadyExists {
            cidr: format!("route table {table} with destination-prefix-list-id {destination}"),
        });
    }
    row.routes.push(Route {
        destination,
        target: RouteTarget::VpcEndpoint(id),
    });
    Ok(())
}

fn drop_route(region: &mut RegionState, table: RouteTableId, id: VpcEndpointId) {
    if let Some(row) = region.route_tables.get_mut(&table) {
        row.routes
            .retain(|route| route.target != RouteTarget::VpcEndpoint(id));
    }
}

fn add_interface(
    ctx: &mut Context<'_>,
    subnet: SubnetId,
    id: VpcEndpointId,
    groups: &[SecurityGroupId],
) -> ApiResult<NetworkInterfaceId> {
    make::make(
        ctx,
        Wanted {
            subnet,
            addresses: WantedAddresses::default(),
            groups: groups.to_vec(),
            description: format!("VPC Endpoint Interface {id}"),
            connection_tracking: None,
            requester: Some(Requester::VpcEndpoint(id)),
            client_token: String::new(),
            tags: Tags::default(),
        },
    )
}

/// Takes an endpoint's routes and interfaces away.
pub(super) fn remove(region: &mut RegionState, row: &VpcEndpoint) {
    match &row.kind {
        EndpointKind::Gateway { route_tables } => route_tables
            .iter()
            .for_each(|table| drop_route(region, *table, row.id)),
        EndpointKind::Interface { subnets, .. } => subnets
            .iter()
            .for_each(|(_, nic)| remove_interface(region, *nic)),
    }
}

/// Adds and takes away what ModifyVpcEndpoint names.
///
/// # Errors
/// As [`Parts::read`] and [`Parts::make`].
pub(super) fn modify(ctx: &mut Context<'_>, row: &VpcEndpoint, input: Input<'_>) -> ApiResult<()> {
    let kind = match &row.kind {
        EndpointKind::Gateway { route_tables } => {
            for key in [
                "AddSubnetIds",
                "RemoveSubnetIds",
                "AddSecurityGroupIds",
                "RemoveSecurityGroupIds",
            ] {
                if input.has_some(key) {
                    return Err(only("Interface", key));
                }
            }
            let region = ctx.region()?;
            let add = tables(region, row.vpc, &input.texts("AddRouteTableIds")?)?;
            let gone = tables(region, row.vpc, &input.texts("RemoveRouteTableIds")?)?;
            let mut all = route_tables.clone();
            for table in gone {
                drop_route(ctx.region_mut()?, table, row.id);
                all.retain(|other| *other != table);
            }
            for table in add {
                if !all.contains(&table) {
                    add_route(ctx, table, row.id, &row.service)?;
                    all.push(table);
                }
            }
            EndpointKind::Gateway { route_tables: all }
        }
        EndpointKind::Interface {
            subnets: old,
            groups,
            private_dns,
        } => {
            for key in ["AddRouteTableIds", "RemoveRouteTableIds"] {
                if input.has_some(key) {
                    return Err(only("Gateway", key));
                }
            }
            let private_dns = input.boolean("PrivateDnsEnabled")?.unwrap_or(*private_dns);
            let region = ctx.region()?;
            let mut groups = groups.clone();
            for id in input.texts("RemoveSecurityGroupIds")? {
                let gone = lookup::group(region, id)?.id;
                groups.retain(|id| *id != gone);
            }
            for id in input.texts("AddSecurityGroupIds")? {
                let group = lookup::group(region, id)?.id;
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
            if groups.is_empty() {
                return Err(ApiError::InvalidParameter {
                    detail: "An interface endpoint must have at least one security group."
                        .to_owned(),
                });
            }
            let mut kept = old.clone();
            for id in input.texts("RemoveSubnetIds")? {
                let gone = lookup::subnet(ctx.region()?, id)?.id;
                if let Some((_, nic)) = kept.iter().find(|(subnet, _)| *subnet == gone) {
                    remove_interface(ctx.region_mut()?, *nic);
                }
                kept.retain(|(subnet, _)| *subnet != gone);
            }
            let region = ctx.region()?;
            let zones = kept
                .iter()
                .filter_map(|(id, _)| region.subnets.get(id))
                .map(|subnet| subnet.zone)
                .collect();
            for subnet in subnets(region, row.vpc, &input.texts("AddSubnetIds")?, zones)? {
                kept.push((subnet, add_interface(ctx, subnet, row.id, &groups)?));
            }
            for (_, nic) in &kept {
                if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(nic) {
                    nic.groups.clone_from(&groups);
                }
            }
            EndpointKind::Interface {
                subnets: kept,
                groups,
                private_dns,
            }
        }
    };
    if let Some(row) = ctx.region_mut()?.vpc_endpoints.get_mut(&row.id) {
        row.kind = kind;
    }
    Ok(())
}

/// The names that lead to an interface endpoint: its own, one per zone, and the service's own name when private DNS is on.
pub(super) fn dns_entries(region: &RegionState, row: &VpcEndpoint) -> Vec<Value> {
    let EndpointKind::Interface {
        subnets,
        private_dns,
        ..
    } = &row.kind
    else {
        return Vec::new();
    };
    let short = row.service.rsplit('.').next().unwrap_or_default();
    let end = format!("{short}.{}.vpce.amazonaws.com", region.name);
    let entry = |name: String| object! { "DnsName": name };
    let mut entries = vec![entry(format!("{}.{end}", row.id))];
    entries.extend(
        subnets
            .iter()
            .filter_map(|(id, _)| region.subnets.get(id))
            .map(|subnet| entry(format!("{}-{}.{end}", row.id, subnet.zone))),
    );
    if *private_dns {
        entries.extend(
            catalogue::endpoint_service(&row.service)
                .map(|service| entry(service.dns_name.clone())),
        );
    }
    entries
}
