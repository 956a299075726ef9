//! A second opinion on the ways out of networks and between them, deliberately naive: it reads the describe calls and
//! follows AWS's documentation sentence by sentence, and shares no code with the engine's walk.

use crate::chance::Chance;
use crate::lab::{cases, text};
use crate::networks_picture::{Machine, Packet, Picture, Sender};
use crate::random_networks::random_networks;
use ec2_lab_engine::json::json;

const WEB: &str = "192.0.2.80";
const S3: &str = "52.216.0.10";
const SILENCE: &str = "timed-out";

impl Picture {
    fn answers(&self, machine: &Machine, packet: Packet) -> &'static str {
        if packet.protocol == "icmp" || machine.listens.contains(&packet.port) {
            "connected"
        } else {
            "refused"
        }
    }

    /// The machine that has a private address in a VPC.
    fn machine_at(&self, vpc: &str, address: &str) -> Option<&Machine> {
        self.machines.iter().find(|machine| {
            machine.port.private == address && self.vpc(&machine.port.subnet) == vpc
        })
    }

    /// Into a subnet and out again: the answer must take the way that the packet came.
    fn enter(
        &self,
        machine: &Machine,
        packet: Packet,
        peer: &str,
        peer_groups: &[String],
        back: &str,
    ) -> &'static str {
        let subnet = &machine.port.subnet;
        let open = self.acl(subnet, false, packet, false, peer)
            && self.group(&machine.port, false, packet, peer, peer_groups)
            && self.acl(subnet, true, packet, true, peer)
            && self
                .route(subnet, peer)
                .is_some_and(|way| way == back || (back == "igw" && way.starts_with("igw-")));
        if open {
            self.answers(machine, packet)
        } else {
            SILENCE
        }
    }

    fn internet(&self, packet: Packet, from: &str, address: &str) -> &'static str {
        let web = packet.protocol == "tcp" && [80, 443].contains(&packet.port);
        match address {
            WEB if web || packet.protocol == "icmp" => return "connected",
            WEB => return "refused",
            S3 => return if web { "connected" } else { SILENCE },
            _ => {}
        }
        let Some(machine) = self
            .machines
            .iter()
            .find(|machine| machine.port.public.as_deref() == Some(address))
        else {
            return SILENCE;
        };
        let vpc = self.vpc(&machine.port.subnet);
        if !self.has_gateway(&vpc) {
            return SILENCE;
        }
        self.enter(machine, packet, from, &[], "igw")
    }

    fn has_gateway(&self, vpc: &str) -> bool {
        self.gateways.iter().any(|row| {
            row["Attachments"]
                .as_array()
                .unwrap()
                .iter()
                .any(|tie| tie["VpcId"] == vpc)
        })
    }

    /// Along the route table of the sender's subnet.
    fn forward(&self, sender: &Sender, packet: Packet, address: &str) -> &'static str {
        let vpc = self.vpc(&sender.subnet);
        let Some(way) = self.route(&sender.subnet, address) else {
            return SILENCE;
        };
        match way.split('-').next().unwrap() {
            "local" => self.machine_at(&vpc, address).map_or(SILENCE, |machine| {
                self.enter(machine, packet, &sender.private, &sender.groups, "local")
            }),
            "igw" => match &sender.public {
                Some(public) if !address.starts_with("10.") && self.has_gateway(&vpc) => {
                    self.internet(packet, public, address)
                }
                _ => SILENCE,
            },
            "vpce" => {
                let web = packet.protocol == "tcp" && [80, 443].contains(&packet.port);
                if web { "connected" } else { SILENCE }
            }
            "pcx" => {
                let row = self
                    .peerings
                    .iter()
                    .find(|row| row["VpcPeeringConnectionId"] == way)
                    .unwrap();
                let sides =
                    ["RequesterVpcInfo", "AccepterVpcInfo"].map(|key| text(&row[key]["VpcId"]));
                let far = sides.iter().find(|side| **side != vpc).unwrap();
                self.machine_at(far, address).map_or(SILENCE, |machine| {
                    self.enter(machine, packet, &sender.private, &sender.groups, &way)
                })
            }
            _ => self.through_nat(sender, packet, address, &way),
        }
    }

    /// "The NAT gateway replaces the source address", in its own subnet, with that subnet's ACL and table.
    fn through_nat(
        &self,
        sender: &Sender,
        packet: Packet,
        address: &str,
        id: &str,
    ) -> &'static str {
        let row = self
            .nats
            .iter()
            .find(|row| row["NatGatewayId"] == id)
            .unwrap();
        if row["State"] != "available" {
            return SILENCE;
        }
        let subnet = text(&row["SubnetId"]);
        let other = subnet != sender.subnet;
        let itself = Sender {
            subnet: subnet.clone(),
            private: text(&row["NatGatewayAddresses"][0]["PrivateIp"]),
            public: row["NatGatewayAddresses"][0]["PublicIp"]
                .as_str()
                .map(str::to_owned),
            groups: Vec::new(),
        };
        let out = (!other || self.acl(&subnet, false, packet, false, &sender.private))
            && self.acl(&subnet, true, packet, false, address);
        let loops = self
            .route(&subnet, address)
            .is_some_and(|way| way.starts_with("nat-"));
        if !out || loops {
            return SILENCE;
        }
        let answer = self.forward(&itself, packet, address);
        let back = self.acl(&subnet, false, packet, true, address)
            && (!other || self.acl(&subnet, true, packet, true, &sender.private));
        if back { answer } else { SILENCE }
    }

    fn seen_by(&self, source: &Machine, packet: Packet, address: &str) -> &'static str {
        let port = &source.port;
        if port.private == address {
            return self.answers(source, packet);
        }
        let near = self.machine_at(&self.vpc(&port.subnet), address);
        let near_groups = near.map_or(&[][..], |machine| &machine.port.groups);
        if !self.group(port, true, packet, address, near_groups) {
            return SILENCE;
        }
        // "Traffic within a subnet" meets neither the ACL nor the table.
        if let Some(machine) = near.filter(|machine| machine.port.subnet == port.subnet) {
            let open = self.group(&machine.port, false, packet, &port.private, &port.groups);
            return if open {
                self.answers(machine, packet)
            } else {
                SILENCE
            };
        }
        if !self.acl(&port.subnet, true, packet, false, address) {
            return SILENCE;
        }
        let answer = self.forward(port, packet, address);
        if self.acl(&port.subnet, false, packet, true, address) {
            answer
        } else {
            SILENCE
        }
    }
}

#[test]
fn the_engine_and_the_reference_agree_on_networks() {
    let mut seen = std::collections::BTreeMap::<(&str, &str), u32>::new();
    for seed in 0..u64::from(cases(80)) {
        let (mut lab, ids) = random_networks(seed);
        let picture = Picture::of(&mut lab, &ids);
        let mut chance = Chance::new(seed ^ 0xdcba);
        for _ in 0..40 {
            let target = chance.pick(&picture.machines);
            let (protocol, port) = *chance.pick(&[
                ("tcp", 22),
                ("tcp", 80),
                ("tcp", 443),
                ("tcp", 8080),
                ("icmp", 0),
            ]);
            let packet = Packet { protocol, port };
            let (kind, address) = match chance.below(6) {
                0 => ("web", WEB.to_owned()),
                1 => ("s3", S3.to_owned()),
                2 => (
                    "public",
                    target.port.public.clone().unwrap_or_else(|| WEB.to_owned()),
                ),
                _ => ("private", target.port.private.clone()),
            };
            let source = chance.below(ids.len() + 1);
            let (from, expected) = match picture.machines.get(source) {
                Some(machine) => (
                    machine.id.as_str(),
                    picture.seen_by(machine, packet, &address),
                ),
                None if address.starts_with("10.") => ("laptop", SILENCE),
                None => ("laptop", picture.internet(packet, "203.0.113.7", &address)),
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
            *seen.entry((kind, expected)).or_default() += 1;
        }
    }
    // Every kind of way works somewhere and fails somewhere, or the worlds test nothing.
    for kind in ["web", "s3", "public", "private"] {
        for verdict in ["connected", SILENCE] {
            assert!(
                seen.get(&(kind, verdict))
                    .is_some_and(|count| *count >= cases(80) / 8),
                "{kind} {verdict}: {seen:?}"
            );
        }
    }
}
