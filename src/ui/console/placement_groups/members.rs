//! The instances of a placement group, by zone and partition, with how much room is left.

use super::promise;
use crate::state::{App, Selected};
use crate::ui::components::Panel;
use crate::ui::console::section::parts;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::Instance;
use ec2_lab_engine::resources::placement_group::{PlacementGroup, SPREAD_PER_ZONE, Strategy};
use std::collections::BTreeMap;
use yew::prelude::*;

/// Instances in the same place: zone and partition.
type Place = (&'static str, Option<u32>);

/// The panel below the table.
pub fn view(app: &App, region: &RegionState, group: &PlacementGroup) -> Html {
    let members: Vec<&Instance> = region
        .instances_by_serial()
        .into_iter()
        .filter(|row| row.placement.group == Some(group.id) && !row.state.is_terminal())
        .collect();
    let mut places: BTreeMap<Place, Vec<&Instance>> = BTreeMap::new();
    for row in &members {
        let partition = row
            .placement
            .partition
            .or(row.placement.wanted_partition)
            .filter(|_| group.strategy == Strategy::Partition);
        places.entry((row.zone, partition)).or_default().push(row);
    }
    let (strategy, _) = promise(group.strategy);
    html! {
        <Panel id="placement-members" title={format!("Instances of {}", group.name)} counter={format!("({})", members.len())}
            detail={html! { { strategy } }}>
            if members.is_empty() {
                <p class="muted">{ "None yet. Choose the group under Advanced details when you launch, or stop an instance and move it here." }</p>
            }
            <div class="places">
                { for places.iter().map(|((zone, partition), rows)| view_place(app, group, zone, *partition, rows)) }
            </div>
        </Panel>
    }
}

fn view_place(
    app: &App,
    group: &PlacementGroup,
    zone: &str,
    partition: Option<u32>,
    rows: &[&Instance],
) -> Html {
    let on = rows.iter().filter(|row| row.state.on_hardware()).count();
    let room = match group.strategy {
        Strategy::Spread => format!("{on} of at most {SPREAD_PER_ZONE} running"),
        Strategy::Cluster => format!("{on} running; no limit but the hardware's"),
        Strategy::Partition => format!("{on} running"),
    };
    let title = match partition {
        Some(number) => format!("{zone}, partition {number}"),
        None => zone.to_owned(),
    };
    html! {
        <section class="place">
            <h3 class="place-title">{ title }</h3>
            <p class="muted">{ room }</p>
            <ul class="plain-list">
                { for rows.iter().map(|row| html! {
                    <li key={row.id.to_string()}>
                        { parts::link(app, row.label(), Selected::Instance(row.id)) }
                        { " " }{ parts::state(row.state) }
                        if let Some(host) = row.placement.host {
                            <span class="muted">{ format!(" rack {}, host {}", host.rack, host.host) }</span>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}
