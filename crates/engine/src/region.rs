//! One account's resources in one Region, and the default VPC that AWS puts there
//! (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html>).

use crate::catalogue;
use crate::default_vpc;
use crate::ids::{
    AccountId, AllocationId, IamInstanceProfileAssociationId, ImageId, InstanceId,
    InternetGatewayId, KeyPairId, LaunchTemplateId, NatGatewayId, NetworkAclId, NetworkInterfaceId,
    PlacementGroupId, RouteTableId, SecurityGroupId, SnapshotId, SubnetId, VolumeId, VpcEndpointId,
    VpcId, VpcPeeringConnectionId,
};
use crate::json::Text;
use crate::operations::instance::remembered::Remembered;
use crate::output::Line;
use crate::resources::address::Address;
use crate::resources::auto_scaling::AutoScalingGroup;
use crate::resources::iam::IamInstanceProfileAssociation;
use crate::resources::image::OwnImage;
use crate::resources::insights::Insights;
use crate::resources::instance::Instance;
use crate::resources::key_pair::KeyPair;
use crate::resources::launch_template::LaunchTemplate;
use crate::resources::load_balancer::Balancing;
use crate::resources::nat_gateway::NatGateway;
use crate::resources::network_acl::NetworkAcl;
use crate::resources::network_interface::NetworkInterface;
use crate::resources::peering::PeeringConnection;
use crate::resources::placement_group::PlacementGroup;
use crate::resources::route_table::{RouteTable, RouteTarget};
use crate::resources::security_group::SecurityGroup;
use crate::resources::snapshot::Snapshot;
use crate::resources::volume::{EbsSettings, Volume};
use crate::resources::vpc::{InternetGateway, Subnet, Vpc};
use crate::resources::vpc_endpoint::VpcEndpoint;
use crate::table::Table;
use crate::world::World;
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
    pub volumes: Table<VolumeId, Volume>,
    /// What holds for every new disk.
    pub ebs: EbsSettings,
    pub snapshots: Table<SnapshotId, Snapshot>,
    /// Images of the account's own; public ones are in the catalogue.
    pub images: Table<ImageId, OwnImage>,
    pub nat_gateways: Table<NatGatewayId, NatGateway>,
    pub vpc_endpoints: Table<VpcEndpointId, VpcEndpoint>,
    pub peering_connections: Table<VpcPeeringConnectionId, PeeringConnection>,
    pub insights: Insights,
    pub balancing: Balancing,
    /// By their serial numbers.
    pub auto_scaling_groups: Table<u64, AutoScalingGroup>,
    pub iam_associations: Table<IamInstanceProfileAssociationId, IamInstanceProfileAssociation>,
    /// Which interface has which private address, per subnet: finding a free one and following a packet stay fast.
    pub private_ips: Table<(VpcId, Ipv4Addr), NetworkInterfaceId>,
    /// Which interface has which public address.
    pub public_ips: Table<Ipv4Addr, NetworkInterfaceId>,
    /// Pictures of instances, drawn before.
    pub(crate) remembered: Remembered,
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
            volumes: Table::default(),
            ebs: EbsSettings::default(),
            snapshots: Table::default(),
            images: Table::default(),
            nat_gateways: Table::default(),
            vpc_endpoints: Table::default(),
            peering_connections: Table::default(),
            insights: Insights::default(),
            balancing: Balancing::default(),
            auto_scaling_groups: Table::default(),
            iam_associations: Table::default(),
            private_ips: Table::default(),
            public_ips: Table::default(),
            remembered: Remembered::default(),
        };
        default_vpc::add(world, &mut region, place);
        region
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

    /// The internet gateway of a VPC.
    #[must_use]
    pub fn gateway_of(&self, vpc: VpcId) -> Option<&InternetGateway> {
        self.internet_gateways
            .values()
            .find(|gateway| gateway.vpc == Some(vpc))
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

    /// An instance's root volume.
    #[must_use]
    pub fn root_volume(&self, row: &Instance) -> Option<&Volume> {
        let device = row.os()?.root_device_name;
        let (_, id) = row.volumes.iter().find(|(name, _)| name == device)?;
        self.volumes.get(id)
    }

    /// The snapshot of the same volume that was taken before this one and is still there.
    #[must_use]
    pub fn snapshot_before(&self, row: &Snapshot) -> Option<&Snapshot> {
        self.snapshots
            .values()
            .filter(|other| {
                other.volume.is_some() && other.volume == row.volume && other.serial < row.serial
            })
            .max_by_key(|other| other.serial)
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
            let suffix = self.facts().map_or("", |facts| facts.private_suffix);
            let line = Line::new().put(&instance.id.text()).put(".");
            line.put(suffix).text().to_string()
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
        self.public_name(ip).to_string()
    }

    /// As [`RegionState::public_dns`], for answers.
    #[must_use]
    pub fn public_name(&self, ip: Ipv4Addr) -> Text {
        let suffix = self.facts().map_or("", |facts| facts.public_suffix);
        let line = Line::new().put("ec2-").address(ip, "-").put(".");
        line.put(suffix).text()
    }

    /// The public DNS name of an address of this VPC: none in a VPC without DNS host names
    /// (<https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#vpc-dns-support>).
    #[must_use]
    pub fn public_dns_in(&self, vpc: VpcId, ip: Ipv4Addr) -> String {
        self.public_name_in(vpc, ip).to_string()
    }

    /// As [`RegionState::public_dns_in`], for answers.
    #[must_use]
    pub fn public_name_in(&self, vpc: VpcId, ip: Ipv4Addr) -> Text {
        match self.vpcs.get(&vpc) {
            Some(row) if row.enable_dns_hostnames && row.enable_dns_support => self.public_name(ip),
            _ => Text::default(),
        }
    }

    /// `ip-172-31-2-14.ec2.internal`.
    #[must_use]
    pub fn private_dns(&self, ip: Ipv4Addr) -> String {
        self.private_name(ip).to_string()
    }

    /// As [`RegionState::private_dns`], for answers.
    #[must_use]
    pub fn private_name(&self, ip: Ipv4Addr) -> Text {
        let suffix = self.facts().map_or("", |facts| facts.private_suffix);
        let line = Line::new().put("ip-").address(ip, "-").put(".");
        line.put(suffix).text()
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
