//! Disks as the operating system sees them: devices, file systems, mounts, and the files that stay on a volume
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-using-volumes.html>). While a volume is mounted its files lie among
//! the machine's; when it is unmounted they go back to the volume, wherever that goes next.

mod show;

use super::machine::Machine;
use crate::ids::{InstanceId, VolumeId};
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::resources::volume::{AttachmentState, Disk};
use crate::shell::Ran;
use std::collections::BTreeMap;

/// What is on a volume now: its own files, or those below its mount point.
pub(crate) fn contents(region: &RegionState, id: VolumeId) -> Disk {
    let Some(volume) = region.volumes.get(&id) else {
        return Disk::default();
    };
    let mut disk = volume.disk.clone();
    let mounted = volume
        .attachment
        .as_ref()
        .and_then(|tie| region.instances.get(&tie.instance))
        .and_then(|row| {
            let (point, _) = row.guest.mounts.iter().find(|(_, other)| **other == id)?;
            Some(below(&row.guest.files, point))
        });
    if let Some(files) = mounted {
        disk.files = files;
    }
    disk
}

/// The files below a folder, by their path from there.
fn below(files: &BTreeMap<String, String>, point: &str) -> BTreeMap<String, String> {
    files
        .iter()
        .filter_map(|(path, text)| {
            let rest = path.strip_prefix(point)?.strip_prefix('/')?;
            Some((rest.to_owned(), text.clone()))
        })
        .collect()
}

/// Takes a mount off: the files go back to the volume.
fn unmount(region: &mut RegionState, instance: InstanceId, point: &str) {
    let Some(row) = region.instances.get_mut(&instance) else {
        return;
    };
    let Some(id) = row.guest.mounts.remove(point) else {
        return;
    };
    let files = below(&row.guest.files, point);
    let inside = format!("{point}/");
    row.guest.files.retain(|path, _| !path.starts_with(&inside));
    if let Some(volume) = region.volumes.get_mut(&id) {
        volume.disk.files = files;
    }
}

/// The operating system goes down, or the volume goes: what was mounted is no longer.
pub(crate) fn unmount_all(region: &mut RegionState, instance: InstanceId, only: Option<VolumeId>) {
    let points: Vec<String> = region
        .instances
        .get(&instance)
        .into_iter()
        .flat_map(|row| &row.guest.mounts)
        .filter(|(_, id)| only.is_none_or(|only| only == **id))
        .map(|(point, _)| point.clone())
        .collect();
    for point in points {
        unmount(region, instance, &point);
    }
}

/// Mounts a volume with a file system.
fn mount(region: &mut RegionState, instance: InstanceId, id: VolumeId, point: &str) {
    let files = region
        .volumes
        .get_mut(&id)
        .map(|volume| std::mem::take(&mut volume.disk.files))
        .unwrap_or_default();
    if let Some(row) = region.instances.get_mut(&instance) {
        row.guest.mounts.insert(point.to_owned(), id);
        row.guest.files.extend(
            files
                .into_iter()
                .map(|(path, text)| (format!("{point}/{path}"), text)),
        );
    }
}

/// What `/etc/fstab` names is mounted when the system comes up.
pub(crate) fn mount_at_boot(region: &mut RegionState, instance: InstanceId) {
    let Some(row) = region.instances.get(&instance) else {
        return;
    };
    let table = row
        .guest
        .files
        .get("/etc/fstab")
        .cloned()
        .unwrap_or_default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [device, point, ..] = words.as_slice() else {
            continue;
        };
        let found = region
            .instances
            .get(&instance)
            .and_then(|row| volume(region, row, device));
        if let Some(id) = found.filter(|id| is_formatted(region, *id)) {
            mount(region, instance, id, point.trim_end_matches('/'));
        }
    }
}

fn is_formatted(region: &RegionState, id: VolumeId) -> bool {
    region
        .volumes
        .get(&id)
        .is_some_and(|volume| volume.disk.filesystem.is_some())
}

/// Whether the machine shows EBS volumes as NVMe devices, as all Nitro types do.
fn nvme(row: &Instance) -> bool {
    row.kind().is_some_and(|kind| kind.hypervisor == "nitro")
}

/// The device under which the operating system shows the volume of this place.
fn device(row: &Instance, place: usize) -> String {
    if nvme(row) {
        return format!("nvme{place}n1");
    }
    let name = row
        .volumes
        .get(place)
        .map(|(name, _)| name.trim_start_matches("/dev/"))
        .unwrap_or_default();
    name.strip_prefix("sd")
        .map_or_else(|| name.to_owned(), |rest| format!("xvd{rest}"))
}

/// The attached volume that a device name means: the one that was asked for, or the one that the system made of it.
fn volume(region: &RegionState, row: &Instance, name: &str) -> Option<VolumeId> {
    let plain = |name: &str| {
        let short = name.trim_start_matches("/dev/").to_owned();
        short
            .strip_prefix("sd")
            .map_or(short.clone(), |rest| format!("xvd{rest}"))
    };
    let wanted = plain(name);
    row.volumes
        .iter()
        .enumerate()
        .find(|(place, (known, _))| plain(known) == wanted || device(row, *place) == wanted)
        .map(|(_, (_, id))| *id)
        .filter(|id| {
            region
                .volumes
                .get(id)
                .and_then(|volume| volume.attachment.as_ref())
                .is_some_and(|tie| tie.state != AttachmentState::Attaching)
        })
}

/// Runs a program that has to do with disks; `None` for any other.
pub(super) fn program(machine: &mut Machine<'_>, words: &[&str]) -> Option<Ran> {
    Some(match words {
        ["lsblk", ..] => Ran::ok(show::lsblk(machine)?),
        ["df", ..] => Ran::ok(show::df(machine)?),
        ["mount"] => Ran::ok(show::mounts(machine)?),
        ["file", "-s", name] => show::file(machine, name),
        ["mkfs", "-t", kind, name] => mkfs(machine, kind, name, false),
        ["mkfs.xfs", "-f", name] => mkfs(machine, "xfs", name, true),
        ["mkfs.xfs", name] => mkfs(machine, "xfs", name, false),
        ["mkfs.ext4", name] => mkfs(machine, "ext4", name, true),
        ["mount", name, point] => mount_by_hand(machine, name, point),
        ["umount", point] => umount(machine, point),
        _ => return None,
    })
}

fn parts<'a>(machine: &'a Machine<'_>) -> Option<(&'a RegionState, &'a Instance)> {
    let region = machine.world.region(machine.caller)?;
    Some((region, region.instances.get(&machine.id)?))
}

fn for_root(machine: &Machine<'_>, name: &str) -> Option<Ran> {
    (machine.user != "root").then(|| {
        Ran::fail(
            1,
            format!("{name}: Permission denied. Only root may do this: sudo {name}"),
        )
    })
}

fn mkfs(machine: &mut Machine<'_>, kind: &str, name: &str, force: bool) -> Ran {
    if let Some(refused) = for_root(machine, "mkfs") {
        return refused;
    }
    let kind = match kind {
        "xfs" => "xfs",
        "ext4" => "ext4",
        other => {
            return Ran::fail(
                1,
                format!("mkfs: failed to execute mkfs.{other}: No such file or directory"),
            );
        }
    };
    let found = parts(machine).and_then(|(region, row)| {
        let id = volume(region, row, name)?;
        let used = row.guest.mounts.values().any(|other| *other == id)
            || region.root_volume(row).is_some_and(|root| root.id == id);
        Some((id, used, region.volumes.get(&id)?.disk.filesystem))
    });
    let Some((id, used, old)) = found else {
        return Ran::fail(
            1,
            format!("Error accessing specified device {name}: No such file or directory"),
        );
    };
    if used {
        return Ran::fail(
            1,
            format!("mkfs.{kind}: {name} contains a mounted filesystem"),
        );
    }
    if let Some(old) = old.filter(|_| !force) {
        return Ran::fail(
            1,
            format!(
                "mkfs.{kind}: {name} appears to contain an existing filesystem ({old}).\nmkfs.{kind}: Use the -f option to force overwrite."
            ),
        );
    }
    let region = machine.world.region_mut(machine.caller);
    if let Some(volume) = region.and_then(|region| region.volumes.get_mut(&id)) {
        volume.disk = Disk {
            filesystem: Some(kind),
            files: BTreeMap::new(),
        };
    }
    Ran::ok(format!("meta-data={name}  isize=512  agcount=4\n"))
}

fn mount_by_hand(machine: &mut Machine<'_>, name: &str, point: &str) -> Ran {
    if machine.user != "root" {
        return Ran::fail(
            32,
            format!("mount: {point}: must be superuser to use mount."),
        );
    }
    let point = point.trim_end_matches('/').to_owned();
    if !point.starts_with('/') {
        return Ran::fail(32, format!("mount: {point}: mount point does not exist."));
    }
    let found = parts(machine).and_then(|(region, row)| {
        let id = volume(region, row, name)?;
        let busy = row.guest.mounts.contains_key(&point)
            || row.guest.mounts.values().any(|other| *other == id)
            || region.root_volume(row).is_some_and(|root| root.id == id);
        Some((id, busy, is_formatted(region, id)))
    });
    match found {
        None => Ran::fail(
            32,
            format!("mount: {point}: special device {name} does not exist."),
        ),
        Some((_, true, _)) => Ran::fail(
            32,
            format!("mount: {point}: {name} already mounted or mount point busy."),
        ),
        Some((_, _, false)) => Ran::fail(
            32,
            format!(
                "mount: {point}: wrong fs type, bad option, bad superblock on {name}, missing codepage or helper program, or other error."
            ),
        ),
        Some((id, ..)) => {
            let instance = machine.id;
            if let Some(region) = machine.world.region_mut(machine.caller) {
                mount(region, instance, id, &point);
            }
            Ran::default()
        }
    }
}

fn umount(machine: &mut Machine<'_>, point: &str) -> Ran {
    if let Some(refused) = for_root(machine, "umount") {
        return refused;
    }
    let wanted = point.trim_end_matches('/');
    let found = parts(machine).and_then(|(region, row)| {
        let by_device = volume(region, row, point);
        row.guest
            .mounts
            .iter()
            .find(|(known, id)| known.as_str() == wanted || Some(**id) == by_device)
            .map(|(known, _)| known.clone())
    });
    let Some(known) = found else {
        return Ran::fail(32, format!("umount: {point}: not mounted."));
    };
    let instance = machine.id;
    if let Some(region) = machine.world.region_mut(machine.caller) {
        unmount(region, instance, &known);
    }
    Ran::default()
}
