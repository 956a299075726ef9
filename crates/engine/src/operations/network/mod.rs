//! The network as it is: VPCs, subnets, gateways, routes, ACLs; and the changes to them.

pub mod acl;
pub mod describe;
pub mod route;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Read "DescribeVpcs" describe::vpcs, "VpcIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeSubnets" describe::subnets, "SubnetIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "ModifySubnetAttribute" describe::modify_subnet, "SubnetId MapPublicIpOnLaunch.Value"),
    row!(Ec2 Read "DescribeInternetGateways" describe::internet_gateways, "InternetGatewayIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeRouteTables" route::describe, "RouteTableIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateRoute" route::create, "RouteTableId DestinationCidrBlock GatewayId"),
    row!(Ec2 Write "DeleteRoute" route::delete, "RouteTableId DestinationCidrBlock"),
    row!(Ec2 Read "DescribeNetworkAcls" acl::describe, "NetworkAclIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateNetworkAclEntry" acl::create, "NetworkAclId RuleNumber Protocol RuleAction Egress CidrBlock PortRange.From PortRange.To IcmpTypeCode.Type IcmpTypeCode.Code"),
    row!(Ec2 Write "DeleteNetworkAclEntry" acl::delete, "NetworkAclId RuleNumber Egress"),
];
