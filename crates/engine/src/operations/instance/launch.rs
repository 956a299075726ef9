//! One launch: what was asked for, checked once, and one instance of it, placed and wired.

mod machine;
mod request;

pub(super) use machine::{ebs_optimized, fits, kind, offered, shutdown};
pub(crate) use request::Launch;
pub(super) use request::groups;

use super::lifecycle;
use crate::error::{ApiError, ApiResult};
use crate::guest::{FirewallAction, FirewallRule, Guest, service};
use crate::hardware::placement;
use crate::ids::{InstanceId, NetworkInterfaceId, ReservationId, SubnetId};
use crate::operation::Context;
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState, Placement};
use crate::resources::network_interface::{Attachment, NetworkInterface, PrivateAddress};
use crate::resources::security_group::Protocol;
use crate::resources::tags::Tags;
use std::net::Ipv4Addr;

/// The vCPUs of running On-Demand instances that a new account may have in a Region, in this lab; AWS sets it per account
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits>).
pub const VCPU_LIMIT: u32 = 1_280;

/// Whether so many more vCPUs are within the account's limit.
///
/// # Errors
/// `VcpuLimitExceeded`.
pub(crate) fn within_vcpu_limit(region: &RegionState, more: u32) -> ApiResult<()> {
    let used: u32 = region
        .instances
        .values()
        .filter(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running))
        .map(Instance::vcpus)
        .sum();
    if used + more > VCPU_LIMIT {
        Err(ApiError::VcpuLimitExceeded {
            limit: VCPU_LIMIT.to_string(),
        })
    } else {
        Ok(())
    }
}

/// Launches one instance.
pub(crate) fn one(
    ctx: &mut Context<'_>,
    launch: &Launch,
    reservation: ReservationId,
    index: u32,
) -> ApiResult<InstanceId> {
    within_vcpu_limit(ctx.region()?, launch.kind.vcpus)?;
    let id: InstanceId = ctx.world.mint();
    // Before the hardware is taken: a launch that stops here must not leave its place occupied.
    let address = address(ctx, launch)?;
    let spot = placement::place(
        ctx.world,
        ctx.caller,
        launch.zone,
        launch.kind,
        launch.group,
        launch.partition,
    )?;
    let interface = interface(ctx, launch, id, address)?;
    let mut guest = Guest::new(service::of_image(launch.image));
    if launch.image.windows {
        // The Windows Firewall of AWS's images throws pings away
        // (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html#sg-rules-ping).
        guest.firewall.push(FirewallRule {
            protocol: Protocol::Icmp,
            port: None,
            action: FirewallAction::Drop,
        });
    }
    let now = ctx.world.now();
    let instance = Instance {
        id,
        serial: ctx.world.serial(),
        reservation,
        launch_index: index,
        image: launch.image.id(ctx.caller.region),
        image_name: launch.image.name,
        instance_type: launch.kind.name,
        key_name: launch.key_name.clone(),
        state: InstanceState::Pending,
        state_since: now,
        state_reason: None,
        transition_reason: String::new(),
        epoch: 0,
        launched: now,
        vpc: launch.vpc,
        subnet: launch.subnet,
        zone: launch.zone,
        interfaces: vec![interface],
        public_ip_at_start: launch.public_ip,
        placement: Placement {
            group: launch.group,
            partition: spot.partition,
            wanted_partition: launch.partition,
            host: Some(spot.host),
        },
        root_volume: ctx.world.mint(),
        root_volume_gib: launch.root_volume_gib,
        root_volume_type: launch.root_volume_type,
        user_data: launch.user_data.clone(),
        disable_api_termination: launch.disable_api_termination,
        disable_api_stop: launch.disable_api_stop,
        shutdown_terminates: launch.shutdown_terminates,
        ebs_optimized: launch.ebs_optimized,
        detailed_monitoring: launch.detailed_monitoring,
        http_tokens_required: launch.http_tokens_required,
        client_token: launch.client_token.clone(),
        guest,
        tags: launch.tags.clone(),
    };
    ctx.region_mut()?.instances.insert(id, instance);
    lifecycle::power_on(ctx.world, ctx.caller, id, ctx.events)?;
    Ok(id)
}

/// The private address that was asked for, or a free one.
fn address(ctx: &mut Context<'_>, launch: &Launch) -> ApiResult<Ipv4Addr> {
    match launch.private_ip {
        Some(ip) if ctx.region()?.private_ips.contains(&(launch.vpc, ip)) => {
            Err(ApiError::InvalidIpAddressInUse {
                address: ip.to_string(),
            })
        }
        Some(ip) => Ok(ip),
        None => free_address(ctx, launch.subnet),
    }
}

/// The primary interface, made with the instance and deleted with it.
fn interface(
    ctx: &mut Context<'_>,
    launch: &Launch,
    instance: InstanceId,
    ip: Ipv4Addr,
) -> ApiResult<NetworkInterfaceId> {
    let id: NetworkInterfaceId = ctx.world.mint();
    let bits = ctx.world.draw("mac").to_le_bytes();
    // Amazon's interfaces have locally administered addresses that begin with 02, 06, 0a or 0e.
    let mac = [
        0x02 | (bits[0] & 0x0c),
        bits[1],
        bits[2],
        bits[3],
        bits[4],
        bits[5],
    ];
    let attachment = Attachment {
        id: ctx.world.mint(),
        instance,
        device_index: 0,
        delete_on_termination: true,
        attached: ctx.world.now(),
    };
    let row = NetworkInterface {
        id,
        serial: ctx.world.serial(),
        subnet: launch.subnet,
        vpc: launch.vpc,
        zone: launch.zone,
        description: launch.interface_description.clone(),
        mac,
        addresses: vec![PrivateAddress { ip, public: None }],
        groups: launch.groups.clone(),
        source_dest_check: true,
        attachment: Some(attachment),
        tags: Tags::default(),
    };
    let region = ctx.region_mut()?;
    region.private_ips.insert((launch.vpc, ip), id);
    region.network_interfaces.insert(id, row);
    Ok(id)
}

/// A free address of a subnet: a drawn one, or the next free after it.
fn free_address(ctx: &mut Context<'_>, subnet: SubnetId) -> ApiResult<Ipv4Addr> {
    let none = || ApiError::InsufficientFreeAddressesInSubnet {
        subnet_id: subnet.to_string(),
    };
    let row = ctx
        .region()?
        .subnets
        .get(&subnet)
        .cloned()
        .ok_or_else(none)?;
    let size = row.capacity() + 5;
    let first = u32::from(row.cidr.network());
    let start = u32::try_from(ctx.world.draw_below("private-ip", u64::from(size))).unwrap_or(0);
    let region = ctx.region()?;
    (0..size)
        .map(|step| Ipv4Addr::from(first + (start + step) % size))
        .find(|ip| row.usable(*ip) && !region.private_ips.contains(&(row.vpc, *ip)))
        .ok_or_else(none)
}
