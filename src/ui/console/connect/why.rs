//! Why: every hop of the packet as a list that can be read aloud, with what would have come next.

use super::words;
use crate::app::use_app;
use crate::state::{AppState, Attempt};
use crate::ui::components::{Icon, IconName};
use crate::ui::topology::{target_of, use_walk};
use ec2_lab_engine::network::{Decision, Hop, Way};
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`Why`].
#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The attempt.
    pub attempt: Rc<Attempt>,
}

/// The trace; the hop at which the packet stands on the picture is marked.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    let app = use_app();
    let walk = use_walk();
    let attempt = &props.attempt;
    let hops = &attempt.trace.hops;
    let (at, finished) = walk.place(attempt);
    let against = hops
        .iter()
        .rposition(|hop| matches!(hop.decision, Decision::Dropped | Decision::Rejected));
    let turn = hops.iter().position(|hop| hop.way == Way::Back);
    let next = if turn.is_none() {
        next_hop(&app, attempt)
    } else {
        None
    };
    html! {
        <ol class="trace">
            { for hops.iter().enumerate().map(|(index, hop)| {
                let code = (against == Some(index)).then(|| attempt.trace.cause.as_ref().map(|cause| cause.code())).flatten();
                let current = index == at && (!finished || against.is_none_or(|against| against == index));
                html! {
                    <>
                        if turn == Some(index) && index > 0 {
                            <li key="turn" class="trace-turn">{ "The answer, on its way back" }</li>
                        }
                        { view_hop(index, hop, code, current) }
                    </>
                }
            }) }
            if let Some(text) = next {
                <li key="next" class="is-muted"><Icon name={IconName::More} label="not reached:" /><span>{ text }</span></li>
            }
        </ol>
    }
}

fn view_hop(index: usize, hop: &Hop, code: Option<&'static str>, current: bool) -> Html {
    let (icon, word) = words::decision(hop.decision);
    let class = match hop.decision {
        Decision::Passed | Decision::Answered => "is-ok",
        Decision::Dropped | Decision::Rejected => "is-no",
    };
    let mut small: Vec<Html> = Vec::new();
    if let Some(rule) = &hop.rule {
        small.push(html! { <span class="code">{ rule }</span> });
    }
    if let Some(id) = hop
        .rule_id
        .as_ref()
        .or((!hop.id.is_empty() && hop.rule.is_some()).then_some(&hop.id))
    {
        small.push(html! { <span class="code">{ id }</span> });
    }
    if let Some(code) = code {
        small.push(html! { <><span class="code trace-code">{ code }</span>{ format!(": {}", words::cause(code)) }</> });
    }
    html! {
        <li key={index} class={classes!(class, current.then_some("is-now"))} aria-current={current.then_some("step")}>
            <Icon name={icon} label={format!("{word}:")} />
            <span>
                { &hop.text }
                if hop.decision != Decision::Passed { <span class="trace-word">{ word }</span> }
                if !small.is_empty() {
                    <small>
                        { for small.into_iter().enumerate().map(|(place, part)| html! {
                            <>if place > 0 { { " · " } }{ part }</>
                        }) }
                    </small>
                }
            </span>
        </li>
    }
}

/// What would have decided next. Only what was proved on a copy of the world is said.
fn next_hop(app: &AppState, attempt: &Attempt) -> Option<String> {
    let row = app
        .region()
        .and_then(|region| region.instances.get(&target_of(region, attempt)?))?;
    let label = row.label();
    if attempt.fixes.iter().any(|fix| fix.solves()) {
        let listener = attempt
            .probe
            .wire_port()
            .and_then(|port| row.guest.listener(attempt.probe.wire_protocol(), port));
        return match (listener, attempt.probe.wire_port()) {
            (Some(service), _) => Some(format!("{service} on {label} would have answered")),
            (None, None) => Some(format!(
                "The operating system of {label} would have answered"
            )),
            // It does not listen now: starting or waiting is part of the fix.
            (None, Some(_)) => None,
        };
    }
    let code = attempt.fixes.iter().find_map(|fix| fix.next_cause)?;
    Some(format!("Even without this, {}", words::cause(code)))
}
