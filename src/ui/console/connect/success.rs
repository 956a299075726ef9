//! What made it work: the gates that let the packet in, and what it lets in besides.

use crate::state::Attempt;
use crate::ui::components::{Icon, IconName};
use ec2_lab_engine::network::{Component, Decision, Hop, Way};
use std::rc::Rc;
use yew::prelude::*;

/// Ports behind which one logs in.
const LOGINS: [u16; 2] = [22, 3389];

/// Props of [`Success`].
#[derive(Properties, PartialEq)]
pub struct SuccessProps {
    /// The attempt.
    pub attempt: Rc<Attempt>,
}

/// The rule, the listener, the way back.
#[component]
pub fn Success(props: &SuccessProps) -> Html {
    let attempt = &props.attempt;
    let hops = &attempt.trace.hops;
    let rule = hops
        .iter()
        .rfind(|hop| hop.component == Component::SecurityGroup && hop.way == Way::Out);
    let answer = hops.iter().find(|hop| hop.decision == Decision::Answered);
    let back = hops
        .iter()
        .find(|hop| hop.component == Component::SecurityGroup && hop.way == Way::Back);
    let everybody = rule
        .and_then(|hop| hop.rule.as_ref())
        .is_some_and(|rule| rule.ends_with("from 0.0.0.0/0"));
    let login = attempt
        .probe
        .wire_port()
        .is_some_and(|port| LOGINS.contains(&port));
    html! {
        <ul class="fixes made-it">
            { for [("The way in", rule), ("Somebody is home", answer), ("The way back", back)].into_iter().filter_map(|(what, hop)| Some(part(what, hop?))) }
            if everybody {
                <li>
                    <div>
                        <small class={classes!(login.then_some("is-risky"))}>
                            <Icon name={if login { IconName::StatusWarning } else { IconName::StatusInfo }} />
                            { if login {
                                "This rule lets the whole internet knock on a login: 4,294,967,296 addresses. Allow your own address only."
                            } else {
                                "This rule lets the whole internet in: right for a public web page."
                            } }
                        </small>
                    </div>
                </li>
            }
        </ul>
    }
}

fn part(what: &'static str, hop: &Hop) -> Html {
    html! {
        <li key={what}>
            <div>
                <strong class="fix-title">{ what }</strong>
                <small>{ &hop.text }</small>
                if let Some(rule) = &hop.rule { <small class="code">{ rule }</small> }
            </div>
            <Icon name={IconName::StatusSuccess} class="is-good" />
        </li>
    }
}
