//! The groups themselves
//! (<https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html>).

use super::show::show;
use super::targets::{deregister, register};
use super::{find, invalid};
use crate::error::{ApiError, ApiResult};
use crate::ids::{LaunchTemplateId, SubnetId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::balancing::group as target_group;
use crate::operations::launch_template::lookup::specified;
use crate::operations::lookup;
use crate::region::RegionState;
use crate::resources::auto_scaling::{AutoScalingGroup, GroupTag, LifecycleState};
use crate::resources::load_balancer::BalancingId;

fn number(input: Input<'_>, key: &str) -> ApiResult<Option<u32>> {
    let Some(given) = input.integer(key)? else {
        return Ok(None);
    };
    u32::try_from(given)
        .ok()
        .filter(|number| *number <= 10_000)
        .map(Some)
        .ok_or_else(|| invalid(format!("{key} must be between 0 and 10000, it is {given}")))
}

/// The template of a call: it must be there, and so must the version.
fn template(region: &RegionState, input: Input<'_>) -> ApiResult<(LaunchTemplateId, String)> {
    let named = input.object("LaunchTemplate")?;
    let (row, _) = specified(region, named).map_err(|error| invalid(error.message()))?;
    let version = named.text("Version")?.unwrap_or("$Default");
    Ok((row.id, version.to_owned()))
}

/// The subnets of `VPCZoneIdentifier`, or the default ones of the zones that are named.
fn subnets(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<SubnetId>> {
    let mut found = Vec::new();
    if let Some(list) = input.text("VPCZoneIdentifier")? {
        for id in list.split(',').map(str::trim) {
            let row = lookup::subnet(region, id)
                .map_err(|_| invalid(format!("The subnet ID '{id}' does not exist")))?;
            found.push(row.id);
        }
        return Ok(found);
    }
    for zone in input.texts("AvailabilityZones")? {
        let row = region
            .subnets_by_serial()
            .find(|row| row.zone == zone && row.default_for_az)
            .ok_or_else(|| invalid(format!("Invalid availability zones: [{zone}]")))?;
        found.push(row.id);
    }
    if found.is_empty() {
        return Err(invalid(
            "At least one Availability Zone or VPC Subnet is required.".to_owned(),
        ));
    }
    Ok(found)
}

fn elb_health(input: Input<'_>) -> ApiResult<Option<bool>> {
    match input.text("HealthCheckType")? {
        None => Ok(None),
        Some("EC2") => Ok(Some(false)),
        Some("ELB") => Ok(Some(true)),
        Some(other @ ("EBS" | "VPC_LATTICE")) => Err(ApiError::NotModelled {
            what: format!("The health check type {other}"),
        }),
        Some(other) => Err(invalid(format!("Invalid health check type '{other}'"))),
    }
}

fn target_groups(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<BalancingId>> {
    input
        .texts("TargetGroupARNs")?
        .into_iter()
        .map(|arn| {
            target_group(region, arn)
                .map(|row| row.id)
                .map_err(|_| invalid(format!("Target group '{arn}' not found")))
        })
        .collect()
}

fn bounds(min: u32, max: u32, desired: u32) -> ApiResult<()> {
    if min > max {
        return Err(invalid(format!(
            "Max bound, {max}, must be greater than or equal to min bound, {min}"
        )));
    }
    if desired < min {
        return Err(invalid(format!(
            "Desired capacity:{desired} must be greater than or equal to the minimum size:{min}"
        )));
    }
    if desired > max {
        return Err(invalid(format!(
            "Desired capacity:{desired} must be less than or equal to the maximum size:{max}"
        )));
    }
    Ok(())
}

/// Makes a group; its instances come by the clock.
///
/// # Errors
/// `AlreadyExists`, `ValidationError` for what does not fit or is not there.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("AutoScalingGroupName")?;
    let region = ctx.region()?;
    if name.is_empty() || name.len() > 255 || name.contains(':') {
        return Err(invalid(format!("Invalid group name '{name}'")));
    }
    if find(region, name).is_ok() {
        return Err(ApiError::AlreadyExists {
            detail: format!(
                "AutoScalingGroup by this name already exists - A group with the name {name} already exists"
            ),
        });
    }
    if !input.has("LaunchTemplate") {
        return Err(invalid("Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.".to_owned()));
    }
    let (template, version) = template(region, input)?;
    let (Some(min), Some(max)) = (number(input, "MinSize")?, number(input, "MaxSize")?) else {
        return Err(invalid("MinSize and MaxSize must be given".to_owned()));
    };
    let desired = number(input, "DesiredCapacity")?.unwrap_or(min);
    bounds(min, max, desired)?;
    let subnets = subnets(region, input)?;
    let target_groups = target_groups(region, input)?;
    let mut tags = Vec::new();
    for tag in input.objects("Tags")? {
        tags.push(GroupTag {
            key: tag.required("Key")?.to_owned(),
            value: tag.text("Value")?.unwrap_or_default().to_owned(),
            propagate: tag.boolean("PropagateAtLaunch")?.unwrap_or(false),
        });
    }
    if tags
        .iter()
        .any(|tag| tag.key.is_empty() || tag.key.starts_with("aws:"))
    {
        return Err(invalid(
            "Tag keys must not be empty or begin with aws:".to_owned(),
        ));
    }
    let now = ctx.world.now();
    let row = AutoScalingGroup {
        serial: ctx.world.serial(),
        name: name.to_owned(),
        uuid: crate::rng::uuid(ctx.world.draw("auto-scaling-group")),
        template,
        version,
        min,
        max,
        desired,
        cooldown: number(input, "DefaultCooldown")?.unwrap_or(300),
        subnets,
        target_groups,
        elb_health: elb_health(input)?.unwrap_or(false),
        grace: number(input, "HealthCheckGracePeriod")?.unwrap_or(0),
        created: now,
        members: Vec::new(),
        activities: Vec::new(),
        tags,
        reason: format!(
            "At {now} a user request created an AutoScalingGroup changing the desired capacity from 0 to {desired}."
        ),
        deleting: false,
        due: None,
    };
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}

/// The groups; one that is not there is left out.
///
/// # Errors
/// None but for the input's form.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let names = input.texts("AutoScalingGroupNames")?;
    let shown: Vec<Value> = region
        .auto_scaling_groups
        .values()
        .filter(|row| names.is_empty() || names.contains(&row.name.as_str()))
        .map(|row| show(region, row))
        .collect();
    Ok(object! { "AutoScalingGroups": shown })
}

/// Changes what is named; the group follows by the clock.
///
/// # Errors
/// `ValidationError`.
pub fn update(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut row = find(region, input.required("AutoScalingGroupName")?)?.clone();
    if input.has("LaunchTemplate") {
        (row.template, row.version) = template(region, input)?;
    }
    if input.has("VPCZoneIdentifier") {
        row.subnets = subnets(region, input)?;
    }
    let before = row.desired;
    row.min = number(input, "MinSize")?.unwrap_or(row.min);
    row.max = number(input, "MaxSize")?.unwrap_or(row.max);
    row.cooldown = number(input, "DefaultCooldown")?.unwrap_or(row.cooldown);
    row.grace = number(input, "HealthCheckGracePeriod")?.unwrap_or(row.grace);
    row.elb_health = elb_health(input)?.unwrap_or(row.elb_health);
    if row.min > row.max {
        bounds(row.min, row.max, row.min)?;
    }
    // Without a desired capacity of its own, the old one is brought within the new bounds.
    row.desired = number(input, "DesiredCapacity")?.unwrap_or(before.clamp(row.min, row.max));
    bounds(row.min, row.max, row.desired)?;
    row.reason = format!(
        "At {} a user request update of AutoScalingGroup constraints to min: {}, max: {}, desired: {} changing the desired capacity from {before} to {}.",
        ctx.world.now(),
        row.min,
        row.max,
        row.desired,
        row.desired
    );
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}

/// Sets the desired capacity.
///
/// # Errors
/// `ValidationError` out of the group's bounds.
pub fn set_desired(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let mut row = find(ctx.region()?, input.required("AutoScalingGroupName")?)?.clone();
    let Some(desired) = number(input, "DesiredCapacity")? else {
        return Err(invalid("DesiredCapacity must be given".to_owned()));
    };
    let outside = |side: &str, limit: u32| {
        invalid(format!(
            "New SetDesiredCapacity value {desired} is {side} {limit} for the AutoScalingGroup."
        ))
    };
    if desired > row.max {
        return Err(outside("above max value", row.max));
    }
    if desired < row.min {
        return Err(outside("below min value", row.min));
    }
    row.reason = format!(
        "At {} a user request explicitly set group desired capacity changing the desired capacity from {} to {desired}.",
        ctx.world.now(),
        row.desired
    );
    row.desired = desired;
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}

/// Takes a group away: an empty one at once, one with instances only by force, when they are gone.
///
/// # Errors
/// `ResourceInUse`, `ValidationError`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let mut row = find(ctx.region()?, input.required("AutoScalingGroupName")?)?.clone();
    let force = input.boolean("ForceDelete")?.unwrap_or(false);
    if !force && (row.desired > 0 || !row.members.is_empty()) {
        return Err(ApiError::ResourceInUse {
            detail: "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.".to_owned(),
        });
    }
    if row.members.is_empty() {
        ctx.region_mut()?.auto_scaling_groups.remove(&row.serial);
        return Ok(object! {});
    }
    row.deleting = true;
    (row.min, row.max, row.desired) = (0, 0, 0);
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}

/// Registers the group's instances in target groups, now and from now on.
///
/// # Errors
/// `ValidationError`.
pub fn attach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut row = find(region, input.required("AutoScalingGroupName")?)?.clone();
    for id in target_groups(region, input)? {
        if !row.target_groups.contains(&id) {
            row.target_groups.push(id);
        }
    }
    for member in &row.members {
        if member.state == LifecycleState::InService {
            register(ctx.world, ctx.caller, &row.target_groups, member.instance);
        }
    }
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}

/// Takes the group's instances out of target groups.
///
/// # Errors
/// `ValidationError`.
pub fn detach(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut row = find(region, input.required("AutoScalingGroupName")?)?.clone();
    let gone = target_groups(region, input)?;
    for member in &row.members {
        deregister(ctx.world, ctx.caller, &gone, member.instance);
    }
    row.target_groups.retain(|id| !gone.contains(id));
    ctx.region_mut()?
        .auto_scaling_groups
        .insert(row.serial, row);
    Ok(object! {})
}
