//! Two networks in which every way out and every gate is set by chance: tables, ACLs, NAT gateways, endpoints, peering.

use crate::chance::Chance;
use crate::lab::{Lab, text};
use crate::random_world::PORTS;
use ec2_lab_engine::json::{Value, json};

const RANGES: [&str; 6] = [
    "0.0.0.0/0",
    "10.1.0.0/16",
    "10.2.0.0/16",
    "10.1.2.0/24",
    "192.0.2.0/24",
    "203.0.113.7/32",
];

struct Vpc {
    id: String,
    subnets: Vec<String>,
    tables: Vec<String>,
    groups: Vec<String>,
    gateway: Option<String>,
}

fn vpc(lab: &mut Lab, chance: &mut Chance, number: u8) -> Vpc {
    let id = text(
        &lab.ok(
            "CreateVpc",
            json!({ "CidrBlock": format!("10.{number}.0.0/16") }),
        )["Vpc"]["VpcId"],
    );
    let gateway = chance.percent(85).then(|| {
        let gateway = text(
            &lab.ok("CreateInternetGateway", json!({}))["InternetGateway"]["InternetGatewayId"],
        );
        lab.ok(
            "AttachInternetGateway",
            json!({ "InternetGatewayId": gateway, "VpcId": id }),
        );
        gateway
    });
    let (mut subnets, mut tables) = (Vec::new(), Vec::new());
    for third in 1..=3 {
        let subnet = text(&lab.ok("CreateSubnet", json!({ "VpcId": id, "CidrBlock": format!("10.{number}.{third}.0/24"), "AvailabilityZone": "us-east-1a" }))["Subnet"]["SubnetId"]);
        let table =
            text(&lab.ok("CreateRouteTable", json!({ "VpcId": id }))["RouteTable"]["RouteTableId"]);
        lab.ok(
            "AssociateRouteTable",
            json!({ "RouteTableId": table, "SubnetId": subnet }),
        );
        subnets.push(subnet);
        tables.push(table);
    }
    let groups = (0..2).map(|index| group(lab, chance, &id, index)).collect();
    if chance.percent(40) {
        acl(lab, chance, &id);
    }
    Vpc {
        id,
        subnets,
        tables,
        groups,
        gateway,
    }
}

fn group(lab: &mut Lab, chance: &mut Chance, vpc: &str, index: usize) -> String {
    let id = text(
        &lab.ok(
            "CreateSecurityGroup",
            json!({ "GroupName": format!("g{index}"), "Description": "g", "VpcId": vpc }),
        )["GroupId"],
    );
    for _ in 0..1 + chance.below(3) {
        let protocol = *chance.pick(&["tcp", "-1", "-1", "icmp"]);
        let mut rule = json!({ "IpProtocol": protocol, "FromPort": -1, "ToPort": -1 });
        if protocol == "tcp" {
            rule["FromPort"] = json!(chance.pick(&PORTS));
            rule["ToPort"] = json!(9_000);
        }
        if chance.percent(25) {
            rule["UserIdGroupPairs"] = json!([{ "GroupId": id }]);
        } else {
            rule["IpRanges"] = json!([{ "CidrIp": chance.pick(&RANGES) }]);
        }
        let _ = lab.execute(
            "AuthorizeSecurityGroupIngress",
            json!({ "GroupId": id, "IpPermissions": [rule] }),
        );
    }
    if chance.percent(15) {
        lab.ok("RevokeSecurityGroupEgress", json!({ "GroupId": id, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }));
        let _ = lab.execute("AuthorizeSecurityGroupEgress", json!({ "GroupId": id, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": chance.pick(&RANGES) }] }] }));
    }
    id
}

/// An ACL of one's own for one of the subnets.
fn acl(lab: &mut Lab, chance: &mut Chance, vpc: &str) {
    let of = json!([{ "Name": "vpc-id", "Values": [vpc] }]);
    let ties =
        lab.ok("DescribeNetworkAcls", json!({ "Filters": of }))["NetworkAcls"][0]["Associations"]
            .clone();
    let tie = chance.pick(ties.as_array().unwrap())["NetworkAclAssociationId"].clone();
    let acl =
        lab.ok("CreateNetworkAcl", json!({ "VpcId": vpc }))["NetworkAcl"]["NetworkAclId"].clone();
    lab.ok(
        "ReplaceNetworkAclAssociation",
        json!({ "AssociationId": tie, "NetworkAclId": acl }),
    );
    for egress in [true, false] {
        for number in 1..=3 {
            let mut entry = json!({
                "NetworkAclId": acl, "RuleNumber": number, "Egress": egress, "Protocol": chance.pick(&["-1", "-1", "6"]),
                "RuleAction": chance.pick(&["allow", "allow", "allow", "deny"]), "CidrBlock": chance.pick(&RANGES),
            });
            if entry["Protocol"] == "6" {
                entry["PortRange"] = chance
                    .pick(&[
                        json!({ "From": 1024, "To": 65_535 }),
                        json!({ "From": 0, "To": 1023 }),
                    ])
                    .clone();
            }
            lab.ok("CreateNetworkAclEntry", entry);
        }
    }
}

/// The world, and its machines' ids.
pub fn random_networks(seed: u64) -> (Lab, Vec<String>) {
    let mut chance = Chance::new(seed ^ 0x77);
    let mut lab = Lab::seeded(seed);
    let vpcs = [vpc(&mut lab, &mut chance, 1), vpc(&mut lab, &mut chance, 2)];
    let peering = lab.ok(
        "CreateVpcPeeringConnection",
        json!({ "VpcId": vpcs[0].id, "PeerVpcId": vpcs[1].id }),
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        .clone();
    if chance.percent(80) {
        lab.ok(
            "AcceptVpcPeeringConnection",
            json!({ "VpcPeeringConnectionId": peering }),
        );
    }
    let mut ids = Vec::new();
    for vpc in &vpcs {
        let nat = chance.percent(70).then(|| {
            let address = lab.ok("AllocateAddress", json!({}))["AllocationId"].clone();
            let input = if chance.percent(80) {
                json!({ "SubnetId": chance.pick(&vpc.subnets), "AllocationId": address })
            } else {
                json!({ "SubnetId": chance.pick(&vpc.subnets), "ConnectivityType": "private" })
            };
            lab.ok("CreateNatGateway", input)["NatGateway"]["NatGatewayId"].clone()
        });
        for table in &vpc.tables {
            for range in RANGES {
                let mut input = json!({ "RouteTableId": table, "DestinationCidrBlock": range });
                match chance.below(if range == "0.0.0.0/0" { 4 } else { 9 }) {
                    0 => input["GatewayId"] = vpc.gateway.clone().map_or(Value::Null, Value::from),
                    1 => input["NatGatewayId"] = nat.clone().unwrap_or(Value::Null),
                    2 => input["VpcPeeringConnectionId"] = peering.clone(),
                    _ => continue,
                }
                // Some of them AWS refuses: a gateway that is not there, a range of the VPC itself.
                let _ = lab.execute("CreateRoute", input);
            }
        }
        if chance.percent(50) {
            lab.ok("CreateVpcEndpoint", json!({ "VpcId": vpc.id, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [chance.pick(&vpc.tables)] }));
        }
        for _ in 0..2 {
            let wired = json!([{ "DeviceIndex": 0, "SubnetId": chance.pick(&vpc.subnets), "Groups": [chance.pick(&vpc.groups)], "AssociatePublicIpAddress": chance.percent(60) && vpc.gateway.is_some() }]);
            ids.push(lab.launch(json!({ "NetworkInterfaces": wired })));
        }
    }
    lab.settle();
    for id in &ids {
        let _ = lab.execute("StartService", json!({ "InstanceId": id, "Name": "app", "Port": chance.pick(&PORTS), "Protocol": "tcp" }));
    }
    (lab, ids)
}
