//! DescribeVolumeAttribute and ModifyVolumeAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolumeAttribute.html>).

use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::json;
use crate::object;
use crate::operation::Context;
use crate::output::text;

/// Shows one attribute.
///
/// # Errors
/// Unknown ids and attributes.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = show::find(ctx.region()?, input.required("VolumeId")?)?;
    match input.required("Attribute")? {
        "autoEnableIO" => Ok(object! {
            "AutoEnableIO": object! { "Value": row.auto_enable_io }, "VolumeId": text(row.id),
        }),
        "productCodes" => Ok(object! { "ProductCodes": json!([]), "VolumeId": text(row.id) }),
        other => Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({other}) for parameter attribute is invalid. Unknown attribute."
            ),
        }),
    }
}

/// Says whether I/O goes on by itself when AWS doubts the data of a volume.
///
/// # Errors
/// Unknown ids, `MissingParameter`.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = show::find(ctx.region()?, input.required("VolumeId")?)?.id;
    let Some(on) = input.boolean("AutoEnableIO")? else {
        return Err(ApiError::MissingParameter {
            parameter: "autoEnableIO".to_owned(),
        });
    };
    if let Some(row) = ctx.region_mut()?.volumes.get_mut(&id) {
        row.auto_enable_io = on;
    }
    Ok(object! {})
}
