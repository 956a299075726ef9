//! Which colour is which group, and what a failed rack would mean for each.

use super::Failed;
use super::floor::{Occupant, rooms};
use crate::app::use_app;
use crate::ui::components::{Alert, GroupTag, StatusKind};
use crate::ui::console::placement_groups::promise;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::PlacementGroupId;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::placement_group::PlacementGroup;
use yew::prelude::*;

/// Props of [`Legend`].
#[derive(Properties, PartialEq)]
pub struct LegendProps {
    /// The rack that fails in thought.
    pub failed: Failed,
}

/// The colours in words.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let all: Vec<Occupant> = rooms(region)
        .iter()
        .flat_map(|room| {
            room.racks
                .iter()
                .flat_map(|rack| rack.occupants().cloned().collect::<Vec<_>>())
        })
        .collect();
    let lost: Vec<Occupant> = props
        .failed
        .map(|failed| on_rack(region, failed))
        .unwrap_or_default();
    let lines: Vec<(usize, &PlacementGroup)> = parts::placements(region)
        .into_iter()
        .enumerate()
        .filter(|(_, group)| count(&all, Some(group.id)) > 0)
        .collect();
    let loose = count(&all, None);
    html! {
        <div class="rack-legend">
            if let Some((zone, number)) = props.failed {
                <Alert kind={StatusKind::Warning} title={format!("If rack {number} in {zone} failed:")}>
                    <ul class="plain-list">
                        { for lines.iter().map(|(_, group)| {
                            let (gone, of) = (count(&lost, Some(group.id)), count(&all, Some(group.id)));
                            html! { <li>{ loss(&group.name, gone, of) }</li> }
                        }) }
                        if loose > 0 {
                            <li>{ loss("Without a group", count(&lost, None), loose) }</li>
                        }
                    </ul>
                </Alert>
            }
            <ul class="legend-list">
                { for lines.iter().map(|(index, group)| {
                    let (strategy, promise) = promise(group.strategy);
                    html! {
                        <li key={group.id.to_string()}>
                            <GroupTag name={group.name.clone()} index={*index} />
                            <span>{ format!("{strategy}: {promise}") }</span>
                        </li>
                    }
                }) }
                if loose > 0 {
                    <li><span class="rack-chip">{ "no group" }</span><span>{ "Wherever there is room" }</span></li>
                }
            </ul>
        </div>
    }
}

fn loss(name: &str, gone: usize, of: usize) -> String {
    match (gone, of) {
        (0, _) => format!("{name}: nothing lost"),
        (gone, of) if gone == of => format!("{name}: all {of} instances are lost"),
        (1, of) => format!("{name}: 1 of {of} instances is lost"),
        (gone, of) => format!("{name}: {gone} of {of} instances are lost"),
    }
}

fn count(rows: &[Occupant], group: Option<PlacementGroupId>) -> usize {
    rows.iter()
        .filter(|row| row.group.as_ref().map(|(id, ..)| *id) == group)
        .count()
}

fn on_rack(region: &RegionState, (zone, number): (&'static str, u16)) -> Vec<Occupant> {
    let rooms = rooms(region);
    let rack = rooms
        .iter()
        .find(|room| room.zone == zone)
        .and_then(|room| room.racks.iter().find(|rack| rack.number == number));
    rack.map(|rack| rack.occupants().cloned().collect())
        .unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn a_failed_rack_takes_one_of_a_spread_group() {
        let lab = Lab::with_instances();
        let room = rooms(lab.state().region().unwrap()).remove(0);
        let rack = room
            .racks
            .iter()
            .find(|rack| rack.is_used())
            .unwrap()
            .number;
        let page = lab.render(html! { <Legend failed={Some((room.zone, rack))} /> });
        assert!(page.contains("apart: 1 of 2 instances is lost"), "{page}");
    }
}
