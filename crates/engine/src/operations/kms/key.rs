//! CreateKey, DescribeKey, ListKeys (<https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html>).

use super::{find, policy};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Map, Value, json};
use crate::kms::policy::KeyPolicy;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::kms::{Key, KeyArn, KeyId, KeyState};
use crate::resources::tags::Tags;
use std::rc::Rc;

/// A key as KMS shows it.
pub(super) fn metadata(row: &Key) -> Value {
    let deletion = match row.state {
        KeyState::PendingDeletion(at) => Some(text(at)),
        KeyState::Enabled | KeyState::Disabled => None,
    };
    object! {
        "AWSAccountId": text(row.arn.account), "KeyId": text(row.arn.id), "Arn": text(row.arn),
        "CreationDate": text(row.created), "Enabled": row.state == KeyState::Enabled, "Description": row.description.clone(),
        "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": row.state.as_str(), "DeletionDate": deletion, "Origin": "AWS_KMS",
        "KeyManager": if row.arn.is_aws_managed() { "AWS" } else { "CUSTOMER" },
        "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": json!(["SYMMETRIC_DEFAULT"]), "MultiRegion": false,
    }
}

/// Makes a key. Disks take symmetric keys, so that only these are modelled.
///
/// # Errors
/// `MalformedPolicyDocumentException`, `NotModelled` for other kinds of keys.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    for (parameter, only) in [
        ("KeyUsage", "ENCRYPT_DECRYPT"),
        ("KeySpec", "SYMMETRIC_DEFAULT"),
        ("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT"),
        ("Origin", "AWS_KMS"),
    ] {
        if let Some(other) = input.text(parameter)?.filter(|value| *value != only) {
            return Err(ApiError::NotModelled {
                what: format!("A key with the {parameter} {other}"),
            });
        }
    }
    if input.boolean("MultiRegion")?.unwrap_or(false) {
        return Err(ApiError::NotModelled {
            what: "A multi-Region key".to_owned(),
        });
    }
    let policy = match input.text("Policy")? {
        Some(text) => policy::read(ctx, input, text)?,
        None => KeyPolicy::usual(ctx.caller.account),
    };
    let mut tags = Tags::default();
    for entry in input.objects("Tags")? {
        tags.merge(&Tags::single(
            entry.required("TagKey")?,
            entry.required("TagValue")?,
        ))?;
    }
    let row = Key {
        arn: KeyArn {
            account: ctx.caller.account,
            region: ctx.caller.region,
            id: KeyId::from_bits(ctx.world.draw("kms-key")),
        },
        serial: ctx.world.serial(),
        description: input.text("Description")?.unwrap_or_default().to_owned(),
        created: ctx.world.now(),
        state: KeyState::Enabled,
        policy: Rc::new(policy),
        grants: Vec::new(),
        tags,
    };
    let shown = metadata(&row);
    Rc::make_mut(&mut ctx.world.kms).keys.insert(row.arn, row);
    Ok(object! { "KeyMetadata": shown })
}

/// A key, by id, ARN or alias; one of another account by its ARN.
///
/// # Errors
/// `NotFoundException`, `AccessDeniedException`.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = find(ctx, input.required("KeyId")?, "kms:DescribeKey")?;
    Ok(object! { "KeyMetadata": metadata(&row) })
}

/// The account's keys in the Region, with the one that AWS manages.
///
/// # Errors
/// `InvalidMarkerException`, `ValidationException`.
pub fn list(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let (account, region) = (ctx.caller.account, ctx.caller.region);
    let own = ctx.world.kms().keys_of(account, region);
    let arns = std::iter::once(KeyArn::aws_managed(account, region))
        .chain(own.into_iter().map(|row| row.arn));
    let rows = arns
        .map(|arn| object! { "KeyId": text(arn.id), "KeyArn": text(arn) })
        .collect();
    page(input, "Keys", rows)
}

/// A page of a listing, as KMS cuts it: `Limit` rows from the `Marker` on.
pub(super) fn page(input: Input<'_>, key: &'static str, rows: Vec<Value>) -> ApiResult {
    let limit = input.integer("Limit")?.unwrap_or(100);
    let limit = usize::try_from(limit)
        .ok()
        .filter(|limit| (1..=1_000).contains(limit))
        .ok_or_else(|| ApiError::ValidationException {
            detail: format!("1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and 1000"),
        })?;
    let from = match input.text("Marker")? {
        None => 0,
        Some(marker) => marker
            .parse::<usize>()
            .ok()
            .filter(|from| *from <= rows.len())
            .ok_or(ApiError::InvalidMarkerException {})?,
    };
    let all = rows.len();
    let shown: Vec<Value> = rows.into_iter().skip(from).take(limit).collect();
    let next = from + shown.len();
    let more = next < all;
    // The client, which goes through the pages by itself, shows neither marker nor `Truncated` at the end.
    let mut answer = Map::new();
    answer.insert(key, Value::Array(shown));
    if more {
        answer.insert("NextMarker", Value::from(next.to_string()));
        answer.insert("Truncated", Value::from(true));
    }
    Ok(Value::Object(answer))
}
