//! The picture's twin in words: the same boxes as nested lists.

use super::card::{port_number, port_words};
use super::scene::{Card, Scene, SubnetBox};
use crate::app::use_app;
use crate::state::{Message, Selected};
use ec2_lab_engine::network::{LAPTOP, STRANGER};
use yew::prelude::*;

/// So many instances of a subnet are listed; the table below the picture has all.
const LISTED: usize = 100;

/// Props of [`ListTwin`].
#[derive(Properties, PartialEq)]
pub struct ListTwinProps {
    /// What the picture shows.
    pub scene: Scene,
    /// Who looks at the ports.
    pub seen_from: AttrValue,
}

/// Nested lists.
#[component]
pub fn ListTwin(props: &ListTwinProps) -> Html {
    let scene = &props.scene;
    let from = &props.seen_from;
    html! {
        <div class="pic-list" id="picture-list">
            <ul>
                <li>{ format!("The internet: your laptop ({LAPTOP}), a stranger ({STRANGER}). The ports below are as {from} sees them.") }</li>
                <li>
                    { format!("Region {} ({})", scene.region, scene.title) }
                    <ul>
                        { for scene.vpcs.iter().map(|vpc| html! {
                            <li key={vpc.id.to_string()}>
                                { if vpc.is_default { "Default VPC " } else { "VPC " } }
                                <span class="code">{ &vpc.cidr }</span>
                                { format!(": {}, {}.", if vpc.gateway.is_some() { "internet gateway" } else { "no internet gateway" }, vpc.route) }
                                <ul>
                                    { for vpc.zones.iter().chain(&vpc.empty).map(|zone| html! {
                                        <li key={zone.name}>
                                            <strong>{ zone.name }</strong>
                                            <ul>{ for zone.subnets.iter().map(|subnet| view_subnet(subnet, from)) }</ul>
                                        </li>
                                    }) }
                                </ul>
                            </li>
                        }) }
                    </ul>
                </li>
            </ul>
        </div>
    }
}

fn view_subnet(subnet: &SubnetBox, from: &AttrValue) -> Html {
    let kind = if subnet.public {
        "Public subnet "
    } else {
        "Private subnet "
    };
    let rest = subnet.instances.len().saturating_sub(LISTED);
    html! {
        <li key={subnet.id.to_string()}>
            { kind }<span class="code">{ &subnet.cidr }</span>
            if subnet.instances.is_empty() {
                { ": empty" }
            } else {
                <ul>
                    { for subnet.instances.iter().take(LISTED).map(|card| html! {
                        <Item key={card.id.to_string()} card={card.clone()} from={from.clone()} />
                    }) }
                    if rest > 0 { <li>{ format!("and {rest} more: see the table of instances.") }</li> }
                </ul>
            }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    card: Card,
    from: AttrValue,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let app = use_app();
    let card = &props.card;
    let id = card.id;
    let onclick = Callback::from(move |_: MouseEvent| {
        app.dispatch(Message::Select(Some(Selected::Instance(id))))
    });
    let public = card.public.map_or_else(
        || "no public address".to_owned(),
        |(ip, elastic)| format!("{} {ip}", if elastic { "Elastic IP" } else { "public" }),
    );
    let private = card
        .private
        .map_or_else(String::new, |ip| format!(", private {ip}"));
    let groups: Vec<&str> = card
        .groups
        .iter()
        .map(|(_, name, _)| name.as_str())
        .collect();
    html! {
        <li>
            <button type="button" class="button is-inline" {onclick} aria-pressed={card.selected.to_string()}>{ &card.name }</button>
            { format!(": {}, {}, {public}{private}; groups {}; {}.", card.state, card.kind, groups.join(", "), card.services) }
            if !card.plugs.is_empty() {
                <ul>
                    { for card.plugs.iter().map(|port| {
                        let words = port_words(port, &props.from);
                        let words = words.rsplit_once(" Try it").map_or(words.clone(), |(words, _)| words.to_owned());
                        html! { <li key={port_number(port)}>{ words }</li> }
                    }) }
                </ul>
            }
        </li>
    }
}
