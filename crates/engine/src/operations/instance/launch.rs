//! One launch: what was asked for, checked once, and one instance of it, placed and wired.

mod devices;
mod hibernation;
mod interfaces;
mod machine;
pub(super) mod options;
mod request;

pub(super) use machine::{ebs_optimized, fits, kind, offered, shutdown};
pub(crate) use request::Launch;

use super::failure::StartFailure;
use super::lifecycle;
use crate::catalogue::InstanceType;
use crate::error::{ApiError, ApiResult};
use crate::guest::{FirewallAction, FirewallRule, Guest, service};
use crate::hardware::placement;
use crate::ids::{InstanceId, ReservationId};
use crate::operation::Context;
use crate::operations::iam::association;
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState, Placement};
use crate::resources::security_group::Protocol;

/// The vCPUs of running On-Demand standard instances (A, C, D, H, I, M, R, T, Z) that an account may have in a Region, in
/// this lab; AWS sets it per account
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits>).
pub const VCPU_LIMIT: u32 = 1_280;
/// The vCPUs of each further kind: F, G and VT, P, X, HPC, Inf, Trn, DL, high memory.
pub const SPECIAL_VCPU_LIMIT: u32 = 192;

/// The kinds of instance types whose vCPUs AWS counts apart from the standard ones, by the letters of the family.
const SPECIAL: [(&str, &[&str]); 9] = [
    ("f", &["f"]),
    ("g", &["g", "gr", "vt"]),
    ("p", &["p"]),
    ("x", &["x"]),
    ("hpc", &["hpc"]),
    ("inf", &["inf"]),
    ("trn", &["trn"]),
    ("dl", &["dl"]),
    ("u", &["u"]),
];

/// Which of AWS's limits counts a type: `standard`, or a kind of its own.
fn bucket(kind: &InstanceType) -> &'static str {
    let family = kind.family();
    let letters: &str = family
        .find(|c: char| !c.is_ascii_alphabetic())
        .and_then(|end| family.get(..end))
        .unwrap_or(family);
    SPECIAL
        .iter()
        .find(|(_, families)| families.contains(&letters))
        .map_or("standard", |(bucket, _)| bucket)
}

/// Whether one more instance of a type is within the account's limit.
///
/// # Errors
/// `VcpuLimitExceeded`.
pub(crate) fn within_vcpu_limit(region: &RegionState, kind: &InstanceType) -> ApiResult<()> {
    let bucket_of = bucket(kind);
    let limit = if bucket_of == "standard" {
        VCPU_LIMIT
    } else {
        SPECIAL_VCPU_LIMIT
    };
    let used: u32 = region
        .instances
        .values()
        .filter(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running))
        .filter_map(|row| {
            // Most instances of a world are of few types: the name, which nearly always is the same text, says enough.
            if std::ptr::eq(row.instance_type, kind.name) || row.instance_type == kind.name {
                return Some(kind.vcpus);
            }
            row.kind()
                .filter(|other| bucket(other) == bucket_of)
                .map(|other| other.vcpus)
        })
        .sum();
    if used + kind.vcpus > limit {
        Err(ApiError::VcpuLimitExceeded {
            limit: limit.to_string(),
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
    within_vcpu_limit(ctx.region()?, launch.kind)?;
    let id: InstanceId = ctx.world.mint();
    let interfaces = launch.interfaces.make(ctx)?;
    let spot = placement::place(
        ctx.world,
        ctx.caller,
        launch.zone,
        launch.kind,
        launch.group,
        launch.partition,
    )?;
    let system = launch
        .source
        .own
        .as_ref()
        .map(|own| own.system.guest.clone());
    let baked = system.is_some();
    let mut guest = system.unwrap_or_else(|| Guest::new(service::of_image(launch.image)));
    if baked {
        // What is on the disk comes along; the machine itself is a new one and has never been on.
        guest.booted_before = false;
        guest.console.clear();
        guest.user_data = Default::default();
    } else if launch.image.windows {
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
        image: launch.source.id,
        image_name: launch.image.name,
        instance_type: launch.kind.name,
        key_name: launch.key_name.clone(),
        public_key: launch.public_key.clone(),
        state: InstanceState::Pending,
        state_since: now,
        state_reason: None,
        transition_reason: String::new(),
        epoch: 0,
        launched: now,
        vpc: launch.vpc,
        subnet: launch.subnet,
        zone: launch.zone,
        interfaces: Vec::new(),
        public_ip_at_start: launch.interfaces.public_ip,
        placement: Placement {
            group: launch.group,
            partition: spot.partition,
            wanted_partition: launch.partition,
            host: Some(spot.host),
        },
        volumes: Vec::new(),
        user_data: launch.user_data.clone(),
        disable_api_termination: launch.disable_api_termination,
        disable_api_stop: launch.disable_api_stop,
        shutdown_terminates: launch.shutdown_terminates,
        ebs_optimized: launch.ebs_optimized,
        detailed_monitoring: launch.detailed_monitoring,
        options: launch.options,
        client_token: launch.client_token.clone(),
        request: launch.request.clone(),
        temporary_keys: Vec::new(),
        iam_association: None,
        guest,
        tags: launch.tags.clone(),
    };
    ctx.region_mut()?.instances.insert(id, instance);
    if let Some(image) = ctx.region_mut()?.images.get_mut(&launch.source.id) {
        image.last_launched = Some(now);
    }
    let barred = launch
        .devices
        .iter()
        .find_map(|device| device.barred(ctx.world, ctx.caller));
    for device in &launch.devices {
        device.make(ctx, id, launch.zone, &launch.volume_tags)?;
    }
    launch.interfaces.tie(ctx, id, &interfaces)?;
    if let Some(profile) = &launch.instance_profile {
        association::tie(ctx, id, profile.clone())?;
    }
    let failure = barred.map(|why| StartFailure::new(&why, true));
    lifecycle::power_on(ctx.world, ctx.caller, id, failure, ctx.events)?;
    Ok(id)
}
