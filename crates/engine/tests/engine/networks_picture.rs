//! A world as the describe calls show it, with the gates of AWS's documentation read from it: for a second opinion.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::{Value, json};

const EPHEMERAL: i64 = 49_152;

#[derive(Clone, Copy)]
pub struct Packet {
    pub protocol: &'static str,
    pub port: i64,
}

/// Who sends, as the network sees it: a machine or a NAT gateway.
#[derive(Clone)]
pub struct Sender {
    pub subnet: String,
    pub private: String,
    pub public: Option<String>,
    pub groups: Vec<String>,
}

pub struct Machine {
    pub id: String,
    pub port: Sender,
    pub listens: Vec<i64>,
}

pub struct Picture {
    pub machines: Vec<Machine>,
    pub subnets: Vec<Value>,
    pub tables: Vec<Value>,
    pub acls: Vec<Value>,
    pub groups: Vec<Value>,
    pub gateways: Vec<Value>,
    pub nats: Vec<Value>,
    pub peerings: Vec<Value>,
    pub lists: Vec<Value>,
}

pub fn number(address: &str) -> u32 {
    address
        .split('.')
        .fold(0, |sum, part| sum * 256 + part.parse::<u32>().unwrap())
}

/// The prefix length of a range that holds an address.
pub fn holds(range: &str, address: &str) -> Option<u32> {
    let (network, length) = range.split_once('/').unwrap();
    let length = length.parse::<u32>().unwrap();
    let same = length == 0 || number(network) >> (32 - length) == number(address) >> (32 - length);
    same.then_some(length)
}

pub fn rows(lab: &mut Lab, operation: &str, key: &str) -> Vec<Value> {
    lab.ok(operation, json!({}))[key]
        .as_array()
        .unwrap()
        .clone()
}

impl Picture {
    pub fn of(lab: &mut Lab, ids: &[String]) -> Self {
        let mut machines = Vec::new();
        for id in ids {
            let row = lab.row(id);
            let region = lab.world.region(&lab.caller).unwrap();
            let guest = &region
                .instances
                .values()
                .find(|other| other.id.to_string() == *id)
                .unwrap()
                .guest;
            let listens = guest
                .services
                .values()
                .filter(|unit| unit.running)
                .flat_map(|unit| unit.ports.clone())
                .map(|(_, port)| i64::from(port))
                .collect();
            let port = Sender {
                subnet: text(&row["SubnetId"]),
                private: text(&row["PrivateIpAddress"]),
                public: row["PublicIpAddress"].as_str().map(str::to_owned),
                groups: row["SecurityGroups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|group| text(&group["GroupId"]))
                    .collect(),
            };
            machines.push(Machine {
                id: id.clone(),
                port,
                listens,
            });
        }
        Picture {
            machines,
            subnets: rows(lab, "DescribeSubnets", "Subnets"),
            tables: rows(lab, "DescribeRouteTables", "RouteTables"),
            acls: rows(lab, "DescribeNetworkAcls", "NetworkAcls"),
            groups: rows(lab, "DescribeSecurityGroups", "SecurityGroups"),
            gateways: rows(lab, "DescribeInternetGateways", "InternetGateways"),
            nats: rows(lab, "DescribeNatGateways", "NatGateways"),
            peerings: rows(
                lab,
                "DescribeVpcPeeringConnections",
                "VpcPeeringConnections",
            ),
            lists: rows(lab, "DescribePrefixLists", "PrefixLists"),
        }
    }

    pub fn vpc(&self, subnet: &str) -> String {
        text(
            &self
                .subnets
                .iter()
                .find(|row| row["SubnetId"] == subnet)
                .unwrap()["VpcId"],
        )
    }

    /// "The longest prefix match": the most specific route that holds the address; a black hole leads nowhere.
    pub fn route(&self, subnet: &str, address: &str) -> Option<String> {
        let table = self
            .tables
            .iter()
            .find(|table| {
                table["Associations"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|tie| tie["SubnetId"] == subnet)
            })
            .unwrap();
        let length = |route: &Value| match route["DestinationCidrBlock"].as_str() {
            Some(range) => holds(range, address),
            None => {
                let list = self
                    .lists
                    .iter()
                    .find(|list| list["PrefixListId"] == route["DestinationPrefixListId"])
                    .unwrap();
                list["Cidrs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|range| holds(range.as_str().unwrap(), address))
                    .max()
            }
        };
        let fitting = table["Routes"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|route| Some((length(route)?, route)));
        let (_, route) = fitting.max_by_key(|(length, _)| *length)?;
        if route["State"] == "blackhole" {
            return None;
        }
        ["GatewayId", "NatGatewayId", "VpcPeeringConnectionId"]
            .iter()
            .find_map(|key| route[key].as_str())
            .map(str::to_owned)
    }

    /// "Rules are evaluated starting with the lowest numbered rule."
    pub fn acl(
        &self,
        subnet: &str,
        egress: bool,
        packet: Packet,
        answer: bool,
        peer: &str,
    ) -> bool {
        let acl = self
            .acls
            .iter()
            .find(|acl| {
                acl["Associations"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|tie| tie["SubnetId"] == subnet)
            })
            .unwrap();
        let mut entries: Vec<&Value> = acl["Entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["Egress"] == egress)
            .collect();
        entries.sort_by_key(|row| row["RuleNumber"].as_i64());
        let port = if answer { EPHEMERAL } else { packet.port };
        let hit = entries.into_iter().find(|row| {
            let inner = match row["Protocol"].as_str().unwrap() {
                "-1" => true,
                "6" => {
                    packet.protocol == "tcp"
                        && (row["PortRange"]["From"].as_i64().unwrap()
                            ..=row["PortRange"]["To"].as_i64().unwrap())
                            .contains(&port)
                }
                _ => false,
            };
            inner && holds(row["CidrBlock"].as_str().unwrap(), peer).is_some()
        });
        hit.is_some_and(|row| row["RuleAction"] == "allow")
    }

    pub fn group(
        &self,
        wearer: &Sender,
        egress: bool,
        packet: Packet,
        peer: &str,
        peer_groups: &[String],
    ) -> bool {
        let key = if egress {
            "IpPermissionsEgress"
        } else {
            "IpPermissions"
        };
        let own = self
            .groups
            .iter()
            .filter(|row| wearer.groups.contains(&text(&row["GroupId"])));
        own.flat_map(|row| row[key].as_array().unwrap())
            .any(|rule| {
                let fits = match rule["IpProtocol"].as_str().unwrap() {
                    "-1" => true,
                    "icmp" => packet.protocol == "icmp",
                    other => {
                        other == packet.protocol
                            && (rule["FromPort"].as_i64().unwrap()
                                ..=rule["ToPort"].as_i64().unwrap())
                                .contains(&packet.port)
                    }
                };
                let ranges = rule["IpRanges"].as_array().unwrap();
                let pairs = rule["UserIdGroupPairs"].as_array().unwrap();
                fits && (ranges
                    .iter()
                    .any(|range| holds(range["CidrIp"].as_str().unwrap(), peer).is_some())
                    || pairs
                        .iter()
                        .any(|pair| peer_groups.contains(&text(&pair["GroupId"]))))
            })
    }
}
