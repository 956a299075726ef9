//! Elastic IP addresses (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html>).

pub mod associate;

use crate::error::{ApiError, ApiResult};
use crate::ids::AllocationId;
use crate::input::Input;
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::operations::instance::lifecycle;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::address::{Address, LIMIT};
use crate::resources::tags::Tags;
use crate::row;
use std::net::Ipv4Addr;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "AllocateAddress" allocate, "Domain Address NetworkBorderGroup PublicIpv4Pool TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Write "ReleaseAddress" release, "AllocationId PublicIp NetworkBorderGroup"),
    row!(Ec2 Write "AssociateAddress" associate::associate, "AllocationId PublicIp InstanceId NetworkInterfaceId PrivateIpAddress AllowReassociation"),
    row!(Ec2 Write "DisassociateAddress" associate::disassociate, "AssociationId PublicIp"),
    row!(Ec2 Read "DescribeAddresses" describe, "AllocationIds PublicIps Filters.Name Filters.Values"),
];

/// AllocateAddress.
///
/// # Errors
/// `AddressLimitExceeded` for the sixth in a Region.
pub fn allocate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    if let Some(domain) = input.text("Domain")?.filter(|domain| *domain != "vpc") {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Value ({domain}) for parameter domain is invalid. Valid values: vpc"),
        });
    }
    let border = input.text("NetworkBorderGroup")?;
    if let Some(other) = border.filter(|group| *group != ctx.caller.region) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Invalid network border group: {other}"),
        });
    }
    if let Some(pool) = input
        .text("PublicIpv4Pool")?
        .filter(|pool| *pool != "amazon")
    {
        return Err(ApiError::NotModelled {
            what: format!("The address pool {pool}"),
        });
    }
    if ctx.region()?.addresses.len() >= LIMIT {
        return Err(ApiError::AddressLimitExceeded {});
    }
    let tags = Tags::specified(input, "elastic-ip", &[])?;
    let public_ip = match input.text("Address")? {
        Some(wanted) => recovered(ctx, wanted)?,
        None => lifecycle::fresh_public_ip(ctx.world),
    };
    let row = Address {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        public_ip,
        association: None,
        tags,
    };
    let region = ctx.region_mut()?;
    let answer = object! {
        "AllocationId": text(row.id), "PublicIpv4Pool": "amazon", "NetworkBorderGroup": region.name, "Domain": "vpc", "PublicIp": text(public_ip),
    };
    region.addresses.insert(row.id, row);
    Ok(answer)
}

/// An address that the account has released and that nobody has taken since
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing-eips-recovering.html>).
fn recovered(ctx: &mut Context<'_>, wanted: &str) -> ApiResult<Ipv4Addr> {
    let ip: Ipv4Addr = wanted
        .parse()
        .map_err(|_| ApiError::InvalidAddressMalformed {
            address: wanted.to_owned(),
        })?;
    let taken = ctx.world.regions.values().any(|region| {
        region.public_ips.contains(&ip) || region.addresses.values().any(|row| row.public_ip == ip)
    });
    let region = ctx.region_mut()?;
    if taken || region.released_addresses.remove(&ip).is_none() {
        return Err(ApiError::InvalidAddressNotFound {
            address: wanted.to_owned(),
        });
    }
    Ok(ip)
}

/// ReleaseAddress.
///
/// # Errors
/// `InvalidIPAddress.InUse` while it is associated.
pub fn release(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    if input.text("AllocationId")?.is_none() && input.has("PublicIp") {
        return Err(ApiError::InvalidParameterValue {
            detail: "You must specify an allocation id when releasing a VPC elastic IP address"
                .to_owned(),
        });
    }
    let row = by_allocation(ctx.region()?, input.required("AllocationId")?)?;
    if row.association.is_some() {
        return Err(ApiError::InvalidIpAddressInUse {
            address: row.public_ip.to_string(),
        });
    }
    let (id, ip) = (row.id, row.public_ip);
    let region = ctx.region_mut()?;
    region.addresses.remove(&id);
    region.released_addresses.insert(ip, id);
    Ok(object! {})
}

/// The address of an allocation id.
fn by_allocation<'a>(region: &'a RegionState, id: &str) -> ApiResult<&'a Address> {
    region
        .addresses
        .values()
        .find(|row| row.id.to_string() == id)
        .ok_or_else(|| ApiError::InvalidAllocationIdNotFound {
            allocation_id: id.to_owned(),
        })
}

/// The address of a public IP.
fn by_ip<'a>(region: &'a RegionState, ip: &str) -> ApiResult<&'a Address> {
    if ip.parse::<Ipv4Addr>().is_err() {
        return Err(ApiError::InvalidAddressMalformed {
            address: ip.to_owned(),
        });
    }
    region
        .addresses
        .values()
        .find(|row| row.public_ip.to_string() == ip)
        .ok_or_else(|| ApiError::InvalidAddressNotFound {
            address: ip.to_owned(),
        })
}

/// DescribeAddresses.
///
/// # Errors
/// Unknown ids, addresses and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut named: Vec<AllocationId> = Vec::new();
    for id in input.texts("AllocationIds")? {
        named.push(by_allocation(region, id)?.id);
    }
    for ip in input.texts("PublicIps")? {
        named.push(by_ip(region, ip)?.id);
    }
    let rows = region
        .addresses
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let instance = |row: &Address| {
        let tie = row.association?;
        region
            .network_interfaces
            .get(&tie.network_interface)?
            .attachment
            .map(|attachment| attachment.instance)
    };
    let values = |row: &Address, name: &str| {
        Some(match name {
            "allocation-id" => vec![row.id.to_string()],
            "public-ip" => vec![row.public_ip.to_string()],
            "domain" => vec!["vpc".to_owned()],
            "association-id" => row
                .association
                .map(|tie| tie.id.to_string())
                .into_iter()
                .collect(),
            "instance-id" => instance(row).map(|id| id.to_string()).into_iter().collect(),
            "network-interface-id" => row
                .association
                .map(|tie| tie.network_interface.to_string())
                .into_iter()
                .collect(),
            "private-ip-address" => row
                .association
                .map(|tie| tie.private_ip.to_string())
                .into_iter()
                .collect(),
            "network-interface-owner-id" => row
                .association
                .map(|_| region.account.to_string())
                .into_iter()
                .collect(),
            "network-border-group" => vec![region.name.to_owned()],
            _ => return None,
        })
    };
    lookup::describe(input, "Addresses", rows, values, |row| {
        object! {
            "AllocationId": text(row.id), "AssociationId": row.association.map(|tie| text(tie.id)), "Domain": "vpc",
            "NetworkInterfaceId": row.association.map(|tie| text(tie.network_interface)),
            "NetworkInterfaceOwnerId": row.association.map(|_| text(region.account)),
            "PrivateIpAddress": row.association.map(|tie| text(tie.private_ip)), "Tags": row.tags.describe(),
            "PublicIpv4Pool": "amazon", "NetworkBorderGroup": region.name, "InstanceId": instance(row).map(text), "PublicIp": text(row.public_ip),
        }
    })
}
