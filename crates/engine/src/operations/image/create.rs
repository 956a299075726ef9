//! CreateImage, CopyImage, DeregisterImage
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html>).

use super::describe::{Source, launchable, own};
use super::retire;
use crate::clock::SECOND;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::guest::Guest;
use crate::guest::service;
use crate::ids::ImageId;
use crate::input::Input;
use crate::json::json;
use crate::object;
use crate::operation::Context;
use crate::operations::instance::lifecycle;
use crate::operations::lookup;
use crate::operations::snapshot::create::{FAILS_AFTER, INACCESSIBLE, source_region};
use crate::operations::snapshot::{self, NewSnapshot};
use crate::operations::volume::key::{self, Sealed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::image::{ImageDevice, OwnImage};
use crate::resources::instance::InstanceState;
use crate::resources::later::Later;
use crate::resources::snapshot::{System, duration};
use crate::resources::tags::Tags;
use crate::scheduler::Resource;
use crate::sharing;
use crate::world::{Caller, World};
use std::rc::Rc;

/// What names may hold besides letters and digits.
const PUNCTUATION: &str = "()[].-/'@_ ";

pub(super) fn name(region: &RegionState, written: &str) -> ApiResult<String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || PUNCTUATION.contains(c);
    if !(3..=128).contains(&written.chars().count()) || !written.chars().all(fine) {
        return Err(ApiError::InvalidAmiNameMalformed {});
    }
    if let Some(row) = region.images.values().find(|row| row.name == written) {
        return Err(ApiError::InvalidAmiNameDuplicate {
            name: written.to_owned(),
            image_id: row.id.to_string(),
        });
    }
    Ok(written.to_owned())
}

/// Makes an image of an instance: a snapshot of each volume. Unless told not to, the instance is rebooted for it, so that
/// everything is on its disks.
///
/// # Errors
/// Unknown ids, `InvalidAMIName.Malformed`, `InvalidAMIName.Duplicate`, `IncorrectState` for an instance in between.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let name = name(region, input.required("Name")?)?;
    if !matches!(row.state, InstanceState::Running | InstanceState::Stopped) {
        return Err(ApiError::IncorrectState {
            detail: format!("Instance '{}' is not 'running' or 'stopped'.", row.id),
        });
    }
    let Some(os) = row.os() else {
        return Err(ApiError::InvalidInstanceIdNotFound {
            instance_id: row.id.to_string(),
        });
    };
    let reboot =
        !input.boolean("NoReboot")?.unwrap_or(false) && row.state == InstanceState::Running;
    let (instance, devices) = (row.id, row.volumes.clone());
    let system = Rc::new(System {
        image_name: os.name,
        guest: row.guest.on_root_volume(),
    });
    let tags = Tags::specified(input, "image", &["snapshot"])?;
    let snapshot_tags = Tags::specified(input, "snapshot", &["image"])?;
    let description = input.text("Description")?.unwrap_or_default().to_owned();
    let id: ImageId = ctx.world.mint();
    let place = ctx.caller.clone();
    let mut made = Vec::new();
    let mut longest = 0;
    for (device, volume) in devices {
        let region = ctx.region()?;
        let Some(volume) = region.volumes.get(&volume) else {
            continue;
        };
        let words = format!("Created by CreateImage({instance}) for {id}");
        let new = NewSnapshot::of(ctx.world, region, volume, &words, snapshot_tags.clone());
        let mut row = ImageDevice {
            device,
            snapshot: None,
            shape: volume.shape,
            encrypted: volume.encrypted,
            kms_key: volume.kms_key.clone(),
            delete_on_termination: volume
                .attachment
                .as_ref()
                .is_none_or(|tie| tie.delete_on_termination),
        };
        longest = longest.max(duration(row.shape.size));
        row.snapshot = Some(snapshot::make(ctx, &place, new)?);
        made.push(row);
    }
    let now = ctx.world.now();
    let row = OwnImage {
        serial: ctx.world.serial(),
        available: now.plus(longest + 5 * SECOND),
        source_instance: Some(instance),
        ..OwnImage::new(id, name, description, now, made, system, tags)
    };
    add(ctx, row)?;
    if reboot {
        lifecycle::reboot(ctx.world, ctx.caller, instance)?;
    }
    Ok(object! { "ImageId": text(id) })
}

/// A new image, which is looked at again when it is no longer pending.
fn add(ctx: &mut Context<'_>, row: OwnImage) -> ApiResult<()> {
    let schedule = Rc::make_mut(&mut ctx.world.schedule);
    schedule.look(row.available, ctx.caller, Resource::Image(row.id));
    ctx.region_mut()?.images.insert(row.id, row);
    Ok(())
}

/// What has fallen due: the image can be launched, or has come to nothing.
pub(crate) fn advance(world: &World, caller: &Caller, id: ImageId, events: &mut Vec<Event>) {
    let row = world
        .region(caller)
        .and_then(|region| region.images.get(&id));
    if let Some(row) = row {
        events.push(Event::ImageEnded {
            image: id,
            failed: row.failed.0.is_some(),
        });
    }
}

/// Whether the caller may read what an image is made of. An image that is shared can be launched without; to copy it, its
/// snapshots must be shared as well
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html#copy-ami-across-accounts>).
///
/// # Errors
/// `InvalidRequest`.
fn storage_is_open(world: &World, from: &Caller, source: &Source) -> ApiResult<()> {
    let devices = source.own.iter().flat_map(|own| &own.devices);
    let closed = devices
        .filter_map(|device| sharing::stored(world, from.region, device.snapshot?))
        .any(|(owner, row)| !sharing::opens(owner, row, from.account));
    if closed {
        return Err(ApiError::InvalidRequest {
            detail: "You do not have permission to access the storage of this ami".to_owned(),
        });
    }
    Ok(())
}

/// Copies an image into the caller's Region: the copy is the caller's, with a snapshot of its own. When a key cannot be used,
/// the copy ends in the state `failed`.
///
/// # Errors
/// `InvalidRequest` when the snapshots are not shared, `InvalidAMIID.NotFound`, `InvalidAMIID.Unavailable`, `InvalidAMIName.Duplicate`.
pub fn copy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let from = source_region(ctx, input)?;
    let now = ctx.world.now();
    let written = input.required("SourceImageId")?;
    let source = launchable(ctx.world, &from, written, now)?;
    storage_is_open(ctx.world, &from, &source)?;
    let foreign = source.owner != ctx.caller.account;
    let name = name(ctx.region()?, input.required("Name")?)?;
    let tags = Tags::specified(input, "image", &["snapshot"])?;
    let mut all_tags = match &source.own {
        Some(own) if !foreign && input.boolean("CopyImageTags")?.unwrap_or(false) => {
            own.tags.clone()
        }
        _ => Tags::default(),
    };
    all_tags.merge(&tags)?;
    let snapshot_tags = Tags::specified(input, "snapshot", &["image"])?;
    let (devices, system, usual) = match &source.own {
        Some(own) => (
            own.devices.clone(),
            Rc::clone(&own.system),
            own.description.clone(),
        ),
        None => (
            vec![ImageDevice {
                device: source.base.root_device_name.to_owned(),
                snapshot: None,
                shape: source.base.root_shape(),
                encrypted: false,
                kms_key: None,
                delete_on_termination: true,
            }],
            Rc::new(System {
                image_name: source.base.name,
                guest: Guest::new(service::of_image(source.base)),
            }),
            source.base.description.to_owned(),
        ),
    };
    let description = input.text("Description")?.map_or(usual, str::to_owned);
    let id: ImageId = ctx.world.mint();
    let place = ctx.caller.clone();
    let mut made = Vec::new();
    let mut longest = 0;
    let mut failed = false;
    for mut device in devices {
        // A key of one Region is nothing in another: there, the usual one takes its place.
        let sealed = Sealed {
            encrypted: device.encrypted,
            key: device.kms_key.clone(),
            own: !foreign && from.region == ctx.caller.region,
        };
        let (encrypted, kms_key) = key::encryption(ctx.world, ctx.region()?, input, &sealed)?;
        let barred =
            key::can_make(ctx.world, &from, &sealed, ctx.caller, kms_key.as_deref()).is_err();
        failed |= barred;
        let new = NewSnapshot {
            volume: None,
            size: device.shape.size,
            description: format!(
                "Copied for DestinationAmi {id} from SourceAmi {} for SourceSnapshot",
                source.id
            ),
            encrypted,
            kms_key: kms_key.clone(),
            system: (device.device == source.base.root_device_name).then(|| Rc::clone(&system)),
            disk: device
                .snapshot
                .and_then(|id| sharing::stored(ctx.world, from.region, id))
                .map(|(_, row)| row.disk.clone())
                .unwrap_or_default(),
            tags: snapshot_tags.clone(),
            failed: barred.then_some(INACCESSIBLE),
        };
        longest = longest.max(duration(device.shape.size));
        device.snapshot = Some(snapshot::make(ctx, &place, new)?);
        (device.encrypted, device.kms_key) = (encrypted, kms_key);
        made.push(device);
    }
    let row = OwnImage {
        serial: ctx.world.serial(),
        available: now.plus(if failed {
            FAILS_AFTER
        } else {
            longest + 5 * SECOND
        }),
        copied_from: Some((source.id, from.region)),
        copied_from_account: Later(foreign.then_some(source.owner)),
        failed: Later(failed.then_some(())),
        ..OwnImage::new(id, name, description, now, made, system, all_tags)
    };
    add(ctx, row)?;
    Ok(object! { "ImageId": text(id) })
}

/// Takes an image away. Instances that were launched from it run on; its snapshots stay unless they are to go as well.
///
/// # Errors
/// `InvalidAMIID.NotFound`, `AuthFailure` for somebody else's.
pub fn deregister(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = own(ctx, input.required("ImageId")?)?;
    retire::may_go(row, ctx.world.now())?;
    let with_snapshots = input.boolean("DeleteAssociatedSnapshots")?.unwrap_or(false);
    let (id, devices) = (row.id, row.devices.clone());
    let region = ctx.region_mut()?;
    region.images.remove(&id);
    let mut results = Vec::new();
    for snapshot in devices.iter().filter_map(|device| device.snapshot) {
        if !with_snapshots {
            continue;
        }
        let shared = region.images.values().any(|image| {
            image
                .devices
                .iter()
                .any(|device| device.snapshot == Some(snapshot))
        });
        if !shared {
            region.snapshots.remove(&snapshot);
        }
        let code = if shared { "skipped" } else { "success" };
        results.push(json!({ "SnapshotId": snapshot.to_string(), "ReturnCode": code }));
    }
    Ok(object! { "Return": true, "DeleteSnapshotResults": with_snapshots.then_some(results) })
}
