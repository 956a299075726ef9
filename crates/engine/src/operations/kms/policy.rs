//! GetKeyPolicy, PutKeyPolicy (<https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying.html>).

use super::{change, find, not_pending};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::kms::policy::{KeyPolicy, Principal, Request};
use crate::object;
use crate::operation::Context;
use std::rc::Rc;

/// The only name that a key policy can have.
fn only_default(input: Input<'_>) -> ApiResult<()> {
    match input.text("PolicyName")? {
        None | Some("default") => Ok(()),
        Some(_) => Err(ApiError::NotFoundException {
            detail: "No such policy exists".to_owned(),
        }),
    }
}

/// Whether the users and roles of the lab's accounts that a policy names exist.
fn principals_exist(ctx: &Context<'_>, policy: &KeyPolicy) -> bool {
    let named = policy.statements.iter().flat_map(|row| &row.principals);
    named.into_iter().all(|whom| match whom {
        Principal::Identity(arn) => crate::world::ACCOUNTS.into_iter().any(|account| {
            let user = format!("arn:aws:iam::{account}:user/learner");
            let mut roles = ctx.world.iam(account).roles.values();
            *arn == user || roles.any(|role| role.arn(account) == *arn)
        }),
        _ => true,
    })
}

/// A policy that a call gives: sound, and such that the caller can still change it
/// (<https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>, BypassPolicyLockoutSafetyCheck).
///
/// # Errors
/// `MalformedPolicyDocumentException`, `LimitExceededException`.
pub(super) fn read(ctx: &Context<'_>, input: Input<'_>, text: &str) -> ApiResult<KeyPolicy> {
    if text.len() > 32_768 {
        return Err(ApiError::LimitExceededException {
            detail: "The key policy exceeds the maximum size of 32768 bytes.".to_owned(),
        });
    }
    let policy = KeyPolicy::read(text)?;
    if !principals_exist(ctx, &policy) {
        return Err(ApiError::MalformedPolicyDocumentException {
            detail: "Policy contains a statement with one or more invalid principals.".to_owned(),
        });
    }
    if input
        .boolean("BypassPolicyLockoutSafetyCheck")?
        .unwrap_or(false)
    {
        return Ok(policy);
    }
    let request = Request {
        account: ctx.caller.account,
        user: ctx.caller.user_arn(),
        action: "kms:PutKeyPolicy",
        via_ec2: None,
    };
    let (mut allowed, mut denied) = (false, false);
    for row in policy
        .statements
        .iter()
        .filter(|row| row.concerns(&request))
    {
        allowed |= row.allow;
        denied |= !row.allow;
    }
    if !allowed || denied {
        return Err(ApiError::MalformedPolicyDocumentException {
            detail: "The new key policy will not allow you to update the key policy in the future."
                .to_owned(),
        });
    }
    Ok(policy)
}

/// A key's policy, as it was written.
///
/// # Errors
/// `NotFoundException`, `AccessDeniedException`.
pub fn get(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:GetKeyPolicy")?;
    only_default(input)?;
    Ok(object! { "Policy": &*row.policy.text, "PolicyName": "default" })
}

/// Gives a key another policy in place of its own.
///
/// # Errors
/// `MalformedPolicyDocumentException`, `KMSInvalidStateException`, `AccessDeniedException`.
pub fn put(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:PutKeyPolicy")?;
    only_default(input)?;
    not_pending(&row)?;
    let policy = Rc::new(read(ctx, input, input.required("Policy")?)?);
    change(ctx, row.arn, |row| row.policy = policy);
    Ok(object! {})
}
