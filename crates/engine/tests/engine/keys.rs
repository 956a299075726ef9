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
fn as_partner<T>(lab: &mut Lab, act: impl FnOnce(&mut Lab) -> T) -> T {
    let home = lab.caller.clone();
    lab.caller = partner(lab);
    let done = act(lab);
    lab.caller = home;
    done
}

fn key(lab: &mut Lab) -> String {
    text(&lab.ok("CreateKey", json!({}))["KeyMetadata"]["Arn"])
}

/// An image whose root snapshot is closed with a key, of an instance of its own.
fn image(lab: &mut Lab, key: &str) -> (String, String) {
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

fn share_image(lab: &mut Lab, image: &str) {
    let add = json!({ "Add": [{ "UserId": PARTNER_ACCOUNT.to_string() }] });
    lab.ok(
        "ModifyImageAttribute",
        json!({ "ImageId": image, "LaunchPermission": add }),
    );
}

fn share_snapshot(lab: &mut Lab, snapshot: &str) {
    lab.ok(
        "ModifySnapshotAttribute",
        json!({ "SnapshotId": snapshot, "Attribute": "createVolumePermission", "OperationType": "add", "UserIds": [PARTNER_ACCOUNT.to_string()] }),
    );
}

/// A policy that lets the partner do these things beside the owner.
fn policy(actions: &[&str], condition: Value) -> String {
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

const OPENS: [&str; 4] = [
    "kms:DescribeKey",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:ReEncrypt*",
];

/// The state that a launch ends in, with its reason's code.
fn launched(lab: &mut Lab, image: &str) -> (String, String) {
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

/// The four combinations of 15.4.1: only image and key together launch.
#[test]
fn an_encrypted_image_is_launched_only_with_its_key() {
    for (shared, open) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut lab = Lab::new();
        let arn = key(&mut lab);
        let (image, _) = image(&mut lab, &arn);
        if shared {
            share_image(&mut lab, &image);
        }
        if open {
            lab.ok(
                "PutKeyPolicy",
                json!({ "KeyId": arn, "Policy": policy(&OPENS, Value::Null) }),
            );
        }
        as_partner(&mut lab, |lab| {
            if !shared {
                assert_eq!(
                    lab.code("DescribeImages", json!({ "ImageIds": [image] })),
                    "InvalidAMIID.NotFound"
                );
                assert_eq!(lab.code("RunInstances", json!({ "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 })), "InvalidAMIID.NotFound");
                return;
            }
            let row = lab.ok("DescribeImages", json!({ "ExecutableUsers": ["self"] }))["Images"][0]
                .clone();
            assert_eq!(row["OwnerId"], "111122223333", "sharing changes no owner");
            let ends = launched(lab, &image);
            let expected = if open {
                ("running", "")
            } else {
                ("terminated", "Client.InternalError")
            };
            assert_eq!((ends.0.as_str(), ends.1.as_str()), expected);
            if open {
                let volumes = lab.ok("DescribeVolumes", json!({}))["Volumes"].clone();
                let own = lab.ok("DescribeKey", json!({ "KeyId": "alias/aws/ebs" }))["KeyMetadata"]
                    ["Arn"]
                    .clone();
                assert_eq!(
                    volumes[0]["KmsKeyId"], own,
                    "the new volume is closed with the partner's own key"
                );
            } else {
                assert_eq!(
                    lab.ok("DescribeVolumes", json!({}))["Volumes"],
                    json!([]),
                    "its volume went with it"
                );
            }
        });
    }
}

/// Each action counts, a grant does as well as the policy, a denial wins, and a condition for services holds for EC2.
#[test]
fn policies_and_grants_are_weighed() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let (image, _) = image(&mut lab, &arn);
    share_image(&mut lab, &image);
    let service = json!({ "Bool": { "kms:GrantIsForAWSResource": "true" } });
    let without_grant = policy(
        &["kms:DescribeKey", "kms:Decrypt", "kms:ReEncrypt*"],
        Value::Null,
    );
    let denied = without_grant.replace(
        "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::222",
        "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::222",
    );
    assert!(denied.contains("Deny"));
    let via = json!({ "StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:CallerAccount": PARTNER_ACCOUNT.to_string() } });
    let elsewhere = json!({ "StringEquals": { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } });
    let everything = ["CreateGrant", "Decrypt", "DescribeKey", "ReEncryptFrom"];
    for (policy, grant, runs) in [
        (policy(&["kms:*"], Value::Null), &[][..], true),
        (policy(&["kms:*"], via), &[], true),
        (policy(&["kms:*"], elsewhere), &[], false),
        (without_grant.clone(), &[], false),
        (without_grant, &["CreateGrant"], true),
        (
            policy(&["kms:CreateGrant"], service),
            &everything[1..],
            true,
        ),
        (policy(&["kms:ListGrants"], Value::Null), &everything, true),
        (
            policy(&["kms:ListGrants"], Value::Null),
            &everything[1..],
            false,
        ),
        (denied, &everything, false),
    ] {
        let mut lab = lab.clone();
        lab.ok("PutKeyPolicy", json!({ "KeyId": arn, "Policy": policy }));
        if !grant.is_empty() {
            lab.ok("CreateGrant", json!({ "KeyId": arn, "GranteePrincipal": format!("arn:aws:iam::{PARTNER_ACCOUNT}:root"), "Operations": grant.to_vec() }));
        }
        let ends = as_partner(&mut lab, |lab| launched(lab, &image).0);
        assert_eq!(
            ends,
            if runs { "running" } else { "terminated" },
            "{policy} {grant:?}"
        );
    }
}

#[test]
fn a_copy_belongs_to_who_makes_it() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let (image, snapshot) = image(&mut lab, &arn);
    share_image(&mut lab, &image);
    let copy = json!({ "SourceRegion": "us-east-1", "SourceImageId": image, "Name": "mine" });
    let (code, message) = as_partner(&mut lab, |lab| lab.refused("CopyImage", copy.clone()));
    assert_eq!(
        (code.as_str(), message.as_str()),
        (
            "InvalidRequest",
            "You do not have permission to access the storage of this ami"
        )
    );
    share_snapshot(&mut lab, &snapshot);
    // Without the key the copy comes to nothing; with it, it is the partner's, wherever it goes.
    let vain = as_partner(&mut lab, |lab| {
        let id = lab.ok("CopyImage", copy.clone())["ImageId"].clone();
        let alone = lab.ok(
            "CopySnapshot",
            json!({ "SourceRegion": "us-east-1", "SourceSnapshotId": snapshot }),
        )["SnapshotId"]
            .clone();
        lab.wait(30);
        let row =
            lab.ok("DescribeSnapshots", json!({ "SnapshotIds": [alone] }))["Snapshots"][0].clone();
        assert_eq!(row["State"], "error");
        assert!(
            row["StateMessage"]
                .as_str()
                .unwrap()
                .starts_with("Given key ID is not accessible")
        );
        let row = lab.ok("DescribeImages", json!({ "ImageIds": [id] }))["Images"][0].clone();
        assert_eq!(
            lab.code(
                "RunInstances",
                json!({ "ImageId": id, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 })
            ),
            "InvalidAMIID.Unavailable"
        );
        lab.ok("DeregisterImage", json!({ "ImageId": id }));
        text(&row["State"])
    });
    assert_eq!(vain, "failed");
    lab.ok(
        "PutKeyPolicy",
        json!({ "KeyId": arn, "Policy": policy(&OPENS, Value::Null) }),
    );
    as_partner(&mut lab, |lab| {
        let own = key(lab);
        let mut wanted = copy.clone();
        wanted["Encrypted"] = json!(true);
        wanted["KmsKeyId"] = json!(own);
        let near = lab.ok("CopyImage", wanted)["ImageId"].clone();
        let ireland = lab.in_region("eu-west-1");
        let home = std::mem::replace(&mut lab.caller, ireland);
        // A key of another Region cannot close the copy; one of the Region itself can.
        let mut wrong = copy.clone();
        wrong["Encrypted"] = json!(true);
        wrong["KmsKeyId"] = json!(own);
        let wrong = lab.ok("CopyImage", wrong)["ImageId"].clone();
        lab.wait(20);
        let row = lab.ok("DescribeImages", json!({ "ImageIds": [wrong] }))["Images"][0].clone();
        assert_eq!(row["State"], "failed");
        lab.ok("DeregisterImage", json!({ "ImageId": wrong }));
        let far = lab.ok("CopyImage", copy.clone())["ImageId"].clone();
        lab.settle();
        let managed =
            lab.ok("DescribeKey", json!({ "KeyId": "alias/aws/ebs" }))["KeyMetadata"]["Arn"]
                .clone();
        let row = lab.ok("DescribeImages", json!({ "ImageIds": [far] }))["Images"][0].clone();
        assert_eq!(
            (row["State"].as_str(), row["OwnerId"].as_str()),
            (Some("available"), Some("222233334444"))
        );
        assert_eq!(row["BlockDeviceMappings"][0]["Ebs"]["KmsKeyId"], managed);
        lab.caller = home;
        let row = lab.ok("DescribeImages", json!({ "ImageIds": [near] }))["Images"][0].clone();
        assert_eq!(
            row["BlockDeviceMappings"][0]["Ebs"]["KmsKeyId"],
            own.as_str()
        );
        assert_eq!(row["OwnerId"], "222233334444");
        // And what the owner takes back does not touch it.
    });
    lab.ok(
        "ResetImageAttribute",
        json!({ "ImageId": image, "Attribute": "launchPermission" }),
    );
    lab.ok("DisableKey", json!({ "KeyId": arn }));
    as_partner(&mut lab, |lab| {
        let near =
            lab.ok("DescribeImages", json!({ "Owners": ["self"] }))["Images"][0]["ImageId"].clone();
        assert_eq!(launched(lab, near.as_str().unwrap()).0, "running");
        assert_eq!(
            lab.code("DescribeImages", json!({ "ImageIds": [image] })),
            "InvalidAMIID.NotFound"
        );
    });
}

#[test]
fn what_is_shared_is_still_the_owners() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let (image, snapshot) = image(&mut lab, &arn);
    share_image(&mut lab, &image);
    share_snapshot(&mut lab, &snapshot);
    lab.ok(
        "CreateTags",
        json!({ "Resources": [image, snapshot], "Tags": [{ "Key": "Name", "Value": "secret" }] }),
    );
    as_partner(&mut lab, |lab| {
        for (operation, input) in [
            ("DeregisterImage", json!({ "ImageId": image })),
            (
                "ModifyImageAttribute",
                json!({ "ImageId": image, "Description": { "Value": "mine" } }),
            ),
            (
                "DescribeImageAttribute",
                json!({ "ImageId": image, "Attribute": "launchPermission" }),
            ),
        ] {
            assert_eq!(lab.code(operation, input), "AuthFailure", "{operation}");
        }
        assert_eq!(
            lab.code("DeleteSnapshot", json!({ "SnapshotId": snapshot })),
            "InvalidSnapshot.NotFound"
        );
        let rows =
            lab.ok("DescribeSnapshots", json!({ "SnapshotIds": [snapshot] }))["Snapshots"].clone();
        assert!(rows[0].get("Tags").is_none(), "tags are not shared");
        let rows = lab.ok("DescribeImages", json!({ "ImageIds": [image] }))["Images"].clone();
        assert!(rows[0].get("Tags").is_none(), "tags are not shared");
    });
}

/// The question why: the chain ends where the launch does, and each fix was seen to work.
#[test]
fn the_chain_names_what_stops_a_launch_and_what_helps() {
    let mut lab = Lab::new();
    let arn = key(&mut lab);
    let (image, _) = image(&mut lab, &arn);
    let why = |lab: &mut Lab| {
        as_partner(lab, |lab| {
            lab.ok("ExplainLaunch", json!({ "ImageId": image }))
        })
    };
    let last = |answer: &Value| {
        let checks = answer["Checks"].as_array().unwrap();
        text(&checks.last().unwrap()["Question"])
    };
    let answer = why(&mut lab);
    assert_eq!(
        (last(&answer), text(&answer["Outcome"])),
        (
            "launch-permission".to_owned(),
            "refused: InvalidAMIID.NotFound".to_owned()
        )
    );
    // Sharing alone gets further, and is shown as that.
    assert_eq!(
        (
            &answer["Fixes"][0]["Solves"],
            text(&answer["Fixes"][0]["Outcome"])
        ),
        (&json!(false), "terminated: Client.InternalError".to_owned())
    );
    share_image(&mut lab, &image);
    let answer = why(&mut lab);
    assert_eq!(
        (last(&answer), text(&answer["Cause"])),
        ("source-key".to_owned(), "Client.InternalError".to_owned())
    );
    let fixes = answer["Fixes"].as_array().unwrap().clone();
    assert_eq!(fixes.len(), 2, "{fixes:?}");
    for fix in fixes {
        assert_eq!(fix["Solves"], true, "{fix}");
        let mut lab = lab.clone();
        for call in fix["Calls"].as_array().unwrap() {
            let caller = Caller::of(
                call["Account"].as_str().unwrap(),
                call["Region"].as_str().unwrap(),
            )
            .unwrap();
            let home = std::mem::replace(&mut lab.caller, caller);
            lab.ok(call["Operation"].as_str().unwrap(), call["Input"].clone());
            lab.caller = home;
        }
        assert_eq!(why(&mut lab)["Launches"], true);
        assert_eq!(
            as_partner(&mut lab, |lab| launched(lab, &image).0),
            "running"
        );
    }
    lab.ok("DisableKey", json!({ "KeyId": arn }));
    let answer = why(&mut lab);
    assert_eq!(text(&answer["Cause"]), "Client.InvalidKMSKey.InvalidState");
    assert!(text(&answer["Fixes"][0]["Title"]).starts_with("Enable"));
}
