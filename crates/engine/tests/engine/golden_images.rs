//! Images of an instance that is set up, and what is launched from them.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;

#[test]
fn a_golden_image_answers_at_once_and_lives_in_its_region() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    // The script installs a web server and lets it start at every boot.
    let script =
        "IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgaHR0cGQKc3lzdGVtY3RsIGVuYWJsZSAtLW5vdyBodHRwZAo=";
    let first = lab.up(json!({ "SecurityGroupIds": [group], "UserData": script }));
    lab.expect(json!({ "To": first, "Port": 80 }), "connected", "");
    let image = text(
        &lab.ok(
            "CreateImage",
            json!({ "InstanceId": first, "Name": "golden" }),
        )["ImageId"],
    );
    // The instance is rebooted for it.
    lab.expect(json!({ "To": first, "Port": 80 }), "timed-out", "BOOTING");
    assert_eq!(
        lab.run(json!({ "ImageId": image })).unwrap_err().code(),
        "InvalidAMIID.Unavailable"
    );
    lab.settle();
    let second = lab.up(json!({ "ImageId": image, "SecurityGroupIds": [group] }));
    lab.expect(json!({ "To": second, "Port": 80 }), "connected", "");
    assert_eq!(lab.row(&second)["ImageId"], image);
    // A file that the first one writes afterwards is its own.
    let snapshot = lab.ok("DescribeImages", json!({ "ImageIds": [image] }))["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"].clone();
    assert_eq!(
        lab.code("DeleteSnapshot", json!({ "SnapshotId": snapshot })),
        "InvalidSnapshot.InUse"
    );
    let home = lab.caller.clone();
    lab.caller = lab.in_region("eu-west-1");
    assert_eq!(
        lab.run(json!({ "ImageId": image })).unwrap_err().code(),
        "InvalidAMIID.NotFound"
    );
    let copy = text(
        &lab.ok(
            "CopyImage",
            json!({ "SourceRegion": "us-east-1", "SourceImageId": image, "Name": "golden" }),
        )["ImageId"],
    );
    assert_ne!(copy, image);
    lab.settle();
    assert_eq!(
        lab.ok("DescribeSnapshots", json!({ "OwnerIds": ["self"] }))["Snapshots"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    lab.up(json!({ "ImageId": copy }));
    lab.caller = home;
    lab.ok("DeregisterImage", json!({ "ImageId": image }));
    assert_eq!(
        lab.run(json!({ "ImageId": image })).unwrap_err().code(),
        "InvalidAMIID.NotFound"
    );
    // What was launched runs on, and the snapshot stays until it is deleted.
    assert_eq!(lab.state(&second), "running");
    lab.ok("DeleteSnapshot", json!({ "SnapshotId": snapshot }));
}

#[test]
fn data_volumes_of_a_launch_and_of_its_image() {
    let mut lab = Lab::new();
    let mappings = json!([{ "DeviceName": "/dev/sdf", "Ebs": { "VolumeSize": 5, "DeleteOnTermination": false } }, { "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 20 } }]);
    let id = lab.up(json!({ "BlockDeviceMappings": mappings }));
    let image = text(
        &lab.ok(
            "CreateImage",
            json!({ "InstanceId": id, "Name": "two disks", "NoReboot": true }),
        )["ImageId"],
    );
    lab.settle();
    let again = lab.up(json!({ "ImageId": image }));
    let sizes = |lab: &mut Lab, id: &str| {
        let rows = lab.ok(
            "DescribeVolumes",
            json!({ "Filters": [{ "Name": "attachment.instance-id", "Values": [id] }] }),
        )["Volumes"]
            .clone();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["Size"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (sizes(&mut lab, &id), sizes(&mut lab, &again)),
        (vec![20, 5], vec![20, 5])
    );
    assert_eq!(lab.run(json!({ "ImageId": image, "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "NoDevice": "" }] })).unwrap_err().code(), "InvalidBlockDeviceMapping");
    let one = lab.up(json!({ "ImageId": image, "BlockDeviceMappings": [{ "DeviceName": "/dev/sdf", "NoDevice": "" }] }));
    assert_eq!(sizes(&mut lab, &one), [20]);
}
