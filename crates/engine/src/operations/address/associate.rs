//! AssociateAddress and DisassociateAddress
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html>).

use super::{by_allocation, by_ip};
use crate::error::{ApiError, ApiResult};
use crate::ids::{AllocationId, AssociationId, NetworkInterfaceId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::instance::lifecycle;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::address::AddressAssociation;
use crate::resources::instance::InstanceState;
use crate::resources::network_interface::PublicAddress;
use std::net::Ipv4Addr;

/// Ties an Elastic IP address to a private one. An address that AWS assigned there goes back to AWS.
///
/// # Errors
/// `Resource.AlreadyAssociated` when it is tied and re-association is not allowed, unknown ids.
pub fn associate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let address = match (input.text("AllocationId")?, input.text("PublicIp")?) {
        (Some(_), Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "You may specify public IP or allocation id, but not both in the same call"
                    .to_owned(),
            });
        }
        (Some(id), None) => by_allocation(region, id)?,
        (None, Some(ip)) => by_ip(region, ip)?,
        (None, None) => {
            return Err(ApiError::MissingOneOf {
                parameters: "the parameter AllocationId or PublicIp".to_owned(),
            });
        }
    }
    .clone();
    let nic = target(ctx, input)?;
    let region = ctx.region()?;
    let row = region.network_interfaces.get(&nic).ok_or_else(|| {
        ApiError::InvalidNetworkInterfaceIdNotFound {
            network_interface_id: nic.to_string(),
        }
    })?;
    let private_ip = input
        .address("PrivateIpAddress")?
        .unwrap_or(row.private_ip());
    if !row.addresses.iter().any(|known| known.ip == private_ip) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "The private IP address {private_ip} is not assigned to the network interface {nic}."
            ),
        });
    }
    let connected = region
        .internet_gateways
        .values()
        .any(|gateway| gateway.vpc == Some(row.vpc));
    if !connected {
        return Err(ApiError::GatewayNotAttached {
            vpc_id: row.vpc.to_string(),
        });
    }
    if let Some(tie) = address
        .association
        .filter(|tie| (tie.network_interface, tie.private_ip) == (nic, private_ip))
    {
        return Ok(object! { "AssociationId": text(tie.id) });
    }
    // The API's default is to move an associated address (AllowReassociation is true in a VPC).
    let allow = input.boolean("AllowReassociation")?.unwrap_or(true);
    if let Some(tie) = address.association {
        if !allow {
            return Err(ApiError::ResourceAlreadyAssociated {
                detail: format!(
                    "resource {} is already associated with associate-id {}",
                    address.id, tie.id
                ),
            });
        }
        free_of_requester(ctx.region()?, Some(tie))?;
        untie(ctx, address.id)?;
        assign_again(ctx, tie.network_interface)?;
    }
    let earlier = ctx
        .region()?
        .network_interfaces
        .get(&nic)
        .and_then(|row| row.addresses.iter().find(|known| known.ip == private_ip))
        .and_then(|known| known.public);
    match earlier {
        Some(PublicAddress {
            allocation: Some(other),
            ..
        }) => untie(ctx, other)?,
        Some(PublicAddress {
            ip,
            allocation: None,
        }) => {
            ctx.region_mut()?.public_ips.remove(&ip);
        }
        None => {}
    }
    let (_, id, _) = tie(ctx, address.id, nic, private_ip)?;
    Ok(object! { "AssociationId": text(id) })
}

/// Ties a free Elastic IP address to a private address of an interface, in every book.
///
/// # Errors
/// `InvalidAllocationID.NotFound`.
pub(crate) fn tie(
    ctx: &mut Context<'_>,
    allocation: AllocationId,
    nic: NetworkInterfaceId,
    private_ip: Ipv4Addr,
) -> ApiResult<(AllocationId, AssociationId, Ipv4Addr)> {
    let id = ctx.world.mint();
    let region = ctx.region_mut()?;
    let Some(row) = region.addresses.get_mut(&allocation) else {
        return Err(ApiError::InvalidAllocationIdNotFound {
            allocation_id: allocation.to_string(),
        });
    };
    row.association = Some(AddressAssociation {
        id,
        network_interface: nic,
        private_ip,
    });
    let public_ip = row.public_ip;
    if let Some(known) = region.network_interfaces.get_mut(&nic).and_then(|row| {
        row.addresses
            .iter_mut()
            .find(|known| known.ip == private_ip)
    }) {
        known.public = Some(PublicAddress {
            ip: public_ip,
            allocation: Some(allocation),
        });
    }
    region.public_ips.insert(public_ip, nic);
    Ok((allocation, id, public_ip))
}

/// The interface that the call means.
fn target(ctx: &Context<'_>, input: Input<'_>) -> ApiResult<NetworkInterfaceId> {
    let region = ctx.region()?;
    if let Some(id) = input.text("NetworkInterfaceId")? {
        if input.has("InstanceId") {
            return Err(ApiError::InvalidParameterCombination {
                detail:
                    "You may specify either an instance ID or a network interface ID, but not both"
                        .to_owned(),
            });
        }
        return Ok(lookup::own_interface(region, id)?.id);
    }
    let Some(id) = input.text("InstanceId")? else {
        return Err(ApiError::MissingOneOf {
            parameters: "the parameter InstanceId or NetworkInterfaceId".to_owned(),
        });
    };
    let row = lookup::instance(region, id)?;
    if matches!(
        row.state,
        InstanceState::Pending | InstanceState::ShuttingDown | InstanceState::Terminated
    ) {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!(
                "The {} instance '{id}' is not in a valid state for this operation.",
                row.state.as_str()
            ),
        });
    }
    lookup::only_interface(region, row)
}

/// Takes an Elastic IP address off its private one.
fn untie(ctx: &mut Context<'_>, allocation: AllocationId) -> ApiResult<()> {
    let region = ctx.region_mut()?;
    let Some(address) = region.addresses.get_mut(&allocation) else {
        return Ok(());
    };
    let Some(tie) = address.association.take() else {
        return Ok(());
    };
    let ip = address.public_ip;
    region.public_ips.remove(&ip);
    if let Some(known) = region
        .network_interfaces
        .get_mut(&tie.network_interface)
        .and_then(|nic| {
            nic.addresses
                .iter_mut()
                .find(|known| known.ip == tie.private_ip)
        })
    {
        known.public = None;
    }
    Ok(())
}

/// Takes an Elastic IP address off. A running instance that gets public addresses has a fresh one a moment later.
///
/// # Errors
/// `InvalidAssociationID.NotFound`.
pub fn disassociate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let found = match (input.text("AssociationId")?, input.text("PublicIp")?) {
        (Some(id), _) => region
            .addresses
            .values()
            .find(|row| row.association.is_some_and(|tie| tie.id.to_string() == id))
            .ok_or_else(|| ApiError::InvalidAssociationIdNotFound {
                association_id: id.to_owned(),
            })?,
        (None, Some(ip)) => by_ip(region, ip)?,
        (None, None) => {
            return Err(ApiError::MissingOneOf {
                parameters: "the parameter AssociationId or PublicIp".to_owned(),
            });
        }
    };
    let allocation = found.id;
    let tie = found.association;
    free_of_requester(region, tie)?;
    untie(ctx, allocation)?;
    if let Some(tie) = tie {
        assign_again(ctx, tie.network_interface)?;
    }
    Ok(object! {})
}

/// An address that a service of AWS's uses stays where it is until that service lets it go.
fn free_of_requester(region: &RegionState, tie: Option<AddressAssociation>) -> ApiResult<()> {
    let held = tie
        .and_then(|tie| region.network_interfaces.get(&tie.network_interface))
        .is_some_and(|nic| nic.requester.is_some());
    if held {
        return Err(ApiError::AuthFailure {
            detail: "You do not have permission to access the specified resource.".to_owned(),
        });
    }
    Ok(())
}

/// An instance that is on, gets public addresses and has lost its Elastic IP address gets one of AWS's again
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#concepts-public-addresses>).
fn assign_again(ctx: &mut Context<'_>, nic: NetworkInterfaceId) -> ApiResult<()> {
    let region = ctx.region()?;
    let instance = region
        .network_interfaces
        .get(&nic)
        .and_then(|nic| region.instances.get(&nic.attachment?.instance));
    match instance
        .filter(|row| matches!(row.state, InstanceState::Pending | InstanceState::Running))
        .map(|row| row.id)
    {
        Some(id) => lifecycle::assign_public_ip(ctx.world, ctx.caller, id),
        None => Ok(()),
    }
}
