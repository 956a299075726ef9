//! One instance as a row of the table.

use crate::state::{App, Selected};
use crate::ui::components::{Cell, Column, Row, StatusIndicator, StatusKind};
use crate::ui::console::section::parts;
use crate::ui::words;
use ec2_lab_engine::operations::instance::describe_status::checks;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::Instance;
use yew::prelude::*;

/// The columns of the table.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("state", "Instance state"),
        Column::new("type", "Type"),
        Column::new("public", "Public IPv4"),
        Column::new("private", "Private IPv4"),
        Column::new("zone", "Zone"),
        Column::new("checks", "Status check"),
        Column::new("groups", "Security groups"),
        Column::new("key", "Key name"),
        Column::new("id", "Instance ID"),
    ]
}

/// The row of an instance.
#[must_use]
pub fn row(app: &App, region: &RegionState, instance: &Instance) -> Row {
    let id = instance.id.to_string();
    let nic = region.primary_interface(instance);
    let groups = parts::groups_of(region, instance);
    let (kind, check) = status_check(app, instance);
    let open = |words: String| parts::link(app, words, Selected::Instance(instance.id));
    let name = match instance.tags.name() {
        Some(name) => open(name.to_owned()),
        None => html! { <span class="code">{ open(id.clone()) }</span> },
    };
    let checks = match kind {
        None => Cell::text(""),
        Some(kind) => Cell::view(
            html! { <StatusIndicator {kind}>{ check }</StatusIndicator> },
            check,
        ),
    };
    let cells = vec![
        Cell::view(name, instance.label()),
        Cell::view(parts::state(instance.state), words::state(instance.state)),
        Cell::text(instance.instance_type),
        parts::copyable_cell(
            app,
            nic.and_then(|nic| nic.public_ip()),
            "the public IPv4 address",
        ),
        parts::copyable_cell(
            app,
            nic.map(|nic| nic.private_ip()),
            "the private IPv4 address",
        ),
        Cell::text(instance.zone),
        checks,
        Cell::view(
            parts::group_tags(region, &groups),
            parts::group_names(region, &groups),
        ),
        Cell::text(instance.key_name.clone().unwrap_or_default()),
        Cell::code(id.clone()),
    ];
    Row::new(id, instance.label(), cells)
}

/// The status checks as the console sums them up; nothing for an instance that is off.
#[must_use]
pub fn status_check(app: &App, instance: &Instance) -> (Option<StatusKind>, &'static str) {
    let running_for = app.clock().since(instance.state_since);
    match checks(instance, running_for).0 {
        "ok" => (Some(StatusKind::Success), "2/2 checks passed"),
        "initializing" => (Some(StatusKind::Pending), "Initializing"),
        _ => (None, ""),
    }
}
