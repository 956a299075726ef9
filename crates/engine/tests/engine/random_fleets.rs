//! Groups and load balancers under whatever may happen: once it is quiet, the number is kept, over the zones, and who is
//! healthy is who answers. The lab asks for the invariants after every call.

use crate::chance::Chance;
use crate::furnished::furnished;
use crate::lab::{Lab, cases, text};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;
use std::collections::BTreeMap;

fn group(lab: &mut Lab) -> Value {
    lab.ok(
        "DescribeAutoScalingGroups",
        json!({ "AutoScalingGroupNames": ["fleet"] }),
    )["AutoScalingGroups"][0]
        .clone()
}

fn step(lab: &mut Lab, chance: &mut Chance, arn: &Value) {
    let row = group(lab);
    let members = row["Instances"].as_array().unwrap().clone();
    let one =
        (!members.is_empty()).then(|| members[chance.below(members.len())]["InstanceId"].clone());
    match (chance.below(7), one) {
        (0, _) => {
            let desired = chance.below(4);
            lab.ok(
                "SetDesiredCapacity",
                json!({ "AutoScalingGroupName": "fleet", "DesiredCapacity": desired }),
            );
        }
        (1, Some(id)) => drop(lab.execute("TerminateInstances", json!({ "InstanceIds": [id] }))),
        (2, Some(id)) => drop(lab.execute("StopInstances", json!({ "InstanceIds": [id] }))),
        (3, Some(id)) => drop(lab.execute(
            "TerminateInstanceInAutoScalingGroup",
            json!({ "InstanceId": id, "ShouldDecrementDesiredCapacity": false }),
        )),
        (4, _) => drop(lab.ok(
            "AttachLoadBalancerTargetGroups",
            json!({ "AutoScalingGroupName": "fleet", "TargetGroupARNs": [arn] }),
        )),
        (5, _) => drop(lab.ok(
            "DetachLoadBalancerTargetGroups",
            json!({ "AutoScalingGroupName": "fleet", "TargetGroupARNs": [arn] }),
        )),
        _ => lab.wait(1 + chance.below(200) as u64),
    }
}

#[test]
fn once_it_is_quiet_the_number_is_kept_over_the_zones() {
    for seed in 0..u64::from(cases(25)) {
        let mut chance = Chance::new(seed);
        let mut lab = furnished();
        let arn = lab.ok("DescribeTargetGroups", json!({ "Names": ["used"] }))["TargetGroups"][0]
            ["TargetGroupArn"]
            .clone();
        for _ in 0..20 {
            step(&mut lab, &mut chance, &arn);
        }
        lab.wait(3_000);
        let row = group(&mut lab);
        let members = row["Instances"].as_array().unwrap();
        assert_eq!(
            Some(members.len() as u64),
            row["DesiredCapacity"].as_u64(),
            "seed {seed}"
        );
        let mut zones: BTreeMap<String, usize> =
            [("us-east-1a".to_owned(), 0), ("us-east-1b".to_owned(), 0)].into();
        for member in members {
            assert_eq!(member["LifecycleState"], "InService", "seed {seed}");
            *zones.entry(text(&member["AvailabilityZone"])).or_default() += 1;
        }
        let (least, most) = (zones.values().min(), zones.values().max());
        assert!(
            most.unwrap() - least.unwrap() <= 1,
            "seed {seed}: {zones:?}"
        );
        // Nobody listens in these machines: whoever is registered and runs is unhealthy, and nobody drains for ever.
        let health = lab.ok("DescribeTargetHealth", json!({ "TargetGroupArn": arn }));
        for one in health["TargetHealthDescriptions"].as_array().unwrap() {
            let state = &one["TargetHealth"]["State"];
            assert!(
                state == "unhealthy" || state == "unused",
                "seed {seed}: {one}"
            );
        }
    }
}
