//! Making a volume, tying it to an instance and taking it off; launches do the same.

use crate::catalogue::InstanceType;
use crate::clock::{Instant, SECOND};
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::guest::disk;
use crate::ids::{InstanceId, SnapshotId, VolumeId};
use crate::kms::access::{Use, usable};
use crate::operation::Context;
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::tags::Tags;
use crate::resources::volume::{
    AttachmentState, Disk, Volume, VolumeAttachment, VolumeShape, VolumeState,
};
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// How long a new volume is `creating`, an attachment `attaching` or `detaching`.
pub(super) const MOMENT: u64 = 3 * SECOND;

/// A volume to make.
#[derive(Clone, Debug)]
pub(crate) struct NewVolume {
    pub zone: &'static str,
    pub shape: VolumeShape,
    pub encrypted: bool,
    pub kms_key: Option<String>,
    pub snapshot: Option<SnapshotId>,
    pub multi_attach: bool,
    /// What is on it from the start.
    pub disk: Disk,
    pub client_token: String,
    pub tags: Tags,
}

/// Makes a volume. One of a launch is tied to its instance from the start.
///
/// # Errors
/// None but those of a Region that is not there.
pub(crate) fn make(
    ctx: &mut Context<'_>,
    new: NewVolume,
    attachment: Option<VolumeAttachment>,
) -> ApiResult<VolumeId> {
    let row = row(ctx, new, attachment);
    let id = row.id;
    if row.state == VolumeState::Creating {
        look_again(ctx.world, ctx.caller, &row);
    }
    ctx.region_mut()?.volumes.insert(id, row);
    Ok(id)
}

/// Makes a volume that is never available: a key cannot be used.
///
/// # Errors
/// As [`make`].
pub(super) fn make_in_vain(ctx: &mut Context<'_>, new: NewVolume) -> ApiResult<VolumeId> {
    let row = row(ctx, new, None);
    let id = row.id;
    Rc::make_mut(&mut ctx.world.schedule).look(row.due, ctx.caller, Resource::FailedVolume(id));
    ctx.region_mut()?.volumes.insert(id, row);
    Ok(id)
}

/// A volume comes to nothing.
pub(crate) fn give_up(world: &mut World, caller: &Caller, id: VolumeId, events: &mut Vec<Event>) {
    let row = world
        .region_mut(caller)
        .and_then(|region| region.volumes.remove(&id));
    if let Some(row) = row {
        let key = row.kms_key.as_deref().unwrap_or_default();
        let cause = match usable(world, caller, key, Use::Encrypt) {
            Err(why) => why.cause(key),
            Ok(_) => "The key of its snapshot cannot be used.".to_owned(),
        };
        events.push(Event::VolumeFailed {
            volume: id,
            what: "createVolume",
            cause,
        });
    }
}

fn row(ctx: &mut Context<'_>, new: NewVolume, attachment: Option<VolumeAttachment>) -> Volume {
    let now = ctx.world.now();
    Volume {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        zone: new.zone,
        shape: new.shape,
        encrypted: new.encrypted,
        kms_key: new.kms_key,
        snapshot: new.snapshot,
        multi_attach: new.multi_attach,
        state: if attachment.is_some() {
            VolumeState::InUse
        } else {
            VolumeState::Creating
        },
        created: now,
        attachment,
        modification: None,
        changes: Vec::new(),
        auto_enable_io: false,
        due: now.plus(MOMENT),
        disk: new.disk,
        client_token: new.client_token,
        tags: new.tags,
    }
}

pub(super) fn look_again(world: &mut World, caller: &Caller, row: &Volume) {
    look_at(world, caller, row.id, row.due);
}

/// Looks at a volume then.
pub(super) fn look_at(world: &mut World, caller: &Caller, id: VolumeId, at: Instant) {
    Rc::make_mut(&mut world.schedule).look(at, caller, Resource::Volume(id));
}

/// What has fallen due: a new volume is available, an attachment is done, a detachment too.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: VolumeId, events: &mut Vec<Event>) {
    let now = world.now();
    let barred = attaching_in_vain(world, caller, id);
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    let Some(row) = region.volumes.get_mut(&id) else {
        return;
    };
    if let Some(change) = row
        .modification
        .as_ref()
        .filter(|change| now >= change.optimizing)
    {
        row.shape = change.to;
    }
    if now < row.due {
        return;
    }
    if row.state == VolumeState::Creating {
        row.state = VolumeState::Available;
    }
    match row.attachment.as_mut() {
        Some(tie) if tie.state == AttachmentState::Attaching && barred.is_some() => {
            let instance = tie.instance;
            row.attachment = None;
            forget(region, instance, id);
            events.extend(barred.map(|cause| Event::VolumeFailed {
                volume: id,
                what: "attachVolume",
                cause,
            }));
        }
        Some(tie) if tie.state == AttachmentState::Attaching => {
            tie.state = AttachmentState::Attached;
            row.state = VolumeState::InUse;
        }
        Some(tie) if tie.state == AttachmentState::Detaching => {
            let instance = tie.instance;
            disk::unmount_all(region, instance, Some(id));
            if let Some(row) = region.volumes.get_mut(&id) {
                row.attachment = None;
                row.state = VolumeState::Available;
            }
            forget(region, instance, id);
        }
        _ => {}
    }
}

/// Why an attachment comes to nothing: the machine is on and the volume's key cannot be used. One that is off needs it only
/// when it starts
/// (<https://docs.aws.amazon.com/kms/latest/developerguide/unusable-kms-keys.html>).
fn attaching_in_vain(world: &World, caller: &Caller, id: VolumeId) -> Option<String> {
    let region = world.region(caller)?;
    let row = region.volumes.get(&id)?;
    let tie = row.attachment.as_ref()?;
    let instance = region.instances.get(&tie.instance)?;
    if tie.state != AttachmentState::Attaching || instance.state == InstanceState::Stopped {
        return None;
    }
    let key = row.kms_key.as_deref()?;
    let why = usable(world, caller, key, Use::Encrypt).err()?;
    Some(why.cause(key))
}

/// An instance's list no longer names the volume.
fn forget(region: &mut RegionState, instance: InstanceId, id: VolumeId) {
    if let Some(row) = region.instances.get_mut(&instance) {
        row.volumes.retain(|(_, volume)| *volume != id);
    }
}

/// An instance is terminated: its volumes go or stay, as each says
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html>).
pub(crate) fn end_of(world: &mut World, caller: &Caller, instance: InstanceId) {
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    let Some(row) = region.instances.get_mut(&instance) else {
        return;
    };
    let volumes = std::mem::take(&mut row.volumes);
    for (_, id) in volumes {
        let Some(row) = region.volumes.get_mut(&id) else {
            continue;
        };
        if row
            .attachment
            .as_ref()
            .is_some_and(|tie| tie.delete_on_termination)
        {
            region.volumes.remove(&id);
        } else {
            row.attachment = None;
            row.state = VolumeState::Available;
        }
    }
}

/// Whether a device name can be attached to
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html>).
///
/// # Errors
/// `InvalidParameterValue`.
pub(crate) fn device_name(device: &str) -> ApiResult<()> {
    let rest = device
        .strip_prefix("/dev/sd")
        .or_else(|| device.strip_prefix("/dev/xvd"))
        .or_else(|| device.strip_prefix("xvd"));
    let fine = rest.is_some_and(|rest| {
        let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        matches!(letters.len(), 1 | 2)
            && letters.bytes().all(|b| b.is_ascii_lowercase())
            && rest.len() - letters.len() <= 2
    });
    if fine {
        return Ok(());
    }
    Err(ApiError::InvalidParameterValue {
        detail: format!(
            "Value ({device}) for parameter device is invalid. {device} is not a valid EBS device name."
        ),
    })
}

/// Whether an instance has room for a volume under this name.
///
/// # Errors
/// `InvalidParameterValue`, `AttachmentLimitExceeded`.
pub(super) fn room(row: &Instance, device: &str) -> ApiResult<()> {
    device_name(device)?;
    if row.volumes.iter().any(|(name, _)| name == device) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Invalid value '{device}' for unixDevice. Attachment point {device} is already in use"
            ),
        });
    }
    match row.kind() {
        Some(kind) => places(kind, row.volumes.len() + 1, row.interfaces.len()),
        None => Ok(()),
    }
}

/// Whether a type has places for so many volumes beside so many interfaces. On most Nitro types they share them, the first
/// interface not counted (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-limits.html>).
///
/// # Errors
/// `AttachmentLimitExceeded`.
pub(crate) fn places(kind: &InstanceType, volumes: usize, interfaces: usize) -> ApiResult<()> {
    let Some(most) = kind.ebs_attachments else {
        return Ok(());
    };
    let shared = kind.hypervisor == "nitro" && !kind.has("ownvolumes");
    let taken = if shared {
        volumes + interfaces.saturating_sub(1)
    } else {
        volumes
    };
    if taken > most as usize {
        return Err(ApiError::AttachmentLimitExceeded {
            detail: format!(
                "The instance type {} has {most} places for volumes{}; {taken} were asked for.",
                kind.name,
                if shared {
                    " and further network interfaces"
                } else {
                    ""
                }
            ),
        });
    }
    Ok(())
}
