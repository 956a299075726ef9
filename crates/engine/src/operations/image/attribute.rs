//! ModifyImageAttribute, DescribeImageAttribute, ResetImageAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html>).

use super::describe::{device, own};
use crate::error::{ApiError, ApiResult};
use crate::ids::ImageId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::snapshot::permission::{apply, changes, key_may_be_shared, shown};
use crate::output::text;
use crate::region::RegionState;

fn unknown(attribute: &str) -> ApiError {
    ApiError::InvalidParameterValue {
        detail: format!(
            "Value ({attribute}) for parameter attribute is invalid. Unknown attribute."
        ),
    }
}

/// Shares an image or ends it, or describes it anew.
///
/// # Errors
/// `InvalidAMIID.NotFound`, `InvalidAMIAttributeItemValue` for an account that is none.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = own(ctx, input.required("ImageId")?)?.id;
    let attribute = input.text("Attribute")?;
    let described = match (input.object("Description")?.text("Value")?, attribute) {
        (Some(text), _) => Some(text),
        (None, Some("description")) => Some(input.required("Value")?),
        (None, Some("launchPermission") | None) => None,
        (None, Some(other)) => return Err(unknown(other)),
    };
    let (add, gone) = changes(input, "LaunchPermission", "UserGroups", |user| {
        ApiError::InvalidAmiAttributeItemValue {
            value: user.to_owned(),
            kind: "userId".to_owned(),
        }
    })?;
    may_be_shared(ctx.region()?, id, &add)?;
    if described.is_none() && add.is_empty() && gone.is_empty() {
        return Err(ApiError::InvalidParameterCombination {
            detail: "No attributes specified.".to_owned(),
        });
    }
    if let Some(row) = ctx.region_mut()?.images.get_mut(&id) {
        if let Some(text) = described {
            row.description = text.to_owned();
        }
        apply(&mut row.permissions, add, &gone);
    }
    Ok(object! {})
}

/// Whether an image may be shared so: with nobody when the default key encrypts one of its snapshots, with everybody only
/// when none is encrypted and the account allows it
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html#considerations-for-sharing-amis>).
fn may_be_shared(region: &RegionState, id: ImageId, add: &[String]) -> ApiResult<()> {
    let Some(row) = region.images.get(&id).filter(|_| !add.is_empty()) else {
        return Ok(());
    };
    if row.disabled {
        return Err(ApiError::InvalidAmiIdUnavailable {
            image_id: id.to_string(),
        });
    }
    let keys = row.devices.iter().filter_map(|row| row.kms_key.as_deref());
    for key in keys {
        key_may_be_shared(region, key, add)?;
    }
    if add.iter().any(|name| name == "all") && !region.ebs.images_may_be_public {
        return Err(ApiError::OperationNotPermitted {
            detail: "You can't publicly share this image because block public access for AMIs is enabled for this account. To publicly share the image, you must call the DisableImageBlockPublicAccess API.".to_owned(),
        });
    }
    Ok(())
}

/// One attribute of an image of one's own.
///
/// # Errors
/// `InvalidAMIID.NotFound`, `AuthFailure` for somebody else's, `InvalidParameterValue`.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = own(ctx, input.required("ImageId")?)?;
    let id = text(row.id);
    Ok(match input.required("Attribute")? {
        "description" => {
            object! { "ImageId": id, "Description": object! { "Value": row.description.clone() } }
        }
        "launchPermission" => {
            object! { "ImageId": id, "LaunchPermissions": shown(&row.permissions) }
        }
        "blockDeviceMapping" => object! {
            "ImageId": id, "BlockDeviceMappings": row.devices.iter().map(device).collect::<Vec<_>>(),
        },
        "productCodes" => {
            object! { "ImageId": id, "ProductCodes": Vec::<crate::json::Value>::new() }
        }
        "lastLaunchedTime" => object! {
            "ImageId": id, "LastLaunchedTime": object! { "Value": row.last_launched.map(text) },
        },
        "deregistrationProtection" => object! {
            "ImageId": id, "DeregistrationProtection": object! { "Value": row.protection.as_text() },
        },
        "sriovNetSupport" => {
            object! { "ImageId": id, "SriovNetSupport": object! { "Value": "simple" } }
        }
        other => return Err(unknown(other)),
    })
}

/// Shares an image with nobody.
///
/// # Errors
/// As [`describe`].
pub fn reset(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = own(ctx, input.required("ImageId")?)?.id;
    match input.required("Attribute")? {
        "launchPermission" => {}
        other => return Err(unknown(other)),
    }
    if let Some(row) = ctx.region_mut()?.images.get_mut(&id) {
        row.permissions.clear();
    }
    Ok(object! {})
}
