//! DescribeInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>), and how an
//! instance is shown wherever it is.

use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::ReservationId;
use crate::input::Input;
use crate::json::{Map, Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::network_interface::show;
use crate::output::text;
use crate::pagination;
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::instance_options::MetadataOptions;
use crate::resources::security_group::SecurityGroup;

/// Instances by reservation, in the order they were launched.
///
/// # Errors
/// Unknown ids and filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = lookup::instances(region, input)?;
    if !named.is_empty() && input.has("MaxResults") {
        return Err(ApiError::InvalidParameterCombination {
            detail: "The parameter instancesSet cannot be used with the parameter maxResults"
                .to_owned(),
        });
    }
    let filters = Filters::read(input)?;
    let mut reservations: Vec<(ReservationId, Vec<Value>)> = Vec::new();
    for row in region.instances_by_serial() {
        let wanted = named.is_empty() || named.contains(&row.id);
        if !wanted || !filters.pass(&row.tags, |name| super::filters::values(region, row, name))? {
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
    let dns = row.options.private_dns;
    let gone = row.state == InstanceState::Terminated;
    let interfaces: Vec<Value> = row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id))
        .map(|nic| show::of_instance(region, nic))
        .collect();
    object! {
        "Architecture": os.map(|os| os.architecture),
        "BlockDeviceMappings": if gone { json!([]) } else { block_devices(region, row) },
        "ClientToken": row.client_token.clone(),
        "EbsOptimized": row.ebs_optimized,
        "EnaSupport": kind.is_none_or(|kind| kind.ena_support != "unsupported"),
        "Hypervisor": "xen",
        "IamInstanceProfile": region.iam_association_of(row).map(|tie| object! { "Arn": tie.profile_arn.clone(), "Id": tie.profile_id.clone() }),
        "NetworkInterfaces": interfaces,
        "RootDeviceName": os.map(|os| os.root_device_name),
        "RootDeviceType": "ebs",
        "SecurityGroups": groups.iter().map(|group| object! { "GroupId": text(group.id), "GroupName": group.name.clone() }).collect::<Vec<_>>(),
        "SourceDestCheck": primary.map(|nic| nic.source_dest_check),
        "StateReason": row.state_reason.or((row.state == InstanceState::Pending).then_some(("pending", "pending")))
            .map(|(code, message)| object! { "Code": code, "Message": message }),
        "Tags": row.tags.describe(),
        "VirtualizationType": "hvm",
        "CpuOptions": row.options.cpu.or(kind.map(|kind| (kind.cores, kind.threads_per_core)))
            .map(|(cores, threads)| object! { "CoreCount": cores, "ThreadsPerCore": threads }),
        "CapacityReservationSpecification": object! { "CapacityReservationPreference": "open" },
        "HibernationOptions": object! { "Configured": false },
        "MetadataOptions": metadata(row.options.metadata),
        "EnclaveOptions": object! { "Enabled": false },
        "BootMode": boot_mode(row),
        "PlatformDetails": os.map(|os| os.platform_details),
        "UsageOperation": os.map(|os| os.usage_operation),
        "UsageOperationUpdateTime": text(row.launched),
        "PrivateDnsNameOptions": object! {
            "HostnameType": if dns.resource_name { "resource-name" } else { "ip-name" },
            "EnableResourceNameDnsARecord": dns.a_record, "EnableResourceNameDnsAAAARecord": dns.aaaa_record,
        },
        "MaintenanceOptions": object! { "AutoRecovery": if row.options.auto_recovery { "default" } else { "disabled" } },
        "CurrentInstanceBootMode": current_boot_mode(row),
        "NetworkPerformanceOptions": object! { "BandwidthWeighting": "default" },
        "Operator": object! { "Managed": false },
        "InstanceId": text(row.id),
        "ImageId": text(row.image),
        "State": super::states::state(row.state),
        "PrivateDnsName": region.host_name(row).unwrap_or_default(),
        "PublicDnsName": public.zip(primary).map_or_else(String::new, |(ip, nic)| region.public_dns_in(nic.vpc, ip)),
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

/// `BlockDeviceMappings` of an instance.
pub fn block_devices(region: &RegionState, row: &Instance) -> Value {
    row.volumes
        .iter()
        .filter_map(|(device, id)| {
            let tie = region.volumes.get(id)?.attachment.as_ref()?;
            Some(object! {
                "DeviceName": device.clone(),
                "Ebs": object! {
                    "AttachTime": text(tie.attached), "DeleteOnTermination": tie.delete_on_termination,
                    "Status": tie.state.as_str(), "VolumeId": text(id),
                },
            })
        })
        .collect()
}

/// An instance as RunInstances answers: what takes a moment is still on its way, the public address too.
pub fn launched(region: &RegionState, row: &Instance) -> Value {
    let mut shown = instance(region, row);
    let set = |value: Option<&mut Value>, to: &str| {
        if let Some(value) = value {
            *value = to.into();
        }
    };
    if row.detailed_monitoring {
        set(shown.pointer_mut("/Monitoring/State"), "pending");
    }
    set(shown.pointer_mut("/MetadataOptions/State"), "pending");
    set(shown.pointer_mut("/PublicDnsName"), "");
    let interfaces = shown.pointer_mut("/NetworkInterfaces");
    for nic in interfaces
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        set(nic.pointer_mut("/Attachment/Status"), "attaching");
        drop_key(nic, "Association");
        let addresses = nic.pointer_mut("/PrivateIpAddresses");
        for address in addresses
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            drop_key(address, "Association");
        }
    }
    drop_key(&mut shown, "PublicIpAddress");
    shown
}

fn drop_key(value: &mut Value, key: &str) {
    if let Some(map) = value.as_object_mut() {
        map.remove(key);
    }
}

/// `MetadataOptions` of an instance.
pub fn metadata(options: MetadataOptions) -> Value {
    let switch = |on: bool| if on { "enabled" } else { "disabled" };
    object! {
        "State": "applied", "HttpTokens": if options.http_tokens_required { "required" } else { "optional" },
        "HttpPutResponseHopLimit": options.hop_limit, "HttpEndpoint": switch(options.endpoint_enabled),
        "HttpProtocolIpv6": switch(options.ipv6_enabled), "InstanceMetadataTags": switch(options.tags_enabled),
    }
}

/// The boot mode that the image asks for.
pub fn boot_mode(row: &Instance) -> Option<&'static str> {
    row.image_name
        .starts_with("al2023")
        .then_some("uefi-preferred")
}

/// The mode it boots in: UEFI where both image and type can, which are the Nitro ones
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html>).
pub fn current_boot_mode(row: &Instance) -> &'static str {
    let nitro = row.kind().is_some_and(|kind| kind.hypervisor == "nitro");
    if boot_mode(row).is_some() && nitro {
        "uefi"
    } else {
        "legacy-bios"
    }
}
