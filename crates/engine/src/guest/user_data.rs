//! User data: a script that runs once, as root, at the first boot
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html>). Its output goes to the console's log. The same
//! shell runs it that a learner meets inside the machine.

mod cloud_config;
mod windows;

use super::Guest;
use super::machine::Machine;
use crate::catalogue::Image;
use crate::clock::SECOND;
use crate::event::Event;
use crate::ids::InstanceId;
use crate::operations::instance::lifecycle;
use crate::resources::instance::Instance;
use crate::scheduler::TaskKind;
use crate::shell::{self, Joint, MOST_STEPS, Part, Ran, Scope};
use crate::world::{Caller, World};
use std::rc::Rc;

/// The most bytes of user data, before base64.
pub const LIMIT: usize = 16_384;
/// How long a command takes at least.
const LEAST: u64 = SECOND / 10;

/// How the script is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Progress {
    /// There is none, or it has not begun.
    #[default]
    NotRun,
    /// It runs.
    Running(Rc<Running>),
    /// It came to its end; `true` when its last command failed.
    Finished(bool),
}

/// A script that runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Running {
    /// Its text.
    pub script: String,
    /// Which of its parts is next.
    pub at: usize,
    /// How many parts it has.
    pub total: usize,
    /// Its variables.
    pub scope: Scope,
}

/// Reads the script into the guest. Whether there is anything to run.
pub(crate) fn begin(guest: &mut Guest, os: Option<&Image>, data: Option<&[u8]>) -> bool {
    let Some(text) = data.and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
        return false;
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if text.trim().is_empty() {
        return false;
    }
    let read = if os.is_some_and(|image| image.windows) {
        windows::script(&text)
    } else {
        script(&text, os)
    };
    let read = read.and_then(|(said, script)| {
        let parts = shell::parse(&script).map(shell::parts);
        let total = parts
            .map_err(|why| format!("cloud-init: part-001: {why}"))?
            .len();
        Ok((said, script, total))
    });
    match read {
        Err(why) => {
            guest.console.push(why);
            guest.user_data = Progress::Finished(true);
            false
        }
        Ok((said, script, total)) => {
            guest.console.extend(said);
            guest.user_data = match total {
                0 => Progress::Finished(false),
                _ => Progress::Running(Rc::new(Running {
                    script,
                    at: 0,
                    total,
                    scope: Scope::default(),
                })),
            };
            total > 0
        }
    }
}

/// Lines for the console, and a script for the shell.
type Read = Result<(Vec<String>, String), String>;

/// cloud-init looks at the first line to learn what it was given.
fn script(text: &str, os: Option<&Image>) -> Read {
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first == "#cloud-config" {
        let manager = os.map_or("dnf", |image| image.package_manager);
        return cloud_config::script(text, manager);
    }
    let Some(interpreter) = first.strip_prefix("#!") else {
        return Err("cloud-init: WARNING: Unhandled non-multipart (text/x-not-multipart) userdata; the first line must be #!/bin/bash or #cloud-config.".to_owned());
    };
    let mut words = interpreter.split_whitespace();
    let program = words.next().unwrap_or_default();
    let name = match program.rsplit('/').next().unwrap_or_default() {
        "env" => words.next().unwrap_or_default(),
        name => name,
    };
    if !matches!(name, "bash" | "sh" | "dash") {
        return Err(format!(
            "cloud-init: {interpreter}: this lab runs shell scripts only; nothing was run."
        ));
    }
    let said = "cloud-init: running /var/lib/cloud/instance/scripts/part-001 as root".to_owned();
    // `#!/bin/bash -e` is `set -e`.
    let stops = words.any(|word| word.starts_with('-') && word.contains('e'));
    let lead = if stops { "set -e\n" } else { "" };
    Ok((vec![said], format!("{lead}{text}")))
}

fn guest<'w>(world: &'w mut World, caller: &Caller, id: InstanceId) -> Option<&'w mut Instance> {
    world.region_mut(caller)?.instances.get_mut(&id)
}

/// Runs one part and schedules the next when it is done. A compound command is carried out when its time is over
/// (`late`), because it may wait before it does something.
pub(crate) fn step(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    late: bool,
    events: &mut Vec<Event>,
) {
    let Some(row) = guest(world, caller, id) else {
        return;
    };
    let Progress::Running(running) = row.guest.user_data.clone() else {
        return;
    };
    let parts = shell::parts(shell::parse(&running.script).unwrap_or_default());
    let Some(part) = parts.get(running.at) else {
        return;
    };
    if part.compound && !late {
        let mut copy = world.clone();
        let (_, _, milliseconds) = run(&mut copy, caller, id, &running, part, &mut Vec::new());
        return again(world, caller, id, milliseconds, true);
    }
    let (ran, scope, milliseconds) = run(world, caller, id, &running, part, events);
    let Some(row) = guest(world, caller, id) else {
        return;
    };
    let lines = ran.out.lines().chain(ran.err.lines());
    row.guest
        .console
        .extend(lines.map(|line| format!("cloud-init: {line}")));
    let ok = ran.exit == 0;
    let runs = |next: &Part| match next.joint {
        Joint::Then => true,
        Joint::And => ok,
        Joint::Or => !ok,
    };
    let rest = parts.iter().enumerate().skip(running.at + 1);
    let next = rest.filter(|_| !scope.ended).find(|(_, next)| runs(next));
    match next {
        Some((at, _)) => {
            row.guest.user_data = Progress::Running(Rc::new(Running {
                at,
                scope,
                ..(*running).clone()
            }));
            again(
                world,
                caller,
                id,
                if late { 0 } else { milliseconds },
                false,
            );
        }
        None => {
            row.guest.user_data = Progress::Finished(!ok);
            row.guest.console.push(if ok {
                "cloud-init: modules:final finished".to_owned()
            } else {
                "cloud-init: WARNING: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)".to_owned()
            });
            events.push(Event::UserDataFinished {
                instance: id,
                failed: !ok,
            });
        }
    }
}

/// What a part came to, what its shell remembers, and how long it took.
fn run(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    running: &Running,
    part: &Part,
    events: &mut Vec<Event>,
) -> (Ran, Scope, u64) {
    let mut scope = running.scope.clone();
    scope.steps = MOST_STEPS;
    for (name, value) in [("HOME", "/root"), ("USER", "root")] {
        scope.variables.insert(name.to_owned(), value.to_owned());
    }
    let stops = std::mem::replace(
        &mut scope.stops_on_error,
        running.scope.stops_on_error && !part.looked_at,
    );
    let mut machine = Machine {
        world,
        caller,
        events,
        id,
        user: "root".to_owned(),
        milliseconds: 0,
        folder: None,
    };
    let ran = shell::run(
        &mut machine,
        &mut scope,
        std::slice::from_ref(&part.command),
    );
    scope.stops_on_error |= stops;
    (ran, scope, machine.milliseconds.max(LEAST))
}

fn again(world: &mut World, caller: &Caller, id: InstanceId, milliseconds: u64, late: bool) {
    let at = world.now().plus(milliseconds);
    let Some(row) = guest(world, caller, id) else {
        return;
    };
    let epoch = row.epoch;
    lifecycle::schedule(world, caller, id, epoch, TaskKind::UserData(late), at);
}
