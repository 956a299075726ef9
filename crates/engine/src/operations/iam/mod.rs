//! IAM in the small form that instances need: roles and instance profiles, and the ties of profiles to instances.

pub mod association;
pub mod instance_profile;
pub mod role;

use crate::error::{ApiError, ApiResult};
use crate::operation::OperationSpec;
use crate::row;
use crate::world::World;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Iam Write "CreateRole" role::create, "RoleName AssumeRolePolicyDocument Path Description Tags.Key Tags.Value"),
    row!(Iam Read "GetRole" role::get, "RoleName"),
    row!(Iam Write "DeleteRole" role::delete, "RoleName"),
    row!(Iam Write "AttachRolePolicy" role::attach_policy, "RoleName PolicyArn"),
    row!(Iam Write "DetachRolePolicy" role::detach_policy, "RoleName PolicyArn"),
    row!(Iam Write "PutRolePolicy" role::put_policy, "RoleName PolicyName PolicyDocument"),
    row!(Iam Write "DeleteRolePolicy" role::delete_policy, "RoleName PolicyName"),
    row!(Iam Write "CreateInstanceProfile" instance_profile::create, "InstanceProfileName Path Tags.Key Tags.Value"),
    row!(Iam Read "GetInstanceProfile" instance_profile::get, "InstanceProfileName"),
    row!(Iam Read "ListInstanceProfiles" instance_profile::list, "PathPrefix"),
    row!(Iam Write "DeleteInstanceProfile" instance_profile::delete, "InstanceProfileName"),
    row!(Iam Write "AddRoleToInstanceProfile" instance_profile::add_role, "InstanceProfileName RoleName"),
    row!(Iam Write "RemoveRoleFromInstanceProfile" instance_profile::remove_role, "InstanceProfileName RoleName"),
    row!(Ec2 Write "AssociateIamInstanceProfile" association::associate, "InstanceId IamInstanceProfile.Arn IamInstanceProfile.Name"),
    row!(Ec2 Write "DisassociateIamInstanceProfile" association::disassociate, "AssociationId"),
    row!(Ec2 Write "ReplaceIamInstanceProfileAssociation" association::replace, "AssociationId IamInstanceProfile.Arn IamInstanceProfile.Name"),
    row!(Ec2 Read "DescribeIamInstanceProfileAssociations" association::describe, "AssociationIds Filters.Name Filters.Values MaxResults NextToken"),
];

/// An id of IAM's: four letters that say what it is, and 17 of the base32 alphabet.
fn id(world: &mut World, prefix: &str) -> String {
    let mut bits = world.draw("iam-id");
    let mut text = prefix.to_owned();
    for _ in 0..17 {
        let letter = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .get((bits % 32) as usize)
            .copied()
            .unwrap_or(b'A');
        text.push(char::from(letter));
        bits /= 32;
    }
    text
}

/// A name as IAM takes it (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>).
fn name<'a>(what: &str, text: &'a str, most: usize) -> ApiResult<&'a str> {
    let fine = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    if text.is_empty() || text.chars().count() > most || !text.chars().all(fine) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "The specified value for {what} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
            ),
        });
    }
    Ok(text)
}

/// A path: `/`, or a text between two of them.
fn path(text: Option<&str>) -> ApiResult<String> {
    let path = text.unwrap_or("/");
    if !path.starts_with('/') || !path.ends_with('/') {
        return Err(ApiError::InvalidParameterValue {
            detail: "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.".to_owned(),
        });
    }
    Ok(path.to_owned())
}
