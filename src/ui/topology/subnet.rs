//! A subnet with what runs in it.

use super::card::InstanceCard;
use super::crowd::Crowd;
use super::scene::{CARDS, SubnetBox};
use crate::ui::components::{Icon, IconName};
use ec2_lab_engine::ids::InstanceId;
use yew::prelude::*;

/// What all boxes of one picture share.
#[derive(Clone, PartialEq)]
pub struct Look {
    /// The box that decided against the last attempt.
    pub deciding: Option<AttrValue>,
    /// Instances that the last attempt speaks of.
    pub always: Vec<InstanceId>,
    /// Who looks at the ports.
    pub seen_from: AttrValue,
}

/// Props of [`SubnetView`].
#[derive(Properties, PartialEq)]
pub struct SubnetViewProps {
    /// What it shows.
    pub subnet: SubnetBox,
    /// What all share.
    pub look: Look,
}

/// A box whose border is the subnet's ACL; it says whether the internet can reach it.
#[component]
pub fn SubnetView(props: &SubnetViewProps) -> Html {
    let subnet = &props.subnet;
    let id = subnet.id.to_string();
    let deciding = props.look.deciding.as_deref() == Some(id.as_str());
    let (icon, kind, class) = if subnet.public {
        (IconName::Globe, "public subnet", "is-public")
    } else {
        (IconName::Lock, "private subnet", "is-private")
    };
    let name = subnet
        .name
        .clone()
        .map_or_else(String::new, |name| format!("{name}, "));
    let count = subnet.instances.len();
    html! {
        <div class={classes!("pic-subnet", class, deciding.then_some("is-deciding"))} data-spot={id.clone()}>
            <div class="pic-head">
                <Icon name={icon} />
                <span>{ name }{ kind }</span>
                <span class="code">{ &subnet.cidr }</span>
                if count > CARDS { <span>{ format!("{count} instances") }</span> }
            </div>
            if count == 0 {
                <p class="pic-note">{ "empty" }</p>
            } else if count > CARDS {
                <Crowd {id} cards={subnet.instances.clone()} always={props.look.always.clone()} />
            } else {
                <ul class="pic-instances">
                    { for subnet.instances.iter().map(|card| {
                        let own = card.id.to_string();
                        let deciding = props.look.deciding.clone().filter(|name| name.starts_with(&own));
                        html! {
                            <li key={own}>
                                <InstanceCard card={card.clone()} {deciding} seen_from={props.look.seen_from.clone()} />
                            </li>
                        }
                    }) }
                </ul>
            }
        </div>
    }
}
