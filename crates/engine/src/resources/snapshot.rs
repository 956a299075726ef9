//! Snapshots of volumes (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html>).

use super::tags::Tags;
use super::volume::Disk;
use crate::clock::{Instant, SECOND};
use crate::guest::Guest;
use crate::ids::{SnapshotId, VolumeId};
use std::rc::Rc;

/// What is on the root volume that was copied: the operating system with all that was installed and written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct System {
    /// The catalogue's image that it once came from.
    pub image_name: &'static str,
    /// The machine as it was, switched off.
    pub guest: Guest,
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Snapshot {
    pub id: SnapshotId,
    pub serial: u64,
    /// `None` for a copy: AWS shows `vol-ffffffff` there.
    pub volume: Option<VolumeId>,
    pub size: u32,
    pub started: Instant,
    pub completed: Instant,
    pub description: String,
    pub encrypted: bool,
    pub kms_key: Option<String>,
    /// Accounts that may make volumes from it; `all` for everybody.
    pub permissions: Vec<String>,
    pub system: Option<Rc<System>>,
    pub disk: Disk,
    pub tags: Tags,
}

impl Snapshot {
    /// Whether the copy is done.
    #[must_use]
    pub fn is_completed(&self, now: Instant) -> bool {
        now >= self.completed
    }

    /// How far it is, in per cent.
    #[must_use]
    pub fn progress(&self, now: Instant) -> u64 {
        let all = self.completed.since(self.started).max(1);
        (now.since(self.started) * 100 / all).min(100)
    }
}

/// How long a snapshot of a volume takes: longer for a larger one.
#[must_use]
pub fn duration(size: u32) -> u64 {
    15 * SECOND + u64::from(size.min(2_000)) * SECOND / 4
}
