//! Key pairs.

pub mod create;
pub mod delete;
pub mod describe;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateKeyPair" create::create, "KeyName KeyType KeyFormat TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "ImportKeyPair" create::import, "KeyName PublicKeyMaterial TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Read "DescribeKeyPairs" describe::execute, "KeyNames KeyPairIds IncludePublicKey Filters.Name Filters.Values"),
    row!(Ec2 Write "DeleteKeyPair" delete::execute, "KeyName KeyPairId"),
];
