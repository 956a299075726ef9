//! DescribeInstanceTypes and DescribeInstanceTypeOfferings
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html>).

use crate::catalogue::{InstanceType, instance_type, instance_types};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::resources::tags::Tags;
use serde_json::{Value, json};

/// What each type offers.
///
/// # Errors
/// `InvalidInstanceType` for a type that does not exist, unknown filters.
pub fn types(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let place = ctx.region()?.name;
    let named = input.texts("InstanceTypes")?;
    let unknown: Vec<&str> = named
        .iter()
        .copied()
        .filter(|name| instance_type(name).is_none())
        .collect();
    if !unknown.is_empty() {
        return Err(ApiError::InvalidInstanceType {
            types: unknown.join(", "),
        });
    }
    let none = Tags::default();
    let rows = (0..)
        .zip(instance_types())
        .filter(|(_, kind)| {
            !kind.zone_letters(place).is_empty() && (named.is_empty() || named.contains(&kind.name))
        })
        .map(|(serial, row)| Listed {
            serial,
            tags: &none,
            row,
        });
    lookup::describe(input, "InstanceTypes", rows, values, show)
}

fn values(kind: &InstanceType, name: &str) -> Option<Vec<String>> {
    let owned = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    Some(match name {
        "instance-type" => vec![kind.name.to_owned()],
        "current-generation" => vec![kind.current_generation.to_string()],
        "free-tier-eligible" => vec![kind.free_tier.to_string()],
        "bare-metal" => vec![kind.bare_metal.to_string()],
        "burstable-performance-supported" => vec![kind.burstable.to_string()],
        "hibernation-supported" => vec![kind.hibernation.to_string()],
        "hypervisor" => vec![kind.hypervisor.to_owned()],
        "instance-storage-supported" => vec![(!kind.instance_storage.is_empty()).to_string()],
        "vcpu-info.default-vcpus" => vec![kind.vcpus.to_string()],
        "memory-info.size-in-mib" => vec![kind.memory_mib.to_string()],
        "processor-info.supported-architecture" => owned(&kind.architectures),
        "supported-usage-class" => owned(&kind.usage_classes),
        "supported-root-device-type" => owned(&kind.root_device_types),
        "placement-group-info.supported-strategies" => owned(&kind.placement_strategies),
        "network-info.network-performance" => vec![kind.network_performance.to_owned()],
        "network-info.ipv6-supported" => vec![kind.ipv6.to_string()],
        "network-info.ena-support" => vec![kind.ena_support.to_owned()],
        "ebs-info.ebs-optimized-support" => vec![kind.ebs_optimized.to_owned()],
        "ebs-info.nvme-support" => vec![kind.nvme.to_owned()],
        _ => return None,
    })
}

fn show(kind: &InstanceType) -> Value {
    let ebs = kind.ebs_max_mbps.map(|max| {
        object! { "BaselineBandwidthInMbps": kind.ebs_baseline_mbps, "MaximumBandwidthInMbps": max, "MaximumIops": kind.ebs_max_iops }
    });
    object! {
        "InstanceType": kind.name, "CurrentGeneration": kind.current_generation, "FreeTierEligible": kind.free_tier,
        "SupportedUsageClasses": json!(kind.usage_classes), "SupportedRootDeviceTypes": json!(kind.root_device_types),
        "SupportedVirtualizationTypes": json!(["hvm"]), "BareMetal": kind.bare_metal,
        "Hypervisor": if kind.hypervisor.is_empty() { None } else { Some(kind.hypervisor) },
        "ProcessorInfo": object! { "SupportedArchitectures": json!(kind.architectures), "SustainedClockSpeedInGhz": kind.clock_ghz },
        "VCpuInfo": object! { "DefaultVCpus": kind.vcpus, "DefaultCores": kind.cores, "DefaultThreadsPerCore": kind.threads_per_core },
        "MemoryInfo": object! { "SizeInMiB": kind.memory_mib }, "InstanceStorageSupported": !kind.instance_storage.is_empty(),
        "EbsInfo": object! { "EbsOptimizedSupport": kind.ebs_optimized, "EncryptionSupport": "supported", "EbsOptimizedInfo": ebs, "NvmeSupport": kind.nvme },
        "NetworkInfo": object! {
            "NetworkPerformance": kind.network_performance, "MaximumNetworkInterfaces": kind.max_interfaces,
            "Ipv4AddressesPerInterface": kind.ipv4_per_interface, "Ipv6AddressesPerInterface": kind.ipv6_per_interface,
            "Ipv6Supported": kind.ipv6, "EnaSupport": kind.ena_support,
        },
        "PlacementGroupInfo": object! { "SupportedStrategies": json!(kind.placement_strategies) },
        "HibernationSupported": kind.hibernation, "BurstablePerformanceSupported": kind.burstable,
        "DedicatedHostsSupported": !kind.burstable, "AutoRecoverySupported": !kind.bare_metal,
    }
}

/// Where each type is offered: by Region, zone or zone id.
///
/// # Errors
/// `InvalidParameterValue` for another kind of location, unknown filters.
pub fn offerings(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let location_type = input.text("LocationType")?.unwrap_or("region");
    let region = ctx.region()?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for kind in instance_types() {
        let letters = kind.zone_letters(region.name);
        let zones = region
            .facts()
            .map(|facts| facts.zones.as_slice())
            .unwrap_or_default()
            .iter()
            .filter(|zone| kind.offered_in(region.name, &zone.name));
        match location_type {
            "region" if !letters.is_empty() => pairs.push((kind.name, region.name.to_owned())),
            "region" => {}
            "availability-zone" => pairs.extend(zones.map(|zone| (kind.name, zone.name.clone()))),
            "availability-zone-id" => {
                pairs.extend(zones.map(|zone| (kind.name, zone.id.to_owned())))
            }
            other => {
                return Err(ApiError::InvalidParameterValue {
                    detail: format!("Value ({other}) for parameter locationType is invalid."),
                });
            }
        }
    }
    let none = Tags::default();
    let rows = (0..).zip(&pairs).map(|(serial, row)| Listed {
        serial,
        tags: &none,
        row,
    });
    let values = |(kind, location): &(&str, String), name: &str| {
        Some(vec![match name {
            "instance-type" => (*kind).to_owned(),
            "location" => location.clone(),
            _ => return None,
        }])
    };
    lookup::describe(
        input,
        "InstanceTypeOfferings",
        rows,
        values,
        |(kind, location)| {
            object! { "InstanceType": *kind, "LocationType": location_type, "Location": location.clone() }
        },
    )
}
