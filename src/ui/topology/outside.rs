//! Who is outside: the learner's laptop, and anybody else.

use super::spots;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Icon, IconName};
use ec2_lab_engine::network::{LAPTOP, STRANGER, Source};
use std::net::Ipv4Addr;
use yew::prelude::*;

/// The two hosts of the internet; pressing one looks at the ports from there.
#[component]
pub fn Outside() -> Html {
    let app = use_app();
    let host = |source: Source,
                spot: &'static str,
                icon: IconName,
                name: &'static str,
                ip: Ipv4Addr| {
        let on = app.viewpoint == source;
        let app = app.clone();
        let onclick = Callback::from(move |_: MouseEvent| app.dispatch(Message::Viewpoint(source)));
        html! {
            <button type="button" class={classes!("pic-host", on.then_some("is-selected"))} {onclick}
                aria-pressed={on.to_string()} data-spot={spot} id={format!("host-{spot}")}>
                <span class="pic-host-name"><Icon name={icon} />{ name }</span>
                <span class="code">{ ip.to_string() }</span>
                if on { <span class="visually-hidden">{ "The ports are drawn as seen from here." }</span> }
            </button>
        }
    };
    html! {
        <div class="pic-outside">
            { host(Source::Laptop, spots::LAPTOP, IconName::Laptop, "Your laptop", LAPTOP) }
            <p class="pic-note pic-internet" data-spot={spots::INTERNET}><Icon name={IconName::Globe} />{ "The internet" }</p>
            { host(Source::Stranger, spots::STRANGER, IconName::Person, "A stranger", STRANGER) }
        </div>
    }
}
