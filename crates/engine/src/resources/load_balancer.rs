//! Application load balancers, their target groups and listeners
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html>).

use super::tags::Tags;
use crate::clock::{Instant, SECOND};
use crate::ids::{InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use crate::table::Table;
use std::fmt;

/// How long a new one is provisioning: AWS names a few minutes.
pub const PROVISIONING: u64 = 120 * SECOND;
/// How long a target that leaves finishes its requests, unless told otherwise
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay>).
pub const DEREGISTRATION_DELAY: u64 = 300 * SECOND;

/// The last part of an ARN of Elastic Load Balancing: sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BalancingId(pub u64);

impl fmt::Display for BalancingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// All that an account has of Elastic Load Balancing in a Region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Balancing {
    pub load_balancers: Table<BalancingId, LoadBalancer>,
    pub target_groups: Table<BalancingId, TargetGroup>,
    pub listeners: Table<BalancingId, Listener>,
}

impl Balancing {
    /// The listeners of a load balancer, in the order of their ports.
    #[must_use]
    pub fn listeners_of(&self, balancer: BalancingId) -> Vec<&Listener> {
        let mut rows: Vec<&Listener> = self
            .listeners
            .values()
            .filter(|row| row.balancer == balancer)
            .collect();
        rows.sort_by_key(|row| row.port);
        rows
    }

    /// The load balancer that sends requests to a target group: one at most.
    #[must_use]
    pub fn balancer_of(&self, group: BalancingId) -> Option<&LoadBalancer> {
        let listener = self.listeners.values().find(|row| row.group == group)?;
        self.load_balancers.get(&listener.balancer)
    }
}

/// An application load balancer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct LoadBalancer {
    pub id: BalancingId,
    pub serial: u64,
    pub name: String,
    pub dns_name: String,
    pub vpc: VpcId,
    /// `internal` otherwise: its nodes have private addresses only.
    pub internet_facing: bool,
    pub created: Instant,
    /// `provisioning` before, `active` from then on.
    pub active: bool,
    pub groups: Vec<SecurityGroupId>,
    /// One node a zone, each an interface in its subnet.
    pub nodes: Vec<(SubnetId, NetworkInterfaceId)>,
    /// How many requests it has passed on: whose turn it is.
    pub turn: u64,
    pub tags: Tags,
}

/// Where a target group looks whether a target is well
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct HealthCheck {
    pub enabled: bool,
    /// `None` is `traffic-port`: where the target takes requests.
    pub port: Option<u16>,
    pub path: String,
    pub interval: u32,
    pub timeout: u32,
    pub healthy_threshold: u32,
    pub unhealthy_threshold: u32,
    /// `200`, `200,301`, `200-299`.
    pub matcher: String,
}

impl HealthCheck {
    /// Whether the matcher takes this HTTP code.
    #[must_use]
    pub fn takes(&self, code: u16) -> bool {
        self.matcher.split(',').any(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            match (from.trim().parse::<u16>(), to.trim().parse::<u16>()) {
                (Ok(from), Ok(to)) => (from..=to).contains(&code),
                _ => false,
            }
        })
    }
}

/// A target group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct TargetGroup {
    pub id: BalancingId,
    pub serial: u64,
    pub name: String,
    pub vpc: VpcId,
    pub port: u16,
    pub health: HealthCheck,
    pub deregistration_delay: u64,
    /// `None` follows the load balancer, where it is always on.
    pub cross_zone: Option<bool>,
    pub targets: Vec<Target>,
    /// When its targets are looked at next; `None` while nothing can change by itself.
    pub due: Option<Instant>,
    pub tags: Tags,
}

/// What is known of a target. A stopped instance, or one of a zone without a node, is `unused` whatever this says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub enum TargetState {
    Initial,
    Healthy,
    Unhealthy,
    /// It takes no new requests and is gone then.
    Draining {
        until: Instant,
    },
}

/// Why a check failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckFailure {
    /// No answer in time.
    Timeout,
    /// The connection was refused, or what answered does not speak HTTP.
    Connection,
    /// Another HTTP code than the matcher takes.
    Code(u16),
}

/// A registered target.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Target {
    pub instance: InstanceId,
    pub port: u16,
    pub state: TargetState,
    /// Checks in a row that passed.
    pub passed: u32,
    /// Checks in a row that failed.
    pub failed: u32,
    pub failure: Option<CheckFailure>,
}

/// A listener: a port of a load balancer, and the group that its requests go to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Listener {
    pub id: BalancingId,
    pub serial: u64,
    pub balancer: BalancingId,
    pub port: u16,
    pub group: BalancingId,
}
