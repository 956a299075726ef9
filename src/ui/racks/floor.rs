//! What the picture shows: rooms, cabinets, shelves.

use crate::ui::console::section::parts;
use ec2_lab_engine::hardware::{HOSTS, RACKS};
use ec2_lab_engine::ids::{InstanceId, PlacementGroupId};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::InstanceState;
use std::collections::BTreeMap;

/// Racks drawn in a room at least, so that the empty ones can be seen, too.
const DRAWN: usize = 4;

/// An instance on its shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Occupant {
    pub id: InstanceId,
    pub label: String,
    pub state: InstanceState,
    /// Its placement group, with the group's place among all.
    pub group: Option<(PlacementGroupId, String, usize)>,
    pub partition: Option<u32>,
}

/// A cabinet with its shelves, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rack {
    /// Its number in the zone.
    pub number: u16,
    /// What stands on each shelf.
    pub hosts: Vec<(u16, Vec<Occupant>)>,
}

impl Rack {
    /// Whether anything stands in it.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.hosts
            .iter()
            .any(|(_, occupants)| !occupants.is_empty())
    }

    /// What stands in it.
    pub fn occupants(&self) -> impl Iterator<Item = &Occupant> {
        self.hosts.iter().flat_map(|(_, occupants)| occupants)
    }
}

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its name.
    pub zone: &'static str,
    /// The racks in use and some empty ones, by number.
    pub racks: Vec<Rack>,
}

impl Room {
    /// Whether anything stands in it.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.racks.iter().any(Rack::is_used)
    }
}

/// The zones of the Region with what is to be drawn.
#[must_use]
pub fn rooms(region: &RegionState) -> Vec<Room> {
    let zones = region
        .facts()
        .map(|facts| {
            facts
                .zones
                .iter()
                .map(|zone| zone.name.as_str())
                .collect::<Vec<&'static str>>()
        })
        .unwrap_or_default();
    zones.into_iter().map(|zone| room(region, zone)).collect()
}

fn room(region: &RegionState, zone: &'static str) -> Room {
    let mut racks: BTreeMap<u16, BTreeMap<u16, Vec<Occupant>>> = BTreeMap::new();
    for row in region.instances_by_serial() {
        let Some(host) = row
            .placement
            .host
            .filter(|host| host.zone == zone && row.state.on_hardware())
        else {
            continue;
        };
        let group = row.placement.group.and_then(|id| {
            let group = region.placement_groups.get(&id)?;
            Some((id, group.name.clone(), parts::placement_index(region, id)))
        });
        let occupant = Occupant {
            id: row.id,
            label: row.label(),
            state: row.state,
            group,
            partition: row.placement.partition,
        };
        racks
            .entry(host.rack)
            .or_default()
            .entry(host.host)
            .or_default()
            .push(occupant);
    }
    // Empty neighbours show that there was room elsewhere: a cluster group did not need it.
    let used: Vec<u16> = racks.keys().copied().collect();
    let neighbours = used
        .iter()
        .flat_map(|rack| [rack + 1, rack.saturating_sub(1)])
        .chain(1..=RACKS);
    for rack in neighbours.filter(|rack| (1..=RACKS).contains(rack)) {
        if racks.len() >= DRAWN.max(used.len()) {
            break;
        }
        racks.entry(rack).or_default();
    }
    let racks = racks
        .into_iter()
        .map(|(number, mut hosts)| Rack {
            number,
            hosts: (1..=HOSTS)
                .map(|host| (host, hosts.remove(&host).unwrap_or_default()))
                .collect(),
        })
        .collect();
    Room { zone, racks }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn a_room_has_used_and_empty_racks() {
        let lab = Lab::with_instances();
        let rooms = rooms(lab.state().region().unwrap());
        assert_eq!(rooms.len(), 6);
        assert_eq!(rooms[0].racks.len(), 4);
        assert_eq!(
            rooms[0].racks.iter().filter(|rack| rack.is_used()).count(),
            2,
            "a spread group uses a rack for each"
        );
        assert!(rooms[0].racks.iter().all(|rack| rack.hosts.len() == 8));
        assert!(!rooms[1].is_used());
    }
}
