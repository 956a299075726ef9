//! KMS keys with their policies, grants and aliases
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html>). A key belongs to one account and one Region;
//! other accounts name it by its ARN.

use super::tags::Tags;
use crate::catalogue;
use crate::clock::Instant;
use crate::ids::AccountId;
use crate::kms::policy::KeyPolicy;
use crate::rng;
use crate::table::Table;
use std::fmt;
use std::rc::Rc;

/// A key's id: a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u128);

impl KeyId {
    /// The id of these random bits.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        KeyId::parse(&rng::uuid(bits)).unwrap_or(KeyId(bits))
    }

    /// Reads a UUID in lower case; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lengths = text.split('-').map(str::len);
        let fine =
            |byte: u8| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if !lengths.eq([8, 4, 4, 4, 12]) || !text.bytes().all(fine) {
            return None;
        }
        u128::from_str_radix(&text.replace('-', ""), 16)
            .ok()
            .map(KeyId)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0;
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            all >> 96,
            (all >> 80) & 0xffff,
            (all >> 64) & 0xffff,
            (all >> 48) & 0xffff,
            all & 0xffff_ffff_ffff
        )
    }
}

/// A key's ARN: whose it is, where, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct KeyArn {
    pub account: AccountId,
    pub region: &'static str,
    pub id: KeyId,
}

impl KeyArn {
    /// Reads `arn:aws:kms:us-east-1:111122223333:key/…`; `None` for anything else, or a Region that the lab lacks.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("arn:aws:kms:")?;
        let (region, rest) = rest.split_once(':')?;
        let (account, rest) = rest.split_once(':')?;
        let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        Some(KeyArn {
            account: AccountId(account.parse().ok().filter(|_| digits)?),
            region: catalogue::region(region)?.name,
            id: KeyId::parse(rest.strip_prefix("key/")?)?,
        })
    }

    /// The key that AWS manages for EBS in an account and Region, `alias/aws/ebs`
    /// (<https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk>). AWS makes it when it is
    /// first needed; here it is there from the start.
    #[must_use]
    pub fn aws_managed(account: AccountId, region: &'static str) -> Self {
        let purpose = format!("{account}/{region}/aws/ebs");
        KeyArn {
            account,
            region,
            id: KeyId::from_bits(rng::draw(0, &purpose, 0)),
        }
    }

    /// Whether it is the one that AWS manages.
    #[must_use]
    pub fn is_aws_managed(self) -> bool {
        self == KeyArn::aws_managed(self.account, self.region)
    }
}

impl fmt::Display for KeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "arn:aws:kms:{}:{}:key/{}",
            self.region, self.account, self.id
        )
    }
}

/// Whether a key can be used (<https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum KeyState {
    Enabled,
    Disabled,
    /// It is deleted at this moment.
    PendingDeletion(Instant),
}

impl KeyState {
    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Enabled => "Enabled",
            KeyState::Disabled => "Disabled",
            KeyState::PendingDeletion(_) => "PendingDeletion",
        }
    }
}

/// Leave to do some things with a key, beside its policy
/// (<https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Grant {
    /// 64 hexadecimal digits.
    pub id: String,
    pub name: Option<String>,
    pub created: Instant,
    /// The ARN of an account's root or of a user or role.
    pub grantee: String,
    pub retiring: Option<String>,
    /// The account that made it.
    pub issuer: AccountId,
    /// `Decrypt`, `CreateGrant`…
    pub operations: Vec<String>,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Key {
    pub arn: KeyArn,
    pub serial: u64,
    pub description: String,
    pub created: Instant,
    pub state: KeyState,
    pub policy: Rc<KeyPolicy>,
    pub grants: Vec<Grant>,
    pub tags: Tags,
}

/// An alias: a name of a key within its account and Region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Alias {
    pub target: KeyId,
    pub created: Instant,
}

/// An alias's place: account, Region, name with its `alias/`.
pub type AliasName = (AccountId, &'static str, String);

/// The keys and aliases of every account and Region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Kms {
    pub keys: Table<KeyArn, Key>,
    pub aliases: Table<AliasName, Alias>,
}

impl Kms {
    /// Whether nobody has made a key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.aliases.is_empty()
    }

    /// The customer keys of an account in a Region, in the order they were made.
    #[must_use]
    pub fn keys_of(&self, account: AccountId, region: &str) -> Vec<&Key> {
        let own = |row: &&Key| row.arn.account == account && row.arn.region == region;
        let mut rows: Vec<&Key> = self.keys.values().filter(own).collect();
        rows.sort_by_key(|row| row.serial);
        rows
    }

    /// The first alias of a key.
    #[must_use]
    pub fn alias_of(&self, arn: KeyArn) -> Option<&str> {
        self.aliases
            .iter()
            .find(|((account, region, _), alias)| {
                (*account, *region, alias.target) == (arn.account, arn.region, arn.id)
            })
            .map(|((_, _, name), _)| name.as_str())
    }
}
