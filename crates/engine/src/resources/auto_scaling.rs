//! Auto Scaling groups (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html>).

use super::load_balancer::BalancingId;
use crate::clock::Instant;
use crate::ids::{InstanceId, LaunchTemplateId, SubnetId};

/// Where a member is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum LifecycleState {
    Pending,
    InService,
    Terminating,
}

impl LifecycleState {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LifecycleState::Pending => "Pending",
            LifecycleState::InService => "InService",
            LifecycleState::Terminating => "Terminating",
        }
    }
}

/// An instance of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Member {
    pub instance: InstanceId,
    pub subnet: SubnetId,
    pub state: LifecycleState,
    pub healthy: bool,
    /// The number of the template's version that it was launched from.
    pub version: u64,
    /// Since when it is in this state.
    pub since: Instant,
}

/// What a group did, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Activity {
    pub id: String,
    pub instance: Option<InstanceId>,
    pub description: String,
    pub cause: String,
    pub subnet: SubnetId,
    pub start: Instant,
    pub end: Option<Instant>,
    /// The refusal of one that failed.
    pub failure: Option<String>,
}

/// A tag of a group, and whether its instances get it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct GroupTag {
    pub key: String,
    pub value: String,
    pub propagate: bool,
}

/// An Auto Scaling group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct AutoScalingGroup {
    pub serial: u64,
    pub name: String,
    /// The part of its ARN that is its own.
    pub uuid: String,
    pub template: LaunchTemplateId,
    /// `$Default`, `$Latest` or a number: looked up at each launch.
    pub version: String,
    pub min: u32,
    pub max: u32,
    pub desired: u32,
    pub cooldown: u32,
    pub subnets: Vec<SubnetId>,
    pub target_groups: Vec<BalancingId>,
    /// Whether it believes the load balancer's health checks beside EC2's.
    pub elb_health: bool,
    /// For how many seconds after its start a member's health at the load balancer is not looked at.
    pub grace: u32,
    pub created: Instant,
    pub members: Vec<Member>,
    /// The oldest first.
    pub activities: Vec<Activity>,
    pub tags: Vec<GroupTag>,
    /// Why the desired capacity is what it is, for the next activities.
    pub reason: String,
    pub deleting: bool,
    /// When it looks at itself next; `None` while there is nothing to do.
    pub due: Option<Instant>,
}

impl AutoScalingGroup {
    /// How many members count: those that come and those that serve.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        let count = self
            .members
            .iter()
            .filter(|member| member.state != LifecycleState::Terminating)
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}
