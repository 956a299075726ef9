//! The filters of DescribeInstances
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>).

use crate::operations::network_interface::filters as interface;
use crate::region::RegionState;
use crate::resources::instance::Instance;

/// An instance's values for a filter; `None` for a name that DescribeInstances does not have.
pub fn values(region: &RegionState, row: &Instance, name: &str) -> Option<Vec<String>> {
    if let Some(field) = name.strip_prefix("network-interface.") {
        return interfaces(region, row, field);
    }
    if let Some(field) = name.strip_prefix("block-device-mapping.") {
        return devices(region, row, field);
    }
    let one = |value: &dyn ToString| Some(vec![value.to_string()]);
    let list = |value: Option<String>| Some(value.into_iter().collect());
    let nic = || region.primary_interface(row);
    let os = row.os();
    match name {
        "instance-id" => one(&row.id),
        "image-id" => one(&row.image),
        "instance-type" => one(&row.instance_type),
        "instance-state-name" => one(&row.state.as_str()),
        "instance-state-code" => one(&row.state.code()),
        "availability-zone" => one(&row.zone),
        "availability-zone-id" => one(&region.zone_id(row.zone)),
        "subnet-id" => one(&row.subnet),
        "vpc-id" => one(&row.vpc),
        "key-name" => list(row.key_name.clone()),
        "reservation-id" => one(&row.reservation),
        "owner-id" | "requester-id" => one(&region.account),
        "launch-index" => one(&row.launch_index),
        "launch-time" | "usage-operation-update-time" => Some(row.launched.in_filters()),
        "client-token" => one(&row.client_token),
        "private-ip-address" => list(nic().map(|nic| nic.private_ip().to_string())),
        "ip-address" => list(
            nic()
                .and_then(|nic| nic.public_ip())
                .map(|ip| ip.to_string()),
        ),
        "dns-name" => {
            list(nic().and_then(|nic| Some(region.public_dns_in(nic.vpc, nic.public_ip()?))))
        }
        "private-dns-name" => list(region.host_name(row)),
        "hibernation-options.configured" => one(&row.options.hibernation),
        "instance.group-id" | "group-id" => Some(
            nic()
                .map(|nic| nic.groups.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
        ),
        "instance.group-name" | "group-name" => Some(
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
        "placement-group-name" => list(
            row.placement
                .group
                .and_then(|id| region.placement_groups.get(&id))
                .map(|group| group.name.clone()),
        ),
        "placement-partition-number" => {
            list(row.placement.partition.map(|number| number.to_string()))
        }
        "architecture" => list(os.map(|os| os.architecture.to_owned())),
        "platform" => list(os.filter(|os| os.windows).map(|_| "windows".to_owned())),
        "platform-details" => list(os.map(|os| os.platform_details.to_owned())),
        "usage-operation" => list(os.map(|os| os.usage_operation.to_owned())),
        "root-device-type" => one(&"ebs"),
        "root-device-name" => list(os.map(|os| os.root_device_name.to_owned())),
        "tenancy" => one(&"default"),
        "virtualization-type" => one(&"hvm"),
        "hypervisor" => one(&"xen"),
        "ebs-optimized" => one(&row.ebs_optimized),
        "ena-support" => one(&row
            .kind()
            .is_none_or(|kind| kind.ena_support != "unsupported")),
        "boot-mode" => list(super::show::boot_mode(row).map(str::to_owned)),
        "current-instance-boot-mode" => one(&super::show::current_boot_mode(row)),
        "monitoring-state" => one(&if row.detailed_monitoring {
            "enabled"
        } else {
            "disabled"
        }),
        "source-dest-check" => list(nic().map(|nic| nic.source_dest_check.to_string())),
        "state-reason-code" => list(row.state_reason.map(|(code, _)| code.to_owned())),
        "state-reason-message" => list(row.state_reason.map(|(_, message)| message.to_owned())),
        "reason" => one(&row.transition_reason),
        "iam-instance-profile.arn" => list(
            region
                .iam_association_of(row)
                .map(|tie| tie.profile_arn.clone()),
        ),
        "iam-instance-profile.id" => list(
            region
                .iam_association_of(row)
                .map(|tie| tie.profile_id.clone()),
        ),
        _ => options(row, name).or_else(|| constants(name)),
    }
}

/// The values of all volumes together.
fn devices(region: &RegionState, row: &Instance, field: &str) -> Option<Vec<String>> {
    let pointer = match field {
        "attach-time" => "/Ebs/AttachTime",
        "delete-on-termination" => "/Ebs/DeleteOnTermination",
        "device-name" => "/DeviceName",
        "status" => "/Ebs/Status",
        "volume-id" => "/Ebs/VolumeId",
        _ => return None,
    };
    let shown = super::show::block_devices(region, row);
    let all = shown.as_array().into_iter().flatten();
    Some(
        all.filter_map(|device| device.pointer(pointer))
            .map(|value| {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            })
            .collect(),
    )
}

/// What the options of the launch answer.
fn options(row: &Instance, name: &str) -> Option<Vec<String>> {
    let metadata = row.options.metadata;
    let dns = row.options.private_dns;
    let switch = |on: bool| if on { "enabled" } else { "disabled" }.to_owned();
    Some(vec![match name {
        "metadata-options.http-tokens" => if metadata.http_tokens_required {
            "required"
        } else {
            "optional"
        }
        .to_owned(),
        "metadata-options.http-put-response-hop-limit" => metadata.hop_limit.to_string(),
        "metadata-options.http-endpoint" => switch(metadata.endpoint_enabled),
        "metadata-options.http-protocol-ipv4" => "enabled".to_owned(),
        "metadata-options.http-protocol-ipv6" => switch(metadata.ipv6_enabled),
        "metadata-options.instance-metadata-tags" => switch(metadata.tags_enabled),
        "metadata-options.state" => "applied".to_owned(),
        "maintenance-options.auto-recovery" => if row.options.auto_recovery {
            "default"
        } else {
            "disabled"
        }
        .to_owned(),
        "private-dns-name-options.hostname-type" => if dns.resource_name {
            "resource-name"
        } else {
            "ip-name"
        }
        .to_owned(),
        "private-dns-name-options.enable-resource-name-dns-a-record" => dns.a_record.to_string(),
        "private-dns-name-options.enable-resource-name-dns-aaaa-record" => {
            dns.aaaa_record.to_string()
        }
        _ => return None,
    }])
}

/// What is the same for every instance of the lab, or what none has.
fn constants(name: &str) -> Option<Vec<String>> {
    Some(match name {
        "enclave-options.enabled" | "operator.managed" => {
            vec!["false".to_owned()]
        }
        "capacity-reservation-specification.capacity-reservation-preference" => {
            vec!["open".to_owned()]
        }
        "network-performance-options.bandwidth-weighting" => vec!["default".to_owned()],
        "affinity"
        | "capacity-reservation-id"
        | "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id"
        | "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn"
        | "host-id"
        | "instance-lifecycle"
        | "ipv6-address"
        | "kernel-id"
        | "operator.principal"
        | "outpost-arn"
        | "product-code"
        | "product-code.type"
        | "ramdisk-id"
        | "spot-instance-request-id"
        | "tpm-support" => Vec::new(),
        _ => return None,
    })
}

/// The values of all interfaces together.
fn interfaces(region: &RegionState, row: &Instance, field: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for nic in row
        .interfaces
        .iter()
        .filter_map(|id| region.network_interfaces.get(id))
    {
        all.extend(interface::of_instance(region, nic, field)?);
    }
    // A terminated instance has none; the name must be known all the same.
    (!row.interfaces.is_empty() || interface::is_known(field)).then_some(all)
}
