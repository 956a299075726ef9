//! Small worlds in which every gate on a packet's way is set by chance.

use crate::chance::Chance;
use crate::lab::Lab;
use ec2_lab_engine::json::json;

/// The ports that rules and programs choose from.
pub const PORTS: [i64; 4] = [22, 80, 8080, 53];

fn range(chance: &mut Chance) -> String {
    (*chance.pick(&[
        "0.0.0.0/0",
        "203.0.113.7/32",
        "172.31.0.0/16",
        "172.31.0.0/20",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "128.0.0.0/1",
    ]))
    .to_owned()
}

/// A small world in which every gate is set by chance.
pub fn random_world(seed: u64) -> (Lab, Vec<String>) {
    let mut chance = Chance::new(seed);
    let mut lab = Lab::seeded(seed);
    let groups: Vec<String> = (0..3)
        .map(|index| lab.group(&format!("g{index}")))
        .collect();
    for group in &groups {
        if chance.percent(30) {
            lab.ok("RevokeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }));
        }
        for _ in 0..chance.below(5) {
            let protocol = *chance.pick(&["tcp", "tcp", "udp", "icmp", "-1"]);
            let mut rule = json!({ "IpProtocol": protocol });
            if protocol == "icmp" {
                let kind = *chance.pick(&[-1, 8, 0]);
                rule["FromPort"] = json!(kind);
                rule["ToPort"] = json!(if kind == -1 {
                    -1
                } else {
                    *chance.pick(&[-1, 0, 1])
                });
            } else {
                let port = *chance.pick(&PORTS);
                rule["FromPort"] = json!(port);
                rule["ToPort"] = json!(port + *chance.pick(&[0, 0, 60, 9_000]));
            }
            if chance.percent(35) {
                rule["UserIdGroupPairs"] = json!([{ "GroupId": chance.pick(&groups) }]);
            } else {
                rule["IpRanges"] = json!([{ "CidrIp": range(&mut chance) }]);
            }
            let operation = if chance.percent(75) {
                "AuthorizeSecurityGroupIngress"
            } else {
                "AuthorizeSecurityGroupEgress"
            };
            let _ = lab.execute(
                operation,
                json!({ "GroupId": group, "IpPermissions": [rule] }),
            );
        }
    }
    let ids: Vec<String> = (0..4)
        .map(|_| {
            let worn: Vec<&String> = groups.iter().filter(|_| chance.percent(50)).collect();
            let worn = if worn.is_empty() { vec![&groups[0]] } else { worn };
            let zone = *chance.pick(&["us-east-1a", "us-east-1b"]);
            let subnet = lab.subnet(zone);
            let wired = json!([{ "DeviceIndex": 0, "SubnetId": subnet, "Groups": worn, "AssociatePublicIpAddress": chance.percent(75) }]);
            lab.launch(json!({ "NetworkInterfaces": wired }))
        })
        .collect();
    lab.settle();
    for id in &ids {
        for _ in 0..chance.below(3) {
            let protocol = *chance.pick(&["tcp", "tcp", "udp"]);
            let _ = lab.execute("StartService", json!({ "InstanceId": id, "Name": "app", "Port": chance.pick(&PORTS), "Protocol": protocol }));
        }
    }
    filter(&mut lab, &mut chance);
    (lab, ids)
}

/// Sets the subnets' ACL and route table by chance.
fn filter(lab: &mut Lab, chance: &mut Chance) {
    let (acl, table) = (lab.acl(), lab.route_table());
    for _ in 0..chance.below(5) {
        let protocol = *chance.pick(&["6", "6", "17", "1", "-1"]);
        let mut entry = json!({
            "NetworkAclId": acl, "RuleNumber": 1 + chance.below(150), "Egress": chance.percent(50), "Protocol": protocol,
            "RuleAction": chance.pick(&["allow", "deny"]), "CidrBlock": range(chance),
        });
        match protocol {
            "1" => entry["IcmpTypeCode"] = json!({ "Type": chance.pick(&[-1, 0, 8]), "Code": -1 }),
            "-1" => {}
            _ => {
                let (from, to) =
                    *chance.pick(&[(22, 22), (80, 8080), (1024, 65_535), (0, 65_535), (53, 53)]);
                entry["PortRange"] = json!({ "From": from, "To": to });
            }
        }
        let _ = lab.execute("CreateNetworkAclEntry", entry);
    }
    if chance.percent(15) {
        lab.ok(
            "DeleteNetworkAclEntry",
            json!({ "NetworkAclId": acl, "RuleNumber": 100, "Egress": chance.percent(50) }),
        );
    }
    if chance.percent(30) {
        lab.ok(
            "DeleteRoute",
            json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0" }),
        );
        let gateway = lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"].clone();
        for cidr in ["203.0.113.0/24", "198.18.0.0/15", "198.51.100.9/32"] {
            if chance.percent(40) {
                lab.ok("CreateRoute", json!({ "RouteTableId": table, "DestinationCidrBlock": cidr, "GatewayId": gateway }));
            }
        }
    }
}
