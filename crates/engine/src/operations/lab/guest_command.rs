//! RunInGuest: one line in an instance's shell, by somebody who is logged in there.

use super::running;
use crate::clock::SECOND;
use crate::error::ApiResult;
use crate::guest::machine::Machine;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::shell::{self, MOST_STEPS, Ran, Scope};

/// Runs a line as a user: in the shell of the one who is logged in, or in one of its own (`Fresh`), as `ssh host command`
/// does. What the line's programs take of time is told, not waited for.
///
/// # Errors
/// `IncorrectInstanceState` unless the machine is up.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = running(ctx, input)?;
    let id = row.id;
    let user = match input.text("User")? {
        Some(user) => user.to_owned(),
        None => row.os().map_or("root", |os| os.default_user).to_owned(),
    };
    let line = input.required("Command")?;
    let fresh = input.boolean("Fresh")?.unwrap_or(false);
    let kept = row.guest.shells.get(&user).filter(|_| !fresh);
    let mut scope = kept.cloned().unwrap_or_default();
    scope.steps = MOST_STEPS;
    scope.ended = false;
    scope.depth = 0;
    let mut machine = Machine {
        world: ctx.world,
        caller: ctx.caller,
        events: ctx.events,
        id,
        user: user.clone(),
        milliseconds: 0,
        folder: None,
    };
    let home = machine.home();
    scope.variables.insert("HOME".to_owned(), home);
    scope.variables.insert("USER".to_owned(), user.clone());
    let ran = match shell::parse(line) {
        Ok(commands) => shell::run(&mut machine, &mut scope, &commands),
        Err(why) => Ran::fail(2, format!("bash: {why}")),
    };
    let (ended, milliseconds) = (scope.ended, machine.milliseconds);
    if !fresh {
        keep(ctx, id, user, scope, ended)?;
    }
    Ok(object! {
        "Exit": ran.exit, "Output": ran.out, "Error": ran.err, "Ended": ended,
        "Seconds": milliseconds / SECOND,
    })
}

/// The shell remembers its variables until its user leaves or the machine stops.
fn keep(
    ctx: &mut Context<'_>,
    id: crate::ids::InstanceId,
    user: String,
    scope: Scope,
    ended: bool,
) -> ApiResult<()> {
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        if ended || row.guest.power != crate::guest::Power::Up {
            row.guest.shells.remove(&user);
        } else {
            row.guest.shells.insert(user, scope);
        }
    }
    Ok(())
}
