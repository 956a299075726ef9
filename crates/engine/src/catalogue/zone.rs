//! Regions and their Availability Zones.

use super::tsv;
use std::sync::LazyLock;

/// A Region.
#[derive(Debug)]
pub struct Region {
    /// `us-east-1`.
    pub name: &'static str,
    /// `N. Virginia`, as the console says.
    pub title: &'static str,
    /// `US East (N. Virginia)`, as lists of Regions say.
    pub long_name: &'static str,
    /// Its zones, by letter.
    pub zones: Vec<Zone>,
    /// The end of public DNS names.
    pub public_suffix: &'static str,
    /// The end of private DNS names.
    pub private_suffix: &'static str,
    /// `opt-in-not-required`.
    pub opt_in_status: &'static str,
}

/// An Availability Zone.
#[derive(Debug)]
pub struct Zone {
    /// `us-east-1a`: the account's own name for it.
    pub name: String,
    /// `use1-az1`: the same for every account.
    pub id: &'static str,
}

impl Region {
    /// The zone of this name.
    #[must_use]
    pub fn zone(&self, name: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.name == name)
    }
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    tsv::rows(include_str!("../../data/regions.tsv"))
        .map(|row| Region {
            name: row.get("name"),
            title: row.get("title"),
            long_name: row.get("long_name"),
            zones: row
                .list("zones")
                .into_iter()
                .filter_map(|pair| pair.split_once('='))
                .map(|(letter, id)| Zone {
                    name: format!("{}{letter}", row.get("name")),
                    id,
                })
                .collect(),
            public_suffix: row.get("public_suffix"),
            private_suffix: row.get("private_suffix"),
            opt_in_status: row.get("opt_in_status"),
        })
        .collect()
});

/// All Regions of the lab.
pub fn regions() -> impl Iterator<Item = &'static Region> {
    REGIONS.iter()
}

/// The Region of this name.
#[must_use]
pub fn region(name: &str) -> Option<&'static Region> {
    regions().find(|region| region.name == name)
}
