//! Instances that do not come up because a key of their disks cannot be used: a new one is terminated, one that was stopped
//! is stopped again (<https://repost.aws/knowledge-center/kms-iam-ec2-permission>,
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html#troubleshooting-launch-internal>).

use super::lifecycle::{enter, instance_mut, release_host, release_public_ip, schedule};
use crate::clock::SECOND;
use crate::error::ApiResult;
use crate::event::Event;
use crate::ids::InstanceId;
use crate::kms::access::{Barred, Use, usable};
use crate::resources::instance::InstanceState;
use crate::scheduler::TaskKind;
use crate::world::{Caller, World};

/// Why it will not come up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StartFailure {
    /// AWS's code and message.
    pub reason: (&'static str, &'static str),
    /// Whether it is being launched, or was stopped before.
    pub first: bool,
}

impl StartFailure {
    pub(crate) fn new(why: &Barred, first: bool) -> Self {
        StartFailure {
            reason: why.state_reason(),
            first,
        }
    }
}

/// What will keep a stopped instance from coming up: a volume of it with a key that cannot be used.
pub(super) fn of_volumes(world: &World, caller: &Caller, id: InstanceId) -> Option<StartFailure> {
    let region = world.region(caller)?;
    let row = region.instances.get(&id)?;
    row.volumes.iter().find_map(|(_, volume)| {
        let key = region.volumes.get(volume)?.kms_key.as_deref()?;
        let why = usable(world, caller, key, Use::Encrypt).err()?;
        Some(StartFailure::new(&why, false))
    })
}

/// It does not come up.
pub(crate) fn fail(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    why: StartFailure,
    events: &mut Vec<Event>,
) {
    // INVARIANT: the instance exists, `perform` has looked; none of these calls can refuse.
    let _ = give_up(world, caller, id, why, events);
}

fn give_up(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    why: StartFailure,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let instance = instance_mut(world, caller, id)?;
    instance.epoch += 1;
    instance.state_reason = Some(why.reason);
    instance.transition_reason = why.reason.0.to_owned();
    if why.first {
        let at = world.now().plus(SECOND);
        let epoch = enter(world, caller, id, InstanceState::ShuttingDown, events)?;
        schedule(world, caller, id, epoch, TaskKind::Settle, at);
    } else {
        release_host(world, caller, id);
        release_public_ip(world, caller, id);
        enter(world, caller, id, InstanceState::Stopped, events)?;
    }
    Ok(())
}
