//! DescribeSnapshots, and the snapshot that a call names: one's own, or one under a public image.

use crate::catalogue;
use crate::clock::Instant;
use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::{ResourceId, SnapshotId};
use crate::input::Input;
use crate::json::{Map, Value};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::volume::key::Sealed;
use crate::output::text;
use crate::pagination;
use crate::region::RegionState;
use crate::resources::snapshot::{Snapshot, System};
use crate::resources::tags::Tags;
use crate::resources::volume::Disk;
use crate::sharing;
use crate::world::{Caller, World};
use std::rc::Rc;

/// A snapshot of the account.
///
/// # Errors
/// `InvalidSnapshotID.Malformed`, `InvalidSnapshot.NotFound`.
pub(crate) fn find<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a Snapshot> {
    lookup::row_or(
        &region.snapshots,
        text,
        |id| ApiError::InvalidSnapshotNotFound { id },
        |id| ApiError::InvalidSnapshotIdMalformed { id },
    )
}

/// What a volume is made from.
#[derive(Clone, Debug)]
pub(crate) struct SnapshotSource {
    pub id: SnapshotId,
    pub size: u32,
    pub sealed: Sealed,
    pub system: Option<Rc<System>>,
    pub disk: Disk,
}

/// The public image over a snapshot of Amazon's.
fn public(region: &RegionState, id: SnapshotId) -> Option<&'static catalogue::Image> {
    catalogue::images().find(|image| image.snapshot(region.name) == id)
}

/// The snapshot of this id, ready to make a volume from: the caller's own, one that is shared with it, or one of Amazon's.
///
/// # Errors
/// `InvalidSnapshotID.Malformed`, `InvalidSnapshot.NotFound`, `IncorrectState` while it is pending.
pub(crate) fn source(
    world: &World,
    caller: &Caller,
    text: &str,
    now: Instant,
) -> ApiResult<SnapshotSource> {
    let missing = || ApiError::InvalidSnapshotNotFound {
        id: text.to_owned(),
    };
    let region = world.region(caller).ok_or_else(missing)?;
    let amazon = SnapshotId::parse(text).and_then(|id| Some((id, public(region, id)?)));
    if let Some((id, image)) = amazon {
        return Ok(SnapshotSource {
            id,
            size: image.root_volume_gib,
            sealed: Sealed::default(),
            system: None,
            disk: Disk::default(),
        });
    }
    let row = match SnapshotId::parse(text).and_then(|id| sharing::snapshot(world, caller, id)) {
        Some((_, row)) => row,
        None => find(region, text)?,
    };
    if !row.is_completed(now) {
        return Err(ApiError::IncorrectState {
            detail: format!(
                "Snapshot is in invalid state - {}: {}",
                row.state(now),
                row.id
            ),
        });
    }
    Ok(SnapshotSource {
        id: row.id,
        size: row.size,
        sealed: Sealed {
            encrypted: row.encrypted,
            key: row.kms_key.clone(),
            own: region.snapshots.contains(&row.id),
        },
        system: row.system.clone(),
        disk: row.disk.clone(),
    })
}

/// A snapshot as DescribeSnapshots shows it.
pub(super) fn full(region: &RegionState, row: &Snapshot, now: Instant) -> Value {
    let done = row.is_completed(now);
    object! {
        "StorageTier": "standard", "CompletionTime": done.then(|| text(row.completed)), "Tags": row.tags.describe(),
        "FullSnapshotSizeInBytes": row.full_bytes(), "SnapshotId": text(row.id), "VolumeId": volume(row),
        "State": row.state(now), "StateMessage": row.failed.0.filter(|_| now >= row.completed), "StartTime": text(row.started),
        "Progress": format!("{}%", row.progress(now)), "OwnerId": text(region.account),
        "Description": row.description.clone(), "VolumeSize": row.size, "Encrypted": row.encrypted,
        "KmsKeyId": row.kms_key.clone(),
    }
}

/// AWS shows this id for a copy, which has no volume.
fn volume(row: &Snapshot) -> String {
    row.volume
        .map_or_else(|| "vol-ffffffff".to_owned(), |id| id.to_string())
}

fn amazons(region: &RegionState, image: &catalogue::Image) -> Value {
    let alias = Some(image.owner_alias).filter(|alias| !alias.is_empty());
    object! {
        "OwnerAlias": alias, "StorageTier": "standard", "SnapshotId": text(image.snapshot(region.name)),
        "VolumeId": "vol-ffffffff", "State": "completed", "StartTime": image.created, "Progress": "100%",
        "OwnerId": image.owner_id, "Description": format!("Root volume of {}", image.name),
        "VolumeSize": image.root_volume_gib, "Encrypted": false,
    }
}

/// The account's snapshots and the public ones.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let own_id = region.account.to_string();
    let named = input.texts("SnapshotIds")?;
    for id in &named {
        let known = SnapshotId::parse(id).is_some_and(|id| {
            public(region, id).is_some() || sharing::snapshot(ctx.world, ctx.caller, id).is_some()
        });
        if !known {
            find(region, id)?;
        }
    }
    let owners = input.texts("OwnerIds")?;
    let users = input.texts("RestorableByUserIds")?;
    let filters = Filters::read(input)?;
    let mut rows: Vec<&Snapshot> = region.snapshots.values().collect();
    rows.sort_by_key(|row| row.serial);
    let wanted = |id: SnapshotId, owner: &[&str], all: bool| {
        (named.is_empty() || named.contains(&id.to_string().as_str()))
            && (owners.is_empty() || owner.iter().any(|owner| owners.contains(owner)))
            && (users.is_empty() || users.contains(&"self") || (all && users.contains(&"all")))
    };
    let untagged = Tags::default();
    let mut shown = Vec::new();
    for row in rows {
        let fits = filters.pass(&row.tags, |name| values(region, row, now, name))?;
        let open = row.permissions.iter().any(|user| user == "all");
        if fits && wanted(row.id, &["self", &own_id], open) {
            shown.push(full(region, row, now));
        }
    }
    for owner in ctx.world.accounts_in(region.name) {
        let mut rows: Vec<&Snapshot> = owner
            .snapshots
            .values()
            .filter(|row| {
                owner.account != region.account && sharing::opens(owner, row, region.account)
            })
            .collect();
        rows.sort_by_key(|row| row.serial);
        for row in rows {
            let fits = filters.pass(&untagged, |name| values(owner, row, now, name))?;
            let open = row.permissions.iter().any(|user| user == "all");
            if fits && wanted(row.id, &[&owner.account.to_string()], open) {
                // Tags are the owner's own; nobody else sees them.
                let mut shown_row = full(owner, row, now);
                if let Some(map) = shown_row.as_object_mut() {
                    map.remove("Tags");
                }
                shown.push(shown_row);
            }
        }
    }
    for image in catalogue::images() {
        let row = amazons(region, image);
        let field = |key: &str| {
            row.get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .into_iter()
                .collect::<Vec<_>>()
        };
        let fits = filters.pass(&Tags::default(), |name| {
            Some(match name {
                "snapshot-id" => field("SnapshotId"),
                "owner-id" => field("OwnerId"),
                "owner-alias" => field("OwnerAlias"),
                "description" => field("Description"),
                "volume-id" => field("VolumeId"),
                "status" => field("State"),
                "progress" => field("Progress"),
                "start-time" => field("StartTime"),
                "storage-tier" => field("StorageTier"),
                "volume-size" => vec![image.root_volume_gib.to_string()],
                "encrypted" => vec!["false".to_owned()],
                "transfer-type" | "region" => Vec::new(),
                _ => return None,
            })
        })?;
        let alias = image.owner_alias;
        if fits && wanted(image.snapshot(region.name), &[image.owner_id, alias], true) {
            shown.push(row);
        }
    }
    let (page, next) = pagination::page(input, shown)?;
    let mut answer = Map::new();
    answer.insert("Snapshots".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}

fn values(region: &RegionState, row: &Snapshot, now: Instant, name: &str) -> Option<Vec<String>> {
    Some(vec![match name {
        "snapshot-id" => row.id.to_string(),
        "owner-id" => region.account.to_string(),
        "description" => row.description.clone(),
        "volume-id" => volume(row),
        "volume-size" => row.size.to_string(),
        "status" => row.state(now).to_owned(),
        "progress" => format!("{}%", row.progress(now)),
        "start-time" => return Some(row.started.in_filters()),
        "storage-tier" => "standard".to_owned(),
        "encrypted" => row.encrypted.to_string(),
        "owner-alias" | "transfer-type" | "region" => return Some(Vec::new()),
        _ => return None,
    }])
}
