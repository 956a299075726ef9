//! AssignPrivateIpAddresses and UnassignPrivateIpAddresses
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html>).

use super::{attach, make};
use crate::error::{ApiError, ApiResult};
use crate::ids::NetworkInterfaceId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::network_interface::PrivateAddress;
use std::net::Ipv4Addr;

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

/// Adds secondary addresses. With `AllowReassignment` one may come from another interface of the subnet, and an Elastic
/// IP address that belongs to it comes along.
///
/// # Errors
/// `PrivateIpAddressLimitExceeded`, addresses that are not to be had.
pub fn assign(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let nic = lookup::own_interface(region, input.required("NetworkInterfaceId")?)?.clone();
    let subnet = lookup::subnet(region, &nic.subnet.to_string())?.clone();
    let named = addresses(input)?;
    let count = input.integer("SecondaryPrivateIpAddressCount")?;
    let moves = input.boolean("AllowReassignment")?.unwrap_or(false);
    let count = match (named.is_empty(), count) {
        (false, Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "The parameter privateIpAddress cannot be used with the parameter secondaryPrivateIpAddressCount".to_owned(),
            });
        }
        (true, None) => {
            return Err(ApiError::MissingOneOf {
                parameters: "the parameter privateIpAddress or secondaryPrivateIpAddressCount"
                    .to_owned(),
            });
        }
        (_, count) => count.unwrap_or(0),
    };
    let count = u32::try_from(count).map_err(|_| {
        invalid(format!(
            "Value ({count}) for parameter secondaryPrivateIpAddressCount is invalid."
        ))
    })?;
    for ip in &named {
        make::in_subnet(&subnet, *ip)?;
    }
    // Those that it has already stay as they are.
    let fresh: Vec<Ipv4Addr> = named
        .iter()
        .copied()
        .filter(|ip| !nic.addresses.iter().any(|known| known.ip == *ip))
        .collect();
    let total = nic.addresses.len() + fresh.len() + count as usize;
    if let Some(row) = nic
        .attachment
        .and_then(|tie| region.instances.get(&tie.instance))
    {
        attach::fits(row, 0, total)?;
    }
    let mut assigned: Vec<Ipv4Addr> = named.clone();
    for ip in fresh {
        let owner = ctx.region()?.private_ips.get(&(nic.vpc, ip)).copied();
        let address = match owner {
            Some(_) if !moves => {
                return Err(invalid(format!(
                    "[{ip}] is assigned, but move is not allowed."
                )));
            }
            Some(other) => take_from(ctx, other, ip)?,
            None => PrivateAddress { ip, public: None },
        };
        give(ctx, nic.id, address)?;
    }
    for _ in 0..count {
        let ip = make::free_address(ctx, &subnet)?;
        give(ctx, nic.id, PrivateAddress { ip, public: None })?;
        assigned.push(ip);
    }
    let shown: Vec<Value> = assigned
        .into_iter()
        .map(|ip| object! { "PrivateIpAddress": text(ip) })
        .collect();
    Ok(object! { "NetworkInterfaceId": text(nic.id), "AssignedPrivateIpAddresses": shown })
}

/// The addresses that a call names, each once.
fn addresses(input: Input<'_>) -> ApiResult<Vec<Ipv4Addr>> {
    let mut named = Vec::new();
    for word in input.texts("PrivateIpAddresses")? {
        let ip: Ipv4Addr = word
            .parse()
            .map_err(|_| invalid(format!("Invalid IPv4 address: {word}")))?;
        if !named.contains(&ip) {
            named.push(ip);
        }
    }
    Ok(named)
}

/// Takes a secondary address off the interface that has it.
fn take_from(
    ctx: &mut Context<'_>,
    other: NetworkInterfaceId,
    ip: Ipv4Addr,
) -> ApiResult<PrivateAddress> {
    let taken = ctx
        .region_mut()?
        .network_interfaces
        .get_mut(&other)
        .and_then(|nic| {
            let at = nic.addresses.iter().position(|known| known.ip == ip)?;
            (at > 0).then(|| nic.addresses.remove(at))
        });
    taken.ok_or_else(|| {
        invalid(format!(
            "[{ip}] is the primary private IP address of '{other}' and cannot be moved."
        ))
    })
}

/// Gives an address, and what public address belongs to it, to an interface.
fn give(ctx: &mut Context<'_>, nic: NetworkInterfaceId, address: PrivateAddress) -> ApiResult<()> {
    let region = ctx.region_mut()?;
    let Some(row) = region.network_interfaces.get_mut(&nic) else {
        return Ok(());
    };
    row.addresses.push(address);
    let vpc = row.vpc;
    region.private_ips.insert((vpc, address.ip), nic);
    if let Some(public) = address.public {
        region.public_ips.insert(public.ip, nic);
        if let Some(tie) = public
            .allocation
            .and_then(|id| region.addresses.get_mut(&id))
            .and_then(|elastic| elastic.association.as_mut())
        {
            tie.network_interface = nic;
        }
    }
    Ok(())
}

/// Takes secondary addresses off; an Elastic IP address of one is free again.
///
/// # Errors
/// `InvalidParameterValue` for the primary address and for addresses that the interface does not have.
pub fn unassign(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let nic = lookup::own_interface(ctx.region()?, input.required("NetworkInterfaceId")?)?.clone();
    let named = addresses(input)?;
    if named.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "privateIpAddress".to_owned(),
        });
    }
    for ip in &named {
        match nic.addresses.iter().position(|known| known.ip == *ip) {
            Some(0) => {
                return Err(invalid(format!(
                    "[{ip}] is the primary private IP address of '{}' and cannot be unassigned.",
                    nic.id
                )));
            }
            Some(_) => {}
            None => {
                return Err(invalid(format!(
                    "Some of the specified addresses are not assigned to interface {}",
                    nic.id
                )));
            }
        }
    }
    let region = ctx.region_mut()?;
    for ip in named {
        let public = region.network_interfaces.get_mut(&nic.id).and_then(|row| {
            let at = row.addresses.iter().position(|known| known.ip == ip)?;
            row.addresses.remove(at).public
        });
        region.private_ips.remove(&(nic.vpc, ip));
        if let Some(public) = public {
            region.public_ips.remove(&public.ip);
            if let Some(elastic) = public
                .allocation
                .and_then(|id| region.addresses.get_mut(&id))
            {
                elastic.association = None;
            }
        }
    }
    Ok(object! {})
}
