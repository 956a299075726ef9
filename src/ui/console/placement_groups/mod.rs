//! Placement groups: the table, the dialogs, and where the instances of the chosen group are.

mod create;
mod members;

use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, Column, EmptyState, GroupTag, IconName, Row, Selection, Table,
};
use crate::ui::console::section::confirm::Confirm;
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::{PlacementGroupId, ResourceId};
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::placement_group::{PlacementGroup, Strategy};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// What a strategy is called, and what it promises.
#[must_use]
pub const fn promise(strategy: Strategy) -> (&'static str, &'static str) {
    match strategy {
        Strategy::Cluster => ("Cluster", "close together in one zone"),
        Strategy::Spread => ("Spread", "each instance on a rack of its own"),
        Strategy::Partition => ("Partition", "partitions that share no rack"),
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Group name"),
        Column::new("strategy", "Strategy"),
        Column::new("promise", "Promise").wraps(),
        Column::new("partitions", "Partitions").numeric(),
        Column::new("instances", "Instances").numeric(),
        Column::new("id", "Group ID"),
    ]
}

fn row(region: &RegionState, group: &PlacementGroup, index: usize) -> Row {
    let (strategy, promise) = promise(group.strategy);
    let count = region
        .instances
        .values()
        .filter(|row| row.placement.group == Some(group.id) && !row.state.is_terminal())
        .count();
    Row::new(
        group.id.to_string(),
        group.name.clone(),
        vec![
            Cell::view(
                html! { <GroupTag name={group.name.clone()} {index} /> },
                group.name.clone(),
            ),
            Cell::text(strategy),
            Cell::text(promise),
            Cell::text(
                group
                    .partition_count
                    .map(|count| count.to_string())
                    .unwrap_or_default(),
            ),
            Cell::text(count.to_string()),
            Cell::code(group.id.to_string()),
        ],
    )
}

/// The table, the dialogs, and the members of the chosen group.
#[component]
pub fn PlacementGroups() -> Html {
    let app = use_app();
    let creating = use_state(|| false);
    let deleting = use_state(|| false);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let chosen = match app.selected {
        Some(Selected::PlacementGroup(id)) => region.placement_groups.get(&id),
        _ => None,
    };
    let rows: Vec<Row> = parts::placements(region)
        .into_iter()
        .enumerate()
        .map(|(index, group)| row(region, group, index))
        .collect();
    let onselect = {
        let app = app.clone();
        Callback::from(move |ids: IArray<AttrValue>| {
            let id = ids
                .iter()
                .next()
                .and_then(|text| PlacementGroupId::parse(text));
            app.dispatch(Message::Select(id.map(Selected::PlacementGroup)));
        })
    };
    let set = |state: &UseStateHandle<bool>| {
        let state = state.setter();
        Callback::from(move |_: MouseEvent| state.set(true))
    };
    let closed = |state: &UseStateHandle<bool>| {
        let state = state.setter();
        Callback::from(move |()| state.set(false))
    };
    let no_choice = chosen
        .is_none()
        .then(|| AttrValue::from("Choose a placement group first."));
    let actions = html! {
        <>
            if !rows.is_empty() {
                <Button id="placement-delete" onclick={set(&deleting)} disabled_reason={no_choice}>{ "Delete" }</Button>
                <Button id="placement-create" variant={ButtonVariant::Primary} onclick={set(&creating)}>{ "Create placement group" }</Button>
            }
        </>
    };
    let empty = html! {
        <EmptyState title="No placement groups" icon={IconName::Rack} action={html! {
            <Button id="placement-create" variant={ButtonVariant::Primary} onclick={set(&creating)}>{ "Create placement group" }</Button>
        }}>
            { "A placement group tells AWS how your instances stand to each other on the hardware: close together for speed, or apart so that one failed rack does not take them all. It costs nothing." }
        </EmptyState>
    };
    let selected: Vec<AttrValue> = chosen
        .iter()
        .map(|group| AttrValue::from(group.id.to_string()))
        .collect();
    let filter = (rows.len() > 1).then(|| AttrValue::from("Find by name or strategy"));
    html! {
        <>
            <Table id="placement-groups" title="Placement groups" columns={columns()} {rows} {selected} {onselect}
                selection={Selection::Single} {actions} {empty} {filter} />
            <create::CreatePlacementGroup open={*creating} onclose={closed(&creating)} />
            if let Some(group) = chosen {
                <Confirm id="placement-delete-dialog" open={*deleting} title={format!("Delete {}?", group.name)} action="Delete"
                    calls={vec![app.call("DeletePlacementGroup", json!({ "GroupName": group.name }))]} onclose={closed(&deleting)}>
                    <p>{ "Only a group without instances can be deleted; stopped instances count." }</p>
                </Confirm>
                { members::view(&app, region, group) }
            }
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn teaches_when_there_is_none() {
        let page = Lab::new().render(html! { <PlacementGroups /> });
        assert!(
            page.contains("one failed rack does not take them all")
                && page.contains("placement-create")
        );
    }

    #[test]
    fn shows_members_by_zone() {
        let mut lab = Lab::with_instances();
        let id = parts::placements(lab.state().region().unwrap())[0].id;
        lab.select(Selected::PlacementGroup(id));
        let page = lab.render(html! { <PlacementGroups /> });
        for words in ["apart", "Spread", "web-1", "db-1", "2 of at most 7 running"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
