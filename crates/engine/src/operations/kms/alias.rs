//! CreateAlias, DeleteAlias, ListAliases
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html>).

use super::{find, key};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::kms::{Alias, AliasName, KeyArn};
use std::rc::Rc;

fn arn((account, region, name): &AliasName) -> String {
    format!("arn:aws:kms:{region}:{account}:{name}")
}

/// The place of an alias in the caller's account and Region.
fn place(ctx: &Context<'_>, written: &str) -> ApiResult<AliasName> {
    let Some(name) = written.strip_prefix("alias/") else {
        return Err(ApiError::ValidationException {
            detail: "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html".to_owned(),
        });
    };
    let fine = |c: char| c.is_ascii_alphanumeric() || "/_-".contains(c);
    if name.is_empty() || written.len() > 256 || !name.chars().all(fine) {
        return Err(ApiError::ValidationException {
            detail: format!("{written} contains invalid characters for an alias"),
        });
    }
    if name.starts_with("aws/") {
        return Err(ApiError::InvalidAliasNameException {});
    }
    Ok((ctx.caller.account, ctx.caller.region, written.to_owned()))
}

/// Names a key.
///
/// # Errors
/// `AlreadyExistsException`, `InvalidAliasNameException`, `KMSInvalidStateException`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let place = place(ctx, input.required("AliasName")?)?;
    let row = find(ctx, input.required("TargetKeyId")?, "kms:CreateAlias")?;
    super::not_pending(&row)?;
    if ctx.world.kms().aliases.contains(&place) {
        return Err(ApiError::AlreadyExistsException {
            detail: format!("An alias with the name {} already exists", arn(&place)),
        });
    }
    let alias = Alias {
        target: row.arn.id,
        created: ctx.world.now(),
    };
    Rc::make_mut(&mut ctx.world.kms)
        .aliases
        .insert(place, alias);
    Ok(object! {})
}

/// Takes a name away; the key stays.
///
/// # Errors
/// `NotFoundException`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let place = place(ctx, input.required("AliasName")?)?;
    if !ctx.world.kms().aliases.contains(&place) {
        return Err(ApiError::NotFoundException {
            detail: format!("Alias {} is not found.", arn(&place)),
        });
    }
    Rc::make_mut(&mut ctx.world.kms).aliases.remove(&place);
    Ok(object! {})
}

/// The account's aliases in the Region, with that of the key which AWS manages.
///
/// # Errors
/// `NotFoundException` for a key that there is not.
pub fn list(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let (account, region) = (ctx.caller.account, ctx.caller.region);
    let only = match input.text("KeyId")? {
        Some(written) => Some(find(ctx, written, "kms:ListAliases")?.arn.id),
        None => None,
    };
    let managed = KeyArn::aws_managed(account, region);
    let mut rows: Vec<Value> = Vec::new();
    if only.is_none_or(|id| id == managed.id) {
        let name = (account, region, "alias/aws/ebs".to_owned());
        rows.push(object! {
            "AliasName": name.2.clone(), "AliasArn": arn(&name), "TargetKeyId": text(managed.id),
        });
    }
    for (name, row) in ctx.world.kms().aliases.iter() {
        if (name.0, name.1) != (account, region) || only.is_some_and(|id| id != row.target) {
            continue;
        }
        rows.push(object! {
            "AliasName": name.2.clone(), "AliasArn": arn(name), "TargetKeyId": text(row.target),
            "CreationDate": text(row.created), "LastUpdatedDate": text(row.created),
        });
    }
    key::page(input, "Aliases", rows)
}
