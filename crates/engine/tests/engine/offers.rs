//! What AWS offers and hands out: instance types, limits by kind, key pairs and what they open.

use crate::lab::Lab;
use ec2_lab_engine::json::json;

#[test]
fn instance_types_by_every_documented_filter() {
    let mut lab = Lab::new();
    for name in include_str!("filters/instance_types.txt").split_whitespace() {
        lab.ok(
            "DescribeInstanceTypes",
            json!({ "Filters": [{ "Name": name, "Values": ["*"] }] }),
        );
    }
    let all = lab.ok("DescribeInstanceTypes", json!({}))["InstanceTypes"].clone();
    let all = all.as_array().unwrap();
    // Filtering by a value finds the types that show it, and no others.
    for (name, pointer, value) in [
        ("bare-metal", "/BareMetal", json!(true)),
        (
            "vcpu-info.default-vcpus",
            "/VCpuInfo/DefaultVCpus",
            json!(8),
        ),
        ("hypervisor", "/Hypervisor", json!("xen")),
        (
            "network-info.efa-supported",
            "/NetworkInfo/EfaSupported",
            json!(true),
        ),
        (
            "ebs-info.ebs-optimized-info.maximum-iops",
            "/EbsInfo/EbsOptimizedInfo/MaximumIops",
            json!(80_000),
        ),
        (
            "instance-storage-info.total-size-in-gb",
            "/InstanceStorageInfo/TotalSizeInGB",
            json!(15_200),
        ),
        (
            "dedicated-hosts-supported",
            "/DedicatedHostsSupported",
            json!(false),
        ),
        (
            "auto-recovery-supported",
            "/AutoRecoverySupported",
            json!(false),
        ),
    ] {
        let word = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let found = lab.ok(
            "DescribeInstanceTypes",
            json!({ "Filters": [{ "Name": name, "Values": [word] }] }),
        );
        let expected: Vec<&ec2_lab_engine::Value> = all
            .iter()
            .filter(|row| row.pointer(pointer) == Some(&value))
            .collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{name}");
        assert_eq!(
            found["InstanceTypes"]
                .as_array()
                .unwrap()
                .iter()
                .collect::<Vec<_>>(),
            expected,
            "{name}"
        );
    }
    for name in ["i3.metal", "p3.2xlarge"] {
        lab.ok("DescribeInstanceTypes", json!({ "InstanceTypes": [name] }));
    }
    // AWS has this one, but in other Regions.
    let (code, _) = lab.refused(
        "RunInstances",
        json!({ "ImageId": lab.clone().image("al2023"), "InstanceType": "hpc6a.48xlarge" }),
    );
    assert_eq!(code, "Unsupported");
}

#[test]
fn each_kind_of_type_has_its_own_vcpu_limit() {
    let mut lab = Lab::new();
    lab.run(json!({ "InstanceType": "p3.16xlarge", "MinCount": 3, "MaxCount": 3 }))
        .unwrap();
    assert_eq!(
        lab.run(json!({ "InstanceType": "p3.2xlarge" }))
            .unwrap_err()
            .code(),
        "VcpuLimitExceeded"
    );
    lab.run(json!({ "InstanceType": "g4dn.xlarge" })).unwrap();
    lab.run(json!({ "InstanceType": "m5.24xlarge", "MinCount": 13, "MaxCount": 13 }))
        .unwrap();
}

#[test]
fn a_windows_password_opens_with_its_key_alone() {
    let mut lab = Lab::new();
    let mut key = |name: &str| {
        lab.ok("CreateKeyPair", json!({ "KeyName": name }))["KeyMaterial"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (mine, other) = (key("mine"), key("other"));
    let windows = lab.image("windows");
    let id =
        lab.launch(json!({ "ImageId": windows, "KeyName": "mine", "InstanceType": "t3.medium" }));
    let sealed = |lab: &mut Lab| {
        lab.ok("GetPasswordData", json!({ "InstanceId": id }))["PasswordData"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(sealed(&mut lab), "", "not before it is up");
    lab.wait(1_200);
    let data = sealed(&mut lab);
    let password = ec2_lab_engine::keys::open(&data, &mine).unwrap();
    assert_eq!(password.len(), 32);
    assert_eq!(ec2_lab_engine::keys::open(&data, &other), None);
    // The instance keeps its copy of the public half.
    lab.ok("DeleteKeyPair", json!({ "KeyName": "mine" }));
    assert_eq!(sealed(&mut lab), data);
    lab.ok(
        "CreateKeyPair",
        json!({ "KeyName": "short", "KeyType": "ed25519" }),
    );
    let wrong = lab
        .run(json!({ "ImageId": windows, "KeyName": "short" }))
        .unwrap_err();
    assert_eq!(wrong.code(), "Unsupported");
}

#[test]
fn one_public_key_in_two_regions() {
    let mut lab = Lab::new();
    let material = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSUFBQkFnTUVCUVlIQ0FrS0N3d05EZzhRRVJJVEZCVVdGeGdaR2hzY0hSNGYgbWU=";
    let input = json!({ "KeyName": "mine", "PublicKeyMaterial": material });
    let here = lab.ok("ImportKeyPair", input.clone());
    lab.caller = lab.in_region("eu-west-1");
    let there = lab.ok("ImportKeyPair", input);
    assert_eq!(here["KeyFingerprint"], there["KeyFingerprint"]);
    assert_ne!(here["KeyPairId"], there["KeyPairId"]);
}
