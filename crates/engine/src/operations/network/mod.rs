//! The network: VPCs, subnets, gateways, routes, ACLs, endpoints, peering; and what Reachability Analyzer says of it.

pub mod acl;
pub mod acl_entry;
mod cidr;
pub mod endpoint;
mod endpoint_parts;
pub mod endpoint_service;
pub mod insights;
mod insights_find;
pub mod internet_gateway;
pub mod nat_gateway;
pub mod peering;
pub mod route;
pub mod route_table;
pub mod subnet;
pub mod vpc;
pub mod vpc_attribute;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateVpc" vpc::create, "CidrBlock InstanceTenancy TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CreateDefaultVpc" vpc::create_default, ""),
    row!(Ec2 Write "DeleteVpc" vpc::delete, "VpcId"),
    row!(Ec2 Read "DescribeVpcs" vpc::describe, "VpcIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "ModifyVpcAttribute" vpc_attribute::modify, "VpcId EnableDnsSupport.Value EnableDnsHostnames.Value EnableNetworkAddressUsageMetrics.Value"),
    row!(Ec2 Read "DescribeVpcAttribute" vpc_attribute::describe, "VpcId Attribute"),
    row!(Ec2 Write "AssociateVpcCidrBlock" vpc_attribute::associate, "VpcId CidrBlock"),
    row!(Ec2 Write "DisassociateVpcCidrBlock" vpc_attribute::disassociate, "AssociationId"),
    row!(Ec2 Write "CreateSubnet" subnet::create, "VpcId CidrBlock AvailabilityZone AvailabilityZoneId TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "CreateDefaultSubnet" subnet::create_default, "AvailabilityZone"),
    row!(Ec2 Write "DeleteSubnet" subnet::delete, "SubnetId"),
    row!(Ec2 Read "DescribeSubnets" subnet::describe, "SubnetIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "ModifySubnetAttribute" subnet::modify, "SubnetId MapPublicIpOnLaunch.Value EnableDns64.Value EnableResourceNameDnsARecordOnLaunch.Value PrivateDnsHostnameTypeOnLaunch"),
    row!(Ec2 Write "CreateInternetGateway" internet_gateway::create, "TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "AttachInternetGateway" internet_gateway::attach, "InternetGatewayId VpcId"),
    row!(Ec2 Write "DetachInternetGateway" internet_gateway::detach, "InternetGatewayId VpcId"),
    row!(Ec2 Write "DeleteInternetGateway" internet_gateway::delete, "InternetGatewayId"),
    row!(Ec2 Read "DescribeInternetGateways" internet_gateway::describe, "InternetGatewayIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateRouteTable" route_table::create, "VpcId TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteRouteTable" route_table::delete, "RouteTableId"),
    row!(Ec2 Write "AssociateRouteTable" route_table::associate, "RouteTableId SubnetId"),
    row!(Ec2 Write "DisassociateRouteTable" route_table::disassociate, "AssociationId"),
    row!(Ec2 Write "ReplaceRouteTableAssociation" route_table::replace, "AssociationId RouteTableId"),
    row!(Ec2 Read "DescribeRouteTables" route_table::describe, "RouteTableIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateRoute" route::create, "RouteTableId DestinationCidrBlock GatewayId NatGatewayId NetworkInterfaceId InstanceId VpcPeeringConnectionId"),
    row!(Ec2 Write "ReplaceRoute" route::replace, "RouteTableId DestinationCidrBlock GatewayId NatGatewayId NetworkInterfaceId InstanceId VpcPeeringConnectionId"),
    row!(Ec2 Write "DeleteRoute" route::delete, "RouteTableId DestinationCidrBlock"),
    row!(Ec2 Write "CreateNatGateway" nat_gateway::create, "SubnetId AllocationId ConnectivityType PrivateIpAddress ClientToken TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteNatGateway" nat_gateway::delete, "NatGatewayId"),
    row!(Ec2 Read "DescribeNatGateways" nat_gateway::describe, "NatGatewayIds Filter.Name Filter.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateVpcEndpoint" endpoint::create, "VpcId ServiceName VpcEndpointType PolicyDocument RouteTableIds SubnetIds SecurityGroupIds PrivateDnsEnabled ClientToken TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "ModifyVpcEndpoint" endpoint::modify, "VpcEndpointId ResetPolicy PolicyDocument AddRouteTableIds RemoveRouteTableIds AddSubnetIds RemoveSubnetIds AddSecurityGroupIds RemoveSecurityGroupIds PrivateDnsEnabled"),
    row!(Ec2 Write "DeleteVpcEndpoints" endpoint::delete, "VpcEndpointIds"),
    row!(Ec2 Read "DescribeVpcEndpoints" endpoint::describe, "VpcEndpointIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeVpcEndpointServices" endpoint_service::describe, "ServiceNames Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribePrefixLists" endpoint_service::prefix_lists, "PrefixListIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateVpcPeeringConnection" peering::create, "VpcId PeerVpcId PeerOwnerId PeerRegion TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "AcceptVpcPeeringConnection" peering::accept, "VpcPeeringConnectionId"),
    row!(Ec2 Write "RejectVpcPeeringConnection" peering::reject, "VpcPeeringConnectionId"),
    row!(Ec2 Write "DeleteVpcPeeringConnection" peering::delete, "VpcPeeringConnectionId"),
    row!(Ec2 Read "DescribeVpcPeeringConnections" peering::describe, "VpcPeeringConnectionIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeNetworkAcls" acl::describe, "NetworkAclIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "CreateNetworkAcl" acl::create, "VpcId TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteNetworkAcl" acl::delete, "NetworkAclId"),
    row!(Ec2 Write "ReplaceNetworkAclAssociation" acl::replace, "AssociationId NetworkAclId"),
    row!(Ec2 Write "CreateNetworkAclEntry" acl_entry::create, "NetworkAclId RuleNumber Protocol RuleAction Egress CidrBlock PortRange.From PortRange.To IcmpTypeCode.Type IcmpTypeCode.Code"),
    row!(Ec2 Write "ReplaceNetworkAclEntry" acl_entry::replace, "NetworkAclId RuleNumber Protocol RuleAction Egress CidrBlock PortRange.From PortRange.To IcmpTypeCode.Type IcmpTypeCode.Code"),
    row!(Ec2 Write "DeleteNetworkAclEntry" acl_entry::delete, "NetworkAclId RuleNumber Egress"),
    row!(Ec2 Write "CreateNetworkInsightsPath" insights::create_path, "Source Destination SourceIp DestinationIp Protocol DestinationPort ClientToken TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteNetworkInsightsPath" insights::delete_path, "NetworkInsightsPathId"),
    row!(Ec2 Read "DescribeNetworkInsightsPaths" insights::describe_paths, "NetworkInsightsPathIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "StartNetworkInsightsAnalysis" insights::start, "NetworkInsightsPathId ClientToken TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteNetworkInsightsAnalysis" insights::delete_analysis, "NetworkInsightsAnalysisId"),
    row!(Ec2 Read "DescribeNetworkInsightsAnalyses" insights::describe_analyses, "NetworkInsightsAnalysisIds NetworkInsightsPathId Filters.Name Filters.Values MaxResults NextToken"),
];
