//! AttachVolume, DetachVolume (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html>).

use super::make::{self, MOMENT};
use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::instance::InstanceState;
use crate::resources::volume::{AttachmentState, VolumeAttachment, VolumeState};

/// Ties a volume to an instance of the same zone.
///
/// # Errors
/// `VolumeInUse`, `IncorrectState`, `InvalidVolume.ZoneMismatch`, a device name that is taken or is none.
pub fn attach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let volume = show::find(region, input.required("VolumeId")?)?;
    let instance = lookup::instance(region, input.required("InstanceId")?)?;
    let device = input.required("Device")?;
    if volume.attachment.is_some() {
        return Err(ApiError::VolumeInUse {
            detail: format!("{} is already attached to an instance", volume.id),
        });
    }
    if volume.state != VolumeState::Available {
        return Err(ApiError::IncorrectState {
            detail: format!("{} is not 'available'.", volume.id),
        });
    }
    let now = ctx.world.now();
    if volume
        .modification
        .as_ref()
        .is_some_and(|change| now < change.optimizing)
    {
        return Err(ApiError::OperationNotPermitted {
            detail: format!(
                "Cannot attach volume {} when it is in modification state: MODIFYING",
                volume.id
            ),
        });
    }
    if !matches!(
        instance.state,
        InstanceState::Running | InstanceState::Stopped
    ) {
        return Err(ApiError::IncorrectState {
            detail: format!("Instance '{}' is not 'running'.", instance.id),
        });
    }
    if volume.zone != instance.zone {
        return Err(ApiError::InvalidVolumeZoneMismatch {
            volume: volume.id.to_string(),
            instance: instance.id.to_string(),
        });
    }
    make::room(instance, device)?;
    let (id, instance) = (volume.id, instance.id);
    let region = ctx.region_mut()?;
    if let Some(row) = region.instances.get_mut(&instance) {
        row.volumes.push((device.to_owned(), id));
    }
    tie(ctx, id, |row| {
        // It is in use once the attachment is there: that is what the client's waiter waits for.
        row.attachment = Some(VolumeAttachment {
            instance,
            device: device.to_owned(),
            state: AttachmentState::Attaching,
            attached: now,
            delete_on_termination: false,
        });
    })
}

/// Changes a volume's tie, looks again in a moment, and answers with the tie.
fn tie(
    ctx: &mut Context<'_>,
    id: crate::ids::VolumeId,
    change: impl FnOnce(&mut crate::resources::volume::Volume),
) -> ApiResult {
    let due = ctx.world.now().plus(MOMENT);
    let Some(row) = ctx.region_mut()?.volumes.get_mut(&id) else {
        return Ok(Value::Null);
    };
    change(row);
    row.due = due;
    let row = row.clone();
    make::look_again(ctx.world, ctx.caller, &row);
    Ok(row
        .attachment
        .as_ref()
        .map_or(Value::Null, |tie| show::attachment(&row, tie)))
}

/// Takes a volume off its instance.
///
/// # Errors
/// `IncorrectState` for a volume that nothing has, `InvalidAttachment.NotFound` for another instance or device,
/// `OperationNotPermitted` for the root volume of an instance that is not stopped.
pub fn detach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let volume = show::find(region, input.required("VolumeId")?)?;
    let named = input
        .text("InstanceId")?
        .map(|id| lookup::instance(region, id).map(|row| row.id))
        .transpose()?;
    let Some(found) = &volume.attachment else {
        return Err(ApiError::IncorrectState {
            detail: format!(
                "Volume '{}' is in the '{}' state.",
                volume.id,
                volume.state.as_str()
            ),
        });
    };
    let device = input.text("Device")?;
    if named.is_some_and(|id| id != found.instance)
        || device.is_some_and(|device| device != found.device)
    {
        return Err(ApiError::InvalidAttachmentNotFound {
            detail: format!(
                "Volume '{}' is not attached to the given instance as the given device.",
                volume.id
            ),
        });
    }
    if found.state == AttachmentState::Detaching {
        return Err(ApiError::IncorrectState {
            detail: format!("Volume '{}' is in the 'detaching' state.", volume.id),
        });
    }
    let root = region.instances.get(&found.instance).filter(|row| {
        row.os()
            .is_some_and(|os| os.root_device_name == found.device)
            && row.state != InstanceState::Stopped
    });
    if let Some(row) = root {
        return Err(ApiError::OperationNotPermitted {
            detail: format!(
                "Unable to detach root volume '{}' from instance '{}'",
                volume.id, row.id
            ),
        });
    }
    let id = volume.id;
    tie(ctx, id, |row| {
        if let Some(tie) = row.attachment.as_mut() {
            tie.state = AttachmentState::Detaching;
        }
    })
}
