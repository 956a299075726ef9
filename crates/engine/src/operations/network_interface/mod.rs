//! Network interfaces: made alone, attached, moved, with several private addresses
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html>).

pub mod assign;
pub mod attach;
pub mod attribute;
pub mod create;
pub mod delete;
pub mod describe;
pub mod filters;
pub mod make;
pub mod modify;
pub mod show;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateNetworkInterface" create::execute, "SubnetId Description Groups PrivateIpAddress PrivateIpAddresses.PrivateIpAddress PrivateIpAddresses.Primary SecondaryPrivateIpAddressCount InterfaceType ClientToken ConnectionTrackingSpecification.TcpEstablishedTimeout ConnectionTrackingSpecification.UdpTimeout ConnectionTrackingSpecification.UdpStreamTimeout TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteNetworkInterface" delete::execute, "NetworkInterfaceId"),
    row!(Ec2 Read "DescribeNetworkInterfaces" describe::execute, "NetworkInterfaceIds IncludeManagedResources Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "AttachNetworkInterface" attach::attach, "NetworkInterfaceId InstanceId DeviceIndex NetworkCardIndex"),
    row!(Ec2 Write "DetachNetworkInterface" attach::detach, "AttachmentId Force"),
    row!(Ec2 Write "ModifyNetworkInterfaceAttribute" modify::execute, "NetworkInterfaceId Groups SourceDestCheck.Value Description.Value Attachment.AttachmentId Attachment.DeleteOnTermination AssociatePublicIpAddress ConnectionTrackingSpecification.TcpEstablishedTimeout ConnectionTrackingSpecification.UdpTimeout ConnectionTrackingSpecification.UdpStreamTimeout"),
    row!(Ec2 Read "DescribeNetworkInterfaceAttribute" attribute::describe, "NetworkInterfaceId Attribute"),
    row!(Ec2 Write "ResetNetworkInterfaceAttribute" attribute::reset, "NetworkInterfaceId SourceDestCheck"),
    row!(Ec2 Write "AssignPrivateIpAddresses" assign::assign, "NetworkInterfaceId PrivateIpAddresses SecondaryPrivateIpAddressCount AllowReassignment"),
    row!(Ec2 Write "UnassignPrivateIpAddresses" assign::unassign, "NetworkInterfaceId PrivateIpAddresses"),
];
