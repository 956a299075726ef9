//! Images: public ones described, own ones made, copied, shared, taken away.

pub mod attribute;
pub mod create;
pub mod describe;
pub mod public_access;
pub mod register;
pub mod retire;

pub(crate) use describe::{Source, launchable};

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Read "DescribeImages" describe::execute, "ImageIds Owners ExecutableUsers Filters.Name Filters.Values IncludeDeprecated IncludeDisabled MaxResults NextToken"),
    row!(Ec2 Write "CreateImage" create::execute, "InstanceId Name Description NoReboot TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CopyImage" create::copy, "SourceImageId SourceRegion Name Description Encrypted KmsKeyId ClientToken CopyImageTags TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeregisterImage" create::deregister, "ImageId DeleteAssociatedSnapshots"),
    row!(Ec2 Write "ModifyImageAttribute" attribute::modify, "ImageId Attribute Value OperationType UserIds UserGroups Description.Value LaunchPermission.Add.UserId LaunchPermission.Add.Group LaunchPermission.Remove.UserId LaunchPermission.Remove.Group"),
    row!(Ec2 Write "RegisterImage" register::execute, "Name Description Architecture RootDeviceName VirtualizationType EnaSupport BlockDeviceMappings.DeviceName BlockDeviceMappings.Ebs.SnapshotId BlockDeviceMappings.Ebs.VolumeSize BlockDeviceMappings.Ebs.VolumeType BlockDeviceMappings.Ebs.Iops BlockDeviceMappings.Ebs.Throughput BlockDeviceMappings.Ebs.Encrypted BlockDeviceMappings.Ebs.KmsKeyId BlockDeviceMappings.Ebs.DeleteOnTermination TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "EnableImageDeprecation" retire::deprecate, "ImageId DeprecateAt"),
    row!(Ec2 Write "DisableImageDeprecation" retire::keep, "ImageId"),
    row!(Ec2 Write "EnableImage" retire::enable, "ImageId"),
    row!(Ec2 Write "DisableImage" retire::disable, "ImageId"),
    row!(Ec2 Write "EnableImageDeregistrationProtection" retire::protect, "ImageId WithCooldown"),
    row!(Ec2 Write "DisableImageDeregistrationProtection" retire::unprotect, "ImageId"),
    row!(Ec2 Read "GetImageBlockPublicAccessState" public_access::get, ""),
    row!(Ec2 Write "EnableImageBlockPublicAccess" public_access::enable, "ImageBlockPublicAccessState"),
    row!(Ec2 Write "DisableImageBlockPublicAccess" public_access::disable, ""),
    row!(Ec2 Read "GetSnapshotBlockPublicAccessState" public_access::get_snapshots, ""),
    row!(Ec2 Write "EnableSnapshotBlockPublicAccess" public_access::enable_snapshots, "State"),
    row!(Ec2 Write "DisableSnapshotBlockPublicAccess" public_access::disable_snapshots, ""),
    row!(Ec2 Read "DescribeImageAttribute" attribute::describe, "ImageId Attribute"),
    row!(Ec2 Write "ResetImageAttribute" attribute::reset, "ImageId Attribute"),
];
