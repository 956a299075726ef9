//! DescribeInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>), and how an
//! instance is shown wherever it is.

use crate::error::ApiResult;
use crate::filter::Filters;
use crate::ids::ReservationId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::{lookup, network};
use crate::output::text;
use crate::pagination;
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::security_group::SecurityGroup;
use serde_json::{Map, Value, json};

/// Instances by reservation, in the order they were launched.
///
/// # Errors
/// Unknown ids and filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = lookup::instances(region, input)?;
    let filters = Filters::read(input)?;
    let mut reservations: Vec<(ReservationId, Vec<Value>)> = Vec::new();
    for row in region.instances_by_serial() {
        let wanted = named.is_empty() || named.contains(&row.id);
        if !wanted || !filters.pass(&row.tags, |name| values(region, row, name))? {
            continue;
        }
        match reservations
            .last_mut()
            .filter(|(id, _)| *id == row.reservation)
        {
            Some((_, rows)) => rows.push(instance(region, row)),
            None => reservations.push((row.reservation, vec![instance(region, row)])),
        }
    }
    let rows = reservations
        .into_iter()
        .map(|(id, rows)| {
            object! { "ReservationId": text(id), "OwnerId": text(region.account), "Groups": Vec::<Value>::new(), "Instances": rows }
        })
        .collect();
    let (page, next) = pagination::page(input, rows)?;
    let mut answer = Map::new();
    answer.insert("Reservations".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}

/// An instance as AWS shows it.
pub fn instance(region: &RegionState, row: &Instance) -> Value {
    let primary = region.primary_interface(row);
    let (private, public) = (
        primary.map(|nic| nic.private_ip()),
        primary.and_then(|nic| nic.public_ip()),
    );
    let groups: Vec<&SecurityGroup> = primary
        .map(|nic| {
            nic.groups
                .iter()
                .filter_map(|id| region.security_groups.get(id))
                .collect()
        })
        .unwrap_or_default();
    let kind = row.kind();
    let os = row.os();
    let gone = row.state == InstanceState::Terminated;
    let device = json!([object! {
        "DeviceName": os.map_or("", |os| os.root_device_name),
        "Ebs": object! {
            "AttachTime": text(row.launched), "DeleteOnTermination": true, "Status": "attached", "VolumeId": text(row.root_volume),
        },
    }]);
    let interfaces: Vec<Value> = row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id))
        .map(|nic| network::interface_of_instance(region, nic))
        .collect();
    object! {
        "Architecture": os.map(|os| os.architecture),
        "BlockDeviceMappings": if gone { json!([]) } else { device },
        "ClientToken": row.client_token.clone(),
        "EbsOptimized": row.ebs_optimized,
        "EnaSupport": kind.is_none_or(|kind| kind.ena_support != "unsupported"),
        "Hypervisor": "xen",
        "NetworkInterfaces": interfaces,
        "RootDeviceName": os.map(|os| os.root_device_name),
        "RootDeviceType": "ebs",
        "SecurityGroups": groups.iter().map(|group| object! { "GroupId": text(group.id), "GroupName": group.name.clone() }).collect::<Vec<_>>(),
        "SourceDestCheck": primary.map(|nic| nic.source_dest_check),
        "StateReason": row.state_reason.map(|(code, message)| object! { "Code": code, "Message": message }),
        "Tags": row.tags.describe(),
        "VirtualizationType": "hvm",
        "CpuOptions": kind.map(|kind| object! { "CoreCount": kind.cores, "ThreadsPerCore": kind.threads_per_core }),
        "CapacityReservationSpecification": object! { "CapacityReservationPreference": "open" },
        "HibernationOptions": object! { "Configured": false },
        "MetadataOptions": object! {
            "State": "applied", "HttpTokens": if row.http_tokens_required { "required" } else { "optional" },
            "HttpPutResponseHopLimit": if row.http_tokens_required { 2 } else { 1 }, "HttpEndpoint": "enabled",
            "HttpProtocolIpv6": "disabled", "InstanceMetadataTags": "disabled",
        },
        "EnclaveOptions": object! { "Enabled": false },
        "BootMode": if row.image_name.starts_with("al2023") { Some("uefi-preferred") } else { None },
        "PlatformDetails": os.map(|os| os.platform_details),
        "UsageOperation": os.map(|os| os.usage_operation),
        "UsageOperationUpdateTime": text(row.launched),
        "PrivateDnsNameOptions": object! {
            "HostnameType": "ip-name", "EnableResourceNameDnsARecord": false, "EnableResourceNameDnsAAAARecord": false,
        },
        "MaintenanceOptions": object! { "AutoRecovery": "default" },
        "CurrentInstanceBootMode": "legacy-bios",
        "InstanceId": text(row.id),
        "ImageId": text(row.image),
        "State": super::states::state(row.state),
        "PrivateDnsName": private.map_or_else(String::new, |ip| region.private_dns(ip)),
        "PublicDnsName": public.map_or_else(String::new, |ip| region.public_dns(ip)),
        "StateTransitionReason": row.transition_reason.clone(),
        "KeyName": row.key_name.clone(),
        "AmiLaunchIndex": row.launch_index,
        "ProductCodes": Vec::<Value>::new(),
        "InstanceType": row.instance_type,
        "LaunchTime": text(row.launched),
        "Placement": object! {
            "GroupName": row.placement.group.and_then(|id| region.placement_groups.get(&id)).map_or("", |group| group.name.as_str()),
            "PartitionNumber": row.placement.partition, "Tenancy": "default", "AvailabilityZone": row.zone,
        },
        "Platform": if os.is_some_and(|os| os.windows) { Some("windows") } else { None },
        "Monitoring": object! { "State": if row.detailed_monitoring { "enabled" } else { "disabled" } },
        "SubnetId": if gone { None } else { Some(text(row.subnet)) },
        "VpcId": if gone { None } else { Some(text(row.vpc)) },
        "PrivateIpAddress": private.map(text),
        "PublicIpAddress": public.map(text),
    }
}

/// An instance's values for a filter.
fn values(region: &RegionState, row: &Instance, name: &str) -> Option<Vec<String>> {
    let one = |value: &dyn ToString| Some(vec![value.to_string()]);
    let nic = || region.primary_interface(row);
    let optional = |value: Option<String>| Some(value.into_iter().collect());
    match name {
        "instance-id" => one(&row.id),
        "image-id" => one(&row.image),
        "instance-type" => one(&row.instance_type),
        "instance-state-name" => one(&row.state.as_str()),
        "instance-state-code" => one(&row.state.code()),
        "availability-zone" => one(&row.zone),
        "subnet-id" | "network-interface.subnet-id" => one(&row.subnet),
        "vpc-id" | "network-interface.vpc-id" => one(&row.vpc),
        "key-name" => optional(row.key_name.clone()),
        "reservation-id" => one(&row.reservation),
        "owner-id" => one(&region.account),
        "launch-index" => one(&row.launch_index),
        "launch-time" => one(&row.launched),
        "client-token" => one(&row.client_token),
        "private-ip-address" | "network-interface.addresses.private-ip-address" => {
            optional(nic().map(|nic| nic.private_ip().to_string()))
        }
        "ip-address" | "network-interface.association.public-ip" => optional(
            nic()
                .and_then(|nic| nic.public_ip())
                .map(|ip| ip.to_string()),
        ),
        "dns-name" => optional(
            nic()
                .and_then(|nic| nic.public_ip())
                .map(|ip| region.public_dns(ip)),
        ),
        "private-dns-name" => optional(nic().map(|nic| region.private_dns(nic.private_ip()))),
        "network-interface.network-interface-id" => {
            Some(row.interfaces.iter().map(ToString::to_string).collect())
        }
        "instance.group-id" | "network-interface.group-id" => Some(
            nic()
                .map(|nic| nic.groups.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
        ),
        "instance.group-name" | "network-interface.group-name" => Some(
            nic()
                .map(|nic| {
                    nic.groups
                        .iter()
                        .filter_map(|id| region.security_groups.get(id))
                        .map(|group| group.name.clone())
                        .collect()
                })
                .unwrap_or_default(),
        ),
        "placement-group-name" => Some(
            row.placement
                .group
                .and_then(|id| region.placement_groups.get(&id))
                .map(|group| group.name.clone())
                .into_iter()
                .collect(),
        ),
        "placement-partition-number" => {
            optional(row.placement.partition.map(|number| number.to_string()))
        }
        "architecture" => optional(row.os().map(|os| os.architecture.to_owned())),
        "platform" => optional(
            row.os()
                .filter(|os| os.windows)
                .map(|_| "windows".to_owned()),
        ),
        "platform-details" => optional(row.os().map(|os| os.platform_details.to_owned())),
        "root-device-type" => one(&"ebs"),
        "root-device-name" => optional(row.os().map(|os| os.root_device_name.to_owned())),
        "tenancy" => one(&"default"),
        "virtualization-type" => one(&"hvm"),
        "hypervisor" => one(&"xen"),
        "monitoring-state" => one(&if row.detailed_monitoring {
            "enabled"
        } else {
            "disabled"
        }),
        "source-dest-check" => optional(nic().map(|nic| nic.source_dest_check.to_string())),
        "block-device-mapping.volume-id" => one(&row.root_volume),
        "state-reason-code" => optional(row.state_reason.map(|(code, _)| code.to_owned())),
        _ => None,
    }
}
