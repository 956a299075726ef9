//! An instance in the inspector: its name and state, five views, and the main actions.

use super::{details, firewall, inside, network, security, timeline};
use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{Button, ButtonVariant, IconName, Tab, Tabs};
use crate::ui::console::instances::{InstanceActions, start_connecting};
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use yew::prelude::*;

/// Props of [`InstanceInspector`].
#[derive(Properties, PartialEq)]
pub struct InstanceInspectorProps {
    /// The instance.
    pub id: InstanceId,
}

/// The header, the tabs and the buttons.
#[component]
pub fn InstanceInspector(props: &InstanceInspectorProps) -> Html {
    let app = use_app();
    let tab = use_state(|| AttrValue::from("details"));
    let Some((region, row)) = app
        .region()
        .and_then(|region| Some((region, region.instances.get(&props.id)?)))
    else {
        return Html::default();
    };
    let groups = parts::groups_of(region, row);
    let listening = row.guest.listeners().count();
    let tabs = vec![
        Tab::new("details", "Details"),
        Tab::new("inside", "Inside").count(listening),
        Tab::new("security", "Security").count(groups.len()),
        Tab::new("network", "Network"),
        Tab::new("timeline", "Timeline"),
    ];
    let onchange = {
        let tab = tab.setter();
        Callback::from(move |id| tab.set(id))
    };
    let view = match tab.as_str() {
        "network" => network::view(&app, region, row),
        "security" => security::view(&app, region, row),
        "inside" => html! { <><inside::Inside id={row.id} /><firewall::Firewall id={row.id} /></> },
        "timeline" => timeline::view(&app, row),
        _ => details::view(&app, region, row),
    };
    html! {
        <section class="inspector-card" aria-labelledby="inspector-title">
            <div class="inspector-head">
                <h2 id="inspector-title" class="inspector-title">{ row.label() }</h2>
                { parts::state(row.state) }
            </div>
            <Tabs id="inspector" label={format!("Views of {}", row.label())} {tabs} active={(*tab).clone()} {onchange}>
                { view }
            </Tabs>
            <div class="inspector-foot">{ buttons(&app, row) }</div>
        </section>
    }
}

fn buttons(app: &App, row: &Instance) -> Html {
    let id = row.id;
    let connect = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| start_connecting(&app, id))
    };
    let call = |operation: &'static str| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::Call(vec![
                app.call(operation, json!({ "InstanceIds": [id.to_string()] })),
            ]));
        })
    };
    let stopped = matches!(row.state, InstanceState::Stopped | InstanceState::Stopping);
    let waiting = match row.state {
        InstanceState::Stopping => Some("It is still stopping; wait a moment."),
        InstanceState::Pending => Some("It is still starting; wait a moment."),
        _ => None,
    };
    if row.state.is_terminal() {
        return html! { <p class="muted">{ "Terminated. The list forgets it after an hour." }</p> };
    }
    html! {
        <>
            <Button variant={ButtonVariant::Primary} id="instance-connect" onclick={connect}>{ "Connect" }</Button>
            if stopped {
                <Button id="instance-start" icon={IconName::Play} onclick={call("StartInstances")}
                    disabled_reason={waiting.map(AttrValue::from)}>{ "Start" }</Button>
            } else {
                <Button id="instance-stop" onclick={call("StopInstances")}
                    disabled_reason={waiting.map(AttrValue::from)}>{ "Stop" }</Button>
            }
            <InstanceActions id="inspector-actions" ids={vec![id]} words={format!("More actions for {}", row.label())} short=true />
        </>
    }
}
