//! What one can do with instances: a menu that says why something cannot be done now, and the dialogs behind it.

use super::{
    address, connect, console_output, groups, kind, name, placement, protection, terminate,
};
use crate::app::use_app;
use crate::state::{App, Message};
use crate::ui::components::{ButtonMenu, ButtonVariant, IconName, MenuItem};
use ec2_lab_engine::ids::InstanceId;
use ec2_lab_engine::json::json;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use yew::prelude::*;

/// One action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Action {
    Connect,
    Start,
    Stop,
    Hibernate,
    Reboot,
    Terminate,
    Protection,
    Groups,
    Type,
    Address,
    Placement,
    Console,
    Name,
}

impl Action {
    const ALL: [Action; 13] = [
        Action::Connect,
        Action::Start,
        Action::Stop,
        Action::Hibernate,
        Action::Reboot,
        Action::Terminate,
        Action::Name,
        Action::Groups,
        Action::Type,
        Action::Address,
        Action::Placement,
        Action::Protection,
        Action::Console,
    ];

    const fn id(self) -> &'static str {
        match self {
            Action::Connect => "connect",
            Action::Start => "start",
            Action::Stop => "stop",
            Action::Hibernate => "hibernate",
            Action::Reboot => "reboot",
            Action::Terminate => "terminate",
            Action::Protection => "protection",
            Action::Groups => "groups",
            Action::Type => "type",
            Action::Address => "address",
            Action::Placement => "placement",
            Action::Console => "console",
            Action::Name => "name",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Action::Connect => "Connect",
            Action::Start => "Start instance",
            Action::Stop => "Stop instance",
            Action::Hibernate => "Hibernate instance",
            Action::Reboot => "Reboot instance",
            Action::Terminate => "Terminate (delete) instance",
            Action::Protection => "Change termination protection",
            Action::Groups => "Change security groups",
            Action::Type => "Change instance type",
            Action::Address => "Associate Elastic IP address",
            Action::Placement => "Move to a placement group",
            Action::Console => "Get console output",
            Action::Name => "Edit name",
        }
    }

    /// Whether it works on several instances at once.
    const fn takes_many(self) -> bool {
        matches!(
            self,
            Action::Start | Action::Stop | Action::Hibernate | Action::Reboot | Action::Terminate
        )
    }

    /// Why it cannot be done with this instance now.
    fn reason(self, row: &Instance) -> Option<&'static str> {
        use InstanceState as S;
        match (self, row.state) {
            (Action::Console, _) => None,
            (_, S::Terminated | S::ShuttingDown) => {
                Some("It is terminated: nothing brings it back.")
            }
            (Action::Start, S::Running | S::Pending) => Some("It is running already."),
            (Action::Start | Action::Type | Action::Placement, S::Stopping) => {
                Some("It is still stopping; wait a moment.")
            }
            (Action::Stop | Action::Hibernate, S::Stopped | S::Stopping) => {
                Some("It is stopped already.")
            }
            (Action::Stop | Action::Hibernate, S::Pending) => {
                Some("It is still starting: only a running instance can be stopped.")
            }
            (Action::Reboot, S::Stopped | S::Stopping | S::Pending) => {
                Some("Only a running instance can be rebooted.")
            }
            (Action::Type, S::Running | S::Pending) => {
                Some("Stop it first: the type of a running instance cannot change.")
            }
            (Action::Placement, S::Running | S::Pending) => {
                Some("Stop it first: a running instance cannot move to other hardware.")
            }
            (Action::Hibernate, _) if !row.options.hibernation => {
                Some("It was not launched for hibernation, and that cannot be chosen later.")
            }
            (Action::Address, S::Pending) => Some("It is still starting; wait a moment."),
            _ => None,
        }
    }

    fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.id() == id)
    }
}

/// Props of [`InstanceActions`].
#[derive(Properties, PartialEq)]
pub struct InstanceActionsProps {
    /// Prefix of the ids of menu and dialogs.
    pub id: AttrValue,
    /// The instances.
    pub ids: Vec<InstanceId>,
    /// What the menu is for.
    pub words: AttrValue,
    /// Draws only three dots.
    #[prop_or_default]
    pub short: bool,
}

/// The menu and its dialogs.
#[component]
pub fn InstanceActions(props: &InstanceActionsProps) -> Html {
    let app = use_app();
    let open = use_state(|| None::<Action>);
    let rows: Vec<&Instance> = app
        .region()
        .map(|region| {
            props
                .ids
                .iter()
                .filter_map(|id| region.instances.get(id))
                .collect()
        })
        .unwrap_or_default();
    let items: Vec<MenuItem> = Action::ALL
        .into_iter()
        .map(|action| {
            MenuItem::new(action.id(), action.words())
                .disabled(reason(action, &rows).map(AttrValue::from))
        })
        .collect();
    let onselect = {
        let (app, open, ids) = (app.clone(), open.setter(), props.ids.clone());
        Callback::from(move |id: AttrValue| {
            if let Some(action) = Action::parse(&id) {
                match simple(&app, action, &ids) {
                    true => {}
                    false => open.set(Some(action)),
                }
            }
        })
    };
    let onclose = {
        let open = open.setter();
        Callback::from(move |()| open.set(None))
    };
    let is = |action: Action| *open == Some(action);
    let prefix = &props.id;
    let one = rows.first().map(|row| row.id);
    html! {
        <>
            if props.short {
                <ButtonMenu id={format!("{prefix}-menu")} label={props.words.clone()} icon={IconName::More}
                    variant={ButtonVariant::Icon} {items} {onselect} />
            } else {
                <ButtonMenu id={format!("{prefix}-menu")} text="Actions" {items} {onselect} />
            }
            <terminate::Terminate id={format!("{prefix}-terminate")} open={is(Action::Terminate)}
                ids={props.ids.clone()} onclose={onclose.clone()} />
            if let Some(instance) = one {
                <protection::Protection id={format!("{prefix}-protection")} open={is(Action::Protection)} {instance} onclose={onclose.clone()} />
                <groups::ChangeGroups id={format!("{prefix}-groups")} open={is(Action::Groups)} {instance} onclose={onclose.clone()} />
                <kind::ChangeType id={format!("{prefix}-type")} open={is(Action::Type)} {instance} onclose={onclose.clone()} />
                <address::Associate id={format!("{prefix}-address")} open={is(Action::Address)} {instance} onclose={onclose.clone()} />
                <placement::Move id={format!("{prefix}-placement")} open={is(Action::Placement)} {instance} onclose={onclose.clone()} />
                <console_output::ConsoleOutput id={format!("{prefix}-console")} open={is(Action::Console)} {instance} onclose={onclose.clone()} />
                <name::EditName id={format!("{prefix}-name")} open={is(Action::Name)} {instance} {onclose} />
            }
        </>
    }
}

/// Why an action cannot be done with these instances.
fn reason(action: Action, rows: &[&Instance]) -> Option<&'static str> {
    match rows {
        [] => Some("Choose an instance first."),
        [_, _, ..] if !action.takes_many() => Some("Choose only one instance."),
        rows => rows.iter().find_map(|row| action.reason(row)),
    }
}

/// Carries out an action that needs no dialog; whether it was one.
fn simple(app: &App, action: Action, ids: &[InstanceId]) -> bool {
    let operation = match action {
        Action::Start => "StartInstances",
        Action::Stop => "StopInstances",
        Action::Hibernate => "StopInstances",
        Action::Reboot => "RebootInstances",
        Action::Connect => {
            if let Some(id) = ids.first() {
                connect::start_connecting(app, *id);
            }
            return true;
        }
        _ => return false,
    };
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let input = match action {
        Action::Hibernate => json!({ "InstanceIds": names, "Hibernate": true }),
        _ => json!({ "InstanceIds": names }),
    };
    app.dispatch(Message::Call(vec![app.call(operation, input)]));
    true
}
