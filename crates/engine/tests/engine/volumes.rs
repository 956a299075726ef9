//! Volumes beside instances: attach, detach, what stays and what goes, changes while in use.

use crate::lab::Lab;
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

fn machine(lab: &mut Lab, zone: &str, more: Value) -> String {
    let subnet = lab.subnet(zone);
    let mut input = json!({ "SubnetId": subnet });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    lab.up(input)
}

fn volume(lab: &mut Lab, more: Value) -> String {
    let mut input = json!({ "AvailabilityZone": "us-east-1a", "Size": 10, "VolumeType": "gp3" });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    let id = lab.ok("CreateVolume", input)["VolumeId"]
        .as_str()
        .unwrap()
        .to_owned();
    lab.wait(10);
    id
}

fn shown(lab: &mut Lab, id: &str) -> Value {
    lab.ok("DescribeVolumes", json!({ "VolumeIds": [id] }))["Volumes"][0].clone()
}

fn disks(lab: &mut Lab, instance: &str) -> Vec<Value> {
    let row = lab.ok("DescribeInstances", json!({ "InstanceIds": [instance] }));
    row["Reservations"][0]["Instances"][0]["BlockDeviceMappings"]
        .as_array()
        .unwrap()
        .clone()
}

/// Delete on termination: on for what the launch makes, off for what is attached later, and as it was said.
#[test]
fn termination_takes_what_it_was_told_to() {
    for (stop, keep_root) in [(false, false), (true, false), (false, true), (true, true)] {
        let mut lab = Lab::new();
        let mapping = json!([
            { "DeviceName": "/dev/sdf", "Ebs": { "VolumeSize": 5 } },
            { "DeviceName": "/dev/sdg", "Ebs": { "VolumeSize": 6, "DeleteOnTermination": false } },
        ]);
        let id = machine(
            &mut lab,
            "us-east-1a",
            json!({ "BlockDeviceMappings": mapping }),
        );
        let later = volume(&mut lab, json!({ "Size": 7 }));
        lab.ok(
            "AttachVolume",
            json!({ "VolumeId": later, "InstanceId": id, "Device": "/dev/sdh" }),
        );
        let devices: Vec<Value> = disks(&mut lab, &id)
            .iter()
            .map(|disk| disk["DeviceName"].clone())
            .collect();
        assert_eq!(devices, ["/dev/xvda", "/dev/sdf", "/dev/sdg", "/dev/sdh"]);
        lab.ok("ModifyInstanceAttribute", json!({ "InstanceId": id, "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "DeleteOnTermination": !keep_root } }] }));
        assert_eq!(
            lab.code("ModifyInstanceAttribute", json!({ "InstanceId": id, "BlockDeviceMappings": [{ "DeviceName": "/dev/sdz", "Ebs": { "DeleteOnTermination": true } }] })),
            "InvalidInstanceAttributeValue"
        );
        if stop {
            lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
            lab.settle();
        }
        lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
        lab.wait(60);
        let mut sizes: Vec<i64> = lab.ok("DescribeVolumes", json!({}))["Volumes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                assert_eq!(row["State"], "available");
                row["Size"].as_i64().unwrap()
            })
            .collect();
        sizes.sort_unstable();
        let mut expected = vec![6, 7];
        if keep_root {
            expected.push(8);
        }
        assert_eq!(sizes, expected, "stop {stop}, keep {keep_root}");
        assert!(disks(&mut lab, &id).is_empty());
    }
}

#[test]
fn a_launch_reads_every_part_of_a_mapping() {
    let mut lab = Lab::new();
    let mapping = json!([
        { "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 20, "VolumeType": "io2", "Iops": 400, "Encrypted": true } },
        { "DeviceName": "/dev/sdb", "VirtualName": "ephemeral0" },
        { "DeviceName": "/dev/sdf", "Ebs": { "VolumeSize": 50, "VolumeType": "gp3", "Iops": 5_000, "Throughput": 300 } },
    ]);
    let tags = json!([{ "ResourceType": "volume", "Tags": [{ "Key": "Name", "Value": "disk" }] }]);
    let id = machine(
        &mut lab,
        "us-east-1a",
        json!({ "BlockDeviceMappings": mapping, "TagSpecifications": tags }),
    );
    let rows = lab.ok("DescribeVolumes", json!({ "Filters": [{ "Name": "attachment.instance-id", "Values": [id] }, { "Name": "tag:Name", "Values": ["disk"] }] }));
    let part = |row: usize, key: &str| rows["Volumes"][row][key].clone();
    assert_eq!(
        (
            part(0, "Size"),
            part(0, "VolumeType"),
            part(0, "Iops"),
            part(0, "Encrypted")
        ),
        (json!(20), json!("io2"), json!(400), json!(true))
    );
    assert_eq!(
        (
            part(1, "Size"),
            part(1, "Iops"),
            part(1, "Throughput"),
            part(1, "Encrypted")
        ),
        (json!(50), json!(5_000), json!(300), json!(false))
    );
    assert!(part(0, "SnapshotId").as_str().unwrap().starts_with("snap-"));
    assert_eq!(part(1, "SnapshotId"), "");
    for (mapping, code) in [
        (
            json!({ "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 4 } }),
            "InvalidBlockDeviceMapping",
        ),
        (
            json!({ "DeviceName": "/dev/xvda", "NoDevice": "" }),
            "InvalidBlockDeviceMapping",
        ),
        (
            json!({ "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 200, "VolumeType": "st1" } }),
            "InvalidParameterValue",
        ),
        (
            json!({ "DeviceName": "/dev/sdf", "Ebs": {} }),
            "InvalidBlockDeviceMapping",
        ),
        (
            json!({ "DeviceName": "/dev/sdf", "Ebs": { "VolumeSize": 5, "VolumeType": "io1" } }),
            "MissingParameter",
        ),
        (
            json!({ "DeviceName": "disk", "Ebs": { "VolumeSize": 5 } }),
            "InvalidParameterValue",
        ),
        (
            json!({ "DeviceName": "/dev/sdf", "VirtualName": "ephemeral99" }),
            "InvalidBlockDeviceMapping",
        ),
    ] {
        let refused = lab
            .run(json!({ "BlockDeviceMappings": [mapping] }))
            .unwrap_err();
        assert_eq!(refused.code(), code, "{mapping}");
    }
}

#[test]
fn the_account_can_ask_for_encryption_of_everything() {
    let mut lab = Lab::new();
    lab.ok("EnableEbsEncryptionByDefault", json!({}));
    let key = shown_key(&mut lab);
    let id = machine(&mut lab, "us-east-1a", json!({}));
    let root = disks(&mut lab, &id)[0]["Ebs"]["VolumeId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(shown(&mut lab, &root)["KmsKeyId"], key);
    lab.ok("DisableEbsEncryptionByDefault", json!({}));
    let plain = volume(&mut lab, json!({}));
    assert_eq!(shown(&mut lab, &plain)["Encrypted"], false);
    assert_eq!(shown(&mut lab, &root)["Encrypted"], true);
}

/// The key of a volume that was made while encryption is the rule.
fn shown_key(lab: &mut Lab) -> Value {
    let id = volume(lab, json!({}));
    let row = shown(lab, &id);
    assert_eq!(row["Encrypted"], true);
    row["KmsKeyId"].clone()
}

#[test]
fn a_change_goes_on_while_the_volume_is_used_and_four_a_day_are_enough() {
    let mut lab = Lab::new();
    let id = volume(&mut lab, json!({}));
    assert_eq!(
        lab.code("DescribeVolumesModifications", json!({ "VolumeIds": [id] })),
        "InvalidVolumeModification.NotFound"
    );
    assert_eq!(
        lab.code("ModifyVolume", json!({ "VolumeId": id, "Size": 9 })),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code("ModifyVolume", json!({ "VolumeId": id })),
        "InvalidParameterCombination"
    );
    for size in 11..=14 {
        let change =
            lab.ok("ModifyVolume", json!({ "VolumeId": id, "Size": size }))["VolumeModification"]
                .clone();
        assert_eq!(
            (
                &change["ModificationState"],
                &change["OriginalSize"],
                &change["TargetSize"]
            ),
            (&json!("modifying"), &json!(size - 1), &json!(size))
        );
        assert_eq!(shown(&mut lab, &id)["Size"], json!(size - 1));
        lab.wait(12);
        assert_eq!(shown(&mut lab, &id)["Size"], json!(size));
        assert_eq!(
            lab.code("ModifyVolume", json!({ "VolumeId": id, "Size": size + 1 })),
            "IncorrectModificationState"
        );
        lab.settle();
        let state = lab.ok("DescribeVolumesModifications", json!({ "VolumeIds": [id] }))["VolumesModifications"][0].clone();
        assert_eq!(
            (&state["ModificationState"], &state["Progress"]),
            (&json!("completed"), &json!(100))
        );
    }
    assert_eq!(
        lab.code("ModifyVolume", json!({ "VolumeId": id, "Size": 20 })),
        "VolumeModificationRateExceeded"
    );
    lab.wait(24 * 3_600);
    lab.ok("ModifyVolume", json!({ "VolumeId": id, "Size": 20 }));
}

#[test]
fn a_machine_has_so_many_places_for_disks() {
    let mut lab = Lab::new();
    let letters: Vec<String> = ('b'..='z')
        .flat_map(|c| [format!("/dev/sd{c}"), format!("/dev/xvd{c}")])
        .collect();
    let mapping = |count: usize| -> Value {
        letters
            .iter()
            .take(count)
            .map(|device| json!({ "DeviceName": device, "Ebs": { "VolumeSize": 1 } }))
            .collect()
    };
    // t3.micro: 27 places for volumes and further interfaces, the root volume among them.
    let refused = lab
        .run(json!({ "BlockDeviceMappings": mapping(27) }))
        .unwrap_err();
    assert_eq!(refused.code(), "AttachmentLimitExceeded");
    let full = machine(
        &mut lab,
        "us-east-1a",
        json!({ "BlockDeviceMappings": mapping(26) }),
    );
    let one_more = volume(&mut lab, json!({}));
    assert_eq!(
        lab.code(
            "AttachVolume",
            json!({ "VolumeId": one_more, "InstanceId": full, "Device": "/dev/xvdzz" })
        ),
        "AttachmentLimitExceeded"
    );
}
