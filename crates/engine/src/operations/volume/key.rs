//! Which key a new disk is encrypted with
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/encryption-examples.html#ebs-volume-encryption-outcomes>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::kms::access::{Barred, Use, usable};
use crate::operations::kms::named;
use crate::region::RegionState;
use crate::resources::kms::KeyArn;
use crate::world::{Caller, World};

/// What something is made from: whether it is encrypted, and with which key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sealed {
    pub encrypted: bool,
    /// The key that opens it.
    pub key: Option<String>,
    /// Whether it belongs to the account that makes something from it.
    pub own: bool,
}

impl Sealed {
    /// The key that what is made from it gets when none is named: the same one, for what is one's own. What somebody else
    /// has shared goes to one's own usual key
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html>).
    fn kept(&self) -> Option<&String> {
        self.key.as_ref().filter(|_| self.own)
    }
}

/// `Encrypted` and `KmsKeyId` of a call: whether, and with which key. What comes from an encrypted snapshot stays so.
///
/// # Errors
/// `InvalidParameterDependency` for a key without encryption, `InvalidParameterCombination` for taking it off.
pub(crate) fn encryption(
    world: &World,
    region: &RegionState,
    input: Input<'_>,
    from: &Sealed,
) -> ApiResult<(bool, Option<String>)> {
    let asked = input.boolean("Encrypted")?;
    let written = input.text("KmsKeyId")?;
    if asked == Some(false) && from.encrypted {
        return Err(ApiError::InvalidParameterCombination {
            detail: "The snapshot is encrypted: what is made from it cannot be unencrypted."
                .to_owned(),
        });
    }
    // With encryption by default, what is not asked for is encrypted all the same
    // (https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html).
    let encrypted = region.ebs.encryption_by_default || asked.unwrap_or(from.encrypted);
    if written.is_some() && !encrypted {
        return Err(ApiError::InvalidParameterDependency {
            detail: "The parameter KmsKeyId requires the parameter Encrypted to be set.".to_owned(),
        });
    }
    if !encrypted {
        return Ok((false, None));
    }
    let key = match written {
        Some(id) => key_arn(world, region, id),
        None => from.kept().cloned().unwrap_or_else(|| usual_key(region)),
    };
    Ok((true, Some(key)))
}

/// The caller that a Region's account is.
pub(crate) fn caller(region: &RegionState) -> Caller {
    Caller {
        account: region.account,
        region: region.name,
    }
}

/// The ARN of a key by its ARN, its alias or its id. EC2 looks at a key only after it has answered: one that there is not is
/// kept as it was written, and what needs it fails
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>, KmsKeyId).
pub(super) fn key_arn(world: &World, region: &RegionState, written: &str) -> String {
    match named(world, &caller(region), written) {
        Some(arn) => arn.to_string(),
        None if written.starts_with("arn:") => written.to_owned(),
        None => format!(
            "arn:aws:kms:{}:{}:key/{written}",
            region.name, region.account
        ),
    }
}

/// The ARN of the key that is used when none is named: the account's choice, else the one that AWS manages.
pub(crate) fn usual_key(region: &RegionState) -> String {
    let chosen = region.ebs.default_key.clone();
    chosen.unwrap_or_else(|| default_key(region))
}

/// The ARN of the key that AWS manages for EBS in an account and Region.
pub(crate) fn default_key(region: &RegionState) -> String {
    KeyArn::aws_managed(region.account, region.name).to_string()
}

/// Whether something can be made from this with that key: the source opened, if another key or account closed it, and the
/// new thing encrypted.
///
/// # Errors
/// The key that cannot be used, and why.
pub(crate) fn can_make(
    world: &World,
    source: &Caller,
    from: &Sealed,
    place: &Caller,
    key: Option<&str>,
) -> Result<(), (String, Barred)> {
    if let Some(opens) = from
        .key
        .as_deref()
        .filter(|opens| !from.own || Some(*opens) != key)
    {
        usable(world, source, opens, Use::Open).map_err(|why| (opens.to_owned(), why))?;
    }
    if let Some(key) = key {
        usable(world, place, key, Use::Encrypt).map_err(|why| (key.to_owned(), why))?;
    }
    Ok(())
}
