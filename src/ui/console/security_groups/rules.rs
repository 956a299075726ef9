//! The rules of one group, in both directions, to read or to edit.

use super::draft::is_everywhere;
use super::editor::Editor;
use crate::app::use_app;
use crate::ui::components::{
    Badge, BadgeColor, Button, Cell, Column, EmptyState, IconName, Panel, Row, Table,
};
use crate::ui::console::section::rule_words;
use ec2_lab_engine::ids::SecurityGroupId;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::SecurityGroupRule;
use yew::prelude::*;

/// Props of [`Rules`].
#[derive(Properties, PartialEq)]
pub struct RulesProps {
    /// The group.
    pub id: SecurityGroupId,
}

/// Both directions; one of them can be edited at a time.
#[component]
pub fn Rules(props: &RulesProps) -> Html {
    let app = use_app();
    let editing = use_state(|| None::<bool>);
    let Some((region, group)) = app
        .region()
        .and_then(|region| Some((region, region.security_groups.get(&props.id)?)))
    else {
        return Html::default();
    };
    let done = {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(None))
    };
    let edit = |egress: bool| {
        let editing = editing.setter();
        Callback::from(move |_: MouseEvent| editing.set(Some(egress)))
    };
    let direction = |egress: bool| {
        let (prefix, title) = if egress {
            ("outbound", "Outbound rules")
        } else {
            ("inbound", "Inbound rules")
        };
        if *editing == Some(egress) {
            return html! {
                <Panel id={format!("{prefix}-rules")} title={format!("Edit {} of {}", title.to_lowercase(), group.name)}>
                    <Editor id={group.id} {egress} onclose={done.clone()} />
                </Panel>
            };
        }
        let rules: Vec<&SecurityGroupRule> = group.rules_of(egress).collect();
        let actions = html! {
            <Button id={format!("{prefix}-edit")} icon={IconName::Edit} onclick={edit(egress)}>
                { format!("Edit {}", title.to_lowercase()) }
            </Button>
        };
        let (missing, words) = if egress {
            (
                "No outbound rules",
                "Its instances cannot start a connection. Answers to what was let in still go out: a security group remembers.",
            )
        } else {
            (
                "No inbound rules",
                "Nothing from outside comes in: whoever tries waits until the client gives up (timed out).",
            )
        };
        let empty = html! {
            <EmptyState title={missing} action={html! {
                <Button id={format!("{prefix}-add-first")} onclick={edit(egress)}>{ "Add a rule" }</Button>
            }}>{ words }</EmptyState>
        };
        html! {
            <Table id={format!("{prefix}-rules")} {title} description={html! { { group.name.clone() } }} columns={columns(egress)}
                rows={rules.iter().map(|rule| row(region, rule)).collect::<Vec<_>>()} {actions} {empty}
                filter={(rules.len() > 5).then_some(AttrValue::from("Find rules"))} />
        }
    };
    html! {
        <>
            { direction(false) }
            { direction(true) }
        </>
    }
}

fn columns(egress: bool) -> Vec<Column> {
    vec![
        Column::new("type", "Type"),
        Column::new("protocol", "Protocol"),
        Column::new("ports", "Port range"),
        Column::new("peer", if egress { "Destination" } else { "Source" }),
        Column::new("who", "Who that is").wraps(),
        Column::new("description", "Description").wraps(),
        Column::new("id", "Rule ID"),
    ]
}

fn row(region: &RegionState, rule: &SecurityGroupRule) -> Row {
    let permission = &rule.permission;
    let kind = rule_words::kind(permission);
    let peer = rule_words::peer(region, permission.peer);
    let who = rule_words::who(region, permission.peer);
    let login = permission.covers_port(
        ec2_lab_engine::resources::security_group::Protocol::Tcp,
        Some(22),
    ) || permission.covers_port(
        ec2_lab_engine::resources::security_group::Protocol::Tcp,
        Some(3389),
    );
    let risky = !rule.egress && is_everywhere(permission) && login;
    let who_view = html! {
        <span>
            { who.clone() }
            if risky { { " " }<Badge color={BadgeColor::Yellow}>{ "login port open to all" }</Badge> }
        </span>
    };
    Row::new(
        rule.id.to_string(),
        format!("{kind} {peer}"),
        vec![
            Cell::text(kind),
            Cell::text(rule_words::protocol(permission.protocol)),
            Cell::text(rule_words::ports(permission)),
            Cell::code(peer),
            Cell::view(who_view, who),
            Cell::text(rule.description.clone().unwrap_or_default()),
            Cell::code(rule.id.to_string()),
        ],
    )
}
