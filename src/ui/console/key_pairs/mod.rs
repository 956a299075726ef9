//! Key pairs: the table and its dialogs.

mod create;
mod import;

use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, IconName, Row, Selection, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use crate::ui::words;
use ec2_lab_engine::ids::{KeyPairId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::key_pair::KeyPair;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("type", "Type"),
        Column::new("created", "Created"),
        Column::new("users", "Instances").numeric(),
        Column::new("fingerprint", "Fingerprint"),
        Column::new("id", "ID"),
    ]
}

fn users(region: &RegionState, key: &KeyPair) -> Vec<String> {
    let rows = region.instances_by_serial();
    rows.into_iter()
        .filter(|row| {
            !row.state.is_terminal() && row.key_name.as_deref() == Some(key.name.as_str())
        })
        .map(|row| row.label())
        .collect()
}

fn row(region: &RegionState, key: &KeyPair) -> Row {
    Row::new(
        key.id.to_string(),
        key.name.clone(),
        vec![
            Cell::text(key.name.clone()),
            Cell::text(if key.kind == "rsa" { "RSA" } else { "ED25519" }),
            Cell::view(
                html! { { words::clock(key.created) } },
                key.created.to_string(),
            ),
            Cell::text(users(region, key).len().to_string()),
            Cell::view(
                html! { <span class="code cell-long" title={key.fingerprint.clone()}>{ key.fingerprint.clone() }</span> },
                key.fingerprint.clone(),
            ),
            Cell::code(key.id.to_string()),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Create,
    Import,
    Delete,
}

/// The table and its dialogs.
#[component]
pub fn KeyPairs() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = match app.selected {
        Some(Selected::KeyPair(id)) => region.key_pairs.get(&id),
        _ => None,
    };
    let rows: Vec<Row> = parts::keys(region)
        .into_iter()
        .map(|key| row(region, key))
        .collect();
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids.iter().next().and_then(|text| KeyPairId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::KeyPair)));
        })
    };
    let onclose = open.close();
    let no_choice = chosen
        .is_none()
        .then(|| AttrValue::from("Choose a key pair first."));
    let create = || html! { <Button id="key-create" variant={ButtonVariant::Primary} onclick={open.show(Open::Create)}>{ "Create key pair" }</Button> };
    let actions = html! {
        <>
            if !rows.is_empty() {
                <Button id="key-delete" onclick={open.show(Open::Delete)} disabled_reason={no_choice}>{ "Delete" }</Button>
            }
            <Button id="key-import" onclick={open.show(Open::Import)}>{ "Import key pair" }</Button>
            if !rows.is_empty() { { create() } }
        </>
    };
    let empty = html! {
        <EmptyState title="No key pairs" icon={IconName::Key} action={create()}>
            { "A key pair is how one logs in with SSH: AWS puts the public half into the instance at its launch, the private half stays on your laptop. It cannot be added later." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|key| AttrValue::from(key.id.to_string()))
        .collect();
    let filter = (rows.len() > 1).then(|| AttrValue::from("Find by name, type or fingerprint"));
    html! {
        <>
            <Table id="key-pairs" title="Key pairs" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} {filter} />
            <create::CreateKeyPair open={open.is(Open::Create)} onclose={onclose.clone()} />
            <import::ImportKeyPair open={open.is(Open::Import)} onclose={onclose.clone()} />
            if let Some(key) = chosen {
                <Confirm id="key-delete-dialog" open={open.is(Open::Delete)} title={format!("Delete the key pair {}?", key.name)} action="Delete"
                    calls={vec![app.call("DeleteKeyPair", json!({ "KeyName": key.name }))]} {onclose}>
                    <p>{ "AWS forgets the public half, and no new instance can be launched with it. Instances that run keep it: your private key still opens them." }</p>
                    { used_by(&users(region, key)) }
                </Confirm>
            }
        </>
    }
}

fn used_by(names: &[String]) -> Html {
    if names.is_empty() {
        return Html::default();
    }
    html! { <p>{ format!("Launched with it: {}.", names.join(", ")) }</p> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn teaches_and_lists() {
        let page = Lab::new().render(html! { <KeyPairs /> });
        assert!(
            page.contains("stays on your laptop")
                && page.contains("key-create")
                && page.contains("key-import")
        );
        let page = Lab::with_instances().render(html! { <KeyPairs /> });
        for words in ["lab-key", "RSA", "key-delete", "Choose a key pair first."] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
