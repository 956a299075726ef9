//! GetConsoleOutput (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html>): what the machine
//! printed while it started, user data's output among it.

use crate::error::ApiResult;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;

/// The console's text; the command line prints it decoded.
///
/// # Errors
/// Unknown ids.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?;
    let output = row.guest.console.join("\r\n");
    Ok(
        object! { "InstanceId": text(row.id), "Timestamp": text(ctx.world.now()), "Output": if output.is_empty() { None } else { Some(output) } },
    )
}
