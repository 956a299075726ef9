//! Security groups: rules, their limits and refusals, and references to groups.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::{Value, json};

pub fn rule(protocol: &str, from: i64, to: i64, cidr: &str) -> Value {
    json!({ "IpProtocol": protocol, "FromPort": from, "ToPort": to, "IpRanges": [{ "CidrIp": cidr }] })
}

#[test]
fn a_new_group_lets_nothing_in_and_everything_out() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let row = lab.ok("DescribeSecurityGroups", json!({ "GroupIds": [group] }))["SecurityGroups"][0]
        .clone();
    assert_eq!(row["IpPermissions"], json!([]));
    assert_eq!(row["IpPermissionsEgress"][0]["IpProtocol"], "-1");
    assert_eq!(
        row["IpPermissionsEgress"][0]["IpRanges"],
        json!([{ "CidrIp": "0.0.0.0/0" }])
    );
}

#[test]
fn duplicates_are_named_in_aws_words() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let other = lab.group("other");
    for (permission, words) in [
        (
            rule("tcp", 22, 22, "0.0.0.0/0"),
            "peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW",
        ),
        (
            rule("-1", -1, -1, "10.0.0.0/8"),
            "peer: 10.0.0.0/8, ALL, ALLOW",
        ),
        (
            rule("icmp", -1, -1, "10.0.0.0/8"),
            "peer: 10.0.0.0/8, ICMP, type: ALL, code: ALL, ALLOW",
        ),
        (
            rule("50", -1, -1, "10.0.0.0/8"),
            "peer: 10.0.0.0/8, protocol: 50, ALLOW",
        ),
        (
            json!({ "IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "UserIdGroupPairs": [{ "GroupId": other }] }),
            &format!("peer: {other}, UDP, from port: 53, to port: 53, ALLOW"),
        ),
    ] {
        let input = json!({ "GroupId": group, "IpPermissions": [permission] });
        lab.ok("AuthorizeSecurityGroupIngress", input.clone());
        let (code, message) = lab.refused("AuthorizeSecurityGroupIngress", input);
        assert_eq!(code, "InvalidPermission.Duplicate");
        assert_eq!(
            message,
            format!("the specified rule \"{words}\" already exists")
        );
    }
    let twice = json!({ "GroupId": group, "IpPermissions": [rule("tcp", 1, 1, "10.0.0.0/8"), rule("6", 1, 1, "10.1.2.3/8")] });
    assert_eq!(
        lab.refused("AuthorizeSecurityGroupIngress", twice).1,
        "The same permission must not appear multiple times"
    );
    // The other direction and an overlapping range are other rules.
    lab.ok(
        "AuthorizeSecurityGroupEgress",
        json!({ "GroupId": group, "IpPermissions": [rule("tcp", 22, 22, "0.0.0.0/0")] }),
    );
    lab.ok(
        "AuthorizeSecurityGroupIngress",
        json!({ "GroupId": group, "IpPermissions": [rule("tcp", 22, 23, "0.0.0.0/0")] }),
    );
}

#[test]
fn rules_that_aws_does_not_take() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    for (permission, code, message) in [
        (
            rule("tcp", 80, 22, "0.0.0.0/0"),
            "InvalidParameterValue",
            "Invalid TCP/UDP port range (80:22)",
        ),
        (
            rule("tcp", 0, 65_536, "0.0.0.0/0"),
            "InvalidParameterValue",
            "TCP/UDP (to) port (65536) out of range",
        ),
        (
            rule("udp", -2, 5, "0.0.0.0/0"),
            "InvalidParameterValue",
            "TCP/UDP (from) port (-2) out of range",
        ),
        (
            rule("icmp", 256, 0, "0.0.0.0/0"),
            "InvalidParameterValue",
            "ICMP type (256) out of range",
        ),
        (
            rule("icmp", -1, 3, "0.0.0.0/0"),
            "InvalidParameterValue",
            "ICMP code (3) out of range",
        ),
        (
            rule("carrier-pigeon", 1, 1, "0.0.0.0/0"),
            "InvalidParameterValue",
            "Invalid value 'carrier-pigeon' for IP protocol. Unknown protocol.",
        ),
        (
            rule("tcp", 22, 22, "0.0.0.0/33"),
            "InvalidParameterValue",
            "CIDR block 0.0.0.0/33 is malformed",
        ),
        (
            rule("tcp", 22, 22, "::/0"),
            "InvalidParameterValue",
            "CIDR block ::/0 is malformed",
        ),
        (
            json!({ "IpProtocol": "tcp", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }),
            "InvalidParameterValue",
            "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.",
        ),
        (
            json!({ "IpProtocol": "tcp", "FromPort": 1, "ToPort": 1 }),
            "MissingParameter",
            "Missing source specification: include source security group or CIDR information",
        ),
        (
            json!({ "IpProtocol": "-1", "UserIdGroupPairs": [{ "GroupId": "sg-0123456789abcdef0" }] }),
            "InvalidGroup.NotFound",
            "The security group 'sg-0123456789abcdef0' does not exist",
        ),
        (
            json!({ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0", "Description": "Büro" }] }),
            "InvalidParameterValue",
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        ),
    ] {
        let found = lab.refused(
            "AuthorizeSecurityGroupIngress",
            json!({ "GroupId": group, "IpPermissions": [permission] }),
        );
        assert_eq!(
            (found.0.as_str(), found.1.as_str()),
            (code, message),
            "{permission}"
        );
    }
}

#[test]
fn sixty_rules_for_each_of_ipv4_and_ipv6() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let rules: Vec<Value> = (0..60)
        .map(|port| rule("tcp", port, port, "0.0.0.0/0"))
        .collect();
    lab.ok(
        "AuthorizeSecurityGroupIngress",
        json!({ "GroupId": group, "IpPermissions": rules }),
    );
    let one_more = json!({ "GroupId": group, "IpPermissions": [rule("tcp", 60, 60, "0.0.0.0/0")] });
    let (code, message) = lab.refused("AuthorizeSecurityGroupIngress", one_more.clone());
    assert_eq!(
        (code.as_str(), message.as_str()),
        (
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached."
        )
    );
    let ipv6: Vec<Value> = (0..60).map(|port| json!({ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "Ipv6Ranges": [{ "CidrIpv6": "::/0" }] })).collect();
    lab.ok(
        "AuthorizeSecurityGroupIngress",
        json!({ "GroupId": group, "IpPermissions": ipv6 }),
    );
    let by_group = json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "UserIdGroupPairs": [{ "GroupId": group }] }] });
    assert_eq!(
        lab.code("AuthorizeSecurityGroupIngress", by_group),
        "RulesPerSecurityGroupLimitExceeded"
    );
    lab.ok("AuthorizeSecurityGroupEgress", one_more);
}

#[test]
fn five_groups_on_an_interface() {
    let mut lab = Lab::new();
    let groups: Vec<String> = (0..6)
        .map(|number| lab.group(&format!("g{number}")))
        .collect();
    let error = lab.run(json!({ "SecurityGroupIds": groups })).unwrap_err();
    assert_eq!(error.code(), "SecurityGroupsPerInterfaceLimitExceeded");
    let id = lab.up(json!({ "SecurityGroupIds": groups[..5] }));
    assert_eq!(
        lab.code(
            "ModifyInstanceAttribute",
            json!({ "InstanceId": id, "Groups": groups })
        ),
        "SecurityGroupsPerInterfaceLimitExceeded"
    );
    let nic = lab.row(&id)["NetworkInterfaces"][0]["NetworkInterfaceId"].clone();
    assert_eq!(
        lab.code(
            "ModifyNetworkInterfaceAttribute",
            json!({ "NetworkInterfaceId": nic, "Groups": groups })
        ),
        "SecurityGroupsPerInterfaceLimitExceeded"
    );
    assert_eq!(
        lab.code(
            "ModifyInstanceAttribute",
            json!({ "InstanceId": id, "Groups": [] })
        ),
        "InvalidParameterCombination"
    );
}

#[test]
fn a_group_in_use_stays() {
    let mut lab = Lab::new();
    let (worn, named, free) = (lab.group("worn"), lab.group("named"), lab.group("free"));
    let id = lab.up(json!({ "SecurityGroupIds": [worn] }));
    lab.ok("AuthorizeSecurityGroupIngress", json!({ "GroupId": worn, "IpPermissions": [{ "IpProtocol": "-1", "UserIdGroupPairs": [{ "GroupId": named }] }] }));
    for group in [&worn, &named] {
        let (code, message) = lab.refused("DeleteSecurityGroup", json!({ "GroupId": group }));
        assert_eq!(
            (code.as_str(), message),
            (
                "DependencyViolation",
                format!("resource {group} has a dependent object")
            )
        );
    }
    lab.ok("DeleteSecurityGroup", json!({ "GroupId": free }));
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(
        lab.code("DeleteSecurityGroup", json!({ "GroupId": worn })),
        "DependencyViolation"
    );
    lab.settle();
    lab.ok("DeleteSecurityGroup", json!({ "GroupId": worn }));
    lab.ok("DeleteSecurityGroup", json!({ "GroupName": "named" }));
    assert_eq!(
        lab.code("DeleteSecurityGroup", json!({ "GroupName": "default" })),
        "CannotDelete"
    );
    assert_eq!(
        lab.code("DeleteSecurityGroup", json!({ "GroupId": worn })),
        "InvalidGroup.NotFound"
    );
}

#[test]
fn rules_go_by_what_they_say_or_by_id() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let input = json!({ "GroupId": group, "IpPermissions": [rule("tcp", 22, 22, "10.0.0.0/8")] });
    // In the default VPC what is not there is listed, not refused.
    let nothing = lab.ok("RevokeSecurityGroupIngress", input.clone());
    let unknown = &nothing["UnknownIpPermissions"];
    assert_eq!(unknown[0]["IpRanges"], json!([{ "CidrIp": "10.0.0.0/8" }]));
    assert_eq!(nothing["RevokedSecurityGroupRules"], json!([]));
    let added = lab.ok("AuthorizeSecurityGroupIngress", input.clone());
    lab.ok("RevokeSecurityGroupIngress", input.clone());
    let id = text(&added["SecurityGroupRules"][0]["SecurityGroupRuleId"]);
    assert_eq!(
        lab.code(
            "RevokeSecurityGroupIngress",
            json!({ "GroupId": group, "SecurityGroupRuleIds": [id] })
        ),
        "InvalidSecurityGroupRuleId.NotFound"
    );
    let added = lab.ok("AuthorizeSecurityGroupIngress", input);
    let id = text(&added["SecurityGroupRules"][0]["SecurityGroupRuleId"]);
    lab.ok(
        "RevokeSecurityGroupIngress",
        json!({ "GroupId": group, "SecurityGroupRuleIds": [id] }),
    );
    assert_eq!(
        lab.ok("DescribeSecurityGroups", json!({ "GroupIds": [group] }))["SecurityGroups"][0]["IpPermissions"],
        json!([])
    );
}

#[test]
fn names_of_groups() {
    let mut lab = Lab::new();
    let long = "x".repeat(256);
    for (name, code) in [
        ("default", "InvalidParameterValue"),
        ("sg-mine", "InvalidParameterValue"),
        ("", "InvalidParameterValue"),
        ("schön", "InvalidParameterValue"),
        (long.as_str(), "InvalidParameterValue"),
    ] {
        assert_eq!(
            lab.code(
                "CreateSecurityGroup",
                json!({ "GroupName": name, "Description": "d" })
            ),
            code,
            "{name}"
        );
    }
    let group = lab.group("web");
    assert_eq!(
        lab.code(
            "CreateSecurityGroup",
            json!({ "GroupName": "web", "Description": "d" })
        ),
        "InvalidGroup.Duplicate"
    );
    assert_eq!(
        lab.code(
            "RunInstances",
            json!({ "ImageId": "ami-1", "SecurityGroupIds": [group] })
        ),
        "InvalidAMIID.Malformed"
    );
    assert_eq!(
        lab.run(json!({ "SecurityGroupIds": [""] }))
            .unwrap_err()
            .message(),
        "Value () for parameter groupId is invalid. The value cannot be empty"
    );
}

#[test]
fn a_reference_to_a_group_knows_private_addresses_only() {
    let mut lab = Lab::new();
    let (front, back) = (lab.group("front"), lab.group("back"));
    lab.ok("AuthorizeSecurityGroupIngress", json!({ "GroupId": back, "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{ "GroupId": front }] }] }));
    let web = lab.launch(json!({ "SecurityGroupIds": [front] }));
    let database = lab.up(json!({ "SecurityGroupIds": [back] }));
    let (private, public) = (lab.private_ip(&database), lab.public_ip(&database).unwrap());
    lab.expect(
        json!({ "From": web, "To": private, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": web, "To": database, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": web, "To": public, "Port": 22 }),
        "timed-out",
        "ENI_SG_RULES_MISMATCH",
    );
    lab.expect(
        json!({ "From": "laptop", "To": public, "Port": 22 }),
        "timed-out",
        "ENI_SG_RULES_MISMATCH",
    );
}
