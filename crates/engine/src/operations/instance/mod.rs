//! Instances: launch, life cycle, attributes.

pub mod attribute;
pub mod console;
pub mod describe;
pub mod describe_attribute;
pub mod describe_status;
pub mod failure;
pub mod filters;
pub mod launch;
pub mod lifecycle;
pub mod metadata_options;
pub mod modify_placement;
pub mod monitoring;
pub mod password;
pub(crate) mod remembered;
pub mod run;
pub(crate) mod show;
pub mod states;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "RunInstances" run::execute, "ImageId InstanceType MinCount MaxCount KeyName SecurityGroupIds SecurityGroups SubnetId PrivateIpAddress UserData ClientToken DisableApiTermination DisableApiStop InstanceInitiatedShutdownBehavior EbsOptimized Monitoring.Enabled LaunchTemplate.LaunchTemplateId LaunchTemplate.LaunchTemplateName LaunchTemplate.Version IamInstanceProfile.Arn IamInstanceProfile.Name MetadataOptions.HttpTokens MetadataOptions.HttpEndpoint MetadataOptions.HttpPutResponseHopLimit MetadataOptions.HttpProtocolIpv6 MetadataOptions.InstanceMetadataTags HibernationOptions.Configured EnclaveOptions.Enabled CpuOptions.CoreCount CpuOptions.ThreadsPerCore CreditSpecification.CpuCredits MaintenanceOptions.AutoRecovery PrivateDnsNameOptions.HostnameType PrivateDnsNameOptions.EnableResourceNameDnsARecord PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord Placement.AvailabilityZone Placement.GroupName Placement.GroupId Placement.PartitionNumber Placement.Tenancy NetworkInterfaces.DeviceIndex NetworkInterfaces.SubnetId NetworkInterfaces.Groups NetworkInterfaces.AssociatePublicIpAddress NetworkInterfaces.PrivateIpAddress NetworkInterfaces.DeleteOnTermination NetworkInterfaces.Description NetworkInterfaces.NetworkInterfaceId NetworkInterfaces.NetworkCardIndex NetworkInterfaces.InterfaceType NetworkInterfaces.PrivateIpAddresses.PrivateIpAddress NetworkInterfaces.PrivateIpAddresses.Primary NetworkInterfaces.SecondaryPrivateIpAddressCount NetworkInterfaces.ConnectionTrackingSpecification.TcpEstablishedTimeout NetworkInterfaces.ConnectionTrackingSpecification.UdpTimeout NetworkInterfaces.ConnectionTrackingSpecification.UdpStreamTimeout BlockDeviceMappings.DeviceName BlockDeviceMappings.NoDevice BlockDeviceMappings.VirtualName BlockDeviceMappings.Ebs.SnapshotId BlockDeviceMappings.Ebs.VolumeSize BlockDeviceMappings.Ebs.VolumeType BlockDeviceMappings.Ebs.Iops BlockDeviceMappings.Ebs.Throughput BlockDeviceMappings.Ebs.Encrypted BlockDeviceMappings.Ebs.KmsKeyId BlockDeviceMappings.Ebs.DeleteOnTermination TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Read "DescribeInstances" describe::execute, "InstanceIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeInstanceStatus" describe_status::execute, "InstanceIds Filters.Name Filters.Values IncludeAllInstances MaxResults NextToken"),
    row!(Ec2 Write "StartInstances" states::start, "InstanceIds"),
    row!(Ec2 Write "StopInstances" states::stop, "InstanceIds Force Hibernate"),
    row!(Ec2 Write "RebootInstances" states::reboot, "InstanceIds"),
    row!(Ec2 Write "TerminateInstances" states::terminate, "InstanceIds"),
    row!(Ec2 Write "ModifyInstanceAttribute" attribute::modify, "InstanceId BlockDeviceMappings.DeviceName BlockDeviceMappings.Ebs.VolumeId BlockDeviceMappings.Ebs.DeleteOnTermination Attribute Value Groups DisableApiTermination DisableApiTermination.Value DisableApiStop DisableApiStop.Value SourceDestCheck SourceDestCheck.Value InstanceType.Value InstanceInitiatedShutdownBehavior.Value UserData.Value EbsOptimized EbsOptimized.Value SriovNetSupport.Value EnaSupport EnaSupport.Value"),
    row!(Ec2 Read "DescribeInstanceAttribute" describe_attribute::execute, "InstanceId Attribute"),
    row!(Ec2 Write "ResetInstanceAttribute" attribute::reset, "InstanceId Attribute"),
    row!(Ec2 Write "ModifyInstanceMetadataOptions" metadata_options::execute, "InstanceId HttpTokens HttpPutResponseHopLimit HttpEndpoint HttpProtocolIpv6 InstanceMetadataTags"),
    row!(Ec2 Write "MonitorInstances" monitoring::on, "InstanceIds"),
    row!(Ec2 Write "UnmonitorInstances" monitoring::off, "InstanceIds"),
    row!(Ec2 Write "ModifyInstancePlacement" modify_placement::execute, "InstanceId GroupName GroupId PartitionNumber"),
    row!(Ec2 Read "GetConsoleOutput" console::execute, "InstanceId Latest"),
    row!(Ec2 Read "GetPasswordData" password::execute, "InstanceId"),
];
