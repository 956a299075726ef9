//! What holds for every operation, walked row by row: nobody has to remember to test a new one.

use crate::chance::Chance;
use crate::lab::{Lab, cases};
use crate::paths;
use ec2_lab_engine::operation::{Mode, OperationSpec, Service, find, registry};
use ec2_lab_engine::{Value, invariants};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn names_are_unique_and_in_pascal_case() {
    let mut seen = BTreeSet::new();
    for spec in registry() {
        assert!(seen.insert(spec.name), "{} is listed twice", spec.name);
        assert!(
            spec.name.starts_with(|c: char| c.is_ascii_uppercase())
                && spec.name.bytes().all(|b| b.is_ascii_alphanumeric())
        );
        assert!(find(spec.name).is_some_and(|found| std::ptr::eq(found, spec)));
        let mut paths: Vec<&str> = spec.parameters.split_ascii_whitespace().collect();
        assert_eq!(
            paths.iter().filter(|path| **path == "DryRun").count(),
            1,
            "{}",
            spec.name
        );
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count, "{} lists a parameter twice", spec.name);
        if spec.service == Service::Ec2 && spec.name.starts_with("Describe") {
            assert_eq!(spec.mode, Mode::Read, "{}", spec.name);
        }
    }
    assert!(seen.len() >= 54, "{}", seen.len());
}

#[test]
fn unknown_operations_and_parameters_are_refused() {
    let mut lab = Lab::new();
    assert_eq!(lab.code("MakeCoffee", json!({})), "NotModelled");
    for spec in registry() {
        for input in [
            json!({ "Milk": true }),
            json!({ "Milk": [] }),
            json!({ "Milk": { "Fat": 3 } }),
        ] {
            let (code, message) = lab.refused(spec.name, input);
            assert_eq!(code, "NotModelled", "{}: {message}", spec.name);
            assert!(message.contains("Milk"), "{message}");
        }
        assert_eq!(
            lab.code(spec.name, json!([])),
            "InvalidParameterValue",
            "{}",
            spec.name
        );
        assert_eq!(
            lab.code(spec.name, json!({ "DryRun": "yes" })),
            "InvalidParameterValue",
            "{}",
            spec.name
        );
    }
}

/// A world with something of everything.
fn furnished() -> Lab {
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
    lab
}

/// A policy that IAM takes.
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

/// Every text of every describe answer: ids, names, addresses.
fn known(lab: &mut Lab) -> Vec<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) if !text.contains(['{', ' ']) => {
                found.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(map) => map.values().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for operation in [
        "DescribeInstances",
        "DescribeSecurityGroups",
        "DescribeSecurityGroupRules",
        "DescribeSubnets",
        "DescribeVpcs",
        "DescribeAddresses",
        "DescribeNetworkInterfaces",
        "DescribeRouteTables",
        "DescribeNetworkAcls",
        "DescribeInternetGateways",
        "DescribeKeyPairs",
        "DescribePlacementGroups",
    ] {
        let answer = lab.ok(operation, json!({}));
        collect(&answer, &mut found);
    }
    found.into_iter().collect()
}

/// The charset of AWS's message about names of security groups holds braces; nothing else may.
const BRACES: &str = "&;{}!$*";

#[test]
fn every_operation_is_atomic_and_can_be_tried_dry() {
    let mut lab = furnished();
    let known = known(&mut lab);
    let hash = lab.world.state_hash();
    let mut succeeded: BTreeSet<&str> = BTreeSet::new();
    for (row, spec) in registry().enumerate() {
        let mut chance = Chance::new(row as u64);
        for _ in 0..cases(if spec.mode == Mode::Write { 300 } else { 60 }) {
            let input = paths::input(&mut chance, spec.parameters, &known);
            if try_one(&lab, spec, &input) {
                succeeded.insert(spec.name);
            }
        }
    }
    for (operation, input) in good(&mut lab) {
        let spec = find(operation).unwrap();
        assert!(
            try_one(&lab, spec, &input),
            "{operation} {input}: {:?}",
            lab.clone().execute(operation, input.clone())
        );
        succeeded.insert(spec.name);
    }
    assert_eq!(
        lab.world.state_hash(),
        hash,
        "a copy changed the world it was copied from"
    );
    // A row of which no call ever succeeded was not tested.
    let never: Vec<&str> = registry()
        .map(|spec| spec.name)
        .filter(|name| !succeeded.contains(name))
        .collect();
    assert!(
        never.is_empty(),
        "no call of these succeeded; add one to `good`: {never:?}"
    );
}

/// Calls that succeed, of operations that chance seldom meets.
fn good(lab: &mut Lab) -> Vec<(&'static str, Value)> {
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
    let rule = json!([{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
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
    let profile = lab.ok("DescribeIamInstanceProfileAssociations", json!({}))["IamInstanceProfileAssociations"][0]["AssociationId"].clone();
    vec![
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
        ("AuthorizeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": rule })),
        ("RevokeSecurityGroupIngress", json!({ "GroupId": group, "IpPermissions": rule })),
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
    ]
}

/// Runs a call wet and dry on copies; whether it succeeded.
fn try_one(lab: &Lab, spec: &OperationSpec, input: &Value) -> bool {
    let mut wet = lab.world.clone();
    let outcome = wet.execute(&lab.caller, spec.name, input);
    let broken = invariants::violations(&wet);
    assert!(broken.is_empty(), "{} {input}: {broken:?}", spec.name);
    if spec.mode == Mode::Read || outcome.result.is_err() {
        assert!(wet == lab.world, "{} {input}", spec.name);
        assert!(outcome.events.is_empty(), "{} {input}", spec.name);
    }
    let mut again = lab.world.clone();
    assert_eq!(
        again.execute(&lab.caller, spec.name, input).result,
        outcome.result,
        "{} {input}",
        spec.name
    );
    assert!(again == wet, "{} {input}", spec.name);
    let mut dry_input = input.clone();
    dry_input["DryRun"] = json!(true);
    let mut dry = lab.world.clone();
    let tried = dry.execute(&lab.caller, spec.name, &dry_input);
    assert!(dry == lab.world, "dry {} {input}", spec.name);
    assert!(tried.events.is_empty());
    let error = tried.result.unwrap_err();
    match &outcome.result {
        Ok(_) => assert_eq!(error.code(), "DryRunOperation", "{} {input}", spec.name),
        Err(refusal) => assert_eq!(&error, refusal, "{} {input}", spec.name),
    }
    let message = error.message();
    assert!(
        !message.is_empty() && !message.replace(BRACES, "").contains('{'),
        "{} {input}: {message}",
        spec.name
    );
    outcome.result.is_ok()
}

#[test]
fn answers_leave_out_what_is_not_set() {
    fn walk(operation: &str, path: &str, value: &Value) {
        match value {
            Value::Null => panic!("{operation}: {path} is null"),
            Value::Array(items) => items.iter().for_each(|item| walk(operation, path, item)),
            Value::Object(map) => map
                .iter()
                .for_each(|(key, item)| walk(operation, &format!("{path}.{key}"), item)),
            _ => {}
        }
    }
    let mut lab = furnished();
    for spec in registry().filter(|spec| {
        spec.name.starts_with("Describe")
            && !spec.name.ends_with("Attribute")
            && spec.name != "DescribeLaunchTemplateVersions"
    }) {
        let answer = lab.ok(spec.name, json!({}));
        walk(spec.name, "", &answer);
    }
}
