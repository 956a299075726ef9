//! User data: a script that runs once, as root, at the first boot
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html>). Its output goes to the console's log.

use super::{Guest, script};
use crate::event::Event;
use crate::ids::InstanceId;
use crate::network;
use crate::scheduler::{InstanceTask, TaskKind};
use crate::world::{Caller, World};
use std::rc::Rc;

/// The most bytes of user data, before base64.
pub const LIMIT: usize = 16_384;

/// How the script is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Progress {
    /// There is none, or it has not begun.
    #[default]
    NotRun,
    /// It runs these statements.
    Running(Rc<[script::Statement]>),
    /// It came to its end; `true` when its last statement failed.
    Finished(bool),
}

/// Reads the script into the guest. Whether there is anything to run.
pub(crate) fn begin(guest: &mut Guest, windows: bool, data: Option<&[u8]>) -> bool {
    let Some(text) = data.and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
        return false;
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return false;
    }
    if windows {
        guest.console.push(
            "EC2Launch: user data of Windows is not modelled in this lab; nothing was run."
                .to_owned(),
        );
        guest.user_data = Progress::Finished(true);
        return false;
    }
    if !text.starts_with("#!") {
        // cloud-init looks at the first line to learn what it was given.
        let line = if text.starts_with("#cloud-config") {
            "cloud-init: #cloud-config is not modelled in this lab; nothing was run."
        } else {
            "cloud-init: WARNING: Unhandled non-multipart (text/x-not-multipart) userdata; the first line must be #!/bin/bash."
        };
        guest.console.push(line.to_owned());
        guest.user_data = Progress::Finished(true);
        return false;
    }
    guest
        .console
        .push("cloud-init: running /var/lib/cloud/instance/scripts/part-001 as root".to_owned());
    let statements = script::parse(text);
    let any = !statements.is_empty();
    guest.user_data = if any {
        Progress::Running(statements.into())
    } else {
        Progress::Finished(false)
    };
    any
}

/// Runs one statement and schedules the next when it is done.
pub(crate) fn step(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    index: usize,
    events: &mut Vec<Event>,
) {
    let internet = network::reaches_internet(world, caller, id);
    let now = world.now();
    let Some(instance) = world
        .region_mut(caller)
        .and_then(|region| region.instances.get_mut(&id))
    else {
        return;
    };
    let os = instance.os();
    let (epoch, guest) = (instance.epoch, &mut instance.guest);
    let Progress::Running(statements) = guest.user_data.clone() else {
        return;
    };
    let Some(statement) = statements.get(index) else {
        return;
    };
    let done = script::run(guest, os, statement, internet);
    events.extend(
        done.started
            .into_iter()
            .map(|service| Event::ServiceStarted {
                instance: id,
                service,
            }),
    );
    events.extend(
        done.stopped
            .into_iter()
            .map(|service| Event::ServiceStopped {
                instance: id,
                service,
            }),
    );
    // A failure ends the script only when the learner asked for that with `set -e` or `&&`.
    let next = statements
        .iter()
        .enumerate()
        .skip(index + 1)
        .find(|(_, next)| done.ok || !(next.only_if_ok || next.stops_on_error))
        .map(|(next, _)| next);
    match next {
        Some(next) => {
            let task = InstanceTask {
                caller: caller.clone(),
                instance: id,
                epoch,
                kind: TaskKind::UserData(next),
            };
            Rc::make_mut(&mut world.schedule).add(now.plus(done.milliseconds), task);
        }
        None => {
            guest.user_data = Progress::Finished(!done.ok);
            guest.console.push(if done.ok {
                "cloud-init: modules:final finished".to_owned()
            } else {
                "cloud-init: WARNING: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)".to_owned()
            });
            events.push(Event::UserDataFinished {
                instance: id,
                failed: !done.ok,
            });
        }
    }
}
