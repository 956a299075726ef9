//! The steps of random sequences that change volumes, snapshots and images.

use crate::sequences::{Step, pick};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;

const TYPES: [&str; 4] = ["gp2", "gp3", "io1", "st1"];
const DEVICES: [&str; 3] = ["/dev/sdf", "/dev/sdg", "/dev/xvda"];

/// The call of a step in this Region.
pub fn call(region: &RegionState, step: Step) -> Option<(&'static str, Value)> {
    macro_rules! ids {
        ($table:ident) => {
            region
                .$table
                .keys()
                .map(ToString::to_string)
                .collect::<Vec<String>>()
        };
    }
    let (first, second, third) = (step.first, step.second, step.third);
    let volume = pick(&ids!(volumes), first);
    let instance = pick(&ids!(instances), second);
    let snapshot = pick(&ids!(snapshots), first);
    let image = pick(&ids!(images), second);
    let device = pick(&DEVICES, second);
    let zone = pick(&["us-east-1a", "us-east-1b"], first);
    let kind = pick(&TYPES, second);
    Some(match step.operation % 12 {
        0 => (
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "Size": 1 + third % 200, "VolumeType": kind, "Encrypted": third.is_multiple_of(5) }),
        ),
        1 => (
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "SnapshotId": snapshot }),
        ),
        2 | 3 => (
            "AttachVolume",
            json!({ "VolumeId": volume, "InstanceId": instance, "Device": device }),
        ),
        4 => ("DetachVolume", json!({ "VolumeId": volume })),
        5 => ("DeleteVolume", json!({ "VolumeId": volume })),
        6 => (
            "ModifyVolume",
            json!({ "VolumeId": volume, "Size": 1 + third % 300, "VolumeType": kind }),
        ),
        7 => ("CreateSnapshot", json!({ "VolumeId": volume })),
        8 => {
            if third.is_multiple_of(2) {
                ("DeleteSnapshot", json!({ "SnapshotId": snapshot }))
            } else {
                (
                    "CopySnapshot",
                    json!({ "SourceRegion": "us-east-1", "SourceSnapshotId": snapshot, "Encrypted": third.is_multiple_of(3) }),
                )
            }
        }
        9 => (
            "CreateImage",
            json!({ "InstanceId": instance, "Name": format!("image-{}", third % 9) }),
        ),
        10 => {
            if third.is_multiple_of(2) {
                (
                    "DeregisterImage",
                    json!({ "ImageId": image, "DeleteAssociatedSnapshots": third.is_multiple_of(4) }),
                )
            } else {
                (
                    "CopyImage",
                    json!({ "SourceRegion": "us-east-1", "SourceImageId": image, "Name": format!("copy-{}", third % 9) }),
                )
            }
        }
        _ => (
            "RunInstances",
            json!({ "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "BlockDeviceMappings": [{ "DeviceName": device, "Ebs": { "VolumeSize": 8 + third % 30, "DeleteOnTermination": third.is_multiple_of(2) } }] }),
        ),
    })
}
