//! The first two minutes: five steps that end with both failures met. Done steps are read from the lab, never ticked by hand.

use crate::app::use_app;
use crate::route::{Route, Section};
use crate::state::{AppState, Message, Selected};
use crate::ui::components::{Button, ButtonVariant, Icon, IconName};
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::network::{PlugState, Source, Verdict, plugs};
use yew::prelude::*;

/// A step: what to do, what comes of it, the words of its link, where it leads.
struct Step {
    title: &'static str,
    words: &'static str,
    link: &'static str,
    route: Route,
}

/// The port that the tour is about: nothing listens on it in a fresh instance.
const PORT: u16 = 80;

fn steps() -> [Step; 5] {
    let lab = Route::Lab(Section::Instances);
    [
        Step {
            title: "Launch an instance",
            words: "Leave every field as it is: the new security group has no rule.",
            link: "Launch",
            route: Route::Launch,
        },
        Step {
            title: "Connect from your laptop with http",
            words: "It times out: no rule lets the packet in, and nobody says so.",
            link: "Connect",
            route: lab.clone(),
        },
        Step {
            title: "Add an inbound rule for HTTP",
            words: "TCP 80 from your laptop. “What would fix it” does it in one click.",
            link: "Add the rule",
            route: Route::Lab(Section::SecurityGroups),
        },
        Step {
            title: "Connect again",
            words: "Connection refused, at once: the packet arrives, but nothing listens.",
            link: "Connect again",
            route: lab.clone(),
        },
        Step {
            title: "Start httpd on the instance and connect",
            words: "Connected. Now you know which failure means what.",
            link: "Start the service",
            route: lab,
        },
    ]
}

/// What has been done, as the lab shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done([bool; 5]);

impl Done {
    /// Reads the lab.
    #[must_use]
    pub fn read(app: &AppState) -> Self {
        let seen = |verdict: Verdict, words: &str| {
            let now = app
                .attempt
                .as_ref()
                .is_some_and(|attempt| attempt.trace.verdict == verdict);
            now || app
                .prompt
                .lines
                .iter()
                .any(|line| line.text.contains(words))
        };
        let state = |wanted: PlugState| {
            instances(app)
                .iter()
                .any(|id| port(app, *id) == Some(wanted))
        };
        let mut done = [
            !instances(app).is_empty(),
            seen(Verdict::TimedOut, "timed out"),
            state(PlugState::Hollow),
            seen(Verdict::Refused, "Connection refused"),
            state(PlugState::Open),
        ];
        // What was seen is not kept over a reload; who is past a step has done it.
        let last = done.iter().rposition(|done| *done);
        for (index, step) in done.iter_mut().enumerate() {
            *step |= last.is_some_and(|last| index < last);
        }
        Done(done)
    }

    /// The step that comes next; `None` at the end.
    #[must_use]
    pub fn next(self) -> Option<usize> {
        self.0.iter().position(|done| !done)
    }
}

fn instances(app: &AppState) -> Vec<InstanceId> {
    let rows = app
        .region()
        .map(|region| region.instances_by_serial())
        .unwrap_or_default();
    rows.into_iter()
        .filter(|row| !row.state.is_terminal())
        .map(|row| row.id)
        .collect()
}

/// How the tour's port of an instance looks from the laptop.
fn port(app: &AppState, id: InstanceId) -> Option<PlugState> {
    let found = plugs(app.session.world(), &app.caller, Source::Laptop, id);
    found
        .into_iter()
        .find(|plug| plug.port == PORT)
        .map(|plug| plug.state)
}

/// The list of steps.
#[component]
pub fn FirstRun() -> Html {
    let app = use_app();
    let done = Done::read(&app);
    let next = done.next();
    // Whoever follows a link into the lab finds the newest instance chosen, with its buttons.
    let select = {
        let (dispatch, newest) = (app.dispatcher(), instances(&app).last().copied());
        Callback::from(move |_: MouseEvent| {
            if let Some(id) = newest {
                dispatch.dispatch(Message::Select(Some(Selected::Instance(id))));
            }
        })
    };
    html! {
        <section class="panel" id="home-tour" aria-labelledby="home-tour-title">
            <div class="panel-head">
                <h2 class="panel-title" id="home-tour-title">{ "Meet “timed out” and “connection refused” in two minutes" }</h2>
                <div class="panel-detail">
                    { match next {
                        None => "all five done".to_owned(),
                        Some(_) => format!("{} of 5 done", done.0.iter().filter(|done| **done).count()),
                    } }
                </div>
            </div>
            <ol class="home-steps">
                { for steps().into_iter().zip(done.0).enumerate().map(|(index, (step, is_done))| {
                    let here = next == Some(index);
                    html! {
                        <li key={index} class={classes!("home-step", is_done.then_some("is-done"), here.then_some("is-next"))}
                            aria-current={here.then_some("step")}>
                            <span class="home-step-mark">
                                if is_done { <Icon name={IconName::Check} label="Done:" /> } else { { index + 1 } }
                            </span>
                            <div>
                                <h3>{ step.title }</h3>
                                <p>{ step.words }</p>
                            </div>
                            <Button small=true id={format!("home-step-{}", index + 1)} href={step.route.href()} onclick={select.clone()}
                                variant={if here { ButtonVariant::Primary } else { ButtonVariant::Normal }}>{ step.link }</Button>
                        </li>
                    }
                }) }
            </ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Theme;
    use ec2_lab_engine::json::json;
    use ec2_lab_engine::network::{Client, Probe, Target};
    use std::rc::Rc;
    use yew::Reducible;

    fn send(app: Rc<AppState>, message: Message) -> Rc<AppState> {
        app.reduce(message)
    }

    #[test]
    fn the_lab_itself_ticks_the_steps() {
        let mut app = Rc::new(AppState::new(7, Route::Home, Theme::Light));
        assert_eq!(Done::read(&app).next(), Some(0));
        let image = ec2_lab_engine::catalogue::image_by_key("al2023")
            .unwrap()
            .id("us-east-1")
            .to_string();
        let launch = app.call(
            "RunInstances",
            json!({ "ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1 }),
        );
        app = send(app, Message::Call(vec![launch]));
        assert_eq!(Done::read(&app).next(), Some(1));
        for _ in 0..6 {
            app = send(app, Message::ToNextEvent);
        }
        let id = instances(&app)[0];
        let probe = Probe {
            target: Target::Instance(id),
            client: Client::Http,
            ..Probe::default()
        };
        app = send(app, Message::Connect(probe.clone()));
        assert_eq!(Done::read(&app).next(), Some(2));
        let group = app
            .region()
            .unwrap()
            .security_groups
            .keys()
            .next()
            .unwrap()
            .to_string();
        let rule = json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{ "CidrIp": "203.0.113.7/32" }] }] });
        let rule = app.call("AuthorizeSecurityGroupIngress", rule);
        app = send(app, Message::Call(vec![rule]));
        assert_eq!(Done::read(&app).next(), Some(3));
        app = send(app, Message::Connect(probe.clone()));
        assert_eq!(Done::read(&app).next(), Some(4));
        let start = app.call(
            "StartService",
            json!({ "InstanceId": id.to_string(), "Name": "httpd" }),
        );
        app = send(app, Message::Call(vec![start]));
        assert_eq!(Done::read(&app).next(), None);
    }
}
