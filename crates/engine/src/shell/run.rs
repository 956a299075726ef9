//! Running: lists, pipes, redirections, `if`, `for`, `while`, `case`.

use super::expand::{SAID, text, words};
use super::streams::{Streams, deliver, redirect};
use super::{Command, Host, MOST_OUTPUT, Ran, Scope};
use crate::filter::wildcard;
use conch_parser::ast::{
    AndOr, Command as Job, CompoundCommandKind, DefaultCompoundCommand, DefaultPipeableCommand,
    DefaultSimpleCommand, GuardBodyPair, ListableCommand, PipeableCommand, RedirectOrCmdWord,
    RedirectOrEnvVar,
};

/// Runs commands one after the other; the exit status is the last one's.
pub fn run(host: &mut dyn Host, scope: &mut Scope, commands: &[Command]) -> Ran {
    let mut all = Ran::default();
    for command in commands {
        let list = match &command.0 {
            Job::List(list) => list,
            Job::Job(_) => {
                join(
                    &mut all,
                    Ran::fail(
                        2,
                        "bash: `&` (jobs in the background) is not modelled in this shell",
                    ),
                );
                break;
            }
        };
        let ran = listable(host, scope, &list.first, "");
        let mut ok = ran.exit == 0;
        let mut checked = false;
        join(&mut all, ran);
        for next in &list.rest {
            let (wanted, command) = match next {
                AndOr::And(command) => (true, command),
                AndOr::Or(command) => (false, command),
            };
            // A failure on the left of && or || is what the list is for: `set -e` does not look at it.
            checked = ok != wanted;
            if scope.ended || ok != wanted {
                continue;
            }
            let ran = listable(host, scope, command, "");
            ok = ran.exit == 0;
            join(&mut all, ran);
        }
        if scope.stops_on_error && !ok && !checked {
            scope.ended = true;
        }
        if scope.ended {
            break;
        }
    }
    scope.last = all.exit;
    all
}

/// What a learner reads when output was left out.
const CUT: &str = "bash: more than 1 MB of output: the rest is left out\n";

/// Adds what a later command came to.
fn join(all: &mut Ran, next: Ran) {
    all.exit = next.exit;
    // One command may say as much as it likes; what a loop piles up has a bound.
    if all.out.is_empty() {
        all.out = next.out;
    } else if all.out.len() + next.out.len() <= MOST_OUTPUT {
        all.out.push_str(&next.out);
    } else if !all.err.ends_with(CUT) {
        all.err.push_str(CUT);
    }
    all.err.push_str(&next.err);
}

fn listable(
    host: &mut dyn Host,
    scope: &mut Scope,
    command: &ListableCommand<DefaultPipeableCommand>,
    input: &str,
) -> Ran {
    let ran = match command {
        ListableCommand::Single(command) => pipeable(host, scope, command, input),
        ListableCommand::Pipe(negated, commands) => {
            let (mut through, mut err, mut exit) = (input.to_owned(), String::new(), 0);
            for command in commands {
                let ran = pipeable(host, scope, command, &through);
                through = ran.out;
                err.push_str(&ran.err);
                exit = ran.exit;
            }
            if *negated {
                exit = i32::from(exit == 0);
            }
            Ran {
                exit,
                out: through,
                err,
            }
        }
    };
    scope.last = ran.exit;
    ran
}

fn pipeable(
    host: &mut dyn Host,
    scope: &mut Scope,
    command: &DefaultPipeableCommand,
    input: &str,
) -> Ran {
    match scope.steps.checked_sub(1) {
        Some(left) => scope.steps = left,
        None => {
            scope.ended = true;
            return Ran::fail(
                130,
                "bash: stopped: more commands than the lab runs for one line",
            );
        }
    }
    match command {
        PipeableCommand::Simple(command) => simple(host, scope, command, input),
        PipeableCommand::Compound(command) => compound(host, scope, command, input),
        PipeableCommand::FunctionDef(name, _) => Ran::fail(
            2,
            format!("bash: {name}: functions are not modelled in this shell"),
        ),
    }
}

fn simple(
    host: &mut dyn Host,
    scope: &mut Scope,
    command: &DefaultSimpleCommand,
    input: &str,
) -> Ran {
    scope.substituted = None;
    let mut streams = Streams::default();
    let mut assigned = Vec::new();
    let mut all: Vec<String> = Vec::new();
    let mut read = || -> Result<(), String> {
        for part in &command.redirects_or_env_vars {
            match part {
                RedirectOrEnvVar::Redirect(to) => redirect(host, scope, to, &mut streams)?,
                RedirectOrEnvVar::EnvVar(name, word) => {
                    let value = match word {
                        Some(word) => text(host, scope, word)?,
                        None => String::new(),
                    };
                    assigned.push((name.clone(), value));
                }
            }
        }
        for part in &command.redirects_or_cmd_words {
            match part {
                RedirectOrCmdWord::Redirect(to) => redirect(host, scope, to, &mut streams)?,
                RedirectOrCmdWord::CmdWord(word) => all.extend(words(host, scope, word)?),
            }
        }
        Ok(())
    };
    if let Err(why) = read() {
        return Ran::fail(1, format!("bash: {why}"));
    }
    let said = scope.variables.remove(SAID).unwrap_or_default();
    let mut ran = if all.is_empty() {
        scope.variables.extend(assigned);
        // An assignment's status is that of the command in it.
        let exit = scope.substituted.take().unwrap_or(0);
        deliver(
            host,
            scope,
            Ran {
                exit,
                ..Ran::default()
            },
            streams,
        )
    } else {
        let before: Vec<_> = assigned
            .iter()
            .map(|(name, _)| (name.clone(), scope.variables.get(name).cloned()))
            .collect();
        scope.variables.extend(assigned);
        let given = streams.input.take();
        let input = given.as_deref().unwrap_or(input);
        let ran = builtin(scope, &all).unwrap_or_else(|| {
            super::filter(host, scope, &all, input)
                .unwrap_or_else(|| host.command(scope, &all, input))
        });
        for (name, value) in before {
            match value {
                Some(value) => scope.variables.insert(name, value),
                None => scope.variables.remove(&name),
            };
        }
        deliver(host, scope, ran, streams)
    };
    ran.err.insert_str(0, &said);
    ran
}

/// What changes the shell itself.
fn builtin(scope: &mut Scope, words: &[String]) -> Option<Ran> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Some(match words.as_slice() {
        ["export" | "readonly" | "local" | "declare", pairs @ ..] => {
            for pair in pairs.iter().filter(|pair| !pair.starts_with('-')) {
                if let Some((name, value)) = pair.split_once('=') {
                    scope.variables.insert(name.to_owned(), value.to_owned());
                }
            }
            Ran::default()
        }
        ["unset", names @ ..] => {
            for name in names {
                scope.variables.remove(*name);
            }
            Ran::default()
        }
        ["set", flags @ ..] => {
            for flag in flags {
                if let Some(letters) = flag.strip_prefix('-') {
                    scope.stops_on_error |= letters.contains('e');
                } else if let Some(letters) = flag.strip_prefix('+') {
                    scope.stops_on_error &= !letters.contains('e');
                }
            }
            Ran::default()
        }
        ["exit" | "return", rest @ ..] => {
            scope.ended = true;
            let exit = rest
                .first()
                .map_or(scope.last, |code| code.parse().unwrap_or(2));
            Ran {
                exit: exit & 0xff,
                ..Ran::default()
            }
        }
        [":" | "true"] => Ran::default(),
        ["false"] => Ran {
            exit: 1,
            ..Ran::default()
        },
        _ => return None,
    })
}

fn compound(
    host: &mut dyn Host,
    scope: &mut Scope,
    command: &DefaultCompoundCommand,
    input: &str,
) -> Ran {
    let mut streams = Streams::default();
    for to in &command.io {
        if let Err(why) = redirect(host, scope, to, &mut streams) {
            return Ran::fail(1, format!("bash: {why}"));
        }
    }
    let _ = input;
    let mut all = Ran::default();
    match &command.kind {
        CompoundCommandKind::Brace(body) => all = run(host, scope, body),
        CompoundCommandKind::Subshell(body) => {
            let before = scope.clone();
            all = run(host, scope, body);
            let steps = scope.steps;
            *scope = before;
            scope.steps = steps;
        }
        CompoundCommandKind::While(pair) => repeat(host, scope, pair, true, &mut all),
        CompoundCommandKind::Until(pair) => repeat(host, scope, pair, false, &mut all),
        CompoundCommandKind::If {
            conditionals,
            else_branch,
        } => {
            let mut taken = false;
            for pair in conditionals {
                if guard(host, scope, pair, &mut all) {
                    join(&mut all, run(host, scope, &pair.body));
                    taken = true;
                    break;
                }
            }
            if !taken {
                all.exit = 0;
                if let Some(body) = else_branch {
                    join(&mut all, run(host, scope, body));
                }
            }
        }
        CompoundCommandKind::For {
            var,
            words: list,
            body,
        } => {
            let mut values = Vec::new();
            for word in list.iter().flatten() {
                match words(host, scope, word) {
                    Ok(more) => values.extend(more),
                    Err(why) => return Ran::fail(1, format!("bash: {why}")),
                }
            }
            for value in values {
                scope.variables.insert(var.clone(), value);
                join(&mut all, run(host, scope, body));
                if scope.ended {
                    break;
                }
            }
        }
        CompoundCommandKind::Case { word, arms } => {
            let value = match text(host, scope, word) {
                Ok(value) => value,
                Err(why) => return Ran::fail(1, format!("bash: {why}")),
            };
            for arm in arms {
                let fits = arm.patterns.iter().any(|pattern| {
                    text(host, scope, pattern).is_ok_and(|pattern| wildcard(&pattern, &value))
                });
                if fits {
                    all = run(host, scope, &arm.body);
                    break;
                }
            }
        }
    }
    deliver(host, scope, all, streams)
}

fn guard(
    host: &mut dyn Host,
    scope: &mut Scope,
    pair: &GuardBodyPair<Command>,
    all: &mut Ran,
) -> bool {
    // A condition that fails is an answer, not an error.
    let stops = std::mem::take(&mut scope.stops_on_error);
    let ran = run(host, scope, &pair.guard);
    scope.stops_on_error = stops;
    let ok = ran.exit == 0;
    join(all, ran);
    ok && !scope.ended
}

fn repeat(
    host: &mut dyn Host,
    scope: &mut Scope,
    pair: &GuardBodyPair<Command>,
    wanted: bool,
    all: &mut Ran,
) {
    while guard(host, scope, pair, all) == wanted && !scope.ended {
        join(all, run(host, scope, &pair.body));
        if scope.ended {
            return;
        }
    }
    all.exit = 0;
}
