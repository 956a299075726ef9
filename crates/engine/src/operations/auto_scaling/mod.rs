//! EC2 Auto Scaling: groups that keep a number of instances
//! (<https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html>).

pub mod activity;
pub mod group;
mod show;
mod targets;
pub mod work;

use crate::error::{ApiError, ApiResult};
use crate::operation::OperationSpec;
use crate::region::RegionState;
use crate::resources::auto_scaling::AutoScalingGroup;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(AutoScaling Write "CreateAutoScalingGroup" group::create, "AutoScalingGroupName LaunchTemplate.LaunchTemplateId LaunchTemplate.LaunchTemplateName LaunchTemplate.Version MinSize MaxSize DesiredCapacity DefaultCooldown AvailabilityZones VPCZoneIdentifier TargetGroupARNs HealthCheckType HealthCheckGracePeriod Tags.Key Tags.Value Tags.PropagateAtLaunch Tags.ResourceId Tags.ResourceType"),
    row!(AutoScaling Read "DescribeAutoScalingGroups" group::describe, "AutoScalingGroupNames"),
    row!(AutoScaling Write "UpdateAutoScalingGroup" group::update, "AutoScalingGroupName LaunchTemplate.LaunchTemplateId LaunchTemplate.LaunchTemplateName LaunchTemplate.Version MinSize MaxSize DesiredCapacity DefaultCooldown HealthCheckType HealthCheckGracePeriod VPCZoneIdentifier"),
    row!(AutoScaling Write "SetDesiredCapacity" group::set_desired, "AutoScalingGroupName DesiredCapacity"),
    row!(AutoScaling Write "DeleteAutoScalingGroup" group::delete, "AutoScalingGroupName ForceDelete"),
    row!(AutoScaling Write "AttachLoadBalancerTargetGroups" group::attach, "AutoScalingGroupName TargetGroupARNs"),
    row!(AutoScaling Write "DetachLoadBalancerTargetGroups" group::detach, "AutoScalingGroupName TargetGroupARNs"),
    row!(AutoScaling Read "DescribeAutoScalingInstances" activity::instances, "InstanceIds"),
    row!(AutoScaling Read "DescribeScalingActivities" activity::describe, "AutoScalingGroupName"),
    row!(AutoScaling Write "TerminateInstanceInAutoScalingGroup" activity::terminate, "InstanceId ShouldDecrementDesiredCapacity"),
];

fn invalid(detail: String) -> ApiError {
    ApiError::ValidationError { detail }
}

/// The group of this name.
fn find<'a>(region: &'a RegionState, name: &str) -> ApiResult<&'a AutoScalingGroup> {
    region
        .auto_scaling_groups
        .values()
        .find(|row| row.name == name)
        .ok_or_else(|| {
            invalid(format!(
                "AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"
            ))
        })
}
