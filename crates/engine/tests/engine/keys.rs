//! Keys, and what they close: volumes, snapshots, images; two accounts that share.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;
use ec2_lab_engine::{Caller, PARTNER_ACCOUNT, Value, World};

/// The same world, called by the partner.
fn partner(lab: &Lab) -> Caller {
    Caller {
        account: PARTNER_ACCOUNT,
        ..lab.caller.clone()
    }
}

/// Does something as the partner.
pub fn as_partner<T>(lab: &mut Lab, act: impl FnOnce(&mut Lab) -> T) -> T {
    let home = lab.caller.clone();
    lab.caller = partner(lab);
    let done = act(lab);
    lab.caller = home;
    done
}

pub fn key(lab: &mut Lab) -> String {
    text(&lab.ok("CreateKey", json!({}))["KeyMetadata"]["Arn"])
}

/// An image whose root snapshot is closed with a key, of an instance of its own.
pub fn image(lab: &mut Lab, key: &str) -> (String, String) {
    let devices =
        json!([{ "DeviceName": "/dev/xvda", "Ebs": { "Encrypted": true, "KmsKeyId": key } }]);
    let id = lab.up(json!({ "BlockDeviceMappings": devices }));
    let image = text(
        &lab.ok(
            "CreateImage",
            json!({ "InstanceId": id, "Name": "golden", "NoReboot": true }),
        )["ImageId"],
    );
    lab.settle();
    let row = lab.ok("DescribeImages", json!({ "ImageIds": [image] }))["Images"][0].clone();
    (
        image,
        text(&row["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]),
    )
}

pub fn share_image(lab: &mut Lab, image: &str) {
    let add = json!({ "Add": [{ "UserId": PARTNER_ACCOUNT.to_string() }] });
    lab.ok(
        "ModifyImageAttribute",
        json!({ "ImageId": image, "LaunchPermission": add }),
    );
}

pub fn share_snapshot(lab: &mut Lab, snapshot: &str) {
    lab.ok(
        "ModifySnapshotAttribute",
        json!({ "SnapshotId": snapshot, "Attribute": "createVolumePermission", "OperationType": "add", "UserIds": [PARTNER_ACCOUNT.to_string()] }),
    );
}

/// A policy that lets the partner do these things beside the owner.
pub fn policy(actions: &[&str], condition: Value) -> String {
    let mut statement = json!({
        "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::{PARTNER_ACCOUNT}:root") },
        "Action": actions.to_vec(), "Resource": "*",
    });
    if !condition.is_null() {
        statement["Condition"] = condition;
    }
    json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },
        statement,
    ] })
    .to_string()
}

pub const OPENS: [&str; 4] = [
    "kms:DescribeKey",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:ReEncrypt*",
];

/// The state that a launch ends in, with its reason's code.
pub fn launched(lab: &mut Lab, image: &str) -> (String, String) {
    let answer = lab
        .execute(
            "RunInstances",
            json!({ "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 }),
        )
        .unwrap();
    let id = text(&answer["Instances"][0]["InstanceId"]);
    assert_eq!(lab.state(&id), "pending");
    lab.wait(60);
    let row = lab.row(&id);
    let code = row["StateReason"]["Code"].as_str().unwrap_or_default();
    (text(&row["State"]["Name"]), code.to_owned())
}

#[test]
fn the_partner_has_a_world_of_its_own() {
    let mut lab = Lab::new();
    let home = lab.up(json!({}));
    let vpc = |lab: &mut Lab| text(&lab.ok("DescribeVpcs", json!({}))["Vpcs"][0]["VpcId"]);
    let own = vpc(&mut lab);
    as_partner(&mut lab, |lab| {
        assert_ne!(vpc(lab), own);
        assert_eq!(
            lab.code("DescribeInstances", json!({ "InstanceIds": [home] })),
            "InvalidInstanceID.NotFound"
        );
        let id = lab.up(json!({}));
        assert_eq!(lab.state(&id), "running");
    });
    let rows = lab.ok("DescribeInstances", json!({}))["Reservations"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
}

/// What is saved of a world from before there were keys and a partner opens as the same world.
#[test]
fn looking_at_the_partner_leaves_no_trace() {
    let mut lab = Lab::new();
    let before = lab.world.state_hash();
    as_partner(&mut lab, |lab| {
        lab.ok("DescribeVpcs", json!({}));
        lab.ok("ListKeys", json!({}));
        lab.ok("DescribeKey", json!({ "KeyId": "alias/aws/ebs" }));
    });
    assert_eq!(lab.world.state_hash(), before);
    as_partner(&mut lab, |lab| {
        lab.ok("CreateKeyPair", json!({ "KeyName": "k" }))
    });
    assert_ne!(lab.world.state_hash(), before);
    assert_ne!(World::new(1).state_hash(), World::new(2).state_hash());
}

#[test]
fn a_key_and_its_names() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let id = arn.rsplit('/').next().unwrap().to_owned();
    lab.ok(
        "CreateAlias",
        json!({ "AliasName": "alias/images", "TargetKeyId": id }),
    );
    for name in [
        arn.as_str(),
        id.as_str(),
        "alias/images",
        "arn:aws:kms:us-east-1:111122223333:alias/images",
    ] {
        let row = lab.ok("DescribeKey", json!({ "KeyId": name }))["KeyMetadata"].clone();
        assert_eq!(
            (row["Arn"].as_str(), row["KeyManager"].as_str()),
            (Some(arn.as_str()), Some("CUSTOMER"))
        );
    }
    assert_eq!(
        lab.ok("DescribeKey", json!({ "KeyId": "alias/aws/ebs" }))["KeyMetadata"]["KeyManager"],
        "AWS"
    );
    for (operation, input, code) in [
        (
            "DescribeKey",
            json!({ "KeyId": "alias/none" }),
            "NotFoundException",
        ),
        (
            "DescribeKey",
            json!({ "KeyId": "11112222-3333-4444-5555-666677778888" }),
            "NotFoundException",
        ),
        (
            "DescribeKey",
            json!({ "KeyId": "none" }),
            "NotFoundException",
        ),
        (
            "CreateAlias",
            json!({ "AliasName": "alias/images", "TargetKeyId": id }),
            "AlreadyExistsException",
        ),
        (
            "CreateAlias",
            json!({ "AliasName": "alias/aws/mine", "TargetKeyId": id }),
            "InvalidAliasNameException",
        ),
        (
            "CreateAlias",
            json!({ "AliasName": "images", "TargetKeyId": id }),
            "ValidationException",
        ),
        (
            "ScheduleKeyDeletion",
            json!({ "KeyId": id, "PendingWindowInDays": 6 }),
            "ValidationException",
        ),
        (
            "CancelKeyDeletion",
            json!({ "KeyId": id }),
            "KMSInvalidStateException",
        ),
        (
            "DisableKey",
            json!({ "KeyId": "alias/aws/ebs" }),
            "AccessDeniedException",
        ),
        ("CreateKey", json!({ "MultiRegion": true }), "NotModelled"),
        ("CreateKey", json!({ "KeySpec": "RSA_2048" }), "NotModelled"),
        (
            "RevokeGrant",
            json!({ "KeyId": id, "GrantId": "0" }),
            "InvalidGrantIdException",
        ),
        (
            "CreateGrant",
            json!({ "KeyId": id, "GranteePrincipal": "222233334444", "Operations": ["Decrypt"] }),
            "InvalidArnException",
        ),
        (
            "PutKeyPolicy",
            json!({ "KeyId": id, "Policy": "{" }),
            "MalformedPolicyDocumentException",
        ),
    ] {
        assert_eq!(
            lab.code(operation, input.clone()),
            code,
            "{operation} {input}"
        );
    }
    // A policy that would lock its owner out, one that names nobody, and one with what the lab does not weigh.
    let shut = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"222233334444"},"Action":"kms:*","Resource":"*"}]}"#;
    let nobody = shut.replace("222233334444", "arn:aws:iam::222233334444:user/ghost");
    let odd = shut.replace(
        "\"Resource\"",
        "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}},\"Resource\"",
    );
    for (document, code) in [
        (shut, "MalformedPolicyDocumentException"),
        (&nobody, "MalformedPolicyDocumentException"),
        (&odd, "NotModelled"),
    ] {
        assert_eq!(
            lab.code("PutKeyPolicy", json!({ "KeyId": id, "Policy": document })),
            code,
            "{document}"
        );
    }
    // Another account sees nothing of it, and another Region neither.
    as_partner(&mut lab, |lab| {
        assert_eq!(
            lab.code("DescribeKey", json!({ "KeyId": arn })),
            "AccessDeniedException"
        );
        assert_eq!(
            lab.code("DescribeKey", json!({ "KeyId": id })),
            "NotFoundException"
        );
    });
    lab.caller = lab.in_region("eu-west-1");
    assert_eq!(
        lab.code("DescribeKey", json!({ "KeyId": arn })),
        "NotFoundException"
    );
}

#[test]
fn a_key_that_is_to_be_deleted_goes_when_its_time_comes() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    lab.ok(
        "CreateAlias",
        json!({ "AliasName": "alias/old", "TargetKeyId": arn }),
    );
    lab.ok(
        "ScheduleKeyDeletion",
        json!({ "KeyId": arn, "PendingWindowInDays": 7 }),
    );
    let state = |lab: &mut Lab| {
        text(&lab.ok("DescribeKey", json!({ "KeyId": arn }))["KeyMetadata"]["KeyState"])
    };
    assert_eq!(state(&mut lab), "PendingDeletion");
    assert_eq!(
        lab.code("EnableKey", json!({ "KeyId": arn })),
        "KMSInvalidStateException"
    );
    lab.ok("CancelKeyDeletion", json!({ "KeyId": arn }));
    lab.wait(8 * 86_400);
    assert_eq!(state(&mut lab), "Disabled", "it was saved");
    lab.ok(
        "ScheduleKeyDeletion",
        json!({ "KeyId": arn, "PendingWindowInDays": 7 }),
    );
    lab.wait(8 * 86_400);
    assert_eq!(
        lab.code("DescribeKey", json!({ "KeyId": arn })),
        "NotFoundException"
    );
    assert_eq!(
        lab.code("DescribeKey", json!({ "KeyId": "alias/old" })),
        "NotFoundException"
    );
}

#[test]
fn a_volume_needs_its_key_when_it_is_made_attached_and_started() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let volume = |lab: &mut Lab, key: &str| {
        text(&lab.ok("CreateVolume", json!({ "AvailabilityZone": "us-east-1a", "Size": 8, "Encrypted": true, "KmsKeyId": key }))["VolumeId"])
    };
    let kept = volume(&mut lab, &arn);
    // EC2 answers before it looks at the key: https://github.com/aws/aws-cli/issues/2604.
    let vain = volume(&mut lab, "11112222-3333-4444-5555-666677778888");
    lab.wait(10);
    assert_eq!(
        lab.ok("DescribeVolumes", json!({ "VolumeIds": [kept] }))["Volumes"][0]["KmsKeyId"],
        arn.as_str()
    );
    assert_eq!(
        lab.code("DescribeVolumes", json!({ "VolumeIds": [vain] })),
        "InvalidVolume.NotFound"
    );
    let zone = json!({ "Placement": { "AvailabilityZone": "us-east-1a" } });
    let id = lab.up(zone);
    lab.ok("DisableKey", json!({ "KeyId": arn }));
    let tie = json!({ "VolumeId": kept, "InstanceId": id, "Device": "/dev/sdf" });
    lab.ok("AttachVolume", tie.clone());
    lab.wait(10);
    let row = |lab: &mut Lab| {
        lab.ok("DescribeVolumes", json!({ "VolumeIds": [kept] }))["Volumes"][0].clone()
    };
    assert_eq!(
        row(&mut lab)["State"],
        "available",
        "the attachment came to nothing"
    );
    lab.ok("EnableKey", json!({ "KeyId": arn }));
    lab.ok("AttachVolume", tie);
    lab.wait(10);
    assert_eq!(row(&mut lab)["State"], "in-use");
    // What runs goes on without the key; what starts needs it.
    lab.ok("DisableKey", json!({ "KeyId": arn }));
    assert_eq!(lab.state(&id), "running");
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    assert_eq!(lab.state(&id), "pending");
    lab.wait(60);
    let row = lab.row(&id);
    assert_eq!(
        (
            row["State"]["Name"].as_str(),
            row["StateReason"]["Code"].as_str()
        ),
        (Some("stopped"), Some("Client.InvalidKMSKey.InvalidState"))
    );
    lab.ok("EnableKey", json!({ "KeyId": arn }));
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(lab.state(&id), "running");
}
