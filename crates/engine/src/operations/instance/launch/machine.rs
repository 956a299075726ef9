//! What kind of machine a launch asks for: type, zone, options; and what AWS says when they do not fit.

use super::request::invalid;
use crate::catalogue::{self, Image, InstanceType};
use crate::error::{ApiError, ApiResult};
use crate::region::RegionState;

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
