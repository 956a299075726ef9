//! What runs inside an instance: services to start and stop, user data, the console.

use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{
    Button, Expandable, FormField, IconName, StatusIndicator, StatusKind, TextInput,
};
use ec2_lab_engine::guest::service::{self, APPLICATION};
use ec2_lab_engine::guest::user_data::Progress;
use ec2_lab_engine::guest::{Guest, Power};
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use ec2_lab_engine::{ApiError, Value};
use yew::prelude::*;

/// Props of a view of one instance.
#[derive(Properties, PartialEq)]
pub struct InsideProps {
    /// The instance.
    pub id: InstanceId,
}

/// Services and user data.
#[component]
pub fn Inside(props: &InsideProps) -> Html {
    let app = use_app();
    let Some(row) = app
        .region()
        .and_then(|region| region.instances.get(&props.id))
    else {
        return Html::default();
    };
    html! {
        <>
            <h3 class="inspector-heading">{ "Services" }</h3>
            { power(row) }
            if row.guest.power == Power::Up {
                <ul class="service-list">
                    { for services(row).into_iter().map(|name| view_service(&app, row, &name)) }
                </ul>
                <Application id={props.id} />
            }
            <h3 class="inspector-heading">{ "User data" }</h3>
            { user_data(row) }
            <Expandable title="Console output" detail={lines(&row.guest)}>
                <pre class="console-log" tabindex="0" aria-label="Console output">{ row.guest.console.join("\n") }</pre>
            </Expandable>
        </>
    }
}

/// What stands in the way of running something inside.
fn power(row: &Instance) -> Html {
    match (row.guest.power, row.state) {
        (Power::Up, _) => {
            html! { <p class="muted">{ "What you would do with systemctl after logging in." }</p> }
        }
        (Power::Booting, _) => html! {
            <StatusIndicator kind={StatusKind::InProgress}>{ "The operating system is booting: nothing listens yet." }</StatusIndicator>
        },
        (Power::Off, InstanceState::Pending) => html! {
            <StatusIndicator kind={StatusKind::Pending}>{ "The machine is being switched on." }</StatusIndicator>
        },
        (Power::Off, _) => html! {
            <StatusIndicator kind={StatusKind::Stopped}>{ "The machine is off: nothing runs inside." }</StatusIndicator>
        },
    }
}

/// What is installed, and the web servers that one would want next; the application has its own form.
fn services(row: &Instance) -> Vec<String> {
    let windows = row.os().is_some_and(|os| os.windows);
    let mut names: Vec<String> = row
        .guest
        .services
        .keys()
        .filter(|name| *name != APPLICATION)
        .cloned()
        .collect();
    if !windows {
        for name in ["httpd", "nginx"] {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn act(app: &App, operation: &'static str, input: Value) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.dispatch(Message::Call(vec![app.call(operation, input.clone())])))
}

fn view_service(app: &App, row: &Instance, name: &str) -> Html {
    let installed = row.guest.services.get(name);
    let running = installed.is_some_and(|service| service.running);
    let ports = installed.map_or_else(
        || service::ports(name).unwrap_or_default().to_vec(),
        |service| service.ports.clone(),
    );
    let ports: Vec<String> = ports.iter().map(|(_, port)| port.to_string()).collect();
    let (kind, word) = match (installed, running) {
        (_, true) => (
            StatusKind::Success,
            format!("listens on {}", ports.join(", ")),
        ),
        (Some(_), false) => (StatusKind::Stopped, "stopped".to_owned()),
        (None, _) => (
            StatusKind::Stopped,
            format!("not installed; would listen on {}", ports.join(", ")),
        ),
    };
    let input = json!({ "InstanceId": row.id.to_string(), "Name": name });
    // httpd is the one that the lab's first story needs, so it has a name of its own for tests and guides.
    let id = if name == "httpd" {
        "inspector-start-httpd".to_owned()
    } else {
        format!("service-start-{name}")
    };
    html! {
        <li class="service" key={name.to_owned()}>
            <span class="service-words">
                <code>{ name.to_owned() }</code>
                <StatusIndicator {kind}>{ word }</StatusIndicator>
            </span>
            if running {
                <Button small=true id={format!("service-stop-{name}")} label={format!("Stop {name}")}
                    onclick={act(app, "StopService", input)}>{ "Stop" }</Button>
            } else {
                <Button small=true {id} label={format!("Start {name}")} icon={IconName::Play}
                    onclick={act(app, "StartService", input)}>{ "Start" }</Button>
            }
        </li>
    }
}

/// A program of the learner's own, on a port of the learner's choice.
#[component]
fn Application(props: &InsideProps) -> Html {
    let app = use_app();
    let row = app
        .region()
        .and_then(|region| region.instances.get(&props.id));
    let port = use_state(|| "8080".to_owned());
    let touched = use_state(|| false);
    let Some(row) = row else {
        return Html::default();
    };
    let input = |text: &str| match text.trim().parse::<i64>() {
        Ok(port) => {
            Ok(json!({ "InstanceId": row.id.to_string(), "Name": APPLICATION, "Port": port }))
        }
        Err(_) => Err(ApiError::InvalidParameterValue {
            detail: "Type a port: a whole number from 1 to 65535.".to_owned(),
        }),
    };
    let checked = input(&port).and_then(|input| {
        app.try_call(&app.call("StartService", input.clone()))
            .map(|_| input)
    });
    let error = checked
        .as_ref()
        .err()
        .filter(|_| *touched)
        .map(ApiError::message);
    let running = row
        .guest
        .services
        .get(APPLICATION)
        .filter(|service| service.running);
    let oninput = {
        let (port, touched) = (port.setter(), touched.setter());
        Callback::from(move |text: String| {
            port.set(text);
            touched.set(true);
        })
    };
    let start = {
        let (app, touched) = (app.clone(), touched.setter());
        let ready = checked.ok();
        Callback::from(move |_: MouseEvent| match &ready {
            Some(input) => {
                app.dispatch(Message::Call(vec![app.call("StartService", input.clone())]))
            }
            None => touched.set(true),
        })
    };
    let stop = act(
        &app,
        "StopService",
        json!({ "InstanceId": row.id.to_string(), "Name": APPLICATION }),
    );
    let now = running
        .and_then(|service| service.ports.first())
        .map(|(protocol, port)| format!("It listens on {protocol} {port}."));
    html! {
        <div class="service-form">
            <FormField id="service-app-port" label="A program of your own on port" {error}
                constraint={now.unwrap_or_else(|| "It answers on any TCP port of your choice.".to_owned())}>
                <TextInput value={(*port).clone()} {oninput} inputmode="numeric" code=true />
            </FormField>
            <div class="service-buttons">
                <Button small=true id="service-start-app" label="Start the program" icon={IconName::Play} onclick={start}>{ "Start" }</Button>
                if running.is_some() {
                    <Button small=true id="service-stop-app" label="Stop the program" onclick={stop}>{ "Stop" }</Button>
                }
            </div>
        </div>
    }
}

fn user_data(row: &Instance) -> Html {
    let Some(text) = row.user_data.as_deref().map(String::from_utf8_lossy) else {
        return html! { <p class="muted">{ "None was given at launch. It is a script that runs once, as root, at the first boot." }</p> };
    };
    let (kind, words) = match &row.guest.user_data {
        Progress::NotRun => (StatusKind::Pending, "Waits for the first boot.".to_owned()),
        Progress::Running(running) => (
            StatusKind::InProgress,
            format!("Runs now: command {} of {}.", running.at + 1, running.total),
        ),
        Progress::Finished(false) => (
            StatusKind::Success,
            "Finished. It will not run again.".to_owned(),
        ),
        Progress::Finished(true) => (
            StatusKind::Error,
            "Failed. The console output says at which command.".to_owned(),
        ),
    };
    html! {
        <>
            <StatusIndicator {kind}>{ words }</StatusIndicator>
            <pre class="console-log" tabindex="0" aria-label="User data">{ text.into_owned() }</pre>
        </>
    }
}

fn lines(guest: &Guest) -> String {
    match guest.console.len() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}
