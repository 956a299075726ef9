//! The racks as a list: the same as the picture, in words.

use super::floor::rooms;
use crate::app::use_app;
use crate::state::Selected;
use crate::ui::components::{Cell, Column, Row, Table};
use crate::ui::console::section::parts;
use crate::ui::words;
use yew::prelude::*;

/// A row for each instance on hardware.
#[component]
pub fn RackList() -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let mut rows = Vec::new();
    for room in rooms(region) {
        for rack in &room.racks {
            for (host, occupants) in &rack.hosts {
                for occupant in occupants {
                    let group = occupant
                        .group
                        .as_ref()
                        .map(|(_, name, _)| name.clone())
                        .unwrap_or_default();
                    rows.push(Row::new(
                        occupant.id.to_string(),
                        occupant.label.clone(),
                        vec![
                            Cell::view(
                                parts::link(
                                    &app,
                                    occupant.label.clone(),
                                    Selected::Instance(occupant.id),
                                ),
                                occupant.label.clone(),
                            ),
                            Cell::view(parts::state(occupant.state), words::state(occupant.state)),
                            Cell::text(group),
                            Cell::text(
                                occupant
                                    .partition
                                    .map(|number| number.to_string())
                                    .unwrap_or_default(),
                            ),
                            Cell::text(room.zone),
                            Cell::text(rack.number.to_string()),
                            Cell::text(host.to_string()),
                        ],
                    ));
                }
            }
        }
    }
    let columns = vec![
        Column::new("instance", "Instance"),
        Column::new("state", "State"),
        Column::new("group", "Placement group"),
        Column::new("partition", "Partition").numeric(),
        Column::new("zone", "Zone"),
        Column::new("rack", "Rack").numeric(),
        Column::new("host", "Host").numeric(),
    ];
    html! {
        <Table id="rack-list" title="Instances on the racks" level=3 {columns} {rows} plain=true page_size=20
            filter="Find by instance, group, zone or rack" />
    }
}
