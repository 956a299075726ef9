//! Placement groups (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html>).

use super::tags::Tags;
use crate::ids::PlacementGroupId;

/// The most groups of an account in a Region.
pub const LIMIT: usize = 500;
/// The most partitions of a group in a zone.
pub const PARTITIONS_PER_ZONE: u32 = 7;
/// The most running instances of a spread group in a zone.
pub const SPREAD_PER_ZONE: usize = 7;

/// How a group places its instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// Close together, in one zone.
    Cluster,
    /// Each on a rack of its own.
    Spread,
    /// In partitions that share no rack with each other.
    Partition,
}

impl Strategy {
    /// Reads AWS's word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "cluster" => Strategy::Cluster,
            "spread" => Strategy::Spread,
            "partition" => Strategy::Partition,
            _ => return None,
        })
    }

    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Strategy::Cluster => "cluster",
            Strategy::Spread => "spread",
            Strategy::Partition => "partition",
        }
    }
}

/// A placement group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct PlacementGroup {
    pub id: PlacementGroupId,
    pub serial: u64,
    pub name: String,
    pub strategy: Strategy,
    /// How many partitions in a zone; for partition groups only.
    pub partition_count: Option<u32>,
    pub tags: Tags,
}
