//! The table of the account's snapshots.

use crate::app::use_app;
use crate::state::App;
use crate::ui::components::{
    Button, Cell, Column, EmptyState, IconName, Row, Selection, StatusIndicator, StatusKind, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use crate::ui::console::sharing::dialog::{ShareDialog, What};
use ec2_lab_engine::clock::Instant;
use ec2_lab_engine::ids::{ResourceId, SnapshotId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::snapshot::Snapshot;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "Snapshot ID"),
        Column::new("state", "State"),
        Column::new("size", "Volume size").numeric(),
        Column::new("full", "Full size").numeric(),
        Column::new("stored", "Kept for it alone").numeric(),
        Column::new("volume", "Of volume"),
        Column::new("encrypted", "Encrypted"),
        Column::new("description", "Description").wraps(),
    ]
}

/// A number of bytes in words.
fn amount(bytes: u64) -> String {
    let tenths = bytes / 1_048_576 * 10 / 1_024;
    if tenths >= 10 {
        format!("{}.{} GiB", tenths / 10, tenths % 10)
    } else {
        format!("{} MiB", bytes.div_ceil(1_048_576))
    }
}

fn row(app: &App, region: &RegionState, snapshot: &Snapshot, now: Instant) -> Row {
    let (kind, words) = if snapshot.is_completed(now) {
        (StatusKind::Success, "Completed".to_owned())
    } else if snapshot.state(now) == "error" {
        (
            StatusKind::Error,
            "Error: its key is not accessible".to_owned(),
        )
    } else {
        (
            StatusKind::InProgress,
            format!("Pending, {} %", snapshot.progress(now)),
        )
    };
    let state = html! { <StatusIndicator {kind}>{ words.clone() }</StatusIndicator> };
    Row::new(
        snapshot.id.to_string(),
        snapshot.id.to_string(),
        vec![
            parts::copyable_cell(app, Some(snapshot.id), "the snapshot ID"),
            Cell::view(state, words),
            Cell::text(format!("{} GiB", snapshot.size)),
            Cell::text(amount(snapshot.full_bytes())),
            Cell::text(amount(
                snapshot.stored_bytes(region.snapshot_before(snapshot)),
            )),
            Cell::code(
                snapshot
                    .volume
                    .map_or_else(|| "a copy".to_owned(), |id| id.to_string()),
            ),
            Cell::text(if snapshot.encrypted { "Yes" } else { "No" }),
            Cell::text(snapshot.description.clone()),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Volume,
    Share,
    Delete,
}

/// The table and its dialogs.
#[component]
pub fn Snapshots() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let chosen_id = use_state(|| None::<SnapshotId>);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let now = app.session.world().now();
    let chosen = chosen_id.and_then(|id| region.snapshots.get(&id));
    let rows: Vec<Row> = parts::by_serial(region.snapshots.values(), |row| row.serial)
        .into_iter()
        .map(|snapshot| row(&app, region, snapshot, now))
        .collect();
    let onselect = {
        let chosen = chosen_id.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            chosen.set(ids.iter().next().and_then(|text| SnapshotId::parse(text)));
        })
    };
    let onclose = open.close();
    let first = chosen
        .is_none()
        .then(|| AttrValue::from("Choose a snapshot first."));
    let actions = html! {
        if !rows.is_empty() {
            <>
                <Button id="snapshot-delete" onclick={open.show(Open::Delete)} disabled_reason={first.clone()}>{ "Delete" }</Button>
                <Button id="snapshot-share" onclick={open.show(Open::Share)} disabled_reason={first.clone()}>{ "Share" }</Button>
                <Button id="snapshot-volume" onclick={open.show(Open::Volume)} disabled_reason={first}>{ "Create volume" }</Button>
            </>
        }
    };
    let empty = html! {
        <EmptyState title="No snapshots" icon={IconName::Volume}>
            { "A snapshot is a copy of a volume as it was at one moment. It outlives the volume, and leads to another zone, another Region or another account." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|row| AttrValue::from(row.id.to_string()))
        .collect();
    let zone = region
        .instances_by_serial()
        .last()
        .map_or_else(|| format!("{}a", region.name), |row| row.zone.to_owned());
    html! {
        <>
            <Table id="snapshots" title="Snapshots" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} />
            if let Some(snapshot) = chosen {
                <ShareDialog what={What::Snapshot(snapshot.id)} open={open.is(Open::Share)} onclose={onclose.clone()} />
                <Confirm id="snapshot-volume-dialog" open={open.is(Open::Volume)} title={format!("Create a volume in {zone}?")}
                    action="Create volume" onclose={onclose.clone()}
                    calls={vec![app.call("CreateVolume", json!({ "AvailabilityZone": zone, "SnapshotId": snapshot.id.to_string(), "VolumeType": "gp3" }))]}>
                    <p>{ "It begins with what was on the disk when the snapshot was taken." }</p>
                </Confirm>
                <Confirm id="snapshot-delete-dialog" open={open.is(Open::Delete)} title={format!("Delete {}?", snapshot.id)}
                    action="Delete" calls={vec![app.call("DeleteSnapshot", json!({ "SnapshotId": snapshot.id.to_string() }))]} {onclose}>
                    <p>{ "Volumes that were made from it stay as they are. No new one can be made." }</p>
                </Confirm>
            }
        </>
    }
}
