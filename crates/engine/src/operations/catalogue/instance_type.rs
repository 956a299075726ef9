//! DescribeInstanceTypes and DescribeInstanceTypeOfferings
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html>).

use crate::catalogue::{InstanceType, instance_type, instance_types};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::resources::tags::Tags;

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
    lookup::describe(
        input,
        "InstanceTypes",
        rows,
        super::type_filters::values,
        show,
    )
}

/// `supported` or `unsupported`.
pub(super) fn support(has: bool) -> &'static str {
    if has { "supported" } else { "unsupported" }
}

/// Whether AWS moves an instance of it to other hardware by itself.
pub(super) fn auto_recovery(kind: &InstanceType) -> bool {
    !kind.has("norecovery")
}

/// Whether it runs on Dedicated Hosts.
pub(super) fn dedicated_hosts(kind: &InstanceType) -> bool {
    !kind.has("nohosts")
}

/// How it can boot.
pub(super) fn boot_modes(kind: &InstanceType) -> Vec<&'static str> {
    let modes = [("bios", "legacy-bios"), ("uefi", "uefi")];
    modes
        .into_iter()
        .filter(|(feature, _)| kind.has(feature))
        .map(|(_, mode)| mode)
        .collect()
}

/// Who made the processor: the letter after the generation says so
/// (<https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html>).
fn manufacturer(kind: &InstanceType) -> &'static str {
    let options = kind
        .family()
        .trim_start_matches(|c: char| !c.is_ascii_digit());
    if kind.architectures.contains(&"arm64_mac") {
        "Apple"
    } else if kind.architectures.contains(&"arm64") {
        "AWS"
    } else if options
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .starts_with('a')
    {
        "AMD"
    } else {
        "Intel"
    }
}

/// Whether volumes share their places with interfaces and disks.
pub(super) fn attachment_limit(kind: &InstanceType) -> &'static str {
    if kind.has("ownvolumes") {
        "dedicated"
    } else {
        "shared"
    }
}

/// Whether its disks are NVMe ones.
pub(super) fn disk_nvme(kind: &InstanceType) -> &'static str {
    if kind.instance_storage.contains("NVMe") {
        "required"
    } else {
        "unsupported"
    }
}

/// Whether its disks are encrypted: NVMe ones always are
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-volumes.html>).
pub(super) fn disk_encryption(kind: &InstanceType) -> &'static str {
    if kind.instance_storage.contains("NVMe") {
        "required"
    } else {
        "unsupported"
    }
}

fn show(kind: &InstanceType) -> Value {
    let threads: Vec<u32> = (1..=kind.threads_per_core).collect();
    object! {
        "InstanceType": kind.name, "CurrentGeneration": kind.current_generation, "FreeTierEligible": kind.free_tier,
        "SupportedUsageClasses": json!(kind.usage_classes), "SupportedRootDeviceTypes": json!(kind.root_device_types),
        "SupportedVirtualizationTypes": json!(["hvm"]), "BareMetal": kind.bare_metal,
        "Hypervisor": if kind.hypervisor.is_empty() { None } else { Some(kind.hypervisor) },
        "ProcessorInfo": object! { "SupportedArchitectures": json!(kind.architectures), "SustainedClockSpeedInGhz": kind.clock_ghz, "Manufacturer": manufacturer(kind) },
        "VCpuInfo": object! {
            "DefaultVCpus": kind.vcpus, "DefaultCores": kind.cores, "DefaultThreadsPerCore": kind.threads_per_core,
            "ValidCores": if kind.valid_cores.is_empty() { Value::Null } else { json!(kind.valid_cores) },
            "ValidThreadsPerCore": if kind.valid_cores.is_empty() { Value::Null } else { json!(threads) },
        },
        "MemoryInfo": object! { "SizeInMiB": kind.memory_mib }, "InstanceStorageSupported": !kind.instance_storage.is_empty(),
        "InstanceStorageInfo": storage(kind), "EbsInfo": ebs(kind), "NetworkInfo": network(kind), "GpuInfo": gpus(kind),
        "PlacementGroupInfo": object! { "SupportedStrategies": json!(kind.placement_strategies) },
        "HibernationSupported": kind.hibernation, "BurstablePerformanceSupported": kind.burstable,
        "DedicatedHostsSupported": dedicated_hosts(kind), "AutoRecoverySupported": auto_recovery(kind),
        "SupportedBootModes": json!(boot_modes(kind)), "NitroEnclavesSupport": support(kind.has("enclaves")),
        "NitroTpmSupport": support(kind.has("tpm")),
        "NitroTpmInfo": kind.has("tpm").then(|| object! { "SupportedVersions": json!(["2.0"]) }),
        "PhcSupport": support(false), "RebootMigrationSupport": support(kind.hypervisor == "nitro"), "SupportedInRegion": true,
    }
}

fn storage(kind: &InstanceType) -> Option<Value> {
    let disks = kind.disks();
    if disks.is_empty() {
        return None;
    }
    let total: u32 = disks.iter().map(|(count, size, _)| count * size).sum();
    let shown: Vec<Value> = disks
        .iter()
        .map(|(count, size, kind)| object! { "SizeInGB": *size, "Count": *count, "Type": *kind })
        .collect();
    Some(object! {
        "TotalSizeInGB": total, "Disks": shown, "NvmeSupport": disk_nvme(kind), "EncryptionSupport": disk_encryption(kind),
    })
}

fn ebs(kind: &InstanceType) -> Value {
    let per_second = |mbps: Option<u32>| mbps.map(|mbps| f64::from(mbps) / 8.0);
    let optimized = kind.ebs_max_mbps.map(|max| {
        object! {
            "BaselineBandwidthInMbps": kind.ebs_baseline_mbps, "BaselineThroughputInMBps": per_second(kind.ebs_baseline_mbps),
            "BaselineIops": kind.ebs_baseline_iops, "MaximumBandwidthInMbps": max,
            "MaximumThroughputInMBps": per_second(Some(max)), "MaximumIops": kind.ebs_max_iops,
        }
    });
    object! {
        "EbsOptimizedSupport": kind.ebs_optimized, "EncryptionSupport": "supported", "EbsOptimizedInfo": optimized,
        "NvmeSupport": kind.nvme, "MaximumEbsAttachments": kind.ebs_attachments,
        "AttachmentLimitType": kind.ebs_attachments.map(|_| attachment_limit(kind)),
    }
}

fn network(kind: &InstanceType) -> Value {
    // The file sums over the cards; each has its part.
    let part = |all: Option<f64>| all.map(|all| all / f64::from(kind.network_cards));
    let cards: Vec<Value> = (0..kind.network_cards)
        .map(|index| {
            object! {
                "NetworkCardIndex": index, "NetworkPerformance": card_performance(kind),
                "MaximumNetworkInterfaces": kind.max_interfaces / kind.network_cards,
                "BaselineBandwidthInGbps": part(kind.network_baseline_gbps), "PeakBandwidthInGbps": part(kind.network_peak_gbps),
            }
        })
        .collect();
    object! {
        "NetworkPerformance": kind.network_performance, "MaximumNetworkInterfaces": kind.max_interfaces,
        "MaximumNetworkCards": kind.network_cards, "DefaultNetworkCardIndex": 0, "NetworkCards": cards,
        "Ipv4AddressesPerInterface": kind.ipv4_per_interface, "Ipv6AddressesPerInterface": kind.ipv6_per_interface,
        "Ipv6Supported": kind.ipv6, "EnaSupport": kind.ena_support, "EfaSupported": kind.has("efa"),
        "EfaInfo": kind.has("efa").then(|| object! { "MaximumEfaInterfaces": kind.network_cards }),
        "EncryptionInTransitSupported": kind.has("transit"), "EnaSrdSupported": false,
        "FlexibleEnaQueuesSupport": support(false), "SecondaryNetworkSupported": false,
        "ConnectionTrackingConfiguration": object! {
            "DefaultTcpEstablishedTimeout": 432_000, "DefaultUdpStreamTimeout": 180, "DefaultUdpTimeout": 30,
        },
    }
}

/// `100 Gigabit` of `4x 100 Gigabit`.
fn card_performance(kind: &InstanceType) -> &'static str {
    kind.network_performance
        .split_once("x ")
        .map_or(kind.network_performance, |(_, each)| each)
}

fn gpus(kind: &InstanceType) -> Option<Value> {
    // The column names Inferentia and Trainium too, which are no graphics processors.
    let list: Vec<Value> = kind
        .gpus
        .split('+')
        .filter_map(|entry| entry.split_once("x "))
        .filter(|(_, name)| !name.starts_with("Inferentia") && !name.starts_with("Trainium"))
        .filter_map(|(count, name)| {
            let count: u32 = count.parse().ok()?;
            Some(object! { "Name": name, "Manufacturer": "NVIDIA", "Count": count })
        })
        .collect();
    (!list.is_empty()).then(|| object! { "Gpus": list })
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
            // The lab has no Outpost.
            "outpost" => {}
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
