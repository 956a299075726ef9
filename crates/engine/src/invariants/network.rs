//! What holds of VPCs and of everything that belongs to one.

use crate::region::RegionState;
use crate::resources::nat_gateway::Connectivity;
use crate::resources::network_interface::Requester;
use crate::resources::peering::PeeringState;
use crate::resources::route_table::{Destination, RouteTarget};
use crate::resources::vpc_endpoint::EndpointKind;
use crate::world::World;
use std::collections::BTreeSet;

/// VPCs, subnets, tables and ACLs.
pub(super) fn networks(region: &RegionState, broken: &mut Vec<String>) {
    for vpc in region.vpcs.values() {
        let mains = region
            .route_tables
            .values()
            .filter(|row| row.vpc == vpc.id && row.is_main())
            .count();
        // https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#RouteTableDetails
        if mains != 1 {
            broken.push(format!("{} has {mains} main route tables", vpc.id));
        }
        let defaults = region
            .network_acls
            .values()
            .filter(|row| row.vpc == vpc.id && row.is_default)
            .count();
        // https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
        if defaults != 1 {
            broken.push(format!("{} has {defaults} default network ACLs", vpc.id));
        }
        let gateways = region
            .internet_gateways
            .values()
            .filter(|row| row.vpc == Some(vpc.id))
            .count();
        // https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
        if gateways > 1 {
            broken.push(format!("{} has {gateways} internet gateways", vpc.id));
        }
        let nets: Vec<_> = region
            .subnets
            .values()
            .filter(|row| row.vpc == vpc.id)
            .map(|row| row.cidr)
            .collect();
        // https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
        for (index, net) in nets.iter().enumerate() {
            if !vpc.cidrs().any(|own| own.contains(net)) {
                broken.push(format!("the subnet {net} is outside {}", vpc.id));
            }
            if nets
                .iter()
                .skip(index + 1)
                .any(|other| other.contains(net) || net.contains(other))
            {
                broken.push(format!("{net} overlaps another subnet of {}", vpc.id));
            }
        }
    }
    for subnet in region.subnets.values() {
        // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-basics
        let acls = region
            .network_acls
            .values()
            .flat_map(|row| row.associations.iter().map(move |(_, id)| (row.vpc, *id)))
            .filter(|(_, id)| *id == subnet.id);
        if acls.clone().count() != 1 || acls.into_iter().any(|(vpc, _)| vpc != subnet.vpc) {
            broken.push(format!(
                "{} has not exactly one network ACL of its VPC",
                subnet.id
            ));
        }
        let tables = region
            .route_tables
            .values()
            .flat_map(|row| row.associations.iter().map(move |(_, id)| (row.vpc, *id)))
            .filter(|(_, id)| *id == Some(subnet.id));
        if tables.clone().count() > 1 || tables.into_iter().any(|(vpc, _)| vpc != subnet.vpc) {
            broken.push(format!(
                "{} has two route tables, or one of another VPC",
                subnet.id
            ));
        }
    }
    if region.vpcs.values().filter(|row| row.is_default).count() > 1 {
        broken.push(format!("{} has two default VPCs", region.name));
    }
}

/// Tables lead each range to one target, and AWS's own interfaces belong to what has them.
pub(super) fn gateways(region: &RegionState, broken: &mut Vec<String>) {
    for table in region.route_tables.values() {
        let ranges: BTreeSet<String> = table
            .routes
            .iter()
            .map(|route| route.destination.to_string())
            .collect();
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
        if ranges.len() != table.routes.len() {
            broken.push(format!("{} has two routes for one range", table.id));
        }
        for route in &table.routes {
            let list = matches!(route.destination, Destination::PrefixList(_));
            let known = match route.target {
                RouteTarget::VpcEndpoint(id) => {
                    region.vpc_endpoints.get(&id).is_some_and(|row| {
                        matches!(&row.kind, EndpointKind::Gateway { route_tables } if route_tables.contains(&table.id))
                    })
                }
                _ => false,
            };
            // https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-routing
            if list != known {
                broken.push(format!(
                    "{} has a route {} that no endpoint keeps",
                    table.id, route.destination
                ));
            }
        }
    }
    for row in region.vpc_endpoints.values() {
        if let EndpointKind::Gateway { route_tables } = &row.kind
            && route_tables
                .iter()
                .any(|table| !region.route_tables.contains(table))
        {
            broken.push(format!("{} keeps a route in a table that is gone", row.id));
        }
    }
    for row in region.nat_gateways.values() {
        let nic = region.network_interfaces.get(&row.interface);
        // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
        if nic.is_some() != row.state.alive() {
            broken.push(format!(
                "{} is {} and its interface is {:?}",
                row.id,
                row.state.as_str(),
                nic.map(|nic| nic.id)
            ));
        }
        let public = nic.and_then(|nic| nic.public_ip()).is_some();
        let expected = row.connectivity == Connectivity::Public && row.failure.is_none();
        if nic.is_some() && public != expected {
            broken.push(format!("{} has a public address: {public}", row.id));
        }
    }
    for nic in region.network_interfaces.values() {
        let owned = match nic.requester {
            None => true,
            Some(Requester::NatGateway(id)) => region
                .nat_gateways
                .get(&id)
                .is_some_and(|row| row.interface == nic.id && row.subnet == nic.subnet),
            Some(Requester::LoadBalancer(id)) => region
                .balancing
                .load_balancers
                .get(&id)
                .is_some_and(|row| row.nodes.contains(&(nic.subnet, nic.id)) && row.groups == nic.groups),
            Some(Requester::VpcEndpoint(id)) => region.vpc_endpoints.get(&id).is_some_and(|row| {
                matches!(&row.kind, EndpointKind::Interface { subnets, .. } if subnets.contains(&(nic.subnet, nic.id)))
            }),
        };
        if !owned || (nic.requester.is_some() && nic.attachment.is_some()) {
            broken.push(format!("{} is AWS's, and nothing of AWS's has it", nic.id));
        }
    }
}

/// No instance is in two Auto Scaling groups, and a group keeps within its bounds.
pub(super) fn scaling(region: &RegionState, broken: &mut Vec<String>) {
    let mut seen = Vec::new();
    for row in region.auto_scaling_groups.values() {
        if !(row.min..=row.max).contains(&row.desired) {
            broken.push(format!("{} wants {}", row.name, row.desired));
        }
        for member in &row.members {
            if seen.contains(&member.instance) {
                broken.push(format!("{} is in two groups", member.instance));
            }
            seen.push(member.instance);
        }
    }
}

/// Both Regions of a peering connection tell the same of it
/// (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).
pub(super) fn peerings(world: &World, region: &RegionState, broken: &mut Vec<String>) {
    for row in region.peering_connections.values() {
        for side in [&row.requester, &row.accepter] {
            let far = world.region(&side.place);
            let copy = far.and_then(|far| far.peering_connections.get(&row.id));
            if copy.map(|copy| copy.state) != Some(row.state) {
                broken.push(format!(
                    "{} is told differently in {}",
                    row.id, side.place.region
                ));
            }
            let there = far.is_some_and(|far| far.vpcs.contains(&side.vpc));
            if row.state == PeeringState::Active && !there {
                broken.push(format!("{} is active without {}", row.id, side.vpc));
            }
        }
    }
}
