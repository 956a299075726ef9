//! Rules of security groups as things of their own: changed, described, tagged under their ids.

use crate::lab::{Lab, text};
use crate::security_groups::rule;
use ec2_lab_engine::json::json;

#[test]
fn a_changed_rule_keeps_its_id() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let input = json!({ "GroupId": group, "IpPermissions": [rule("tcp", 22, 22, "10.0.0.0/8"), rule("tcp", 80, 80, "10.0.0.0/8")] });
    let added = lab.ok("AuthorizeSecurityGroupIngress", input);
    let id = text(&added["SecurityGroupRules"][0]["SecurityGroupRuleId"]);
    let change = |port: i64, source: (&str, &str)| {
        let mut wanted = json!({ "IpProtocol": "tcp", "FromPort": port, "ToPort": port });
        wanted[source.0] = json!(source.1);
        json!({ "GroupId": group, "SecurityGroupRules": [{ "SecurityGroupRuleId": id, "SecurityGroupRule": wanted }] })
    };
    lab.ok(
        "ModifySecurityGroupRules",
        change(443, ("CidrIpv4", "192.0.2.0/24")),
    );
    let now = lab.ok(
        "DescribeSecurityGroupRules",
        json!({ "SecurityGroupRuleIds": [id] }),
    )["SecurityGroupRules"][0]
        .clone();
    assert_eq!(
        (&now["FromPort"], &now["CidrIpv4"]),
        (&json!(443), &json!("192.0.2.0/24"))
    );
    assert_eq!(
        lab.code(
            "ModifySecurityGroupRules",
            change(80, ("CidrIpv4", "10.0.0.0/8"))
        ),
        "InvalidPermission.Duplicate"
    );
    assert_eq!(
        lab.code("ModifySecurityGroupRules", change(80, ("CidrIpv6", "::/0"))),
        "InvalidParameterCombination"
    );
    lab.ok(
        "CreateTags",
        json!({ "Resources": [id], "Tags": [{ "Key": "a", "Value": "b" }] }),
    );
    let tagged = lab.ok(
        "DescribeTags",
        json!({ "Filters": [{ "Name": "tag:a", "Values": ["b"] }] }),
    );
    assert_eq!(
        tagged["Tags"],
        json!([{ "Key": "a", "ResourceId": id, "ResourceType": "security-group-rule", "Value": "b" }])
    );
}

#[test]
fn descriptions_change_alone() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let mut permission = rule("tcp", 22, 22, "10.0.0.0/8");
    let named = json!({ "GroupId": group, "IpPermissions": [permission] });
    let added = lab.ok("AuthorizeSecurityGroupIngress", named);
    let before = added["SecurityGroupRules"][0].clone();
    permission["IpRanges"][0]["Description"] = json!("office");
    let described = json!({ "GroupId": group, "IpPermissions": [permission] });
    lab.ok(
        "UpdateSecurityGroupRuleDescriptionsIngress",
        described.clone(),
    );
    let now = |lab: &mut Lab| {
        lab.ok(
            "DescribeSecurityGroupRules",
            json!({ "SecurityGroupRuleIds": [before["SecurityGroupRuleId"]] }),
        )["SecurityGroupRules"][0]
            .clone()
    };
    let mut expected = before.clone();
    expected["Description"] = json!("office");
    assert_eq!(now(&mut lab), expected);
    // The same content in the other direction is another rule.
    assert_eq!(
        lab.code("UpdateSecurityGroupRuleDescriptionsEgress", described),
        "InvalidPermission.NotFound"
    );
    let by_id = json!({ "GroupId": group, "SecurityGroupRuleDescriptions": [{ "SecurityGroupRuleId": before["SecurityGroupRuleId"], "Description": "" }] });
    lab.ok("UpdateSecurityGroupRuleDescriptionsIngress", by_id);
    assert_eq!(now(&mut lab), before, "an empty description is none");
}
