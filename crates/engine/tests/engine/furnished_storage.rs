//! Volumes, snapshots and images in the furnished world, and a call of each of their operations that succeeds there.

use crate::lab::Lab;
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

/// A free volume and one that is attached, a snapshot, an image.
pub fn furnish(lab: &mut Lab) {
    let row = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "tag:Name", "Values": ["web"] }] }),
    )["Reservations"][0]["Instances"][0]
        .clone();
    let zone = row["Placement"]["AvailabilityZone"].clone();
    let mut volume = |size: u32| {
        lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "Size": size }),
        )["VolumeId"]
            .clone()
    };
    let (_free, tied) = (volume(10), volume(11));
    lab.wait(10);
    lab.ok(
        "AttachVolume",
        json!({ "VolumeId": tied, "InstanceId": row["InstanceId"], "Device": "/dev/sdf" }),
    );
    let snapshot = lab.ok("CreateSnapshot", json!({ "VolumeId": tied }))["SnapshotId"].clone();
    lab.ok(
        "CreateImage",
        json!({ "InstanceId": row["InstanceId"], "Name": "golden", "NoReboot": true }),
    );
    let key =
        lab.ok("CreateKey", json!({ "Description": "images" }))["KeyMetadata"]["KeyId"].clone();
    lab.ok(
        "CreateAlias",
        json!({ "AliasName": "alias/images", "TargetKeyId": key }),
    );
    lab.ok(
        "CreateGrant",
        json!({ "KeyId": key, "GranteePrincipal": "arn:aws:iam::222233334444:root", "Operations": ["Decrypt"] }),
    );
    let doomed =
        lab.ok("CreateKey", json!({ "Description": "doomed" }))["KeyMetadata"]["KeyId"].clone();
    lab.ok(
        "CreateAlias",
        json!({ "AliasName": "alias/doomed", "TargetKeyId": doomed }),
    );
    lab.ok("ScheduleKeyDeletion", json!({ "KeyId": doomed }));
    lab.settle();
    lab.ok(
        "CreateTags",
        json!({ "Resources": [snapshot], "Tags": [{ "Key": "Name", "Value": "alone" }] }),
    );
}

/// Calls that succeed.
pub fn good(lab: &mut Lab) -> Vec<(&'static str, Value)> {
    let mut id = |alias: &str| {
        lab.ok("DescribeKey", json!({ "KeyId": alias }))["KeyMetadata"]["Arn"].clone()
    };
    let (key, doomed) = (id("alias/images"), id("alias/doomed"));
    let grant = lab.ok("ListGrants", json!({ "KeyId": key }))["Grants"][0]["GrantId"].clone();
    let policy = lab.ok("GetKeyPolicy", json!({ "KeyId": key }))["Policy"].clone();
    let volumes = lab.ok("DescribeVolumes", json!({}))["Volumes"].clone();
    let of_size = |size: u32| {
        volumes
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["Size"] == size)
            .unwrap()
            .clone()
    };
    let (free, tied) = (
        of_size(10)["VolumeId"].clone(),
        of_size(11)["VolumeId"].clone(),
    );
    let zone = of_size(10)["AvailabilityZone"].clone();
    let instance = of_size(11)["Attachments"][0]["InstanceId"].clone();
    let snapshot = lab.ok(
        "DescribeSnapshots",
        json!({ "Filters": [{ "Name": "tag:Name", "Values": ["alone"] }] }),
    )["Snapshots"][0]["SnapshotId"]
        .clone();
    let image =
        lab.ok("DescribeImages", json!({ "Owners": ["self"] }))["Images"][0]["ImageId"].clone();
    let of_image = |more: Value| {
        let mut input = json!({ "ImageId": image });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let root =
        lab.ok("DescribeImages", json!({ "Owners": ["self"] }))["Images"][0]["BlockDeviceMappings"]
            [0]
        .clone();
    vec![
        (
            "RegisterImage",
            json!({ "Name": "registered", "Architecture": "x86_64", "RootDeviceName": "/dev/xvda", "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "SnapshotId": root["Ebs"]["SnapshotId"] } }] }),
        ),
        (
            "EnableImageDeprecation",
            of_image(json!({ "DeprecateAt": "2026-06-01T00:00:00Z" })),
        ),
        ("DisableImageDeprecation", of_image(json!({}))),
        ("DisableImage", of_image(json!({}))),
        ("EnableImage", of_image(json!({}))),
        (
            "EnableImageDeregistrationProtection",
            of_image(json!({ "WithCooldown": true })),
        ),
        ("DisableImageDeregistrationProtection", of_image(json!({}))),
        (
            "EnableImageBlockPublicAccess",
            json!({ "ImageBlockPublicAccessState": "block-new-sharing" }),
        ),
        (
            "EnableSnapshotBlockPublicAccess",
            json!({ "State": "block-all-sharing" }),
        ),
        (
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "SnapshotId": snapshot }),
        ),
        ("DeleteVolume", json!({ "VolumeId": free })),
        (
            "AttachVolume",
            json!({ "VolumeId": free, "InstanceId": instance, "Device": "/dev/sdg" }),
        ),
        ("DetachVolume", json!({ "VolumeId": tied })),
        ("ModifyVolume", json!({ "VolumeId": free, "Size": 12 })),
        ("DescribeVolumesModifications", json!({})),
        (
            "DescribeVolumeAttribute",
            json!({ "VolumeId": free, "Attribute": "autoEnableIO" }),
        ),
        (
            "ModifyVolumeAttribute",
            json!({ "VolumeId": free, "AutoEnableIO": { "Value": true } }),
        ),
        (
            "ModifyEbsDefaultKmsKeyId",
            json!({ "KmsKeyId": "alias/aws/ebs" }),
        ),
        ("CreateKey", json!({})),
        ("DescribeKey", json!({ "KeyId": "alias/images" })),
        ("ListKeys", json!({})),
        (
            "CreateAlias",
            json!({ "AliasName": "alias/new", "TargetKeyId": key }),
        ),
        ("DeleteAlias", json!({ "AliasName": "alias/images" })),
        ("ListAliases", json!({})),
        ("GetKeyPolicy", json!({ "KeyId": key })),
        ("PutKeyPolicy", json!({ "KeyId": key, "Policy": policy })),
        (
            "CreateGrant",
            json!({ "KeyId": key, "GranteePrincipal": "arn:aws:iam::222233334444:root", "Operations": ["DescribeKey"] }),
        ),
        ("ListGrants", json!({ "KeyId": key })),
        ("RevokeGrant", json!({ "KeyId": key, "GrantId": grant })),
        ("EnableKey", json!({ "KeyId": key })),
        ("DisableKey", json!({ "KeyId": key })),
        (
            "ScheduleKeyDeletion",
            json!({ "KeyId": key, "PendingWindowInDays": 7 }),
        ),
        ("CancelKeyDeletion", json!({ "KeyId": doomed })),
        ("ExplainLaunch", json!({ "ImageId": image })),
        ("CreateSnapshot", json!({ "VolumeId": free })),
        (
            "CreateSnapshots",
            json!({ "InstanceSpecification": { "InstanceId": instance } }),
        ),
        (
            "CopySnapshot",
            json!({ "SourceRegion": "us-east-1", "SourceSnapshotId": snapshot }),
        ),
        ("DeleteSnapshot", json!({ "SnapshotId": snapshot })),
        (
            "ModifySnapshotAttribute",
            json!({ "SnapshotId": snapshot, "Attribute": "createVolumePermission", "OperationType": "add", "UserIds": ["444455556666"] }),
        ),
        (
            "DescribeSnapshotAttribute",
            json!({ "SnapshotId": snapshot, "Attribute": "createVolumePermission" }),
        ),
        (
            "ResetSnapshotAttribute",
            json!({ "SnapshotId": snapshot, "Attribute": "createVolumePermission" }),
        ),
        (
            "CreateImage",
            json!({ "InstanceId": instance, "Name": "silver" }),
        ),
        (
            "CopyImage",
            json!({ "SourceRegion": "us-east-1", "SourceImageId": image, "Name": "copy" }),
        ),
        ("DeregisterImage", json!({ "ImageId": image })),
        (
            "ModifyImageAttribute",
            json!({ "ImageId": image, "Description": { "Value": "new" } }),
        ),
        (
            "DescribeImageAttribute",
            json!({ "ImageId": image, "Attribute": "launchPermission" }),
        ),
        (
            "ResetImageAttribute",
            json!({ "ImageId": image, "Attribute": "launchPermission" }),
        ),
    ]
}
