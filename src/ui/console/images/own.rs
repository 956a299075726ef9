//! Images of the account's own: made from an instance, copied, taken away.

use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, FormField, IconName, Modal, ModalSize, Row,
    Select, SelectOption, Selection, StatusIndicator, StatusKind, Table, TextInput,
};
use crate::ui::console::section::choice::instance_options;
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{Confirm, form_foot, on_submit};
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use crate::ui::console::sharing::dialog::{ShareDialog, What};
use ec2_lab_engine::catalogue;
use ec2_lab_engine::clock::Instant;
use ec2_lab_engine::ids::{ImageId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::image::OwnImage;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("id", "AMI ID"),
        Column::new("state", "State"),
        Column::new("from", "Made from").wraps(),
        Column::new("disks", "Disks"),
        Column::new("shared", "Shared with"),
    ]
}

fn row(app: &App, image: &OwnImage, now: Instant) -> Row {
    let (kind, words) = match image.state(now) {
        "available" => (StatusKind::Success, "Available"),
        "failed" => (StatusKind::Error, "Failed"),
        "disabled" => (StatusKind::Stopped, "Disabled"),
        _ => (StatusKind::Pending, "Pending"),
    };
    let from = match (image.source_instance, image.copied_from) {
        (Some(id), _) => id.to_string(),
        (None, Some((id, place))) => format!("{id} in {place}"),
        (None, None) => String::new(),
    };
    let disks: Vec<String> = image
        .devices
        .iter()
        .map(|device| format!("{} {} GiB", device.device, device.shape.size))
        .collect();
    let shared = if image.permissions.is_empty() {
        "Nobody".to_owned()
    } else {
        image.permissions.join(", ")
    };
    Row::new(
        image.id.to_string(),
        image.name.clone(),
        vec![
            Cell::text(image.name.clone()),
            parts::copyable_cell(app, Some(image.id), "the AMI ID"),
            Cell::view(
                html! { <StatusIndicator {kind}>{ words }</StatusIndicator> },
                words,
            ),
            Cell::text(from),
            Cell::text(disks.join(", ")),
            Cell::text(shared),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Create,
    Copy,
    Share,
    Deregister,
}

/// The table and its dialogs.
#[component]
pub fn OwnImages() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let chosen_id = use_state(|| None::<ImageId>);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let now = app.session.world().now();
    let chosen = chosen_id.and_then(|id| region.images.get(&id));
    let rows: Vec<Row> = parts::by_serial(region.images.values(), |row| row.serial)
        .into_iter()
        .map(|image| row(&app, image, now))
        .collect();
    let onselect = {
        let chosen = chosen_id.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            chosen.set(ids.iter().next().and_then(|text| ImageId::parse(text)));
        })
    };
    let onclose = open.close();
    let first = chosen
        .is_none()
        .then(|| AttrValue::from("Choose an image first."));
    let create = html! {
        <Button id="own-image-create" variant={ButtonVariant::Primary} onclick={open.show(Open::Create)}>{ "Create image" }</Button>
    };
    let actions = html! {
        if !rows.is_empty() {
            <>
                <Button id="own-image-deregister" onclick={open.show(Open::Deregister)} disabled_reason={first.clone()}>{ "Deregister" }</Button>
                <Button id="own-image-share" onclick={open.show(Open::Share)} disabled_reason={first.clone()}>{ "Share" }</Button>
                <Button id="own-image-copy" onclick={open.show(Open::Copy)} disabled_reason={first}>{ "Copy to another Region" }</Button>
                { create.clone() }
            </>
        }
    };
    let empty = html! {
        <EmptyState title="No images of your own" icon={IconName::Volume} action={create}>
            { "Make an image of an instance that is set up as you like it: others launched from it have everything installed and answer as soon as they have booted." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|row| AttrValue::from(row.id.to_string()))
        .collect();
    let elsewhere = catalogue::regions()
        .map(|row| row.name)
        .find(|name| *name != app.caller.region);
    let copy = chosen.zip(elsewhere).map(|(image, place)| {
        let mut call = app.call(
            "CopyImage",
            json!({ "SourceRegion": app.caller.region, "SourceImageId": image.id.to_string(), "Name": image.name }),
        );
        call.caller.region = place;
        call
    });
    html! {
        <>
            <Table id="own-images" title="Your images" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} />
            <Modal id="create-image" open={open.is(Open::Create)} title="Create image" onclose={onclose.clone()} size={ModalSize::Medium}>
                <Form onclose={onclose.clone()} />
            </Modal>
            if let Some(image) = chosen {
                <ShareDialog what={What::Image(image.id)} open={open.is(Open::Share)} onclose={onclose.clone()} />
                <Confirm id="own-image-copy-dialog" open={open.is(Open::Copy)}
                    title={format!("Copy {} to {}?", image.name, elsewhere.unwrap_or_default())} action="Copy"
                    calls={copy.into_iter().collect::<Vec<_>>()} onclose={onclose.clone()}>
                    <p>{ "An image is good in its own Region only. The copy has another id, and a snapshot of its own that costs money there." }</p>
                </Confirm>
                <Confirm id="own-image-deregister-dialog" open={open.is(Open::Deregister)} title={format!("Deregister {}?", image.name)}
                    action="Deregister" calls={vec![app.call("DeregisterImage", json!({ "ImageId": image.id.to_string() }))]} {onclose}>
                    <p>{ "Nothing can be launched from it any more. What was launched runs on. Its snapshots stay, and cost money until you delete them." }</p>
                </Confirm>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    onclose: Callback<()>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let app = use_app();
    let options = app.region().map(instance_options).unwrap_or_default();
    let first = options
        .first()
        .map(|option| option.value.clone())
        .unwrap_or_default();
    let instance = use_state(|| first);
    let name = use_state(|| "golden".to_owned());
    let reboot = use_state(|| AttrValue::from("yes"));
    let mut input = json!({ "InstanceId": instance.to_string(), "Name": name.trim() });
    if *reboot == "no"
        && let Some(map) = input.as_object_mut()
    {
        map.insert("NoReboot".to_owned(), json!(true));
    }
    let calls = vec![app.call("CreateImage", input)];
    let none = options.is_empty();
    let refusal = if none {
        None
    } else {
        try_calls(&app, &calls).err()
    };
    let reason = none.then(|| AttrValue::from("Launch an instance first."));
    let fine = !none && refusal.is_none();
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            }
        })
    };
    let choose = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let onname = {
        let name = name.setter();
        Callback::from(move |value| name.set(value))
    };
    let reboots = vec![
        SelectOption::new("yes", "Yes: everything is on its disks"),
        SelectOption::new("no", "No: what is not written yet is missing"),
    ];
    html! {
        <form class="dialog-form" {onsubmit}>
            if none {
                <p>{ "There is no instance to make an image of." }</p>
            } else {
                <FormField id="create-image-instance" label="Instance">
                    <Select value={(*instance).clone()} {options} onchange={choose(&instance)} />
                </FormField>
                <FormField id="create-image-name" label="Image name" constraint="3 to 128 characters: letters, digits, spaces and ()[].-/'@_">
                    <TextInput value={(*name).clone()} oninput={onname} />
                </FormField>
                <FormField id="create-image-reboot" label="Reboot the instance for it">
                    <Select value={(*reboot).clone()} options={reboots} onchange={choose(&reboot)} />
                </FormField>
                if let Some(error) = refusal { <Refused {error} /> }
                if fine { <Preview {calls} /> }
            }
            { form_foot("create-image", &props.onclose, "Create image", reason) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn an_image_of_ones_own_is_listed_with_its_disks() {
        let mut lab = Lab::with_instances();
        assert!(
            lab.render(html! { <OwnImages /> })
                .contains("No images of your own")
        );
        let id = lab
            .state()
            .region()
            .and_then(|region| region.instances.keys().next().map(ToString::to_string));
        lab.call("CreateImage", json!({ "InstanceId": id, "Name": "golden" }));
        let page = lab.render(html! { <OwnImages /> });
        for words in ["golden", "Pending", "/dev/xvda 8 GiB", "Nobody"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
