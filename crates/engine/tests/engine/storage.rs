//! Volumes, snapshots and images: what survives, where it can go.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::{Value, json};

fn volume(lab: &mut Lab, zone: &str) -> String {
    let id = text(
        &lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "Size": 10, "VolumeType": "gp3" }),
        )["VolumeId"],
    );
    lab.wait(10);
    id
}

fn shown(lab: &mut Lab, id: &str) -> Value {
    lab.ok("DescribeVolumes", json!({ "VolumeIds": [id] }))["Volumes"][0].clone()
}

#[test]
fn a_volume_goes_to_instances_of_its_zone_only() {
    let mut lab = Lab::new();
    let here = lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } }));
    let there = lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1b" } }));
    let id = volume(&mut lab, "us-east-1a");
    let tie = |instance: &str, device: &str| json!({ "VolumeId": id, "InstanceId": instance, "Device": device });
    assert_eq!(
        lab.code("AttachVolume", tie(&there, "/dev/sdf")),
        "InvalidVolume.ZoneMismatch"
    );
    assert_eq!(
        lab.code("AttachVolume", tie(&here, "disk")),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code("AttachVolume", tie(&here, "/dev/xvda")),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.ok("AttachVolume", tie(&here, "/dev/sdf"))["State"],
        "attaching"
    );
    lab.wait(10);
    assert_eq!(shown(&mut lab, &id)["State"], "in-use");
    assert_eq!(
        lab.code("AttachVolume", tie(&here, "/dev/sdg")),
        "VolumeInUse"
    );
    assert_eq!(
        lab.code("DeleteVolume", json!({ "VolumeId": id })),
        "VolumeInUse"
    );
    // It stays over a stop and a start, and when the instance is gone.
    lab.ok("StopInstances", json!({ "InstanceIds": [here] }));
    lab.settle();
    lab.ok("StartInstances", json!({ "InstanceIds": [here] }));
    lab.settle();
    assert_eq!(
        lab.row(&here)["BlockDeviceMappings"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    lab.ok("TerminateInstances", json!({ "InstanceIds": [here] }));
    lab.settle();
    assert_eq!(shown(&mut lab, &id)["State"], "available");
    lab.ok("DeleteVolume", json!({ "VolumeId": id }));
    assert_eq!(
        lab.code("DescribeVolumes", json!({ "VolumeIds": [id] })),
        "InvalidVolume.NotFound"
    );
}

#[test]
fn the_root_volume_goes_with_its_instance_unless_told_to_stay() {
    let mut lab = Lab::new();
    let keep = json!([{ "DeviceName": "/dev/xvda", "Ebs": { "DeleteOnTermination": false } }]);
    let (kept, gone, told) = (
        lab.up(json!({ "BlockDeviceMappings": keep })),
        lab.up(json!({})),
        lab.up(json!({})),
    );
    lab.ok(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": told, "BlockDeviceMappings": keep }),
    );
    let root =
        |lab: &mut Lab, id: &str| text(&lab.row(id)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]);
    let roots = [
        root(&mut lab, &kept),
        root(&mut lab, &gone),
        root(&mut lab, &told),
    ];
    assert_eq!(
        lab.code("DetachVolume", json!({ "VolumeId": roots[0] })),
        "OperationNotPermitted"
    );
    lab.ok(
        "TerminateInstances",
        json!({ "InstanceIds": [kept, gone, told] }),
    );
    lab.settle();
    let left = lab.ok("DescribeVolumes", json!({}))["Volumes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text(&row["VolumeId"]))
        .collect::<Vec<_>>();
    assert_eq!(left, [roots[0].clone(), roots[2].clone()]);
}

#[test]
fn an_instance_without_its_root_volume_does_not_start() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    let root = lab.row(&id)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"].clone();
    lab.ok("DetachVolume", json!({ "VolumeId": root }));
    lab.wait(10);
    assert_eq!(
        lab.code("StartInstances", json!({ "InstanceIds": [id] })),
        "InvalidParameterValue"
    );
    lab.ok(
        "AttachVolume",
        json!({ "VolumeId": root, "InstanceId": id, "Device": "/dev/xvda" }),
    );
    lab.wait(10);
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(lab.state(&id), "running");
}

#[test]
fn every_type_keeps_its_bounds() {
    let mut lab = Lab::new();
    let mut make = |more: Value| {
        let mut input = json!({ "AvailabilityZone": "us-east-1a" });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        lab.execute("CreateVolume", input)
            .map_err(|error| error.code().to_owned())
    };
    for (input, code) in [
        (
            json!({ "Size": 16_385, "VolumeType": "gp2" }),
            "InvalidParameterValue",
        ),
        (
            json!({ "Size": 100, "VolumeType": "st1" }),
            "InvalidParameterValue",
        ),
        (
            json!({ "Size": 10, "VolumeType": "io2" }),
            "MissingParameter",
        ),
        (
            json!({ "Size": 10, "VolumeType": "io1", "Iops": 501 }),
            "InvalidParameterValue",
        ),
        (
            json!({ "Size": 10, "VolumeType": "gp3", "Throughput": 1000 }),
            "InvalidParameterValue",
        ),
        (
            json!({ "Size": 10, "VolumeType": "gp2", "Throughput": 125 }),
            "InvalidParameterCombination",
        ),
        (
            json!({ "Size": 10, "KmsKeyId": "alias/mine" }),
            "InvalidParameterDependency",
        ),
        (
            json!({ "Size": 10, "VolumeType": "tape" }),
            "UnknownVolumeType",
        ),
    ] {
        assert_eq!(make(input.clone()).unwrap_err(), code, "{input}");
    }
    for (input, iops) in [
        (json!({ "Size": 10, "VolumeType": "gp2" }), 100),
        (json!({ "Size": 1000, "VolumeType": "gp2" }), 3_000),
        (json!({ "Size": 10, "VolumeType": "gp3" }), 3_000),
        (json!({ "Size": 10, "VolumeType": "io1", "Iops": 500 }), 500),
    ] {
        assert_eq!(make(input.clone()).unwrap()["Iops"], iops, "{input}");
    }
}

#[test]
fn a_new_type_keeps_the_speed_as_far_as_it_has_it() {
    let mut lab = Lab::new();
    let id = volume(&mut lab, "us-east-1a");
    lab.ok(
        "ModifyVolume",
        json!({ "VolumeId": id, "Size": 20, "VolumeType": "io2", "Iops": 5000 }),
    );
    // The new shape is in force once the change is `optimizing`.
    assert_eq!(shown(&mut lab, &id)["VolumeType"], "gp3");
    lab.settle();
    lab.settle();
    lab.ok(
        "ModifyVolume",
        json!({ "VolumeId": id, "VolumeType": "io1" }),
    );
    lab.wait(3_600);
    let row = shown(&mut lab, &id);
    // 50 for each GiB is the most that io1 has.
    assert_eq!(
        (row["Size"].as_u64(), row["Iops"].as_u64()),
        (Some(20), Some(1_000))
    );
}

/// AWS's lists of filters, as the API's documentation gives them.
#[test]
fn every_documented_filter_is_known() {
    let mut lab = crate::furnished::furnished();
    for (operation, names) in [
        ("DescribeVolumes", include_str!("filters/volumes.txt")),
        (
            "DescribeVolumeStatus",
            include_str!("filters/volume_status.txt"),
        ),
        (
            "DescribeVolumesModifications",
            include_str!("filters/volumes_modifications.txt"),
        ),
        ("DescribeSnapshots", include_str!("filters/snapshots.txt")),
        ("DescribeImages", include_str!("filters/images.txt")),
    ] {
        let all: Vec<&str> = names.split_whitespace().collect();
        assert!(all.len() > 10, "{operation}");
        for name in all {
            lab.ok(
                operation,
                json!({ "Filters": [{ "Name": name, "Values": ["no such value"] }] }),
            );
        }
    }
}

#[test]
fn a_snapshot_goes_where_a_volume_cannot() {
    let mut lab = Lab::new();
    let id = volume(&mut lab, "us-east-1a");
    let snapshot = text(&lab.ok("CreateSnapshot", json!({ "VolumeId": id }))["SnapshotId"]);
    assert_eq!(
        lab.code(
            "CreateVolume",
            json!({ "AvailabilityZone": "us-east-1b", "SnapshotId": snapshot })
        ),
        "IncorrectState"
    );
    lab.wait(60);
    lab.ok("DeleteVolume", json!({ "VolumeId": id }));
    assert_eq!(
        lab.code(
            "CreateVolume",
            json!({ "AvailabilityZone": "us-east-1b", "SnapshotId": snapshot, "Size": 5 })
        ),
        "InvalidBlockDeviceMapping"
    );
    lab.ok(
        "CreateVolume",
        json!({ "AvailabilityZone": "us-east-1b", "SnapshotId": snapshot }),
    );
    let home = lab.caller.clone();
    lab.caller = lab.in_region("eu-west-1");
    let copy = text(
        &lab.ok(
            "CopySnapshot",
            json!({ "SourceRegion": "us-east-1", "SourceSnapshotId": snapshot, "Encrypted": true }),
        )["SnapshotId"],
    );
    lab.wait(60);
    let made = lab.ok(
        "CreateVolume",
        json!({ "AvailabilityZone": "eu-west-1a", "SnapshotId": copy }),
    );
    assert_eq!(
        (made["Encrypted"].as_bool(), made["Size"].as_u64()),
        (Some(true), Some(10))
    );
    // Encryption can be added on the way and never be taken off.
    assert_eq!(
        lab.code(
            "CreateVolume",
            json!({ "AvailabilityZone": "eu-west-1a", "SnapshotId": copy, "Encrypted": false })
        ),
        "InvalidParameterCombination"
    );
    assert_eq!(
        lab.code(
            "ModifySnapshotAttribute",
            json!({ "SnapshotId": copy, "CreateVolumePermission": { "Add": [{ "Group": "all" }] } })
        ),
        "OperationNotPermitted"
    );
    lab.caller = home;
    assert_eq!(
        lab.code("DescribeSnapshots", json!({ "SnapshotIds": [copy] })),
        "InvalidSnapshot.NotFound"
    );
}
