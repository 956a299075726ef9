//! Security groups: the table, and the rules of the chosen one.

mod apply;
mod create;
mod draft;
mod editor;
mod rule_row;
mod rules;

use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, IconName, Row, Selection, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{ResourceId, SecurityGroupId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::{Peer, SecurityGroup};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("in", "Inbound rules").numeric(),
        Column::new("out", "Outbound rules").numeric(),
        Column::new("users", "Used by"),
        Column::new("description", "Description").wraps(),
        Column::new("id", "Security group ID"),
        Column::new("vpc", "VPC ID"),
    ]
}

fn row(region: &RegionState, group: &SecurityGroup) -> Row {
    let users = region
        .network_interfaces
        .values()
        .filter(|nic| nic.groups.contains(&group.id))
        .count();
    Row::new(
        group.id.to_string(),
        group.name.clone(),
        vec![
            Cell::view(parts::group_tag(region, group.id), group.name.clone()),
            Cell::text(group.rules_of(false).count().to_string()),
            Cell::text(group.rules_of(true).count().to_string()),
            Cell::text(match users {
                1 => "1 interface".to_owned(),
                count => format!("{count} interfaces"),
            }),
            Cell::text(group.description.clone()),
            Cell::code(group.id.to_string()),
            Cell::code(group.vpc.to_string()),
        ],
    )
}

/// What keeps a group from being deleted, in words.
fn dependents(region: &RegionState, id: SecurityGroupId) -> Vec<String> {
    let wearers = parts::interfaces(region)
        .into_iter()
        .filter(|nic| nic.groups.contains(&id))
        .map(|nic| match nic.attachment {
            Some(tie) => format!("{} has it", parts::instance_label(region, tie.instance)),
            None => format!("the interface {} has it", nic.id),
        });
    let namers = parts::groups(region)
        .into_iter()
        .filter(|other| {
            other.id != id
                && other
                    .rules
                    .iter()
                    .any(|rule| rule.permission.peer == Peer::Group(id))
        })
        .map(|other| format!("a rule of {} names it", other.name));
    wearers.chain(namers).collect()
}

/// The table, the dialogs, and the rules below.
#[component]
pub fn SecurityGroups() -> Html {
    let app = use_app();
    let creating = use_state(|| false);
    let deleting = use_state(|| false);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = match app.selected {
        Some(Selected::SecurityGroup(id)) => region.security_groups.get(&id),
        _ => None,
    };
    let rows: Vec<Row> = parts::groups(region)
        .into_iter()
        .map(|group| row(region, group))
        .collect();
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids
                .iter()
                .next()
                .and_then(|text| SecurityGroupId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::SecurityGroup)));
        })
    };
    let set = |state: &UseStateHandle<bool>, value: bool| {
        let state = state.setter();
        Callback::from(move |_: MouseEvent| state.set(value))
    };
    let closed = |state: &UseStateHandle<bool>| {
        let state = state.setter();
        Callback::from(move |()| state.set(false))
    };
    let no_choice = chosen
        .is_none()
        .then(|| AttrValue::from("Choose a security group first."));
    let actions = html! {
        <>
            <Button id="group-delete" onclick={set(&deleting, true)} disabled_reason={no_choice}>{ "Delete" }</Button>
            <Button id="group-create" variant={ButtonVariant::Primary} onclick={set(&creating, true)}>{ "Create security group" }</Button>
        </>
    };
    let empty = html! {
        <EmptyState title="No security groups" icon={IconName::Shield}>{ "A security group is a list of what may come in and go out." }</EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|group| AttrValue::from(group.id.to_string()))
        .collect();
    html! {
        <>
            <Table id="security-groups" title="Security groups" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} filter="Find by name, id or description" />
            <create::CreateGroup open={*creating} onclose={closed(&creating)} />
            if let Some(group) = chosen {
                <Confirm id="group-delete-dialog" open={*deleting} title={format!("Delete {}?", group.name)} action="Delete"
                    calls={vec![app.call("DeleteSecurityGroup", json!({ "GroupId": group.id.to_string() }))]}
                    onclose={closed(&deleting)}>
                    <p>{ "Only a group that no interface has and no other group's rule names can be deleted. Its rules go with it." }</p>
                    { needed(&dependents(region, group.id)) }
                </Confirm>
                <rules::Rules key={group.id.to_string()} id={group.id} />
            } else {
                <p class="section-hint">{ "Choose a group to see and change its rules." }</p>
            }
        </>
    }
}

fn needed(dependents: &[String]) -> Html {
    if dependents.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <p>{ "It is still needed:" }</p>
            <ul class="plain-list">{ for dependents.iter().map(|words| html! { <li>{ words.clone() }</li> }) }</ul>
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn lists_groups_and_shows_the_rules_of_the_chosen_one() {
        let mut lab = Lab::with_instances();
        let region = lab.state().region().unwrap();
        let web = region
            .group_by_name(region.default_vpc().unwrap().id, "web-sg")
            .unwrap()
            .id;
        assert_eq!(dependents(region, web).len(), 2);
        lab.select(Selected::SecurityGroup(web));
        let page = lab.render(html! { <SecurityGroups /> });
        for words in [
            "default VPC security group",
            "2 interfaces",
            "Inbound rules",
            "SSH",
            "0.0.0.0/0",
            "logins",
            "inbound-edit",
            "outbound-edit",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
