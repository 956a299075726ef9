//! An instance as a card: its groups above, its ports on the edge from which the packet comes.

use super::scene::{Card, Port};
use super::spots;
use crate::app::use_app;
use crate::state::{Message, Selected};
use crate::ui::components::{GroupTag, Plug, PlugKind};
use crate::ui::console::connect;
use ec2_lab_engine::resources::security_group::Protocol;
use yew::prelude::*;

/// Props of [`InstanceCard`].
#[derive(Properties, PartialEq)]
pub struct InstanceCardProps {
    /// What it shows.
    pub card: Card,
    /// The box on it that decided against the last attempt.
    pub deciding: Option<AttrValue>,
    /// Who looks at its ports: "your laptop".
    pub seen_from: AttrValue,
}

/// The whole card is a target for the pointer; its name is the button.
#[component]
pub fn InstanceCard(props: &InstanceCardProps) -> Html {
    let app = use_app();
    let card = &props.card;
    let id = card.id;
    let select = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::Select(Some(Selected::Instance(id))))
        })
    };
    let decides = |name: &str| props.deciding.as_deref() == Some(name);
    let own = spots::instance(id);
    let class = classes!(
        "pic-instance",
        card.class,
        card.selected.then_some("is-selected"),
        decides(&own).then_some("is-deciding")
    );
    html! {
        <article {class} data-spot={own} aria-label={card.name.clone()}>
            <ul class="pic-tabs" aria-label={format!("Security groups of {}", card.name)}>
                { for card.groups.iter().map(|(group, name, place)| {
                    let spot = spots::tab(id, group);
                    let deciding = decides(&spot).then_some("is-deciding");
                    html! {
                        <li key={spot.clone()} class={classes!(deciding)} data-spot={spot}>
                            <GroupTag name={name.clone()} index={*place} />
                        </li>
                    }
                }) }
            </ul>
            <ul class="pic-plugs" aria-label={format!("Ports of {} as {} sees them", card.name, props.seen_from)}>
                { for card.plugs.iter().map(|port| {
                    let spot = spots::plug(id, port.protocol, port.port);
                    let class = classes!("pic-plug", decides(&spot).then_some("is-deciding"));
                    let (app, protocol, number) = (app.clone(), port.protocol, port.port);
                    let onclick = Callback::from(move |_: MouseEvent| {
                        if let Some(probe) = connect::probe_of_port(&app, id, protocol, number) {
                            app.dispatch(Message::Connect(probe));
                        }
                    });
                    html! {
                        <li key={spot.clone()}>
                            <button type="button" {class} {onclick} data-spot={spot}
                                aria-label={port_words(port, &props.seen_from)}>
                                <Plug kind={port.kind} port={port_number(port)} service={port.service.clone()} />
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <div class="pic-body">
                <div class="pic-line">
                    <span class="pic-dot" aria-hidden="true"></span>
                    <h5 class="pic-name">
                        <button type="button" class="pic-open" onclick={select} aria-pressed={card.selected.to_string()}
                            data-test={format!("card-{}", card.name)}>{ &card.name }</button>
                    </h5>
                    <span class="pic-state">{ card.state }{ " · " }{ card.kind }</span>
                </div>
                <dl class="pic-facts">{ for facts(card) }</dl>
                <p class="pic-services">{ &card.services }</p>
            </div>
        </article>
    }
}

fn facts(card: &Card) -> Vec<Html> {
    let mut rows = Vec::new();
    match card.public {
        Some((ip, elastic)) => {
            let word = if elastic { "Elastic IP" } else { "public" };
            rows.push(html! { <div key="public"><dt>{ word }</dt><dd>{ ip.to_string() }</dd></div> });
        }
        None => rows.push(html! { <div key="public"><dt>{ "no public address" }</dt><dd class="visually-hidden">{ "none" }</dd></div> }),
    }
    if let Some(ip) = card.private {
        rows.push(
            html! { <div key="private"><dt>{ "private" }</dt><dd>{ ip.to_string() }</dd></div> },
        );
    }
    rows
}

/// `22`, `53 udp`.
pub(super) fn port_number(port: &Port) -> String {
    match port.protocol {
        Protocol::Udp => format!("{} udp", port.port),
        _ => port.port.to_string(),
    }
}

/// What a port is, for who does not see its shape.
pub(super) fn port_words(port: &Port, seen_from: &str) -> String {
    let service = port
        .service
        .as_deref()
        .map_or_else(String::new, |name| format!(", {name}"));
    let others = match (port.kind, port.open_to.as_slice()) {
        (PlugKind::Locked, [_, ..]) => format!(" Open to {} only.", port.open_to.join(", ")),
        _ => String::new(),
    };
    format!(
        "Port {}{service}: {}.{others} Try it from {seen_from}",
        port_number(port),
        port.kind.words()
    )
}
