//! CreateGrant, ListGrants, RevokeGrant (<https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>).

use super::{change, find, key, not_pending};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::kms::policy::Principal;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::kms::{Grant, Key, KeyState};

/// What a grant can allow with a symmetric key
/// (<https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations>).
pub const OPERATIONS: [&str; 11] = [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "CreateGrant",
    "RetireGrant",
    "DescribeKey",
];

fn principal(written: &str) -> ApiResult<String> {
    match Principal::parse(written) {
        Some(Principal::Account(_) | Principal::Identity(_)) if written.starts_with("arn:") => {
            Ok(written.to_owned())
        }
        _ => Err(ApiError::InvalidArnException {
            detail: format!("ARN does not refer to a valid principal: {written}"),
        }),
    }
}

/// Gives somebody leave for some operations.
///
/// # Errors
/// `InvalidArnException`, `ValidationException`, `DisabledException`, `KMSInvalidStateException`, `AccessDeniedException`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:CreateGrant")?;
    let grantee = principal(input.required("GranteePrincipal")?)?;
    let retiring = input
        .text("RetiringPrincipal")?
        .map(principal)
        .transpose()?;
    let operations: Vec<String> = input
        .texts("Operations")?
        .into_iter()
        .map(str::to_owned)
        .collect();
    if operations.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "Operations".to_owned(),
        });
    }
    if let Some(other) = operations
        .iter()
        .find(|word| !OPERATIONS.contains(&word.as_str()))
    {
        return Err(ApiError::ValidationException {
            detail: format!("Operation {other} is not a grant operation for a symmetric key."),
        });
    }
    not_pending(&row)?;
    if row.state == KeyState::Disabled {
        return Err(ApiError::DisabledException {
            detail: format!("{} is disabled.", row.arn),
        });
    }
    let name = input.text("Name")?.map(str::to_owned);
    // Asked for again under the same name, the same grant is the answer.
    let known = row.grants.iter().find(|known| {
        known.name.is_some()
            && known.name == name
            && known.grantee == grantee
            && known.retiring == retiring
            && known.operations == operations
    });
    if let Some(known) = known {
        return Ok(made(&known.id));
    }
    let id = format!(
        "{:032x}{:032x}",
        ctx.world.draw("kms-grant"),
        ctx.world.draw("kms-grant")
    );
    let grant = Grant {
        id: id.clone(),
        name,
        created: ctx.world.now(),
        grantee,
        retiring,
        issuer: ctx.caller.account,
        operations,
    };
    change(ctx, row.arn, |row| row.grants.push(grant));
    Ok(made(&id))
}

/// The token makes a grant hold before it has reached every place; the lab's holds at once.
fn made(id: &str) -> Value {
    object! { "GrantToken": format!("AQpA{id}"), "GrantId": id }
}

fn shown(key: &Key, row: &Grant) -> Value {
    object! {
        "KeyId": text(key.arn), "GrantId": row.id.clone(), "Name": row.name.clone().unwrap_or_default(),
        "CreationDate": text(row.created), "GranteePrincipal": row.grantee.clone(), "RetiringPrincipal": row.retiring.clone(),
        "IssuingAccount": format!("arn:aws:iam::{}:root", row.issuer), "Operations": row.operations.clone(),
    }
}

/// A key's grants.
///
/// # Errors
/// `NotFoundException`, `AccessDeniedException`, `InvalidGrantIdException`.
pub fn list(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:ListGrants")?;
    let (id, grantee) = (input.text("GrantId")?, input.text("GranteePrincipal")?);
    if let Some(id) = id.filter(|id| row.grants.iter().all(|grant| grant.id != *id)) {
        return Err(unknown(id));
    }
    let rows = row
        .grants
        .iter()
        .filter(|grant| id.is_none_or(|id| grant.id == id))
        .filter(|grant| grantee.is_none_or(|grantee| grant.grantee == grantee))
        .map(|grant| shown(&row, grant))
        .collect();
    key::page(input, "Grants", rows)
}

fn unknown(id: &str) -> ApiError {
    ApiError::InvalidGrantIdException {
        detail: format!("Grant ID {id} not found"),
    }
}

/// Takes a grant back.
///
/// # Errors
/// `NotFoundException`, `AccessDeniedException`, `InvalidGrantIdException`.
pub fn revoke(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:RevokeGrant")?;
    let id = input.required("GrantId")?;
    not_pending(&row)?;
    if row.grants.iter().all(|grant| grant.id != id) {
        return Err(unknown(id));
    }
    change(ctx, row.arn, |row| {
        row.grants.retain(|grant| grant.id != id)
    });
    Ok(object! {})
}
