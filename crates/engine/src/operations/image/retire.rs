//! How an image goes out of use: deprecated, disabled, and what keeps it from being deregistered
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deprecate.html>).

use super::describe::own;
use crate::clock::{HOUR, Instant, MINUTE};
use crate::error::{ApiError, ApiResult};
use crate::ids::ImageId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::resources::image::{OwnImage, Protection};

/// How far ahead a private image may be deprecated: ten years.
const FARTHEST: u64 = 10 * 366 * 24 * HOUR;
/// How long a protection with a cooldown goes on after it was taken off.
const COOLDOWN: u64 = 24 * HOUR;

fn change(
    ctx: &mut Context<'_>,
    input: Input<'_>,
    with: impl FnOnce(&mut OwnImage),
) -> ApiResult<ImageId> {
    let id = own(ctx, input.required("ImageId")?)?.id;
    if let Some(row) = ctx.region_mut()?.images.get_mut(&id) {
        with(row);
    }
    Ok(id)
}

/// EnableImageDeprecation: from then on nobody but the owner sees the image in lists; who knows its id can still launch it.
///
/// # Errors
/// `InvalidParameterValue` for a moment that is past, too far away or none.
pub fn deprecate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let written = input.required("DeprecateAt")?;
    let now = ctx.world.now();
    let at = Instant::parse(written)
        .filter(|at| *at > now && at.since(now) < FARTHEST)
        .ok_or_else(|| ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({written}) for parameter deprecateAt is invalid. It must be a moment in the future, at most 10 years ahead."
            ),
        })?;
    // AWS keeps it to the minute.
    let minute = Instant((at.0 + MINUTE / 2) / MINUTE * MINUTE);
    change(ctx, input, |row| row.deprecated = Some(minute))?;
    Ok(object! { "Return": true })
}

/// DisableImageDeprecation.
///
/// # Errors
/// Unknown ids.
pub fn keep(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    change(ctx, input, |row| row.deprecated = None)?;
    Ok(object! { "Return": true })
}

/// DisableImage: nothing can be launched from it, and it is shared with nobody any more
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html>).
///
/// # Errors
/// Unknown ids.
pub fn disable(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    change(ctx, input, |row| {
        row.disabled = true;
        row.permissions.clear();
    })?;
    Ok(object! { "Return": true })
}

/// EnableImage: it can be launched again; whom it was shared with is forgotten.
///
/// # Errors
/// Unknown ids.
pub fn enable(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    change(ctx, input, |row| row.disabled = false)?;
    Ok(object! { "Return": true })
}

/// EnableImageDeregistrationProtection
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deregistration-protection.html>).
///
/// # Errors
/// Unknown ids.
pub fn protect(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let protection = if input.boolean("WithCooldown")?.unwrap_or(false) {
        Protection::OnWithCooldown
    } else {
        Protection::On
    };
    change(ctx, input, |row| row.protection = protection)?;
    Ok(object! { "Return": protection.as_text() })
}

/// DisableImageDeregistrationProtection: with a cooldown it goes on for a day.
///
/// # Errors
/// Unknown ids.
pub fn unprotect(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let until = ctx.world.now().plus(COOLDOWN);
    let id = change(ctx, input, |row| {
        row.protection = match row.protection {
            Protection::Off | Protection::On => Protection::Off,
            Protection::OnWithCooldown => Protection::Until(until),
            waiting @ Protection::Until(_) => waiting,
        };
    })?;
    let after = ctx.region()?.images.get(&id).map(|row| row.protection);
    Ok(object! { "Return": after.unwrap_or(Protection::Off).as_text() })
}

/// Whether an image may be deregistered.
///
/// # Errors
/// `OperationNotPermitted` while it is protected.
pub(super) fn may_go(row: &OwnImage, now: Instant) -> ApiResult<()> {
    if row.protection.holds(now) {
        return Err(ApiError::OperationNotPermitted {
            detail: format!(
                "The image '{}' is protected from deregistration ({}). Disable the protection with DisableImageDeregistrationProtection and try again.",
                row.id,
                row.protection.as_text()
            ),
        });
    }
    Ok(())
}
