//! What accounts share with one another: images and snapshots that others may use, and why a launch works or does not.

pub mod fix;
pub mod graph;
pub mod trace;

use crate::ids::{AccountId, ImageId, SnapshotId};
use crate::region::RegionState;
use crate::resources::image::OwnImage;
use crate::resources::snapshot::Snapshot;
use crate::resources::volume::SnapshotSharing;
use crate::world::{Caller, World};

/// Whether a permission list names an account, or everybody.
#[must_use]
pub fn admits(permissions: &[String], account: AccountId) -> bool {
    let digits = account.to_string();
    permissions
        .iter()
        .any(|name| name == "all" || *name == digits)
}

/// The image of this id that the caller may launch, with its owner's Region: one of the caller's own, or one that is shared
/// with it (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html>).
#[must_use]
pub fn image<'a>(
    world: &'a World,
    caller: &Caller,
    id: ImageId,
) -> Option<(&'a RegionState, &'a OwnImage)> {
    world.accounts_in(caller.region).find_map(|region| {
        let row = region.images.get(&id)?;
        let open = region.account == caller.account || admits(&row.permissions, caller.account);
        open.then_some((region, row))
    })
}

/// Whether an account may make volumes from a snapshot of this Region of its owner's.
#[must_use]
pub fn opens(owner: &RegionState, row: &Snapshot, account: AccountId) -> bool {
    let digits = account.to_string();
    owner.account == account
        || row.permissions.contains(&digits)
        || (owner.ebs.snapshot_sharing != SnapshotSharing::BlockAll
            && row.permissions.iter().any(|name| name == "all"))
}

/// The snapshot of this id that the caller may use, with its owner's Region
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html>).
#[must_use]
pub fn snapshot<'a>(
    world: &'a World,
    caller: &Caller,
    id: SnapshotId,
) -> Option<(&'a RegionState, &'a Snapshot)> {
    stored(world, caller.region, id).filter(|(region, row)| opens(region, row, caller.account))
}

/// The snapshot of this id, whoever owns it: what an image is made of comes with the image.
#[must_use]
pub fn stored<'a>(
    world: &'a World,
    region: &str,
    id: SnapshotId,
) -> Option<(&'a RegionState, &'a Snapshot)> {
    world
        .accounts_in(region)
        .find_map(|owner| Some((owner, owner.snapshots.get(&id)?)))
}

/// The image of this id, whoever owns it and wherever it is, with its owner's Region.
#[must_use]
pub fn anywhere(world: &World, id: ImageId) -> Option<(&RegionState, &OwnImage)> {
    crate::catalogue::regions().find_map(|place| {
        world
            .accounts_in(place.name)
            .find_map(|region| Some((region, region.images.get(&id)?)))
    })
}
