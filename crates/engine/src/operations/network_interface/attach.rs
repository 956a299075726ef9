//! AttachNetworkInterface and DetachNetworkInterface: an interface moves with its addresses, groups and MAC, within its
//! zone (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html>).

use super::make;
use crate::error::{ApiError, ApiResult};
use crate::ids::{AttachmentId, ResourceId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::volume::make::places;
use crate::output::text;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::network_interface::Attachment;

/// Gives an interface to a running or stopped instance.
///
/// # Errors
/// `InvalidNetworkInterface.InUse`, `AttachmentLimitExceeded`, `PrivateIpAddressLimitExceeded`, another zone, a device
/// index that is taken.
pub fn attach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let nic = lookup::own_interface(region, input.required("NetworkInterfaceId")?)?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let (id, instance) = (nic.id, row.id);
    let Some(index) = input.integer("DeviceIndex")? else {
        return Err(ApiError::MissingParameter {
            parameter: "deviceIndex".to_owned(),
        });
    };
    let index = u32::try_from(index).map_err(|_| ApiError::InvalidParameterValue {
        detail: format!("Value ({index}) for parameter deviceIndex is invalid."),
    })?;
    if nic.attachment.is_some() {
        return Err(ApiError::InvalidNetworkInterfaceInUse {
            network_interface_id: id.to_string(),
        });
    }
    if !matches!(row.state, InstanceState::Running | InstanceState::Stopped) {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!("Instance '{instance}' is not in the 'running' or 'stopped' state."),
        });
    }
    if nic.zone != row.zone {
        return Err(ApiError::InvalidParameterCombination {
            detail: "You may not attach a network interface to an instance if they are not in the same availability zone".to_owned(),
        });
    }
    fits(row, row.interfaces.len() + 1, nic.addresses.len())?;
    if let Some(kind) = row.kind() {
        places(kind, row.volumes.len(), row.interfaces.len() + 1)?;
    }
    let card = input.integer("NetworkCardIndex")?.unwrap_or(0);
    if card != 0 {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "NetworkCard index {card} exceeds the limit for {}.",
                row.instance_type
            ),
        });
    }
    let taken = row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id)?.attachment)
        .any(|tie| tie.device_index == index);
    if taken {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Instance '{instance}' already has an interface attached at device index '{index}'."
            ),
        });
    }
    let attachment = Attachment {
        id: ctx.world.mint(),
        instance,
        device_index: index,
        // One that was made alone outlives the instance unless told otherwise.
        delete_on_termination: false,
        attached: ctx.world.now(),
    };
    make::tie(ctx, id, attachment)?;
    Ok(object! { "AttachmentId": text(attachment.id), "NetworkCardIndex": 0 })
}

/// Whether an instance may have so many interfaces, and an interface of it so many addresses
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html>).
///
/// # Errors
/// `AttachmentLimitExceeded`, `PrivateIpAddressLimitExceeded`.
pub(crate) fn fits(row: &Instance, interfaces: usize, addresses: usize) -> ApiResult<()> {
    match row.kind() {
        Some(kind) => kind_fits(kind, interfaces, addresses),
        None => Ok(()),
    }
}

/// As [`fits`], by type.
///
/// # Errors
/// As [`fits`].
pub(crate) fn kind_fits(
    kind: &crate::catalogue::InstanceType,
    interfaces: usize,
    addresses: usize,
) -> ApiResult<()> {
    if interfaces > kind.max_interfaces as usize {
        return Err(ApiError::AttachmentLimitExceeded {
            detail: format!(
                "Interface count {interfaces} exceeds the limit for {}",
                kind.name
            ),
        });
    }
    if addresses > kind.ipv4_per_interface as usize {
        return Err(ApiError::PrivateIpAddressLimitExceeded {});
    }
    Ok(())
}

/// Takes an interface off an instance; the primary one stays.
///
/// # Errors
/// `InvalidAttachmentID.NotFound`, `OperationNotPermitted` for the primary interface.
pub fn detach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let wanted = input.required("AttachmentId")?;
    // An instance does not resist, so force changes nothing here.
    input.boolean("Force")?;
    let parsed =
        AttachmentId::parse(wanted).ok_or_else(|| ApiError::InvalidAttachmentIdMalformed {
            attachment_id: wanted.to_owned(),
        })?;
    let region = ctx.region_mut()?;
    let found = region
        .network_interfaces
        .values()
        .filter_map(|nic| Some((nic.id, nic.attachment?)))
        .find(|(_, tie)| tie.id == parsed);
    let Some((id, tie)) = found else {
        return Err(ApiError::InvalidAttachmentIdNotFound {
            attachment_id: wanted.to_owned(),
        });
    };
    if tie.device_index == 0 {
        return Err(ApiError::OperationNotPermitted {
            detail: "The network interface at device index 0 and networkCard index 0 cannot be detached.".to_owned(),
        });
    }
    if let Some(nic) = region.network_interfaces.get_mut(&id) {
        nic.attachment = None;
    }
    if let Some(row) = region.instances.get_mut(&tie.instance) {
        row.interfaces.retain(|known| *known != id);
    }
    Ok(object! {})
}
