//! Images of one's own (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html>).

use super::later::Later;
use super::snapshot::System;
use super::tags::Tags;
use super::volume::VolumeShape;
use crate::catalogue;
use crate::clock::Instant;
use crate::ids::{AccountId, ImageId, InstanceId, SnapshotId};
use std::rc::Rc;

/// A volume that comes with the image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct ImageDevice {
    pub device: String,
    pub snapshot: Option<SnapshotId>,
    pub shape: VolumeShape,
    pub encrypted: bool,
    pub kms_key: Option<String>,
    pub delete_on_termination: bool,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct OwnImage {
    pub id: ImageId,
    pub serial: u64,
    pub name: String,
    pub description: String,
    pub created: Instant,
    /// Until then it is `pending`.
    pub available: Instant,
    pub devices: Vec<ImageDevice>,
    pub system: Rc<System>,
    pub source_instance: Option<InstanceId>,
    /// The image and Region that it was copied from.
    pub copied_from: Option<(ImageId, &'static str)>,
    /// Accounts that may launch it; `all` for everybody.
    pub permissions: Vec<String>,
    /// From when on it is deprecated.
    pub deprecated: Option<Instant>,
    /// Whether nothing may be launched from it.
    pub disabled: bool,
    pub protection: Protection,
    /// When an instance was launched from it last.
    pub last_launched: Option<Instant>,
    pub tags: Tags,
    /// Whether the copy that it was to become failed: a key could not be used.
    pub failed: Later<()>,
    /// The account that it was copied from, if that was another one.
    pub copied_from_account: Later<AccountId>,
}

/// What keeps an image from being deregistered
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deregistration-protection.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Nothing.
    Off,
    /// The owner's word.
    On,
    /// The same, and for a day after it is taken back.
    OnWithCooldown,
    /// It was taken back and still holds.
    Until(Instant),
}

impl Protection {
    /// As AWS shows it.
    #[must_use]
    pub fn as_text(self) -> String {
        match self {
            Protection::Off => "disabled".to_owned(),
            Protection::On => "enabled-without-cooldown".to_owned(),
            Protection::OnWithCooldown => "enabled-with-cooldown".to_owned(),
            Protection::Until(moment) => format!("disabled after {moment}"),
        }
    }

    /// Whether it keeps the image.
    #[must_use]
    pub fn holds(self, now: Instant) -> bool {
        match self {
            Protection::Off => false,
            Protection::On | Protection::OnWithCooldown => true,
            Protection::Until(moment) => now < moment,
        }
    }
}

impl OwnImage {
    /// An image as it is made: private, launchable, protected by nothing. It is pending until its maker says otherwise.
    pub(crate) fn new(
        id: ImageId,
        name: String,
        description: String,
        now: Instant,
        devices: Vec<ImageDevice>,
        system: Rc<System>,
        tags: Tags,
    ) -> Self {
        OwnImage {
            id,
            serial: 0,
            name,
            description,
            created: now,
            available: now,
            devices,
            system,
            source_instance: None,
            copied_from: None,
            permissions: Vec::new(),
            deprecated: None,
            disabled: false,
            protection: Protection::Off,
            last_launched: None,
            tags,
            failed: Later::default(),
            copied_from_account: Later::default(),
        }
    }

    /// Whether it is deprecated.
    #[must_use]
    pub fn is_deprecated(&self, now: Instant) -> bool {
        self.deprecated.is_some_and(|at| now >= at)
    }

    /// The catalogue's image that it once came from.
    #[must_use]
    pub fn base(&self) -> Option<&'static catalogue::Image> {
        catalogue::images().find(|image| image.name == self.system.image_name)
    }

    /// `pending`, `available`, `failed` or `disabled`.
    #[must_use]
    pub fn state(&self, now: Instant) -> &'static str {
        if self.disabled {
            "disabled"
        } else if now < self.available {
            "pending"
        } else if self.failed.0.is_some() {
            "failed"
        } else {
            "available"
        }
    }
}
