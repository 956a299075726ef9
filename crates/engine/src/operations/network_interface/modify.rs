//! ModifyNetworkInterfaceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html>).

use super::make;
use crate::error::{ApiError, ApiResult};
use crate::ids::{InstanceId, NetworkInterfaceId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::instance::lifecycle;
use crate::operations::lookup;
use crate::resources::instance::InstanceState;

/// The attributes, of which a call changes one.
const ATTRIBUTES: [&str; 6] = [
    "Groups",
    "SourceDestCheck",
    "Description",
    "Attachment",
    "AssociatePublicIpAddress",
    "ConnectionTrackingSpecification",
];

/// Changes one attribute.
///
/// # Errors
/// Unknown ids, `InvalidParameterCombination` for none or several attributes, `SecurityGroupsPerInterfaceLimitExceeded`.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let nic = lookup::own_interface(region, input.required("NetworkInterfaceId")?)?;
    let id = nic.id;
    let given: Vec<&str> = ATTRIBUTES
        .into_iter()
        .filter(|key| input.has_some(key))
        .collect();
    match given.as_slice() {
        [] => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "No attributes specified.".to_owned(),
            });
        }
        ["Groups"] => {
            let subnet = lookup::subnet(region, &nic.subnet.to_string())?;
            let groups = make::groups(region, subnet, &input.texts("Groups")?)?;
            change(ctx, id, |nic| nic.groups = groups)?;
        }
        ["SourceDestCheck"] => {
            if let Some(check) = input.object("SourceDestCheck")?.boolean("Value")? {
                change(ctx, id, |nic| nic.source_dest_check = check)?;
            }
        }
        ["Description"] => {
            let words = input
                .object("Description")?
                .text("Value")?
                .unwrap_or_default();
            let words = words.to_owned();
            change(ctx, id, |nic| nic.description = words)?;
        }
        ["Attachment"] => attachment(ctx, id, input.object("Attachment")?)?,
        ["AssociatePublicIpAddress"] => {
            let wanted = input.boolean("AssociatePublicIpAddress")?.unwrap_or(false);
            public_address(ctx, id, wanted)?;
        }
        ["ConnectionTrackingSpecification"] => {
            let times = make::tracking(input)?;
            change(ctx, id, |nic| nic.connection_tracking = times)?;
        }
        _ => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "Fields for multiple attribute types specified".to_owned(),
            });
        }
    }
    Ok(object! {})
}

fn change(
    ctx: &mut Context<'_>,
    id: NetworkInterfaceId,
    how: impl FnOnce(&mut crate::resources::network_interface::NetworkInterface),
) -> ApiResult<()> {
    if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&id) {
        how(nic);
    }
    Ok(())
}

/// Whether the interface goes with its instance. The attachment is named, so that an old wish does not hit a new one.
fn attachment(ctx: &mut Context<'_>, id: NetworkInterfaceId, input: Input<'_>) -> ApiResult<()> {
    let named = input.required("AttachmentId")?;
    let wanted = input.boolean("DeleteOnTermination")?;
    let known = ctx
        .region()?
        .network_interfaces
        .get(&id)
        .and_then(|nic| nic.attachment)
        .is_some_and(|tie| tie.id.to_string() == named);
    if !known {
        return Err(ApiError::InvalidAttachmentIdNotFound {
            attachment_id: named.to_owned(),
        });
    }
    change(ctx, id, |nic| {
        if let (Some(tie), Some(wanted)) = (nic.attachment.as_mut(), wanted) {
            tie.delete_on_termination = wanted;
        }
    })
}

/// A public address of AWS's for the primary interface, now and at every start, or no more
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/managing-network-interface-ip-addresses.html>).
fn public_address(ctx: &mut Context<'_>, id: NetworkInterfaceId, wanted: bool) -> ApiResult<()> {
    let region = ctx.region()?;
    let primary: Option<InstanceId> = region
        .network_interfaces
        .get(&id)
        .and_then(|nic| nic.attachment)
        .filter(|tie| tie.device_index == 0)
        .map(|tie| tie.instance);
    let Some(instance) = primary else {
        return Err(ApiError::InvalidParameterCombination {
            detail: format!(
                "A public IP address can be associated with a primary network interface only; '{id}' is none."
            ),
        });
    };
    let running = region
        .instances
        .get(&instance)
        .is_some_and(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running));
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&instance) {
        row.public_ip_at_start = wanted;
    }
    if wanted && running {
        lifecycle::assign_public_ip(ctx.world, ctx.caller, instance)?;
    } else if !wanted {
        lifecycle::release_public_ip(ctx.world, ctx.caller, instance);
    }
    Ok(())
}
