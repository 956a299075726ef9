//! What two accounts share: images and snapshots that a key closes, policies and grants that let the other one open them.

use crate::keys::{OPENS, as_partner, image, key, launched, policy, share_image, share_snapshot};
use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;
use ec2_lab_engine::{Caller, PARTNER_ACCOUNT, Value};

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
