//! MonitorInstances and UnmonitorInstances: detailed monitoring, every minute instead of every five
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MonitorInstances.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;

/// Turns detailed monitoring on.
///
/// # Errors
/// Unknown ids, `IncorrectInstanceState` after an instance's end.
pub fn on(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    set(ctx, input, true)
}

/// Turns detailed monitoring off.
///
/// # Errors
/// As [`on`].
pub fn off(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    set(ctx, input, false)
}

fn set(ctx: &mut Context<'_>, input: Input<'_>, wanted: bool) -> ApiResult {
    let ids = lookup::required_instances(ctx.region()?, input)?;
    let region = ctx.region_mut()?;
    let mut rows: Vec<Value> = Vec::new();
    for id in ids {
        let Some(row) = region.instances.get_mut(&id) else {
            continue;
        };
        if row.state.is_terminal() {
            return Err(ApiError::IncorrectInstanceState {
                detail: format!(
                    "The instance '{id}' is {} and cannot be monitored.",
                    row.state.as_str()
                ),
            });
        }
        // What takes a moment is answered as on its way; what is so already, as it is.
        let state = match (row.detailed_monitoring, wanted) {
            (true, true) => "enabled",
            (false, true) => "pending",
            (true, false) => "disabling",
            (false, false) => "disabled",
        };
        row.detailed_monitoring = wanted;
        rows.push(object! { "InstanceId": text(id), "Monitoring": object! { "State": state } });
    }
    Ok(object! { "InstanceMonitorings": rows })
}
