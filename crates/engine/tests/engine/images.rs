//! Images and snapshots: registered, deprecated, disabled, protected, shared; and what a snapshot keeps for itself.

use crate::lab::{Lab, text};
use ec2_lab_engine::ids::{ResourceId, SnapshotId};
use ec2_lab_engine::json::{Value, json};

fn image(lab: &mut Lab, instance: &str, name: &str) -> String {
    let id = text(
        &lab.ok(
            "CreateImage",
            json!({ "InstanceId": instance, "Name": name, "NoReboot": true }),
        )["ImageId"],
    );
    lab.settle();
    id
}

fn shown(lab: &mut Lab, id: &str) -> Value {
    lab.ok("DescribeImages", json!({ "ImageIds": [id] }))["Images"][0].clone()
}

fn root_snapshot(lab: &mut Lab, image: &str) -> String {
    text(&shown(lab, image)["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"])
}

fn run(lab: &mut Lab, id: &str, line: &str) -> String {
    text(
        &lab.ok(
            "RunInGuest",
            json!({ "InstanceId": id, "User": "ec2-user", "Command": line }),
        )["Output"],
    )
}

#[test]
fn an_image_is_registered_from_the_snapshot_of_a_root_volume() {
    let mut lab = Lab::new();
    let first = lab.up(json!({}));
    run(&mut lab, &first, "echo kept > note.txt");
    let root = text(&lab.row(&first)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]);
    let snapshot = text(&lab.ok("CreateSnapshot", json!({ "VolumeId": root }))["SnapshotId"]);
    let register = |snapshot: &str, more: Value| {
        let mut input = json!({
            "Name": "from a snapshot", "Architecture": "x86_64", "RootDeviceName": "/dev/xvda",
            "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "SnapshotId": snapshot } }, { "DeviceName": "/dev/sdf", "Ebs": { "VolumeSize": 3 } }],
        });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(
        lab.code("RegisterImage", register(&snapshot, json!({}))),
        "IncorrectState"
    );
    lab.settle();
    let id = text(&lab.ok("RegisterImage", register(&snapshot, json!({})))["ImageId"]);
    assert_eq!(
        lab.code("RegisterImage", register(&snapshot, json!({}))),
        "InvalidAMIName.Duplicate"
    );
    assert_eq!(shown(&mut lab, &id)["State"], "available");
    assert_eq!(
        lab.code("DeleteSnapshot", json!({ "SnapshotId": snapshot })),
        "InvalidSnapshot.InUse"
    );
    let second = lab.up(json!({ "ImageId": id }));
    assert_eq!(run(&mut lab, &second, "cat note.txt"), "kept\n");
    assert_eq!(
        lab.row(&second)["BlockDeviceMappings"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // So is the snapshot of a public image.
    let al2023 = lab.image("al2023");
    let amazons = lab.ok("DescribeImages", json!({ "ImageIds": [al2023] }))["Images"][0]["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"].clone();
    let public = text(
        &lab.ok(
            "RegisterImage",
            register(amazons.as_str().unwrap(), json!({ "Name": "of Amazon's" })),
        )["ImageId"],
    );
    lab.up(json!({ "ImageId": public }));
    // A data volume is nothing to start from.
    let data = text(
        &lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": "us-east-1a", "Size": 9 }),
        )["VolumeId"],
    );
    let empty = text(&lab.ok("CreateSnapshot", json!({ "VolumeId": data }))["SnapshotId"]);
    lab.settle();
    for (input, code) in [
        (
            register(&empty, json!({ "Name": "other" })),
            "InvalidBlockDeviceMapping",
        ),
        (
            register(
                &snapshot,
                json!({ "Name": "other", "RootDeviceName": "/dev/sdf" }),
            ),
            "InvalidBlockDeviceMapping",
        ),
        (
            register(
                &snapshot,
                json!({ "Name": "other", "Architecture": "arm64" }),
            ),
            "NotModelled",
        ),
        (
            register("snap-0123456789abcdef0", json!({ "Name": "other" })),
            "InvalidSnapshot.NotFound",
        ),
        (
            register(&snapshot, json!({ "Name": "a" })),
            "InvalidAMIName.Malformed",
        ),
    ] {
        assert_eq!(lab.code("RegisterImage", input.clone()), code, "{input}");
    }
}

#[test]
fn an_image_goes_out_of_use_in_steps() {
    let mut lab = Lab::new();
    let instance = lab.up(json!({}));
    let id = image(&mut lab, &instance, "old");
    let one = |more: Value| {
        let mut input = json!({ "ImageId": id });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    for bad in ["2026-01-01T00:00:00Z", "2040-01-01T00:00:00Z", "soon"] {
        assert_eq!(
            lab.code("EnableImageDeprecation", one(json!({ "DeprecateAt": bad }))),
            "InvalidParameterValue",
            "{bad}"
        );
    }
    lab.ok(
        "EnableImageDeprecation",
        one(json!({ "DeprecateAt": "2026-02-01T10:20:40Z" })),
    );
    assert_eq!(
        shown(&mut lab, &id)["DeprecationTime"],
        "2026-02-01T10:21:00+00:00"
    );
    // Deprecated is not gone: who knows the id launches it.
    lab.wait(40 * 24 * 3_600);
    lab.launch(json!({ "ImageId": id }));
    assert!(shown(&mut lab, &id)["LastLaunchedTime"].is_string());
    lab.ok(
        "ModifyImageAttribute",
        one(json!({ "LaunchPermission": { "Add": [{ "UserId": "444455556666" }] } })),
    );
    lab.ok("DisableImage", one(json!({})));
    assert_eq!(
        lab.run(json!({ "ImageId": id })).unwrap_err().code(),
        "InvalidAMIID.Unavailable"
    );
    assert_eq!(
        lab.ok("DescribeImages", json!({ "Owners": ["self"] }))["Images"],
        json!([])
    );
    let all = lab.ok(
        "DescribeImages",
        json!({ "Owners": ["self"], "IncludeDisabled": true }),
    );
    assert_eq!(all["Images"][0]["State"], "disabled");
    let left = lab.ok(
        "DescribeImageAttribute",
        one(json!({ "Attribute": "launchPermission" })),
    );
    assert_eq!(left["LaunchPermissions"], json!([]));
    lab.ok("EnableImage", one(json!({})));
    lab.launch(json!({ "ImageId": id }));
    lab.ok(
        "EnableImageDeregistrationProtection",
        one(json!({ "WithCooldown": true })),
    );
    assert_eq!(
        lab.code("DeregisterImage", one(json!({}))),
        "OperationNotPermitted"
    );
    lab.ok("DisableImageDeregistrationProtection", one(json!({})));
    // The cooldown: a day of second thoughts.
    assert_eq!(
        lab.code("DeregisterImage", one(json!({}))),
        "OperationNotPermitted"
    );
    lab.wait(24 * 3_600);
    lab.ok("DeregisterImage", one(json!({})));
}

/// Who may see an image or a snapshot: an account by number, everybody only when the account allows it, nobody when the
/// key is AWS's own.
#[test]
fn sharing_has_its_conditions() {
    let mut lab = Lab::new();
    let instance = lab.up(json!({}));
    let plain = image(&mut lab, &instance, "plain");
    let share =
        |id: &str, whom: Value| json!({ "ImageId": id, "LaunchPermission": { "Add": [whom] } });
    let (everybody, somebody) = (
        json!({ "Group": "all" }),
        json!({ "UserId": "444455556666" }),
    );
    assert_eq!(
        lab.code("ModifyImageAttribute", share(&plain, everybody.clone())),
        "OperationNotPermitted"
    );
    lab.ok("DisableImageBlockPublicAccess", json!({}));
    lab.ok("ModifyImageAttribute", share(&plain, everybody.clone()));
    assert_eq!(shown(&mut lab, &plain)["Public"], true);
    let own = lab.ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"].clone();
    for (key, code) in [
        (json!({ "Encrypted": true }), Some("InvalidParameter")),
        (json!({ "Encrypted": true, "KmsKeyId": own }), None),
    ] {
        let mut copy = json!({ "SourceRegion": "us-east-1", "SourceImageId": plain, "Name": format!("copy {}", code.unwrap_or("own key")) });
        copy.as_object_mut()
            .unwrap()
            .extend(key.as_object().unwrap().clone());
        let id = text(&lab.ok("CopyImage", copy)["ImageId"]);
        lab.settle();
        let snapshot = root_snapshot(&mut lab, &id);
        let permission = |whom: &Value| json!({ "SnapshotId": snapshot, "CreateVolumePermission": { "Add": [whom] } });
        let calls = [
            ("ModifyImageAttribute", share(&id, somebody.clone())),
            ("ModifySnapshotAttribute", permission(&somebody)),
        ];
        for (operation, input) in calls {
            let answer = lab.execute(operation, input);
            assert_eq!(answer.err().map(|error| error.code()), code, "{operation}");
        }
        assert_eq!(
            lab.code("ModifyImageAttribute", share(&id, everybody.clone())),
            "OperationNotPermitted"
        );
        assert_eq!(
            lab.code("ModifySnapshotAttribute", permission(&everybody)),
            "OperationNotPermitted"
        );
    }
    lab.ok(
        "EnableSnapshotBlockPublicAccess",
        json!({ "State": "block-new-sharing" }),
    );
    let snapshot = root_snapshot(&mut lab, &plain);
    let open = json!({ "SnapshotId": snapshot, "CreateVolumePermission": { "Add": [everybody] } });
    assert_eq!(
        lab.code("ModifySnapshotAttribute", open.clone()),
        "OperationNotPermitted"
    );
    lab.ok("DisableSnapshotBlockPublicAccess", json!({}));
    lab.ok("ModifySnapshotAttribute", open);
}

/// Incremental snapshots: together they keep each state once, whichever of them is deleted.
#[test]
fn a_snapshot_keeps_what_changed_since_the_one_before() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    let root = text(&lab.row(&id)["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]);
    let mut snapshots = Vec::new();
    for line in [
        "true",
        "true",
        "echo new > note.txt",
        "sudo dnf install -y httpd",
        "rm note.txt",
    ] {
        run(&mut lab, &id, line);
        snapshots.push(text(
            &lab.ok("CreateSnapshot", json!({ "VolumeId": root }))["SnapshotId"],
        ));
        lab.settle();
    }
    let sizes = |lab: &Lab| -> Vec<(u64, u64)> {
        let region = lab.world.region(&lab.caller).unwrap();
        snapshots
            .iter()
            .filter_map(|id| region.snapshots.get(&SnapshotId::parse(id)?))
            .map(|row| {
                (
                    row.full_bytes(),
                    row.stored_bytes(region.snapshot_before(row)),
                )
            })
            .collect()
    };
    let before = sizes(&lab);
    let (full, stored): (Vec<u64>, Vec<u64>) = before.iter().copied().unzip();
    let block = 512 << 10;
    assert_eq!(full[0], stored[0], "the first one keeps everything");
    assert_eq!(stored[1], 0, "nothing was written");
    assert_eq!((stored[2], full[2] - full[1]), (block, block));
    assert!(stored[3] > block && stored[3] == full[3] - full[2]);
    assert_eq!(
        (stored[4], full[3] - full[4]),
        (0, block),
        "what is deleted takes no room"
    );
    let listed = lab.ok(
        "DescribeSnapshots",
        json!({ "SnapshotIds": [snapshots[4]] }),
    )["Snapshots"][0]
        .clone();
    assert_eq!(listed["FullSnapshotSizeInBytes"], full[4]);
    // Without the first one, the second keeps what both need, and every later one is as it was.
    lab.ok("DeleteSnapshot", json!({ "SnapshotId": snapshots[0] }));
    let after = sizes(&lab);
    assert_eq!(after[0], (full[1], full[1]));
    assert_eq!(after[1..], before[2..]);
}
