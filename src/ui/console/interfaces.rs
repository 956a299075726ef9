//! Network interfaces: what an instance has its addresses and groups through.

use crate::app::use_app;
use crate::route::Route;
use crate::state::{App, Message, Selected};
use crate::ui::components::{
    Button, Cell, Column, EmptyState, IconName, Modal, ModalSize, Row, Selection, Table,
};
use crate::ui::console::section::choice::GroupChoice;
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{NetworkInterfaceId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::network_interface::NetworkInterface;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "Interface ID"),
        Column::new("instance", "Instance"),
        Column::new("zone", "Zone"),
        Column::new("private", "Private IPv4"),
        Column::new("public", "Public IPv4"),
        Column::new("groups", "Security groups"),
        Column::new("mac", "MAC address"),
    ]
}

fn row(app: &App, region: &RegionState, nic: &NetworkInterface) -> Row {
    let owner = match nic.attachment {
        Some(tie) => {
            let label = parts::instance_label(region, tie.instance);
            Cell::view(
                parts::link(app, label.clone(), Selected::Instance(tie.instance)),
                label,
            )
        }
        None => Cell::text("Not attached"),
    };
    Row::new(
        nic.id.to_string(),
        nic.id.to_string(),
        vec![
            Cell::code(nic.id.to_string()),
            owner,
            Cell::text(nic.zone),
            Cell::code(nic.private_ip().to_string()),
            Cell::code(nic.public_ip().map(|ip| ip.to_string()).unwrap_or_default()),
            Cell::view(
                parts::group_tags(region, &nic.groups),
                parts::group_names(region, &nic.groups),
            ),
            Cell::code(nic.mac_text()),
        ],
    )
}

/// The table and the dialog that changes groups.
#[component]
pub fn NetworkInterfaces() -> Html {
    let app = use_app();
    let changing = use_state(|| false);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = match app.selected {
        Some(Selected::NetworkInterface(id)) => region.network_interfaces.get(&id),
        _ => None,
    };
    let rows: Vec<Row> = parts::interfaces(region)
        .into_iter()
        .map(|nic| row(&app, region, nic))
        .collect();
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids
                .iter()
                .next()
                .and_then(|text| NetworkInterfaceId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::NetworkInterface)));
        })
    };
    let show = |value: bool| {
        let changing = changing.setter();
        Callback::from(move |_: MouseEvent| changing.set(value))
    };
    let onclose = {
        let changing = changing.setter();
        Callback::from(move |()| changing.set(false))
    };
    let no_choice = chosen
        .is_none()
        .then(|| AttrValue::from("Choose an interface first."));
    let actions = html! {
        if !rows.is_empty() {
            <Button id="interface-groups" onclick={show(true)} disabled_reason={no_choice}>{ "Change security groups" }</Button>
        }
    };
    let empty = html! {
        <EmptyState title="No network interfaces" icon={IconName::Network}
            action={html! { <Button href={Route::Launch.href()} id="interface-launch">{ "Launch an instance" }</Button> }}>
            { "A network interface is an instance's network card: it has the private and public addresses, the MAC address and the security groups. Each instance is launched with one." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|nic| AttrValue::from(nic.id.to_string()))
        .collect();
    html! {
        <>
            <Table id="interfaces" title="Network interfaces" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} filter="Find by id, instance, address or group" />
            if let Some(nic) = chosen {
                <Modal id="interface-groups-dialog" open={*changing} title="Change security groups" onclose={onclose.clone()} size={ModalSize::Medium}>
                    <Form id={nic.id} {onclose} />
                </Modal>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    id: NetworkInterfaceId,
    onclose: Callback<()>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let app = use_app();
    let nic = app
        .region()
        .and_then(|region| region.network_interfaces.get(&props.id));
    let before = nic.map(|nic| nic.groups.clone()).unwrap_or_default();
    let chosen = use_state(|| before.clone());
    let Some(nic) = nic else {
        return html! { <p>{ "This interface is gone." }</p> };
    };
    let ids: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    let calls = vec![app.call(
        "ModifyNetworkInterfaceAttribute",
        json!({ "NetworkInterfaceId": nic.id.to_string(), "Groups": ids }),
    )];
    let refusal = try_calls(&app, &calls).err();
    let reason = if chosen.is_empty() {
        Some("Choose at least one group.")
    } else if refusal.is_some() {
        Some("AWS refuses this choice.")
    } else if *chosen == before {
        Some("Nothing has changed.")
    } else {
        None
    };
    let onsubmit = {
        let (app, onclose, calls) = (app.clone(), props.onclose.clone(), calls.clone());
        on_submit(move || {
            onclose.emit(());
            app.dispatch(Message::CallSaying(
                calls.clone(),
                "Changed the security groups of the interface.".to_owned(),
            ));
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |next| chosen.set(next))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <GroupChoice id="interface-groups-choice" vpc={nic.vpc} chosen={(*chosen).clone()} {onchange} />
            if let Some(error) = refusal { <Refused {error} /> }
            if !chosen.is_empty() { <Preview {calls} /> }
            { form_foot("interface-groups", &props.onclose, "Save", reason.map(AttrValue::from)) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn teaches_and_lists() {
        assert!(
            Lab::new()
                .render(html! { <NetworkInterfaces /> })
                .contains("network card")
        );
        let page = Lab::with_instances().render(html! { <NetworkInterfaces /> });
        for words in ["eni-", "web-1", "172.31.", "198.1", "web-sg"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
