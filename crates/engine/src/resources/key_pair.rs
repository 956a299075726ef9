//! Key pairs (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html>): AWS keeps the public half.

use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::KeyPairId;

/// A key pair.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct KeyPair {
    pub id: KeyPairId,
    pub serial: u64,
    pub name: String,
    /// `rsa` or `ed25519`.
    pub kind: &'static str,
    pub fingerprint: String,
    pub public_key: String,
    pub created: Instant,
    pub tags: Tags,
}
