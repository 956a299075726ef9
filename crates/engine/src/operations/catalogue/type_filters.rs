//! The filters of DescribeInstanceTypes
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html>).

use super::instance_type::{auto_recovery, boot_modes, dedicated_hosts, support};
use crate::catalogue::InstanceType;

/// A type's values for a filter; `None` for a name that there is not.
pub fn values(kind: &InstanceType, name: &str) -> Option<Vec<String>> {
    if let Some(field) = name.strip_prefix("network-info.") {
        return network(kind, field);
    }
    if let Some(field) = name.strip_prefix("ebs-info.") {
        return ebs(kind, field);
    }
    if let Some(field) = name.strip_prefix("instance-storage-info.") {
        return storage(kind, field);
    }
    let owned = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let one = |value: &dyn ToString| Some(vec![value.to_string()]);
    match name {
        "instance-type" => one(&kind.name),
        "current-generation" => one(&kind.current_generation),
        "free-tier-eligible" => one(&kind.free_tier),
        "bare-metal" => one(&kind.bare_metal),
        "burstable-performance-supported" => one(&kind.burstable),
        "hibernation-supported" => one(&kind.hibernation),
        "auto-recovery-supported" => one(&auto_recovery(kind)),
        "dedicated-hosts-supported" => one(&dedicated_hosts(kind)),
        "hypervisor" => Some(
            Some(kind.hypervisor.to_owned())
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect(),
        ),
        "instance-storage-supported" => one(&!kind.instance_storage.is_empty()),
        "vcpu-info.default-vcpus" => one(&kind.vcpus),
        "vcpu-info.default-cores" => one(&kind.cores),
        "vcpu-info.default-threads-per-core" => one(&kind.threads_per_core),
        "vcpu-info.valid-cores" => Some(kind.valid_cores.iter().map(ToString::to_string).collect()),
        "vcpu-info.valid-threads-per-core" => Some(
            (1..=kind.threads_per_core)
                .map(|threads| threads.to_string())
                .collect(),
        ),
        "memory-info.size-in-mib" => one(&kind.memory_mib),
        "processor-info.supported-architecture" => Some(owned(&kind.architectures)),
        "processor-info.sustained-clock-speed-in-ghz" => Some(
            kind.clock_ghz
                .map(|speed| speed.to_string())
                .into_iter()
                .collect(),
        ),
        "processor-info.supported-features" => Some(Vec::new()),
        "supported-usage-class" => Some(owned(&kind.usage_classes)),
        "supported-root-device-type" => Some(owned(&kind.root_device_types)),
        "supported-virtualization-type" => one(&"hvm"),
        "supported-boot-mode" => Some(owned(&boot_modes(kind))),
        "placement-group-info.supported-strategies" => Some(owned(&kind.placement_strategies)),
        "nitro-enclaves-support" => one(&support(kind.has("enclaves"))),
        "nitro-tpm-support" => one(&support(kind.has("tpm"))),
        "nitro-tpm-info.supported-versions" => Some(
            kind.has("tpm")
                .then(|| "2.0".to_owned())
                .into_iter()
                .collect(),
        ),
        "reboot-migration-support" => one(&support(kind.hypervisor == "nitro")),
        _ => None,
    }
}

fn network(kind: &InstanceType, field: &str) -> Option<Vec<String>> {
    Some(vec![match field {
        "network-performance" => kind.network_performance.to_owned(),
        "maximum-network-cards" => kind.network_cards.to_string(),
        "maximum-network-interfaces" => kind.max_interfaces.to_string(),
        "ipv4-addresses-per-interface" => kind.ipv4_per_interface.to_string(),
        "ipv6-addresses-per-interface" => kind.ipv6_per_interface.to_string(),
        "ipv6-supported" => kind.ipv6.to_string(),
        "ena-support" => kind.ena_support.to_owned(),
        "efa-supported" => kind.has("efa").to_string(),
        "encryption-in-transit-supported" => kind.has("transit").to_string(),
        "flexible-ena-queues-support" => support(false).to_owned(),
        "efa-info.maximum-efa-interfaces" if kind.has("efa") => kind.network_cards.to_string(),
        "efa-info.maximum-efa-interfaces" | "bandwidth-weightings" => return Some(Vec::new()),
        _ => return None,
    }])
}

fn ebs(kind: &InstanceType, field: &str) -> Option<Vec<String>> {
    // Throughput is bandwidth in bytes.
    let per_second = |mbps: Option<u32>| mbps.map(|mbps| (f64::from(mbps) / 8.0).to_string());
    let number = |value: Option<u32>| value.map(|value| value.to_string());
    let value = match field {
        "ebs-optimized-support" => Some(kind.ebs_optimized.to_owned()),
        "encryption-support" => Some("supported".to_owned()),
        "nvme-support" => Some(kind.nvme.to_owned()),
        "maximum-ebs-attachments" => number(kind.ebs_attachments),
        "attachment-limit-type" => kind
            .ebs_attachments
            .map(|_| super::instance_type::attachment_limit(kind).to_owned()),
        "ebs-optimized-info.baseline-bandwidth-in-mbps" => number(kind.ebs_baseline_mbps),
        "ebs-optimized-info.baseline-iops" => number(kind.ebs_baseline_iops),
        "ebs-optimized-info.baseline-throughput-in-mbps" => per_second(kind.ebs_baseline_mbps),
        "ebs-optimized-info.maximum-bandwidth-in-mbps" => number(kind.ebs_max_mbps),
        "ebs-optimized-info.maximum-iops" => number(kind.ebs_max_iops),
        "ebs-optimized-info.maximum-throughput-in-mbps" => per_second(kind.ebs_max_mbps),
        _ => return None,
    };
    Some(value.into_iter().collect())
}

fn storage(kind: &InstanceType, field: &str) -> Option<Vec<String>> {
    let disks = kind.disks();
    let each = |show: &dyn Fn(&(u32, u32, &str)) -> String| disks.iter().map(show).collect();
    Some(match field {
        "disk.count" => each(&|(count, _, _)| count.to_string()),
        "disk.size-in-gb" => each(&|(_, size, _)| size.to_string()),
        "disk.type" => each(&|(_, _, kind)| (*kind).to_owned()),
        "total-size-in-gb" if disks.is_empty() => Vec::new(),
        "total-size-in-gb" => vec![
            disks
                .iter()
                .map(|(count, size, _)| count * size)
                .sum::<u32>()
                .to_string(),
        ],
        "nvme-support" if disks.is_empty() => Vec::new(),
        "nvme-support" => vec![super::instance_type::disk_nvme(kind).to_owned()],
        "encryption-support" if disks.is_empty() => Vec::new(),
        "encryption-support" => vec![super::instance_type::disk_encryption(kind).to_owned()],
        _ => return None,
    })
}
