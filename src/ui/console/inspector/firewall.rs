//! The firewall of the operating system inside: rules that drop or reject, behind the security groups.

use super::inside::InsideProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Button, FormField, IconName, Select, SelectOption, TextInput};
use ec2_lab_engine::Value;
use ec2_lab_engine::guest::{FirewallAction, FirewallRule, Power};
use ec2_lab_engine::json::json;
use ec2_lab_engine::operations::lab::describe_rule;
use yew::prelude::*;

const fn words(action: FirewallAction) -> &'static str {
    match action {
        FirewallAction::Drop => "drop: the client times out",
        FirewallAction::RejectHostProhibited => {
            "reject (host prohibited): the client reads “No route to host”"
        }
        FirewallAction::RejectPortUnreachable => {
            "reject (port unreachable): the client reads “Connection refused”"
        }
    }
}

/// `TCP 80`, `every port`.
fn what(rule: &FirewallRule) -> String {
    let protocol = rule.protocol.to_string().to_ascii_uppercase();
    match (rule.port, protocol.as_str()) {
        (Some(port), _) => format!("{protocol} {port}"),
        (None, "-1") => "everything".to_owned(),
        (None, _) => format!("every {protocol} packet"),
    }
}

/// The rules and a form for another one.
#[component]
pub fn Firewall(props: &InsideProps) -> Html {
    let app = use_app();
    let port = use_state(|| "80".to_owned());
    let protocol = use_state(|| AttrValue::from("tcp"));
    let action = use_state(|| AttrValue::from("drop"));
    let touched = use_state(|| false);
    let Some(row) = app
        .region()
        .and_then(|region| region.instances.get(&props.id))
    else {
        return Html::default();
    };
    if row.guest.power != Power::Up {
        return Html::default();
    }
    let put = |rules: Vec<Value>| {
        app.call(
            "PutFirewall",
            json!({ "InstanceId": row.id.to_string(), "Rules": rules }),
        )
    };
    let known: Vec<Value> = row.guest.firewall.iter().map(describe_rule).collect();
    let (ports, number) = (
        matches!(protocol.as_str(), "tcp" | "udp"),
        port.trim().parse::<u16>(),
    );
    let error = (ports && !port.trim().is_empty() && number.is_err())
        .then_some("Type a port from 0 to 65535, or nothing for every port.");
    let mut rule = json!({ "Protocol": protocol.to_string(), "Action": action.to_string() });
    if let (true, Ok(number), Some(map)) = (ports, number, rule.as_object_mut()) {
        map.insert("Port".to_owned(), json!(number));
    }
    // The newest rule stands first: it decides, and a learner sees at once what it does.
    let added = put(std::iter::once(rule).chain(known.iter().cloned()).collect());
    let add = {
        let (app, touched) = (app.clone(), touched.setter());
        let ready = error.is_none().then_some(added);
        Callback::from(move |_: MouseEvent| match &ready {
            Some(call) => app.dispatch(Message::CallSaying(
                vec![call.clone()],
                "Added the firewall rule inside the machine.".to_owned(),
            )),
            None => touched.set(true),
        })
    };
    let remove = |index: usize| {
        let rest: Vec<Value> = known
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != index)
            .map(|(_, rule)| rule.clone())
            .collect();
        let (app, call) = (app.clone(), put(rest));
        Callback::from(move |_: MouseEvent| {
            app.dispatch(Message::CallSaying(
                vec![call.clone()],
                "Removed the firewall rule inside the machine.".to_owned(),
            ));
        })
    };
    let set = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let oninput = {
        let (port, touched) = (port.setter(), touched.setter());
        Callback::from(move |text| {
            port.set(text);
            touched.set(true);
        })
    };
    let protocols = vec![
        SelectOption::new("tcp", "TCP"),
        SelectOption::new("udp", "UDP"),
        SelectOption::new("icmp", "ICMP (ping)"),
        SelectOption::new("all", "Everything"),
    ];
    let actions = vec![
        SelectOption::new("drop", "Drop in silence"),
        SelectOption::new("reject", "Reject: host prohibited"),
        SelectOption::new("reject-port", "Reject: port unreachable"),
    ];
    html! {
        <>
            <h3 class="inspector-heading">{ "Firewall of the operating system" }</h3>
            if row.guest.firewall.is_empty() {
                <p class="muted">{ "Off: what the security groups let in reaches the services." }</p>
            } else {
                <ul class="service-list">
                    { for row.guest.firewall.iter().enumerate().map(|(index, rule)| html! {
                        <li class="service" key={index}>
                            <span class="service-words"><strong>{ what(rule) }</strong><span>{ words(rule.action) }</span></span>
                            <Button small=true icon={IconName::Remove} id={format!("firewall-remove-{index}")}
                                label={format!("Remove the rule for {}", what(rule))} onclick={remove(index)}>{ "Remove" }</Button>
                        </li>
                    }) }
                </ul>
            }
            <div class="firewall-form">
                <FormField id="firewall-protocol" label="Protocol">
                    <Select value={(*protocol).clone()} options={protocols} onchange={set(&protocol)} />
                </FormField>
                if ports {
                    <FormField id="firewall-port" label="Port" error={error.filter(|_| *touched).map(AttrValue::from)}>
                        <TextInput value={(*port).clone()} {oninput} inputmode="numeric" code=true placeholder="every port" />
                    </FormField>
                }
                <FormField id="firewall-action" label="Do what" class="is-wide">
                    <Select value={(*action).clone()} options={actions} onchange={set(&action)} />
                </FormField>
                <Button small=true id="firewall-add" icon={IconName::Add} onclick={add}>{ "Add firewall rule" }</Button>
            </div>
        </>
    }
}
