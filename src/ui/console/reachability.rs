//! Who reaches whom on one port, and why not: a row for each kind of sender, a column for each kind of target.

use crate::app::use_app;
use crate::route::Route;
use crate::ui::components::{
    Button, Cell, Column, EmptyState, FormField, IconName, Row, Select, SelectOption,
    StatusIndicator, StatusKind, Table,
};
use crate::ui::console::connect::words;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::network::{self, Verdict, matrix};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::Protocol;
use yew::prelude::*;

/// What can be tried.
const TRIES: [(&str, &str, Protocol, Option<u16>); 7] = [
    ("22", "SSH, TCP 22", Protocol::Tcp, Some(22)),
    ("80", "HTTP, TCP 80", Protocol::Tcp, Some(80)),
    ("443", "HTTPS, TCP 443", Protocol::Tcp, Some(443)),
    ("3306", "MySQL, TCP 3306", Protocol::Tcp, Some(3306)),
    ("5432", "PostgreSQL, TCP 5432", Protocol::Tcp, Some(5432)),
    ("8080", "A program, TCP 8080", Protocol::Tcp, Some(8080)),
    ("ping", "Ping, ICMP", Protocol::Icmp, None),
];

/// A class by its first member.
fn label(region: &RegionState, members: &[InstanceId]) -> String {
    let first = members
        .first()
        .map(|id| parts::instance_label(region, *id))
        .unwrap_or_default();
    match members.len() {
        0 | 1 => first,
        2 => format!("{first} and 1 more"),
        many => format!("{first} and {} more", many - 1),
    }
}

fn shown(cell: &network::Cell, alone: bool) -> Cell {
    if alone {
        return Cell::text("itself");
    }
    let Some(verdict) = cell.verdict else {
        return Cell::text("is not up");
    };
    let kind = match verdict {
        Verdict::Connected => StatusKind::Success,
        Verdict::TimedOut | Verdict::UnknownHost => StatusKind::Error,
        Verdict::Refused | Verdict::NoRoute | Verdict::PermissionDenied | Verdict::Http(_) => {
            StatusKind::Warning
        }
    };
    let why = cell.cause.map(words::cause);
    let head = words::short(verdict);
    let view = html! {
        <div>
            <StatusIndicator {kind}>{ head }</StatusIndicator>
            if let Some(why) = why { <span class="muted cell-note">{ why }</span> }
        </div>
    };
    Cell::view(view, format!("{head} {}", why.unwrap_or_default()))
}

/// The matrix.
#[component]
pub fn Reachability() -> Html {
    let app = use_app();
    let chosen = use_state(|| AttrValue::from("22"));
    let Some(region) = app.region() else {
        return Html::default();
    };
    let (protocol, port) = TRIES
        .iter()
        .find(|(value, ..)| *value == chosen.as_str())
        .map_or((Protocol::Tcp, Some(22)), |(_, _, protocol, port)| {
            (*protocol, *port)
        });
    let found = matrix(app.session.world(), &app.caller, protocol, port);
    let labels: Vec<String> = found
        .classes
        .iter()
        .map(|members| label(region, members))
        .collect();
    let mut columns = vec![Column::new("from", "From")];
    columns.extend(
        labels.iter().enumerate().map(|(index, label)| {
            Column::new(format!("to-{index}"), format!("To {label}")).wraps()
        }),
    );
    let rows: Vec<Row> = found
        .cells
        .iter()
        .enumerate()
        .map(|(from, cells)| {
            let name = labels.get(from).cloned().unwrap_or_default();
            let mut row = vec![Cell::text(name.clone())];
            row.extend(cells.iter().enumerate().map(|(to, cell)| {
                let alone = from == to
                    && found
                        .classes
                        .get(to)
                        .is_some_and(|members| members.len() == 1);
                shown(cell, alone)
            }));
            Row::new(format!("from-{from}"), name, row)
        })
        .collect();
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |value| chosen.set(value))
    };
    let options: Vec<SelectOption> = TRIES
        .iter()
        .map(|(value, label, ..)| SelectOption::new(*value, *label))
        .collect();
    let actions = html! {
        <FormField id="reachability-port" label="Tried with">
            <Select value={(*chosen).clone()} {options} {onchange} />
        </FormField>
    };
    let empty = html! {
        <EmptyState title="Nobody to reach anybody" icon={IconName::Network}
            action={html! { <Button href={Route::Launch.href()} id="reachability-launch">{ "Launch an instance" }</Button> }}>
            { "With instances, this table says of each which others it reaches on a port, and what is in the way where it does not." }
        </EmptyState>
    };
    html! {
        <Table id="reachability" title="Reachability" {columns} {rows} {actions} {empty}
            description={html! { { "Instances that no rule, route or program can tell apart stand together." } }} />
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn says_who_reaches_whom() {
        let lab = Lab::with_instances();
        let page = lab.render(html! { <Reachability /> });
        for text in ["To web-1", "it connects", "reachability-port"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(
            Lab::new()
                .render(html! { <Reachability /> })
                .contains("Nobody to reach anybody")
        );
    }
}
