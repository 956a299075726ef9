//! Elastic IP addresses: the table and its dialogs.

mod associate;

use crate::app::use_app;
use crate::state::{App, Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, IconName, Row, Selection, Table,
};
use crate::ui::console::section::command::try_calls;
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::dialogs::use_dialogs;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{AllocationId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::address::{Address, LIMIT};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("ip", "Public IPv4"),
        Column::new("id", "Allocation ID"),
        Column::new("instance", "Instance"),
        Column::new("private", "Private IPv4"),
        Column::new("association", "Association ID"),
    ]
}

fn row(app: &App, region: &RegionState, address: &Address) -> Row {
    let tie = address.association;
    let instance = tie.and_then(|tie| parts::owner(region, tie.network_interface));
    let owner = match instance {
        Some(id) => {
            let label = parts::instance_label(region, id);
            Cell::view(
                parts::link(app, label.clone(), Selected::Instance(id)),
                label,
            )
        }
        None => Cell::text("Not associated"),
    };
    Row::new(
        address.id.to_string(),
        address.public_ip.to_string(),
        vec![
            parts::copyable_cell(app, Some(address.public_ip), "the public IPv4 address"),
            Cell::code(address.id.to_string()),
            owner,
            Cell::code(
                tie.map(|tie| tie.private_ip.to_string())
                    .unwrap_or_default(),
            ),
            Cell::code(tie.map(|tie| tie.id.to_string()).unwrap_or_default()),
        ],
    )
}

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Associate,
    Disassociate,
    Release,
}

/// The table and its dialogs.
#[component]
pub fn Addresses() -> Html {
    let app = use_app();
    let open = use_dialogs::<Open>();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = match app.selected {
        Some(Selected::Address(id)) => region.addresses.get(&id),
        _ => None,
    };
    let rows: Vec<Row> = parts::by_serial(region.addresses.values(), |row| row.serial)
        .into_iter()
        .map(|address| row(&app, region, address))
        .collect();
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids.iter().next().and_then(|text| AllocationId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::Address)));
        })
    };
    let onclose = open.close();
    let reason = |words: Option<&'static str>| words.map(AttrValue::from);
    let first = chosen.is_none().then_some("Choose an address first.");
    let tied = chosen.is_some_and(|address| address.association.is_some());
    let allocate = html! { <Allocate /> };
    let actions = html! {
        if !rows.is_empty() {
            <>
                <Button id="address-release" onclick={open.show(Open::Release)}
                    disabled_reason={reason(first.or(tied.then_some("Disassociate it first.")))}>{ "Release" }</Button>
                <Button id="address-disassociate" onclick={open.show(Open::Disassociate)}
                    disabled_reason={reason(first.or((!tied).then_some("It is not associated.")))}>{ "Disassociate" }</Button>
                <Button id="address-associate" onclick={open.show(Open::Associate)} disabled_reason={reason(first)}>{ "Associate" }</Button>
                { allocate.clone() }
            </>
        }
    };
    let empty = html! {
        <EmptyState title="No Elastic IP addresses" icon={IconName::Globe} action={allocate}>
            { format!("The public address that AWS assigns changes at every stop and start. An Elastic IP address is yours until you release it: it stays with its instance, or moves to another. An account has {LIMIT} in a Region.") }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|address| AttrValue::from(address.id.to_string()))
        .collect();
    html! {
        <>
            <Table id="addresses" title="Elastic IPs" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty}
                filter={(region.addresses.len() > 1).then_some(AttrValue::from("Find by address, id or instance"))} />
            if let Some(address) = chosen {
                <associate::AssociateDialog id={address.id} open={open.is(Open::Associate)} onclose={onclose.clone()} />
                <Confirm id="address-disassociate-dialog" open={open.is(Open::Disassociate)}
                    title={format!("Disassociate {}?", address.public_ip)} action="Disassociate"
                    calls={address.association.map(|tie| app.call("DisassociateAddress", json!({ "AssociationId": tie.id.to_string() }))).into_iter().collect::<Vec<_>>()}
                    onclose={onclose.clone()}>
                    <p>{ "Connections to it end. The address stays yours, and costs money while nothing uses it." }</p>
                </Confirm>
                <Confirm id="address-release-dialog" open={open.is(Open::Release)}
                    title={format!("Release {}?", address.public_ip)} action="Release"
                    calls={vec![app.call("ReleaseAddress", json!({ "AllocationId": address.id.to_string() }))]} {onclose}>
                    <p>{ "It goes back to AWS, and you will hardly get it again. Whoever still uses it, in a DNS record or a firewall, reaches somebody else." }</p>
                </Confirm>
            }
        </>
    }
}

/// The button that allocates another address; at the limit it says AWS's words.
#[component]
fn Allocate() -> Html {
    let app = use_app();
    let calls = vec![app.call("AllocateAddress", json!({ "Domain": "vpc" }))];
    let refusal = try_calls(&app, &calls).err();
    let detail = refusal.map(|error| {
        AttrValue::from(format!(
            "{}: {} ({LIMIT} in a Region)",
            error.code(),
            error.message()
        ))
    });
    let onclick = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.dispatch(Message::Call(calls.clone())))
    };
    html! {
        <span class="allocate">
            // Pressed at the limit it shows the refusal as a message, with its explanation.
            <Button id="address-allocate" variant={ButtonVariant::Primary} {onclick}>{ "Allocate Elastic IP address" }</Button>
            if let Some(detail) = detail { <span class="muted allocate-limit">{ detail }</span> }
        </span>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn teaches_lists_and_knows_the_limit() {
        let mut lab = Lab::new();
        let page = lab.render(html! { <Addresses /> });
        assert!(
            page.contains("changes at every stop and start") && page.contains("address-allocate")
        );
        for _ in 0..LIMIT {
            lab.call("AllocateAddress", json!({}));
        }
        let id = *lab
            .state()
            .region()
            .unwrap()
            .addresses
            .keys()
            .next()
            .unwrap();
        lab.select(Selected::Address(id));
        let page = lab.render(html! { <Addresses /> });
        assert!(
            page.contains("AddressLimitExceeded") && page.contains("It is not associated."),
            "{page}"
        );
    }
}
