//! Looking at disks: what there is, what is mounted where, how full it is.

use super::super::machine::Machine;
use super::{device, parts, volume};
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::shell::Ran;

/// Size and mount point of each disk, the root volume first.
fn disks(region: &RegionState, row: &Instance) -> Vec<(String, u32, String)> {
    let root = row.os().map_or("", |os| os.root_device_name);
    row.volumes
        .iter()
        .enumerate()
        .filter_map(|(place, (name, id))| {
            let volume = region.volumes.get(id)?;
            let point = if name == root {
                "/".to_owned()
            } else {
                row.guest
                    .mounts
                    .iter()
                    .find(|(_, other)| *other == id)
                    .map(|(point, _)| point.clone())
                    .unwrap_or_default()
            };
            Some((device(row, place), volume.shape.size, point))
        })
        .collect()
}

pub(super) fn lsblk(machine: &Machine<'_>) -> Option<String> {
    let (region, row) = parts(machine)?;
    let mut text = String::from("NAME        MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\n");
    for (at, (name, size, point)) in disks(region, row).into_iter().enumerate() {
        let shown = if point == "/" { "" } else { point.as_str() };
        text.push_str(&format!(
            "{name:<11} 259:{:<3}  0 {size:>4}G  0 disk {shown}\n",
            at * 2
        ));
        if point == "/" {
            let part = format!("└─{name}p1");
            text.push_str(&format!(
                "{part:<11} 259:{:<3}  0 {size:>4}G  0 part /\n",
                at * 2 + 1
            ));
        }
    }
    Some(text)
}

pub(super) fn df(machine: &Machine<'_>) -> Option<String> {
    let (region, row) = parts(machine)?;
    let mut text = String::from("Filesystem        Size  Used Avail Use% Mounted on\n");
    for (name, size, point) in disks(region, row) {
        if point.is_empty() {
            continue;
        }
        let used = if point == "/" { 1.6_f64 } else { 0.1 };
        let size = f64::from(size);
        let source = if point == "/" {
            format!("/dev/{name}p1")
        } else {
            format!("/dev/{name}")
        };
        text.push_str(&format!(
            "{source:<16} {size:>4.0}G {used:>4.1}G {:>4.1}G {:>3.0}% {point}\n",
            size - used,
            used * 100.0 / size
        ));
    }
    Some(text)
}

pub(super) fn mounts(machine: &Machine<'_>) -> Option<String> {
    let (region, row) = parts(machine)?;
    Some(
        disks(region, row)
            .into_iter()
            .filter(|(_, _, point)| !point.is_empty())
            .map(|(name, _, point)| format!("/dev/{name} on {point} type xfs (rw,relatime)\n"))
            .collect(),
    )
}

pub(super) fn file(machine: &Machine<'_>, name: &str) -> Ran {
    let found = parts(machine).and_then(|(region, row)| {
        let id = volume(region, row, name)?;
        region.volumes.get(&id)
    });
    match found.map(|volume| volume.disk.filesystem) {
        None => Ran::ok(format!(
            "{name}: cannot open `{name}' (No such file or directory)\n"
        )),
        Some(None) => Ran::ok(format!("{name}: data\n")),
        Some(Some("xfs")) => Ran::ok(format!(
            "{name}: SGI XFS filesystem data (blksz 4096, inosz 512, v2 dirs)\n"
        )),
        Some(Some(kind)) => Ran::ok(format!("{name}: Linux rev 1.0 {kind} filesystem data\n")),
    }
}
