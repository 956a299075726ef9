//! Images of one's own (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIs.html>).

use super::snapshot::System;
use super::tags::Tags;
use super::volume::VolumeShape;
use crate::catalogue;
use crate::clock::Instant;
use crate::ids::{ImageId, InstanceId, SnapshotId};
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
    pub tags: Tags,
}

impl OwnImage {
    /// The catalogue's image that it once came from.
    #[must_use]
    pub fn base(&self) -> Option<&'static catalogue::Image> {
        catalogue::images().find(|image| image.name == self.system.image_name)
    }

    /// `pending` or `available`.
    #[must_use]
    pub fn state(&self, now: Instant) -> &'static str {
        if now >= self.available {
            "available"
        } else {
            "pending"
        }
    }
}
