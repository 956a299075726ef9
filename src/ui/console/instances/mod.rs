//! The table of instances.

mod actions;
mod address;
mod connect;
mod console_output;
mod groups;
mod kind;
mod name;
mod placement;
mod protection;
mod row;
mod terminate;

pub use actions::{Action, InstanceActions};
pub use connect::start_connecting;
pub use console_output::ConsoleOutput;
pub use row::status_check;

use crate::app::use_app;
use crate::route::Route;
use crate::state::{AppState, Message, Selected};
use crate::ui::components::{Button, ButtonVariant, EmptyState, IconName, Selection, Table};
use ec2_lab_engine::ids::{InstanceId, ResourceId};
use yew::prelude::*;

/// The ids of the chosen rows that still exist; the inspector's instance counts as chosen.
fn chosen(app: &AppState, marked: &[InstanceId]) -> Vec<InstanceId> {
    let exists = |id: &InstanceId| {
        app.region()
            .is_some_and(|region| region.instances.contains(id))
    };
    let here: Vec<InstanceId> = marked.iter().copied().filter(exists).collect();
    match app.selected {
        Some(Selected::Instance(id)) if !here.contains(&id) => {
            vec![id].into_iter().filter(exists).collect()
        }
        Some(Selected::Instance(_)) => here,
        // The learner looks at something else now; a single mark went with it.
        _ if here.len() > 1 => here,
        _ => Vec::new(),
    }
}

/// The table with its filter, actions and dialogs.
#[component]
pub fn Instances() -> Html {
    let app = use_app();
    let marked = use_state(Vec::<InstanceId>::new);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let ids = chosen(&app, &marked);
    let rows: Vec<_> = region
        .instances_by_serial()
        .into_iter()
        .rev()
        .map(|instance| row::row(&app, region, instance))
        .collect();
    let onselect = {
        let (app, marked, before) = (app.clone(), marked.setter(), ids.clone());
        Callback::from(move |texts: implicit_clone::unsync::IArray<AttrValue>| {
            let next: Vec<InstanceId> = texts
                .iter()
                .filter_map(|text| InstanceId::parse(text))
                .collect();
            let newest = next
                .iter()
                .find(|id| !before.contains(id))
                .or(next.last())
                .copied();
            marked.set(next);
            app.dispatch(Message::Select(newest.map(Selected::Instance)));
        })
    };
    let selected: Vec<AttrValue> = ids
        .iter()
        .map(|id| AttrValue::from(id.to_string()))
        .collect();
    let launch = html! {
        <Button variant={ButtonVariant::Primary} href={Route::Launch.href()} id="launch-instances">
            { "Launch instances" }
        </Button>
    };
    let actions = html! {
        <>
            <InstanceActions id="instances" ids={ids} words="Instance state and actions" />
            { launch.clone() }
        </>
    };
    let empty = html! {
        <EmptyState title="No instances" icon={IconName::Instance}
            action={html! {
                <Button variant={ButtonVariant::Primary} href={Route::Launch.href()} id="launch-first">{ "Launch an instance" }</Button>
            }}>
            { "An instance is a virtual server that you rent by the second. Launch one, then try to connect to it: that is where security groups, addresses and ports begin to make sense." }
        </EmptyState>
    };
    let filter = (!rows.is_empty())
        .then(|| AttrValue::from("Find by name, id, state, type, address or group"));
    html! {
        <Table id="instances" title="Instances" columns={row::columns()} {rows} {selected} {onselect}
            selection={Selection::Multi} {actions} {empty} {filter} />
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn an_empty_table_leads_to_the_wizard() {
        let page = Lab::new().render(html! { <Instances /> });
        assert!(page.contains("a virtual server that you rent"));
        assert!(page.contains("href=\"#/lab/launch\""));
    }

    #[test]
    fn rows_say_what_one_looks_for() {
        let page = Lab::with_instances().render(html! { <Instances /> });
        for words in [
            "web-1",
            "db-1",
            "Running",
            "2/2 checks passed",
            "t3.micro",
            "web-sg",
            "lab-key",
            "us-east-1",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let mut lab = Lab::with_instances();
        lab.select_nothing();
        assert!(
            lab.render(html! { <Instances /> })
                .contains("Choose an instance first.")
        );
    }

    #[test]
    fn the_chosen_instance_can_be_acted_on() {
        let mut lab = Lab::with_instances();
        let id = lab.state().region().unwrap().instances_by_serial()[0].id;
        lab.select(Selected::Instance(id));
        let page = lab.render(html! { <Instances /> });
        assert!(page.contains("(1/2)"));
        assert!(!page.contains("Choose an instance first."));
        assert!(page.contains("It is running already."));
        assert!(page.contains("Stop it first: the type of a running instance cannot change."));
    }
}
