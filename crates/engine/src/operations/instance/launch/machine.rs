//! What kind of machine a launch asks for: image, type, volumes, options; and what AWS says when they do not fit.

use super::request::invalid;
use crate::catalogue::{self, Image, InstanceType};
use crate::error::{ApiError, ApiResult};
use crate::ids::{ImageId, ResourceId};
use crate::input::Input;
use crate::region::RegionState;

pub(super) fn image(region: &RegionState, text: &str) -> ApiResult<&'static Image> {
    let id = ImageId::parse(text).ok_or_else(|| ApiError::InvalidAmiIdMalformed {
        image_id: text.to_owned(),
    })?;
    region
        .image(id)
        .ok_or_else(|| ApiError::InvalidAmiIdNotFound {
            image_id: text.to_owned(),
        })
}

/// The type of this name.
pub(in crate::operations::instance) fn kind(name: &str) -> ApiResult<&'static InstanceType> {
    catalogue::instance_type(name)
        .ok_or_else(|| invalid(format!("Invalid value '{name}' for InstanceType.")))
}

/// An image runs on a type of its architecture only.
pub(in crate::operations::instance) fn fits(image: &Image, kind: &InstanceType) -> ApiResult<()> {
    if kind.architectures.contains(&image.architecture) {
        return Ok(());
    }
    Err(invalid(format!(
        "The architecture '{}' of the specified instance type does not match the architecture '{}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.",
        kind.architectures.join(","),
        image.architecture
    )))
}

/// Whether the instance has its own bandwidth to EBS: as asked, else as the type has it.
pub(in crate::operations::instance) fn ebs_optimized(
    kind: &InstanceType,
    wanted: Option<bool>,
) -> ApiResult<bool> {
    if wanted == Some(true) && kind.ebs_optimized == "unsupported" {
        return Err(ApiError::Unsupported { detail: "EBS-optimized instances are not supported for your requested configuration. Please check the documentation for supported configurations.".to_owned() });
    }
    Ok(wanted.unwrap_or(kind.ebs_optimized == "default"))
}

/// Whether a zone has this type.
pub(in crate::operations::instance) fn offered(
    region: &RegionState,
    kind: &InstanceType,
    zone: &str,
) -> ApiResult<()> {
    if kind.offered_in(region.name, zone) {
        return Ok(());
    }
    let zones: Vec<String> = kind
        .zone_letters(region.name)
        .chars()
        .map(|letter| format!("{}{letter}", region.name))
        .collect();
    if zones.is_empty() {
        return Err(ApiError::Unsupported { detail: "The requested configuration is currently not supported. Please check the documentation for supported configurations.".to_owned() });
    }
    Err(ApiError::Unsupported {
        detail: format!(
            "Your requested instance type ({}) is not supported in your requested Availability Zone ({zone}). Please retry your request by not specifying an Availability Zone or choosing {}.",
            kind.name,
            zones.join(", ")
        ),
    })
}

/// Whether `shutdown` inside terminates.
pub(in crate::operations::instance) fn shutdown(behavior: Option<&str>) -> ApiResult<bool> {
    match behavior {
        None | Some("stop") => Ok(false),
        Some("terminate") => Ok(true),
        Some(other) => Err(invalid(format!(
            "Value ({other}) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values: stop, terminate"
        ))),
    }
}

/// Size and type of the root volume; further volumes are not modelled here.
pub(super) fn root_volume(image: &Image, input: Input<'_>) -> ApiResult<(u32, &'static str)> {
    let mut size = image.root_volume_gib;
    let mut kind = "gp3";
    for mapping in input.objects("BlockDeviceMappings")? {
        let device = mapping.required("DeviceName")?;
        if device != image.root_device_name {
            return Err(ApiError::NotModelled {
                what: format!("A volume besides the root volume ({device})"),
            });
        }
        let ebs = mapping.object("Ebs")?;
        if let Some(wanted) = ebs.integer("VolumeSize")? {
            size = u32::try_from(wanted)
                .ok()
                .filter(|size| (1..=16_384).contains(size))
                .ok_or_else(|| {
                    invalid(format!(
                        "Volume of {wanted}GiB is not between 1GiB and 16384GiB"
                    ))
                })?;
            if size < image.root_volume_gib {
                return Err(ApiError::InvalidBlockDeviceMapping {
                    detail: format!(
                        "Volume of size {size}GB is smaller than snapshot, expect size >= {}GB",
                        image.root_volume_gib
                    ),
                });
            }
        }
        if let Some(wanted) = ebs.text("VolumeType")? {
            kind = ["gp2", "gp3", "io1", "io2", "standard"]
                .into_iter()
                .find(|known| *known == wanted)
                .ok_or_else(|| {
                    invalid(format!(
                        "Value ({wanted}) for parameter volumeType is invalid."
                    ))
                })?;
        }
        if ebs.boolean("DeleteOnTermination")? == Some(false) {
            return Err(ApiError::NotModelled {
                what: "A root volume that outlives its instance".to_owned(),
            });
        }
    }
    Ok((size, kind))
}
