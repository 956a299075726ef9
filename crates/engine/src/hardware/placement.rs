//! Which host an instance gets: the promises of cluster, spread and partition placement groups
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html>).

use super::{HostId, RACKS, Racks};
use crate::catalogue::InstanceType;
use crate::error::{ApiError, ApiResult};
use crate::ids::PlacementGroupId;
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::resources::placement_group::{PlacementGroup, SPREAD_PER_ZONE, Strategy};
use crate::world::{Caller, World};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The racks that one partition may grow to, so that seven of them fit beside each other.
const RACKS_PER_PARTITION: usize = 5;

/// Where an instance was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The host.
    pub host: HostId,
    /// The partition, in a partition group.
    pub partition: Option<u32>,
}

/// Finds and takes room for one instance.
///
/// # Errors
/// `InsufficientInstanceCapacity` when no host keeps the group's promise, `InvalidPlacementGroup.InUse` when a cluster
/// group already runs in another zone.
pub(crate) fn place(
    world: &mut World,
    caller: &Caller,
    zone: &'static str,
    kind: &'static InstanceType,
    group: Option<PlacementGroupId>,
    wanted_partition: Option<u32>,
) -> ApiResult<Spot> {
    let start = u16::try_from(world.draw_below("rack", u64::from(RACKS))).unwrap_or(0);
    let all = || (0..RACKS).map(move |step| (start + step) % RACKS + 1);
    let free = |world: &World, racks: Vec<u16>| {
        world
            .hardware
            .find(zone, racks.into_iter(), kind.vcpus, kind.bare_metal)
    };
    let region = world.region(caller);
    let group = group.and_then(|id| region?.placement_groups.get(&id));
    let spot = match (region, group) {
        (Some(region), Some(group)) => {
            let members = members(region, group.id);
            match group.strategy {
                Strategy::Cluster => {
                    if let Some(elsewhere) = members.iter().find(|member| member.zone != zone) {
                        return Err(ApiError::InvalidPlacementGroupInUseElsewhere {
                            group: group.name.clone(),
                            zone: elsewhere.zone.to_owned(),
                        });
                    }
                    // Members sit on the racks that the group has, so that they stay close; a rack is added when those are full.
                    let mut racks: Vec<u16> = members
                        .iter()
                        .filter_map(|member| Some(member.placement.host?.rack))
                        .collect();
                    racks.sort_unstable();
                    racks.dedup();
                    racks.extend(all());
                    free(world, racks).map(|host| Spot {
                        host,
                        partition: None,
                    })
                }
                Strategy::Spread => {
                    let taken: Racks = in_zone(&members, zone)
                        .filter_map(|member| Some(member.placement.host?.rack))
                        .collect();
                    let full = in_zone(&members, zone).count() >= SPREAD_PER_ZONE;
                    let racks = if full {
                        Vec::new()
                    } else {
                        all().filter(|rack| !taken.contains(rack)).collect()
                    };
                    free(world, racks).map(|host| Spot {
                        host,
                        partition: None,
                    })
                }
                Strategy::Partition => partition(&members, zone, group, wanted_partition, all())
                    .into_iter()
                    .find_map(|(number, racks)| {
                        free(world, racks).map(|host| Spot {
                            host,
                            partition: Some(number),
                        })
                    }),
            }
        }
        _ => free(world, all().collect()).map(|host| Spot {
            host,
            partition: None,
        }),
    };
    let spot = spot.ok_or_else(|| no_capacity(kind, zone, group, caller.region))?;
    Rc::make_mut(&mut world.hardware).occupy(spot.host, needed(kind));
    Ok(spot)
}

/// What an instance of this type takes of its host.
pub(crate) fn needed(kind: &InstanceType) -> u32 {
    if kind.bare_metal {
        super::HOST_VCPUS
    } else {
        kind.vcpus
    }
}

/// The group's instances that are on hardware.
fn members(region: &RegionState, group: PlacementGroupId) -> Vec<&Instance> {
    region
        .instances
        .values()
        .filter(|instance| instance.placement.group == Some(group) && instance.state.on_hardware())
        .collect()
}

fn in_zone<'a>(
    members: &'a [&'a Instance],
    zone: &'a str,
) -> impl Iterator<Item = &'a &'a Instance> {
    members.iter().filter(move |member| member.zone == zone)
}

/// The partitions to try, the emptiest first, each with the racks it may use.
fn partition(
    members: &[&Instance],
    zone: &str,
    group: &PlacementGroup,
    wanted: Option<u32>,
    all: impl Iterator<Item = u16> + Clone,
) -> Vec<(u32, Vec<u16>)> {
    let mut racks: BTreeMap<u32, Racks> = BTreeMap::new();
    let mut size: BTreeMap<u32, usize> = BTreeMap::new();
    for member in in_zone(members, zone) {
        if let (Some(number), Some(host)) = (member.placement.partition, member.placement.host) {
            racks.entry(number).or_default().insert(host.rack);
            *size.entry(number).or_default() += 1;
        }
    }
    let count = group.partition_count.unwrap_or(1);
    let mut numbers: Vec<u32> = (1..=count)
        .filter(|number| wanted.is_none_or(|wanted| wanted == *number))
        .collect();
    numbers.sort_by_key(|number| (size.get(number).copied().unwrap_or(0), *number));
    numbers
        .into_iter()
        .map(|number| {
            let own = racks.get(&number).cloned().unwrap_or_default();
            let foreign = |rack: &u16| {
                racks
                    .iter()
                    .any(|(other, set)| *other != number && set.contains(rack))
            };
            let room = RACKS_PER_PARTITION.saturating_sub(own.len());
            let fresh: Vec<u16> = all
                .clone()
                .filter(|rack| !own.contains(rack) && !foreign(rack))
                .take(room)
                .collect();
            // A new rack first while the partition may grow: its instances spread over its racks.
            let order = fresh.into_iter().chain(own).collect();
            (number, order)
        })
        .collect()
}

fn no_capacity(
    kind: &InstanceType,
    zone: &str,
    group: Option<&PlacementGroup>,
    region: &str,
) -> ApiError {
    let others: Vec<String> = kind
        .zone_letters(region)
        .chars()
        .map(|letter| format!("{region}{letter}"))
        .filter(|other| other != zone)
        .collect();
    let kind = kind.name;
    let detail = match group {
        Some(group) if group.strategy == Strategy::Spread => format!(
            "We currently do not have sufficient capacity in the Availability Zone you requested ({zone}) to launch the instance in the spread placement group '{}': it supports a maximum of {SPREAD_PER_ZONE} running instances per Availability Zone.",
            group.name
        ),
        Some(group) => format!(
            "We currently do not have sufficient {kind} capacity in the Availability Zone you requested ({zone}) for the placement group '{}'. Our system will be working on provisioning additional capacity.",
            group.name
        ),
        None => format!(
            "We currently do not have sufficient {kind} capacity in the Availability Zone you requested ({zone}). Our system will be working on provisioning additional capacity. You can currently get {kind} capacity by not specifying an Availability Zone in your request or choosing {}.",
            others.join(", ")
        ),
    };
    ApiError::InsufficientInstanceCapacity { detail }
}
