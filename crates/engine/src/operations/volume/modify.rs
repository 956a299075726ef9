//! ModifyVolume, DescribeVolumesModifications
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html>).

use super::shape::Wanted;
use super::show;
use crate::clock::{HOUR, Instant, MINUTE, SECOND};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::resources::volume::{Modification, Volume, VolumeShape, VolumeState, VolumeType};
use serde_json::Value;

/// How long a volume must be left alone after a change.
const REST: u64 = 6 * HOUR;

/// Makes a volume larger, faster or of another type while it is used.
///
/// # Errors
/// `InvalidParameterValue` for less room than before, `VolumeModificationRateExceeded` within six hours of the last change.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let row = show::find(ctx.region()?, input.required("VolumeId")?)?;
    if row.state == VolumeState::Creating {
        return Err(ApiError::IncorrectState {
            detail: format!("{} is not 'available' or 'in-use'.", row.id),
        });
    }
    let wanted = Wanted::read(input, "Size")?;
    if [wanted.size, wanted.iops, wanted.throughput]
        .iter()
        .all(Option::is_none)
        && wanted.kind.is_none()
    {
        return Err(ApiError::InvalidParameterCombination {
            detail: "The request must contain the parameter size, iops, throughput or volumeType."
                .to_owned(),
        });
    }
    let from = row.shape;
    if wanted.size.is_some_and(|size| size < i64::from(from.size)) {
        return Err(ApiError::InvalidParameterValue {
            detail: "New size cannot be smaller than existing size".to_owned(),
        });
    }
    if row
        .modification
        .as_ref()
        .is_some_and(|last| now < last.started.plus(REST))
    {
        return Err(ApiError::VolumeModificationRateExceeded {});
    }
    let same = wanted.kind.is_none_or(|kind| kind == from.kind);
    let kept = |given: Option<i64>, old: Option<u32>| {
        given.or(old
            .filter(|_| same && from.kind.bounds().iops.is_some())
            .map(i64::from))
    };
    let to = Wanted {
        size: Some(wanted.size.unwrap_or(i64::from(from.size))),
        kind: Some(wanted.kind.unwrap_or(from.kind)),
        iops: kept(wanted.iops, from.iops),
        throughput: kept(wanted.throughput, from.throughput),
    }
    .shape(VolumeType::Gp3, None)?;
    let id = row.id;
    let modification = Modification {
        from,
        to,
        started: now,
        optimizing: now.plus(10 * SECOND),
        completed: now.plus(10 * SECOND + u64::from(to.size.min(1_000)) * MINUTE / 4),
    };
    let shown = show_one(now, id.to_string(), &modification);
    if let Some(row) = ctx.region_mut()?.volumes.get_mut(&id) {
        row.shape = to;
        row.modification = Some(modification);
    }
    Ok(object! { "VolumeModification": shown })
}

fn state(now: Instant, row: &Modification) -> (&'static str, u64) {
    if now < row.optimizing {
        return ("modifying", 0);
    }
    if now >= row.completed {
        return ("completed", 100);
    }
    let all = row.completed.since(row.optimizing).max(1);
    ("optimizing", now.since(row.optimizing) * 100 / all)
}

fn show_one(now: Instant, id: String, row: &Modification) -> Value {
    let (state, progress) = state(now, row);
    let VolumeShape {
        size,
        kind,
        iops,
        throughput,
    } = row.to;
    object! {
        "VolumeId": id, "ModificationState": state, "TargetSize": size, "TargetIops": iops,
        "TargetVolumeType": kind.as_str(), "TargetThroughput": throughput, "TargetMultiAttachEnabled": false,
        "OriginalSize": row.from.size, "OriginalIops": row.from.iops, "OriginalVolumeType": row.from.kind.as_str(),
        "OriginalThroughput": row.from.throughput, "OriginalMultiAttachEnabled": false, "Progress": progress,
        "StartTime": text(row.started), "EndTime": (state == "completed").then(|| text(row.completed)),
    }
}

/// The changes, one for each volume that was ever changed.
///
/// # Errors
/// `InvalidVolume.NotFound`, `InvalidVolumeModification.NotFound` for a volume that was not, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let ids = input.texts("VolumeIds")?;
    let rows = lookup::named(&region.volumes, &ids, |id| show::find(region, id))?;
    if let Some(row) = rows
        .iter()
        .find(|row| !ids.is_empty() && row.modification.is_none())
    {
        return Err(ApiError::InvalidVolumeModificationNotFound {
            id: row.id.to_string(),
        });
    }
    let rows = rows
        .into_iter()
        .filter(|row| row.modification.is_some())
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &Volume, name: &str| {
        let change = row.modification.as_ref()?;
        Some(vec![match name {
            "volume-id" => row.id.to_string(),
            "modification-state" => state(now, change).0.to_owned(),
            "original-size" => change.from.size.to_string(),
            "target-size" => change.to.size.to_string(),
            "original-volume-type" => change.from.kind.as_str().to_owned(),
            "target-volume-type" => change.to.kind.as_str().to_owned(),
            "original-iops" => change.from.iops?.to_string(),
            "target-iops" => change.to.iops?.to_string(),
            "start-time" => return Some(change.started.in_filters()),
            _ => return None,
        }])
    };
    lookup::describe(input, "VolumesModifications", rows, values, |row| {
        row.modification.as_ref().map_or(Value::Null, |change| {
            show_one(now, row.id.to_string(), change)
        })
    })
}
