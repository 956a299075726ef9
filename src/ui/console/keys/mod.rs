//! Encryption keys: the table of the account's keys in the Region, and what can be done with them.

mod create;
mod policy;

use crate::app::use_app;
use crate::state::App;
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, IconName, Row, Selection, StatusIndicator,
    StatusKind, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use ec2_lab_engine::kms::access::{Use, admits};
use ec2_lab_engine::network::Call;
use ec2_lab_engine::resources::kms::{Key, KeyArn, KeyState};
use ec2_lab_engine::{ACCOUNTS, World, kms};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Alias"),
        Column::new("id", "Key ID"),
        Column::new("state", "State"),
        Column::new("manager", "Managed by"),
        Column::new("others", "Other account").wraps(),
        Column::new("grants", "Grants").numeric(),
        Column::new("used", "Disks and images").numeric(),
    ]
}

/// How many volumes, snapshots and images of all accounts a key has closed.
fn uses(world: &World, arn: KeyArn) -> usize {
    let written = arn.to_string();
    let with = |key: &Option<String>| key.as_deref() == Some(written.as_str());
    world
        .accounts_in(arn.region)
        .map(|region| {
            region
                .volumes
                .values()
                .filter(|row| with(&row.kms_key))
                .count()
                + region
                    .snapshots
                    .values()
                    .filter(|row| with(&row.kms_key))
                    .count()
                + region
                    .images
                    .values()
                    .filter(|row| row.devices.iter().any(|device| with(&device.kms_key)))
                    .count()
        })
        .sum()
}

fn state(row: &Key) -> Cell {
    let (kind, words) = match row.state {
        KeyState::Enabled => (StatusKind::Success, "Enabled".to_owned()),
        KeyState::Disabled => (StatusKind::Stopped, "Disabled".to_owned()),
        KeyState::PendingDeletion(at) => (StatusKind::Warning, format!("Deleted at {at}")),
    };
    Cell::view(
        html! { <StatusIndicator {kind}>{ words.clone() }</StatusIndicator> },
        words,
    )
}

/// Whether the other account of the lab may open what a key has closed.
fn other(world: &World, row: &Key) -> &'static str {
    let admitted = ACCOUNTS
        .into_iter()
        .filter(|account| *account != row.arn.account)
        .any(|account| admits(world, account, row.arn, Use::Open));
    match (row.arn.is_aws_managed(), admitted) {
        (true, _) => "Never: it serves this account alone",
        (false, true) => "May open what it closes",
        (false, false) => "May not",
    }
}

fn row(app: &App, row: &Key) -> Row {
    let world = app.session.world();
    let managed = row.arn.is_aws_managed();
    let name = if managed {
        "alias/aws/ebs".to_owned()
    } else {
        world.kms().alias_of(row.arn).unwrap_or_default().to_owned()
    };
    Row::new(
        row.arn.to_string(),
        if name.is_empty() {
            row.arn.id.to_string()
        } else {
            name.clone()
        },
        vec![
            Cell::text(name),
            parts::copyable_cell(app, Some(row.arn.id), "the key ID"),
            state(row),
            Cell::text(if managed { "AWS" } else { "You" }),
            Cell::text(other(world, row)),
            Cell::text(row.grants.len().to_string()),
            Cell::text(uses(world, row.arn).to_string()),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Create,
    Policy,
    Switch,
    Delete,
}

/// The table and its dialogs.
#[component]
pub fn Keys() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let chosen_arn = use_state(|| None::<KeyArn>);
    let world = app.session.world();
    let (account, region) = (app.caller.account, app.caller.region);
    let own: Vec<Key> = world
        .kms()
        .keys_of(account, region)
        .into_iter()
        .cloned()
        .collect();
    let managed = kms::key(world, KeyArn::aws_managed(account, region));
    let rows: Vec<Row> = managed
        .iter()
        .chain(&own)
        .map(|key| row(&app, key))
        .collect();
    let chosen = own.iter().find(|key| Some(key.arn) == *chosen_arn);
    let onselect = {
        let chosen = chosen_arn.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            chosen.set(ids.iter().next().and_then(|text| KeyArn::parse(text)));
        })
    };
    let onclose = open.close();
    let first = chosen.is_none().then(|| {
        AttrValue::from(if chosen_arn.is_some() {
            "AWS manages this key: nothing about it can be changed."
        } else {
            "Choose a key of your own first."
        })
    });
    let pending = chosen.is_some_and(|key| matches!(key.state, KeyState::PendingDeletion(_)));
    let enabled = chosen.is_some_and(|key| key.state == KeyState::Enabled);
    let actions = html! {
        <>
            <Button id="kms-key-delete" onclick={open.show(Open::Delete)} disabled_reason={first.clone()}>{ if pending { "Cancel deletion" } else { "Schedule deletion" } }</Button>
            <Button id="kms-key-switch" onclick={open.show(Open::Switch)} disabled_reason={first.clone()}>{ if enabled { "Disable" } else { "Enable" } }</Button>
            <Button id="kms-key-policy" onclick={open.show(Open::Policy)} disabled_reason={first}>{ "Who may use it" }</Button>
            <Button id="kms-key-create" variant={ButtonVariant::Primary} onclick={open.show(Open::Create)}>{ "Create key" }</Button>
        </>
    };
    let selected: Vec<AttrValue> = chosen_arn
        .iter()
        .map(|arn| AttrValue::from(arn.to_string()))
        .collect();
    let empty = html! {
        <EmptyState title="No keys" icon={IconName::Key}>{ "A key closes disks, and opens them again." }</EmptyState>
    };
    let calls = |key: &Key, names: &[&'static str]| -> Vec<Call> {
        let call = |name: &&'static str| app.call(name, json!({ "KeyId": key.arn.to_string() }));
        names.iter().map(call).collect()
    };
    html! {
        <>
            <Table id="kms-keys" title="Encryption keys" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} />
            <create::CreateKey open={open.is(Open::Create)} onclose={onclose.clone()} />
            if let Some(key) = chosen {
                <policy::PolicyDialog arn={key.arn} open={open.is(Open::Policy)} onclose={onclose.clone()} />
                <Confirm id="kms-key-switch-dialog" open={open.is(Open::Switch)}
                    title={if enabled { "Disable the key?" } else { "Enable the key?" }} action={if enabled { "Disable" } else { "Enable" }}
                    calls={calls(key, if enabled { &["DisableKey"] } else { &["EnableKey"] })} onclose={onclose.clone()}>
                    <p>{ if enabled {
                        "Instances that run go on: their data keys are in memory. What starts, attaches or copies needs the key, and fails."
                    } else {
                        "What the key has closed can be opened again at once."
                    } }</p>
                </Confirm>
                <Confirm id="kms-key-delete-dialog" open={open.is(Open::Delete)}
                    title={if pending { "Keep the key after all?" } else { "Delete the key in 7 days?" }}
                    action={if pending { "Keep the key" } else { "Schedule deletion" }}
                    calls={if pending { calls(key, &["CancelKeyDeletion"]) } else {
                        vec![app.call("ScheduleKeyDeletion", json!({ "KeyId": key.arn.to_string(), "PendingWindowInDays": 7 }))]
                    }} {onclose}>
                    <p>{ if pending {
                        "It is disabled then, until you enable it.".to_owned()
                    } else {
                        format!("{} disks and images are closed with it. Once it is gone, nobody can open them again, not even AWS.", uses(world, key.arn))
                    } }</p>
                </Confirm>
            }
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn the_key_of_aws_is_there_from_the_start_and_ones_own_beside_it() {
        let mut lab = Lab::new();
        let page = lab.render(html! { <Keys /> });
        for words in [
            "alias/aws/ebs",
            "Never: it serves this account alone",
            "kms-key-create",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let key = lab.call("CreateKey", json!({}))["KeyMetadata"]["Arn"].clone();
        lab.call(
            "CreateAlias",
            json!({ "AliasName": "alias/images", "TargetKeyId": key }),
        );
        let page = lab.render(html! { <Keys /> });
        assert!(
            page.contains("alias/images") && page.contains("May not"),
            "{page}"
        );
        let grant = json!({ "KeyId": key, "GranteePrincipal": "arn:aws:iam::222233334444:root",
            "Operations": ["DescribeKey", "CreateGrant", "Decrypt", "ReEncryptFrom"] });
        lab.call("CreateGrant", grant);
        assert!(
            lab.render(html! { <Keys /> })
                .contains("May open what it closes")
        );
    }
}
