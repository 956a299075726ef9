//! KMS, as far as disks need it: symmetric keys of one Region, aliases, policies and grants
//! (<https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html>).

pub mod alias;
pub mod grant;
pub mod key;
pub mod policy;
pub mod state;

use crate::error::{ApiError, ApiResult};
use crate::kms::access::{Denied, decide};
use crate::kms::policy::Request;
use crate::operation::{Context, OperationSpec};
use crate::resources::kms::{Key, KeyArn, KeyId, KeyState};
use crate::row;
use crate::world::{Caller, World};
use std::rc::Rc;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Kms Write "CreateKey" key::create, "Description KeyUsage KeySpec CustomerMasterKeySpec Origin MultiRegion Policy BypassPolicyLockoutSafetyCheck Tags.TagKey Tags.TagValue"),
    row!(Kms Read "DescribeKey" key::describe, "KeyId"),
    row!(Kms Read "ListKeys" key::list, "Limit Marker"),
    row!(Kms Write "CreateAlias" alias::create, "AliasName TargetKeyId"),
    row!(Kms Write "DeleteAlias" alias::delete, "AliasName"),
    row!(Kms Read "ListAliases" alias::list, "KeyId Limit Marker"),
    row!(Kms Read "GetKeyPolicy" policy::get, "KeyId PolicyName"),
    row!(Kms Write "PutKeyPolicy" policy::put, "KeyId PolicyName Policy BypassPolicyLockoutSafetyCheck"),
    row!(Kms Write "CreateGrant" grant::create, "KeyId GranteePrincipal RetiringPrincipal Operations Name"),
    row!(Kms Read "ListGrants" grant::list, "KeyId GrantId GranteePrincipal Limit Marker"),
    row!(Kms Write "RevokeGrant" grant::revoke, "KeyId GrantId"),
    row!(Kms Write "EnableKey" state::enable, "KeyId"),
    row!(Kms Write "DisableKey" state::disable, "KeyId"),
    row!(Kms Write "ScheduleKeyDeletion" state::schedule_deletion, "KeyId PendingWindowInDays"),
    row!(Kms Write "CancelKeyDeletion" state::cancel_deletion, "KeyId"),
];

fn not_found(detail: String) -> ApiError {
    ApiError::NotFoundException { detail }
}

/// The ARN that a caller means by an ARN of key or alias, a key's id, or an alias's name. `None` for an alias that there
/// is not; whether there is such a key is not asked.
#[must_use]
pub fn named(world: &World, caller: &Caller, written: &str) -> Option<KeyArn> {
    if let Some(arn) = KeyArn::parse(written) {
        return Some(arn);
    }
    if let Some(id) = KeyId::parse(written) {
        return Some(KeyArn {
            account: caller.account,
            region: caller.region,
            id,
        });
    }
    let (place, name) = match written.strip_prefix("arn:aws:kms:") {
        Some(rest) => {
            let mut parts = rest.splitn(3, ':');
            let (region, account, name) = (parts.next()?, parts.next()?, parts.next()?);
            (Caller::of(account, region)?, name)
        }
        None => (caller.clone(), written),
    };
    if name == "alias/aws/ebs" {
        return Some(KeyArn::aws_managed(place.account, place.region));
    }
    let alias = (place.account, place.region, name.to_owned());
    world.kms().aliases.get(&alias).map(|row| KeyArn {
        account: place.account,
        region: place.region,
        id: row.target,
    })
}

/// The key that a call names, if the caller may do this with it.
///
/// # Errors
/// `NotFoundException`, `AccessDeniedException`.
fn find(ctx: &Context<'_>, written: &str, action: &str) -> ApiResult<Key> {
    let arn = named(ctx.world, ctx.caller, written).ok_or_else(|| {
        if written.contains("alias/") {
            let whole = if written.starts_with("arn:") {
                written.to_owned()
            } else {
                format!(
                    "arn:aws:kms:{}:{}:{written}",
                    ctx.caller.region, ctx.caller.account
                )
            };
            not_found(format!("Alias {whole} is not found."))
        } else {
            not_found(format!("Invalid keyId '{written}'"))
        }
    })?;
    if arn.region != ctx.caller.region {
        return Err(not_found(format!("Invalid arn {}", arn.region)));
    }
    let row = crate::kms::key(ctx.world, arn)
        .ok_or_else(|| not_found(format!("Key '{arn}' does not exist")))?;
    may(ctx, &row, action)?;
    Ok(row)
}

/// Whether the caller may do this with a key.
///
/// # Errors
/// `AccessDeniedException`.
fn may(ctx: &Context<'_>, row: &Key, action: &str) -> ApiResult<()> {
    let request = Request {
        account: ctx.caller.account,
        user: ctx.caller.user_arn(),
        action,
        via_ec2: None,
    };
    // What a key's owner does with it alone, no policy can hand to another account
    // (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html).
    let shared = [
        "kms:DescribeKey",
        "kms:CreateGrant",
        "kms:ListGrants",
        "kms:RevokeGrant",
    ];
    let foreign = row.arn.account != ctx.caller.account && !shared.contains(&action);
    let denied = match decide(row, &request) {
        Ok(_) if !foreign => return Ok(()),
        Ok(_) => Denied::Nothing,
        Err(denied) => denied,
    };
    let why = match denied {
        Denied::Statement(_) => "with an explicit deny in a resource-based policy".to_owned(),
        Denied::Nothing => format!("because no resource-based policy allows the {action} action"),
    };
    Err(ApiError::AccessDeniedException {
        detail: format!(
            "User: {} is not authorized to perform: {action} on resource: {} {why}",
            request.user, row.arn
        ),
    })
}

/// Changes a key's row.
fn change(ctx: &mut Context<'_>, arn: KeyArn, with: impl FnOnce(&mut Key)) {
    if let Some(row) = Rc::make_mut(&mut ctx.world.kms).keys.get_mut(&arn) {
        with(row);
    }
}

/// Whether a key is not about to be deleted.
///
/// # Errors
/// `KMSInvalidStateException`.
fn not_pending(row: &Key) -> ApiResult<()> {
    match row.state {
        KeyState::PendingDeletion(_) => Err(ApiError::KmsInvalidStateException {
            detail: format!("{} is pending deletion.", row.arn),
        }),
        KeyState::Enabled | KeyState::Disabled => Ok(()),
    }
}
