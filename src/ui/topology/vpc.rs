//! A VPC with its gateway and its zones.

use super::scene::{VpcBox, ZoneBox};
use super::spots;
use super::subnet::{Look, SubnetView};
use crate::route::Route;
use crate::ui::components::{Button, ButtonVariant, EmptyState, Icon, IconName};
use yew::prelude::*;

/// Props of [`VpcView`].
#[derive(Properties, PartialEq)]
pub struct VpcViewProps {
    /// What it shows.
    pub vpc: VpcBox,
    /// What all share.
    pub look: Look,
    /// Whether nothing runs anywhere: then it teaches.
    pub teaches: bool,
}

/// A box with the internet gateway on its border.
#[component]
pub fn VpcView(props: &VpcViewProps) -> Html {
    let vpc = &props.vpc;
    let spot = spots::gateway(vpc.id);
    let decides = |name: &str| props.look.deciding.as_deref() == Some(name);
    let gateway = vpc.gateway.is_some() || decides(&spot);
    let missing = vpc.gateway.is_none();
    let class = classes!(
        "pic-gateway",
        missing.then_some("is-missing"),
        decides(&spot).then_some("is-deciding")
    );
    let label = match (&vpc.name, vpc.is_default) {
        (Some(name), _) => format!("VPC {name}"),
        (None, true) => "Default VPC".to_owned(),
        (None, false) => "VPC".to_owned(),
    };
    html! {
        <div class="pic-vpc" data-spot={vpc.id.to_string()}>
            <div class="pic-head">
                <h4 class="pic-title">{ label }</h4>
                <span class="code">{ &vpc.cidr }</span>
                <span class="pic-secondary">{ &vpc.route }</span>
            </div>
            if gateway {
                <div {class}>
                    <span class="pic-gateway-shape" data-spot={spot}><Icon name={IconName::ArrowRight} /></span>
                    <span class="pic-gateway-name">
                        <span class="visually-hidden">{ if missing { "no internet " } else { "internet " } }</span>{ "gateway" }
                    </span>
                </div>
            }
            if props.teaches { { first_steps() } }
            <div class="pic-zones">
                { for vpc.zones.iter().map(|zone| view_zone(zone, &props.look)) }
            </div>
            if !vpc.empty.is_empty() { { view_empty(&vpc.empty) } }
        </div>
    }
}

fn first_steps() -> Html {
    let action = html! {
        <Button id="launch-first" variant={ButtonVariant::Primary} href={Route::Launch.href()} icon={IconName::Instance}>
            { "Launch your first instance" }
        </Button>
    };
    html! {
        <EmptyState title="Nothing runs here yet" {action}>
            <p>
                { "An instance is a virtual server. Launch one and it appears below, in a subnet of a zone: then you can try \
                   to reach it, and see what lets you in and what does not." }
            </p>
        </EmptyState>
    }
}

fn view_zone(zone: &ZoneBox, look: &Look) -> Html {
    let empty = zone
        .subnets
        .iter()
        .all(|subnet| subnet.instances.is_empty());
    html! {
        <section key={zone.name} class={classes!("pic-zone", empty.then_some("is-quiet"))} aria-label={zone.name}>
            <div class="pic-head"><h4 class="pic-title">{ zone.name }</h4></div>
            { for zone.subnets.iter().map(|subnet| html! {
                <SubnetView key={subnet.id.to_string()} subnet={subnet.clone()} look={look.clone()} />
            }) }
        </section>
    }
}

/// Zones in which nothing runs take one line; who wants to see their subnets opens it.
fn view_empty(zones: &[ZoneBox]) -> Html {
    let words = if zones.len() == 1 {
        "1 more zone, empty".to_owned()
    } else {
        format!("{} more zones, empty", zones.len())
    };
    html! {
        <details class="pic-more">
            <summary>
                <Icon name={IconName::AngleRight} />
                { words }
            </summary>
            <ul>
                { for zones.iter().flat_map(|zone| zone.subnets.iter().map(move |subnet| (zone, subnet))).map(|(zone, subnet)| {
                    let kind = if subnet.public { "public subnet" } else { "private subnet" };
                    html! {
                        <li key={subnet.id.to_string()} data-spot={subnet.id.to_string()}>
                            <strong>{ zone.name }</strong>{ format!(" {kind} ") }<span class="code">{ &subnet.cidr }</span>
                        </li>
                    }
                }) }
            </ul>
        </details>
    }
}
