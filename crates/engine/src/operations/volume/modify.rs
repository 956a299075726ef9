//! ModifyVolume, DescribeVolumesModifications
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html>).

use super::shape::Wanted;
use super::{make, show};
use crate::clock::{HOUR, Instant, MINUTE, SECOND};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::resources::volume::{Modification, Volume, VolumeShape, VolumeState, VolumeType};

/// How often a volume may be changed within [`WINDOW`]
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html>).
const RATE: usize = 4;
/// In which time AWS counts the changes.
const WINDOW: u64 = 24 * HOUR;

/// Makes a volume larger, faster or of another type while it is used.
///
/// # Errors
/// `InvalidParameterValue` for less room than before, `IncorrectModificationState` while the change before goes on,
/// `VolumeModificationRateExceeded` for a fifth one within a day.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let row = show::find(region, input.required("VolumeId")?)?;
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
    let going = row.modification.as_ref().map(|last| state(now, last).0);
    if let Some(state) = going.filter(|state| *state != "completed") {
        return Err(ApiError::IncorrectModificationState {
            id: row.id.to_string(),
            state: state.to_ascii_uppercase(),
        });
    }
    let mut changes: Vec<Instant> = row.changes.clone();
    changes.retain(|begun| now.since(*begun) < WINDOW);
    if changes.len() >= RATE {
        return Err(ApiError::VolumeModificationRateExceeded {});
    }
    let to = target(from, wanted)?;
    let boots = row.attachment.as_ref().is_some_and(|tie| {
        region
            .instances
            .get(&tie.instance)
            .and_then(|instance| instance.os())
            .is_some_and(|os| os.root_device_name == tie.device)
    });
    if boots {
        to.kind.boots()?;
    }
    let id = row.id;
    let optimizing = now.plus(10 * SECOND);
    let modification = Modification {
        from,
        to,
        started: now,
        optimizing,
        completed: optimizing.plus(u64::from(to.size.min(1_000)) * MINUTE / 4),
    };
    let shown = show_one(now, id.to_string(), &modification);
    changes.push(now);
    if let Some(row) = ctx.region_mut()?.volumes.get_mut(&id) {
        row.modification = Some(modification);
        row.changes = changes;
    }
    make::look_at(ctx.world, ctx.caller, id, optimizing);
    Ok(object! { "VolumeModification": shown })
}

/// What a volume becomes: what the call leaves out stays, as far as the new type has it. AWS takes over the IOPS that there
/// were, within the bounds of the new type (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html>).
fn target(from: VolumeShape, wanted: Wanted) -> ApiResult<VolumeShape> {
    let kind = wanted.kind.unwrap_or(from.kind);
    let size = wanted.size.unwrap_or(i64::from(from.size));
    let bounds = kind.bounds();
    let kept = bounds.iops.map(|(low, high)| {
        let most = size.saturating_mul(i64::from(bounds.per_gib));
        i64::from(from.iops.unwrap_or(low).clamp(low, high)).min(most.max(i64::from(low)))
    });
    Wanted {
        size: Some(size),
        kind: Some(kind),
        iops: wanted.iops.or(kept),
        throughput: wanted.throughput.or(from
            .throughput
            .filter(|_| kind == VolumeType::Gp3)
            .map(i64::from)),
    }
    .shape(kind, None)
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
            "original-iops" => {
                return Some(change.from.iops.iter().map(ToString::to_string).collect());
            }
            "target-iops" => return Some(change.to.iops.iter().map(ToString::to_string).collect()),
            "start-time" => return Some(change.started.in_filters()),
            "originalMultiAttachEnabled" | "targetMultiAttachEnabled" | "operator.managed" => {
                "false".to_owned()
            }
            "operator.principal" => return Some(Vec::new()),
            _ => return None,
        }])
    };
    lookup::describe(input, "VolumesModifications", rows, values, |row| {
        row.modification.as_ref().map_or(Value::Null, |change| {
            show_one(now, row.id.to_string(), change)
        })
    })
}
