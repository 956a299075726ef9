//! Health checks by the clock: each looks from a node at the target as a client would, through groups, ACLs and routes
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html>).

use crate::clock::{Instant, SECOND};
use crate::network::node_reaches;
use crate::region::RegionState;
use crate::resources::instance::InstanceState;
use crate::resources::load_balancer::{
    BalancingId, CheckFailure, Target, TargetGroup, TargetState,
};
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// How a target is, all things seen together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It gets requests.
    Healthy,
    /// Nothing is known yet.
    Initial,
    /// It failed its checks.
    Unhealthy,
    /// It is leaving.
    Draining,
    /// No listener sends anything to its group.
    NotInUse,
    /// The load balancer has no node in its zone.
    ZoneNotEnabled,
    /// The instance does not run.
    NotRunning,
}

/// How a target is.
#[must_use]
pub fn of(region: &RegionState, group: &TargetGroup, target: &Target) -> Health {
    let Some(balancer) = region.balancing.balancer_of(group.id) else {
        return Health::NotInUse;
    };
    if matches!(target.state, TargetState::Draining { .. }) {
        return Health::Draining;
    }
    let instance = region
        .instances
        .get(&target.instance)
        .filter(|row| matches!(row.state, InstanceState::Running | InstanceState::Pending));
    let Some(nic) = instance.and_then(|row| region.primary_interface(row)) else {
        return Health::NotRunning;
    };
    let enabled = balancer
        .nodes
        .iter()
        .filter_map(|(id, _)| region.subnets.get(id))
        .any(|subnet| subnet.zone == nic.zone);
    if !enabled {
        return Health::ZoneNotEnabled;
    }
    match target.state {
        TargetState::Healthy => Health::Healthy,
        TargetState::Unhealthy => Health::Unhealthy,
        _ => Health::Initial,
    }
}

/// The targets that a node's requests may go to: the healthy ones; when there is none, all that are registered and not
/// unused, as AWS "fails open"
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-health>).
/// `zone` is set for a node that serves its own zone only.
#[must_use]
pub fn routable<'a>(
    region: &RegionState,
    group: &'a TargetGroup,
    zone: Option<&str>,
) -> Vec<&'a Target> {
    let near = |target: &&Target| {
        zone.is_none_or(|zone| {
            region
                .instances
                .get(&target.instance)
                .and_then(|row| region.primary_interface(row))
                .is_some_and(|nic| nic.zone == zone)
        })
    };
    let with = |wanted: &[Health]| -> Vec<&'a Target> {
        group
            .targets
            .iter()
            .filter(near)
            .filter(|target| wanted.contains(&of(region, group, target)))
            .collect()
    };
    let healthy = with(&[Health::Healthy]);
    if healthy.is_empty() {
        with(&[Health::Unhealthy, Health::Initial])
    } else {
        healthy
    }
}

/// Whether the clock has something to do for this group.
fn works(region: &RegionState, row: &TargetGroup) -> bool {
    !row.targets.is_empty()
        && (region
            .balancing
            .balancer_of(row.id)
            .is_some_and(|balancer| balancer.active)
            || row
                .targets
                .iter()
                .any(|target| matches!(target.state, TargetState::Draining { .. })))
}

/// Something has changed somewhere: the groups that rest look at their targets again at their next check. Checks of which
/// every answer was as before would change nothing, so the clock leaves them out.
pub(crate) fn wake(world: &mut World) {
    let mut resting = Vec::new();
    for region in world.regions.values() {
        for row in region.balancing.target_groups.values() {
            if row.due.is_none() && works(region, row) {
                let caller = Caller {
                    account: region.account,
                    region: region.name,
                };
                resting.push((caller, row.id, u64::from(row.health.interval) * SECOND));
            }
        }
    }
    for (caller, id, wait) in resting {
        let at = world.now().plus(wait);
        arm(world, &caller, id, Some(at));
    }
}

fn arm(world: &mut World, caller: &Caller, id: BalancingId, at: Option<Instant>) {
    if let Some(row) = world
        .region_mut(caller)
        .and_then(|region| region.balancing.target_groups.get_mut(&id))
    {
        row.due = at;
    }
    if let Some(at) = at {
        Rc::make_mut(&mut world.schedule).look(at, caller, Resource::TargetGroup(id));
    }
}

/// One round of checks.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: BalancingId) {
    let now = world.now();
    let Some(before) = world
        .region(caller)
        .and_then(|region| region.balancing.target_groups.get(&id))
        .filter(|row| row.due.is_some_and(|due| due <= now))
        .cloned()
    else {
        return;
    };
    let mut row = before.clone();
    row.targets
        .retain(|target| !matches!(target.state, TargetState::Draining { until } if until <= now));
    if let Some(region) = world.region(caller) {
        // A terminated instance takes no part any more.
        row.targets.retain(|target| {
            region
                .instances
                .get(&target.instance)
                .is_some_and(|row| row.state != InstanceState::Terminated)
        });
    }
    for target in &mut row.targets {
        let checked = world.region(caller).is_some_and(|region| {
            matches!(
                of(region, &before, target),
                Health::Healthy | Health::Unhealthy | Health::Initial
            )
        });
        if checked {
            note(target, &before, check(world, caller, &before, target));
        } else if !matches!(target.state, TargetState::Draining { .. }) {
            (target.state, target.passed, target.failed) = (TargetState::Initial, 0, 0);
        }
    }
    let soonest = row.targets.iter().filter_map(|target| match target.state {
        TargetState::Draining { until } => Some(until),
        _ => None,
    });
    let next = now.plus(u64::from(row.health.interval) * SECOND);
    let busy = row.targets != before.targets;
    row.due = None;
    let at = if busy {
        (!row.targets.is_empty()).then_some(next)
    } else {
        soonest.min()
    };
    if let Some(region) = world.region_mut(caller) {
        region.balancing.target_groups.insert(id, row);
    }
    arm(world, caller, id, at);
}

/// Looks once at a target.
fn check(
    world: &World,
    caller: &Caller,
    group: &TargetGroup,
    target: &Target,
) -> Result<(), CheckFailure> {
    let port = group.health.port.unwrap_or(target.port);
    let code = node_reaches(
        world,
        caller,
        group.id,
        target.instance,
        port,
        &group.health.path,
    )?;
    if group.health.takes(code) {
        Ok(())
    } else {
        Err(CheckFailure::Code(code))
    }
}

/// Counts a check. A new target is healthy after the first that passes.
fn note(target: &mut Target, group: &TargetGroup, result: Result<(), CheckFailure>) {
    match result {
        Ok(()) => {
            target.failed = 0;
            target.passed = (target.passed + 1).min(group.health.healthy_threshold);
            if target.state == TargetState::Initial
                || target.passed >= group.health.healthy_threshold
            {
                target.state = TargetState::Healthy;
                target.failure = None;
            }
        }
        Err(failure) => {
            target.passed = 0;
            target.failed = (target.failed + 1).min(group.health.unhealthy_threshold);
            target.failure = Some(failure);
            if target.failed >= group.health.unhealthy_threshold {
                target.state = TargetState::Unhealthy;
            }
        }
    }
}
