//! The hardware as a picture: zones are rooms, racks are cabinets, hosts are shelves, instances stand on them.

mod cabinet;
mod floor;
mod legend;
mod list;

use crate::app::use_app;
use crate::route::Route;
use crate::ui::components::{Button, EmptyState, Icon, IconName, Panel, RadioOption, Segmented};
use ec2_lab_engine::hardware::RACKS;
use floor::{Rack, Room, rooms};
use yew::prelude::*;

/// A rack that the learner lets fail in thought: zone and number.
pub type Failed = Option<(&'static str, u16)>;

/// The picture with its legend and its twin as a list.
#[component]
pub fn Racks() -> Html {
    let app = use_app();
    let view = use_state(|| AttrValue::from("picture"));
    let failed = use_state(|| None::<(&'static str, u16)>);
    let Some(region) = app.region() else {
        return Html::default();
    };
    let rooms = rooms(region);
    let onchange = {
        let view = view.setter();
        Callback::from(move |value| view.set(value))
    };
    let onfail = {
        let failed = failed.clone();
        Callback::from(move |rack: (&'static str, u16)| {
            failed.set((*failed != Some(rack)).then_some(rack))
        })
    };
    let options = vec![
        RadioOption::new("picture", "Picture").media(html! { <Icon name={IconName::Picture} /> }),
        RadioOption::new("list", "List").media(html! { <Icon name={IconName::List} /> }),
    ];
    let actions = html! { <Segmented name="racks-view" label="Show the racks as" value={(*view).clone()} {options} {onchange} /> };
    let busy = rooms.iter().any(Room::is_used);
    let detail = html! { { format!("{} · {RACKS} racks in each zone", app.caller.region) } };
    html! {
        <Panel id="racks" title="Racks" {detail} actions={if busy { actions } else { Html::default() }} flush=true>
            if !busy {
                <EmptyState title="Nothing runs on the racks" icon={IconName::Rack}
                    action={html! { <Button href={Route::Launch.href()} id="racks-launch">{ "Launch instances" }</Button> }}>
                    { "A rack has its own network and power source: what stands on one rack fails together. Launch a few instances in a placement group and see where AWS puts them." }
                </EmptyState>
            } else if *view == "list" {
                <list::RackList />
            } else {
                <div class="racks">
                    { for rooms.iter().filter(|room| room.is_used()).map(|room| view_room(room, *failed, &onfail)) }
                </div>
                { quiet(&rooms) }
            }
            if busy {
                <legend::Legend failed={*failed} />
            }
        </Panel>
    }
}

fn view_room(room: &Room, failed: Failed, onfail: &Callback<(&'static str, u16)>) -> Html {
    let id = format!("rack-room-{}", room.zone);
    let used = room.racks.iter().filter(|rack| rack.is_used()).count();
    html! {
        <section class="rack-room" key={room.zone} aria-labelledby={id.clone()}>
            <h3 class="rack-zone" {id}>{ room.zone }<span class="muted">{ format!(" {used} of {RACKS} racks in use") }</span></h3>
            <ul class="rack-row">
                { for room.racks.iter().map(|rack: &Rack| html! {
                    <cabinet::Cabinet key={rack.number} zone={room.zone} rack={rack.clone()}
                        failed={failed == Some((room.zone, rack.number))} onfail={onfail.clone()} />
                }) }
            </ul>
        </section>
    }
}

/// The zones in which nothing runs, in one line.
fn quiet(rooms: &[Room]) -> Html {
    let names: Vec<&str> = rooms
        .iter()
        .filter(|room| !room.is_used())
        .map(|room| room.zone)
        .collect();
    if names.is_empty() {
        return Html::default();
    }
    html! { <p class="rack-quiet muted">{ format!("Nothing of yours runs in {}.", names.join(", ")) }</p> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn an_empty_floor_teaches() {
        let page = Lab::new().render(html! { <Racks /> });
        assert!(page.contains("what stands on one rack fails together"));
        assert!(!page.contains("rack-room"));
    }

    #[test]
    fn instances_stand_on_their_shelves() {
        let page = Lab::with_instances().render(html! { <Racks /> });
        assert!(page.matches("class=\"rack-room\"").count() == 1, "{page}");
        assert_eq!(page.matches("rack-chip g1").count(), 2);
        for words in [
            "web-1",
            "db-1",
            "2 of 40 racks in use",
            "Nothing of yours runs in us-east-1b",
            "apart",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
