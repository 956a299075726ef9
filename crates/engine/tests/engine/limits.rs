//! Requests that AWS does not take: launches, tags, keys, pages.

use crate::lab::Lab;
use ec2_lab_engine::json::{Value, json};

#[test]
fn launches_that_are_refused() {
    let mut lab = Lab::new();
    let (arm, subnet) = (json!("t4g.micro"), lab.subnet("us-east-1a"));
    let group = lab.group("web");
    for (more, code, message) in [
        (
            json!({ "ImageId": "ami-0123456789abcdef0" }),
            "InvalidAMIID.NotFound",
            "The image id '[ami-0123456789abcdef0]' does not exist",
        ),
        (
            json!({ "ImageId": "al2023" }),
            "InvalidAMIID.Malformed",
            "Invalid id: \"al2023\" (expecting \"ami-...\")",
        ),
        (
            json!({ "InstanceType": "t3.mega" }),
            "InvalidParameterValue",
            "Invalid value 't3.mega' for InstanceType.",
        ),
        (
            json!({ "InstanceType": arm }),
            "InvalidParameterValue",
            "The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI.",
        ),
        (
            json!({ "KeyName": "none" }),
            "InvalidKeyPair.NotFound",
            "The key pair 'none' does not exist",
        ),
        (
            json!({ "SubnetId": "subnet-0123456789abcdef0" }),
            "InvalidSubnetID.NotFound",
            "The subnet ID 'subnet-0123456789abcdef0' does not exist",
        ),
        (
            json!({ "SecurityGroups": ["none"] }),
            "InvalidGroup.NotFound",
            "The security group 'none' does not exist in default VPC",
        ),
        (
            json!({ "SecurityGroups": ["web"], "SecurityGroupIds": [group] }),
            "InvalidParameterCombination",
            "The parameter groupName cannot be used",
        ),
        (
            json!({ "Placement": { "AvailabilityZone": "us-east-1z" } }),
            "InvalidParameterValue",
            "Invalid",
        ),
        (
            json!({ "SubnetId": subnet, "PrivateIpAddress": "172.31.0.1" }),
            "InvalidParameterValue",
            "Address 172.31.0.1 is in subnet's reserved address range",
        ),
        (
            json!({ "SubnetId": subnet, "PrivateIpAddress": "10.0.0.9" }),
            "InvalidParameterValue",
            "Address 10.0.0.9 does not fall within the subnet's address range",
        ),
        (
            json!({ "SubnetId": subnet, "NetworkInterfaces": [{ "DeviceIndex": 0 }] }),
            "InvalidParameterCombination",
            "Network interfaces and an instance-level subnet ID may not be specified on the same request",
        ),
        (
            json!({ "SecurityGroupIds": [group], "NetworkInterfaces": [{ "DeviceIndex": 0 }] }),
            "InvalidParameterCombination",
            "Network interfaces and an instance-level security groups may not be specified on the same request",
        ),
        (
            json!({ "InstanceType": "t2.micro", "EbsOptimized": true }),
            "Unsupported",
            "EBS-optimized instances are not supported for your requested configuration.",
        ),
        (
            json!({ "InstanceType": "p5.48xlarge", "MinCount": 1, "MaxCount": 8 }),
            "VcpuLimitExceeded",
            "You have requested more vCPU capacity",
        ),
        (
            json!({ "MinCount": 2, "MaxCount": 1 }),
            "InvalidParameterCombination",
            "The specified minimum count",
        ),
        (
            json!({ "MinCount": 0, "MaxCount": 0 }),
            "InvalidParameterValue",
            "Value (0)",
        ),
        (
            json!({ "MetadataOptions": { "HttpPutResponseHopLimit": 65 } }),
            "InvalidParameterValue",
            "Value (65) for parameter HttpPutResponseHopLimit",
        ),
        (
            json!({ "InstanceType": "m5.large", "CreditSpecification": { "CpuCredits": "unlimited" } }),
            "InvalidParameterCombination",
            "The parameter CpuCredits is not supported",
        ),
        (
            json!({ "InstanceType": "m5.large", "CpuOptions": { "CoreCount": 2, "ThreadsPerCore": 2 } }),
            "InvalidParameterValue",
            "CpuOptions: CoreCount 2",
        ),
        (
            json!({ "NetworkInterfaces": [{ "DeviceIndex": 1 }] }),
            "InvalidParameterCombination",
            "When specifying network interfaces, you must include a device at index 0",
        ),
        (
            json!({ "NetworkInterfaces": [{ "DeviceIndex": 0, "AssociatePublicIpAddress": true }, { "DeviceIndex": 1 }] }),
            "InvalidParameterCombination",
            "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces",
        ),
        (
            json!({ "NetworkInterfaces": [{ "DeviceIndex": 0 }, { "DeviceIndex": 1 }, { "DeviceIndex": 2 }] }),
            "AttachmentLimitExceeded",
            "Interface count 3 exceeds the limit for t3.micro",
        ),
        (
            json!({ "NetworkInterfaces": [{ "DeviceIndex": 0, "SecondaryPrivateIpAddressCount": 2 }] }),
            "PrivateIpAddressLimitExceeded",
            "Number of private addresses will exceed limit.",
        ),
        (
            json!({ "HibernationOptions": { "Configured": true } }),
            "UnsupportedHibernationConfiguration",
            "Hibernation requires an encrypted root volume.",
        ),
        (
            json!({ "Placement": { "GroupName": "none" } }),
            "InvalidPlacementGroup.Unknown",
            "The Placement Group 'none' is unknown.",
        ),
        (
            json!({ "InstanceInitiatedShutdownBehavior": "explode" }),
            "InvalidParameterValue",
            "Value (explode)",
        ),
        (
            json!({ "BlockDeviceMappings": [{ "DeviceName": "/dev/xvda", "Ebs": { "VolumeSize": 4 } }] }),
            "InvalidBlockDeviceMapping",
            "Volume of size 4GB is smaller than snapshot, expect size >= 8GB",
        ),
    ] {
        let error = lab.run(more.clone()).unwrap_err();
        assert_eq!(error.code(), code, "{more}: {error}");
        assert!(error.message().starts_with(message), "{more}: {error}");
    }
}

#[test]
fn a_client_token_launches_once() {
    let mut lab = Lab::new();
    let first = lab.run(json!({ "ClientToken": "once" })).unwrap();
    let again = lab.run(json!({ "ClientToken": "once" })).unwrap();
    assert_eq!(
        first["Instances"][0]["InstanceId"],
        again["Instances"][0]["InstanceId"]
    );
    assert_eq!(
        lab.run(json!({ "ClientToken": "once", "InstanceType": "t3.small" }))
            .unwrap_err()
            .code(),
        "IdempotentParameterMismatch"
    );
}

#[test]
fn a_private_address_is_given_once() {
    let mut lab = Lab::new();
    let subnet = lab.subnet("us-east-1a");
    let free = lab.ok("DescribeSubnets", json!({ "SubnetIds": [subnet] }))["Subnets"][0].clone();
    assert_eq!(free["AvailableIpAddressCount"], 4_091);
    let cidr = free["CidrBlock"]
        .as_str()
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let ip = cidr.strip_suffix(".0").unwrap().to_owned() + ".77";
    let wanted = json!({ "SubnetId": subnet, "PrivateIpAddress": ip });
    let id = lab.up(wanted.clone());
    assert_eq!(lab.private_ip(&id), ip);
    assert_eq!(
        lab.run(wanted.clone()).unwrap_err().code(),
        "InvalidIPAddress.InUse"
    );
    assert_eq!(
        lab.ok("DescribeSubnets", json!({ "SubnetIds": [subnet] }))["Subnets"][0]["AvailableIpAddressCount"],
        4_090
    );
    lab.ok("TerminateInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.run(wanted).unwrap();
}

#[test]
fn the_vcpu_limit_counts_what_runs() {
    let mut lab = Lab::new();
    let many = lab
        .run(json!({ "InstanceType": "m5.24xlarge", "MinCount": 13, "MaxCount": 13 }))
        .unwrap();
    let (code, _) = lab
        .run(json!({ "InstanceType": "m5.24xlarge" }))
        .map_err(|error| (error.code(), error.message()))
        .unwrap_err();
    assert_eq!(code, "VcpuLimitExceeded");
    lab.settle();
    let first = many["Instances"][0]["InstanceId"].clone();
    lab.ok("StopInstances", json!({ "InstanceIds": [first] }));
    lab.settle();
    lab.run(json!({ "InstanceType": "m5.24xlarge" })).unwrap();
    assert_eq!(
        lab.code("StartInstances", json!({ "InstanceIds": [first] })),
        "VcpuLimitExceeded"
    );
}

#[test]
fn tags() {
    let mut lab = Lab::new();
    let id = lab.launch(json!({ "TagSpecifications": [{ "ResourceType": "instance", "Tags": [{ "Key": "Name", "Value": "web" }] }] }));
    let create = |key: &str, value: &str| json!({ "Resources": [id], "Tags": [{ "Key": key, "Value": value }] });
    let long = "x".repeat(129);
    for (key, message) in [
        ("", "Tag keys cannot be empty or null"),
        (
            "aws:x",
            "Tag keys starting with 'aws:' are reserved for internal use",
        ),
        (
            long.as_str(),
            "Tag key exceeds the maximum length of 128 characters",
        ),
    ] {
        assert_eq!(
            lab.refused("CreateTags", create(key, "v")),
            ("InvalidParameterValue".to_owned(), message.to_owned())
        );
    }
    lab.ok("CreateTags", create(&"x".repeat(128), &"y".repeat(256)));
    for number in 2..50 {
        lab.ok("CreateTags", create(&format!("k{number}"), "v"));
    }
    assert_eq!(
        lab.code("CreateTags", create("one-more", "v")),
        "TagLimitExceeded"
    );
    lab.ok("CreateTags", create("Name", "db"));
    let found = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "tag:Name", "Values": ["d?"] }] }),
    );
    assert_eq!(found["Reservations"].as_array().unwrap().len(), 1);
    lab.ok(
        "DeleteTags",
        json!({ "Resources": [id], "Tags": [{ "Key": "Name", "Value": "web" }] }),
    );
    assert_eq!(
        lab.ok(
            "DescribeTags",
            json!({ "Filters": [{ "Name": "key", "Values": ["Name"] }] })
        )["Tags"][0]["Value"],
        "db"
    );
    lab.ok("DeleteTags", json!({ "Resources": [id] }));
    assert_eq!(lab.ok("DescribeTags", json!({}))["Tags"], json!([]));
    assert_eq!(
        lab.code(
            "CreateTags",
            json!({ "Resources": ["i-0123456789abcdef0"], "Tags": [{ "Key": "a" }] })
        ),
        "InvalidInstanceID.NotFound"
    );
    assert_eq!(
        lab.code("CreateTags", json!({ "Resources": [id] })),
        "MissingParameter"
    );
}

#[test]
fn pages_and_filters() {
    let mut lab = Lab::new();
    for number in 0..12 {
        lab.group(&format!("g{number:02}"));
    }
    let mut seen: Vec<Value> = Vec::new();
    let mut token = Value::Null;
    loop {
        let page = lab.ok(
            "DescribeSecurityGroups",
            json!({ "MaxResults": 5, "NextToken": token }),
        );
        seen.extend(
            page["SecurityGroups"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["GroupName"].clone()),
        );
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    let all = lab.ok("DescribeSecurityGroups", json!({}));
    assert_eq!(
        seen,
        all["SecurityGroups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["GroupName"].clone())
            .collect::<Vec<_>>()
    );
    assert_eq!(
        lab.code("DescribeSecurityGroups", json!({ "MaxResults": 4 })),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code("DescribeSecurityGroups", json!({ "NextToken": "page-99" })),
        "InvalidNextToken"
    );
    let nothing_then_wrong = json!([{ "Name": "group-name", "Values": ["no"] }, { "Name": "colour", "Values": ["red"] }]);
    assert_eq!(
        lab.refused(
            "DescribeSecurityGroups",
            json!({ "Filters": nothing_then_wrong })
        )
        .1,
        "The filter 'colour' is invalid"
    );
}

#[test]
fn key_pairs() {
    let mut lab = Lab::new();
    let made = lab.ok("CreateKeyPair", json!({ "KeyName": "k" }));
    assert!(
        made["KeyMaterial"]
            .as_str()
            .unwrap()
            .starts_with("-----BEGIN RSA PRIVATE KEY-----\n")
    );
    assert_eq!(
        lab.refused("CreateKeyPair", json!({ "KeyName": "k" })),
        (
            "InvalidKeyPair.Duplicate".to_owned(),
            "The keypair already exists".to_owned()
        )
    );
    for material in ["aGVsbG8=", "???", "c3NoLXJzYSBBQUFB"] {
        assert_eq!(
            lab.code(
                "ImportKeyPair",
                json!({ "KeyName": "mine", "PublicKeyMaterial": material })
            ),
            "InvalidKey.Format",
            "{material}"
        );
    }
    let shown = lab.ok("DescribeKeyPairs", json!({}))["KeyPairs"][0].clone();
    assert_eq!(
        (shown["KeyName"].as_str(), &shown["KeyMaterial"]),
        (Some("k"), &Value::Null)
    );
    lab.ok("DeleteKeyPair", json!({ "KeyName": "k" }));
    lab.ok("DeleteKeyPair", json!({ "KeyName": "k" }));
    assert_eq!(
        lab.code("DescribeKeyPairs", json!({ "KeyNames": ["k"] })),
        "InvalidKeyPair.NotFound"
    );
}
