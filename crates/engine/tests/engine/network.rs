//! What the subnet's edge does: network ACLs, route tables, gateways.

use crate::lab::Lab;
use ec2_lab_engine::json::{Value, json};

fn open_web(lab: &mut Lab) -> String {
    let group = lab.group("web");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    lab.up(json!({ "SecurityGroupIds": [group] }))
}

fn entry(
    acl: &str,
    number: u16,
    egress: bool,
    action: &str,
    protocol: &str,
    from: u16,
    to: u16,
) -> Value {
    json!({
        "NetworkAclId": acl, "RuleNumber": number, "Egress": egress, "RuleAction": action, "Protocol": protocol,
        "CidrBlock": "0.0.0.0/0", "PortRange": { "From": from, "To": to },
    })
}

#[test]
fn an_acl_remembers_nothing() {
    let mut lab = Lab::new();
    let (web, acl) = (open_web(&mut lab), lab.acl());
    let ssh = json!({ "To": web, "Port": 22 });
    lab.expect(ssh.clone(), "connected", "");
    // The answer goes to the client's ephemeral port and is asked for again.
    lab.ok(
        "CreateNetworkAclEntry",
        entry(&acl, 50, true, "deny", "tcp", 1024, 65_535),
    );
    let answer = lab.connect(ssh.clone());
    assert_eq!(
        (answer["Verdict"].as_str(), answer["Cause"].as_str()),
        (Some("timed-out"), Some("SUBNET_ACL_RESTRICTION"))
    );
    let last = answer["Hops"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (last["Direction"].as_str(), last["Component"].as_str()),
        (Some("back"), Some("network-acl"))
    );
    lab.ok(
        "CreateNetworkAclEntry",
        entry(&acl, 40, true, "allow", "6", 1024, 65_535),
    );
    lab.expect(ssh.clone(), "connected", "");
    lab.ok(
        "CreateNetworkAclEntry",
        entry(&acl, 30, false, "deny", "tcp", 22, 22),
    );
    lab.expect(ssh, "timed-out", "SUBNET_ACL_RESTRICTION");
}

#[test]
fn what_no_entry_matches_is_denied() {
    let mut lab = Lab::new();
    let (web, acl) = (open_web(&mut lab), lab.acl());
    lab.ok(
        "DeleteNetworkAclEntry",
        json!({ "NetworkAclId": acl, "RuleNumber": 100, "Egress": false }),
    );
    lab.expect(
        json!({ "To": web, "Port": 22 }),
        "timed-out",
        "SUBNET_ACL_RESTRICTION",
    );
    lab.ok(
        "CreateNetworkAclEntry",
        entry(&acl, 100, false, "allow", "tcp", 22, 22),
    );
    lab.expect(json!({ "To": web, "Port": 22 }), "connected", "");
    lab.expect(
        json!({ "To": web, "Client": "ping" }),
        "timed-out",
        "SUBNET_ACL_RESTRICTION",
    );
    assert_eq!(
        lab.code(
            "CreateNetworkAclEntry",
            entry(&acl, 100, false, "deny", "tcp", 1, 2)
        ),
        "NetworkAclEntryAlreadyExists"
    );
    assert_eq!(
        lab.code(
            "CreateNetworkAclEntry",
            entry(&acl, 32_767, false, "deny", "tcp", 1, 2)
        ),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code(
            "DeleteNetworkAclEntry",
            json!({ "NetworkAclId": acl, "RuleNumber": 9, "Egress": false })
        ),
        "InvalidNetworkAclEntry.NotFound"
    );
    for number in 1..=19 {
        lab.ok(
            "CreateNetworkAclEntry",
            entry(&acl, number, false, "allow", "tcp", 22, 22),
        );
    }
    assert_eq!(
        lab.code(
            "CreateNetworkAclEntry",
            entry(&acl, 20, false, "allow", "tcp", 22, 22)
        ),
        "NetworkAclEntryLimitExceeded"
    );
}

#[test]
fn an_acl_tells_a_ping_from_its_answer() {
    let mut lab = Lab::new();
    let (web, acl) = (open_web(&mut lab), lab.acl());
    let icmp = |number: u16, egress: bool, kind: i32| {
        json!({ "NetworkAclId": acl, "RuleNumber": number, "Egress": egress, "RuleAction": "deny", "Protocol": "icmp",
                "CidrBlock": "0.0.0.0/0", "IcmpTypeCode": { "Type": kind, "Code": -1 } })
    };
    let ping = json!({ "To": web, "Client": "ping" });
    // An answer in, a request out: neither is on the way of this ping.
    lab.ok("CreateNetworkAclEntry", icmp(10, false, 0));
    lab.ok("CreateNetworkAclEntry", icmp(10, true, 8));
    lab.expect(ping.clone(), "connected", "");
    lab.ok("CreateNetworkAclEntry", icmp(11, true, 0));
    lab.expect(ping.clone(), "timed-out", "SUBNET_ACL_RESTRICTION");
    lab.ok(
        "DeleteNetworkAclEntry",
        json!({ "NetworkAclId": acl, "RuleNumber": 11, "Egress": true }),
    );
    lab.ok("CreateNetworkAclEntry", icmp(11, false, 8));
    lab.expect(ping, "timed-out", "SUBNET_ACL_RESTRICTION");
}

#[test]
fn inside_a_subnet_the_acl_is_not_asked() {
    let mut lab = Lab::new();
    let group = lab.group("all");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    let (here, there) = (lab.subnet("us-east-1a"), lab.subnet("us-east-1b"));
    let first = lab.launch(json!({ "SecurityGroupIds": [group], "SubnetId": here }));
    let neighbour = lab.launch(json!({ "SecurityGroupIds": [group], "SubnetId": here }));
    let far = lab.up(json!({ "SecurityGroupIds": [group], "SubnetId": there }));
    let acl = lab.acl();
    for egress in [true, false] {
        lab.ok(
            "DeleteNetworkAclEntry",
            json!({ "NetworkAclId": acl, "RuleNumber": 100, "Egress": egress }),
        );
    }
    lab.expect(
        json!({ "From": first, "To": neighbour, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": first, "To": far, "Port": 22 }),
        "timed-out",
        "SUBNET_ACL_RESTRICTION",
    );
    lab.expect(
        json!({ "From": first, "To": first, "Port": 22 }),
        "connected",
        "",
    );
}

#[test]
fn without_a_route_the_answer_is_lost() {
    let mut lab = Lab::new();
    let (web, table) = (open_web(&mut lab), lab.route_table());
    let gateway =
        lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"]
            .clone();
    let default = json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0" });
    lab.ok("DeleteRoute", default.clone());
    assert_eq!(lab.code("DeleteRoute", default), "InvalidRoute.NotFound");
    lab.expect(
        json!({ "To": web, "Port": 22 }),
        "timed-out",
        "NO_ROUTE_TO_DESTINATION",
    );
    lab.expect(
        json!({ "From": web, "To": "internet", "Client": "https" }),
        "timed-out",
        "NO_ROUTE_TO_DESTINATION",
    );
    // A narrow route is enough for those it speaks of.
    let laptop_only = json!({ "RouteTableId": table, "DestinationCidrBlock": "203.0.113.0/24", "GatewayId": gateway });
    lab.ok("CreateRoute", laptop_only.clone());
    assert_eq!(lab.code("CreateRoute", laptop_only), "RouteAlreadyExists");
    lab.expect(json!({ "To": web, "Port": 22 }), "connected", "");
    lab.expect(
        json!({ "From": "stranger", "To": web, "Port": 22 }),
        "timed-out",
        "NO_ROUTE_TO_DESTINATION",
    );
    assert_eq!(
        lab.code(
            "DeleteRoute",
            json!({ "RouteTableId": table, "DestinationCidrBlock": "172.31.0.0/16" })
        ),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code(
            "CreateRoute",
            json!({ "RouteTableId": table, "DestinationCidrBlock": "1.0.0.0/8" })
        ),
        "MissingParameter"
    );
}

#[test]
fn without_a_public_address_nobody_comes_or_goes() {
    let mut lab = Lab::new();
    let group = lab.group("all");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    let wired = json!([{ "DeviceIndex": 0, "AssociatePublicIpAddress": false, "Groups": [group] }]);
    let hidden = lab.launch(json!({ "NetworkInterfaces": wired }));
    let jump = lab.up(json!({ "SecurityGroupIds": [group] }));
    lab.expect(
        json!({ "To": hidden, "Port": 22 }),
        "timed-out",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
    );
    let private = lab.private_ip(&hidden);
    lab.expect(
        json!({ "To": private, "Port": 22 }),
        "timed-out",
        "PRIVATE_ADDRESS",
    );
    lab.expect(
        json!({ "From": jump, "To": hidden, "Port": 22 }),
        "connected",
        "",
    );
    lab.expect(
        json!({ "From": hidden, "To": "internet", "Client": "https" }),
        "timed-out",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    );
    lab.expect(
        json!({ "From": jump, "To": "internet", "Client": "https" }),
        "connected",
        "",
    );
    let subnet = lab.subnet("us-east-1a");
    lab.ok(
        "ModifySubnetAttribute",
        json!({ "SubnetId": subnet, "MapPublicIpOnLaunch": { "Value": false } }),
    );
    let id = lab.up(json!({ "SubnetId": subnet }));
    assert_eq!(lab.public_ip(&id), None);
}
