//! The listed fixes are not promises: each is carried out here once more.

use crate::lab::Lab;
use crate::random_world::random_world;
use crate::{chance::Chance, lab::cases};
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::{Change, Fix, Probe, Trace, Verdict, fixes, probe};
use ec2_lab_engine::operations::lab::connect::read;
use ec2_lab_engine::{Caller, Value, World, input::Input};

/// Repeats the attempt after the change, giving the machines time to start.
fn afterwards(world: &World, caller: &Caller, attempt: &Probe, fix: &Fix) -> Trace {
    let mut copy = world.clone();
    let mut again = attempt.clone();
    match &fix.change {
        Change::Calls(calls) => {
            for call in calls {
                copy.execute(&call.caller, call.operation, &call.input)
                    .result
                    .unwrap();
            }
        }
        Change::Retry(other) => again = (**other).clone(),
        Change::Wait(milliseconds) => {
            copy.advance_to(copy.now().plus(*milliseconds));
        }
    }
    for _ in 0..120 {
        let trace = probe(&copy, caller, &again).unwrap();
        if trace.verdict == fix.verdict {
            return trace;
        }
        copy.advance_to(copy.now().plus(5_000));
    }
    panic!("{}: never came to {:?}", fix.title, fix.verdict)
}

/// Every fix does what it says, the order is right; how many solve.
fn check(lab: &Lab, input: &Value) -> usize {
    let attempt = read(Input::new(input).unwrap()).unwrap();
    let trace = probe(&lab.world, &lab.caller, &attempt).unwrap();
    let hash = lab.world.state_hash();
    let found = fixes(&lab.world, &lab.caller, &attempt, &trace);
    assert_eq!(
        lab.world.state_hash(),
        hash,
        "looking for fixes changes nothing"
    );
    for fix in &found {
        let after = afterwards(&lab.world, &lab.caller, &attempt, fix);
        assert_eq!(
            after.cause.as_ref().map(|cause| cause.code()),
            fix.next_cause,
            "{}",
            fix.title
        );
        assert_eq!(fix.solves(), after.verdict == Verdict::Connected);
    }
    let order: Vec<(bool, u64)> = found
        .iter()
        .map(|fix| {
            (
                !fix.solves(),
                fix.exposure.addresses * fix.exposure.ports.max(1),
            )
        })
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    found.iter().filter(|fix| fix.solves()).count()
}

fn open(lab: &mut Lab) -> String {
    let group = lab.group("open");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    group
}

/// Sets up one kind of failure; the attempt that meets it.
type Setup = fn(&mut Lab) -> Value;

const KINDS: [(&str, Setup); 14] = [
    ("ENI_SG_RULES_MISMATCH", |lab| {
        let group = lab.group("web");
        json!({ "To": lab.up(json!({ "SecurityGroupIds": [group] })), "Port": 22 })
    }),
    ("ENI_SG_RULES_MISMATCH", |lab| {
        let (front, back) = (lab.group("front"), lab.group("back"));
        let from = lab.launch(json!({ "SecurityGroupIds": [front] }));
        json!({ "From": from, "To": lab.up(json!({ "SecurityGroupIds": [back] })), "Client": "ping" })
    }),
    ("SUBNET_ACL_RESTRICTION", |lab| {
        let (group, acl) = (open(lab), lab.acl());
        lab.ok("CreateNetworkAclEntry", json!({ "NetworkAclId": acl, "RuleNumber": 50, "Egress": true, "RuleAction": "deny", "Protocol": "6", "CidrBlock": "203.0.113.0/24", "PortRange": { "From": 1024, "To": 65_535 } }));
        json!({ "To": lab.up(json!({ "SecurityGroupIds": [group] })), "Port": 22 })
    }),
    ("SUBNET_ACL_RESTRICTION", |lab| {
        let (group, acl) = (open(lab), lab.acl());
        lab.ok(
            "DeleteNetworkAclEntry",
            json!({ "NetworkAclId": acl, "RuleNumber": 100, "Egress": false }),
        );
        json!({ "To": lab.up(json!({ "SecurityGroupIds": [group] })), "Client": "ping" })
    }),
    ("NO_ROUTE_TO_DESTINATION", |lab| {
        let (group, table) = (open(lab), lab.route_table());
        lab.ok(
            "DeleteRoute",
            json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0" }),
        );
        json!({ "To": lab.up(json!({ "SecurityGroupIds": [group] })), "Port": 22 })
    }),
    ("IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS", |lab| {
        let group = open(lab);
        json!({ "To": lab.up(json!({ "NetworkInterfaces": [{ "DeviceIndex": 0, "AssociatePublicIpAddress": false, "Groups": [group] }] })), "Port": 22 })
    }),
    ("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", |lab| {
        let group = open(lab);
        json!({ "From": lab.up(json!({ "NetworkInterfaces": [{ "DeviceIndex": 0, "AssociatePublicIpAddress": false, "Groups": [group] }] })), "To": "internet", "Client": "https" })
    }),
    ("HOST_STOPPED", |lab| {
        let group = open(lab);
        let id = lab.up(json!({ "SecurityGroupIds": [group] }));
        lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
        lab.settle();
        json!({ "To": id, "Port": 22 })
    }),
    ("BOOTING", |lab| {
        let group = open(lab);
        json!({ "To": lab.launch(json!({ "SecurityGroupIds": [group] })), "Port": 22 })
    }),
    ("OS_FIREWALL_DROP", |lab| firewall(lab, "drop")),
    ("OS_FIREWALL_REJECT", |lab| firewall(lab, "reject")),
    ("NO_LISTENER", |lab| {
        let group = open(lab);
        let id = lab.up(json!({ "SecurityGroupIds": [group] }));
        // A program holds 443, so a web server cannot have 80.
        lab.ok(
            "StartService",
            json!({ "InstanceId": id, "Name": "app", "Port": 443 }),
        );
        json!({ "To": id, "Client": "http" })
    }),
    ("SSH_USER_UNKNOWN", |lab| login(lab, "root", "k")),
    ("SSH_KEY_REJECTED", |lab| login(lab, "ec2-user", "other")),
];

fn firewall(lab: &mut Lab, action: &str) -> Value {
    let group = open(lab);
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    lab.ok("PutFirewall", json!({ "InstanceId": id, "Rules": [{ "Protocol": "udp", "Action": "drop" }, { "Protocol": "tcp", "Port": 22, "Action": action }] }));
    json!({ "To": id, "Port": 22 })
}

fn login(lab: &mut Lab, user: &str, key: &str) -> Value {
    let group = open(lab);
    lab.ok("CreateKeyPair", json!({ "KeyName": "k" }));
    json!({ "To": lab.up(json!({ "SecurityGroupIds": [group], "KeyName": "k" })), "Client": "ssh", "User": user, "KeyName": key })
}

#[test]
fn every_kind_of_failure_has_a_fix_that_works() {
    for (code, setup) in KINDS {
        let mut lab = Lab::new();
        let input = setup(&mut lab);
        let answer = lab.connect(input.clone());
        assert_eq!(answer["Cause"], code, "{input}");
        assert!(
            check(&lab, &input) > 0,
            "nothing solves {code}: {}",
            answer["Fixes"]
        );
    }
}

#[test]
fn the_narrowest_rule_comes_first() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let wide = lab.group("wide");
    lab.allow(&wide, "-1", -1, "203.0.113.0/24");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let answer = lab.connect(json!({ "To": id, "Port": 22 }));
    let titles: Vec<&str> = answer["Fixes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fix| fix["Title"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles,
        [
            "Allow TCP 22 from 203.0.113.7/32 in web",
            &format!("Add the group wide to {id}"),
            "Allow TCP 22 from 0.0.0.0/0 in web"
        ]
    );
    assert_eq!(answer["Fixes"][0]["Exposes"], "opens 1 address × 1 port");
    assert_eq!(
        answer["Fixes"][1]["Exposes"],
        "opens 256 addresses × 65,536 ports"
    );
    assert_eq!(
        answer["Fixes"][2]["Exposes"],
        "opens it to the whole internet: 4,294,967,296 addresses × 1 port"
    );
}

#[test]
fn a_fix_that_only_gets_further_says_so() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let answer = lab.connect(json!({ "To": id, "Client": "http" }));
    assert_eq!(answer["Fixes"][0]["Verdict"], "refused");
    assert_eq!(answer["Fixes"][0]["Solves"], false);
    // Two gates of the same kind, one behind the other.
    let (front, back) = (lab.group("front"), lab.group("back"));
    lab.ok("RevokeSecurityGroupEgress", json!({ "GroupId": front, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }));
    let from = lab.launch(json!({ "SecurityGroupIds": [front] }));
    let to = lab.up(json!({ "SecurityGroupIds": [back] }));
    let input = json!({ "From": from, "To": to, "Port": 22 });
    let answer = lab.connect(input.clone());
    assert!(
        !answer["Fixes"].as_array().unwrap().is_empty(),
        "opening the way out brings one to the next gate"
    );
    assert_eq!(check(&lab, &input), 0);
}

#[test]
fn fixes_in_random_worlds() {
    for seed in 0..u64::from(cases(12)) {
        let (lab, ids) = random_world(seed + 5_000);
        let mut chance = Chance::new(seed);
        for _ in 0..6 {
            let from = if chance.percent(60) {
                "laptop"
            } else {
                chance.pick(&ids).as_str()
            };
            let port = *chance.pick(&[22, 80, 8080]);
            check(
                &lab,
                &json!({ "From": from, "To": chance.pick(&ids), "Port": port }),
            );
        }
    }
}
