//! CreateSnapshot, CreateSnapshots, CopySnapshot, DeleteSnapshot
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html>).

use super::show;
use crate::catalogue;
use crate::clock::SECOND;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::guest::disk;
use crate::ids::{ResourceId, SnapshotId, VolumeId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::volume::key::{self, Sealed};
use crate::operations::volume::show as volume_show;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::later::Later;
use crate::resources::snapshot::{Snapshot, System, duration};
use crate::resources::tags::Tags;
use crate::resources::volume::{Disk, Volume};
use crate::scheduler::Resource;
use crate::sharing;
use crate::world::{Caller, World};
use std::rc::Rc;

/// How long a copy is `pending` whose key cannot be used.
pub(crate) const FAILS_AFTER: u64 = 10 * SECOND;
/// What AWS says of such a copy
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html>, StateMessage).
pub(crate) const INACCESSIBLE: &str =
    "Given key ID is not accessible. You must have DescribeKey permissions on the default CMK";

/// A snapshot to make.
#[derive(Clone, Debug)]
pub(crate) struct NewSnapshot {
    pub volume: Option<VolumeId>,
    pub size: u32,
    pub description: String,
    pub encrypted: bool,
    pub kms_key: Option<String>,
    pub system: Option<Rc<System>>,
    pub disk: Disk,
    pub tags: Tags,
    /// Why it will come to nothing.
    pub failed: Option<&'static str>,
}

impl NewSnapshot {
    /// One of a volume as it is now; of a root volume with the system that is on it.
    pub(crate) fn of(
        world: &World,
        region: &RegionState,
        row: &Volume,
        description: &str,
        tags: Tags,
    ) -> Self {
        NewSnapshot {
            volume: Some(row.id),
            size: row.shape.size,
            description: description.to_owned(),
            encrypted: row.encrypted,
            kms_key: row.kms_key.clone(),
            system: system(world, region, row),
            disk: disk::contents(region, row.id),
            tags,
            failed: None,
        }
    }
}

/// The system on a volume: an instance's when it is its root volume, else what it was made from.
fn system(world: &World, region: &RegionState, row: &Volume) -> Option<Rc<System>> {
    let used = row.attachment.as_ref().and_then(|tie| {
        let instance = region.instances.get(&tie.instance)?;
        let os = instance.os()?;
        (os.root_device_name == tie.device).then(|| {
            Rc::new(System {
                image_name: os.name,
                guest: instance.guest.on_root_volume(),
            })
        })
    });
    used.or_else(|| {
        let (_, source) = sharing::stored(world, region.name, row.snapshot?)?;
        source.system.clone()
    })
}

/// Begins a snapshot in a Region.
pub(crate) fn make(
    ctx: &mut Context<'_>,
    place: &Caller,
    new: NewSnapshot,
) -> ApiResult<SnapshotId> {
    let now = ctx.world.now();
    let row = Snapshot {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        volume: new.volume,
        size: new.size,
        started: now,
        // What fails does so at its beginning.
        completed: now.plus(match new.failed {
            None => duration(new.size),
            Some(_) => FAILS_AFTER,
        }),
        description: new.description,
        encrypted: new.encrypted,
        kms_key: new.kms_key,
        permissions: Vec::new(),
        system: new.system,
        disk: new.disk,
        tags: new.tags,
        failed: Later(new.failed),
    };
    let id = row.id;
    let schedule = Rc::make_mut(&mut ctx.world.schedule);
    schedule.look(row.completed, place, Resource::Snapshot(id));
    if let Some(region) = ctx.world.region_mut(place) {
        region.snapshots.insert(id, row);
    }
    Ok(id)
}

/// What has fallen due: the snapshot is all there, or has come to nothing.
pub(crate) fn advance(world: &World, caller: &Caller, id: SnapshotId, events: &mut Vec<Event>) {
    let row = world
        .region(caller)
        .and_then(|region| region.snapshots.get(&id));
    if let Some(row) = row {
        events.push(Event::SnapshotEnded {
            snapshot: id,
            failed: !row.is_completed(world.now()),
        });
    }
}

/// A snapshot as the call that made it shows it.
fn made(region: &RegionState, row: &Snapshot, progress: &str) -> Value {
    object! {
        "Tags": row.tags.describe_all(), "SnapshotId": text(row.id), "VolumeId": row.volume.map(text), "State": "pending",
        "StartTime": text(row.started), "Progress": progress, "OwnerId": text(region.account),
        "Description": row.description.clone(), "VolumeSize": row.size, "Encrypted": row.encrypted,
    }
}

/// Begins to copy a volume. What is written after this moment is not in it.
///
/// # Errors
/// `InvalidVolume.NotFound`.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = volume_show::find(region, input.required("VolumeId")?)?;
    let description = input.text("Description")?.unwrap_or_default();
    let tags = Tags::specified(input, "snapshot", &[])?;
    let new = NewSnapshot::of(ctx.world, region, row, description, tags);
    let place = ctx.caller.clone();
    let id = make(ctx, &place, new)?;
    let region = ctx.region()?;
    Ok(region
        .snapshots
        .get(&id)
        .map_or(Value::Null, |row| made(region, row, "")))
}

/// Snapshots of all volumes of an instance, of the same moment.
///
/// # Errors
/// Unknown ids.
pub fn several(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let given = input.object("InstanceSpecification")?;
    let row = lookup::instance(region, given.required("InstanceId")?)?;
    let without_boot = given.boolean("ExcludeBootVolume")?.unwrap_or(false);
    let left_out = given.texts("ExcludeDataVolumeIds")?;
    let copy_tags = match input.text("CopyTagsFromSource")? {
        None => false,
        Some("volume") => true,
        Some(other) => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter copyTagsFromSource is invalid. Valid values: volume"
                ),
            });
        }
    };
    let description = input.text("Description")?.unwrap_or_default();
    let tags = Tags::specified(input, "snapshot", &[])?;
    let root = row.os().map_or("", |os| os.root_device_name);
    let mut all = Vec::new();
    for (device, id) in &row.volumes {
        let skipped =
            (without_boot && device == root) || left_out.contains(&id.to_string().as_str());
        let Some(volume) = region.volumes.get(id).filter(|_| !skipped) else {
            continue;
        };
        let mut own = if copy_tags {
            volume.tags.clone()
        } else {
            Tags::default()
        };
        own.merge(&tags)?;
        all.push(NewSnapshot::of(ctx.world, region, volume, description, own));
    }
    let place = ctx.caller.clone();
    let mut shown = Vec::new();
    for new in all {
        let id = make(ctx, &place, new)?;
        let region = ctx.region()?;
        if let Some(row) = region.snapshots.get(&id) {
            shown.push(made(region, row, ""));
        }
    }
    Ok(object! { "Snapshots": shown })
}

/// The Region of a call's `SourceRegion`.
pub(crate) fn source_region(ctx: &Context<'_>, input: Input<'_>) -> ApiResult<Caller> {
    let name = input.required("SourceRegion")?;
    let region = catalogue::region(name).ok_or_else(|| ApiError::InvalidParameterValue {
        detail: format!("Value ({name}) for parameter sourceRegion is invalid."),
    })?;
    Ok(Caller {
        account: ctx.caller.account,
        region: region.name,
    })
}

/// Copies a snapshot into the caller's Region: the copy is the caller's. Encrypting on the way is possible, also with another
/// key; the other way round is not. When a key cannot be used, the copy ends in the state `error`.
///
/// # Errors
/// `InvalidSnapshot.NotFound`, `IncorrectState` while it is pending.
pub fn copy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let from = source_region(ctx, input)?;
    let now = ctx.world.now();
    let written = input.required("SourceSnapshotId")?;
    let source = show::source(ctx.world, &from, written, now)?;
    if let Some(other) = input
        .text("DestinationRegion")?
        .filter(|name| *name != ctx.caller.region)
    {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("The destination Region {other} is not the one that was called."),
        });
    }
    // A key of one Region is nothing in another: there, the usual one takes its place.
    let sealed = Sealed {
        own: source.sealed.own && from.region == ctx.caller.region,
        ..source.sealed
    };
    let (encrypted, kms_key) = key::encryption(ctx.world, ctx.region()?, input, &sealed)?;
    let barred = key::can_make(ctx.world, &from, &sealed, ctx.caller, kms_key.as_deref()).is_err();
    let usual = format!("[Copied {} from {}]", source.id, from.region);
    let description = input.text("Description")?.unwrap_or(&usual).to_owned();
    let new = NewSnapshot {
        volume: None,
        size: source.size,
        description,
        encrypted,
        kms_key,
        system: source.system,
        disk: source.disk,
        tags: Tags::specified(input, "snapshot", &[])?,
        failed: barred.then_some(INACCESSIBLE),
    };
    let place = ctx.caller.clone();
    let id = make(ctx, &place, new)?;
    let tags = ctx
        .region()?
        .snapshots
        .get(&id)
        .map(|row| row.tags.describe());
    Ok(object! { "Tags": tags, "SnapshotId": text(id) })
}

/// Takes a snapshot away that no image needs. Later snapshots of the same volume stay whole.
///
/// # Errors
/// `InvalidSnapshot.InUse`, `InvalidSnapshot.NotFound`, `AuthFailure` for one of Amazon's.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let written = input.required("SnapshotId")?;
    let amazons = SnapshotId::parse(written)
        .is_some_and(|id| catalogue::images().any(|image| image.snapshot(region.name) == id));
    if amazons {
        return Err(ApiError::AuthFailure {
            detail: format!("Not authorized for snapshot: {written}"),
        });
    }
    let id = show::find(region, written)?.id;
    let user = region.images.values().find(|image| {
        image
            .devices
            .iter()
            .any(|device| device.snapshot == Some(id))
    });
    if let Some(image) = user {
        return Err(ApiError::InvalidSnapshotInUse {
            id: id.to_string(),
            image: image.id.to_string(),
        });
    }
    ctx.region_mut()?.snapshots.remove(&id);
    Ok(object! {})
}
