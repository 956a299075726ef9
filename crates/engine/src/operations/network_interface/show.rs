//! How an interface is shown: alone, in its instance, and the call that made it.

use crate::ids::VpcId;
use crate::json::{Text, Value};
use crate::operations::instance::show::Pictures;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::network_interface::{
    Attachment, ConnectionTracking, NetworkInterface, PrivateAddress,
};
use crate::{constant, object};
use std::net::Ipv4Addr;

/// `in-use` when something has it, else `available`.
#[must_use]
pub fn status(nic: &NetworkInterface) -> &'static str {
    if nic.attachment.is_some() || nic.requester.is_some() {
        "in-use"
    } else {
        "available"
    }
}

/// `GroupSet` of an interface.
#[must_use]
pub fn groups(region: &RegionState, nic: &NetworkInterface) -> Vec<Value> {
    nic.groups
        .iter()
        .filter_map(|id| region.security_groups.get(id))
        .map(|group| object! { "GroupId": text(group.id), "GroupName": group.name.clone() })
        .collect()
}

/// The public side of a private address; `None` when it has none.
fn association(region: &RegionState, vpc: VpcId, address: &PrivateAddress) -> Option<Value> {
    let public = address.public?;
    let elastic = public.allocation.and_then(|id| region.addresses.get(&id));
    Some(object! {
        "AllocationId": elastic.map(|elastic| elastic.id),
        "AssociationId": elastic.and_then(|elastic| elastic.association).map(|tie| tie.id),
        "IpOwnerId": elastic.map_or_else(|| "amazon".to_owned(), |_| region.account.to_string()),
        "PublicDnsName": region.public_name_in(vpc, public.ip),
        "PublicIp": public.ip,
    })
}

fn addresses(region: &RegionState, nic: &NetworkInterface) -> Vec<Value> {
    nic.addresses
        .iter()
        .enumerate()
        .map(|(index, address)| {
            object! {
                "Association": association(region, nic.vpc, address), "Primary": index == 0,
                "PrivateDnsName": region.private_name(address.ip), "PrivateIpAddress": address.ip,
            }
        })
        .collect()
}

/// The tie to an instance as DescribeNetworkInterfaces shows it.
#[must_use]
pub fn attachment(region: &RegionState, tie: Attachment) -> Value {
    object! {
        "AttachTime": text(tie.attached), "AttachmentId": text(tie.id), "DeleteOnTermination": tie.delete_on_termination,
        "DeviceIndex": tie.device_index, "NetworkCardIndex": 0, "InstanceId": text(tie.instance),
        "InstanceOwnerId": text(region.account), "Status": "attached",
    }
}

/// The tie of an interface to a service of AWS's: no instance of the account's has it.
fn managed(nic: &NetworkInterface) -> Value {
    object! {
        "AttachmentId": nic.id.to_string().replacen("eni-", "ela-attach-", 1), "DeleteOnTermination": false, "DeviceIndex": 1,
        "InstanceOwnerId": "amazon-aws", "Status": "attached",
    }
}

/// `InterfaceType`: `interface` for an ordinary one.
#[must_use]
pub fn kind(nic: &NetworkInterface) -> &'static str {
    nic.requester
        .map_or("interface", |requester| requester.interface_type())
}

fn tracking(times: ConnectionTracking) -> Value {
    object! {
        "TcpEstablishedTimeout": times.tcp_established, "UdpStreamTimeout": times.udp_stream, "UdpTimeout": times.udp,
    }
}

/// An interface as DescribeNetworkInterfaces shows it.
#[must_use]
pub fn full(region: &RegionState, nic: &NetworkInterface) -> Value {
    object! {
        "Association": nic.addresses.first().and_then(|address| association(region, nic.vpc, address)),
        "Attachment": nic.attachment.map(|tie| attachment(region, tie)).or_else(|| nic.requester.map(|_| managed(nic))), "AvailabilityZone": nic.zone,
        "ConnectionTrackingConfiguration": nic.connection_tracking.map(tracking),
        "Description": nic.description.clone(), "Groups": groups(region, nic),
        "InterfaceType": kind(nic), "Ipv6Addresses": Vec::<Value>::new(), "MacAddress": nic.mac_address(), "NetworkInterfaceId": text(nic.id),
        "OwnerId": text(region.account), "PrivateDnsName": region.private_name(nic.private_ip()),
        "PublicDnsName": nic.public_ip().map(|ip| region.public_name_in(nic.vpc, ip)).filter(|name| !name.is_empty()), "PrivateIpAddress": text(nic.private_ip()),
        "PrivateIpAddresses": addresses(region, nic), "RequesterId": nic.requester.map(|_| text(region.account)), "RequesterManaged": nic.requester.is_some(), "SourceDestCheck": nic.source_dest_check,
        "Status": status(nic), "SubnetId": text(nic.subnet), "TagSet": nic.tags.describe_all(), "VpcId": text(nic.vpc),
        "Operator": object! { "Managed": false }, "AvailabilityZoneId": region.zone_id(nic.zone),
    }
}

/// An interface as the call that made it shows it: on its way.
#[must_use]
pub fn made(region: &RegionState, nic: &NetworkInterface) -> Value {
    let mut shown = full(region, nic);
    if let Some(map) = shown.as_object_mut() {
        map.insert("Status".to_owned(), "pending".into());
        // The docs' example names who asked; DescribeNetworkInterfaces names it only for AWS's own services.
        map.insert("RequesterId".to_owned(), "AIDACKCEVSQ6C2EXAMPLE".into());
    }
    shown
}

/// An interface as DescribeInstances shows it inside its instance.
#[must_use]
pub fn of_instance(pictures: &mut Pictures<'_>, nic: &NetworkInterface) -> Value {
    let attachment = nic.attachment.map(|tie| {
        object! {
            "AttachTime": pictures.moments.of(tie.attached, |moment| moment.text()), "AttachmentId": tie.id,
            "DeleteOnTermination": tie.delete_on_termination,
            "DeviceIndex": tie.device_index, "Status": "attached", "NetworkCardIndex": 0,
        }
    });
    let mut public = None;
    let mut addresses = Vec::with_capacity(nic.addresses.len());
    for (index, address) in nic.addresses.iter().enumerate() {
        let association = association_of_instance(pictures, nic.vpc, address);
        addresses.push(object! {
            "Association": association.clone(), "Primary": index == 0,
            "PrivateDnsName": private_name(pictures, address.ip), "PrivateIpAddress": address.ip,
        });
        if index == 0 {
            public = association;
        }
    }
    let groups = pictures.groups(&nic.groups);
    object! {
        "Association": public,
        "Attachment": attachment, "ConnectionTrackingConfiguration": nic.connection_tracking.map(tracking),
        "Description": nic.description.as_str(), "Groups": groups,
        "Ipv6Addresses": Vec::<Value>::new(), "MacAddress": nic.mac_address(), "NetworkInterfaceId": nic.id, "OwnerId": pictures.account.clone(),
        "PrivateDnsName": private_name(pictures, nic.private_ip()), "PrivateIpAddress": nic.private_ip(),
        "PrivateIpAddresses": addresses, "SourceDestCheck": nic.source_dest_check, "Status": status(nic),
        "SubnetId": pictures.subnets.of(nic.subnet, |id| id.text()), "VpcId": nic.vpc, "InterfaceType": "interface",
        "Operator": constant! { "Managed": false },
    }
}

fn private_name(pictures: &mut Pictures<'_>, ip: Ipv4Addr) -> Text {
    let region = pictures.region;
    pictures.private_names.of(ip, |ip| region.private_name(*ip))
}

/// The public side of a private address, without ids.
fn association_of_instance(
    pictures: &mut Pictures<'_>,
    vpc: VpcId,
    address: &PrivateAddress,
) -> Option<Value> {
    let public = address.public?;
    let region = pictures.region;
    let elastic = public
        .allocation
        .is_some_and(|id| region.addresses.contains(&id));
    let make = |(vpc, ip): &(VpcId, Ipv4Addr)| region.public_name_in(*vpc, *ip);
    Some(object! {
        "IpOwnerId": if elastic { pictures.account.clone() } else { "amazon".into() },
        "PublicDnsName": pictures.public_names.of((vpc, public.ip), make),
        "PublicIp": public.ip,
    })
}
