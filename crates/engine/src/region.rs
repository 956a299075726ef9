//! One account's resources in one Region, and the default VPC that AWS puts there
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>).

use crate::catalogue;
use crate::ids::{
    AccountId, AllocationId, IamInstanceProfileAssociationId, ImageId, InstanceId,
    InternetGatewayId, KeyPairId, LaunchTemplateId, NetworkAclId, NetworkInterfaceId,
    PlacementGroupId, RouteTableId, SecurityGroupId, SubnetId, VpcId,
};
use crate::resources::address::Address;
use crate::resources::iam::IamInstanceProfileAssociation;
use crate::resources::instance::Instance;
use crate::resources::key_pair::KeyPair;
use crate::resources::launch_template::LaunchTemplate;
use crate::resources::network_acl::{NetworkAcl, NetworkAclEntry};
use crate::resources::network_interface::NetworkInterface;
use crate::resources::placement_group::PlacementGroup;
use crate::resources::route_table::{Route, RouteTable, RouteTarget};
use crate::resources::security_group::{
    Peer, Permission, Protocol, SecurityGroup, SecurityGroupRule,
};
use crate::resources::tags::Tags;
use crate::resources::vpc::{InternetGateway, Subnet, Vpc};
use crate::table::Table;
use crate::world::World;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// An account's resources in a Region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct RegionState {
    pub account: AccountId,
    pub name: &'static str,
    pub vpcs: Table<VpcId, Vpc>,
    pub subnets: Table<SubnetId, Subnet>,
    pub internet_gateways: Table<InternetGatewayId, InternetGateway>,
    pub route_tables: Table<RouteTableId, RouteTable>,
    pub network_acls: Table<NetworkAclId, NetworkAcl>,
    pub security_groups: Table<SecurityGroupId, SecurityGroup>,
    pub network_interfaces: Table<NetworkInterfaceId, NetworkInterface>,
    pub addresses: Table<AllocationId, Address>,
    /// Elastic IP addresses that the account had: it may ask for one again.
    pub released_addresses: Table<Ipv4Addr, AllocationId>,
    pub key_pairs: Table<KeyPairId, KeyPair>,
    pub placement_groups: Table<PlacementGroupId, PlacementGroup>,
    pub instances: Table<InstanceId, Instance>,
    pub launch_templates: Table<LaunchTemplateId, LaunchTemplate>,
    pub iam_associations: Table<IamInstanceProfileAssociationId, IamInstanceProfileAssociation>,
    /// Which interface has which private address, per subnet: finding a free one and following a packet stay fast.
    pub private_ips: Table<(VpcId, Ipv4Addr), NetworkInterfaceId>,
    /// Which interface has which public address.
    pub public_ips: Table<Ipv4Addr, NetworkInterfaceId>,
}

impl RegionState {
    /// The Region as AWS hands it to a new account.
    pub(crate) fn with_default_vpc(
        world: &mut World,
        account: AccountId,
        place: &'static catalogue::Region,
    ) -> Self {
        let mut region = RegionState {
            account,
            name: place.name,
            vpcs: Table::default(),
            subnets: Table::default(),
            internet_gateways: Table::default(),
            route_tables: Table::default(),
            network_acls: Table::default(),
            security_groups: Table::default(),
            network_interfaces: Table::default(),
            addresses: Table::default(),
            released_addresses: Table::default(),
            key_pairs: Table::default(),
            placement_groups: Table::default(),
            instances: Table::default(),
            launch_templates: Table::default(),
            iam_associations: Table::default(),
            private_ips: Table::default(),
            public_ips: Table::default(),
        };
        let cidr = Ipv4Net::new_assert(Ipv4Addr::new(172, 31, 0, 0), 16);
        let vpc = Vpc {
            id: world.mint(),
            serial: world.serial(),
            cidr,
            is_default: true,
            dhcp_options: world.mint(),
            tags: Tags::default(),
        };
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
                tags: Tags::default(),
            };
            region.subnets.insert(subnet.id, subnet);
        }
        region.add_gateway_and_tables(world, &vpc);
        region.add_default_group(world, vpc.id);
        region.vpcs.insert(vpc.id, vpc);
        region
    }

    fn add_gateway_and_tables(&mut self, world: &mut World, vpc: &Vpc) {
        let gateway = InternetGateway {
            id: world.mint(),
            serial: world.serial(),
            vpc: Some(vpc.id),
            tags: Tags::default(),
        };
        let table = RouteTable {
            id: world.mint(),
            serial: world.serial(),
            vpc: vpc.id,
            associations: vec![(world.mint(), None)],
            routes: vec![
                Route {
                    destination: vpc.cidr,
                    target: RouteTarget::Local,
                },
                Route {
                    destination: Ipv4Net::default(),
                    target: RouteTarget::InternetGateway(gateway.id),
                },
            ],
            tags: Tags::default(),
        };
        let entry = |egress| NetworkAclEntry {
            number: 100,
            egress,
            protocol: Protocol::All,
            ports: None,
            icmp: None,
            cidr: Ipv4Net::default(),
            allow: true,
        };
        let acl = NetworkAcl {
            id: world.mint(),
            serial: world.serial(),
            vpc: vpc.id,
            is_default: true,
            associations: self
                .subnets_by_serial()
                .map(|subnet| subnet.id)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|id| (world.mint(), id))
                .collect(),
            entries: vec![entry(true), entry(false)],
            tags: Tags::default(),
        };
        self.internet_gateways.insert(gateway.id, gateway);
        self.route_tables.insert(table.id, table);
        self.network_acls.insert(acl.id, acl);
    }

    /// The group that every VPC has: in from itself, out to everywhere.
    fn add_default_group(&mut self, world: &mut World, vpc: VpcId) {
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
        self.security_groups.insert(id, group);
    }

    /// The Region's facts.
    #[must_use]
    pub fn facts(&self) -> Option<&'static catalogue::Region> {
        catalogue::region(self.name)
    }

    /// The id of a zone, the same for every account; empty for a zone that there is not.
    #[must_use]
    pub fn zone_id(&self, zone: &str) -> &'static str {
        self.facts()
            .and_then(|facts| facts.zone(zone))
            .map_or("", |zone| zone.id)
    }

    /// The default VPC, unless it was deleted.
    #[must_use]
    pub fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs.values().find(|vpc| vpc.is_default)
    }

    /// The subnets in the order they were made.
    pub fn subnets_by_serial(&self) -> impl Iterator<Item = &Subnet> {
        let mut rows: Vec<&Subnet> = self.subnets.values().collect();
        rows.sort_by_key(|subnet| subnet.serial);
        rows.into_iter()
    }

    /// The instances in the order they were launched.
    #[must_use]
    pub fn instances_by_serial(&self) -> Vec<&Instance> {
        let mut rows: Vec<&Instance> = self.instances.values().collect();
        rows.sort_by_key(|instance| instance.serial);
        rows
    }

    /// The group of this name in a VPC.
    #[must_use]
    pub fn group_by_name(&self, vpc: VpcId, name: &str) -> Option<&SecurityGroup> {
        self.security_groups
            .values()
            .find(|group| group.vpc == vpc && group.name == name)
    }

    /// The table that routes a subnet's packets: its own, else the VPC's main one.
    #[must_use]
    pub fn route_table_of(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let own = |table: &&RouteTable| {
            table
                .associations
                .iter()
                .any(|(_, tied)| *tied == Some(subnet.id))
        };
        self.route_tables.values().find(own).or_else(|| {
            self.route_tables
                .values()
                .find(|table| table.vpc == subnet.vpc && table.is_main())
        })
    }

    /// The ACL that filters a subnet's edge.
    #[must_use]
    pub fn acl_of(&self, subnet: SubnetId) -> Option<&NetworkAcl> {
        self.network_acls
            .values()
            .find(|acl| acl.associations.iter().any(|(_, tied)| *tied == subnet))
    }

    /// An instance's primary interface.
    #[must_use]
    pub fn primary_interface(&self, instance: &Instance) -> Option<&NetworkInterface> {
        self.network_interfaces.get(instance.interfaces.first()?)
    }

    /// The tie between an instance and its instance profile, if it has one.
    #[must_use]
    pub fn iam_association_of(&self, row: &Instance) -> Option<&IamInstanceProfileAssociation> {
        self.iam_associations.get(&row.iam_association?)
    }

    /// The private host name of an instance: by its address, or by its id when it was asked for
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html>).
    #[must_use]
    pub fn host_name(&self, instance: &Instance) -> Option<String> {
        let ip = self.primary_interface(instance)?.private_ip();
        Some(if instance.options.private_dns.resource_name {
            format!(
                "{}.{}",
                instance.id,
                self.facts().map_or("", |facts| facts.private_suffix)
            )
        } else {
            self.private_dns(ip)
        })
    }

    /// The key pair of this name.
    #[must_use]
    pub fn key_by_name(&self, name: &str) -> Option<&KeyPair> {
        self.key_pairs.values().find(|key| key.name == name)
    }

    /// The placement group of this name.
    #[must_use]
    pub fn placement_group_by_name(&self, name: &str) -> Option<&PlacementGroup> {
        self.placement_groups
            .values()
            .find(|group| group.name == name)
    }

    /// The id of an image as a learner writes it, if this Region has it.
    #[must_use]
    pub fn image(&self, id: ImageId) -> Option<&'static catalogue::Image> {
        catalogue::image_by_id(self.name, id)
    }

    /// `ec2-198-18-4-7.compute-1.amazonaws.com`.
    #[must_use]
    pub fn public_dns(&self, ip: Ipv4Addr) -> String {
        let [a, b, c, d] = ip.octets();
        format!(
            "ec2-{a}-{b}-{c}-{d}.{}",
            self.facts().map_or("", |facts| facts.public_suffix)
        )
    }

    /// `ip-172-31-2-14.ec2.internal`.
    #[must_use]
    pub fn private_dns(&self, ip: Ipv4Addr) -> String {
        let [a, b, c, d] = ip.octets();
        format!(
            "ip-{a}-{b}-{c}-{d}.{}",
            self.facts().map_or("", |facts| facts.private_suffix)
        )
    }

    /// Whether this subnet's packets for the internet go to an internet gateway: what makes a subnet public.
    #[must_use]
    pub fn is_public(&self, subnet: &Subnet) -> bool {
        self.route_table_of(subnet).is_some_and(|table| {
            table
                .routes
                .iter()
                .any(|route| matches!(route.target, RouteTarget::InternetGateway(_)))
        })
    }
}
