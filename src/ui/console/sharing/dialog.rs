//! Shares an image or a snapshot with the other account of the lab, or ends it.

use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{Checkbox, FormField, Modal, ModalSize};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::words;
use ec2_lab_engine::ids::{AccountId, ImageId, SnapshotId};
use ec2_lab_engine::json::{Value, json};
use ec2_lab_engine::network::Call;
use ec2_lab_engine::{ACCOUNTS, sharing};
use yew::prelude::*;

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An image, and its snapshots if one likes.
    Image(ImageId),
    /// A snapshot alone.
    Snapshot(SnapshotId),
}

/// Props of [`ShareDialog`].
#[derive(Clone, Properties, PartialEq)]
pub struct ShareDialogProps {
    /// What is shared.
    pub what: What,
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn ShareDialog(props: &ShareDialogProps) -> Html {
    let title = match props.what {
        What::Image(_) => "Share the image",
        What::Snapshot(_) => "Share the snapshot",
    };
    let id = match props.what {
        What::Image(_) => "share-image",
        What::Snapshot(_) => "share-snapshot",
    };
    html! {
        <Modal {id} open={props.open} {title} onclose={props.onclose.clone()} size={ModalSize::Medium}>
            if props.open { <Form ..props.clone() /> }
        </Modal>
    }
}

/// The snapshots of an image, or the one.
fn snapshots(app: &App, what: What) -> Vec<SnapshotId> {
    match what {
        What::Snapshot(id) => vec![id],
        What::Image(id) => app
            .region()
            .and_then(|region| region.images.get(&id))
            .into_iter()
            .flat_map(|row| row.devices.iter().filter_map(|device| device.snapshot))
            .collect(),
    }
}

/// Whether it is shared now: the image, and all its snapshots.
fn now(app: &App, what: What, other: AccountId) -> (bool, bool) {
    let Some(region) = app.region() else {
        return (false, false);
    };
    let image = match what {
        What::Image(id) => region
            .images
            .get(&id)
            .is_some_and(|row| sharing::admits(&row.permissions, other)),
        What::Snapshot(_) => false,
    };
    let ids = snapshots(app, what);
    let open = |id: &SnapshotId| {
        let row = region.snapshots.get(id);
        row.is_some_and(|row| sharing::opens(region, row, other))
    };
    (image, !ids.is_empty() && ids.iter().all(open))
}

fn word(on: bool, whom: AccountId) -> Value {
    let list = json!([{ "UserId": whom.to_string() }]);
    if on {
        json!({ "Add": list })
    } else {
        json!({ "Remove": list })
    }
}

/// The calls from what is to what is wanted.
fn calls(
    app: &App,
    what: What,
    other: AccountId,
    from: (bool, bool),
    to: (bool, bool),
) -> Vec<Call> {
    let mut calls = Vec::new();
    if let What::Image(id) = what
        && from.0 != to.0
    {
        let input = json!({ "ImageId": id.to_string(), "LaunchPermission": word(to.0, other) });
        calls.push(app.call("ModifyImageAttribute", input));
    }
    if from.1 != to.1 {
        for id in snapshots(app, what) {
            let input = json!({ "SnapshotId": id.to_string(), "CreateVolumePermission": word(to.1, other) });
            calls.push(app.call("ModifySnapshotAttribute", input));
        }
    }
    calls
}

#[component]
fn Form(props: &ShareDialogProps) -> Html {
    let app = use_app();
    let other = ACCOUNTS
        .into_iter()
        .find(|account| *account != app.caller.account)
        .unwrap_or(app.caller.account);
    let from = now(&app, props.what, other);
    let wanted = use_state(|| from);
    let calls = calls(&app, props.what, other, from, *wanted);
    let refusal = try_calls(&app, &calls).err();
    let reason = match (calls.is_empty(), &refusal) {
        (true, _) => Some(AttrValue::from("Nothing is changed yet.")),
        (false, Some(_)) => Some(AttrValue::from("AWS refuses this.")),
        (false, None) => None,
    };
    let fine = reason.is_none();
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            }
        })
    };
    let set = |change: fn((bool, bool), bool) -> (bool, bool)| {
        let wanted = wanted.clone();
        Callback::from(move |on: bool| wanted.set(change(*wanted, on)))
    };
    let is_image = matches!(props.what, What::Image(_));
    let id = if is_image {
        "share-image"
    } else {
        "share-snapshot"
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id={format!("{id}-with")} label={format!("With {}", words::account(other))} group=true>
                <div class="choices">
                    if is_image {
                        <Checkbox id="share-image-launch" checked={wanted.0} onchange={set(|(_, snapshots), on| (on, snapshots))}
                            description="It stays yours; instances launched from it are theirs.">{ "May launch the image" }</Checkbox>
                    }
                    <Checkbox id={format!("{id}-read")} checked={wanted.1} onchange={set(|(launch, _), on| (launch, on))}
                        description="Only needed to copy the image, or to make volumes.">{ "May read the snapshots" }</Checkbox>
                </div>
            </FormField>
            <p class="muted">{ "Is it encrypted with a key of yours, the other account needs that key as well: see below who may launch it, or the section Encryption keys." }</p>
            if let Some(error) = refusal { <Refused {error} /> } else { <Preview {calls} /> }
            { form_foot(id, &props.onclose, "Save", reason) }
        </form>
    }
}
