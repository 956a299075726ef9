//! EBS volumes: made, attached, changed, taken away.

pub mod attach;
pub mod attribute;
pub mod create;
pub mod encryption;
pub mod key;
pub mod make;
pub mod modify;
pub mod shape;
pub mod show;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateVolume" create::execute, "AvailabilityZone AvailabilityZoneId Size SnapshotId VolumeType Iops Throughput Encrypted KmsKeyId MultiAttachEnabled ClientToken TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteVolume" create::delete, "VolumeId"),
    row!(Ec2 Read "DescribeVolumes" show::describe, "VolumeIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeVolumeStatus" show::status, "VolumeIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "AttachVolume" attach::attach, "VolumeId InstanceId Device"),
    row!(Ec2 Write "DetachVolume" attach::detach, "VolumeId InstanceId Device Force"),
    row!(Ec2 Write "ModifyVolume" modify::execute, "VolumeId Size VolumeType Iops Throughput"),
    row!(Ec2 Read "DescribeVolumesModifications" modify::describe, "VolumeIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeVolumeAttribute" attribute::describe, "VolumeId Attribute"),
    row!(Ec2 Write "ModifyVolumeAttribute" attribute::modify, "VolumeId AutoEnableIO AutoEnableIO.Value"),
    row!(Ec2 Read "GetEbsEncryptionByDefault" encryption::get, ""),
    row!(Ec2 Write "EnableEbsEncryptionByDefault" encryption::enable, ""),
    row!(Ec2 Write "DisableEbsEncryptionByDefault" encryption::disable, ""),
    row!(Ec2 Read "GetEbsDefaultKmsKeyId" encryption::get_key, ""),
    row!(Ec2 Write "ModifyEbsDefaultKmsKeyId" encryption::modify_key, "KmsKeyId"),
    row!(Ec2 Write "ResetEbsDefaultKmsKeyId" encryption::reset_key, ""),
];
