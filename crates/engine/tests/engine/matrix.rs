//! The matrix of classes says of every pair what a probe of that very pair says.

use crate::lab::{Lab, cases};
use crate::random_networks::random_networks;
use crate::random_world::random_world;
use ec2_lab_engine::ids::{InstanceId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::{Client, Probe, Source, Target, matrix, probe};
use ec2_lab_engine::resources::security_group::Protocol;

/// How many pairs were compared.
fn compare(lab: &Lab, ids: &[String], protocol: Protocol, port: Option<u16>) -> usize {
    let found = matrix(&lab.world, &lab.caller, protocol, port);
    let ids: Vec<InstanceId> = ids
        .iter()
        .map(|id| InstanceId::parse(id).unwrap())
        .collect();
    let mut compared = 0;
    for from in &ids {
        for to in ids.iter().filter(|to| *to != from) {
            let attempt = Probe {
                source: Source::Instance(*from),
                target: Target::Instance(*to),
                client: if protocol == Protocol::Icmp {
                    Client::Ping
                } else {
                    Client::Nc
                },
                protocol,
                port,
            };
            let trace = probe(&lab.world, &lab.caller, &attempt).ok();
            let cell = found.between(*from, *to).unwrap();
            assert_eq!(
                cell.verdict,
                trace.as_ref().map(|trace| trace.verdict),
                "{from} {to}"
            );
            assert_eq!(
                cell.cause,
                trace.and_then(|trace| trace.cause.map(|cause| cause.code())),
                "{from} {to}"
            );
            compared += 1;
        }
    }
    compared
}

#[test]
fn every_pair_is_as_its_own_probe() {
    let mut compared = 0;
    for seed in 0..u64::from(cases(60)) {
        for (lab, ids) in [random_world(seed), random_networks(seed)] {
            for (protocol, port) in [
                (Protocol::Tcp, Some(80)),
                (Protocol::Tcp, Some(22)),
                (Protocol::Icmp, None),
            ] {
                compared += compare(&lab, &ids, protocol, port);
            }
        }
    }
    assert!(compared >= 60 * 60, "{compared}");
}

#[test]
fn machines_alike_are_one_class_unless_a_rule_tells_them_apart() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "172.31.0.0/16");
    let ids: Vec<String> = (0..20).map(|_| lab.launch(json!({ "SecurityGroupIds": [group], "Placement": { "AvailabilityZone": "us-east-1a" } }))).collect();
    lab.settle();
    let classes = |lab: &Lab| {
        matrix(&lab.world, &lab.caller, Protocol::Tcp, Some(80))
            .classes
            .len()
    };
    assert_eq!(classes(&lab), 1);
    compare(&lab, &ids, Protocol::Tcp, Some(80));
    let one = lab.private_ip(&ids[3]);
    lab.ok("CreateNetworkAclEntry", json!({ "NetworkAclId": lab.clone().acl(), "RuleNumber": 9, "Egress": true, "RuleAction": "deny", "Protocol": "-1", "CidrBlock": format!("{one}/32") }));
    assert_eq!(classes(&lab), 2);
    compare(&lab, &ids, Protocol::Tcp, Some(80));
    lab.ok(
        "StartService",
        json!({ "InstanceId": ids[5], "Name": "httpd" }),
    );
    assert_eq!(classes(&lab), 3);
    compare(&lab, &ids, Protocol::Tcp, Some(80));
}
