//! Making an interface: its private addresses, its groups, its MAC. RunInstances and CreateNetworkInterface both ask here.

use crate::error::{ApiError, ApiResult};
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::input::Input;
use crate::operation::Context;
use crate::operations::lookup;
use crate::region::RegionState;
use crate::resources::network_interface::{
    Attachment, ConnectionTracking, NetworkInterface, PrivateAddress, Requester,
};
use crate::resources::security_group::GROUPS_PER_INTERFACE;
use crate::resources::tags::Tags;
use crate::resources::vpc::Subnet;
use std::net::Ipv4Addr;

/// The private addresses that a call asks for; what it leaves open is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WantedAddresses {
    /// The primary one.
    pub primary: Option<Ipv4Addr>,
    /// Further ones, by address.
    pub secondary: Vec<Ipv4Addr>,
    /// Further ones, by number.
    pub count: u32,
}

impl WantedAddresses {
    /// How many addresses this comes to.
    pub fn total(&self) -> usize {
        1 + self.secondary.len() + self.count as usize
    }

    /// Reads `PrivateIpAddress`, `PrivateIpAddresses` and `SecondaryPrivateIpAddressCount`
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html>).
    ///
    /// # Errors
    /// `InvalidParameterCombination` for two primary addresses or a list beside a number, `InvalidParameterValue` for
    /// an address that the subnet does not have.
    pub fn read(subnet: &Subnet, input: Input<'_>) -> ApiResult<Self> {
        let mut wanted = WantedAddresses {
            primary: input.address("PrivateIpAddress")?,
            ..Self::default()
        };
        for entry in input.objects("PrivateIpAddresses")? {
            let Some(ip) = entry.address("PrivateIpAddress")? else {
                return Err(ApiError::MissingParameter {
                    parameter: "privateIpAddress".to_owned(),
                });
            };
            if entry.boolean("Primary")?.unwrap_or(false) {
                if wanted.primary.is_some_and(|first| first != ip) {
                    return Err(combination(
                        "Only one primary private IP address can be specified.",
                    ));
                }
                wanted.primary = Some(ip);
            } else {
                wanted.secondary.push(ip);
            }
        }
        if let Some(count) = input.integer("SecondaryPrivateIpAddressCount")? {
            if !wanted.secondary.is_empty() {
                return Err(combination(
                    "The parameter secondaryPrivateIpAddressCount cannot be used with secondary addresses in privateIpAddresses.",
                ));
            }
            wanted.count = u32::try_from(count).map_err(|_| ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({count}) for parameter secondaryPrivateIpAddressCount is invalid."
                ),
            })?;
        }
        for ip in wanted.primary.iter().chain(&wanted.secondary) {
            in_subnet(subnet, *ip)?;
        }
        Ok(wanted)
    }
}

fn combination(detail: &str) -> ApiError {
    ApiError::InvalidParameterCombination {
        detail: detail.to_owned(),
    }
}

/// Whether an interface of this subnet may have this address.
///
/// # Errors
/// `InvalidParameterValue`, in AWS's words.
pub(crate) fn in_subnet(subnet: &Subnet, ip: Ipv4Addr) -> ApiResult<()> {
    if subnet.usable(ip) {
        return Ok(());
    }
    let why = if subnet.cidr.contains(&ip) {
        "is in subnet's reserved address range"
    } else {
        "does not fall within the subnet's address range"
    };
    Err(ApiError::InvalidParameterValue {
        detail: format!("Address {ip} {why}"),
    })
}

/// Whether a call asks for a plain interface: the lab has no other kind.
///
/// # Errors
/// `NotModelled` for AWS's other kinds, `InvalidParameterValue` for what AWS does not have.
pub(crate) fn only_plain(input: Input<'_>) -> ApiResult<()> {
    match input.text("InterfaceType")?.unwrap_or("interface") {
        "interface" => Ok(()),
        kind @ ("efa" | "efa-only" | "branch" | "trunk") => Err(ApiError::NotModelled {
            what: format!("The interface type {kind}"),
        }),
        other => Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({other}) for parameter interfaceType is invalid. Valid values: efa, efa-only, branch, trunk"
            ),
        }),
    }
}

/// The groups of an interface: those of the call by id, else the VPC's default one.
///
/// # Errors
/// Unknown groups, groups of another VPC, more than five.
pub(crate) fn groups(
    region: &RegionState,
    subnet: &Subnet,
    ids: &[&str],
) -> ApiResult<Vec<SecurityGroupId>> {
    let mut groups = Vec::new();
    for text in ids {
        let group = lookup::group(region, text)?;
        if group.vpc != subnet.vpc {
            return Err(ApiError::InvalidParameter {
                detail: format!(
                    "Security group {text} and subnet {} belong to different networks.",
                    subnet.id
                ),
            });
        }
        if !groups.contains(&group.id) {
            groups.push(group.id);
        }
    }
    if groups.is_empty() {
        groups.extend(
            region
                .group_by_name(subnet.vpc, "default")
                .map(|group| group.id),
        );
    }
    if groups.len() > GROUPS_PER_INTERFACE {
        return Err(ApiError::SecurityGroupsPerInterfaceLimitExceeded {});
    }
    Ok(groups)
}

/// Reads `ConnectionTrackingSpecification`; the bounds are those of
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConnectionTrackingSpecificationRequest.html>.
///
/// # Errors
/// `InvalidParameterValue` out of them.
pub(crate) fn tracking(input: Input<'_>) -> ApiResult<Option<ConnectionTracking>> {
    if !input.has("ConnectionTrackingSpecification") {
        return Ok(None);
    }
    let given = input.object("ConnectionTrackingSpecification")?;
    let seconds = |key: &str, least: i64, most: i64| -> ApiResult<Option<u32>> {
        let Some(value) = given.integer(key)? else {
            return Ok(None);
        };
        if !(least..=most).contains(&value) {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({value}) for parameter {key} is invalid. Expecting a value from {least} to {most} seconds."
                ),
            });
        }
        Ok(u32::try_from(value).ok())
    };
    Ok(Some(ConnectionTracking {
        tcp_established: seconds("TcpEstablishedTimeout", 60, 432_000)?,
        udp: seconds("UdpTimeout", 30, 60)?,
        udp_stream: seconds("UdpStreamTimeout", 60, 180)?,
    }))
}

/// An interface to make.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// In which subnet.
    pub subnet: SubnetId,
    /// Its addresses.
    pub addresses: WantedAddresses,
    /// Its groups.
    pub groups: Vec<SecurityGroupId>,
    /// Its description.
    pub description: String,
    /// Its timeouts.
    pub connection_tracking: Option<ConnectionTracking>,
    /// The service of AWS's that it is for.
    pub requester: Option<Requester>,
    /// The call's token.
    pub client_token: String,
    /// Its tags.
    pub tags: Tags,
}

/// Makes an interface that nothing has yet.
///
/// # Errors
/// `InvalidIPAddress.InUse` and `InsufficientFreeAddressesInSubnet`.
pub(crate) fn make(ctx: &mut Context<'_>, wanted: Wanted) -> ApiResult<NetworkInterfaceId> {
    let subnet = ctx
        .region()?
        .subnets
        .get(&wanted.subnet)
        .cloned()
        .ok_or_else(|| ApiError::InvalidSubnetIdNotFound {
            subnet_id: wanted.subnet.to_string(),
        })?;
    let id: NetworkInterfaceId = ctx.world.mint();
    let primary = match wanted.addresses.primary {
        Some(ip) => ip,
        None => free_address(ctx, &subnet)?,
    };
    let mut addresses = Vec::new();
    take(ctx, &subnet, id, primary, &mut addresses)?;
    for ip in &wanted.addresses.secondary {
        take(ctx, &subnet, id, *ip, &mut addresses)?;
    }
    for _ in 0..wanted.addresses.count {
        let ip = free_address(ctx, &subnet)?;
        take(ctx, &subnet, id, ip, &mut addresses)?;
    }
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
    let row = NetworkInterface {
        id,
        serial: ctx.world.serial(),
        subnet: subnet.id,
        vpc: subnet.vpc,
        zone: subnet.zone,
        description: wanted.description,
        mac,
        addresses,
        groups: wanted.groups,
        // A NAT gateway passes on what is not meant for it.
        source_dest_check: !matches!(wanted.requester, Some(Requester::NatGateway(_))),
        attachment: None,
        connection_tracking: wanted.connection_tracking,
        requester: wanted.requester,
        client_token: wanted.client_token,
        tags: wanted.tags,
    };
    ctx.region_mut()?.network_interfaces.insert(id, row);
    Ok(id)
}

/// Writes an address into the books of its VPC.
fn take(
    ctx: &mut Context<'_>,
    subnet: &Subnet,
    nic: NetworkInterfaceId,
    ip: Ipv4Addr,
    into: &mut Vec<PrivateAddress>,
) -> ApiResult<()> {
    let region = ctx.region_mut()?;
    if region.private_ips.contains(&(subnet.vpc, ip)) {
        return Err(ApiError::InvalidIpAddressInUse {
            address: ip.to_string(),
        });
    }
    region.private_ips.insert((subnet.vpc, ip), nic);
    into.push(PrivateAddress { ip, public: None });
    Ok(())
}

/// A free address of a subnet: a drawn one, or the next free after it.
///
/// # Errors
/// `InsufficientFreeAddressesInSubnet`.
pub(crate) fn free_address(ctx: &mut Context<'_>, subnet: &Subnet) -> ApiResult<Ipv4Addr> {
    let size = subnet.capacity() + 5;
    let first = u32::from(subnet.cidr.network());
    let start = u32::try_from(ctx.world.draw_below("private-ip", u64::from(size))).unwrap_or(0);
    let region = ctx.region()?;
    (0..size)
        .map(|step| Ipv4Addr::from(first + (start + step) % size))
        .find(|ip| subnet.usable(*ip) && !region.private_ips.contains(&(subnet.vpc, *ip)))
        .ok_or_else(|| ApiError::InsufficientFreeAddressesInSubnet {
            subnet_id: subnet.id.to_string(),
        })
}

/// Ties an interface to an instance; the instance's list stays in the order of device indexes.
///
/// # Errors
/// None but those of a Region that is not there.
pub(crate) fn tie(
    ctx: &mut Context<'_>,
    nic: NetworkInterfaceId,
    attachment: Attachment,
) -> ApiResult<()> {
    let region = ctx.region_mut()?;
    let index = |id: &NetworkInterfaceId| {
        region
            .network_interfaces
            .get(id)
            .and_then(|nic| nic.attachment)
            .map_or(attachment.device_index, |tie| tie.device_index)
    };
    if let Some(instance) = region.instances.get(&attachment.instance) {
        let mut all = instance.interfaces.clone();
        all.push(nic);
        all.sort_by_key(index);
        if let Some(instance) = region.instances.get_mut(&attachment.instance) {
            instance.interfaces = all;
        }
    }
    if let Some(row) = region.network_interfaces.get_mut(&nic) {
        row.attachment = Some(attachment);
    }
    Ok(())
}
