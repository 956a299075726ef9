//! What each type of volume takes, against AWS's table
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>).

use crate::chance::Chance;
use crate::lab::{Lab, cases};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

/// AWS's table: type, least and most GiB, IOPS to buy, IOPS a GiB, MiB/s to buy.
type Row = (
    &'static str,
    i64,
    i64,
    Option<(i64, i64)>,
    i64,
    Option<(i64, i64)>,
);
const TABLE: [Row; 7] = [
    (
        "gp3",
        1,
        65_536,
        Some((3_000, 80_000)),
        500,
        Some((125, 2_000)),
    ),
    ("gp2", 1, 16_384, None, 0, None),
    ("io2", 4, 65_536, Some((100, 256_000)), 1_000, None),
    ("io1", 4, 16_384, Some((100, 64_000)), 50, None),
    ("st1", 125, 16_384, None, 0, None),
    ("sc1", 125, 16_384, None, 0, None),
    ("standard", 1, 1_024, None, 0, None),
];

/// Whether AWS's table takes such a volume.
fn taken(row: Row, size: i64, iops: Option<i64>, throughput: Option<i64>) -> bool {
    let (name, least, most, range, ratio, speeds) = row;
    let iops_fit = match (range, iops) {
        (None, iops) => iops.is_none(),
        (Some(_), None) => name == "gp3",
        (Some((low, high)), Some(iops)) => {
            (low..=high).contains(&iops) && (iops <= ratio * size || name == "gp3" && iops == 3_000)
        }
    };
    let speed_fits = match (speeds, throughput) {
        (None, speed) => speed.is_none(),
        (Some(_), None) => true,
        (Some((low, high)), Some(speed)) => {
            (low..=high).contains(&speed) && 4 * speed <= iops.unwrap_or(3_000)
        }
    };
    (least..=most).contains(&size) && iops_fit && speed_fits
}

#[test]
fn a_volume_is_made_exactly_when_the_table_takes_it() {
    let lab = Lab::new();
    let mut chance = Chance::new(5);
    let (mut made, mut refused) = (0, 0);
    for _ in 0..cases(4_000) {
        let row = *chance.pick(&TABLE);
        let near = |chance: &mut Chance, edge: i64| edge + *chance.pick(&[-1, 0, 1, 2, 40]);
        let edge = *chance.pick(&[row.1, row.2, 8, 160]);
        let size = near(&mut chance, edge).max(0);
        let iops = row.3.filter(|_| chance.percent(80)).map(|(low, high)| {
            let edge = *chance.pick(&[low, high, size * row.4]);
            near(&mut chance, edge).max(0)
        });
        let iops = if row.3.is_none() && chance.percent(10) {
            Some(3_000)
        } else {
            iops
        };
        let throughput = row.5.filter(|_| chance.percent(60)).map(|(low, high)| {
            let edge = *chance.pick(&[low, high, iops.unwrap_or(3_000) / 4]);
            near(&mut chance, edge).max(0)
        });
        let mut input =
            json!({ "AvailabilityZone": "us-east-1a", "VolumeType": row.0, "Size": size });
        if let Some(iops) = iops {
            input["Iops"] = json!(iops);
        }
        if let Some(throughput) = throughput {
            input["Throughput"] = json!(throughput);
        }
        let answer = lab.clone().execute("CreateVolume", input.clone());
        assert_eq!(
            answer.is_ok(),
            taken(row, size, iops, throughput),
            "{input}: {answer:?}"
        );
        match answer {
            Ok(volume) => {
                made += 1;
                assert_eq!(volume["Size"], json!(size));
                assert_eq!(volume["Throughput"].is_null(), row.5.is_none());
            }
            Err(_) => refused += 1,
        }
    }
    assert!(made > 300 && refused > 300, "{made} {refused}");
}

#[test]
fn gp2_has_three_iops_a_gib_between_100_and_16_000() {
    let mut lab = Lab::new();
    for (size, iops) in [
        (1, 100),
        (33, 100),
        (34, 102),
        (1_000, 3_000),
        (5_333, 15_999),
        (5_334, 16_000),
        (16_384, 16_000),
    ] {
        let made = lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": "us-east-1a", "Size": size }),
        );
        assert_eq!(
            (&made["VolumeType"], &made["Iops"]),
            (&json!("gp2"), &json!(iops)),
            "{size}"
        );
    }
}

#[test]
fn refusals_have_awss_codes() {
    let mut lab = Lab::new();
    let mut code = |more: Value| {
        let mut input = json!({ "AvailabilityZone": "us-east-1a", "Size": 100 });
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        lab.code("CreateVolume", input)
    };
    assert_eq!(code(json!({ "VolumeType": "tape" })), "UnknownVolumeType");
    assert_eq!(code(json!({ "VolumeType": "io2" })), "MissingParameter");
    assert_eq!(
        code(json!({ "VolumeType": "gp2", "Iops": 3_000 })),
        "InvalidParameterCombination"
    );
    assert_eq!(
        code(json!({ "VolumeType": "io1", "Iops": 200, "Throughput": 125 })),
        "InvalidParameterCombination"
    );
    assert_eq!(
        code(json!({ "KmsKeyId": "alias/aws/ebs" })),
        "InvalidParameterDependency"
    );
    assert_eq!(
        code(json!({ "AvailabilityZone": "eu-west-1a" })),
        "InvalidZone.NotFound"
    );
    assert_eq!(
        code(json!({ "SnapshotId": "snap-xyz" })),
        "InvalidSnapshotID.Malformed"
    );
    assert_eq!(
        code(json!({ "SnapshotId": "snap-0123456789abcdef0" })),
        "InvalidSnapshot.NotFound"
    );
}
