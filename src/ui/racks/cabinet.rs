//! A rack as a cabinet with shelves; its instances can be chosen, and it can be let fail in thought.

use super::floor::{Occupant, Rack};
use crate::app::use_app;
use crate::state::{App, Message, Selected};
use crate::ui::components::{Button, ButtonVariant, group_class};
use crate::ui::words;
use yew::prelude::*;

/// Props of [`Cabinet`].
#[derive(Properties, PartialEq)]
pub struct CabinetProps {
    /// The zone it stands in.
    pub zone: &'static str,
    /// What it holds.
    pub rack: Rack,
    /// Whether it has failed in thought.
    pub failed: bool,
    /// Called with zone and number when it is to fail, or to work again.
    pub onfail: Callback<(&'static str, u16)>,
}

/// The cabinet.
#[component]
pub fn Cabinet(props: &CabinetProps) -> Html {
    let app = use_app();
    let rack = &props.rack;
    let (zone, number) = (props.zone, rack.number);
    let onclick = props.onfail.reform(move |_: MouseEvent| (zone, number));
    let free = rack
        .hosts
        .iter()
        .filter(|(_, occupants)| occupants.is_empty())
        .count();
    html! {
        <li class={classes!("rack", props.failed.then_some("is-failed"))}>
            <div class="rack-head">
                <span class="rack-name">{ format!("Rack {number}") }</span>
                if rack.is_used() {
                    <Button class="rack-fail" variant={ButtonVariant::Inline} pressed={props.failed} {onclick}
                        id={format!("rack-fail-{zone}-{number}")}
                        label={format!("{}: rack {number} in {zone}", if props.failed { "Failed" } else { "Fail it" })}>
                        { if props.failed { "Failed" } else { "Fail it" } }
                    </Button>
                } else {
                    <span>{ "empty" }</span>
                }
            </div>
            <ol class="rack-hosts">
                { for rack.hosts.iter().filter(|(_, occupants)| !occupants.is_empty()).map(|(host, occupants)| html! {
                    <li class="rack-host" key={*host} aria-label={format!("Host {host}")} value={host.to_string()}>
                        { for occupants.iter().map(|occupant| chip(&app, zone, number, *host, occupant, props.failed)) }
                    </li>
                }) }
            </ol>
            <div class="rack-free" aria-hidden="true">
                { for (0..free).map(|_| html! { <span class="rack-shelf"></span> }) }
            </div>
            <span class="visually-hidden">{ format!("{free} hosts free") }</span>
        </li>
    }
}

fn chip(app: &App, zone: &str, rack: u16, host: u16, occupant: &Occupant, failed: bool) -> Html {
    let selected = app.selected == Some(Selected::Instance(occupant.id));
    let onclick = {
        let (app, id) = (app.clone(), occupant.id);
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::Select(Some(Selected::Instance(id))))
        })
    };
    let colour = occupant
        .group
        .as_ref()
        .map(|(_, _, index)| group_class(*index));
    let group = occupant
        .group
        .as_ref()
        .map_or("no placement group".to_owned(), |(_, name, _)| {
            format!("placement group {name}")
        });
    // The name begins with what is drawn, so that whoever speaks it to the computer is understood.
    let drawn = match occupant.partition {
        Some(number) => format!("{} P{number}", short(&occupant.label)),
        None => short(&occupant.label),
    };
    let partition = occupant
        .partition
        .map(|number| format!(", partition {number}"))
        .unwrap_or_default();
    let state = if failed {
        "would fail"
    } else {
        words::state(occupant.state)
    };
    let name = if drawn.starts_with(&occupant.label) {
        String::new()
    } else {
        format!(" {}", occupant.label)
    };
    let label =
        format!("{drawn}{name}, {group}{partition}, {zone}, rack {rack}, host {host}, {state}");
    html! {
        <button type="button" class={classes!("rack-chip", colour, selected.then_some("is-selected"))} {onclick}
            key={occupant.id.to_string()} aria-label={label} aria-pressed={selected.to_string()}>
            { short(&occupant.label) }
            if let Some(number) = occupant.partition { { " " }<span class="rack-partition">{ format!("P{number}") }</span> }
        </button>
    }
}

/// The end of an id says more than its beginning.
fn short(label: &str) -> String {
    match label.strip_prefix("i-") {
        Some(digits) if digits.len() == 17 => {
            format!("…{}", digits.chars().skip(11).collect::<String>())
        }
        _ => label.to_owned(),
    }
}
