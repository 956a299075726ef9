//! Images: public ones described, own ones made, copied, shared, taken away.

pub mod attribute;
pub mod create;
pub mod describe;

pub(crate) use describe::{Source, launchable};

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Read "DescribeImages" describe::execute, "ImageIds Owners ExecutableUsers Filters.Name Filters.Values IncludeDeprecated MaxResults NextToken"),
    row!(Ec2 Write "CreateImage" create::execute, "InstanceId Name Description NoReboot TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CopyImage" create::copy, "SourceImageId SourceRegion Name Description Encrypted KmsKeyId ClientToken CopyImageTags TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeregisterImage" create::deregister, "ImageId DeleteAssociatedSnapshots"),
    row!(Ec2 Write "ModifyImageAttribute" attribute::modify, "ImageId Attribute Value OperationType UserIds UserGroups Description.Value LaunchPermission.Add.UserId LaunchPermission.Add.Group LaunchPermission.Remove.UserId LaunchPermission.Remove.Group"),
    row!(Ec2 Read "DescribeImageAttribute" attribute::describe, "ImageId Attribute"),
    row!(Ec2 Write "ResetImageAttribute" attribute::reset, "ImageId Attribute"),
];
