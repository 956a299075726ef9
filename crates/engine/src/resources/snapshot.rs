//! Snapshots of volumes (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html>).

use super::later::Later;
use super::tags::Tags;
use super::volume::Disk;
use crate::clock::{Instant, SECOND};
use crate::guest::Guest;
use crate::ids::{SnapshotId, VolumeId};
use std::collections::BTreeMap;
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
    /// Why the copy came to nothing, as AWS says it; it is then in the state `error`.
    pub failed: Later<&'static str>,
}

impl Snapshot {
    /// Whether the copy is done.
    #[must_use]
    pub fn is_completed(&self, now: Instant) -> bool {
        now >= self.completed && self.failed.0.is_none()
    }

    /// AWS's word for how far it is.
    #[must_use]
    pub fn state(&self, now: Instant) -> &'static str {
        match (now >= self.completed, self.failed.0) {
            (false, _) => "pending",
            (true, None) => "completed",
            (true, Some(_)) => "error",
        }
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

/// The unit in which EBS keeps what is on a volume
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html>).
const BLOCK: u64 = 512 << 10;
/// How many blocks the lab's operating systems fill, and a new file system.
const SYSTEM_BLOCKS: u64 = (1_638 << 20) / BLOCK;
/// See [`SYSTEM_BLOCKS`].
const FILESYSTEM_BLOCKS: u64 = (102 << 20) / BLOCK;
/// How many blocks an installed service fills.
const PACKAGE_BLOCKS: u64 = (20 << 20) / BLOCK;

/// A file as a part of what lies on a volume.
fn file<'a>((path, text): (&'a String, &'a String)) -> (&'a str, (u64, &'a str)) {
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    (path, (bytes.div_ceil(BLOCK).max(1), text))
}

impl Snapshot {
    /// What lies on the volume, part by part: how many blocks each fills, and what tells one state of it from another.
    fn parts(&self) -> impl Iterator<Item = (&str, (u64, &str))> {
        let system = self.system.as_deref();
        let own = self.disk.files.iter().map(file);
        let written = system
            .into_iter()
            .flat_map(|system| system.guest.files.iter().map(file));
        let installed = system
            .into_iter()
            .flat_map(|system| system.guest.services.keys())
            .map(|name| (name.as_str(), (PACKAGE_BLOCKS, "")));
        system
            .map(|system| ("system", (SYSTEM_BLOCKS, system.image_name)))
            .into_iter()
            .chain(
                self.disk
                    .filesystem
                    .map(|kind| ("file system", (FILESYSTEM_BLOCKS, kind))),
            )
            .chain(installed)
            .chain(written)
            .chain(own)
    }

    /// The bytes that a volume made from it gets: everything that was ever written.
    #[must_use]
    pub fn full_bytes(&self) -> u64 {
        self.parts().map(|(_, (blocks, _))| blocks * BLOCK).sum()
    }

    /// The bytes that are kept for it alone: what has changed since the snapshot before it. When that one is deleted, what
    /// this one needs of it stays and counts here
    /// (<https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html>).
    #[must_use]
    pub fn stored_bytes(&self, before: Option<&Snapshot>) -> u64 {
        let known: BTreeMap<&str, (u64, &str)> =
            before.map(|row| row.parts().collect()).unwrap_or_default();
        self.parts()
            .filter(|(name, part)| known.get(name) != Some(part))
            .map(|(_, (blocks, _))| blocks * BLOCK)
            .sum()
    }
}
