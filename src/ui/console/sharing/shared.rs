//! The images that the other account has shared with the one in sight.

use crate::app::use_app;
use crate::state::App;
use crate::ui::components::{Button, Cell, Column, EmptyState, IconName, Row, Selection, Table};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use crate::ui::words;
use ec2_lab_engine::ids::{ImageId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::image::OwnImage;
use ec2_lab_engine::{region::RegionState, sharing};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("id", "AMI ID"),
        Column::new("owner", "Owner"),
        Column::new("encrypted", "Encrypted"),
        Column::new("copy", "Can be copied").wraps(),
    ]
}

fn row(app: &App, owner: &RegionState, image: &OwnImage) -> Row {
    let readable = image
        .devices
        .iter()
        .filter_map(|device| owner.snapshots.get(&device.snapshot?))
        .all(|row| sharing::opens(owner, row, app.caller.account));
    Row::new(
        image.id.to_string(),
        image.name.clone(),
        vec![
            Cell::text(image.name.clone()),
            parts::copyable_cell(app, Some(image.id), "the AMI ID"),
            Cell::text(words::account(owner.account)),
            Cell::text(if image.devices.iter().any(|device| device.encrypted) {
                "Yes"
            } else {
                "No"
            }),
            Cell::text(if readable {
                "Yes"
            } else {
                "No: its snapshots are not shared"
            }),
        ],
    )
}

/// The table, and what can be done with a row of it.
#[component]
pub fn SharedImages() -> Html {
    let app = use_app();
    let chosen = use_state(|| None::<ImageId>);
    let open = use_dialogs::<&'static str>();
    let mut found = Vec::new();
    for owner in app.session.world().accounts_in(app.caller.region) {
        if owner.account == app.caller.account {
            continue;
        }
        let images = owner.images.values();
        found.extend(
            images
                .filter(|row| sharing::admits(&row.permissions, app.caller.account))
                .map(|row| (owner, row)),
        );
    }
    // Nothing is shared in most labs: then there is nothing to show.
    if found.is_empty() {
        return Html::default();
    }
    let rows: Vec<Row> = found
        .iter()
        .map(|(owner, image)| row(&app, owner, image))
        .collect();
    let image = found
        .iter()
        .find(|(_, row)| Some(row.id) == *chosen)
        .map(|(_, row)| *row);
    let onselect = {
        let chosen = chosen.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            chosen.set(ids.iter().next().and_then(|text| ImageId::parse(text)));
        })
    };
    let onclose = open.close();
    let first = image
        .is_none()
        .then(|| AttrValue::from("Choose an image first."));
    let actions = html! {
        <>
            <Button id="shared-image-copy" onclick={open.show("copy")} disabled_reason={first.clone()}>{ "Copy" }</Button>
            <Button id="shared-image-launch" onclick={open.show("launch")} disabled_reason={first}>{ "Launch" }</Button>
        </>
    };
    let empty = html! { <EmptyState title="Nothing is shared" icon={IconName::Volume}>{ "Images that others share with you stand here." }</EmptyState> };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|id| AttrValue::from(id.to_string()))
        .collect();
    html! {
        <>
            <Table id="shared-images" title="Shared with this account" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} />
            if let Some(image) = image {
                <Confirm id="shared-image-copy-dialog" open={open.is("copy")} title={format!("Copy {}?", image.name)} action="Copy"
                    calls={vec![app.call("CopyImage", json!({ "SourceRegion": app.caller.region, "SourceImageId": image.id.to_string(), "Name": format!("{} copy", image.name) }))]}
                    onclose={onclose.clone()}>
                    <p>{ "The copy is yours, with a snapshot of its own. It stays when the owner ends the sharing." }</p>
                </Confirm>
                <Confirm id="shared-image-launch-dialog" open={open.is("launch")} title={format!("Launch {}?", image.name)} action="Launch"
                    calls={vec![app.call("RunInstances", json!({ "ImageId": image.id.to_string(), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 }))]}
                    {onclose}>
                    <p>{ "AWS takes the request even when a key is missing: the instance is then pending for a moment, and terminated." }</p>
                </Confirm>
            }
        </>
    }
}
