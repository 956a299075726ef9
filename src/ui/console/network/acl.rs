//! Network ACLs: the numbered rules at the edge of a subnet, checked in both directions, the lowest number first.

use super::acl_form::AclForm;
use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{
    Button, Cell, Column, IconName, Panel, Row, StatusIndicator, StatusKind, Table,
};
use crate::ui::console::section::{parts, rule_words};
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::network_acl::{NetworkAcl, NetworkAclEntry};
use yew::prelude::*;

fn columns(egress: bool) -> Vec<Column> {
    vec![
        Column::new("number", "Rule number"),
        Column::new("protocol", "Protocol"),
        Column::new("ports", "Port range"),
        Column::new("peer", if egress { "Destination" } else { "Source" }),
        Column::new("decision", "Allow or deny"),
        Column::new("action", "Action").unsorted(),
    ]
}

fn ports(entry: &NetworkAclEntry) -> String {
    match (entry.ports, entry.icmp) {
        (Some((from, to)), _) if from == to => from.to_string(),
        (Some((from, to)), _) => format!("{from} - {to}"),
        (None, Some((-1, _)) | None) => "All".to_owned(),
        (None, Some((kind, _))) => format!("Type {kind}"),
    }
}

fn decision(allow: bool) -> Cell {
    let (kind, word) = if allow {
        (StatusKind::Success, "ALLOW")
    } else {
        (StatusKind::Error, "DENY")
    };
    Cell::view(
        html! { <StatusIndicator {kind}>{ word }</StatusIndicator> },
        word,
    )
}

fn row(app: &App, acl: &NetworkAcl, entry: &NetworkAclEntry, mark: &str) -> Row {
    let direction = if entry.egress { "out" } else { "in" };
    let onclick = {
        let call = app.call("DeleteNetworkAclEntry", json!({ "NetworkAclId": acl.id.to_string(), "RuleNumber": entry.number, "Egress": entry.egress }));
        let (app, words) = (app.clone(), format!("Removed ACL rule {}.", entry.number));
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::CallSaying(vec![call.clone()], words.clone()))
        })
    };
    let remove = html! {
        <Button small=true icon={IconName::Remove} id={format!("acl-{direction}-remove-{}{mark}", entry.number)}
            label={format!("Remove {}bound rule {}", direction, entry.number)} {onclick}>{ "Remove" }</Button>
    };
    Row::new(
        format!("{direction}-{}", entry.number),
        format!("rule {}", entry.number),
        vec![
            Cell::text(entry.number.to_string()),
            Cell::text(rule_words::protocol(entry.protocol)),
            Cell::text(ports(entry)),
            Cell::code(entry.cidr.to_string()),
            decision(entry.allow),
            Cell::view(remove, ""),
        ],
    )
}

/// The rule that every ACL ends with.
fn last(egress: bool) -> Row {
    Row::new(
        format!("last-{egress}"),
        "the last rule",
        vec![
            Cell::text("*"),
            Cell::text("All"),
            Cell::text("All"),
            Cell::code("0.0.0.0/0"),
            decision(false),
            Cell::text(""),
        ],
    )
}

/// A panel for each ACL.
#[component]
pub fn Acls() -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    html! {
        <>{ for parts::by_serial(region.network_acls.values(), |acl| acl.serial).into_iter().map(|acl| {
            let mark = parts::mark(region, acl.vpc, acl.is_default, acl.id);
            let name = acl.tags.name().map_or_else(|| "Network ACL".to_owned(), |name| format!("Network ACL {name}"));
            let table = |egress: bool| {
                let mut entries: Vec<&NetworkAclEntry> = acl.entries.iter().filter(|entry| entry.egress == egress).collect();
                entries.sort_by_key(|entry| entry.number);
                let mut rows: Vec<Row> = entries.into_iter().map(|entry| row(&app, acl, entry, &mark)).collect();
                rows.push(last(egress));
                let (prefix, title) = if egress { ("acl-out", "Outbound") } else { ("acl-in", "Inbound") };
                html! {
                    <div class="acl-direction">
                        <Table id={format!("{prefix}{mark}")} {title} level=3 columns={columns(egress)} {rows} plain=true page_size=21 />
                        <AclForm id={acl.id} {egress} mark={mark.clone()} />
                    </div>
                }
            };
            let count = acl.associations.len();
            html! {
                <Panel key={acl.id.to_string()} id={format!("network-acl{mark}")} title={name} flush=true
                    detail={html! { { format!("{} · {}for {count} subnets", acl.id, if acl.is_default { "default, " } else { "" }) } }}>
                    <p class="panel-note">
                        { "It guards the edge of the subnet and remembers nothing: a packet and its answer are both checked. The lowest number that matches decides; what no rule matches meets " }
                        <strong>{ "*" }</strong>{ ", which denies." }
                    </p>
                    { table(false) }
                    { table(true) }
                </Panel>
            }
        }) }</>
    }
}
