//! What a group does by itself: it launches what is missing, takes out what is too much or ill, and notes why
//! (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html>).

use super::targets::{deregister, register};
use crate::clock::{Instant, MINUTE, SECOND};
use crate::event::Event;
use crate::ids::{InstanceId, SubnetId};
use crate::json::json;
use crate::operations::balancing::health::{Health, of};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::auto_scaling::{Activity, AutoScalingGroup, LifecycleState, Member};
use crate::resources::instance::InstanceState;
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// How soon a group sees that something is to be done.
const SOON: u64 = 10 * SECOND;
/// How long it waits after a launch that was refused.
const AGAIN: u64 = MINUTE;

fn state(region: &RegionState, id: InstanceId) -> InstanceState {
    region
        .instances
        .get(&id)
        .map_or(InstanceState::Terminated, |row| row.state)
}

/// Whether a load balancer that the group believes calls the member ill.
fn ill(region: &RegionState, row: &AutoScalingGroup, member: &Member) -> bool {
    row.elb_health
        && member.state == LifecycleState::InService
        && row
            .target_groups
            .iter()
            .filter_map(|id| region.balancing.target_groups.get(id))
            .any(|group| {
                group.targets.iter().any(|target| {
                    target.instance == member.instance
                        && of(region, group, target) == Health::Unhealthy
                })
            })
}

/// From when on there is something to do; `None` while there is nothing.
fn from(region: &RegionState, row: &AutoScalingGroup, now: Instant) -> Option<Instant> {
    let wanted = if row.deleting { 0 } else { row.desired };
    let soon = now.plus(SOON);
    let changed = row.members.iter().any(|member| {
        matches!(
            (member.state, state(region, member.instance)),
            (LifecycleState::Terminating, InstanceState::Terminated)
                | (LifecycleState::Pending, InstanceState::Running)
                | (
                    LifecycleState::Pending | LifecycleState::InService,
                    InstanceState::Stopping
                        | InstanceState::Stopped
                        | InstanceState::ShuttingDown
                        | InstanceState::Terminated
                )
        )
    });
    if changed || row.capacity() != wanted || (row.deleting && row.members.is_empty()) {
        return Some(soon);
    }
    row.members
        .iter()
        .filter(|member| ill(region, row, member))
        .map(|member| soon.max(member.since.plus(u64::from(row.grace) * SECOND)))
        .min()
}

/// Groups that rest look whether there is something to do.
pub(crate) fn wake(world: &mut World) {
    let now = world.now();
    let mut resting = Vec::new();
    for region in world.regions.values() {
        for row in region.auto_scaling_groups.values() {
            if row.due.is_none()
                && let Some(at) = from(region, row, now)
            {
                let caller = Caller {
                    account: region.account,
                    region: region.name,
                };
                resting.push((caller, row.serial, at));
            }
        }
    }
    for (caller, serial, at) in resting {
        arm(world, &caller, serial, at);
    }
}

fn arm(world: &mut World, caller: &Caller, serial: u64, at: Instant) {
    let row = world
        .region_mut(caller)
        .and_then(|region| region.auto_scaling_groups.get_mut(&serial));
    let Some(row) = row else { return };
    row.due = Some(at);
    Rc::make_mut(&mut world.schedule).look(at, caller, Resource::AutoScalingGroup(serial));
}

/// One look of a group at itself.
pub(crate) fn advance(world: &mut World, caller: &Caller, serial: u64, events: &mut Vec<Event>) {
    let now = world.now();
    let Some(mut row) = world
        .region(caller)
        .and_then(|region| region.auto_scaling_groups.get(&serial))
        .filter(|row| row.due.is_some_and(|due| due <= now))
        .cloned()
    else {
        return;
    };
    row.due = None;
    settle(world, caller, &mut row, events);
    let wanted = if row.deleting { 0 } else { row.desired };
    while row.capacity() > wanted {
        let Some(id) = surplus(&row) else { break };
        let cause = format!(
            "{} At {now} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from {} to {wanted}.",
            row.reason,
            row.capacity()
        );
        take_out(world, caller, &mut row, id, cause, events);
    }
    let before = row.capacity();
    let mut refused = false;
    while row.capacity() < wanted && !refused {
        let cause = format!(
            "{} At {now} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from {before} to {wanted}.",
            row.reason
        );
        refused = !launch(world, caller, &mut row, cause, events);
    }
    let gone = row.deleting && row.members.is_empty();
    if let Some(region) = world.region_mut(caller) {
        if gone {
            region.auto_scaling_groups.remove(&serial);
        } else {
            region.auto_scaling_groups.insert(serial, row);
        }
    }
    if refused {
        arm(world, caller, serial, now.plus(AGAIN));
    }
}

/// Takes note of what became of each member, and takes the ill ones out.
fn settle(world: &mut World, caller: &Caller, row: &mut AutoScalingGroup, events: &mut Vec<Event>) {
    let now = world.now();
    for member in row.members.clone() {
        let id = member.instance;
        let Some(region) = world.region(caller) else {
            return;
        };
        let seen = state(region, id);
        let late = member.since.plus(u64::from(row.grace) * SECOND) <= now;
        match member.state {
            LifecycleState::Terminating if seen == InstanceState::Terminated => {
                row.members.retain(|other| other.instance != id);
                finish(row, id, now);
            }
            LifecycleState::Terminating => {}
            _ if !matches!(seen, InstanceState::Pending | InstanceState::Running) => {
                let cause = format!(
                    "At {now} an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped."
                );
                take_out(world, caller, row, id, cause, events);
            }
            LifecycleState::Pending if seen == InstanceState::Running => {
                if let Some(own) = row.members.iter_mut().find(|own| own.instance == id) {
                    own.state = LifecycleState::InService;
                    own.since = now;
                }
                finish(row, id, now);
                register(world, caller, &row.target_groups, id);
            }
            _ if late && ill(region, row, &member) => {
                let cause = format!(
                    "At {now} an instance was taken out of service in response to an ELB system health check failure."
                );
                take_out(world, caller, row, id, cause, events);
            }
            _ => {}
        }
    }
}

fn finish(row: &mut AutoScalingGroup, id: InstanceId, now: Instant) {
    for activity in &mut row.activities {
        if activity.instance == Some(id) && activity.end.is_none() {
            activity.end = Some(now);
        }
    }
}

/// Who goes first when there are too many: of the zone with the most, the one of the oldest template version, then the
/// oldest (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html>).
fn surplus(row: &AutoScalingGroup) -> Option<InstanceId> {
    let counts = |subnet: SubnetId| {
        row.members
            .iter()
            .filter(|member| member.subnet == subnet && member.state != LifecycleState::Terminating)
            .count()
    };
    row.members
        .iter()
        .filter(|member| member.state != LifecycleState::Terminating)
        .min_by_key(|member| {
            (
                std::cmp::Reverse(counts(member.subnet)),
                member.version,
                member.since,
            )
        })
        .map(|member| member.instance)
}

/// Launches one instance in the subnet with the fewest; whether it worked.
fn launch(
    world: &mut World,
    caller: &Caller,
    row: &mut AutoScalingGroup,
    cause: String,
    events: &mut Vec<Event>,
) -> bool {
    let now = world.now();
    let fewest = row.subnets.iter().copied().min_by_key(|subnet| {
        row.members
            .iter()
            .filter(|member| {
                member.subnet == *subnet && member.state != LifecycleState::Terminating
            })
            .count()
    });
    let Some(subnet) = fewest else { return false };
    let number = world
        .region(caller)
        .and_then(|region| region.launch_templates.get(&row.template))
        .and_then(|template| template.version(&row.version))
        .map_or(0, |version| version.number);
    let mut input = json!({
        "LaunchTemplate": { "LaunchTemplateId": text(row.template), "Version": row.version },
        "MinCount": 1, "MaxCount": 1, "SubnetId": text(subnet),
    });
    let tags: Vec<_> = row
        .tags
        .iter()
        .filter(|tag| tag.propagate)
        .map(|tag| json!({ "Key": tag.key, "Value": tag.value }))
        .collect();
    if let Some(map) = input.as_object_mut().filter(|_| !tags.is_empty()) {
        map.insert(
            "TagSpecifications".to_owned(),
            json!([{ "ResourceType": "instance", "Tags": tags }]),
        );
    }
    let outcome = world.execute(caller, "RunInstances", &input);
    events.extend(outcome.events);
    let made = outcome.result.map(|answer| {
        let id = answer.pointer("/Instances/0/InstanceId").cloned();
        id.and_then(|id| crate::ids::ResourceId::parse(id.as_str().unwrap_or_default()))
    });
    let id = world.draw("scaling-activity");
    let mut activity = Activity {
        id: crate::rng::uuid(id),
        instance: None,
        description: "Launching a new EC2 instance".to_owned(),
        cause,
        subnet,
        start: now,
        end: None,
        failure: None,
    };
    match made {
        Ok(Some(id)) => {
            let name = row.name.clone();
            if let Some(instance) = world
                .region_mut(caller)
                .and_then(|region| region.instances.get_mut(&id))
            {
                instance
                    .tags
                    .put_own("aws:autoscaling:groupName".to_owned(), name);
            }
            activity.description = format!("Launching a new EC2 instance: {id}");
            activity.instance = Some(id);
            row.activities.push(activity);
            row.members.push(Member {
                instance: id,
                subnet,
                state: LifecycleState::Pending,
                healthy: true,
                version: number,
                since: now,
            });
            true
        }
        Ok(None) => false,
        Err(refusal) => {
            activity.description = "Launching a new EC2 instance.  Status Reason: ".to_owned()
                + &refusal.message()
                + " Launching EC2 instance failed.";
            activity.failure = Some(format!(
                "{} Launching EC2 instance failed.",
                refusal.message()
            ));
            activity.end = Some(now);
            row.activities.push(activity);
            false
        }
    }
}

/// Takes a member out: of its target groups, and then of this world. Termination protection does not hold a group back.
pub(super) fn take_out(
    world: &mut World,
    caller: &Caller,
    row: &mut AutoScalingGroup,
    id: InstanceId,
    cause: String,
    events: &mut Vec<Event>,
) {
    let now = world.now();
    let Some(member) = row.members.iter_mut().find(|member| member.instance == id) else {
        return;
    };
    member.state = LifecycleState::Terminating;
    member.healthy = false;
    member.since = now;
    let subnet = member.subnet;
    deregister(world, caller, &row.target_groups, id);
    if let Some(instance) = world
        .region_mut(caller)
        .and_then(|region| region.instances.get_mut(&id))
    {
        instance.disable_api_termination = false;
        instance.disable_api_stop = false;
    }
    let outcome = world.execute(
        caller,
        "TerminateInstances",
        &json!({ "InstanceIds": [text(id)] }),
    );
    events.extend(outcome.events);
    let draw = world.draw("scaling-activity");
    row.activities.push(Activity {
        id: crate::rng::uuid(draw),
        instance: Some(id),
        description: format!("Terminating EC2 instance: {id}"),
        cause,
        subnet,
        start: now,
        end: None,
        failure: None,
    });
}
