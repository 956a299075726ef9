//! DescribeInstanceStatus (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html>): the
//! checks of the hardware below and of the operating system inside.

use super::states;
use crate::clock::MINUTE;
use crate::error::ApiResult;
use crate::guest::Power;
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::resources::instance::{Instance, InstanceState};

/// How long after the start the first result of a check is there.
const FIRST_CHECK: u64 = 2 * MINUTE;

/// The status of running instances, or of all with `IncludeAllInstances`.
///
/// # Errors
/// Unknown ids and filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let named = lookup::instances(region, input)?;
    let all = input.boolean("IncludeAllInstances")?.unwrap_or(false);
    let rows = region
        .instances
        .values()
        .filter(|row| {
            (named.is_empty() || named.contains(&row.id))
                && (all || row.state == InstanceState::Running)
        })
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &Instance, name: &str| {
        Some(vec![match name {
            "availability-zone" => row.zone.to_owned(),
            "instance-state-name" => row.state.as_str().to_owned(),
            "instance-state-code" => row.state.code().to_string(),
            "instance-status.status" | "system-status.status" => {
                checks(row, now.since(row.state_since)).0.to_owned()
            }
            "instance-status.reachability" | "system-status.reachability" => {
                checks(row, now.since(row.state_since)).1.to_owned()
            }
            "availability-zone-id" => region.zone_id(row.zone).to_owned(),
            "operator.managed" => "false".to_owned(),
            "attached-ebs-status.status" | "application-status.status" => {
                checks(row, now.since(row.state_since)).0.to_owned()
            }
            // The lab schedules no events.
            "event.code"
            | "event.description"
            | "event.instance-event-id"
            | "event.not-after"
            | "event.not-before"
            | "event.not-before-deadline"
            | "operator.principal" => return Some(Vec::new()),
            _ => return None,
        }])
    };
    lookup::describe(input, "InstanceStatuses", rows, values, |row| {
        let (status, detail) = checks(row, now.since(row.state_since));
        let check = |status: &str, detail: &str| -> Value {
            let details = if detail.is_empty() {
                Value::Null
            } else {
                json!([object! { "Name": "reachability", "Status": detail }])
            };
            object! { "Details": details, "Status": status }
        };
        object! {
            "AvailabilityZone": row.zone, "AvailabilityZoneId": region.zone_id(row.zone), "InstanceId": text(row.id), "InstanceState": states::state(row.state),
            "InstanceStatus": check(status, detail), "SystemStatus": check(status, detail),
            "AttachedEbsStatus": check(status, detail), "Operator": object! { "Managed": false },
        }
    })
}

/// Status and its reachability detail.
#[must_use]
pub fn checks(row: &Instance, running_for: u64) -> (&'static str, &'static str) {
    match (row.state, row.guest.power) {
        (InstanceState::Running, Power::Up) if running_for >= FIRST_CHECK => ("ok", "passed"),
        (InstanceState::Running, Power::Booting)
            if running_for >= FIRST_CHECK && row.os().is_some_and(|os| os.boot < FIRST_CHECK) =>
        {
            ("ok", "passed")
        }
        (InstanceState::Running, _) => ("initializing", "initializing"),
        _ => ("not-applicable", ""),
    }
}
