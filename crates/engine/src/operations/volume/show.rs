//! DescribeVolumes, DescribeVolumeStatus (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::volume::{Volume, VolumeAttachment};

/// A volume.
///
/// # Errors
/// `InvalidVolumeID.Malformed`, `InvalidVolume.NotFound`.
pub(crate) fn find<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a Volume> {
    lookup::row_or(
        &region.volumes,
        text,
        |id| ApiError::InvalidVolumeNotFound { id },
        |id| ApiError::InvalidVolumeIdMalformed { id },
    )
}

/// A volume's tie to an instance, as volume calls show it.
pub(super) fn attachment(row: &Volume, tie: &VolumeAttachment) -> Value {
    object! {
        "DeleteOnTermination": tie.delete_on_termination, "VolumeId": text(row.id), "InstanceId": text(tie.instance),
        "Device": tie.device.clone(), "State": tie.state.as_str(), "AttachTime": text(tie.attached),
    }
}

/// What all volume calls show.
fn common(row: &Volume) -> Value {
    object! {
        "Iops": row.shape.iops, "Tags": row.tags.describe(), "VolumeType": row.shape.kind.as_str(),
        "MultiAttachEnabled": row.multi_attach, "Throughput": row.shape.throughput, "VolumeId": text(row.id),
        "Size": row.shape.size, "SnapshotId": row.snapshot.map_or_else(String::new, |id| id.to_string()),
        "AvailabilityZone": row.zone, "State": row.state.as_str(), "CreateTime": text(row.created),
        "KmsKeyId": row.kms_key.clone(), "Encrypted": row.encrypted,
    }
}

/// A volume as the call that made it shows it.
pub(super) fn made(region: &RegionState, row: &Volume) -> Value {
    let mut shown = common(row);
    if let Some(map) = shown.as_object_mut() {
        map.insert(
            "AvailabilityZoneId".to_owned(),
            region.zone_id(row.zone).into(),
        );
    }
    shown
}

fn full(region: &RegionState, row: &Volume) -> Value {
    let mut shown = made(region, row);
    if let Some(map) = shown.as_object_mut() {
        let ties: Vec<Value> = row
            .attachment
            .iter()
            .map(|tie| attachment(row, tie))
            .collect();
        map.insert("Attachments".to_owned(), Value::Array(ties));
        map.insert("Operator".to_owned(), json!({ "Managed": false }));
    }
    shown
}

/// The volumes.
///
/// # Errors
/// `InvalidVolume.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.volumes, &input.texts("VolumeIds")?, |id| {
        find(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    lookup::describe(
        input,
        "Volumes",
        rows,
        |row, name| values(region, row, name),
        |row| full(region, row),
    )
}

fn values(region: &RegionState, row: &Volume, name: &str) -> Option<Vec<String>> {
    let tie = row.attachment.as_ref();
    let list = |value: Option<String>| Some(value.into_iter().collect());
    match name {
        "attachment.instance-id" => list(tie.map(|tie| tie.instance.to_string())),
        "attachment.device" => list(tie.map(|tie| tie.device.clone())),
        "attachment.status" => list(tie.map(|tie| tie.state.as_str().to_owned())),
        "attachment.delete-on-termination" => {
            list(tie.map(|tie| tie.delete_on_termination.to_string()))
        }
        "attachment.attach-time" => {
            Some(tie.map(|tie| tie.attached.in_filters()).unwrap_or_default())
        }
        "availability-zone" => list(Some(row.zone.to_owned())),
        "availability-zone-id" => list(Some(region.zone_id(row.zone).to_owned())),
        "create-time" => Some(row.created.in_filters()),
        "encrypted" => list(Some(row.encrypted.to_string())),
        "multi-attach-enabled" => list(Some(row.multi_attach.to_string())),
        "fast-restored" | "operator.managed" => list(Some("false".to_owned())),
        "operator.principal" | "source-volume-id" => list(None),
        "size" => list(Some(row.shape.size.to_string())),
        "snapshot-id" => list(row.snapshot.map(|id| id.to_string())),
        "status" => list(Some(row.state.as_str().to_owned())),
        "volume-id" => list(Some(row.id.to_string())),
        "volume-type" => list(Some(row.shape.kind.as_str().to_owned())),
        _ => None,
    }
}

/// The volumes' checks: all pass, the lab's disks do not fail by themselves.
///
/// # Errors
/// As [`describe`].
pub fn status(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.volumes, &input.texts("VolumeIds")?, |id| {
        find(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &Volume, name: &str| {
        Some(vec![match name {
            "availability-zone" => row.zone.to_owned(),
            "availability-zone-id" => region.zone_id(row.zone).to_owned(),
            "operator.managed" => "false".to_owned(),
            "volume-status.status" => "ok".to_owned(),
            "volume-status.details-name" => {
                return Some(vec!["io-enabled".to_owned(), "io-performance".to_owned()]);
            }
            "volume-status.details-status" => {
                return Some(vec!["passed".to_owned(), "not-applicable".to_owned()]);
            }
            // Actions and events belong to disks in trouble.
            "action.code" | "action.description" | "action.event-id" | "event.description"
            | "event.event-id" | "event.event-type" | "event.not-after" | "event.not-before"
            | "operator.principal" => {
                return Some(Vec::new());
            }
            _ => return None,
        }])
    };
    lookup::describe(input, "VolumeStatuses", rows, values, |row| {
        object! {
            "Actions": json!([]), "AvailabilityZone": row.zone, "Events": json!([]), "VolumeId": text(row.id),
            "VolumeStatus": json!({
                "Details": [{ "Name": "io-enabled", "Status": "passed" }, { "Name": "io-performance", "Status": "not-applicable" }],
                "Status": "ok",
            }),
        }
    })
}
