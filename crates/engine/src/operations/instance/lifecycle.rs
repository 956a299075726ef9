//! What happens to an instance over time (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>).

use super::failure::StartFailure;
use crate::clock::{HOUR, Instant, SECOND};
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::guest::{boot, disk};
use crate::hardware::placement;
use crate::ids::{InstanceId, NetworkInterfaceId};
use crate::operations::network_interface::delete;
use crate::operations::volume;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::network_interface::PublicAddress;
use crate::scheduler::{InstanceTask, TaskKind};
use crate::world::{Caller, World};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// How long a terminated instance is still listed.
const LISTED_AFTER_TERMINATION: u64 = HOUR;

/// The row of an instance, to be changed.
pub(crate) fn instance_mut<'a>(
    world: &'a mut World,
    caller: &Caller,
    id: InstanceId,
) -> ApiResult<&'a mut Instance> {
    world
        .region_mut(caller)
        .and_then(|region| region.instances.get_mut(&id))
        .ok_or_else(|| ApiError::InvalidInstanceIdNotFound {
            instance_id: id.to_string(),
        })
}

/// Goes to a state; tasks of the life cycle before are void from now on.
pub(super) fn enter(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    to: InstanceState,
    events: &mut Vec<Event>,
) -> ApiResult<u32> {
    let now = world.now();
    let instance = instance_mut(world, caller, id)?;
    events.push(Event::InstanceStateChanged {
        instance: id,
        from: Some(instance.state),
        to,
    });
    instance.state = to;
    instance.state_since = now;
    Ok(instance.epoch)
}

/// What an instance does next, unless its life takes another turn before.
pub(crate) fn schedule(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    epoch: u32,
    kind: TaskKind,
    at: Instant,
) {
    let task = InstanceTask {
        caller: caller.clone(),
        instance: id,
        epoch,
        kind,
    };
    Rc::make_mut(&mut world.schedule).add(at, task);
}

/// Puts a placed instance into `pending`; it runs a few seconds later, unless something fails meanwhile.
pub(crate) fn power_on(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    failure: Option<StartFailure>,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let delay = 4 * SECOND + world.draw_below("pending", 5 * SECOND);
    let at = world.now().plus(delay);
    let now = world.now();
    let instance = instance_mut(world, caller, id)?;
    instance.epoch += 1;
    instance.launched = now;
    instance.state_reason = None;
    instance.transition_reason = String::new();
    let epoch = enter(world, caller, id, InstanceState::Pending, events)?;
    assign_public_ip(world, caller, id)?;
    let next = failure.map_or(TaskKind::Settle, TaskKind::Fail);
    schedule(world, caller, id, epoch, next, at);
    Ok(())
}

/// Begins to stop: the operating system shuts down, the machine is released when it has.
pub(crate) fn stop(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    force: bool,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let delay = if force {
        3 * SECOND
    } else {
        12 * SECOND + world.draw_below("stopping", 14 * SECOND)
    };
    shut_down(world, caller, id, InstanceState::Stopping, delay, events)?;
    instance_mut(world, caller, id)?.state_reason = Some((
        "Client.UserInitiatedShutdown",
        "Client.UserInitiatedShutdown: User initiated shutdown",
    ));
    Ok(())
}

/// Begins to hibernate: the memory is written to the root volume, then the machine is released.
pub(crate) fn hibernate(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let now = world.now();
    let instance = instance_mut(world, caller, id)?;
    // Writing a GiB takes some seconds.
    let memory = instance.kind().map_or(1_024, |kind| kind.memory_mib);
    let delay = 20 * SECOND + memory * 4;
    instance.epoch += 1;
    instance.guest.fall_asleep(now);
    let (year, month, day, hour, minute, second) = now.civil();
    instance.transition_reason = format!(
        "User initiated ({year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} GMT)"
    );
    instance.state_reason = Some((
        "Client.UserInitiatedHibernate",
        "Client.UserInitiatedHibernate: User initiated hibernate",
    ));
    let epoch = enter(world, caller, id, InstanceState::Stopping, events)?;
    schedule(world, caller, id, epoch, TaskKind::Settle, now.plus(delay));
    Ok(())
}

/// Begins to terminate; a stopped instance has nothing to shut down and is terminated at once.
pub(crate) fn terminate(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let delay = 10 * SECOND + world.draw_below("shutting-down", 20 * SECOND);
    let stopped = instance_mut(world, caller, id)?.state == InstanceState::Stopped;
    if stopped {
        shut_down(
            world,
            caller,
            id,
            InstanceState::Terminated,
            LISTED_AFTER_TERMINATION,
            events,
        )?;
        delete_interfaces(world, caller, id);
        volume::make::end_of(world, caller, id);
    } else {
        shut_down(
            world,
            caller,
            id,
            InstanceState::ShuttingDown,
            delay,
            events,
        )?;
    }
    instance_mut(world, caller, id)?.state_reason = Some((
        "Client.UserInitiatedShutdown",
        "Client.UserInitiatedShutdown: User initiated shutdown",
    ));
    Ok(())
}

fn shut_down(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
    to: InstanceState,
    delay: u64,
    events: &mut Vec<Event>,
) -> ApiResult<()> {
    let now = world.now();
    if let Some(region) = world.region_mut(caller) {
        disk::unmount_all(region, id, None);
    }
    let instance = instance_mut(world, caller, id)?;
    instance.epoch += 1;
    instance.guest.power_off();
    let (year, month, day, hour, minute, second) = now.civil();
    instance.transition_reason = format!(
        "User initiated ({year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} GMT)"
    );
    let epoch = enter(world, caller, id, to, events)?;
    let next = if to == InstanceState::Terminated {
        TaskKind::Forget
    } else {
        TaskKind::Settle
    };
    schedule(world, caller, id, epoch, next, now.plus(delay));
    Ok(())
}

/// The operating system starts anew on the same machine; addresses and hardware stay.
pub(crate) fn reboot(world: &mut World, caller: &Caller, id: InstanceId) -> ApiResult<()> {
    if let Some(region) = world.region_mut(caller) {
        disk::unmount_all(region, id, None);
    }
    let instance = instance_mut(world, caller, id)?;
    if instance.state == InstanceState::Running {
        instance.epoch += 1;
        instance.guest.power_off();
        boot::begin(world, caller, id);
    }
    Ok(())
}

/// The in-between state ends.
pub(crate) fn settle(world: &mut World, caller: &Caller, id: InstanceId, events: &mut Vec<Event>) {
    let state = world
        .region(caller)
        .and_then(|region| region.instances.get(&id))
        .map(|instance| instance.state);
    // INVARIANT: the instance exists, `perform` has looked; none of these calls can refuse.
    let _ = match state {
        Some(InstanceState::Pending) => enter(world, caller, id, InstanceState::Running, events)
            .map(|_| boot::begin(world, caller, id)),
        Some(InstanceState::Stopping) => {
            release_host(world, caller, id);
            release_public_ip(world, caller, id);
            enter(world, caller, id, InstanceState::Stopped, events).map(|_| ())
        }
        Some(InstanceState::ShuttingDown) => {
            release_host(world, caller, id);
            release_public_ip(world, caller, id);
            delete_interfaces(world, caller, id);
            volume::make::end_of(world, caller, id);
            let at = world.now().plus(LISTED_AFTER_TERMINATION);
            enter(world, caller, id, InstanceState::Terminated, events)
                .map(|epoch| schedule(world, caller, id, epoch, TaskKind::Forget, at))
        }
        _ => Ok(()),
    };
}

/// A terminated instance is no longer listed.
pub(crate) fn forget(world: &mut World, caller: &Caller, id: InstanceId) {
    if let Some(region) = world.region_mut(caller) {
        region.instances.remove(&id);
    }
}

/// A fresh public address for an instance that gets one at every start. One with a second interface, or with an Elastic IP
/// address on a secondary private address, gets none
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#concepts-public-addresses>).
pub(crate) fn assign_public_ip(
    world: &mut World,
    caller: &Caller,
    id: InstanceId,
) -> ApiResult<()> {
    let instance = instance_mut(world, caller, id)?;
    let (wanted, primary) = (
        instance.public_ip_at_start && instance.interfaces.len() == 1,
        instance.interfaces.first().copied(),
    );
    let taken = primary.is_none_or(|nic| {
        world
            .region(caller)
            .and_then(|region| region.network_interfaces.get(&nic))
            .is_none_or(|nic| nic.public_ip().is_some() || nic.has_secondary_elastic_ip())
    });
    let (true, false, Some(nic)) = (wanted, taken, primary) else {
        return Ok(());
    };
    give_public_ip(world, caller, nic);
    Ok(())
}

/// A fresh public address for an interface's first private one; it goes with what the interface belongs to.
pub(crate) fn give_public_ip(world: &mut World, caller: &Caller, nic: NetworkInterfaceId) {
    let ip = fresh_public_ip(world);
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    region.public_ips.insert(ip, nic);
    if let Some(address) = region
        .network_interfaces
        .get_mut(&nic)
        .and_then(|nic| nic.addresses.first_mut())
    {
        address.public = Some(PublicAddress {
            ip,
            allocation: None,
        });
    }
}

/// An unused address of 198.18.0.0/15, which RFC 2544 keeps for tests: the lab never names somebody's real address.
pub(crate) fn fresh_public_ip(world: &mut World) -> Ipv4Addr {
    loop {
        let offset = u32::try_from(world.draw_below("public-ip", 1 << 17)).unwrap_or(0);
        let ip = Ipv4Addr::from(u32::from(Ipv4Addr::new(198, 18, 0, 0)) + offset);
        let used = world.regions.values().any(|region| {
            region.public_ips.contains(&ip)
                || region
                    .addresses
                    .values()
                    .any(|address| address.public_ip == ip)
        });
        if !used && !matches!(ip.octets()[3], 0 | 255) {
            return ip;
        }
    }
}

/// AWS takes an assigned address back; an Elastic IP address stays where it is.
pub(crate) fn release_public_ip(world: &mut World, caller: &Caller, id: InstanceId) {
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    let Some(nic) = region
        .instances
        .get(&id)
        .and_then(|instance| instance.interfaces.first().copied())
    else {
        return;
    };
    let mut released = None;
    if let Some(address) = region
        .network_interfaces
        .get_mut(&nic)
        .and_then(|nic| nic.addresses.first_mut())
        && let Some(PublicAddress {
            ip,
            allocation: None,
        }) = address.public
    {
        released = Some(ip);
        address.public = None;
    }
    if let Some(ip) = released {
        region.public_ips.remove(&ip);
    }
}

pub(super) fn release_host(world: &mut World, caller: &Caller, id: InstanceId) {
    let Some(instance) = world
        .region_mut(caller)
        .and_then(|region| region.instances.get_mut(&id))
    else {
        return;
    };
    let host = instance.placement.host.take();
    let vcpus = instance.kind().map_or(0, placement::needed);
    if let Some(host) = host {
        Rc::make_mut(&mut world.hardware).release(host, vcpus);
    }
}

/// Interfaces that were made with the instance go with it; Elastic IP addresses are free again.
fn delete_interfaces(world: &mut World, caller: &Caller, id: InstanceId) {
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    let nics: Vec<NetworkInterfaceId> = region
        .instances
        .get(&id)
        .map(|instance| instance.interfaces.clone())
        .unwrap_or_default();
    for nic in nics {
        let Some(row) = region.network_interfaces.get(&nic).cloned() else {
            continue;
        };
        if !row
            .attachment
            .is_some_and(|attachment| attachment.delete_on_termination)
        {
            if let Some(kept) = region.network_interfaces.get_mut(&nic) {
                kept.attachment = None;
            }
            continue;
        }
        delete::remove(region, nic);
    }
    let mut tie = None;
    if let Some(instance) = region.instances.get_mut(&id) {
        tie = instance.iam_association.take();
        instance.interfaces.clear();
    }
    if let Some(tie) = tie {
        region.iam_associations.remove(&tie);
    }
}
