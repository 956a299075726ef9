//! The main job: launch, be shut out, open the door, find nobody home, start somebody, be let in.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;

#[test]
fn from_launch_to_connected() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.ok("CreateKeyPair", json!({ "KeyName": "k" }));
    let web = lab.up(json!({ "SecurityGroupIds": [group], "KeyName": "k" }));
    let ssh =
        json!({ "From": "laptop", "To": web, "Client": "ssh", "KeyName": "k", "User": "ec2-user" });
    let http = json!({ "From": "laptop", "To": web, "Client": "http" });

    let shut = lab.connect(ssh.clone());
    assert_eq!(shut["Verdict"], "timed-out");
    assert_eq!(shut["Cause"], "ENI_SG_RULES_MISMATCH");
    assert_eq!(shut["WaitMilliseconds"], 127_000);
    let last = shut["Hops"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (last["Component"].as_str(), last["ComponentId"].as_str()),
        (Some("security-group"), Some(group.as_str()))
    );
    assert_eq!(
        (last["Decision"].as_str(), last["Direction"].as_str()),
        (Some("dropped"), Some("out"))
    );

    lab.allow(&group, "tcp", 22, "203.0.113.7/32");
    lab.expect(ssh, "connected", "");
    lab.expect(
        json!({ "From": "stranger", "To": web, "Client": "ssh" }),
        "timed-out",
        "ENI_SG_RULES_MISMATCH",
    );

    lab.expect(http.clone(), "timed-out", "ENI_SG_RULES_MISMATCH");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    let refused = lab.connect(http.clone());
    assert_eq!(
        (refused["Verdict"].as_str(), refused["Cause"].as_str()),
        (Some("refused"), Some("NO_LISTENER"))
    );
    assert!(
        refused["WaitMilliseconds"].as_u64().unwrap() < 1_000,
        "a refusal comes at once"
    );
    assert!(text(&refused["Terminal"]).starts_with("curl: (7) Failed to connect"));

    lab.ok(
        "StartService",
        json!({ "InstanceId": web, "Name": "httpd" }),
    );
    let works = lab.connect(http.clone());
    assert_eq!(works["Verdict"], "connected");
    assert_eq!(works["Cause"], json!(null));
    assert_eq!(works["Fixes"], json!([]));
    let components: Vec<String> = works["Hops"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hop| text(&hop["Component"]))
        .collect();
    assert_eq!(
        components,
        [
            "laptop",
            "internet-gateway",
            "network-acl",
            "security-group",
            "service",
            "security-group",
            "network-acl",
            "route-table",
            "internet-gateway",
            "laptop"
        ]
    );
    lab.ok("StopService", json!({ "InstanceId": web, "Name": "httpd" }));
    lab.expect(http, "refused", "NO_LISTENER");
}

#[test]
fn the_hop_that_let_it_in_names_the_rule() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 22, "203.0.113.0/24");
    let rules = lab.ok(
        "DescribeSecurityGroupRules",
        json!({ "Filters": [{ "Name": "group-id", "Values": [group] }] }),
    );
    let rules = rules["SecurityGroupRules"].as_array().unwrap().clone();
    let inbound = rules.iter().find(|rule| rule["IsEgress"] == false).unwrap();
    let web = lab.up(json!({ "SecurityGroupIds": [group] }));
    let answer = lab.connect(json!({ "From": "laptop", "To": web, "Client": "nc", "Port": 22 }));
    assert_eq!(answer["Verdict"], "connected");
    let hops = answer["Hops"].as_array().unwrap();
    let hop = hops
        .iter()
        .find(|hop| hop["Component"] == "security-group")
        .unwrap();
    assert_eq!(hop["RuleId"], inbound["SecurityGroupRuleId"]);
    assert_eq!(hop["Rule"], "inbound tcp 22 from 203.0.113.0/24");
}

#[test]
fn a_connection_attempt_changes_nothing() {
    let mut lab = Lab::new();
    let web = lab.up(json!({}));
    let before = lab.world.state_hash();
    for client in ["ssh", "http", "https", "rdp", "ping", "nc"] {
        lab.connect(json!({ "To": web, "Client": client }));
    }
    assert_eq!(lab.world.state_hash(), before);
}
