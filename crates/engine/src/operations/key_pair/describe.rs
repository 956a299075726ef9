//! DescribeKeyPairs (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::resources::key_pair::KeyPair;

/// The key pairs.
///
/// # Errors
/// `InvalidKeyPair.NotFound`, unknown filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let (names, ids) = (input.texts("KeyNames")?, input.texts("KeyPairIds")?);
    for name in &names {
        if region.key_by_name(name).is_none() {
            return Err(ApiError::InvalidKeyPairNotFound {
                key_name: (*name).to_owned(),
            });
        }
    }
    for id in &ids {
        if !region
            .key_pairs
            .keys()
            .any(|known| known.to_string() == *id)
        {
            return Err(ApiError::InvalidKeyPairIdNotFound {
                key_pair_id: (*id).to_owned(),
            });
        }
    }
    let with_public = input.boolean("IncludePublicKey")?.unwrap_or(false);
    let named = |key: &KeyPair| {
        (names.is_empty() && ids.is_empty())
            || names.contains(&key.name.as_str())
            || ids.contains(&key.id.to_string().as_str())
    };
    let rows = region
        .key_pairs
        .values()
        .filter(|key| named(key))
        .map(|key| Listed {
            serial: key.serial,
            tags: &key.tags,
            row: key,
        });
    let values = |key: &KeyPair, name: &str| {
        Some(vec![match name {
            "key-name" => key.name.clone(),
            "key-pair-id" => key.id.to_string(),
            "fingerprint" => key.fingerprint.clone(),
            _ => return None,
        }])
    };
    lookup::describe(input, "KeyPairs", rows, values, |key| {
        object! {
            "KeyPairId": text(key.id), "KeyType": key.kind, "Tags": key.tags.describe_all(),
            "PublicKey": with_public.then(|| key.public_key.clone()), "CreateTime": text(key.created),
            "KeyName": key.name.clone(), "KeyFingerprint": key.fingerprint.clone(),
        }
    })
}
