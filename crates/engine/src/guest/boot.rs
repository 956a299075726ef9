//! From power-on to the first answer.

use super::{Power, disk, user_data};
use crate::clock::SECOND;
use crate::event::Event;
use crate::ids::InstanceId;
use crate::operations::instance::lifecycle::{instance_mut, schedule};
use crate::scheduler::TaskKind;
use crate::world::{Caller, World};

/// How long after the operating system is up the user data script begins.
const BEFORE_USER_DATA: u64 = SECOND;

/// Starts the operating system of a machine that was just powered on.
pub(crate) fn begin(world: &mut World, caller: &Caller, id: InstanceId) {
    let now = world.now();
    let Ok(instance) = instance_mut(world, caller, id) else {
        return;
    };
    instance.guest.power = Power::Booting;
    if instance.guest.asleep {
        return resume(world, caller, id);
    }
    let title = instance.os().map_or("", |image| image.title);
    instance
        .guest
        .console
        .push(format!("[    0.000000] Booting {title}"));
    let boot = instance.os().map_or(20 * SECOND, |image| image.boot);
    let epoch = instance.epoch;
    schedule(world, caller, id, epoch, TaskKind::Boot, now.plus(boot));
}

/// The memory is read back from the root volume: no start of an operating system.
fn resume(world: &mut World, caller: &Caller, id: InstanceId) {
    let now = world.now();
    let Ok(instance) = instance_mut(world, caller, id) else {
        return;
    };
    let memory = instance.kind().map_or(1_024, |kind| kind.memory_mib);
    let guest = &mut instance.guest;
    guest
        .console
        .push("[    0.000000] PM: hibernation: resume from the root volume".to_owned());
    let takes = 2 * SECOND + memory;
    let epoch = instance.epoch;
    schedule(world, caller, id, epoch, TaskKind::Boot, now.plus(takes));
}

/// Everything goes on where it was, a script of user data as well.
fn awake(world: &mut World, caller: &Caller, id: InstanceId, events: &mut Vec<Event>) {
    let now = world.now();
    let Ok(instance) = instance_mut(world, caller, id) else {
        return;
    };
    let guest = &mut instance.guest;
    guest.asleep = false;
    guest.power = Power::Up;
    if let Some(counter) = &mut guest.counter {
        counter.go_on(now);
    }
    guest
        .console
        .push("PM: hibernation: hibernation exit".to_owned());
    events.push(Event::GuestBooted { instance: id });
    if matches!(guest.user_data, user_data::Progress::Running(_)) {
        let epoch = instance.epoch;
        schedule(
            world,
            caller,
            id,
            epoch,
            TaskKind::UserData(false),
            now.plus(SECOND),
        );
    }
}

/// The operating system is up: enabled services listen, and at the first boot user data begins.
pub(crate) fn finish(world: &mut World, caller: &Caller, id: InstanceId, events: &mut Vec<Event>) {
    let now = world.now();
    let asleep = world
        .region(caller)
        .and_then(|region| region.instances.get(&id))
        .is_some_and(|row| row.guest.asleep);
    if asleep {
        return awake(world, caller, id, events);
    }
    if let Some(region) = world.region_mut(caller) {
        disk::mount_at_boot(region, id);
    }
    let Ok(instance) = instance_mut(world, caller, id) else {
        return;
    };
    let os = instance.os();
    let guest = &mut instance.guest;
    guest.power = Power::Up;
    guest.up_since = Some(now);
    events.push(Event::GuestBooted { instance: id });
    for (name, service) in &mut guest.services {
        if service.enabled && !service.running {
            service.running = true;
            guest
                .console
                .push(format!("[  OK  ] Started {name}.service"));
            events.push(Event::ServiceStarted {
                instance: id,
                service: name.clone(),
            });
        }
    }
    let first = !guest.booted_before;
    guest.booted_before = true;
    guest.console.push("login: ".to_owned());
    if first && user_data::begin(guest, os, instance.user_data.as_deref()) {
        let epoch = instance.epoch;
        schedule(
            world,
            caller,
            id,
            epoch,
            TaskKind::UserData(false),
            now.plus(BEFORE_USER_DATA),
        );
    }
}
