//! What holds of volumes, snapshots and images.

use crate::catalogue;
use crate::region::RegionState;
use crate::resources::instance::InstanceState;
use crate::resources::volume::{AttachmentState, VolumeState};
use crate::world::World;
use std::collections::BTreeSet;

/// A volume and its instance know each other and are in one zone
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html>).
pub(super) fn volumes(region: &RegionState, broken: &mut Vec<String>) {
    for row in region.volumes.values() {
        let id = row.id;
        let tied = row
            .attachment
            .as_ref()
            .is_some_and(|tie| tie.state != AttachmentState::Attaching);
        if (row.state == VolumeState::InUse) != tied {
            broken.push(format!(
                "{id} is {} and tied: {:?}",
                row.state.as_str(),
                row.attachment
            ));
        }
        if let Some(tie) = &row.attachment {
            let instance = region.instances.get(&tie.instance);
            if instance.is_none_or(|other| !other.volumes.contains(&(tie.device.clone(), id))) {
                broken.push(format!("{} does not know that it has {id}", tie.instance));
            }
            if instance.is_some_and(|other| other.zone != row.zone) {
                broken.push(format!("{id} of {} is attached in another zone", row.zone));
            }
        }
        let bounds = row.shape.kind.bounds();
        // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
        if !(bounds.size.0..=bounds.size.1).contains(&row.shape.size) {
            broken.push(format!(
                "{id} is a {} of {} GiB",
                row.shape.kind.as_str(),
                row.shape.size
            ));
        }
        if let (Some((low, high)), Some(iops)) = (bounds.iops, row.shape.iops)
            && (iops < low || iops > high)
        {
            broken.push(format!(
                "{id} is a {} of {iops} IOPS",
                row.shape.kind.as_str()
            ));
        }
        if row.encrypted != row.kms_key.is_some() {
            broken.push(format!(
                "{id} is encrypted: {}, with {:?}",
                row.encrypted, row.kms_key
            ));
        }
    }
    for row in region.instances.values() {
        let devices: BTreeSet<&String> = row.volumes.iter().map(|(device, _)| device).collect();
        if devices.len() != row.volumes.len() {
            broken.push(format!("{} has two volumes under one name", row.id));
        }
        for (device, id) in &row.volumes {
            let known = region
                .volumes
                .get(id)
                .and_then(|volume| volume.attachment.as_ref())
                .is_some_and(|tie| tie.instance == row.id && tie.device == *device);
            if !known {
                broken.push(format!("{id} does not know that {} has it", row.id));
            }
        }
        // An instance runs from its root volume
        // (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html).
        let rootless = region.root_volume(row).is_none();
        if rootless
            && !matches!(
                row.state,
                InstanceState::Stopped | InstanceState::Terminated
            )
        {
            broken.push(format!(
                "{} is {} without a root volume",
                row.id,
                row.state.as_str()
            ));
        }
    }
}

/// An image's snapshots are there as long as the image
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html>), and its name is its own.
pub(super) fn images(region: &RegionState, broken: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    for row in region.images.values() {
        if !names.insert(&row.name) {
            broken.push(format!("two images are named {}", row.name));
        }
        if row.devices.is_empty() || row.base().is_none() {
            broken.push(format!("{} has no system", row.id));
        }
        for snapshot in row.devices.iter().filter_map(|device| device.snapshot) {
            // Amazon's own are always there.
            let amazons =
                || catalogue::images().any(|public| public.snapshot(region.name) == snapshot);
            if !region.snapshots.contains(&snapshot) && !amazons() {
                broken.push(format!("{} needs {snapshot}, which is gone", row.id));
            }
        }
    }
    for row in region.snapshots.values() {
        if row.encrypted != row.kms_key.is_some() || row.completed < row.started {
            broken.push(format!(
                "{} is encrypted: {}, with {:?}",
                row.id, row.encrypted, row.kms_key
            ));
        }
        if row.encrypted && row.permissions.iter().any(|name| name == "all") {
            broken.push(format!("{} is encrypted and shared with everybody", row.id));
        }
    }
}

/// What is pending ends by itself: the clock knows a next event until then.
pub(super) fn awaited(world: &World, region: &RegionState, broken: &mut Vec<String>) {
    let snapshots = region.snapshots.values().map(|row| row.completed);
    let images = region.images.values().map(|row| row.available);
    let pending = snapshots.chain(images).filter(|end| *end > world.now());
    if let Some(end) = pending.min()
        && world.next_wakeup().is_none_or(|next| next > end)
    {
        broken.push(format!(
            "something is pending until {end}, and nothing is due then"
        ));
    }
}
