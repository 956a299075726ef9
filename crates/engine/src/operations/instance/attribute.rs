//! ModifyInstanceAttribute and ResetInstanceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html>).

use super::launch::{ebs_optimized, fits, kind, options, shutdown};
use crate::error::{ApiError, ApiResult};
use crate::guest::user_data;

use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::network_interface::{attach, make};

use crate::resources::instance::{Instance, InstanceState};
use base64ct::{Base64, Encoding};
use std::rc::Rc;

/// The parameters that each name an attribute, and the attribute's name.
const ATTRIBUTES: [(&str, &str); 10] = [
    ("DisableApiTermination", "disableApiTermination"),
    ("DisableApiStop", "disableApiStop"),
    ("SourceDestCheck", "sourceDestCheck"),
    ("EbsOptimized", "ebsOptimized"),
    ("InstanceType", "instanceType"),
    (
        "InstanceInitiatedShutdownBehavior",
        "instanceInitiatedShutdownBehavior",
    ),
    ("UserData", "userData"),
    ("SriovNetSupport", "sriovNetSupport"),
    ("EnaSupport", "enaSupport"),
    ("Groups", "groupSet"),
];

/// Says of volumes whether they go when the instance is terminated
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html>).
fn keep_volumes(ctx: &mut Context<'_>, row: &Instance, input: Input<'_>) -> ApiResult {
    for mapping in input.objects("BlockDeviceMappings")? {
        let device = mapping.required("DeviceName")?;
        let ebs = mapping.object("Ebs")?;
        let wanted = ebs.boolean("DeleteOnTermination")?;
        let named = ebs.text("VolumeId")?;
        let found = row
            .volumes
            .iter()
            .find(|(name, id)| name == device && named.is_none_or(|named| named == id.to_string()));
        let Some((_, id)) = found else {
            return Err(ApiError::InvalidInstanceAttributeValue {
                detail: format!("No device is currently mapped at {device}"),
            });
        };
        let tie = ctx
            .region_mut()?
            .volumes
            .get_mut(id)
            .and_then(|volume| volume.attachment.as_mut());
        if let (Some(tie), Some(wanted)) = (tie, wanted) {
            tie.delete_on_termination = wanted;
        }
    }
    Ok(object! {})
}

/// Changes one attribute.
///
/// # Errors
/// `IncorrectInstanceState` for what can only be changed on a stopped instance, `InvalidInstanceID` for what belongs to
/// one interface when there are several, `InvalidParameterCombination` for none or several attributes.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?.clone();
    if row.state.is_terminal() {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!(
                "The instance '{}' is {} and cannot be modified.",
                row.id,
                row.state.as_str()
            ),
        });
    }
    if input.has_some("BlockDeviceMappings") {
        return keep_volumes(ctx, &row, input);
    }
    let (name, value) = named(input)?;
    match name {
        "groupSet" => {
            let ids = input.texts("Groups")?;
            let region = ctx.region()?;
            let nic = lookup::only_interface(region, &row)?;
            let subnet = lookup::subnet(region, &row.subnet.to_string())?;
            let groups = make::groups(region, subnet, &ids)?;
            if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&nic) {
                nic.groups = groups;
            }
        }
        "sourceDestCheck" => {
            let check = flag(&value)?;
            let nic = lookup::only_interface(ctx.region()?, &row)?;
            if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&nic) {
                nic.source_dest_check = check;
            }
        }
        "instanceType" => {
            stopped(&row)?;
            change_type(ctx, &row, &value)?;
        }
        _ => {
            let change = plain(&row, name, &value)?;
            if let Some(target) = ctx.region_mut()?.instances.get_mut(&row.id) {
                change(target);
            }
        }
    }
    Ok(object! {})
}

/// What a call does to an instance, once it is checked.
type Change = Box<dyn FnOnce(&mut Instance)>;

/// The attributes that are a field of the instance alone.
fn plain(row: &Instance, name: &str, value: &str) -> ApiResult<Change> {
    Ok(match name {
        "disableApiTermination" => {
            let on = flag(value)?;
            Box::new(move |row| row.disable_api_termination = on)
        }
        "disableApiStop" => {
            let on = flag(value)?;
            Box::new(move |row| row.disable_api_stop = on)
        }
        "instanceInitiatedShutdownBehavior" => {
            let terminates = shutdown(Some(value))?;
            Box::new(move |row| row.shutdown_terminates = terminates)
        }
        "ebsOptimized" => {
            stopped(row)?;
            let on = match row.kind() {
                Some(kind) => ebs_optimized(kind, Some(flag(value)?))?,
                None => flag(value)?,
            };
            Box::new(move |row| row.ebs_optimized = on)
        }
        "userData" => {
            stopped(row)?;
            let data = decode(value)?;
            Box::new(move |row| row.user_data = (!data.is_empty()).then(|| Rc::from(data)))
        }
        // Once there, it cannot be taken off again
        // (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sriov-networking.html).
        "sriovNetSupport" => {
            stopped(row)?;
            if value != "simple" {
                return Err(ApiError::InvalidParameterValue {
                    detail: format!(
                        "Value ({value}) for parameter sriovNetSupport is invalid. Valid values: simple"
                    ),
                });
            }
            Box::new(|row| row.options.sriov_net_support = true)
        }
        "enaSupport" => {
            stopped(row)?;
            if !flag(value)? {
                return Err(ApiError::NotModelled {
                    what: "An instance without its network driver".to_owned(),
                });
            }
            Box::new(|_| {})
        }
        other => {
            return Err(ApiError::NotModelled {
                what: format!("The instance attribute {other}"),
            });
        }
    })
}

/// Another type of the same architecture, with room for the interfaces that are there.
fn change_type(ctx: &mut Context<'_>, row: &Instance, name: &str) -> ApiResult<()> {
    let kind = kind(name).map_err(|_| ApiError::InvalidInstanceAttributeValue {
        detail: format!("Invalid value '{name}' for InstanceType."),
    })?;
    // A limitation of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Hibernate.html.
    if row.options.hibernation {
        return Err(ApiError::UnsupportedOperation {
            detail: format!(
                "The instance '{}' is enabled for hibernation: its type cannot be changed.",
                row.id
            ),
        });
    }
    if let Some(os) = row.os() {
        fits(os, kind)?;
    }
    let region = ctx.region_mut()?;
    let addresses = row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id))
        .map(|nic| nic.addresses.len())
        .max()
        .unwrap_or(1);
    attach::kind_fits(kind, row.interfaces.len(), addresses)?;
    if let Some(target) = region.instances.get_mut(&row.id) {
        target.instance_type = kind.name;
        // Cores and credits are those of the new type.
        target.options.cpu = None;
        target.options.cpu_credits = options::default_credits(kind);
    }
    Ok(())
}

/// The attribute that the call names, in either of AWS's two forms.
fn named(input: Input<'_>) -> ApiResult<(&str, String)> {
    if let Some(name) = input.text("Attribute")? {
        return Ok((name, input.required("Value")?.to_owned()));
    }
    let given: Vec<(&str, &str)> = ATTRIBUTES
        .into_iter()
        .filter(|(key, _)| input.has_some(key))
        .collect();
    let (key, name) = match given.as_slice() {
        [] => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "No attributes specified.".to_owned(),
            });
        }
        [one] => *one,
        several => {
            let names: Vec<&str> = several.iter().map(|(_, name)| *name).collect();
            return Err(ApiError::InvalidParameterCombination {
                detail: format!(
                    "Fields for multiple attribute types specified: {}",
                    names.join(", ")
                ),
            });
        }
    };
    let value = match key {
        "Groups" => String::new(),
        "InstanceType" | "InstanceInitiatedShutdownBehavior" | "UserData" | "SriovNetSupport" => {
            input
                .object(key)?
                .text("Value")?
                .unwrap_or_default()
                .to_owned()
        }
        _ => input.boolean(key)?.unwrap_or_default().to_string(),
    };
    Ok((name, value))
}

fn flag(value: &str) -> ApiResult<bool> {
    value
        .parse::<bool>()
        .map_err(|_| ApiError::InvalidParameterValue {
            detail: format!("Value ({value}) for parameter value is invalid."),
        })
}

/// Whether what follows may be done: on a stopped instance only.
///
/// # Errors
/// `IncorrectInstanceState`.
pub(super) fn stopped(row: &Instance) -> ApiResult<()> {
    if row.state == InstanceState::Stopped {
        return Ok(());
    }
    Err(ApiError::IncorrectInstanceState {
        detail: format!("The instance '{}' is not in the 'stopped' state.", row.id),
    })
}

fn decode(value: &str) -> ApiResult<Vec<u8>> {
    let compact: String = value.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let data = Base64::decode_vec(&compact).map_err(|_| ApiError::InvalidUserDataMalformed {
        detail: "Invalid BASE64 encoding of user data.".to_owned(),
    })?;
    if data.len() > user_data::LIMIT {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("User data is limited to {} bytes", user_data::LIMIT),
        });
    }
    Ok(data)
}

/// Sets an attribute to what AWS starts instances with
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetInstanceAttribute.html>).
///
/// # Errors
/// `IncorrectInstanceState` for kernel and RAM disk unless stopped, `InvalidParameterValue` for any other attribute.
pub fn reset(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?.clone();
    match input.required("Attribute")? {
        "sourceDestCheck" => {
            let nic = lookup::only_interface(ctx.region()?, &row)?;
            if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&nic) {
                nic.source_dest_check = true;
            }
        }
        // The lab's images bring their own kernel, as all HVM images do: there is nothing to put back.
        "kernel" | "ramdisk" => stopped(&row)?,
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter attribute is invalid. Only kernel, ramdisk and sourceDestCheck can be reset."
                ),
            });
        }
    }
    Ok(object! {})
}
