//! `aws ec2 wait`: polls as the client does, while the lab's clock jumps from event to event.

use crate::answer::Refusal;
use crate::engine::{Caller, Engine, ServiceError};
use crate::query::{Query, interpret_equal, is_true};
use crate::shapes::{Acceptor, Waiter};
use ec2_lab_engine::json::Value;

/// Waits until the state is reached, fails, or the client would give up.
pub fn wait<E: Engine>(
    engine: &mut E,
    caller: &Caller,
    waiter: &Waiter,
    input: &Value,
) -> Result<(), Refusal> {
    let give_up = engine.now_milliseconds() + waiter.delay * waiter.attempts * 1000;
    let mut last: Option<String> = None;
    loop {
        let answer = engine.execute(caller, waiter.operation, input);
        match decide(waiter, &answer, &mut last) {
            Some(Ok(())) => return Ok(()),
            Some(Err(reason)) => return Err(failed(waiter, &reason)),
            None => {}
        }
        let now = engine.now_milliseconds();
        if now >= give_up {
            let previously = last.map_or(String::new(), |last| {
                format!(". Previously accepted state: {last}")
            });
            return Err(failed(
                waiter,
                &format!("Max attempts exceeded{previously}"),
            ));
        }
        // Some states come with time alone, without an event: look again at the latest when the client would.
        let poll = now + waiter.delay * 1000;
        let jumped = engine
            .next_event_milliseconds()
            .is_some_and(|next| next <= poll)
            && engine.advance_to_next();
        if !jumped || engine.now_milliseconds() <= now {
            engine.advance_seconds(waiter.delay.max(1));
        }
    }
}

fn failed(waiter: &Waiter, reason: &str) -> Refusal {
    Refusal::general(format!("Waiter {} failed: {reason}", waiter.name))
}

/// What the first matching rule says; `None` is: try again.
fn decide(
    waiter: &Waiter,
    answer: &Result<Value, ServiceError>,
    last: &mut Option<String>,
) -> Option<Result<(), String>> {
    if let Some(acceptor) = waiter
        .acceptors
        .iter()
        .find(|acceptor| matches(acceptor, answer))
    {
        let explained = explain(acceptor);
        return match acceptor.state {
            "success" => Some(Ok(())),
            "failure" => Some(Err(format!(
                "Waiter encountered a terminal failure state: {explained}"
            ))),
            _ => {
                *last = Some(explained);
                None
            }
        };
    }
    let error = answer.as_ref().err()?;
    Some(Err(format!(
        "An error occurred ({}): {}",
        error.code, error.message
    )))
}

fn matches(acceptor: &Acceptor, answer: &Result<Value, ServiceError>) -> bool {
    let expected: Value = ec2_lab_engine::json::from_str(acceptor.expected).unwrap_or(Value::Null);
    let found = || {
        let answer = answer.as_ref().ok()?;
        Query::new(acceptor.argument).ok()?.search(answer).ok()
    };
    match acceptor.matcher {
        "error" => answer
            .as_ref()
            .is_err_and(|error| expected == error.code.as_str()),
        "status" => answer.is_ok(),
        "path" => found().is_some_and(|found| interpret_equal(&found, &expected)),
        "pathAll" => found().is_some_and(|found| {
            is_true(&found)
                && found
                    .as_array()
                    .is_some_and(|all| all.iter().all(|one| *one == expected))
        }),
        "pathAny" => {
            found().is_some_and(|found| found.as_array().is_some_and(|all| all.contains(&expected)))
        }
        _ => false,
    }
}

fn explain(acceptor: &Acceptor) -> String {
    let expected = acceptor.expected.trim_matches('"');
    match acceptor.matcher {
        "path" => format!(
            "For expression \"{}\" we matched expected path: \"{expected}\"",
            acceptor.argument
        ),
        "pathAll" => format!(
            "For expression \"{}\" all members matched expected path: \"{expected}\"",
            acceptor.argument
        ),
        "pathAny" => {
            format!(
                "For expression \"{}\" we matched expected path: \"{expected}\" at least once",
                acceptor.argument
            )
        }
        "error" => format!("Matched expected service error code: {expected}"),
        _ => format!("Matched expected HTTP status code: {expected}"),
    }
}
