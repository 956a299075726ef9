//! CreateKeyPair and ImportKeyPair (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html>).
//!
//! The lab's keys have the form of real ones but open nothing outside the lab.

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::keys;
use crate::object;
use crate::operation::Context;
use crate::operations::instance_connect::key_parts;
use crate::output::text;
use crate::resources::key_pair::KeyPair;
use crate::resources::tags::Tags;
use crate::world::World;

fn bytes(world: &mut World, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 16);
    while bytes.len() < count {
        bytes.extend(world.draw("key-material").to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

fn free_name(ctx: &Context<'_>, input: Input<'_>) -> ApiResult<String> {
    let name = input.required("KeyName")?.trim().to_owned();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Invalid value '{name}' for keyPairNames. It should not be blank."),
        });
    }
    if ctx.region()?.key_by_name(&name).is_some() {
        return Err(ApiError::InvalidKeyPairDuplicate {});
    }
    Ok(name)
}

/// Makes a key pair and answers with the private half, which AWS does not keep.
///
/// # Errors
/// `InvalidKeyPair.Duplicate`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = free_name(ctx, input)?;
    let kind = match input.text("KeyType")?.unwrap_or("rsa") {
        "rsa" => "rsa",
        "ed25519" => "ed25519",
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter keyType is invalid. Valid values: rsa, ed25519"
                ),
            });
        }
    };
    let format = input.text("KeyFormat")?.unwrap_or("pem");
    if !matches!(format, "pem" | "ppk") {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({format}) for parameter keyFormat is invalid. Valid values: pem, ppk"
            ),
        });
    }
    let tags = Tags::specified(input, "key-pair", &[])?;
    // RSA keys of 2,048 bits are about 1,190 bytes of DER; Ed25519 keys are short.
    let random = bytes(ctx.world, if kind == "rsa" { 1_190 } else { 290 });
    let pem = keys::pem(kind, &random);
    let public = keys::public_of(&pem).unwrap_or_default();
    let fingerprint = if kind == "rsa" {
        keys::fingerprint(kind, false, &pem)
    } else {
        keys::fingerprint(kind, false, &public)
    };
    let material = if format == "ppk" {
        keys::ppk(kind, &random, &name)
    } else {
        pem
    };
    let public = format!("{public} {name}");
    let row = KeyPair {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        name,
        kind,
        fingerprint,
        public_key: public,
        created: ctx.world.now(),
        tags,
    };
    let answer = object! {
        "KeyPairId": text(row.id), "Tags": row.tags.describe(), "KeyName": row.name.clone(), "KeyFingerprint": row.fingerprint.clone(), "KeyMaterial": material,
    };
    ctx.region_mut()?.key_pairs.insert(row.id, row);
    Ok(answer)
}

/// Takes the public half of a key pair that the learner has.
///
/// # Errors
/// `InvalidKey.Format`, `InvalidKeyPair.Duplicate`.
pub fn import(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = free_name(ctx, input)?;
    let material = input
        .blob("PublicKeyMaterial")
        .map_err(|_| ApiError::InvalidKeyFormat {})?;
    let Some(material) = material else {
        return Err(ApiError::MissingParameter {
            parameter: "PublicKeyMaterial".to_owned(),
        });
    };
    let line = String::from_utf8(material).map_err(|_| ApiError::InvalidKeyFormat {})?;
    let Some((algorithm, body)) = key_parts(&line) else {
        return Err(ApiError::InvalidKeyFormat {});
    };
    let kind = if algorithm == "ssh-rsa" {
        "rsa"
    } else {
        "ed25519"
    };
    let tags = Tags::specified(input, "key-pair", &[])?;
    // The same key has the same fingerprint wherever it is imported.
    let fingerprint = if kind == "rsa" {
        keys::fingerprint(kind, true, body)
    } else {
        keys::fingerprint(kind, true, &format!("{algorithm} {body}"))
    };
    let row = KeyPair {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        name,
        kind,
        fingerprint,
        public_key: line.trim().to_owned(),
        created: ctx.world.now(),
        tags,
    };
    let answer = object! { "KeyFingerprint": row.fingerprint.clone(), "KeyName": row.name.clone(), "KeyPairId": text(row.id), "Tags": row.tags.describe() };
    ctx.region_mut()?.key_pairs.insert(row.id, row);
    Ok(answer)
}
