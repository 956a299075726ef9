//! Load balancers themselves
//! (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html>).

use super::{balancer, balancer_arn, invalid, mint, name};
use crate::error::{ApiError, ApiResult};
use crate::ids::{SecurityGroupId, SubnetId, VpcId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::instance::lifecycle::give_public_ip;
use crate::operations::lookup;
use crate::operations::network_interface::delete::remove as remove_interface;
use crate::operations::network_interface::make::{self, Wanted, WantedAddresses};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::load_balancer::{BalancingId, LoadBalancer, PROVISIONING};
use crate::resources::network_interface::Requester;
use crate::resources::security_group::GROUPS_PER_INTERFACE;
use crate::resources::tags::Tags;
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// The subnets of a call: two or more, in as many zones of one VPC.
fn subnets(region: &RegionState, input: Input<'_>) -> ApiResult<(VpcId, Vec<SubnetId>)> {
    let mut ids = input.texts("Subnets")?;
    for mapping in input.objects("SubnetMappings")? {
        ids.push(mapping.required("SubnetId")?);
    }
    if input.has_some("Subnets") && input.has_some("SubnetMappings") {
        return Err(invalid(
            "You can specify either subnets or subnet mappings, not both".to_owned(),
        ));
    }
    let mut zones = Vec::new();
    let mut found: Vec<SubnetId> = Vec::new();
    let mut vpc = None;
    for id in ids {
        let row = lookup::subnet(region, id).map_err(|_| ApiError::SubnetNotFound {
            detail: format!("The subnet ID '{id}' does not exist"),
        })?;
        if vpc.is_some_and(|vpc| vpc != row.vpc) {
            return Err(ApiError::InvalidConfigurationRequest {
                detail: "All subnets must belong to the same VPC".to_owned(),
            });
        }
        if zones.contains(&row.zone) {
            return Err(ApiError::InvalidConfigurationRequest {
                detail: "A load balancer cannot be attached to multiple subnets in the same Availability Zone".to_owned(),
            });
        }
        vpc = Some(row.vpc);
        zones.push(row.zone);
        found.push(row.id);
    }
    match vpc {
        Some(vpc) if found.len() >= 2 => Ok((vpc, found)),
        _ => Err(invalid(
            "At least two subnets in two different Availability Zones must be specified".to_owned(),
        )),
    }
}

/// The groups of a call, of the load balancer's VPC; the default one when none is named.
fn groups(region: &RegionState, vpc: VpcId, ids: &[&str]) -> ApiResult<Vec<SecurityGroupId>> {
    let mut groups = Vec::new();
    for id in ids {
        let row = lookup::group(region, id)
            .ok()
            .filter(|row| row.vpc == vpc)
            .ok_or_else(|| ApiError::InvalidSecurityGroup {
                detail: format!("One or more security groups are invalid: '{id}'"),
            })?;
        if !groups.contains(&row.id) {
            groups.push(row.id);
        }
    }
    if groups.is_empty() {
        groups.extend(region.group_by_name(vpc, "default").map(|group| group.id));
    }
    if groups.len() > GROUPS_PER_INTERFACE {
        return Err(ApiError::InvalidConfigurationRequest {
            detail: format!(
                "A load balancer can have at most {GROUPS_PER_INTERFACE} security groups"
            ),
        });
    }
    Ok(groups)
}

/// What the lab has no other kind of.
fn only_application(input: Input<'_>) -> ApiResult<()> {
    match input.text("Type")?.unwrap_or("application") {
        "application" => {}
        kind @ ("network" | "gateway") => {
            return Err(ApiError::NotModelled {
                what: format!("The load balancer type {kind}"),
            });
        }
        other => return Err(invalid(format!("'{other}' is not a valid type"))),
    }
    match input.text("IpAddressType")?.unwrap_or("ipv4") {
        "ipv4" => Ok(()),
        kind @ ("dualstack" | "dualstack-without-public-ipv4") => Err(ApiError::NotModelled {
            what: format!("The address type {kind}"),
        }),
        other => Err(invalid(format!("'{other}' is not a valid IP address type"))),
    }
}

/// Makes a load balancer with a node in each subnet.
///
/// # Errors
/// `DuplicateLoadBalancerName`, `SubnetNotFound`, `InvalidConfigurationRequest`, `InvalidSecurityGroup`, `InvalidSubnet`
/// for an internet-facing one in a VPC without an internet gateway.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let called = name("load balancer", input.required("Name")?)?.to_owned();
    if called.starts_with("internal-") {
        return Err(invalid(format!(
            "The load balancer name '{called}' cannot begin with 'internal-'"
        )));
    }
    only_application(input)?;
    let internet_facing = match input.text("Scheme")?.unwrap_or("internet-facing") {
        "internet-facing" => true,
        "internal" => false,
        other => {
            return Err(ApiError::InvalidScheme {
                detail: format!("The scheme '{other}' is not valid"),
            });
        }
    };
    let region = ctx.region()?;
    let (vpc, places) = subnets(region, input)?;
    let groups = groups(region, vpc, &input.texts("SecurityGroups")?)?;
    let tags = Tags::read(&input.objects("Tags")?)?;
    if region
        .balancing
        .load_balancers
        .values()
        .any(|row| row.name == called)
    {
        return Err(ApiError::DuplicateLoadBalancerName {
            detail: format!(
                "A load balancer with the same name '{called}' exists, but with different settings"
            ),
        });
    }
    if internet_facing && region.gateway_of(vpc).is_none() {
        return Err(ApiError::InvalidSubnet {
            detail: format!("VPC {vpc} has no internet gateway"),
        });
    }
    let id = mint(ctx.world);
    let serial = ctx.world.serial();
    let created = ctx.world.now();
    let number = ctx.world.draw_below("load-balancer-name", 2_000_000_000);
    let mut nodes = Vec::new();
    for subnet in places {
        let nic = make::make(
            ctx,
            Wanted {
                subnet,
                addresses: WantedAddresses::default(),
                groups: groups.clone(),
                description: format!("ELB app/{called}/{id}"),
                connection_tracking: None,
                requester: Some(Requester::LoadBalancer(id)),
                client_token: String::new(),
                tags: Tags::default(),
            },
        )?;
        if internet_facing {
            give_public_ip(ctx.world, ctx.caller, nic);
        }
        nodes.push((subnet, nic));
    }
    Rc::make_mut(&mut ctx.world.schedule).look(
        created.plus(PROVISIONING),
        ctx.caller,
        Resource::LoadBalancer(id),
    );
    let place = ctx.caller.region;
    let inside = if internet_facing { "" } else { "internal-" };
    let row = LoadBalancer {
        id,
        serial,
        dns_name: format!("{inside}{called}-{number}.{place}.elb.amazonaws.com"),
        name: called,
        vpc,
        internet_facing,
        created,
        active: false,
        groups,
        nodes,
        turn: 0,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.balancing.load_balancers.insert(id, row);
    Ok(object! { "LoadBalancers": vec![shown] })
}

/// It is there.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: BalancingId) {
    let row = world
        .region_mut(caller)
        .and_then(|region| region.balancing.load_balancers.get_mut(&id));
    if let Some(row) = row {
        row.active = true;
    }
}

fn show(region: &RegionState, row: &LoadBalancer) -> Value {
    let zones: Vec<Value> = row
        .nodes
        .iter()
        .filter_map(|(id, _)| region.subnets.get(id))
        .map(|subnet| {
            object! {
                "ZoneName": subnet.zone, "SubnetId": text(subnet.id), "LoadBalancerAddresses": Vec::<Value>::new(),
            }
        })
        .collect();
    let groups: Vec<Value> = row.groups.iter().map(text).collect();
    object! {
        "LoadBalancerArn": balancer_arn(region, row), "DNSName": row.dns_name.clone(),
        "CanonicalHostedZoneId": "Z35SXDOTRQ7X7K", "CreatedTime": text(row.created), "LoadBalancerName": row.name.clone(),
        "Scheme": if row.internet_facing { "internet-facing" } else { "internal" }, "VpcId": text(row.vpc),
        "State": object! { "Code": if row.active { "active" } else { "provisioning" } }, "Type": "application",
        "AvailabilityZones": zones, "SecurityGroups": groups, "IpAddressType": "ipv4",
    }
}

/// The load balancers.
///
/// # Errors
/// `LoadBalancerNotFound`.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let names = input.texts("Names")?;
    let arns = input.texts("LoadBalancerArns")?;
    if !names.is_empty() && !arns.is_empty() {
        return Err(invalid(
            "Load balancer names and load balancer ARNs cannot be specified at the same time"
                .to_owned(),
        ));
    }
    let all = &region.balancing.load_balancers;
    let mut rows: Vec<&LoadBalancer> = if names.is_empty() && arns.is_empty() {
        all.values().collect()
    } else {
        let mut rows = Vec::new();
        for arn in arns {
            rows.push(balancer(region, arn)?);
        }
        for name in names {
            let row = all.values().find(|row| row.name == name);
            rows.push(row.ok_or_else(|| ApiError::LoadBalancerNotFound {
                detail: format!("Load balancers '[{name}]' not found"),
            })?);
        }
        rows
    };
    rows.sort_by_key(|row| row.serial);
    rows.dedup_by_key(|row| row.serial);
    let shown: Vec<Value> = rows.into_iter().map(|row| show(region, row)).collect();
    Ok(object! { "LoadBalancers": shown })
}

/// Takes a load balancer away, with its listeners and nodes; its target groups stay. One that is not there is no error.
///
/// # Errors
/// `ValidationError` for what is no ARN.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = match balancer(ctx.region()?, input.required("LoadBalancerArn")?) {
        Ok(row) => row.clone(),
        Err(ApiError::LoadBalancerNotFound { .. }) => return Ok(object! {}),
        Err(refusal) => return Err(refusal),
    };
    let region = ctx.region_mut()?;
    let listeners: Vec<BalancingId> = region
        .balancing
        .listeners_of(row.id)
        .iter()
        .map(|row| row.id)
        .collect();
    for id in listeners {
        region.balancing.listeners.remove(&id);
    }
    for (_, nic) in &row.nodes {
        remove_interface(region, *nic);
    }
    region.balancing.load_balancers.remove(&row.id);
    Ok(object! {})
}

/// Puts other security groups on the nodes.
///
/// # Errors
/// `LoadBalancerNotFound`, `InvalidSecurityGroup`.
pub fn set_security_groups(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = balancer(region, input.required("LoadBalancerArn")?)?.clone();
    let ids = input.texts("SecurityGroups")?;
    if ids.is_empty() {
        return Err(ApiError::InvalidConfigurationRequest {
            detail: "A load balancer with security groups must keep at least one".to_owned(),
        });
    }
    let groups = groups(region, row.vpc, &ids)?;
    let region = ctx.region_mut()?;
    for (_, nic) in &row.nodes {
        if let Some(nic) = region.network_interfaces.get_mut(nic) {
            nic.groups.clone_from(&groups);
        }
    }
    let shown: Vec<Value> = groups.iter().map(text).collect();
    if let Some(row) = region.balancing.load_balancers.get_mut(&row.id) {
        row.groups = groups;
    }
    Ok(object! { "SecurityGroupIds": shown })
}
