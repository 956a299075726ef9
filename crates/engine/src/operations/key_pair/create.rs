//! CreateKeyPair and ImportKeyPair (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html>).
//!
//! The lab's keys have the form of real ones but open nothing outside the lab.

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::key_pair::KeyPair;
use crate::resources::tags::Tags;
use crate::world::World;
use base64ct::{Base64, Encoding};

fn bytes(world: &mut World, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 16);
    while bytes.len() < count {
        bytes.extend(world.draw("key-material").to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

fn pairs(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join(":")
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
    if let Some(format) = input.text("KeyFormat")?.filter(|format| *format != "pem") {
        return Err(ApiError::NotModelled {
            what: format!("The key format {format}"),
        });
    }
    let tags = Tags::specified(input, "key-pair", &[])?;
    // RSA keys of 2,048 bits are about 1,190 bytes of DER; Ed25519 keys are short.
    let (size, label) = if kind == "rsa" {
        (1_190, "RSA PRIVATE KEY")
    } else {
        (290, "OPENSSH PRIVATE KEY")
    };
    let body = Base64::encode_string(&bytes(ctx.world, size));
    let width = if kind == "rsa" { 76 } else { 70 };
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(width)
        .filter_map(|chunk| std::str::from_utf8(chunk).ok())
        .collect();
    let material = format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----",
        lines.join("\n")
    );
    let fingerprint = if kind == "rsa" {
        pairs(&bytes(ctx.world, 20))
    } else {
        Base64::encode_string(&bytes(ctx.world, 32))
    };
    let public = format!(
        "{} {} {name}",
        if kind == "rsa" {
            "ssh-rsa"
        } else {
            "ssh-ed25519"
        },
        Base64::encode_string(&bytes(ctx.world, if kind == "rsa" { 279 } else { 51 }))
    );
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
    let mut words = line.split_whitespace();
    let kind = match words.next() {
        Some("ssh-rsa") => "rsa",
        Some("ssh-ed25519") => "ed25519",
        _ => return Err(ApiError::InvalidKeyFormat {}),
    };
    let body = words
        .next()
        .and_then(|body| Base64::decode_vec(body).ok())
        .filter(|body| body.len() > 16);
    if body.is_none() {
        return Err(ApiError::InvalidKeyFormat {});
    }
    let tags = Tags::specified(input, "key-pair", &[])?;
    let fingerprint = if kind == "rsa" {
        pairs(&bytes(ctx.world, 16))
    } else {
        Base64::encode_string(&bytes(ctx.world, 32))
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
