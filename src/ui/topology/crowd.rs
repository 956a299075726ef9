//! Many instances in one subnet: chips up to some dozens, counters with a filter above that.

use super::scene::{CHIPS, Card};
use super::spots;
use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{TextInput, group_class};
use ec2_lab_engine::ids::InstanceId;
use std::collections::BTreeMap;
use yew::prelude::*;

/// Props of [`Crowd`].
#[derive(Properties, PartialEq)]
pub struct CrowdProps {
    /// Id of the subnet, for the filter.
    pub id: AttrValue,
    /// The instances.
    pub cards: Vec<Card>,
    /// Those that are shown whatever the filter says: an attempt speaks of them.
    pub always: Vec<InstanceId>,
}

/// Chips, or counters.
#[component]
pub fn Crowd(props: &CrowdProps) -> Html {
    let filter = use_state(String::new);
    let total = props.cards.len();
    if total <= CHIPS {
        return html! { <ul class="pic-chips">{ for props.cards.iter().map(chip) }</ul> };
    }
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |text: String| filter.set(text))
    };
    let field = format!("filter-{}", props.id);
    let wanted = filter.trim().to_lowercase();
    let must = |card: &&Card| card.selected || props.always.contains(&card.id);
    let (shown, rest): (Vec<&Card>, usize) = if wanted.is_empty() {
        (props.cards.iter().filter(must).collect(), 0)
    } else {
        let found: Vec<&Card> = props
            .cards
            .iter()
            .filter(|card| matches(card, &wanted))
            .collect();
        let rest = found.len().saturating_sub(CHIPS);
        (found.into_iter().take(CHIPS).collect(), rest)
    };
    let none = !wanted.is_empty() && shown.is_empty();
    html! {
        <>
            <div class="pic-filter">
                <TextInput id={field} kind="search" label={format!("Filter {total} instances")}
                    placeholder={format!("Filter {total} instances")} value={(*filter).clone()} {oninput} />
            </div>
            if wanted.is_empty() {
                <ul class="pic-counts">{ for counts(&props.cards).into_iter().map(|count| counter(count, &filter)) }</ul>
            }
            if !shown.is_empty() {
                <ul class="pic-chips">{ for shown.into_iter().map(chip) }</ul>
            }
            if rest > 0 { <p class="pic-note">{ format!("{rest} more match. Filter further.") }</p> }
            if none { <p class="pic-note">{ "No instance of this subnet matches." }</p> }
        </>
    }
}

fn chip(card: &Card) -> Html {
    html! { <Chip key={card.id.to_string()} card={card.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct ChipProps {
    card: Card,
}

#[component]
fn Chip(props: &ChipProps) -> Html {
    let app = use_app();
    let card = &props.card;
    let id = card.id;
    let onclick = Callback::from(move |_: MouseEvent| {
        app.dispatch(Message::Select(Some(Selected::Instance(id))))
    });
    html! {
        <li>
            <button type="button" class={classes!("pic-chip", card.class, card.selected.then_some("is-selected"))}
                {onclick} data-spot={spots::instance(id)} aria-pressed={card.selected.to_string()}>
                <span class={classes!("pic-dot", card.class)} aria-hidden="true"></span>
                <span class="pic-chip-name">{ &card.name }</span>
                <span class="visually-hidden">{ format!(", {}, {}", card.state, card.kind) }</span>
            </button>
        </li>
    }
}

/// Every word of the filter stands somewhere in what the instance is.
fn matches(card: &Card, wanted: &str) -> bool {
    let mut text = format!("{} {} {} {}", card.name, card.id, card.state, card.kind);
    for ip in card
        .public
        .map(|(ip, _)| ip)
        .into_iter()
        .chain(card.private)
    {
        text.push_str(&format!(" {ip}"));
    }
    for (_, name, _) in &card.groups {
        text.push(' ');
        text.push_str(name);
    }
    let text = text.to_lowercase();
    wanted.split_whitespace().all(|word| text.contains(word))
}

struct Count {
    group: String,
    place: usize,
    state: &'static str,
    class: &'static str,
    number: usize,
}

/// How many there are of each first group and state.
fn counts(cards: &[Card]) -> Vec<Count> {
    let mut found: BTreeMap<(usize, &'static str), Count> = BTreeMap::new();
    for card in cards {
        let (group, place) = card
            .groups
            .first()
            .map_or(("no group", usize::MAX), |(_, name, place)| {
                (name.as_str(), *place)
            });
        found
            .entry((place, card.state))
            .or_insert_with(|| Count {
                group: group.to_owned(),
                place,
                state: card.state,
                class: card.class,
                number: 0,
            })
            .number += 1;
    }
    found.into_values().collect()
}

fn counter(count: Count, filter: &UseStateHandle<String>) -> Html {
    let wanted = format!("{} {}", count.group, count.state.to_lowercase());
    let filter = filter.clone();
    let onclick = Callback::from(move |_: MouseEvent| filter.set(wanted.clone()));
    html! {
        <li key={format!("{}-{}", count.place, count.state)}>
            <button type="button" class={classes!("pic-count", group_class(count.place % 8))} {onclick}>
                <span class={classes!("pic-dot", count.class)} aria-hidden="true"></span>
                <strong>{ count.number }</strong>
                <span>{ format!("{} in {}", count.state, count.group) }</span>
            </button>
        </li>
    }
}
