//! The lab's question why an account can launch an image, or cannot, and what would help.

use crate::error::{ApiError, ApiResult};
use crate::ids::{ImageId, ResourceId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::sharing::fix::{self, Fix, Outcome};
use crate::sharing::trace::{self, Check};

fn check(row: &Check) -> Value {
    object! {
        "Question": row.question.name(), "Subject": row.subject.clone(), "Passed": row.passed,
        "Rule": row.rule.clone(), "Source": row.question.source(),
    }
}

fn outcome(row: &Outcome) -> String {
    match row {
        Outcome::Running => "running".to_owned(),
        Outcome::Refused(code) => format!("refused: {code}"),
        Outcome::Terminated(reason) => format!("terminated: {reason}"),
    }
}

fn proved(row: &Fix) -> Value {
    let calls: Vec<Value> = row
        .calls
        .iter()
        .map(|call| {
            object! {
                "Account": text(call.caller.account), "Region": call.caller.region, "Operation": call.operation,
                "Input": call.input.clone(),
            }
        })
        .collect();
    object! {
        "Title": row.title.clone(), "Note": row.note.clone(), "Calls": calls, "ImageId": text(row.image),
        "WaitSeconds": row.wait.div_ceil(1_000), "Outcome": outcome(&row.outcome), "Solves": row.solves(),
    }
}

/// ExplainLaunch: the chain of checks for the caller's account and Region, what the launch comes to on a copy of the world,
/// and the changes that were seen to help.
///
/// # Errors
/// `InvalidAMIID.Malformed`.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let written = input.required("ImageId")?;
    let id = ImageId::parse(written).ok_or_else(|| ApiError::InvalidAmiIdMalformed {
        image_id: written.to_owned(),
    })?;
    let found = trace::trace(ctx.world, ctx.caller, id);
    let came_to = fix::attempt(ctx.world, ctx.caller, id);
    let fixes = fix::fixes(ctx.world, &found);
    Ok(object! {
        "ImageId": text(id), "Account": text(ctx.caller.account), "Region": ctx.caller.region,
        "Launches": found.cause.is_none(), "Outcome": outcome(&came_to),
        "Cause": found.cause.as_ref().map(trace::Cause::code),
        "Checks": found.checks.iter().map(check).collect::<Vec<_>>(),
        "Fixes": fixes.iter().map(proved).collect::<Vec<_>>(),
    })
}
