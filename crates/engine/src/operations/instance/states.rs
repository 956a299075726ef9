//! StartInstances, StopInstances, RebootInstances, TerminateInstances: all named instances, or none when one refuses.

use super::{failure, lifecycle};
use crate::error::{ApiError, ApiResult};
use crate::hardware::placement;
use crate::ids::InstanceId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::volume::{AttachmentState, Volume};

/// StartInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html>).
///
/// # Errors
/// `IncorrectInstanceState` unless stopped or running, capacity and vCPU limits.
pub fn start(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    change(ctx, input, "StartingInstances", |ctx, id| {
        let instance = row(ctx, id)?;
        match instance.state {
            InstanceState::Running | InstanceState::Pending => return Ok(()),
            InstanceState::Stopped => {}
            _ => {
                let detail =
                    format!("The instance '{id}' is not in a state from which it can be started.");
                return Err(ApiError::IncorrectInstanceState { detail });
            }
        }
        let (Some(kind), zone, group) = (instance.kind(), instance.zone, instance.placement.group)
        else {
            return Ok(());
        };
        let wanted = instance.placement.wanted_partition;
        if let Some(os) = instance.os().filter(|_| {
            ctx.region()
                .is_ok_and(|region| !region.root_volume(instance).is_some_and(stays))
        }) {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Invalid value '{id}' for instanceId. Instance does not have a volume attached at root ({})",
                    os.root_device_name
                ),
            });
        }
        // The type, or the group, may have been changed since the launch.
        super::launch::offered(ctx.region()?, kind, zone)?;
        super::launch::Launch::partition(ctx.region()?, group, kind, wanted.map(i64::from))?;
        super::launch::within_vcpu_limit(ctx.region()?, kind)?;
        let spot = placement::place(ctx.world, ctx.caller, zone, kind, group, wanted)?;
        if let Some(instance) = ctx.region_mut()?.instances.get_mut(&id) {
            instance.placement.host = Some(spot.host);
            instance.placement.partition = spot.partition;
        }
        let failure = failure::of_volumes(ctx.world, ctx.caller, id);
        lifecycle::power_on(ctx.world, ctx.caller, id, failure, ctx.events)
    })
}

/// Whether a volume is not on its way out of its instance.
fn stays(volume: &Volume) -> bool {
    volume
        .attachment
        .as_ref()
        .is_some_and(|tie| tie.state != AttachmentState::Detaching)
}

/// StopInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html>).
///
/// # Errors
/// `IncorrectInstanceState` before it ran or after it ended, `OperationNotPermitted` with stop protection.
pub fn stop(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let force = input.boolean("Force")?.unwrap_or(false);
    let hibernate = input.boolean("Hibernate")?.unwrap_or(false);
    if hibernate {
        let region = ctx.region()?;
        let ids = lookup::required_instances(region, input)?;
        let cannot = |id: &&InstanceId| {
            region
                .instances
                .get(*id)
                .is_none_or(|row| !row.options.hibernation)
        };
        let named: Vec<String> = ids.iter().filter(cannot).map(ToString::to_string).collect();
        if !named.is_empty() {
            return Err(ApiError::UnsupportedOperation {
                detail: format!(
                    "The instance '{}' is not configured for hibernation.",
                    named.join("', '")
                ),
            });
        }
        if force {
            return Err(ApiError::InvalidParameterCombination {
                detail: "The parameters force and hibernate cannot be used together".to_owned(),
            });
        }
    }
    change(ctx, input, "StoppingInstances", |ctx, id| {
        let instance = row(ctx, id)?;
        match instance.state {
            InstanceState::Stopped | InstanceState::Stopping => Ok(()),
            InstanceState::Pending if !instance.guest.booted_before => {
                Err(ApiError::IncorrectInstanceState {
                    detail: format!(
                        "Instance '{id}' cannot be stopped as it has never reached the 'running' state."
                    ),
                })
            }
            InstanceState::Pending | InstanceState::ShuttingDown | InstanceState::Terminated => {
                Err(ApiError::IncorrectInstanceState {
                    detail: format!(
                        "This instance '{id}' is not in a state from which it can be stopped."
                    ),
                })
            }
            InstanceState::Running if instance.disable_api_stop => {
                Err(ApiError::OperationNotPermitted {
                    detail: format!(
                        "The instance '{id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again."
                    ),
                })
            }
            InstanceState::Running if hibernate => {
                lifecycle::hibernate(ctx.world, ctx.caller, id, ctx.events)
            }
            InstanceState::Running => lifecycle::stop(ctx.world, ctx.caller, id, force, ctx.events),
        }
    })
}

/// TerminateInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html>). With a
/// protected instance among them the call fails, and so do all in its zone; those in other zones are terminated.
///
/// # Errors
/// `OperationNotPermitted` with termination or stop protection.
pub fn terminate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let ids = lookup::required_instances(region, input)?;
    let protected: Vec<(&'static str, ApiError)> = ids
        .iter()
        .filter_map(|id| region.instances.get(id))
        .filter(|row| !row.state.is_terminal())
        .filter_map(|row| Some((row.zone, refusal(row, protection(row)?))))
        .collect();
    let spared: Vec<&'static str> = protected.iter().map(|(zone, _)| *zone).collect();
    let others = ids
        .iter()
        .filter_map(|id| region.instances.get(id))
        .any(|row| !row.state.is_terminal() && !spared.contains(&row.zone));
    if let Some((_, refusal)) = protected.into_iter().next() {
        if !others {
            return Err(refusal);
        }
        ctx.refusal = Some(refusal);
    }
    change(ctx, input, "TerminatingInstances", |ctx, id| {
        let instance = row(ctx, id)?;
        if instance.state.is_terminal() || spared.contains(&instance.zone) {
            return Ok(());
        }
        lifecycle::terminate(ctx.world, ctx.caller, id, ctx.events)
    })
}

fn refusal(row: &Instance, attribute: &str) -> ApiError {
    ApiError::OperationNotPermitted {
        detail: format!(
            "The instance '{}' may not be terminated. Modify its '{attribute}' instance attribute and try again.",
            row.id
        ),
    }
}

/// What keeps an instance from being terminated. Stop protection does it too
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html>).
fn protection(row: &Instance) -> Option<&'static str> {
    if row.disable_api_termination {
        Some("disableApiTermination")
    } else if row.disable_api_stop {
        Some("disableApiStop")
    } else {
        None
    }
}

/// RebootInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RebootInstances.html>).
///
/// # Errors
/// `IncorrectInstanceState` for an instance that is not running.
pub fn reboot(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    for id in lookup::required_instances(ctx.region()?, input)? {
        let instance = row(ctx, id)?;
        // "Requests to reboot terminated instances are ignored."
        if instance.state == InstanceState::Terminated {
            continue;
        }
        if instance.state != InstanceState::Running {
            let detail =
                format!("The instance '{id}' is not in a state from which it can be rebooted.");
            return Err(ApiError::IncorrectInstanceState { detail });
        }
        lifecycle::reboot(ctx.world, ctx.caller, id)?;
    }
    Ok(object! {})
}

fn row<'a>(ctx: &'a Context<'_>, id: InstanceId) -> ApiResult<&'a Instance> {
    ctx.region()?
        .instances
        .get(&id)
        .ok_or_else(|| ApiError::InvalidInstanceIdNotFound {
            instance_id: id.to_string(),
        })
}

/// Changes the named instances one by one and answers with their states before and after.
fn change(
    ctx: &mut Context<'_>,
    input: Input<'_>,
    key: &str,
    each: impl Fn(&mut Context<'_>, InstanceId) -> ApiResult<()>,
) -> ApiResult {
    let mut rows = Vec::new();
    for id in lookup::required_instances(ctx.region()?, input)? {
        let before = row(ctx, id)?.state;
        each(ctx, id)?;
        let after = row(ctx, id)?.state;
        rows.push(object! { "InstanceId": text(id), "CurrentState": state(after), "PreviousState": state(before) });
    }
    let mut answer = crate::json::Map::new();
    answer.insert(key.to_owned(), Value::Array(rows));
    Ok(Value::Object(answer))
}

/// `{Code, Name}`.
pub fn state(state: InstanceState) -> Value {
    object! { "Code": state.code(), "Name": state.as_str() }
}
