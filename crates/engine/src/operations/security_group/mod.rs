//! Security groups and their rules.

pub mod authorize;
pub mod create;
pub mod delete;
pub mod describe;
pub mod modify;
pub mod permission;
pub mod revoke;
pub mod update_descriptions;

use crate::operation::OperationSpec;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateSecurityGroup" create::execute, "GroupName Description VpcId TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "DeleteSecurityGroup" delete::execute, "GroupId GroupName"),
    row!(Ec2 Read "DescribeSecurityGroups" describe::groups, "GroupIds GroupNames Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeSecurityGroupRules" describe::rules, "SecurityGroupRuleIds Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Write "AuthorizeSecurityGroupIngress" authorize::ingress, "GroupId GroupName CidrIp IpProtocol FromPort ToPort SourceSecurityGroupName IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "AuthorizeSecurityGroupEgress" authorize::egress, "GroupId IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "RevokeSecurityGroupIngress" revoke::ingress, "GroupId GroupName CidrIp IpProtocol FromPort ToPort SourceSecurityGroupName SecurityGroupRuleIds IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description"),
    row!(Ec2 Write "RevokeSecurityGroupEgress" revoke::egress, "GroupId SecurityGroupRuleIds IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description"),
    row!(Ec2 Write "ModifySecurityGroupRules" modify::execute, "GroupId SecurityGroupRules.SecurityGroupRuleId SecurityGroupRules.SecurityGroupRule.IpProtocol SecurityGroupRules.SecurityGroupRule.FromPort SecurityGroupRules.SecurityGroupRule.ToPort SecurityGroupRules.SecurityGroupRule.CidrIpv4 SecurityGroupRules.SecurityGroupRule.CidrIpv6 SecurityGroupRules.SecurityGroupRule.ReferencedGroupId SecurityGroupRules.SecurityGroupRule.Description"),
    row!(Ec2 Write "UpdateSecurityGroupRuleDescriptionsIngress" update_descriptions::ingress, "GroupId GroupName SecurityGroupRuleDescriptions.SecurityGroupRuleId SecurityGroupRuleDescriptions.Description IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description"),
    row!(Ec2 Write "UpdateSecurityGroupRuleDescriptionsEgress" update_descriptions::egress, "GroupId GroupName SecurityGroupRuleDescriptions.SecurityGroupRuleId SecurityGroupRuleDescriptions.Description IpPermissions.IpProtocol IpPermissions.FromPort IpPermissions.ToPort IpPermissions.IpRanges.CidrIp IpPermissions.IpRanges.Description IpPermissions.Ipv6Ranges.CidrIpv6 IpPermissions.Ipv6Ranges.Description IpPermissions.UserIdGroupPairs.GroupId IpPermissions.UserIdGroupPairs.GroupName IpPermissions.UserIdGroupPairs.UserId IpPermissions.UserIdGroupPairs.VpcId IpPermissions.UserIdGroupPairs.Description"),
];
