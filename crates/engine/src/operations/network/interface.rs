//! DescribeNetworkInterfaces and ModifyNetworkInterfaceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::NetworkInterfaceId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::network_interface::{NetworkInterface, PrivateAddress};
use crate::resources::security_group::GROUPS_PER_INTERFACE;
use serde_json::Value;

/// The interfaces.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let ids = input.texts("NetworkInterfaceIds")?;
    let named = ids
        .into_iter()
        .map(|id| lookup::interface(region, id).map(|nic| nic.id))
        .collect::<ApiResult<Vec<NetworkInterfaceId>>>()?;
    let rows = region
        .network_interfaces
        .values()
        .filter(|nic| named.is_empty() || named.contains(&nic.id))
        .map(|nic| Listed {
            serial: nic.serial,
            tags: &nic.tags,
            row: nic,
        });
    lookup::describe(
        input,
        "NetworkInterfaces",
        rows,
        |nic, name| values(region, nic, name),
        |nic| show(region, nic),
    )
}

fn values(region: &RegionState, nic: &NetworkInterface, name: &str) -> Option<Vec<String>> {
    let group_names = || {
        nic.groups
            .iter()
            .filter_map(|id| region.security_groups.get(id))
            .map(|group| group.name.clone())
            .collect()
    };
    Some(match name {
        "network-interface-id" => vec![nic.id.to_string()],
        "subnet-id" => vec![nic.subnet.to_string()],
        "vpc-id" => vec![nic.vpc.to_string()],
        "availability-zone" => vec![nic.zone.to_owned()],
        "group-id" => nic.groups.iter().map(ToString::to_string).collect(),
        "group-name" => group_names(),
        "attachment.instance-id" => nic
            .attachment
            .map(|tie| tie.instance.to_string())
            .into_iter()
            .collect(),
        "attachment.attachment-id" => nic
            .attachment
            .map(|tie| tie.id.to_string())
            .into_iter()
            .collect(),
        "attachment.device-index" => nic
            .attachment
            .map(|tie| tie.device_index.to_string())
            .into_iter()
            .collect(),
        "status" => vec![status(nic).to_owned()],
        "private-ip-address" | "addresses.private-ip-address" => nic
            .addresses
            .iter()
            .map(|address| address.ip.to_string())
            .collect(),
        "association.public-ip" | "addresses.association.public-ip" => nic
            .addresses
            .iter()
            .filter_map(|address| address.public)
            .map(|public| public.ip.to_string())
            .collect(),
        "mac-address" => vec![nic.mac_text()],
        "description" => vec![nic.description.clone()],
        "owner-id" => vec![region.account.to_string()],
        "source-dest-check" => vec![nic.source_dest_check.to_string()],
        "interface-type" => vec!["interface".to_owned()],
        _ => return None,
    })
}

fn status(nic: &NetworkInterface) -> &'static str {
    if nic.attachment.is_some() {
        "in-use"
    } else {
        "available"
    }
}

fn groups(region: &RegionState, nic: &NetworkInterface) -> Vec<Value> {
    nic.groups
        .iter()
        .filter_map(|id| region.security_groups.get(id))
        .map(|group| object! { "GroupId": text(group.id), "GroupName": group.name.clone() })
        .collect()
}

/// The public side of a private address; `None` when it has none.
fn association(region: &RegionState, address: &PrivateAddress, full: bool) -> Option<Value> {
    let public = address.public?;
    let elastic = public.allocation.and_then(|id| region.addresses.get(&id));
    Some(object! {
        "AllocationId": elastic.filter(|_| full).map(|elastic| text(elastic.id)),
        "AssociationId": elastic.filter(|_| full).and_then(|elastic| elastic.association).map(|tie| text(tie.id)),
        "IpOwnerId": elastic.map_or_else(|| "amazon".to_owned(), |_| region.account.to_string()),
        "PublicDnsName": region.public_dns(public.ip),
        "PublicIp": text(public.ip),
    })
}

fn addresses(region: &RegionState, nic: &NetworkInterface, full: bool) -> Vec<Value> {
    nic.addresses
        .iter()
        .enumerate()
        .map(|(index, address)| {
            object! {
                "Association": association(region, address, full), "Primary": index == 0,
                "PrivateDnsName": region.private_dns(address.ip), "PrivateIpAddress": text(address.ip),
            }
        })
        .collect()
}

fn show(region: &RegionState, nic: &NetworkInterface) -> Value {
    let attachment = nic.attachment.map(|tie| {
        object! {
            "AttachTime": text(tie.attached), "AttachmentId": text(tie.id), "DeleteOnTermination": tie.delete_on_termination,
            "DeviceIndex": tie.device_index, "NetworkCardIndex": 0, "InstanceId": text(tie.instance), "InstanceOwnerId": text(region.account), "Status": "attached",
        }
    });
    object! {
        "Association": nic.addresses.first().and_then(|address| association(region, address, true)),
        "Attachment": attachment, "AvailabilityZone": nic.zone, "Description": nic.description.clone(), "Groups": groups(region, nic),
        "InterfaceType": "interface", "Ipv6Addresses": Vec::<Value>::new(), "MacAddress": nic.mac_text(), "NetworkInterfaceId": text(nic.id),
        "OwnerId": text(region.account), "PrivateDnsName": region.private_dns(nic.private_ip()), "PrivateIpAddress": text(nic.private_ip()),
        "PrivateIpAddresses": addresses(region, nic, true), "RequesterManaged": false, "SourceDestCheck": nic.source_dest_check,
        "Status": status(nic), "SubnetId": text(nic.subnet), "TagSet": nic.tags.describe_all(), "VpcId": text(nic.vpc),
    }
}

/// The interface as DescribeInstances shows it inside its instance.
#[must_use]
pub fn of_instance(region: &RegionState, nic: &NetworkInterface) -> Value {
    let attachment = nic.attachment.map(|tie| {
        object! {
            "AttachTime": text(tie.attached), "AttachmentId": text(tie.id), "DeleteOnTermination": tie.delete_on_termination,
            "DeviceIndex": tie.device_index, "Status": "attached", "NetworkCardIndex": 0,
        }
    });
    object! {
        "Association": nic.addresses.first().and_then(|address| association(region, address, false)),
        "Attachment": attachment, "Description": nic.description.clone(), "Groups": groups(region, nic),
        "Ipv6Addresses": Vec::<Value>::new(), "MacAddress": nic.mac_text(), "NetworkInterfaceId": text(nic.id), "OwnerId": text(region.account),
        "PrivateDnsName": region.private_dns(nic.private_ip()), "PrivateIpAddress": text(nic.private_ip()),
        "PrivateIpAddresses": addresses(region, nic, false), "SourceDestCheck": nic.source_dest_check, "Status": status(nic),
        "SubnetId": text(nic.subnet), "VpcId": text(nic.vpc), "InterfaceType": "interface",
    }
}

/// Changes groups, source/destination check or description.
///
/// # Errors
/// Unknown ids, `SecurityGroupsPerInterfaceLimitExceeded`.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let nic = lookup::interface(region, input.required("NetworkInterfaceId")?)?;
    let (id, vpc) = (nic.id, nic.vpc);
    let mut groups = Vec::new();
    for text in input.texts("Groups")? {
        let group = lookup::group(region, text)?;
        if group.vpc != vpc {
            return Err(ApiError::InvalidParameter {
                detail: format!(
                    "Security group {text} and interface {id} belong to different networks."
                ),
            });
        }
        if !groups.contains(&group.id) {
            groups.push(group.id);
        }
    }
    if groups.len() > GROUPS_PER_INTERFACE {
        return Err(ApiError::SecurityGroupsPerInterfaceLimitExceeded {});
    }
    let check = input.object("SourceDestCheck")?.boolean("Value")?;
    let description = input
        .object("Description")?
        .text("Value")?
        .map(str::to_owned);
    if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&id) {
        if !groups.is_empty() {
            nic.groups = groups;
        }
        nic.source_dest_check = check.unwrap_or(nic.source_dest_check);
        if let Some(description) = description {
            nic.description = description;
        }
    }
    Ok(object! {})
}
