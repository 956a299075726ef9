//! Targets: registered, deregistered, and how they are
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html>).

use super::group;
use super::health::{self, Health};
use crate::error::{ApiError, ApiResult};
use crate::ids::InstanceId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::instance::InstanceState;
use crate::resources::load_balancer::{CheckFailure, Target, TargetGroup, TargetState};

/// A target as a call names it.
fn named(region: &RegionState, entry: Input<'_>) -> ApiResult<(InstanceId, Option<u16>)> {
    let id = entry.required("Id")?;
    let invalid = || ApiError::InvalidTarget {
        detail: format!("The following targets are not valid: '{id}'"),
    };
    let row = lookup::instance(region, id).map_err(|_| invalid())?;
    let port = match entry.integer("Port")? {
        None => None,
        Some(port) => Some(
            u16::try_from(port)
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(invalid)?,
        ),
    };
    Ok((row.id, port))
}

/// Registers instances; each may be there once per port.
///
/// # Errors
/// `TargetGroupNotFound`, `InvalidTarget` for an instance of another VPC or one that does not run.
pub fn register(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut row = group(region, input.required("TargetGroupArn")?)?.clone();
    let entries = input.objects("Targets")?;
    if entries.is_empty() {
        return Err(super::invalid(
            "At least one target must be specified".to_owned(),
        ));
    }
    for entry in entries {
        let (id, port) = named(region, entry)?;
        let here = region.instances.get(&id).is_some_and(|instance| {
            region
                .primary_interface(instance)
                .is_some_and(|nic| nic.vpc == row.vpc)
        });
        if !here {
            return Err(ApiError::InvalidTarget {
                detail: format!(
                    "The following targets are not in the target group VPC '{}': '{id}'",
                    row.vpc
                ),
            });
        }
        let runs = region
            .instances
            .get(&id)
            .is_some_and(|instance| instance.state == InstanceState::Running);
        if !runs {
            return Err(ApiError::InvalidTarget {
                detail: format!(
                    "The following targets are not in a running state and cannot be registered: '{id}'"
                ),
            });
        }
        let port = port.unwrap_or(row.port);
        let fresh = Target {
            instance: id,
            port,
            state: TargetState::Initial,
            passed: 0,
            failed: 0,
            failure: None,
        };
        match row
            .targets
            .iter_mut()
            .find(|known| (known.instance, known.port) == (id, port))
        {
            Some(known) if matches!(known.state, TargetState::Draining { .. }) => *known = fresh,
            Some(_) => {}
            None => row.targets.push(fresh),
        }
    }
    ctx.region_mut()?
        .balancing
        .target_groups
        .insert(row.id, row);
    Ok(object! {})
}

/// Takes targets out: those that took requests drain first.
///
/// # Errors
/// `TargetGroupNotFound`, `InvalidTarget` for one that is not registered.
pub fn deregister(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let mut row = group(region, input.required("TargetGroupArn")?)?.clone();
    let used = region.balancing.balancer_of(row.id).is_some();
    let until = now.plus(row.deregistration_delay);
    for entry in input.objects("Targets")? {
        let (id, port) = named(region, entry)?;
        let meant =
            |target: &Target| target.instance == id && port.is_none_or(|port| target.port == port);
        if !row.targets.iter().any(meant) {
            return Err(ApiError::InvalidTarget {
                detail: format!("The following targets are not registered: '{id}'"),
            });
        }
        if used && row.deregistration_delay > 0 {
            for target in row.targets.iter_mut().filter(|target| meant(target)) {
                if !matches!(target.state, TargetState::Draining { .. }) {
                    target.state = TargetState::Draining { until };
                }
            }
        } else {
            row.targets.retain(|target| !meant(target));
        }
    }
    ctx.region_mut()?
        .balancing
        .target_groups
        .insert(row.id, row);
    Ok(object! {})
}

/// State, reason and description of a target's health, as AWS's page lists them.
fn words(region: &RegionState, group: &TargetGroup, target: &Target) -> Value {
    let check = |failure: Option<CheckFailure>| match failure {
        Some(CheckFailure::Timeout) => ("Target.Timeout", "Request timed out".to_owned()),
        Some(CheckFailure::Code(code)) => (
            "Target.ResponseCodeMismatch",
            format!("Health checks failed with these codes: [{code}]"),
        ),
        _ => (
            "Target.FailedHealthChecks",
            "Health checks failed".to_owned(),
        ),
    };
    let (state, reason, description) = match health::of(region, group, target) {
        Health::Healthy => ("healthy", None, None),
        Health::Initial => (
            "initial",
            Some("Elb.RegistrationInProgress"),
            Some("Target registration is in progress".to_owned()),
        ),
        Health::Unhealthy => {
            let (reason, description) = check(target.failure);
            ("unhealthy", Some(reason), Some(description))
        }
        Health::Draining => (
            "draining",
            Some("Target.DeregistrationInProgress"),
            Some("Target deregistration is in progress".to_owned()),
        ),
        Health::NotInUse => (
            "unused",
            Some("Target.NotInUse"),
            Some(
                "Target group is not configured to receive traffic from the load balancer"
                    .to_owned(),
            ),
        ),
        Health::ZoneNotEnabled => (
            "unused",
            Some("Target.NotInUse"),
            Some(
                "Target is in an Availability Zone that is not enabled for the load balancer"
                    .to_owned(),
            ),
        ),
        Health::NotRunning => (
            "unused",
            Some("Target.InvalidState"),
            Some("Target is in the stopped state".to_owned()),
        ),
    };
    object! { "State": state, "Reason": reason, "Description": description }
}

/// How the targets are.
///
/// # Errors
/// `TargetGroupNotFound`.
pub fn describe_health(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = group(region, input.required("TargetGroupArn")?)?;
    let mut shown = Vec::new();
    let mut show = |target: &Target| {
        let port = row.health.port.unwrap_or(target.port);
        shown.push(object! {
            "Target": object! { "Id": text(target.instance), "Port": target.port },
            "HealthCheckPort": text(port), "TargetHealth": words(region, row, target),
        });
    };
    let asked = input.objects("Targets")?;
    if asked.is_empty() {
        row.targets.iter().for_each(&mut show);
        return Ok(object! { "TargetHealthDescriptions": shown });
    }
    let mut missing = Vec::new();
    for entry in asked {
        let (id, port) = named(region, entry)?;
        let mut meant = row
            .targets
            .iter()
            .filter(|target| target.instance == id && port.is_none_or(|port| target.port == port))
            .peekable();
        if meant.peek().is_none() {
            missing.push((id, port.unwrap_or(row.port)));
        }
        meant.for_each(&mut show);
    }
    for (id, port) in missing {
        let health = object! {
            "State": "unused", "Reason": "Target.NotRegistered", "Description": "Target is not registered to the target group",
        };
        shown.push(object! {
            "Target": object! { "Id": text(id), "Port": port }, "TargetHealth": health,
        });
    }
    Ok(object! { "TargetHealthDescriptions": shown })
}
