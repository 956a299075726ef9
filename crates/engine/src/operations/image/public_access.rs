//! Block public access for images and snapshots: an account's word against sharing with everybody
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html>,
//! <https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::resources::volume::SnapshotSharing;

fn unknown(parameter: &str, value: &str, words: &str) -> ApiError {
    ApiError::InvalidParameterValue {
        detail: format!(
            "Value ({value}) for parameter {parameter} is invalid. Valid values: {words}"
        ),
    }
}

/// GetImageBlockPublicAccessState.
///
/// # Errors
/// None but those of every call.
pub fn get(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    let word = if ctx.region()?.ebs.images_may_be_public {
        "unblocked"
    } else {
        "block-new-sharing"
    };
    Ok(object! { "ImageBlockPublicAccessState": word, "ManagedBy": "account" })
}

/// EnableImageBlockPublicAccess: images that are public stay so.
///
/// # Errors
/// `InvalidParameterValue` for another state than `block-new-sharing`.
pub fn enable(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let word = input.required("ImageBlockPublicAccessState")?;
    if word != "block-new-sharing" {
        return Err(unknown(
            "imageBlockPublicAccessState",
            word,
            "block-new-sharing",
        ));
    }
    ctx.region_mut()?.ebs.images_may_be_public = false;
    Ok(object! { "ImageBlockPublicAccessState": word })
}

/// DisableImageBlockPublicAccess.
///
/// # Errors
/// None but those of every call.
pub fn disable(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    ctx.region_mut()?.ebs.images_may_be_public = true;
    Ok(object! { "ImageBlockPublicAccessState": "unblocked" })
}

/// GetSnapshotBlockPublicAccessState.
///
/// # Errors
/// None but those of every call.
pub fn get_snapshots(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    Ok(object! { "State": ctx.region()?.ebs.snapshot_sharing.as_str(), "ManagedBy": "account" })
}

/// EnableSnapshotBlockPublicAccess: for new sharing alone, or also for what is public already.
///
/// # Errors
/// `InvalidParameterValue` for another state.
pub fn enable_snapshots(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let word = input.required("State")?;
    let sharing = match word {
        "block-all-sharing" => SnapshotSharing::BlockAll,
        "block-new-sharing" => SnapshotSharing::BlockNew,
        other => {
            return Err(unknown(
                "state",
                other,
                "block-all-sharing, block-new-sharing",
            ));
        }
    };
    ctx.region_mut()?.ebs.snapshot_sharing = sharing;
    Ok(object! { "State": sharing.as_str() })
}

/// DisableSnapshotBlockPublicAccess.
///
/// # Errors
/// None but those of every call.
pub fn disable_snapshots(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    ctx.region_mut()?.ebs.snapshot_sharing = SnapshotSharing::Free;
    Ok(object! { "State": "unblocked" })
}
