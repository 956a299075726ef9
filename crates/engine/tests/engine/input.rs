//! Time and determinism, apart from what single operations do.

use crate::lab::Lab;
use ec2_lab_engine::json::json;
use ec2_lab_engine::{Caller, Instant, World};

#[test]
fn one_seed_is_one_world() {
    assert_eq!(World::new(5).state_hash(), World::new(5).state_hash());
    assert_ne!(World::new(5).state_hash(), World::new(6).state_hash());
    // Saved hashes must stay readable: this number may change only together with the model.
    assert_eq!(World::new(5), World::new(5));
}

#[test]
fn waiting_in_steps_or_at_once_is_the_same() {
    let mut at_once = Lab::new();
    at_once.launch(json!({ "UserData": "IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgaHR0cGQKc3lzdGVtY3RsIHN0YXJ0IGh0dHBkCg==" }));
    let mut in_steps = at_once.clone();
    let mut by_wakeup = at_once.clone();
    at_once.wait(120);
    for _ in 0..120 {
        in_steps.wait(1);
    }
    let end = at_once.world.now();
    while let Some(next) = by_wakeup.world.next_wakeup().filter(|next| *next <= end) {
        by_wakeup.world.advance_to(next);
    }
    by_wakeup.world.advance_to(end);
    assert_eq!(at_once.world, in_steps.world);
    assert_eq!(at_once.world, by_wakeup.world);
}

#[test]
fn time_never_goes_back() {
    let mut lab = Lab::new();
    lab.launch(json!({}));
    lab.wait(5);
    let before = lab.world.clone();
    lab.world.advance_to(Instant::START);
    assert_eq!(lab.world, before);
    lab.world.advance_to(Instant(u64::MAX));
    assert_eq!(lab.world.next_wakeup(), None);
}

#[test]
fn a_stranger_to_the_lab_is_nobody() {
    let mut world = World::new(1);
    let nobody = Caller {
        account: ec2_lab_engine::ids::AccountId(5),
        ..Caller::default()
    };
    assert_eq!(
        world
            .execute(&nobody, "DescribeVpcs", &json!({}))
            .result
            .unwrap_err()
            .code(),
        "AuthFailure"
    );
    assert_eq!(Caller::in_region("mars-north-1"), None);
}

#[test]
fn a_default_region_as_aws_makes_it() {
    let mut lab = Lab::new();
    for (region, zones) in [("us-east-1", 6), ("eu-west-1", 3)] {
        lab.caller = lab.in_region(region);
        let vpcs = lab.ok("DescribeVpcs", json!({}))["Vpcs"].clone();
        assert_eq!(
            (
                vpcs.as_array().unwrap().len(),
                vpcs[0]["CidrBlock"].as_str(),
                &vpcs[0]["IsDefault"]
            ),
            (1, Some("172.31.0.0/16"), &json!(true))
        );
        assert_eq!(
            lab.ok("DescribeSubnets", json!({}))["Subnets"]
                .as_array()
                .unwrap()
                .len(),
            zones
        );
        assert_eq!(
            lab.ok("DescribeAvailabilityZones", json!({}))["AvailabilityZones"]
                .as_array()
                .unwrap()
                .len(),
            zones
        );
        let group = lab.ok("DescribeSecurityGroups", json!({}))["SecurityGroups"][0].clone();
        assert_eq!(
            group["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"],
            group["GroupId"]
        );
        let routes = lab.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["Routes"].clone();
        assert_eq!(
            (
                routes[0]["GatewayId"].as_str(),
                routes[1]["DestinationCidrBlock"].as_str()
            ),
            (Some("local"), Some("0.0.0.0/0"))
        );
    }
}
