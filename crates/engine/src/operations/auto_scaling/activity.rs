//! What groups did, and their instances
//! (<https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeScalingActivities.html>).

use super::show::show_member;
use super::work::take_out;
use super::{find, invalid};
use crate::error::ApiResult;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::auto_scaling::{Activity, AutoScalingGroup, LifecycleState};

fn show(region: &RegionState, row: &AutoScalingGroup, activity: &Activity) -> Value {
    let zone = region
        .subnets
        .get(&activity.subnet)
        .map_or("", |subnet| subnet.zone);
    let (code, progress) = match (&activity.failure, activity.end) {
        (Some(_), _) => ("Failed", 100),
        (None, Some(_)) => ("Successful", 100),
        (None, None) => ("InProgress", 50),
    };
    object! {
        "ActivityId": activity.id.clone(), "AutoScalingGroupName": row.name.clone(),
        "Description": activity.description.clone(), "Cause": activity.cause.clone(), "StartTime": text(activity.start),
        "EndTime": activity.end.map(text), "StatusCode": code, "StatusMessage": activity.failure.clone(),
        "Progress": progress,
        "Details": format!("{{\"Subnet ID\":\"{}\",\"Availability Zone\":\"{zone}\"}}", activity.subnet),
    }
}

/// The activities, the newest first.
///
/// # Errors
/// `ValidationError` for a group that is not there.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows: Vec<&AutoScalingGroup> = match input.text("AutoScalingGroupName")? {
        Some(name) => vec![find(region, name)?],
        None => region.auto_scaling_groups.values().collect(),
    };
    let mut all: Vec<(&AutoScalingGroup, &Activity)> = rows
        .into_iter()
        .flat_map(|row| {
            row.activities
                .iter()
                .rev()
                .map(move |activity| (row, activity))
        })
        .collect();
    all.sort_by_key(|(_, activity)| std::cmp::Reverse(activity.start));
    let shown: Vec<Value> = all
        .into_iter()
        .map(|(row, activity)| show(region, row, activity))
        .collect();
    Ok(object! { "Activities": shown })
}

/// The instances of all groups.
///
/// # Errors
/// None but for the input's form.
pub fn instances(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let ids = input.texts("InstanceIds")?;
    let mut shown = Vec::new();
    for row in region.auto_scaling_groups.values() {
        for member in &row.members {
            if ids.is_empty() || ids.contains(&member.instance.to_string().as_str()) {
                shown.push(show_member(region, row, member, true));
            }
        }
    }
    Ok(object! { "AutoScalingInstances": shown })
}

/// Terminates an instance of a group; another takes its place unless the desired capacity goes down with it.
///
/// # Errors
/// `ValidationError` for an instance of no group, or a smaller capacity than the minimum.
pub fn terminate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let written = input.required("InstanceId")?;
    let Some(decrement) = input.boolean("ShouldDecrementDesiredCapacity")? else {
        return Err(invalid(
            "ShouldDecrementDesiredCapacity must be given".to_owned(),
        ));
    };
    let region = ctx.region()?;
    let id = lookup::instance(region, written).map(|row| row.id).ok();
    let found = region.auto_scaling_groups.values().find(|row| {
        row.members.iter().any(|member| {
            Some(member.instance) == id && member.state != LifecycleState::Terminating
        })
    });
    let (Some(row), Some(id)) = (found.cloned(), id) else {
        return Err(invalid(format!(
            "Instance Id not found - No managed instance found for instance ID: {written}"
        )));
    };
    let mut row = row;
    if decrement {
        if row.desired <= row.min {
            return Err(invalid(format!(
                "Currently, desiredSize equals minSize ({}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
                row.min
            )));
        }
        row.desired -= 1;
    }
    let cause = format!(
        "At {} instance {id} was taken out of service in response to a user request.",
        ctx.world.now()
    );
    take_out(ctx.world, ctx.caller, &mut row, id, cause, ctx.events);
    let region = ctx.region_mut()?;
    let shown = row
        .activities
        .last()
        .map(|activity| show(region, &row, activity));
    region.auto_scaling_groups.insert(row.serial, row);
    Ok(object! { "Activity": shown })
}
