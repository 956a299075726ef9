//! The promises of placement groups, by hand and by chance.

use crate::chance::Chance;
use crate::lab::{Lab, cases, text};
use ec2_lab_engine::ApiError;
use ec2_lab_engine::json::{Value, json};
use ec2_lab_engine::resources::instance::Instance;
use std::collections::{BTreeMap, BTreeSet};

fn create(lab: &mut Lab, name: &str, more: Value) {
    let mut input = json!({ "GroupName": name });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    lab.ok("CreatePlacementGroup", input);
}

fn launch(
    lab: &mut Lab,
    group: &str,
    zone: &str,
    kind: &str,
    count: u32,
) -> Result<Value, ApiError> {
    lab.run(json!({ "InstanceType": kind, "MinCount": count, "MaxCount": count, "Placement": { "GroupName": group, "AvailabilityZone": zone } }))
}

#[test]
fn the_eighth_of_a_spread_group_in_a_zone_is_refused() {
    let mut lab = Lab::new();
    create(&mut lab, "spread", json!({ "Strategy": "spread" }));
    launch(&mut lab, "spread", "us-east-1a", "t3.micro", 7).unwrap();
    let error = launch(&mut lab, "spread", "us-east-1a", "t3.micro", 1).unwrap_err();
    assert_eq!(error.code(), "InsufficientInstanceCapacity");
    assert!(
        error
            .message()
            .contains("a maximum of 7 running instances per Availability Zone"),
        "{error}"
    );
    launch(&mut lab, "spread", "us-east-1b", "t3.micro", 7).unwrap();
    assert_eq!(
        launch(&mut lab, "spread", "us-east-1c", "t3.micro", 8)
            .unwrap_err()
            .code(),
        "InsufficientInstanceCapacity"
    );
    // As many as fit, when that is what was asked for.
    let some = json!({ "MinCount": 1, "MaxCount": 9, "Placement": { "GroupName": "spread", "AvailabilityZone": "us-east-1c" } });
    assert_eq!(
        lab.run(some).unwrap()["Instances"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
}

#[test]
fn a_stopped_instance_makes_room_in_a_spread_group() {
    let mut lab = Lab::new();
    create(&mut lab, "spread", json!({ "Strategy": "spread" }));
    let answer = launch(&mut lab, "spread", "us-east-1a", "t3.micro", 7).unwrap();
    lab.settle();
    let first = answer["Instances"][0]["InstanceId"].clone();
    lab.ok("StopInstances", json!({ "InstanceIds": [first] }));
    lab.settle();
    launch(&mut lab, "spread", "us-east-1a", "t3.micro", 1).unwrap();
    assert_eq!(
        lab.code("StartInstances", json!({ "InstanceIds": [first] })),
        "InsufficientInstanceCapacity"
    );
    lab.ok(
        "ModifyInstancePlacement",
        json!({ "InstanceId": first, "GroupName": "" }),
    );
    lab.ok("StartInstances", json!({ "InstanceIds": [first] }));
}

#[test]
fn a_cluster_group_is_in_one_zone() {
    let mut lab = Lab::new();
    create(&mut lab, "fast", json!({ "Strategy": "cluster" }));
    launch(&mut lab, "fast", "us-east-1b", "c5.large", 4).unwrap();
    let error = launch(&mut lab, "fast", "us-east-1a", "c5.large", 1).unwrap_err();
    assert_eq!(
        (error.code(), error.message().as_str()),
        (
            "InvalidPlacementGroup.InUse",
            "The placement group 'fast' is in use in another availability zone: us-east-1b"
        )
    );
    // Without a zone it goes where the group is.
    let joined = lab
        .run(json!({ "InstanceType": "c5.large", "Placement": { "GroupName": "fast" } }))
        .unwrap();
    assert_eq!(
        joined["Instances"][0]["Placement"]["AvailabilityZone"],
        "us-east-1b"
    );
    let error = launch(&mut lab, "fast", "us-east-1b", "t3.micro", 1).unwrap_err();
    assert_eq!(error.code(), "InvalidParameterCombination");
    assert!(
        error.message().starts_with(
            "Cluster placement groups are not supported by the 't3.micro' instance type."
        ),
        "{error}"
    );
}

#[test]
fn partitions() {
    let mut lab = Lab::new();
    for count in [0, 8, -1] {
        assert_eq!(
            lab.code(
                "CreatePlacementGroup",
                json!({ "GroupName": "p", "Strategy": "partition", "PartitionCount": count })
            ),
            "InvalidParameterValue"
        );
    }
    assert_eq!(
        lab.code(
            "CreatePlacementGroup",
            json!({ "GroupName": "p", "Strategy": "spread", "PartitionCount": 3 })
        ),
        "InvalidParameterCombination"
    );
    create(
        &mut lab,
        "p",
        json!({ "Strategy": "partition", "PartitionCount": 7 }),
    );
    assert_eq!(
        lab.code(
            "CreatePlacementGroup",
            json!({ "GroupName": "p", "Strategy": "cluster" })
        ),
        "InvalidPlacementGroup.Duplicate"
    );
    let answer = launch(&mut lab, "p", "us-east-1a", "m5.large", 14).unwrap();
    let numbers: Vec<u64> = answer["Instances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["Placement"]["PartitionNumber"].as_u64().unwrap())
        .collect();
    for number in 1..=7 {
        assert_eq!(
            numbers.iter().filter(|other| **other == number).count(),
            2,
            "spread evenly: {numbers:?}"
        );
    }
    let third = lab
        .run(json!({ "Placement": { "GroupName": "p", "PartitionNumber": 3 } }))
        .unwrap();
    assert_eq!(third["Instances"][0]["Placement"]["PartitionNumber"], 3);
    assert_eq!(
        lab.run(json!({ "Placement": { "GroupName": "p", "PartitionNumber": 8 } }))
            .unwrap_err()
            .code(),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.run(json!({ "Placement": { "PartitionNumber": 1 } }))
            .unwrap_err()
            .code(),
        "InvalidParameterCombination"
    );
}

#[test]
fn a_group_with_instances_stays() {
    let mut lab = Lab::new();
    create(&mut lab, "g", json!({ "Strategy": "spread" }));
    let id = lab.up(json!({ "Placement": { "GroupName": "g" } }));
    let named = json!({ "GroupName": "g" });
    assert_eq!(
        lab.code("DeletePlacementGroup", named.clone()),
        "InvalidPlacementGroup.InUse"
    );
    assert_eq!(
        lab.code(
            "ModifyInstancePlacement",
            json!({ "InstanceId": id, "GroupName": "" })
        ),
        "IncorrectInstanceState"
    );
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(
        lab.code("DeletePlacementGroup", named.clone()),
        "InvalidPlacementGroup.InUse"
    );
    assert_eq!(
        lab.code("ModifyInstancePlacement", json!({ "InstanceId": id })),
        "InvalidParameterCombination"
    );
    assert_eq!(lab.row(&id)["Placement"]["GroupName"], "g");
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.ok("DeletePlacementGroup", named.clone());
    assert_eq!(
        lab.code("DeletePlacementGroup", named),
        "InvalidPlacementGroup.Unknown"
    );
}

/// Random launches, stops, starts and terminations in groups of every kind; the promises are checked here anew, not by
/// the engine's own invariants.
#[test]
fn promises_hold_whatever_is_placed() {
    let mut placed = 0;
    for seed in 0..u64::from(cases(30)) {
        let mut chance = Chance::new(seed);
        let mut lab = Lab::seeded(seed);
        let partitions = 1 + chance.below(7);
        create(&mut lab, "cluster", json!({ "Strategy": "cluster" }));
        create(&mut lab, "spread", json!({ "Strategy": "spread" }));
        create(
            &mut lab,
            "partition",
            json!({ "Strategy": "partition", "PartitionCount": partitions }),
        );
        for _ in 0..25 {
            let group = *chance.pick(&["cluster", "spread", "partition", ""]);
            let zone = *chance.pick(&["us-east-1a", "us-east-1b"]);
            let kind = *chance.pick(&[
                "c5.large",
                "m5.4xlarge",
                "m5.metal",
                "c5.24xlarge",
                "r5.large",
            ]);
            let count = 1 + chance.below(9);
            let result = lab.run(json!({ "InstanceType": kind, "MinCount": 1, "MaxCount": count, "Placement": { "GroupName": group, "AvailabilityZone": zone } }));
            placed += result.map_or(0, |answer| answer["Instances"].as_array().unwrap().len());
            lab.wait(chance.below(60) as u64);
            let all: Vec<String> = rows(&lab).iter().map(|row| row.id.to_string()).collect();
            if !all.is_empty() {
                let id = chance.pick(&all).clone();
                let operation = *chance.pick(&[
                    "StopInstances",
                    "StartInstances",
                    "TerminateInstances",
                    "StartInstances",
                ]);
                let _ = lab.execute(operation, json!({ "InstanceIds": [id] }));
            }
            check(&lab, partitions as u32);
        }
    }
    assert!(placed as u32 > cases(1_000), "{placed}");
}

fn rows(lab: &Lab) -> Vec<Instance> {
    lab.world
        .region(&lab.caller)
        .unwrap()
        .instances
        .values()
        .cloned()
        .collect()
}

fn check(lab: &Lab, partitions: u32) {
    let groups: BTreeMap<String, String> = lab
        .world
        .region(&lab.caller)
        .unwrap()
        .placement_groups
        .values()
        .map(|group| (group.id.to_string(), group.name.clone()))
        .collect();
    let mut zones: BTreeSet<&str> = BTreeSet::new();
    let mut racks: BTreeSet<(&str, u16)> = BTreeSet::new();
    let mut per_zone: BTreeMap<&str, u32> = BTreeMap::new();
    let mut owner: BTreeMap<(&str, u16), u32> = BTreeMap::new();
    let mut room: BTreeMap<_, u32> = BTreeMap::new();
    for row in rows(lab) {
        let Some(host) = row.placement.host else {
            continue;
        };
        assert_eq!(host.zone, row.zone);
        let whole = row.instance_type.ends_with(".metal");
        *room.entry(host).or_default() += if whole { 192 } else { row.vcpus() };
        match row
            .placement
            .group
            .map(|id| groups[&id.to_string()].as_str())
        {
            Some("cluster") => {
                zones.insert(row.zone);
            }
            Some("spread") => {
                assert!(
                    racks.insert((host.zone, host.rack)),
                    "two of the spread group on rack {}",
                    host.rack
                );
                *per_zone.entry(host.zone).or_default() += 1;
            }
            Some("partition") => {
                let number = row.placement.partition.unwrap();
                assert!((1..=partitions).contains(&number));
                assert_eq!(
                    *owner.entry((host.zone, host.rack)).or_insert(number),
                    number,
                    "two partitions on rack {}",
                    host.rack
                );
            }
            _ => {}
        }
    }
    assert!(zones.len() <= 1, "the cluster group is in {zones:?}");
    assert!(per_zone.values().all(|count| *count <= 7), "{per_zone:?}");
    assert!(room.values().all(|vcpus| *vcpus <= 192), "{room:?}");
}

#[test]
fn the_groups_of_an_answer() {
    let mut lab = Lab::new();
    create(&mut lab, "s", json!({ "Strategy": "spread" }));
    let row = lab.ok("DescribePlacementGroups", json!({ "GroupNames": ["s"] }))["PlacementGroups"]
        [0]
    .clone();
    assert_eq!(
        (text(&row["State"]), text(&row["SpreadLevel"])),
        ("available".to_owned(), "rack".to_owned())
    );
}
