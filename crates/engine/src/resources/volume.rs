//! EBS volumes (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html>) and what each type may have.

use super::tags::Tags;
use crate::clock::Instant;
use crate::error::{ApiError, ApiResult};
use crate::ids::{InstanceId, SnapshotId, VolumeId};
use std::collections::BTreeMap;

/// A volume type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum VolumeType {
    Gp2,
    Gp3,
    Io1,
    Io2,
    St1,
    Sc1,
    Standard,
}

/// The bounds of a type: size in GiB; IOPS that can be asked for, and how many per GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Least and most GiB.
    pub size: (u32, u32),
    /// Least and most IOPS that can be asked for; `None` where the type sets them itself.
    pub iops: Option<(u32, u32)>,
    /// The most IOPS for each GiB.
    pub per_gib: u32,
}

impl VolumeType {
    /// All types.
    pub const ALL: [VolumeType; 7] = [
        VolumeType::Gp2,
        VolumeType::Gp3,
        VolumeType::Io1,
        VolumeType::Io2,
        VolumeType::St1,
        VolumeType::Sc1,
        VolumeType::Standard,
    ];

    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            VolumeType::Gp2 => "gp2",
            VolumeType::Gp3 => "gp3",
            VolumeType::Io1 => "io1",
            VolumeType::Io2 => "io2",
            VolumeType::St1 => "st1",
            VolumeType::Sc1 => "sc1",
            VolumeType::Standard => "standard",
        }
    }

    /// The type of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What it may have (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>).
    #[must_use]
    pub fn bounds(self) -> Bounds {
        let bounds = |size, iops, per_gib| Bounds {
            size,
            iops,
            per_gib,
        };
        match self {
            VolumeType::Gp2 => bounds((1, 16_384), None, 0),
            VolumeType::Gp3 => bounds((1, 65_536), Some((3_000, 80_000)), 500),
            VolumeType::Io1 => bounds((4, 16_384), Some((100, 64_000)), 50),
            VolumeType::Io2 => bounds((4, 65_536), Some((100, 256_000)), 1_000),
            VolumeType::St1 | VolumeType::Sc1 => bounds((125, 16_384), None, 0),
            VolumeType::Standard => bounds((1, 1_024), None, 0),
        }
    }

    /// Whether an instance can start from it: the hard disks cannot be root volumes.
    ///
    /// # Errors
    /// `InvalidParameterValue`.
    pub fn boots(self) -> ApiResult<()> {
        if matches!(self, VolumeType::St1 | VolumeType::Sc1) {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Invalid value '{}' for VolumeType. The volume type cannot be used for the root volume.",
                    self.as_str()
                ),
            });
        }
        Ok(())
    }

    /// The IOPS that it has when none are asked for; `None` where AWS shows none.
    #[must_use]
    pub fn usual_iops(self, size: u32) -> Option<u32> {
        match self {
            // Three for each GiB, between 100 and 16,000.
            VolumeType::Gp2 => Some((size.saturating_mul(3)).clamp(100, 16_000)),
            VolumeType::Gp3 => Some(3_000),
            _ => None,
        }
    }
}

/// Where a volume is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum VolumeState {
    Creating,
    Available,
    InUse,
}

impl VolumeState {
    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            VolumeState::Creating => "creating",
            VolumeState::Available => "available",
            VolumeState::InUse => "in-use",
        }
    }
}

/// How far an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum AttachmentState {
    Attaching,
    Attached,
    Detaching,
}

impl AttachmentState {
    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AttachmentState::Attaching => "attaching",
            AttachmentState::Attached => "attached",
            AttachmentState::Detaching => "detaching",
        }
    }
}

/// The tie between a volume and an instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct VolumeAttachment {
    pub instance: InstanceId,
    pub device: String,
    pub state: AttachmentState,
    pub attached: Instant,
    pub delete_on_termination: bool,
}

/// Size, type and speed of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct VolumeShape {
    pub size: u32,
    pub kind: VolumeType,
    pub iops: Option<u32>,
    /// MiB a second; gp3 only.
    pub throughput: Option<u32>,
}

/// What an account has said about disks in a Region
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EbsSettings {
    /// Whether every new volume and snapshot copy is encrypted.
    pub encryption_by_default: bool,
    /// The ARN of the key for that; `None` means the one that AWS manages.
    pub default_key: Option<String>,
    /// Whether images may be shared with everybody: not in a new account.
    pub images_may_be_public: bool,
    /// Whether snapshots may be.
    pub snapshot_sharing: SnapshotSharing,
}

/// Whether snapshots may be shared with everybody
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SnapshotSharing {
    /// They may.
    #[default]
    Free,
    /// What is shared so stays, nothing is added.
    BlockNew,
    /// Nobody else sees what is shared so.
    BlockAll,
}

impl SnapshotSharing {
    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SnapshotSharing::Free => "unblocked",
            SnapshotSharing::BlockNew => "block-new-sharing",
            SnapshotSharing::BlockAll => "block-all-sharing",
        }
    }
}

/// A change of a volume that is used meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Modification {
    /// What it was.
    pub from: VolumeShape,
    /// What it becomes.
    pub to: VolumeShape,
    /// Since when.
    pub started: Instant,
    /// When the new shape is in force, and when its data lies in its new place.
    pub optimizing: Instant,
    /// See `optimizing`.
    pub completed: Instant,
}

/// What is on a volume that is not an operating system's root: its file system and its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Disk {
    /// `xfs` or `ext4`; a new volume has none.
    pub filesystem: Option<&'static str>,
    /// Files by their path from its top.
    pub files: BTreeMap<String, String>,
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Volume {
    pub id: VolumeId,
    pub serial: u64,
    pub zone: &'static str,
    pub shape: VolumeShape,
    pub encrypted: bool,
    pub kms_key: Option<String>,
    pub snapshot: Option<SnapshotId>,
    pub multi_attach: bool,
    pub state: VolumeState,
    pub created: Instant,
    pub attachment: Option<VolumeAttachment>,
    pub modification: Option<Modification>,
    /// When the changes of the last day began.
    pub changes: Vec<Instant>,
    /// Whether I/O goes on by itself when AWS doubts the data.
    pub auto_enable_io: bool,
    /// When something changes by itself next.
    pub due: Instant,
    pub disk: Disk,
    pub client_token: String,
    pub tags: Tags,
}
