//! Elastic Load Balancing, in the form of application load balancers with instances as targets
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html>).

pub mod health;
pub mod listener;
pub mod load_balancer;
pub mod target;
pub mod target_group;

use crate::error::{ApiError, ApiResult};
use crate::operation::OperationSpec;
use crate::region::RegionState;
use crate::resources::load_balancer::{BalancingId, Listener, LoadBalancer, TargetGroup};
use crate::row;
use crate::world::World;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(ElasticLoadBalancing Write "CreateLoadBalancer" load_balancer::create, "Name Subnets SubnetMappings.SubnetId SecurityGroups Scheme Type IpAddressType Tags.Key Tags.Value"),
    row!(ElasticLoadBalancing Read "DescribeLoadBalancers" load_balancer::describe, "LoadBalancerArns Names"),
    row!(ElasticLoadBalancing Write "DeleteLoadBalancer" load_balancer::delete, "LoadBalancerArn"),
    row!(ElasticLoadBalancing Write "SetSecurityGroups" load_balancer::set_security_groups, "LoadBalancerArn SecurityGroups"),
    row!(ElasticLoadBalancing Write "CreateTargetGroup" target_group::create, "Name Protocol ProtocolVersion Port VpcId HealthCheckProtocol HealthCheckPort HealthCheckEnabled HealthCheckPath HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount Matcher.HttpCode TargetType IpAddressType Tags.Key Tags.Value"),
    row!(ElasticLoadBalancing Read "DescribeTargetGroups" target_group::describe, "LoadBalancerArn TargetGroupArns Names"),
    row!(ElasticLoadBalancing Write "ModifyTargetGroup" target_group::modify, "TargetGroupArn HealthCheckProtocol HealthCheckPort HealthCheckPath HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount Matcher.HttpCode"),
    row!(ElasticLoadBalancing Write "ModifyTargetGroupAttributes" target_group::modify_attributes, "TargetGroupArn Attributes.Key Attributes.Value"),
    row!(ElasticLoadBalancing Read "DescribeTargetGroupAttributes" target_group::describe_attributes, "TargetGroupArn"),
    row!(ElasticLoadBalancing Write "DeleteTargetGroup" target_group::delete, "TargetGroupArn"),
    row!(ElasticLoadBalancing Write "RegisterTargets" target::register, "TargetGroupArn Targets.Id Targets.Port"),
    row!(ElasticLoadBalancing Write "DeregisterTargets" target::deregister, "TargetGroupArn Targets.Id Targets.Port"),
    row!(ElasticLoadBalancing Read "DescribeTargetHealth" target::describe_health, "TargetGroupArn Targets.Id Targets.Port"),
    row!(ElasticLoadBalancing Write "CreateListener" listener::create, "LoadBalancerArn Protocol Port DefaultActions.Type DefaultActions.TargetGroupArn DefaultActions.Order"),
    row!(ElasticLoadBalancing Read "DescribeListeners" listener::describe, "LoadBalancerArn ListenerArns"),
    row!(ElasticLoadBalancing Write "DeleteListener" listener::delete, "ListenerArn"),
];

fn mint(world: &mut World) -> BalancingId {
    let bits = world.draw("elasticloadbalancing");
    BalancingId(u64::try_from(bits & u128::from(u64::MAX)).unwrap_or(0))
}

fn arn(region: &RegionState, rest: &str) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{}:{}:{rest}",
        region.name, region.account
    )
}

/// A load balancer's ARN.
#[must_use]
pub fn balancer_arn(region: &RegionState, row: &LoadBalancer) -> String {
    arn(region, &format!("loadbalancer/app/{}/{}", row.name, row.id))
}

/// A target group's ARN.
#[must_use]
pub fn group_arn(region: &RegionState, row: &TargetGroup) -> String {
    arn(region, &format!("targetgroup/{}/{}", row.name, row.id))
}

/// A listener's ARN.
#[must_use]
pub fn listener_arn(region: &RegionState, row: &Listener) -> String {
    let name = region
        .balancing
        .load_balancers
        .get(&row.balancer)
        .map_or("", |balancer| balancer.name.as_str());
    arn(
        region,
        &format!("listener/app/{name}/{}/{}", row.balancer, row.id),
    )
}

fn invalid(detail: String) -> ApiError {
    ApiError::ValidationError { detail }
}

fn malformed(written: &str) -> ApiError {
    invalid(format!("'{written}' is not a valid ARN"))
}

/// The load balancer of an ARN.
fn balancer<'a>(region: &'a RegionState, written: &str) -> ApiResult<&'a LoadBalancer> {
    if !written.starts_with("arn:") || !written.contains(":loadbalancer/") {
        return Err(invalid(format!(
            "'{written}' is not a valid load balancer ARN"
        )));
    }
    region
        .balancing
        .load_balancers
        .values()
        .find(|row| balancer_arn(region, row) == written)
        .ok_or_else(|| ApiError::LoadBalancerNotFound {
            detail: format!("Load balancer '{written}' not found"),
        })
}

/// The target group of an ARN.
pub(crate) fn group<'a>(region: &'a RegionState, written: &str) -> ApiResult<&'a TargetGroup> {
    if !written.starts_with("arn:") || !written.contains(":targetgroup/") {
        return Err(invalid(format!(
            "'{written}' is not a valid target group ARN"
        )));
    }
    region
        .balancing
        .target_groups
        .values()
        .find(|row| group_arn(region, row) == written)
        .ok_or_else(|| ApiError::TargetGroupNotFound {
            detail: "One or more target groups not found".to_owned(),
        })
}

/// A name as Elastic Load Balancing takes it: letters, digits and hyphens, 32 at most, none at an end.
fn name<'a>(what: &str, text: &'a str) -> ApiResult<&'a str> {
    let long = text.chars().count() > 32;
    if text.is_empty() || long {
        return Err(invalid(format!(
            "The {what} name '{text}' must be between 1 and 32 characters long"
        )));
    }
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(invalid(format!(
            "The {what} name '{text}' can only contain characters that are alphanumeric characters or hyphens(-)"
        )));
    }
    if text.starts_with('-') || text.ends_with('-') {
        return Err(invalid(format!(
            "The {what} name '{text}' cannot begin or end with a hyphen(-)"
        )));
    }
    Ok(text)
}
