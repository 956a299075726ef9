//! The hardware under the zones: racks and hosts with room for vCPUs. AWS does not publish its own; the numbers are the
//! lab's, the promises of the placement strategies are AWS's.

pub mod placement;

use crate::table::Table;
use std::collections::BTreeSet;

/// Racks in a zone. Seven partitions can have five each, with some to spare.
pub const RACKS: u16 = 40;
/// Hosts in a rack.
pub const HOSTS: u16 = 8;
/// vCPUs of a host: the largest instance type fits.
pub const HOST_VCPUS: u32 = 192;

/// One physical server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId {
    /// Its zone.
    pub zone: &'static str,
    /// Its rack in the zone, from 1. A rack has its own network and power source.
    pub rack: u16,
    /// Its shelf in the rack, from 1.
    pub host: u16,
}

/// What is in use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hardware {
    used: Table<HostId, u32>,
}

impl Hardware {
    /// Free vCPUs of a host.
    #[must_use]
    pub fn free(&self, host: HostId) -> u32 {
        HOST_VCPUS.saturating_sub(self.used(host))
    }

    /// vCPUs in use on a host.
    #[must_use]
    pub fn used(&self, host: HostId) -> u32 {
        self.used.get(&host).copied().unwrap_or(0)
    }

    /// Takes room on a host.
    pub(crate) fn occupy(&mut self, host: HostId, vcpus: u32) {
        self.used.insert(host, self.used(host) + vcpus);
    }

    /// Gives room back.
    pub(crate) fn release(&mut self, host: HostId, vcpus: u32) {
        let left = self.used(host).saturating_sub(vcpus);
        if left == 0 {
            self.used.remove(&host);
        } else {
            self.used.insert(host, left);
        }
    }

    /// The first host with room in one of `racks`, in their order.
    pub(crate) fn find(
        &self,
        zone: &'static str,
        racks: impl Iterator<Item = u16>,
        vcpus: u32,
        whole: bool,
    ) -> Option<HostId> {
        let need = if whole { HOST_VCPUS } else { vcpus };
        racks
            .flat_map(|rack| (1..=HOSTS).map(move |host| HostId { zone, rack, host }))
            .find(|host| self.free(*host) >= need)
    }

    /// Everything in use, for the checks.
    pub fn occupied(&self) -> impl Iterator<Item = (HostId, u32)> {
        self.used.iter().map(|(host, vcpus)| (*host, *vcpus))
    }
}

/// The racks of a set that others may not use.
pub(crate) type Racks = BTreeSet<u16>;
