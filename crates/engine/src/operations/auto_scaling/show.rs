//! How groups and their members look in answers
//! (<https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html>).

use crate::json::Value;
use crate::object;
use crate::operations::balancing::group_arn;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::auto_scaling::{AutoScalingGroup, Member};

fn arn(region: &RegionState, row: &AutoScalingGroup) -> String {
    format!(
        "arn:aws:autoscaling:{}:{}:autoScalingGroup:{}:autoScalingGroupName/{}",
        region.name, region.account, row.uuid, row.name
    )
}

/// The template of a group or of a member.
fn show_template(region: &RegionState, row: &AutoScalingGroup, version: &str) -> Value {
    object! {
        "LaunchTemplateId": text(row.template),
        "LaunchTemplateName": region.launch_templates.get(&row.template).map(|template| template.name.clone()),
        "Version": version,
    }
}

fn zones(region: &RegionState, row: &AutoScalingGroup) -> Vec<Value> {
    let mut zones: Vec<&str> = row
        .subnets
        .iter()
        .filter_map(|id| region.subnets.get(id))
        .map(|subnet| subnet.zone)
        .collect();
    zones.sort_unstable();
    zones.dedup();
    zones.into_iter().map(text).collect()
}

/// A member as the group shows it, or as DescribeAutoScalingInstances does.
pub(super) fn show_member(
    region: &RegionState,
    row: &AutoScalingGroup,
    member: &Member,
    alone: bool,
) -> Value {
    let instance = region.instances.get(&member.instance);
    let health = match (member.healthy, alone) {
        (true, false) => "Healthy",
        (true, true) => "HEALTHY",
        (false, false) => "Unhealthy",
        (false, true) => "UNHEALTHY",
    };
    object! {
        "InstanceId": text(member.instance),
        "InstanceType": instance.map(|row| row.instance_type),
        "AutoScalingGroupName": alone.then(|| row.name.clone()),
        "AvailabilityZone": region.subnets.get(&member.subnet).map(|subnet| subnet.zone),
        "LifecycleState": member.state.as_str(), "HealthStatus": health,
        "LaunchTemplate": show_template(region, row, &member.version.to_string()), "ProtectedFromScaleIn": false,
    }
}

/// A group.
pub(super) fn show(region: &RegionState, row: &AutoScalingGroup) -> Value {
    let members: Vec<Value> = row
        .members
        .iter()
        .map(|member| show_member(region, row, member, false))
        .collect();
    let targets: Vec<Value> = row
        .target_groups
        .iter()
        .filter_map(|id| region.balancing.target_groups.get(id))
        .map(|group| text(group_arn(region, group)))
        .collect();
    let tags: Vec<Value> = row
        .tags
        .iter()
        .map(|tag| {
            object! {
                "ResourceId": row.name.clone(), "ResourceType": "auto-scaling-group", "Key": tag.key.clone(),
                "Value": tag.value.clone(), "PropagateAtLaunch": tag.propagate,
            }
        })
        .collect();
    let subnets: Vec<String> = row.subnets.iter().map(ToString::to_string).collect();
    object! {
        "AutoScalingGroupName": row.name.clone(), "AutoScalingGroupARN": arn(region, row),
        "LaunchTemplate": show_template(region, row, &row.version), "MinSize": row.min, "MaxSize": row.max,
        "DesiredCapacity": row.desired, "DefaultCooldown": row.cooldown, "AvailabilityZones": zones(region, row),
        "LoadBalancerNames": Vec::<Value>::new(), "TargetGroupARNs": targets,
        "HealthCheckType": if row.elb_health { "ELB" } else { "EC2" }, "HealthCheckGracePeriod": row.grace,
        "Instances": members, "CreatedTime": text(row.created), "SuspendedProcesses": Vec::<Value>::new(),
        "VPCZoneIdentifier": subnets.join(","), "EnabledMetrics": Vec::<Value>::new(),
        "Status": row.deleting.then_some("Delete in progress"), "Tags": tags,
        "TerminationPolicies": vec![text("Default")], "NewInstancesProtectedFromScaleIn": false,
    }
}
