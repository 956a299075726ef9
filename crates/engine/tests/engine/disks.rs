//! A file on each kind of disk through the life of an instance: what is there afterwards.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::json;

/// Output and exit status of a line inside a machine.
fn run(lab: &mut Lab, id: &str, line: &str) -> (String, i64) {
    let answer = lab.ok(
        "RunInGuest",
        json!({ "InstanceId": id, "User": "ec2-user", "Command": line }),
    );
    let out = format!("{}{}", text(&answer["Output"]), text(&answer["Error"]));
    (out, answer["Exit"].as_i64().unwrap())
}

fn volume(lab: &mut Lab, id: &str) -> String {
    let zone = lab.row(id)["Placement"]["AvailabilityZone"].clone();
    let volume = text(
        &lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "Size": 5 }),
        )["VolumeId"],
    );
    lab.wait(10);
    attach(lab, &volume, id);
    volume
}

fn attach(lab: &mut Lab, volume: &str, id: &str) {
    lab.ok(
        "AttachVolume",
        json!({ "VolumeId": volume, "InstanceId": id, "Device": "/dev/sdf" }),
    );
    lab.wait(10);
}

fn detach(lab: &mut Lab, volume: &str) {
    lab.ok("DetachVolume", json!({ "VolumeId": volume }));
    lab.wait(10);
}

#[test]
fn a_new_disk_is_shown_formatted_mounted_and_written_to() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    volume(&mut lab, &id);
    let (disks, _) = run(&mut lab, &id, "lsblk");
    assert!(
        disks.contains("nvme0n1p1") && disks.contains("nvme1n1") && disks.contains("5G"),
        "{disks}"
    );
    assert_eq!(
        run(&mut lab, &id, "sudo file -s /dev/nvme1n1").0,
        "/dev/nvme1n1: data\n"
    );
    let (why, exit) = run(&mut lab, &id, "sudo mount /dev/nvme1n1 /data");
    assert!(exit == 32 && why.contains("wrong fs type"), "{why}");
    assert_ne!(
        run(&mut lab, &id, "mkfs -t xfs /dev/nvme1n1").1,
        0,
        "only root may"
    );
    // The name that was asked for leads to the same disk.
    assert_eq!(run(&mut lab, &id, "sudo mkfs -t xfs /dev/sdf").1, 0);
    let (why, exit) = run(&mut lab, &id, "sudo mkfs -t xfs /dev/sdf");
    assert!(exit != 0 && why.contains("existing filesystem"), "{why}");
    assert_eq!(run(&mut lab, &id, "sudo mount /dev/xvdf /data").1, 0);
    assert!(run(&mut lab, &id, "df -h").0.contains("/data"));
    assert_ne!(
        run(&mut lab, &id, "sudo mkfs -t xfs /dev/nvme0n1").1,
        0,
        "the root volume is in use"
    );
}

#[test]
fn what_is_on_a_disk_goes_with_the_disk() {
    let mut lab = Lab::new();
    let first = lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } }));
    let second = lab.up(json!({ "Placement": { "AvailabilityZone": "us-east-1a" } }));
    let data = volume(&mut lab, &first);
    run(&mut lab, &first, "sudo mkfs -t xfs /dev/sdf");
    run(&mut lab, &first, "sudo mount /dev/sdf /data");
    run(&mut lab, &first, "echo kept | sudo tee /data/file");
    run(&mut lab, &first, "echo root > /home/ec2-user/file");
    let snapshot = text(&lab.ok("CreateSnapshot", json!({ "VolumeId": data }))["SnapshotId"]);
    run(&mut lab, &first, "echo later | sudo tee /data/later");
    assert_eq!(run(&mut lab, &first, "cat /data/file").0, "kept\n");
    // A reboot: the disk is not mounted any more, its files are still on it.
    lab.ok("RebootInstances", json!({ "InstanceIds": [first] }));
    lab.settle();
    assert_ne!(run(&mut lab, &first, "cat /data/file").1, 0);
    run(&mut lab, &first, "sudo mount /dev/sdf /data");
    assert_eq!(run(&mut lab, &first, "cat /data/file").0, "kept\n");
    assert_eq!(run(&mut lab, &first, "cat /home/ec2-user/file").0, "root\n");
    // To another instance: the file comes along, the root volume's does not.
    detach(&mut lab, &data);
    assert_ne!(run(&mut lab, &first, "cat /data/file").1, 0);
    attach(&mut lab, &data, &second);
    run(&mut lab, &second, "sudo mount /dev/sdf /mnt");
    assert_eq!(
        run(&mut lab, &second, "cat /mnt/file /mnt/later").0,
        "kept\nlater\n"
    );
    assert_ne!(run(&mut lab, &second, "cat /home/ec2-user/file").1, 0);
    // From the snapshot: what was there when it was taken.
    let zone = json!("us-east-1a");
    let old = text(
        &lab.ok(
            "CreateVolume",
            json!({ "AvailabilityZone": zone, "SnapshotId": snapshot }),
        )["VolumeId"],
    );
    lab.wait(10);
    attach(&mut lab, &old, &first);
    run(&mut lab, &first, "sudo mount /dev/sdf /old");
    assert_eq!(run(&mut lab, &first, "cat /old/file").0, "kept\n");
    assert_ne!(run(&mut lab, &first, "cat /old/later").1, 0);
}

#[test]
fn fstab_mounts_at_every_boot_and_an_image_takes_both_disks() {
    let mut lab = Lab::new();
    let id = lab.up(json!({}));
    volume(&mut lab, &id);
    run(&mut lab, &id, "sudo mkfs -t ext4 /dev/sdf");
    run(
        &mut lab,
        &id,
        "echo '/dev/nvme1n1 /data ext4 defaults,nofail 0 2' | sudo tee -a /etc/fstab",
    );
    lab.ok("RebootInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    run(&mut lab, &id, "echo data | sudo tee /data/file");
    lab.ok("StopInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    lab.ok("StartInstances", json!({ "InstanceIds": [id] }));
    lab.settle();
    assert_eq!(run(&mut lab, &id, "cat /data/file").0, "data\n");
    let image =
        text(&lab.ok("CreateImage", json!({ "InstanceId": id, "Name": "both" }))["ImageId"]);
    lab.settle();
    let copy = lab.up(json!({ "ImageId": image }));
    assert_eq!(run(&mut lab, &copy, "cat /data/file").0, "data\n");
    // From then on each has its own.
    run(&mut lab, &copy, "echo other | sudo tee /data/file");
    assert_eq!(run(&mut lab, &id, "cat /data/file").0, "data\n");
}
