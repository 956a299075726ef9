//! A world with something of everything, and a call of each operation that succeeds there.

use crate::furnished_balancing;
use crate::furnished_network;
use crate::furnished_storage;
use crate::lab::Lab;
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

/// A world with something of everything.
pub fn furnished() -> Lab {
    let mut lab = Lab::new();
    lab.ok("CreateKeyPair", json!({ "KeyName": "k" }));
    let group = lab.group("web");
    lab.allow(&group, "tcp", 22, "0.0.0.0/0");
    lab.group("idle");
    lab.ok(
        "CreatePlacementGroup",
        json!({ "GroupName": "spread", "Strategy": "spread" }),
    );
    lab.ok(
        "CreatePlacementGroup",
        json!({ "GroupName": "partition", "Strategy": "partition" }),
    );
    let first = lab.launch(json!({ "SecurityGroupIds": [group], "KeyName": "k" }));
    let stopped = lab.up(json!({ "Placement": { "GroupName": "spread" } }));
    lab.ok("StopInstances", json!({ "InstanceIds": [stopped] }));
    let gone = lab.up(json!({}));
    lab.ok("TerminateInstances", json!({ "InstanceIds": [gone] }));
    lab.settle();
    let tied = lab.ok("AllocateAddress", json!({}));
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": first, "AllocationId": tied["AllocationId"] }),
    );
    lab.ok("AllocateAddress", json!({}));
    lab.ok(
        "CreateTags",
        json!({ "Resources": [first], "Tags": [{ "Key": "Name", "Value": "web" }] }),
    );
    let second = lab.up(json!({}));
    let subnet = lab.ok("DescribeInstances", json!({ "InstanceIds": [second] }))["Reservations"][0]
        ["Instances"][0]["SubnetId"]
        .clone();
    let free =
        json!({ "SubnetId": subnet, "SecondaryPrivateIpAddressCount": 1, "Description": "free" });
    lab.ok("CreateNetworkInterface", free);
    let tied = lab.ok(
        "CreateNetworkInterface",
        json!({ "SubnetId": subnet, "Description": "tied" }),
    );
    lab.ok("AttachNetworkInterface", json!({ "NetworkInterfaceId": tied["NetworkInterface"]["NetworkInterfaceId"], "InstanceId": second, "DeviceIndex": 1 }));
    let template = json!({ "LaunchTemplateName": "template", "LaunchTemplateData": { "InstanceType": "t3.micro" } });
    lab.ok("CreateLaunchTemplate", template);
    lab.ok("CreateLaunchTemplateVersion", json!({ "LaunchTemplateName": "template", "SourceVersion": "1", "LaunchTemplateData": { "KeyName": "k" } }));
    for name in ["role", "free"] {
        lab.ok(
            "CreateRole",
            json!({ "RoleName": name, "AssumeRolePolicyDocument": TRUST }),
        );
        lab.ok(
            "CreateInstanceProfile",
            json!({ "InstanceProfileName": name }),
        );
    }
    lab.ok(
        "AddRoleToInstanceProfile",
        json!({ "InstanceProfileName": "role", "RoleName": "role" }),
    );
    lab.ok(
        "AttachRolePolicy",
        json!({ "RoleName": "role", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    );
    lab.ok(
        "PutRolePolicy",
        json!({ "RoleName": "role", "PolicyName": "own", "PolicyDocument": TRUST }),
    );
    lab.ok(
        "AssociateIamInstanceProfile",
        json!({ "InstanceId": second, "IamInstanceProfile": { "Name": "role" } }),
    );
    lab.launch(json!({}));
    furnished_storage::furnish(&mut lab);
    furnished_network::furnish(&mut lab);
    furnished_balancing::furnish(&mut lab);
    lab
}

/// A policy that IAM takes.
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

/// Calls that succeed, of operations that chance seldom meets.
pub fn good(lab: &mut Lab) -> Vec<(&'static str, Value)> {
    let up = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "tag:Name", "Values": ["web"] }] }),
    )["Reservations"][0]["Instances"][0]
        .clone();
    let (id, group, acl) = (
        up["InstanceId"].clone(),
        up["SecurityGroups"][0]["GroupId"].clone(),
        lab.acl(),
    );
    let address = lab.ok(
        "DescribeAddresses",
        json!({ "Filters": [{ "Name": "instance-id", "Values": [id] }] }),
    )["Addresses"][0]
        .clone();
    let table = lab.route_table();
    let gateway =
        lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"]
            .clone();
    let ssh = json!([{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    let all = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
    let key = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUw3WFE5c0VmYVlVb0JYcGN0N0Nkd0xqOUJBTzBrWEhzZDZ0ZFdaZmFnUDcgbWU=";
    let mut interface = |description: &str| {
        lab.ok(
            "DescribeNetworkInterfaces",
            json!({ "Filters": [{ "Name": "description", "Values": [description] }] }),
        )["NetworkInterfaces"][0]
            .clone()
    };
    let (free, tied) = (interface("free"), interface("tied"));
    let (eni, subnet) = (free["NetworkInterfaceId"].clone(), free["SubnetId"].clone());
    let stopped = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "instance-state-name", "Values": ["stopped"] }] }),
    )["Reservations"][0]["Instances"][0]["InstanceId"]
        .clone();
    let rule = lab.ok(
        "DescribeSecurityGroupRules",
        json!({ "Filters": [{ "Name": "group-id", "Values": [group] }] }),
    )["SecurityGroupRules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rule| rule["IsEgress"] == false)
        .unwrap()["SecurityGroupRuleId"]
        .clone();
    let profile = lab.ok("DescribeIamInstanceProfileAssociations", json!({}))["IamInstanceProfileAssociations"][0]["AssociationId"].clone();
    let mut calls = furnished_network::good(lab);
    calls.extend(furnished_storage::good(lab));
    calls.extend(furnished_balancing::good(lab));
    calls.extend(vec![
        ("ModifySecurityGroupRules", json!({ "GroupId": group, "SecurityGroupRules": [{ "SecurityGroupRuleId": rule, "SecurityGroupRule": { "IpProtocol": "tcp", "FromPort": 99, "ToPort": 99, "CidrIpv4": "10.0.0.0/8" } }] })),
        ("UpdateSecurityGroupRuleDescriptionsIngress", json!({ "GroupId": group, "SecurityGroupRuleDescriptions": [{ "SecurityGroupRuleId": rule, "Description": "new" }] })),
        ("UpdateSecurityGroupRuleDescriptionsEgress", json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0", "Description": "all" }] }] })),
        ("CreateLaunchTemplate", json!({ "LaunchTemplateName": "new", "LaunchTemplateData": { "InstanceType": "t3.micro" } })),
        ("CreateLaunchTemplateVersion", json!({ "LaunchTemplateName": "template", "LaunchTemplateData": { "InstanceType": "t3.nano" } })),
        ("DescribeLaunchTemplateVersions", json!({ "LaunchTemplateName": "template" })),
        ("ModifyLaunchTemplate", json!({ "LaunchTemplateName": "template", "DefaultVersion": "2" })),
        ("DeleteLaunchTemplate", json!({ "LaunchTemplateName": "template" })),
        ("DeleteLaunchTemplateVersions", json!({ "LaunchTemplateName": "template", "Versions": ["2"] })),
        ("GetLaunchTemplateData", json!({ "InstanceId": id })),
        ("CreateRole", json!({ "RoleName": "new", "AssumeRolePolicyDocument": TRUST })),
        ("GetRole", json!({ "RoleName": "role" })),
        ("DeleteRole", json!({ "RoleName": "free" })),
        ("AttachRolePolicy", json!({ "RoleName": "role", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess" })),
        ("DetachRolePolicy", json!({ "RoleName": "role", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess" })),
        ("PutRolePolicy", json!({ "RoleName": "role", "PolicyName": "new", "PolicyDocument": TRUST })),
        ("DeleteRolePolicy", json!({ "RoleName": "role", "PolicyName": "own" })),
        ("CreateInstanceProfile", json!({ "InstanceProfileName": "new" })),
        ("GetInstanceProfile", json!({ "InstanceProfileName": "role" })),
        ("DeleteInstanceProfile", json!({ "InstanceProfileName": "free" })),
        ("AddRoleToInstanceProfile", json!({ "InstanceProfileName": "free", "RoleName": "free" })),
        ("RemoveRoleFromInstanceProfile", json!({ "InstanceProfileName": "role", "RoleName": "role" })),
        ("AssociateIamInstanceProfile", json!({ "InstanceId": id, "IamInstanceProfile": { "Name": "role" } })),
        ("DisassociateIamInstanceProfile", json!({ "AssociationId": profile })),
        ("ReplaceIamInstanceProfileAssociation", json!({ "AssociationId": profile, "IamInstanceProfile": { "Name": "free" } })),
        ("SendSSHPublicKey", json!({ "InstanceId": id, "InstanceOSUser": "ec2-user", "SSHPublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me" })),
        ("ResetInstanceAttribute", json!({ "InstanceId": id, "Attribute": "sourceDestCheck" })),
        ("ModifyInstanceMetadataOptions", json!({ "InstanceId": id, "HttpTokens": "optional" })),
        ("ModifyInstancePlacement", json!({ "InstanceId": stopped, "GroupName": "" })),
        ("ModifySubnetAttribute", json!({ "SubnetId": subnet, "MapPublicIpOnLaunch": { "Value": false } })),
        ("CreateNetworkInterface", json!({ "SubnetId": subnet })),
        ("DeleteNetworkInterface", json!({ "NetworkInterfaceId": eni })),
        ("AttachNetworkInterface", json!({ "NetworkInterfaceId": eni, "InstanceId": id, "DeviceIndex": 1 })),
        ("DetachNetworkInterface", json!({ "AttachmentId": tied["Attachment"]["AttachmentId"] })),
        ("ModifyNetworkInterfaceAttribute", json!({ "NetworkInterfaceId": eni, "Description": { "Value": "new" } })),
        ("DescribeNetworkInterfaceAttribute", json!({ "NetworkInterfaceId": eni, "Attribute": "description" })),
        ("ResetNetworkInterfaceAttribute", json!({ "NetworkInterfaceId": eni, "SourceDestCheck": "value" })),
        ("AssignPrivateIpAddresses", json!({ "NetworkInterfaceId": eni, "SecondaryPrivateIpAddressCount": 3 })),
        ("UnassignPrivateIpAddresses", json!({ "NetworkInterfaceId": eni, "PrivateIpAddresses": [free["PrivateIpAddresses"][1]["PrivateIpAddress"]] })),
        ("RunInstances", lab.launch_input(json!({ "MinCount": 2, "MaxCount": 3, "SecurityGroupIds": [group], "KeyName": "k" }))),
        ("DescribeInstanceAttribute", json!({ "InstanceId": id, "Attribute": "instanceType" })),
        ("ModifyInstanceAttribute", json!({ "InstanceId": id, "DisableApiStop": { "Value": true } })),
        ("CreateSecurityGroup", json!({ "GroupName": "new", "Description": "new" })),
        ("DeleteSecurityGroup", json!({ "GroupName": "idle" })),
        ("AuthorizeSecurityGroupIngress", json!({ "GroupId": group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0" })),
        ("AuthorizeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": ssh })),
        ("RevokeSecurityGroupIngress", json!({ "GroupId": group, "IpPermissions": ssh })),
        ("RevokeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": all })),
        ("CreateKeyPair", json!({ "KeyName": "new" })),
        ("ImportKeyPair", json!({ "KeyName": "new", "PublicKeyMaterial": key })),
        ("CreatePlacementGroup", json!({ "GroupName": "new", "Strategy": "cluster" })),
        ("DeletePlacementGroup", json!({ "GroupName": "partition" })),
        ("CreateRoute", json!({ "RouteTableId": table, "DestinationCidrBlock": "10.0.0.0/8", "GatewayId": gateway })),
        ("DeleteRoute", json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0" })),
        ("CreateNetworkAclEntry", json!({ "NetworkAclId": acl, "RuleNumber": 9, "Egress": true, "RuleAction": "deny", "Protocol": "-1", "CidrBlock": "0.0.0.0/0" })),
        ("DeleteNetworkAclEntry", json!({ "NetworkAclId": acl, "RuleNumber": 100, "Egress": true })),
        ("DisassociateAddress", json!({ "AssociationId": address["AssociationId"] })),
        ("CreateTags", json!({ "Resources": [id], "Tags": [{ "Key": "a", "Value": "b" }] })),
        ("DeleteTags", json!({ "Resources": [id], "Tags": [{ "Key": "Name" }] })),
        ("StartService", json!({ "InstanceId": id, "Name": "httpd" })),
        ("StopService", json!({ "InstanceId": id, "Name": "sshd" })),
        ("PutFirewall", json!({ "InstanceId": id, "Rules": [{ "Protocol": "tcp", "Port": 22, "Action": "drop" }] })),
        ("Connect", json!({ "From": "laptop", "To": id, "Client": "ssh" })),
        ("Image", json!({ "Name": "ubuntu" })),
    ]);
    calls
}
