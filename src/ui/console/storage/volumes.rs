//! The table of volumes and its dialogs.

use super::attach::AttachDialog;
use super::create::CreateVolume;
use crate::app::use_app;
use crate::state::{App, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, IconName, Row, Selection, StatusIndicator,
    StatusKind, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{ResourceId, VolumeId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::volume::{AttachmentState, Volume, VolumeState};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "Volume ID"),
        Column::new("state", "State"),
        Column::new("size", "Size").numeric(),
        Column::new("type", "Type"),
        Column::new("instance", "Instance"),
        Column::new("device", "Device"),
        Column::new("zone", "Zone"),
        Column::new("fate", "At termination"),
        Column::new("encrypted", "Encrypted"),
    ]
}

/// A volume's state in words.
fn state(row: &Volume) -> (StatusKind, &'static str) {
    match (row.attachment.as_ref().map(|tie| tie.state), row.state) {
        (Some(AttachmentState::Attaching), _) => (StatusKind::Pending, "Attaching"),
        (Some(AttachmentState::Detaching), _) => (StatusKind::InProgress, "Detaching"),
        (_, VolumeState::Creating) => (StatusKind::Pending, "Creating"),
        (_, VolumeState::Available) => (StatusKind::Stopped, "Available"),
        (_, VolumeState::InUse) => (StatusKind::Success, "In use"),
    }
}

fn row(app: &App, region: &RegionState, volume: &Volume) -> Row {
    let tie = volume.attachment.as_ref();
    let owner = match tie {
        Some(tie) => {
            let label = parts::instance_label(region, tie.instance);
            Cell::view(
                parts::link(app, label.clone(), Selected::Instance(tie.instance)),
                label,
            )
        }
        None => Cell::text("Not attached"),
    };
    let fate = match tie.map(|tie| tie.delete_on_termination) {
        Some(true) => "Deleted with the instance",
        Some(false) => "Kept",
        None => "",
    };
    let (kind, words) = state(volume);
    let label = volume
        .tags
        .name()
        .map_or_else(|| volume.id.to_string(), str::to_owned);
    Row::new(
        volume.id.to_string(),
        label,
        vec![
            parts::copyable_cell(app, Some(volume.id), "the volume ID"),
            Cell::view(
                html! { <StatusIndicator {kind}>{ words }</StatusIndicator> },
                words,
            ),
            Cell::text(format!("{} GiB", volume.shape.size)),
            Cell::text(volume.shape.kind.as_str()),
            owner,
            Cell::code(tie.map(|tie| tie.device.clone()).unwrap_or_default()),
            Cell::text(volume.zone),
            Cell::text(fate),
            Cell::text(if volume.encrypted { "Yes" } else { "No" }),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Create,
    Attach,
    Detach,
    Snapshot,
    Delete,
}

/// The table and its dialogs.
#[component]
pub fn Volumes() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let chosen_id = use_state(|| None::<VolumeId>);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = chosen_id.and_then(|id| region.volumes.get(&id));
    let rows: Vec<Row> = parts::by_serial(region.volumes.values(), |row| row.serial)
        .into_iter()
        .map(|volume| row(&app, region, volume))
        .collect();
    let onselect = {
        let chosen = chosen_id.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            chosen.set(ids.iter().next().and_then(|text| VolumeId::parse(text)));
        })
    };
    let onclose = open.close();
    let reason = |words: Option<&'static str>| words.map(AttrValue::from);
    let first = chosen.is_none().then_some("Choose a volume first.");
    let tied = chosen.is_some_and(|row| row.attachment.is_some());
    let create = html! {
        <Button id="volume-create" variant={ButtonVariant::Primary} onclick={open.show(Open::Create)}>{ "Create volume" }</Button>
    };
    let actions = html! {
        if !rows.is_empty() {
            <>
                <Button id="volume-delete" onclick={open.show(Open::Delete)}
                    disabled_reason={reason(first.or(tied.then_some("Detach it first.")))}>{ "Delete" }</Button>
                <Button id="volume-snapshot" onclick={open.show(Open::Snapshot)} disabled_reason={reason(first)}>{ "Create snapshot" }</Button>
                <Button id="volume-detach" onclick={open.show(Open::Detach)}
                    disabled_reason={reason(first.or((!tied).then_some("It is not attached.")))}>{ "Detach" }</Button>
                <Button id="volume-attach" onclick={open.show(Open::Attach)}
                    disabled_reason={reason(first.or(tied.then_some("It is attached already.")))}>{ "Attach" }</Button>
                { create.clone() }
            </>
        }
    };
    let empty = html! {
        <EmptyState title="No volumes" icon={IconName::Volume} action={create}>
            { "A volume is a disk in one Availability Zone. Every instance is launched with a root volume; further ones are attached, detached and attached elsewhere, and keep what is on them." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|row| AttrValue::from(row.id.to_string()))
        .collect();
    let call = |operation: &'static str| {
        chosen
            .map(|row| app.call(operation, json!({ "VolumeId": row.id.to_string() })))
            .into_iter()
            .collect::<Vec<_>>()
    };
    html! {
        <>
            <Table id="volumes" title="Volumes" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty}
                filter={(region.volumes.len() > 1).then_some(AttrValue::from("Find by id, instance, type or zone"))} />
            <CreateVolume open={open.is(Open::Create)} onclose={onclose.clone()} />
            if let Some(volume) = chosen {
                <AttachDialog id={volume.id} open={open.is(Open::Attach)} onclose={onclose.clone()} />
                <Confirm id="volume-detach-dialog" open={open.is(Open::Detach)} title={format!("Detach {}?", volume.id)}
                    action="Detach" calls={call("DetachVolume")} onclose={onclose.clone()}>
                    <p>{ "Unmount it inside the instance first: what was not written yet is lost. Everything else stays on it." }</p>
                </Confirm>
                <Confirm id="volume-snapshot-dialog" open={open.is(Open::Snapshot)} title={format!("Create a snapshot of {}?", volume.id)}
                    action="Create snapshot" calls={call("CreateSnapshot")} onclose={onclose.clone()}>
                    <p>{ "A snapshot is a copy of the disk as it is now. It belongs to the Region, so a new volume can be made from it in any zone." }</p>
                </Confirm>
                <Confirm id="volume-delete-dialog" open={open.is(Open::Delete)} title={format!("Delete {}?", volume.id)}
                    action="Delete" calls={call("DeleteVolume")} {onclose}>
                    <p>{ format!("All {} GiB on it are gone for good. Snapshots of it stay.", volume.shape.size) }</p>
                </Confirm>
            }
        </>
    }
}
