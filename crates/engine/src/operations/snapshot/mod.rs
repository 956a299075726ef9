//! Snapshots: made, copied, shared, taken away (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html>).

pub mod create;
pub mod permission;
pub mod show;

pub(crate) use create::{NewSnapshot, make};
pub(crate) use show::source;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateSnapshot" create::execute, "VolumeId Description TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CreateSnapshots" create::several, "InstanceSpecification.InstanceId InstanceSpecification.ExcludeBootVolume InstanceSpecification.ExcludeDataVolumeIds Description CopyTagsFromSource TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CopySnapshot" create::copy, "SourceSnapshotId SourceRegion DestinationRegion Description Encrypted KmsKeyId TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteSnapshot" create::delete, "SnapshotId"),
    row!(Ec2 Read "DescribeSnapshots" show::describe, "SnapshotIds OwnerIds RestorableByUserIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "ModifySnapshotAttribute" permission::modify, "SnapshotId Attribute OperationType UserIds GroupNames CreateVolumePermission.Add.UserId CreateVolumePermission.Add.Group CreateVolumePermission.Remove.UserId CreateVolumePermission.Remove.Group"),
    row!(Ec2 Read "DescribeSnapshotAttribute" permission::describe, "SnapshotId Attribute"),
    row!(Ec2 Write "ResetSnapshotAttribute" permission::reset, "SnapshotId Attribute"),
];
