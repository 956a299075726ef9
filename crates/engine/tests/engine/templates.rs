//! Launch templates, instance profiles and EC2 Instance Connect.

use crate::chance::Chance;
use crate::lab::{Lab, cases, text};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

fn create(lab: &mut Lab, name: &str, data: Value) -> String {
    let answer = lab.ok(
        "CreateLaunchTemplate",
        json!({ "LaunchTemplateName": name, "LaunchTemplateData": data }),
    );
    text(&answer["LaunchTemplate"]["LaunchTemplateId"])
}

fn launch(lab: &mut Lab, call: Value) -> Value {
    let mut call = call;
    call["MinCount"] = json!(1);
    call["MaxCount"] = json!(1);
    lab.ok("RunInstances", call)["Instances"][0].clone()
}

/// Random options of a launch that the lab can show again.
fn options(chance: &mut Chance) -> Value {
    let mut data = json!({});
    if chance.percent(50) {
        data["InstanceType"] = json!(chance.pick(&["t3.micro", "t3.small", "m5.large"]));
    }
    if chance.percent(50) {
        data["DisableApiTermination"] = json!(chance.percent(50));
    }
    if chance.percent(50) {
        data["Monitoring"] = json!({ "Enabled": chance.percent(50) });
    }
    if chance.percent(50) {
        data["MetadataOptions"] = json!({ "HttpTokens": chance.pick(&["optional", "required"]) });
    }
    if chance.percent(50) {
        let key = chance.pick(&["a", "b"]);
        let value = chance.pick(&["1", "2"]);
        data["TagSpecifications"] =
            json!([{ "ResourceType": "instance", "Tags": [{ "Key": key, "Value": value }] }]);
    }
    data
}

/// What of an instance the options of [`options`] decide.
fn decided(lab: &mut Lab, id: &str) -> Value {
    let row = lab.row(id);
    let protected = lab.ok(
        "DescribeInstanceAttribute",
        json!({ "InstanceId": id, "Attribute": "disableApiTermination" }),
    );
    let tags: Vec<Value> = row["Tags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|tag| !tag["Key"].as_str().unwrap().starts_with("aws:"))
        .cloned()
        .collect();
    json!([
        row["InstanceType"],
        row["Monitoring"],
        row["MetadataOptions"],
        protected["DisableApiTermination"],
        tags
    ])
}

#[test]
fn a_template_launches_what_its_options_launch() {
    for seed in 0..u64::from(cases(60)) {
        let mut chance = Chance::new(seed);
        let mut lab = Lab::new();
        let mut data = options(&mut chance);
        data["ImageId"] = lab.image("al2023");
        if data.get("InstanceType").is_none() {
            data["InstanceType"] = json!("t3.micro");
        }
        let direct = launch(&mut lab, data.clone());
        let id = create(&mut lab, "web", data.clone());
        let more = options(&mut chance);
        let mut call = more.clone();
        call["LaunchTemplate"] = json!({ "LaunchTemplateId": id });
        let by_template = launch(
            &mut lab,
            json!({ "LaunchTemplate": { "LaunchTemplateName": "web" } }),
        );
        let direct_id = text(&direct["InstanceId"]);
        let template_id = text(&by_template["InstanceId"]);
        assert_eq!(
            decided(&mut lab, &direct_id),
            decided(&mut lab, &template_id),
            "{data}"
        );
        // What the call says stands over what the template says.
        let mut merged = data.clone();
        for (key, value) in more.as_object().unwrap() {
            merged[key] = value.clone();
        }
        if let (Some(below), Some(above)) =
            (data.get("TagSpecifications"), more.get("TagSpecifications"))
        {
            let mut tags = vec![above[0]["Tags"][0].clone()];
            if below[0]["Tags"][0]["Key"] != tags[0]["Key"] {
                tags.insert(0, below[0]["Tags"][0].clone());
            }
            merged["TagSpecifications"] = json!([{ "ResourceType": "instance", "Tags": tags }]);
        }
        let over = launch(&mut lab, call);
        let expected = launch(&mut lab, merged);
        let (over, expected) = (text(&over["InstanceId"]), text(&expected["InstanceId"]));
        assert_eq!(
            decided(&mut lab, &over),
            decided(&mut lab, &expected),
            "{data} {more}"
        );
    }
}

#[test]
fn versions_are_numbered_and_one_is_the_default() {
    let mut lab = Lab::new();
    let image = lab.image("al2023");
    let id = create(
        &mut lab,
        "web",
        json!({ "ImageId": image, "InstanceType": "t3.micro" }),
    );
    let second = lab.ok("CreateLaunchTemplateVersion", json!({ "LaunchTemplateId": id, "SourceVersion": "$Latest", "LaunchTemplateData": { "InstanceType": "t3.small" } }));
    assert_eq!(second["LaunchTemplateVersion"]["VersionNumber"], 2);
    assert_eq!(
        second["LaunchTemplateVersion"]["LaunchTemplateData"]["ImageId"],
        image
    );
    let third = lab.ok(
        "CreateLaunchTemplateVersion",
        json!({ "LaunchTemplateId": id, "LaunchTemplateData": { "InstanceType": "t3.large" } }),
    );
    assert_eq!(
        third["LaunchTemplateVersion"]["LaunchTemplateData"],
        json!({ "InstanceType": "t3.large" })
    );
    let kind = |lab: &mut Lab, version: &str| {
        let call = json!({ "ImageId": image, "LaunchTemplate": { "LaunchTemplateId": id, "Version": version } });
        launch(lab, call)["InstanceType"].clone()
    };
    assert_eq!(kind(&mut lab, "$Default"), "t3.micro");
    assert_eq!(kind(&mut lab, "$Latest"), "t3.large");
    lab.ok(
        "ModifyLaunchTemplate",
        json!({ "LaunchTemplateId": id, "DefaultVersion": "2" }),
    );
    assert_eq!(kind(&mut lab, "$Default"), "t3.small");
    let gone = lab.ok(
        "DeleteLaunchTemplateVersions",
        json!({ "LaunchTemplateId": id, "Versions": ["1", "2", "7"] }),
    );
    assert_eq!(
        gone["SuccessfullyDeletedLaunchTemplateVersions"][0]["VersionNumber"],
        1
    );
    let codes: Vec<&str> = gone["UnsuccessfullyDeletedLaunchTemplateVersions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["ResponseError"]["Code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        ["unexpectedError", "launchTemplateVersionDoesNotExist"]
    );
    let left = lab.ok(
        "DescribeLaunchTemplateVersions",
        json!({ "LaunchTemplateId": id }),
    );
    let numbers: Vec<i64> = left["LaunchTemplateVersions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["VersionNumber"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [3, 2]);
    assert_eq!(
        lab.code(
            "DescribeLaunchTemplateVersions",
            json!({ "LaunchTemplateId": id, "Versions": ["1"] })
        ),
        "InvalidLaunchTemplateId.VersionNotFound"
    );
    // A number is never used twice.
    lab.ok(
        "DeleteLaunchTemplateVersions",
        json!({ "LaunchTemplateId": id, "Versions": ["3"] }),
    );
    let next = lab.ok(
        "CreateLaunchTemplateVersion",
        json!({ "LaunchTemplateId": id, "LaunchTemplateData": { "InstanceType": "t3.nano" } }),
    );
    assert_eq!(next["LaunchTemplateVersion"]["VersionNumber"], 4);
}

#[test]
fn what_the_lab_cannot_launch_a_template_still_keeps() {
    let mut lab = Lab::new();
    let image = lab.image("al2023");
    let data = json!({ "ImageId": image, "InstanceType": "t3.micro", "LicenseSpecifications": [{ "LicenseConfigurationArn": "arn:x" }] });
    create(&mut lab, "odd", data.clone());
    let kept = lab.ok(
        "DescribeLaunchTemplateVersions",
        json!({ "LaunchTemplateName": "odd" }),
    );
    assert_eq!(
        kept["LaunchTemplateVersions"][0]["LaunchTemplateData"],
        data
    );
    let (code, message) = lab.refused(
        "RunInstances",
        json!({ "LaunchTemplate": { "LaunchTemplateName": "odd" } }),
    );
    assert_eq!(code, "NotModelled");
    assert!(message.contains("LicenseSpecifications"), "{message}");
}

#[test]
fn an_instance_made_from_the_data_of_another_is_like_it() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    lab.ok("CreateKeyPair", json!({ "KeyName": "k" }));
    let first = lab.up(json!({
        "SecurityGroupIds": [group], "KeyName": "k", "InstanceType": "t3.small", "Monitoring": { "Enabled": true },
        "UserData": "IyEvYmluL2Jhc2gK", "InstanceInitiatedShutdownBehavior": "terminate",
        "TagSpecifications": [{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": "one" }] }],
    }));
    let mut data =
        lab.ok("GetLaunchTemplateData", json!({ "InstanceId": first }))["LaunchTemplateData"]
            .clone();
    // Its address is taken while it is there.
    data["NetworkInterfaces"][0]
        .as_object_mut()
        .unwrap()
        .remove("PrivateIpAddresses");
    create(&mut lab, "copy", data);
    let second = launch(
        &mut lab,
        json!({ "LaunchTemplate": { "LaunchTemplateName": "copy" } }),
    );
    lab.settle();
    let (one, other) = (lab.row(&first), lab.row(&text(&second["InstanceId"])));
    for key in [
        "ImageId",
        "InstanceType",
        "KeyName",
        "SubnetId",
        "SecurityGroups",
        "Monitoring",
        "MetadataOptions",
        "EbsOptimized",
    ] {
        assert_eq!(one[key], other[key], "{key}");
    }
    let names: Vec<&Value> = other["Tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| &tag["Key"])
        .collect();
    assert_eq!(
        names,
        [
            "Name",
            "aws:ec2launchtemplate:id",
            "aws:ec2launchtemplate:version"
        ]
    );
}

#[test]
fn instance_profiles_come_and_go() {
    let mut lab = Lab::new();
    for name in ["a", "b"] {
        lab.ok(
            "CreateInstanceProfile",
            json!({ "InstanceProfileName": name }),
        );
    }
    assert_eq!(
        lab.run(json!({ "IamInstanceProfile": { "Name": "c" } }))
            .unwrap_err()
            .code(),
        "InvalidParameterValue"
    );
    let id = lab.up(json!({ "IamInstanceProfile": { "Name": "a" } }));
    let arn = lab.row(&id)["IamInstanceProfile"]["Arn"].clone();
    assert_eq!(arn, "arn:aws:iam::111122223333:instance-profile/a");
    assert_eq!(
        lab.code(
            "AssociateIamInstanceProfile",
            json!({ "InstanceId": id, "IamInstanceProfile": { "Name": "b" } })
        ),
        "IncorrectState"
    );
    let tie = |lab: &mut Lab| {
        lab.ok("DescribeIamInstanceProfileAssociations", json!({}))["IamInstanceProfileAssociations"][0]["AssociationId"].clone()
    };
    let old = tie(&mut lab);
    let new = lab.ok(
        "ReplaceIamInstanceProfileAssociation",
        json!({ "AssociationId": old, "IamInstanceProfile": { "Name": "b" } }),
    );
    assert_ne!(new["IamInstanceProfileAssociation"]["AssociationId"], old);
    assert_eq!(
        lab.row(&id)["IamInstanceProfile"]["Arn"],
        "arn:aws:iam::111122223333:instance-profile/b"
    );
    let filtered = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "iam-instance-profile.arn", "Values": ["*/b"] }] }),
    );
    assert_eq!(
        filtered["Reservations"][0]["Instances"][0]["InstanceId"],
        json!(id)
    );
    let present = tie(&mut lab);
    lab.ok(
        "DisassociateIamInstanceProfile",
        json!({ "AssociationId": present }),
    );
    assert!(lab.row(&id).get("IamInstanceProfile").is_none());
    assert_eq!(
        lab.code(
            "DisassociateIamInstanceProfile",
            json!({ "AssociationId": present })
        ),
        "InvalidAssociationID.NotFound"
    );
    // The tie goes with the instance.
    lab.ok("AssociateIamInstanceProfile", json!({ "InstanceId": id, "IamInstanceProfile": { "Arn": "arn:aws:iam::111122223333:instance-profile/a" } }));
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(
        lab.ok("DescribeIamInstanceProfileAssociations", json!({}))["IamInstanceProfileAssociations"],
        json!([])
    );
}

#[test]
fn a_pushed_key_opens_for_sixty_seconds() {
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    let mut lab = Lab::new();
    let material = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUFBQkFnTUVCUVlIQ0FrS0N3d05EZzhRRVJJVEZCVVdGeGdaR2hzY0hSNGYgbWU=";
    lab.ok(
        "ImportKeyPair",
        json!({ "KeyName": "mine", "PublicKeyMaterial": material }),
    );
    let group = lab.group("ssh");
    lab.allow(&group, "tcp", 22, "0.0.0.0/0");
    // Launched without a key pair: nobody gets in.
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let attempt = json!({ "From": "laptop", "To": id, "Client": "ssh", "KeyName": "mine" });
    assert_eq!(lab.verdict(attempt.clone()).0, "permission-denied");
    lab.ok(
        "SendSSHPublicKey",
        json!({ "InstanceId": id, "InstanceOSUser": "ec2-user", "SSHPublicKey": key }),
    );
    assert_eq!(lab.verdict(attempt.clone()).0, "connected");
    lab.wait(59);
    assert_eq!(lab.verdict(attempt.clone()).0, "connected");
    lab.wait(1);
    assert_eq!(lab.verdict(attempt).0, "permission-denied");
}
