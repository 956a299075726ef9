//! Encryption by default, and with which key
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html>).

use super::key::key_arn;
use crate::error::ApiResult;
use crate::input::Input;
use crate::object;
use crate::operation::Context;

/// GetEbsEncryptionByDefault.
///
/// # Errors
/// None but those of every call.
pub fn get(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    let on = ctx.region()?.ebs.encryption_by_default;
    Ok(object! { "EbsEncryptionByDefault": on, "SseType": if on { "sse-kms" } else { "none" } })
}

/// EnableEbsEncryptionByDefault: for every volume that is made from now on.
///
/// # Errors
/// None but those of every call.
pub fn enable(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    ctx.region_mut()?.ebs.encryption_by_default = true;
    Ok(object! { "EbsEncryptionByDefault": true })
}

/// DisableEbsEncryptionByDefault: what is encrypted stays so.
///
/// # Errors
/// None but those of every call.
pub fn disable(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    ctx.region_mut()?.ebs.encryption_by_default = false;
    Ok(object! { "EbsEncryptionByDefault": false })
}

/// GetEbsDefaultKmsKeyId.
///
/// # Errors
/// None but those of every call.
pub fn get_key(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    let key = ctx.region()?.ebs.default_key.clone();
    Ok(object! { "KmsKeyId": key.unwrap_or_else(|| "alias/aws/ebs".to_owned()) })
}

/// ModifyEbsDefaultKmsKeyId.
///
/// # Errors
/// `MissingParameter`.
pub fn modify_key(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let key = key_arn(ctx.world, ctx.region()?, input.required("KmsKeyId")?);
    ctx.region_mut()?.ebs.default_key = Some(key.clone());
    Ok(object! { "KmsKeyId": key })
}

/// ResetEbsDefaultKmsKeyId: to the key that AWS made.
///
/// # Errors
/// None but those of every call.
pub fn reset_key(ctx: &mut Context<'_>, _: Input<'_>) -> ApiResult {
    ctx.region_mut()?.ebs.default_key = None;
    Ok(object! { "KmsKeyId": "alias/aws/ebs" })
}
