//! What will happen by itself: tasks by the moment they fall due, first in first out within a moment.

use crate::clock::Instant;
use crate::event::Event;
use crate::guest;
use crate::ids::{
    ImageId, InstanceId, NatGatewayId, SnapshotId, VolumeId, VpcEndpointId, VpcPeeringConnectionId,
};
use crate::operations::auto_scaling::work;
use crate::operations::balancing::{health, load_balancer};
use crate::operations::image;
use crate::operations::instance::failure::{self, StartFailure};
use crate::operations::instance::lifecycle;
use crate::operations::kms;
use crate::operations::network::{endpoint, nat_gateway, peering};
use crate::operations::snapshot;
use crate::operations::volume;
use crate::resources::kms::KeyArn;
use crate::resources::load_balancer::BalancingId;
use crate::table::Table;
use crate::world::{Caller, World};
use std::rc::Rc;

/// Something that falls due.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// The instance leaves its in-between state: pending, stopping or shutting-down.
    Settle,
    /// A terminated instance is no longer listed.
    Forget,
    /// The operating system has come up.
    Boot,
    /// The next part of the user data script; `true` when its time is over and it is only to be carried out.
    UserData(bool),
    /// The instance does not come up: a key of its disks cannot be used.
    Fail(StartFailure),
}

/// What falls due: a step of an instance's life, or a look at another resource that works by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// A step of an instance's life.
    Instance(InstanceTask),
    /// A resource moves on by itself.
    Resource {
        /// Whose resource.
        caller: Caller,
        /// Which one.
        resource: Resource,
    },
}

/// A resource that moves on by itself. It looks at its own row to know what is due: a look too many changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A NAT gateway: pending, available; deleting, deleted.
    NatGateway(NatGatewayId),
    /// A volume: creating, available; attaching, attached; detaching, available.
    Volume(VolumeId),
    /// An interface endpoint: pending, available.
    VpcEndpoint(VpcEndpointId),
    /// A load balancer: provisioning, active.
    LoadBalancer(BalancingId),
    /// An Auto Scaling group looks at itself.
    AutoScalingGroup(u64),
    /// A target group: its health checks.
    TargetGroup(BalancingId),
    /// A peering request: it expires, and what ended is forgotten.
    PeeringConnection(VpcPeeringConnectionId),
    /// A key that is to be deleted.
    KmsKey(KeyArn),
    /// A volume that comes to nothing because its key cannot be used.
    FailedVolume(VolumeId),
    /// A snapshot: pending, completed or in error.
    Snapshot(SnapshotId),
    /// An image: pending, available or failed.
    Image(ImageId),
}

impl From<InstanceTask> for Task {
    fn from(task: InstanceTask) -> Self {
        Self::Instance(task)
    }
}

/// A task of one instance. It is void when the instance has had another life cycle since (`epoch`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstanceTask {
    /// Whose instance.
    pub caller: Caller,
    /// Which instance.
    pub instance: InstanceId,
    /// The instance's epoch when this was scheduled.
    pub epoch: u32,
    /// What to do.
    pub kind: TaskKind,
}

/// The tasks to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Schedule {
    tasks: Table<(Instant, u64), Task>,
    added: u64,
}

impl Schedule {
    /// Adds a task.
    pub fn add(&mut self, at: Instant, task: impl Into<Task>) {
        self.tasks.insert((at, self.added), task.into());
        self.added += 1;
    }

    /// Takes the first task that is due at `now`.
    pub fn pop_due(&mut self, now: Instant) -> Option<(Instant, Task)> {
        let key = *self.tasks.first()?.0;
        if key.0 > now {
            return None;
        }
        let task = self.tasks.remove(&key)?;
        Some((key.0, Rc::unwrap_or_clone(task)))
    }

    /// Looks at a resource then.
    pub(crate) fn look(&mut self, at: Instant, caller: &Caller, resource: Resource) {
        let caller = caller.clone();
        self.add(at, Task::Resource { caller, resource });
    }

    /// When the next task falls due.
    #[must_use]
    pub fn next(&self) -> Option<Instant> {
        self.tasks.first().map(|((at, _), _)| *at)
    }
}

/// Does one task.
pub(crate) fn perform(world: &mut World, task: Task, events: &mut Vec<Event>) {
    match task {
        Task::Instance(task) => perform_instance(world, task, events),
        Task::Resource { caller, resource } => match resource {
            Resource::NatGateway(id) => nat_gateway::advance(world, &caller, id),
            Resource::Volume(id) => volume::make::advance(world, &caller, id, events),
            Resource::VpcEndpoint(id) => endpoint::advance(world, &caller, id),
            Resource::LoadBalancer(id) => load_balancer::advance(world, &caller, id),
            Resource::AutoScalingGroup(serial) => work::advance(world, &caller, serial, events),
            Resource::TargetGroup(id) => health::advance(world, &caller, id),
            Resource::PeeringConnection(id) => peering::advance(world, &caller, id),
            Resource::KmsKey(arn) => kms::state::advance(world, arn),
            Resource::FailedVolume(id) => volume::make::give_up(world, &caller, id, events),
            Resource::Snapshot(id) => snapshot::create::advance(world, &caller, id, events),
            Resource::Image(id) => image::create::advance(world, &caller, id, events),
        },
    }
}

fn perform_instance(world: &mut World, task: InstanceTask, events: &mut Vec<Event>) {
    let current = world
        .region(&task.caller)
        .and_then(|region| region.instances.get(&task.instance))
        .map(|i| i.epoch);
    if current != Some(task.epoch) {
        return;
    }
    match task.kind {
        TaskKind::Settle => lifecycle::settle(world, &task.caller, task.instance, events),
        TaskKind::Fail(why) => failure::fail(world, &task.caller, task.instance, why, events),
        TaskKind::Forget => lifecycle::forget(world, &task.caller, task.instance),
        TaskKind::Boot => guest::boot::finish(world, &task.caller, task.instance, events),
        TaskKind::UserData(next) => {
            guest::user_data::step(world, &task.caller, task.instance, next, events)
        }
    }
}
