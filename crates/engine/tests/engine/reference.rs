//! A second opinion on who reaches whom. It reads the world as a learner would, through the describe calls, and shares no
//! code with the engine's network.

use crate::chance::Chance;
use crate::lab::{Lab, cases, text};
use crate::random_world::random_world;
use ec2_lab_engine::json::{Value, json};

const LAPTOP: &str = "203.0.113.7";
const STRANGER: &str = "198.51.100.9";
const EPHEMERAL: i64 = 49_152;

struct Machine {
    id: String,
    private: String,
    public: Option<String>,
    subnet: String,
    groups: Vec<String>,
    /// (protocol, port) that something listens on.
    listens: Vec<(&'static str, i64)>,
}

/// All that decides, as JSON.
struct Picture {
    machines: Vec<Machine>,
    groups: Value,
    entries: Value,
    routes: Value,
}

#[derive(Clone, Copy)]
struct Packet {
    protocol: &'static str,
    port: i64,
}

fn number(address: &str) -> u32 {
    address
        .split('.')
        .fold(0, |sum, part| sum * 256 + part.parse::<u32>().unwrap())
}

fn within(cidr: &str, address: &str) -> bool {
    let (network, length) = cidr.split_once('/').unwrap();
    let shift = 32 - length.parse::<u32>().unwrap();
    shift == 32 || number(network) >> shift == number(address) >> shift
}

impl Picture {
    fn group_lets(
        &self,
        wearer: &Machine,
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
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| wearer.groups.contains(&text(&row["GroupId"])));
        own.flat_map(|row| row[key].as_array().unwrap())
            .any(|rule| {
                let from = rule["FromPort"].as_i64().unwrap_or(-1);
                let to = rule["ToPort"].as_i64().unwrap_or(-1);
                let fits = match rule["IpProtocol"].as_str().unwrap() {
                    "-1" => true,
                    protocol if protocol != packet.protocol => false,
                    "icmp" => from == -1 || (from == 8 && to <= 0),
                    _ => (from..=to).contains(&packet.port),
                };
                let by_address = rule["IpRanges"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|range| within(range["CidrIp"].as_str().unwrap(), peer));
                let by_group = rule["UserIdGroupPairs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|pair| peer_groups.contains(&text(&pair["GroupId"])));
                fits && (by_address || by_group)
            })
    }

    fn acl_lets(&self, egress: bool, packet: Packet, answer: bool, peer: &str) -> bool {
        let mut entries: Vec<&Value> = self
            .entries
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["Egress"] == egress)
            .collect();
        entries.sort_by_key(|row| row["RuleNumber"].as_i64());
        let port = if answer { EPHEMERAL } else { packet.port };
        let kind = if answer { 0 } else { 8 };
        let hit = entries.into_iter().find(|row| {
            let inner = match row["Protocol"].as_str().unwrap() {
                "-1" => true,
                "1" => {
                    packet.protocol == "icmp"
                        && [-1, kind].contains(&row["IcmpTypeCode"]["Type"].as_i64().unwrap())
                }
                "6" | "17"
                    if row["Protocol"] != if packet.protocol == "tcp" { "6" } else { "17" }
                        || packet.protocol == "icmp" =>
                {
                    false
                }
                _ => (row["PortRange"]["From"].as_i64().unwrap()
                    ..=row["PortRange"]["To"].as_i64().unwrap())
                    .contains(&port),
            };
            inner && within(row["CidrBlock"].as_str().unwrap(), peer)
        });
        hit.is_some_and(|row| row["RuleAction"] == "allow")
    }

    /// `local`, `igw-…`, or nothing.
    fn route(&self, address: &str) -> Option<String> {
        let fitting = self
            .routes
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| within(row["DestinationCidrBlock"].as_str().unwrap(), address));
        let length = |row: &&Value| {
            text(&row["DestinationCidrBlock"])
                .split_once('/')
                .unwrap()
                .1
                .parse::<u32>()
                .unwrap()
        };
        fitting
            .max_by_key(length)
            .map(|row| text(&row["GatewayId"]))
    }

    fn machine(&self, target: &Machine, packet: Packet) -> &'static str {
        if packet.protocol == "icmp" || target.listens.contains(&(packet.protocol, packet.port)) {
            "connected"
        } else {
            "refused"
        }
    }

    /// From an address on the internet to a machine's public address, and back to the gateway.
    fn inbound(&self, target: &Machine, from: &str, packet: Packet) -> &'static str {
        let open = self.acl_lets(false, packet, false, from)
            && self.group_lets(target, false, packet, from, &[])
            && self.acl_lets(true, packet, true, from)
            && self.route(from).is_some_and(|way| way != "local");
        if open {
            self.machine(target, packet)
        } else {
            "timed-out"
        }
    }

    fn by_public(&self, address: &str) -> Option<&Machine> {
        self.machines
            .iter()
            .find(|machine| machine.public.as_deref() == Some(address))
    }

    fn seen_from_outside(&self, from: &str, address: &str, packet: Packet) -> &'static str {
        self.by_public(address)
            .map_or("timed-out", |target| self.inbound(target, from, packet))
    }

    fn seen_from_machine(&self, source: &Machine, address: &str, packet: Packet) -> &'static str {
        if source.private == address {
            return self.machine(source, packet);
        }
        let near = self
            .machines
            .iter()
            .find(|machine| machine.private == address);
        let peer_groups = near.map_or(&[][..], |machine| &machine.groups);
        if !self.group_lets(source, true, packet, address, peer_groups) {
            return "timed-out";
        }
        if let Some(target) = near.filter(|target| target.subnet == source.subnet) {
            let open = self.group_lets(target, false, packet, &source.private, &source.groups);
            return if open {
                self.machine(target, packet)
            } else {
                "timed-out"
            };
        }
        if !self.acl_lets(true, packet, false, address) {
            return "timed-out";
        }
        let answer = match (self.route(address).as_deref(), near) {
            (Some("local"), Some(target)) => {
                let open = self.acl_lets(false, packet, false, &source.private)
                    && self.group_lets(target, false, packet, &source.private, &source.groups)
                    && self.acl_lets(true, packet, true, &source.private);
                if open {
                    self.machine(target, packet)
                } else {
                    "timed-out"
                }
            }
            (None | Some("local"), _) => "timed-out",
            (Some(_), _) => match (&source.public, self.by_public(address)) {
                (Some(public), Some(target)) => self.inbound(target, public, packet),
                _ => "timed-out",
            },
        };
        if answer == "timed-out" || !self.acl_lets(false, packet, true, address) {
            "timed-out"
        } else {
            answer
        }
    }
}

fn picture(lab: &mut Lab, ids: &[String]) -> Picture {
    let machines = ids
        .iter()
        .map(|id| {
            let row = lab.row(id);
            let services = lab
                .world
                .region(&lab.caller)
                .unwrap()
                .instances
                .values()
                .find(|other| other.id.to_string() == *id)
                .unwrap()
                .guest
                .services
                .clone();
            let ports = services
                .values()
                .filter(|service| service.running)
                .flat_map(|service| service.ports.clone());
            Machine {
                id: id.clone(),
                private: text(&row["PrivateIpAddress"]),
                public: row["PublicIpAddress"].as_str().map(str::to_owned),
                subnet: text(&row["SubnetId"]),
                groups: row["SecurityGroups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|group| text(&group["GroupId"]))
                    .collect(),
                listens: ports
                    .map(|(protocol, port)| {
                        (
                            if protocol.to_string() == "tcp" {
                                "tcp"
                            } else {
                                "udp"
                            },
                            i64::from(port),
                        )
                    })
                    .collect(),
            }
        })
        .collect();
    Picture {
        machines,
        groups: lab.ok("DescribeSecurityGroups", json!({}))["SecurityGroups"].clone(),
        entries: lab.ok("DescribeNetworkAcls", json!({}))["NetworkAcls"][0]["Entries"].clone(),
        routes: lab.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["Routes"].clone(),
    }
}

#[test]
fn the_engine_and_the_reference_agree() {
    let mut seen = std::collections::BTreeMap::<&str, u32>::new();
    for seed in 0..u64::from(cases(80)) {
        let (mut lab, ids) = random_world(seed);
        let picture = picture(&mut lab, &ids);
        let mut chance = Chance::new(seed ^ 0xabcd);
        for _ in 0..30 {
            let target = chance.pick(&picture.machines);
            let packet = *chance.pick(&[
                ("tcp", 22),
                ("tcp", 80),
                ("tcp", 8080),
                ("udp", 53),
                ("icmp", 0),
            ]);
            let packet = Packet {
                protocol: packet.0,
                port: packet.1,
            };
            let public = target.public.clone().filter(|_| chance.percent(50));
            let source = chance.below(ids.len() + 2);
            let (from, address, expected) = if source < ids.len() {
                let address = public.unwrap_or_else(|| target.private.clone());
                let machine = &picture.machines[source];
                (
                    machine.id.as_str(),
                    address.clone(),
                    picture.seen_from_machine(machine, &address, packet),
                )
            } else {
                let address = target
                    .public
                    .clone()
                    .unwrap_or_else(|| target.private.clone());
                let (name, from) = if source == ids.len() {
                    ("laptop", LAPTOP)
                } else {
                    ("stranger", STRANGER)
                };
                (
                    name,
                    address.clone(),
                    picture.seen_from_outside(from, &address, packet),
                )
            };
            let mut input = json!({ "From": from, "To": address, "Protocol": packet.protocol });
            if packet.protocol != "icmp" {
                input["Port"] = json!(packet.port);
            }
            let probe = ec2_lab_engine::operations::lab::connect::read(
                ec2_lab_engine::input::Input::new(&input).unwrap(),
            )
            .unwrap();
            let trace = ec2_lab_engine::network::probe(&lab.world, &lab.caller, &probe).unwrap();
            assert_eq!(
                trace.verdict.as_str(),
                expected,
                "seed {seed}: {input}\n{:#?}",
                trace.hops
            );
            *seen.entry(expected).or_default() += 1;
        }
    }
    assert!(
        seen.len() == 3 && seen.values().all(|count| *count > cases(80)),
        "every verdict must come up: {seen:?}"
    );
}
