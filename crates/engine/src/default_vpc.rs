//! What AWS puts into a VPC by itself, and the default VPC with its subnets and its way to the internet
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>).

use crate::catalogue;
use crate::ids::{SecurityGroupId, SubnetId, VpcId};
use crate::region::RegionState;
use crate::resources::network_acl::{NetworkAcl, NetworkAclEntry};
use crate::resources::route_table::{Route, RouteTable, RouteTarget};
use crate::resources::security_group::{
    Peer, Permission, Protocol, SecurityGroup, SecurityGroupRule,
};
use crate::resources::tags::Tags;
use crate::resources::vpc::{InternetGateway, Subnet, Vpc};
use crate::world::World;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Makes the default VPC: a public subnet in every zone.
pub(crate) fn add(
    world: &mut World,
    region: &mut RegionState,
    place: &'static catalogue::Region,
) -> VpcId {
    let cidr = Ipv4Net::new_assert(Ipv4Addr::new(172, 31, 0, 0), 16);
    let vpc = Vpc {
        is_default: true,
        enable_dns_hostnames: true,
        ..plain_vpc(world, region, cidr)
    };
    let mut subnets = Vec::new();
    for (zone, net) in place
        .zones
        .iter()
        .zip(cidr.subnets(20).into_iter().flatten())
    {
        let subnet = Subnet {
            id: world.mint(),
            serial: world.serial(),
            vpc: vpc.id,
            zone: zone.name.as_str(),
            cidr: net,
            default_for_az: true,
            map_public_ip_on_launch: true,
            options: Default::default(),
            tags: Tags::default(),
        };
        subnets.push(subnet.id);
        region.subnets.insert(subnet.id, subnet);
    }
    let gateway = InternetGateway {
        id: world.mint(),
        serial: world.serial(),
        vpc: Some(vpc.id),
        tags: Tags::default(),
    };
    let out = Route {
        destination: Ipv4Net::default().into(),
        target: RouteTarget::InternetGateway(gateway.id),
    };
    region.internet_gateways.insert(gateway.id, gateway);
    add_main_table(world, region, &vpc, Some(out));
    add_default_acl(world, region, &vpc, &subnets);
    add_default_group(world, region, vpc.id);
    let id = vpc.id;
    region.vpcs.insert(id, vpc);
    id
}

/// A VPC row as CreateVpc makes it.
pub(crate) fn plain_vpc(world: &mut World, region: &RegionState, cidr: Ipv4Net) -> Vpc {
    Vpc {
        id: world.mint(),
        serial: world.serial(),
        cidr,
        is_default: false,
        // Every VPC of a Region has the Region's default set until it is given another.
        dhcp_options: region
            .vpcs
            .values()
            .next()
            .map_or_else(|| world.mint(), |vpc| vpc.dhcp_options),
        enable_dns_support: true,
        enable_dns_hostnames: false,
        enable_network_address_usage_metrics: false,
        secondary_cidrs: Vec::new(),
        instance_tenancy: "default",
        tags: Tags::default(),
    }
}

/// What comes with every VPC: the main route table, the default ACL and the default group.
pub(crate) fn furnish(world: &mut World, region: &mut RegionState, vpc: &Vpc) {
    add_main_table(world, region, vpc, None);
    add_default_acl(world, region, vpc, &[]);
    add_default_group(world, region, vpc.id);
}

/// The route that keeps a VPC's packets inside.
pub(crate) fn local_route(cidr: Ipv4Net) -> Route {
    Route {
        destination: cidr.into(),
        target: RouteTarget::Local,
    }
}

fn add_main_table(world: &mut World, region: &mut RegionState, vpc: &Vpc, out: Option<Route>) {
    let table = RouteTable {
        id: world.mint(),
        serial: world.serial(),
        vpc: vpc.id,
        associations: vec![(world.mint(), None)],
        routes: vpc.cidrs().map(local_route).chain(out).collect(),
        tags: Tags::default(),
    };
    region.route_tables.insert(table.id, table);
}

/// The rule of a default ACL: everything, everybody.
fn everything(egress: bool) -> NetworkAclEntry {
    NetworkAclEntry {
        number: 100,
        egress,
        protocol: Protocol::All,
        ports: None,
        icmp: None,
        cidr: Ipv4Net::default(),
        allow: true,
    }
}

fn add_default_acl(world: &mut World, region: &mut RegionState, vpc: &Vpc, subnets: &[SubnetId]) {
    let acl = NetworkAcl {
        id: world.mint(),
        serial: world.serial(),
        vpc: vpc.id,
        is_default: true,
        associations: subnets.iter().map(|id| (world.mint(), *id)).collect(),
        entries: vec![everything(true), everything(false)],
        tags: Tags::default(),
    };
    region.network_acls.insert(acl.id, acl);
}

/// The group that every VPC has: in from itself, out to everywhere.
fn add_default_group(world: &mut World, region: &mut RegionState, vpc: VpcId) {
    let id: SecurityGroupId = world.mint();
    let mut rule = |egress, peer| SecurityGroupRule {
        id: world.mint(),
        egress,
        permission: Permission::all(peer),
        description: None,
        tags: Tags::default(),
    };
    let rules = vec![
        rule(false, Peer::Group(id)),
        rule(true, Peer::Ipv4(Ipv4Net::default())),
    ];
    let group = SecurityGroup {
        id,
        serial: world.serial(),
        name: "default".to_owned(),
        description: "default VPC security group".to_owned(),
        vpc,
        rules,
        tags: Tags::default(),
    };
    region.security_groups.insert(id, group);
}
