//! EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html>).

use super::{change, find, not_pending};
use crate::clock::HOUR;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::kms::{KeyArn, KeyState};
use crate::scheduler::Resource;
use crate::world::World;
use std::rc::Rc;

/// The key can be used again.
///
/// # Errors
/// `NotFoundException`, `KMSInvalidStateException`, `AccessDeniedException`.
pub fn enable(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:EnableKey")?;
    not_pending(&row)?;
    change(ctx, row.arn, |row| row.state = KeyState::Enabled);
    Ok(object! {})
}

/// The key cannot be used until it is enabled again. Instances that run go on: their data keys are in memory.
///
/// # Errors
/// As [`enable`].
pub fn disable(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:DisableKey")?;
    not_pending(&row)?;
    change(ctx, row.arn, |row| row.state = KeyState::Disabled);
    Ok(object! {})
}

/// Deletes a key after 7 to 30 days, in which it cannot be used. What it encrypts is lost then
/// (<https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html>).
///
/// # Errors
/// `ValidationException`, and as [`enable`].
pub fn schedule_deletion(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:ScheduleKeyDeletion")?;
    not_pending(&row)?;
    let days = input.integer("PendingWindowInDays")?.unwrap_or(30);
    let days = u64::try_from(days)
        .ok()
        .filter(|days| (7..=30).contains(days))
        .ok_or_else(|| ApiError::ValidationException {
            detail: format!("1 validation error detected: Value '{days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value between 7 and 30"),
        })?;
    let at = ctx.world.now().plus(days * 24 * HOUR);
    let arn = row.arn;
    change(ctx, arn, |row| row.state = KeyState::PendingDeletion(at));
    Rc::make_mut(&mut ctx.world.schedule).look(at, ctx.caller, Resource::KmsKey(arn));
    Ok(object! {
        "KeyId": text(arn), "DeletionDate": text(at), "KeyState": "PendingDeletion", "PendingWindowInDays": days,
    })
}

/// The key stays after all. It is disabled until it is enabled again.
///
/// # Errors
/// `KMSInvalidStateException` for one that is not to be deleted.
pub fn cancel_deletion(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:CancelKeyDeletion")?;
    if !matches!(row.state, KeyState::PendingDeletion(_)) {
        return Err(ApiError::KmsInvalidStateException {
            detail: format!("{} is not pending deletion.", row.arn),
        });
    }
    change(ctx, row.arn, |row| row.state = KeyState::Disabled);
    Ok(object! { "KeyId": text(row.arn) })
}

/// A key whose time has come is gone, and its aliases with it.
pub(crate) fn advance(world: &mut World, arn: KeyArn) {
    let now = world.now();
    let due = world
        .kms()
        .keys
        .get(&arn)
        .is_some_and(|row| matches!(row.state, KeyState::PendingDeletion(at) if at <= now));
    if !due {
        return;
    }
    let kms = Rc::make_mut(&mut world.kms);
    kms.keys.remove(&arn);
    let names: Vec<_> = kms
        .aliases
        .iter()
        .filter(|((account, region, _), row)| {
            (*account, *region, row.target) == (arn.account, arn.region, arn.id)
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in names {
        kms.aliases.remove(&name);
    }
}
