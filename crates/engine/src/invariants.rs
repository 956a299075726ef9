//! Truths that hold after every operation, whatever was done. Tests ask after every step.

mod network;
mod storage;

use crate::guest::Power;
use crate::hardware::{HOST_VCPUS, HostId, placement};
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::network_interface::Requester;
use crate::resources::placement_group::{SPREAD_PER_ZONE, Strategy};
use crate::resources::security_group::{GROUPS_PER_INTERFACE, Peer};
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// Every broken truth, in words; empty when the world is sound.
#[must_use]
pub fn violations(world: &World) -> Vec<String> {
    let mut broken = Vec::new();
    let mut used: BTreeMap<HostId, u32> = BTreeMap::new();
    let mut public = BTreeSet::new();
    for region in world.regions.values() {
        instances(region, &mut used, &mut broken);
        interfaces(region, &mut broken);
        storage::volumes(region, &mut broken);
        storage::images(region, &mut broken);
        storage::awaited(world, region, &mut broken);
        network::networks(region, &mut broken);
        network::gateways(region, &mut broken);
        network::scaling(region, &mut broken);
        network::peerings(world, region, &mut broken);
        profiles(region, &mut broken);
        templates(region, &mut broken);
        groups(region, &mut broken);
        placements(region, &mut broken);
        for ip in region.public_ips.keys() {
            if !public.insert(*ip) {
                broken.push(format!("{ip} belongs to two interfaces"));
            }
        }
    }
    let counted: BTreeMap<HostId, u32> = world.hardware.occupied().collect();
    if counted != used {
        broken.push("the hardware's books differ from what runs on it".to_owned());
    }
    broken.extend(
        used.iter()
            .filter(|(_, vcpus)| **vcpus > HOST_VCPUS)
            .map(|(host, vcpus)| format!("{host:?} holds {vcpus} vCPUs")),
    );
    if world.next_wakeup().is_some_and(|next| next < world.now()) {
        broken.push("a task is overdue".to_owned());
    }
    broken
}

/// Life cycle (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>).
fn instances(region: &RegionState, used: &mut BTreeMap<HostId, u32>, broken: &mut Vec<String>) {
    for row in region.instances.values() {
        let id = row.id;
        if row.state.on_hardware() != row.placement.host.is_some() {
            broken.push(format!(
                "{id} is {} and its host is {:?}",
                row.state.as_str(),
                row.placement.host
            ));
        }
        // Only what was launched for it hibernates (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html).
        if row.guest.asleep && (!row.options.hibernation || row.guest.power == Power::Up) {
            broken.push(format!("{id} sleeps, and it may not or is up"));
        }
        if let (Some(host), Some(kind)) = (row.placement.host, row.kind()) {
            *used.entry(host).or_insert(0) += placement::needed(kind);
            if host.zone != row.zone {
                broken.push(format!("{id} of {} runs in {}", row.zone, host.zone));
            }
        }
        if row.state != InstanceState::Running && row.guest.power != Power::Off {
            broken.push(format!(
                "{id} is {} but its operating system is on",
                row.state.as_str()
            ));
        }
        if row.guest.power != Power::Up
            && row.guest.services.values().any(|service| service.running)
        {
            broken.push(format!("{id} runs services without an operating system"));
        }
        if row.interfaces.is_empty() != (row.state == InstanceState::Terminated) {
            broken.push(format!(
                "{id} is {} with {} interfaces",
                row.state.as_str(),
                row.interfaces.len()
            ));
        }
        attachments(region, row, broken);
        let assigned = region
            .primary_interface(row)
            .and_then(|nic| nic.addresses.first())
            .and_then(|address| address.public);
        if assigned.is_some_and(|public| public.allocation.is_none())
            && matches!(
                row.state,
                InstanceState::Stopped | InstanceState::Terminated
            )
        {
            broken.push(format!(
                "{id} is {} and keeps an assigned public address",
                row.state.as_str()
            ));
        }
    }
}

/// An instance's interfaces: its own, in its zone, in the order of their device indexes, the primary one at 0
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html>), no more than its type takes
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html>).
fn attachments(region: &RegionState, row: &Instance, broken: &mut Vec<String>) {
    let mut indexes = Vec::new();
    for id in &row.interfaces {
        let Some(nic) = region.network_interfaces.get(id) else {
            broken.push(format!("{} has {id}, which there is not", row.id));
            continue;
        };
        match nic.attachment {
            Some(tie) if tie.instance == row.id => indexes.push(tie.device_index),
            _ => broken.push(format!("{id} does not know that {} has it", row.id)),
        }
        if nic.zone != row.zone {
            broken.push(format!("{id} of {} is attached in {}", nic.zone, row.zone));
        }
        if let Some(kind) = row.kind()
            && nic.addresses.len() > kind.ipv4_per_interface as usize
        {
            broken.push(format!(
                "{id} has {} addresses on a {}",
                nic.addresses.len(),
                kind.name
            ));
        }
    }
    if !indexes.is_sorted_by(|one, other| one < other)
        || indexes.first().is_some_and(|first| *first != 0)
    {
        broken.push(format!("{} has interfaces at {indexes:?}", row.id));
    }
    if let Some(kind) = row.kind()
        && row.interfaces.len() > kind.max_interfaces as usize
    {
        broken.push(format!(
            "{} is a {} with {} interfaces",
            row.id,
            kind.name,
            row.interfaces.len()
        ));
    }
}

/// Addresses and groups of interfaces (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).
fn interfaces(region: &RegionState, broken: &mut Vec<String>) {
    let mut counted = 0;
    for nic in region.network_interfaces.values() {
        let id = nic.id;
        let subnet = region.subnets.get(&nic.subnet);
        // A NAT gateway's interface is the one kind without groups.
        let bare = matches!(nic.requester, Some(Requester::NatGateway(_)));
        if nic.groups.is_empty() != bare || nic.groups.len() > GROUPS_PER_INTERFACE {
            broken.push(format!("{id} has {} groups", nic.groups.len()));
        }
        if nic.groups.iter().any(|group| {
            region
                .security_groups
                .get(group)
                .is_none_or(|group| group.vpc != nic.vpc)
        }) {
            broken.push(format!("{id} has a group of another VPC, or none"));
        }
        if nic.addresses.is_empty() {
            broken.push(format!("{id} has no address"));
        }
        for address in &nic.addresses {
            counted += 1;
            if subnet.is_none_or(|subnet| !subnet.usable(address.ip)) {
                broken.push(format!("{id} has {} outside its subnet", address.ip));
            }
            if region.private_ips.get(&(nic.vpc, address.ip)) != Some(&id) {
                broken.push(format!("{} of {id} is not in the books", address.ip));
            }
            if let Some(public) = address.public {
                if region.public_ips.get(&public.ip) != Some(&id) {
                    broken.push(format!("{} of {id} is not in the books", public.ip));
                }
                let tied = public.allocation.map(|allocation| {
                    region
                        .addresses
                        .get(&allocation)
                        .and_then(|row| row.association)
                        .map(|tie| (tie.network_interface, tie.private_ip))
                });
                if tied.is_some_and(|tied| tied != Some((id, address.ip))) {
                    broken.push(format!(
                        "the Elastic IP address {} of {id} does not know it",
                        public.ip
                    ));
                }
            }
        }
        if let Some(tie) = nic.attachment
            && region
                .instances
                .get(&tie.instance)
                .is_none_or(|row| !row.interfaces.contains(&id))
        {
            broken.push(format!(
                "{id} is attached to {}, which does not have it",
                tie.instance
            ));
        }
    }
    // An Elastic IP address and the private one that it belongs to know each other
    // (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html).
    for elastic in region.addresses.values() {
        let Some(tie) = elastic.association else {
            continue;
        };
        let known = region
            .network_interfaces
            .get(&tie.network_interface)
            .and_then(|nic| {
                nic.addresses
                    .iter()
                    .find(|address| address.ip == tie.private_ip)
            })
            .and_then(|address| address.public)
            .is_some_and(|public| public.allocation == Some(elastic.id));
        if !known {
            broken.push(format!(
                "{} is tied to an address that does not know it",
                elastic.id
            ));
        }
    }
    if counted != region.private_ips.len() {
        broken.push(format!(
            "{} private addresses are in the books of {}, {counted} in use",
            region.private_ips.len(),
            region.name
        ));
    }
}

/// One instance profile an instance, and both know it
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html>).
fn profiles(region: &RegionState, broken: &mut Vec<String>) {
    for tie in region.iam_associations.values() {
        let known = region
            .instances
            .get(&tie.instance)
            .is_some_and(|row| row.iam_association == Some(tie.id));
        if !known {
            broken.push(format!("{} does not know {}", tie.instance, tie.id));
        }
    }
    for row in region.instances.values() {
        if row
            .iam_association
            .is_some_and(|tie| !region.iam_associations.contains(&tie))
        {
            broken.push(format!("{} has a profile that nobody gave it", row.id));
        }
    }
}

/// Launch templates: names are unique, versions in order, the default one among them
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html>).
fn templates(region: &RegionState, broken: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    for template in region.launch_templates.values() {
        let numbers: Vec<u64> = template.versions.iter().map(|row| row.number).collect();
        if !names.insert(&template.name) {
            broken.push(format!("two launch templates are named {}", template.name));
        }
        if !numbers.is_sorted_by(|one, other| one < other)
            || !numbers.contains(&template.default_version)
            || numbers
                .last()
                .is_none_or(|last| *last > template.last_number)
        {
            broken.push(format!("{} has the versions {numbers:?}", template.id));
        }
    }
}

/// Security groups (<https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups>).
fn groups(region: &RegionState, broken: &mut Vec<String>) {
    for group in region.security_groups.values() {
        for egress in [false, true] {
            let rules: Vec<_> = group.rules_of(egress).map(|rule| rule.permission).collect();
            let distinct: BTreeSet<_> = rules.iter().collect();
            if group.too_many_rules(egress, &[]) || distinct.len() != rules.len() {
                broken.push(format!(
                    "{} has {} rules, {} of them distinct",
                    group.id,
                    rules.len(),
                    distinct.len()
                ));
            }
        }
        let dangling =
            |peer| matches!(peer, Peer::Group(id) if !region.security_groups.contains(&id));
        if group
            .rules
            .iter()
            .any(|rule| dangling(rule.permission.peer))
        {
            broken.push(format!("a rule of {} names a group that is gone", group.id));
        }
    }
    for vpc in region.vpcs.values() {
        if region.group_by_name(vpc.id, "default").is_none() {
            broken.push(format!("{} has no default group", vpc.id));
        }
    }
}

/// The promises of placement groups (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html>).
fn placements(region: &RegionState, broken: &mut Vec<String>) {
    for group in region.placement_groups.values() {
        let on: Vec<&Instance> = region
            .instances
            .values()
            .filter(|row| row.placement.group == Some(group.id) && row.placement.host.is_some())
            .collect();
        let racks = |keep: &dyn Fn(&Instance) -> bool| -> Vec<(&str, u16)> {
            on.iter()
                .filter(|row| keep(row))
                .filter_map(|row| row.placement.host.map(|host| (host.zone, host.rack)))
                .collect()
        };
        match group.strategy {
            Strategy::Cluster => {
                let zones: BTreeSet<&str> = on.iter().map(|row| row.zone).collect();
                if zones.len() > 1 {
                    broken.push(format!(
                        "the cluster group {} is in {} zones",
                        group.name,
                        zones.len()
                    ));
                }
            }
            Strategy::Spread => {
                let all = racks(&|_| true);
                let distinct: BTreeSet<_> = all.iter().collect();
                if distinct.len() != all.len() {
                    broken.push(format!(
                        "two instances of the spread group {} share a rack",
                        group.name
                    ));
                }
                let zones: BTreeSet<&str> = all.iter().map(|(zone, _)| *zone).collect();
                if zones.iter().any(|zone| {
                    all.iter().filter(|(other, _)| other == zone).count() > SPREAD_PER_ZONE
                }) {
                    broken.push(format!(
                        "the spread group {} has more than {SPREAD_PER_ZONE} instances in a zone",
                        group.name
                    ));
                }
            }
            Strategy::Partition => {
                for row in &on {
                    let (Some(host), Some(number)) = (row.placement.host, row.placement.partition)
                    else {
                        broken.push(format!(
                            "{} of the partition group {} has no partition",
                            row.id, group.name
                        ));
                        continue;
                    };
                    let foreign = racks(&|other| other.placement.partition != Some(number));
                    if foreign.contains(&(host.zone, host.rack)) {
                        broken.push(format!(
                            "two partitions of {} share rack {}",
                            group.name, host.rack
                        ));
                    }
                    if !(1..=group.partition_count.unwrap_or(0)).contains(&number) {
                        broken.push(format!(
                            "{} is in partition {number} of {}",
                            row.id, group.name
                        ));
                    }
                }
            }
        }
    }
}
