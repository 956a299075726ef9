//! Instance types: what each offers and costs (<https://docs.aws.amazon.com/ec2/latest/instancetypes/>).

use super::tsv;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One instance type.
#[derive(Debug)]
#[allow(
    missing_docs,
    reason = "the names are the columns of data/instance_types.tsv, explained there"
)]
pub struct InstanceType {
    pub name: &'static str,
    pub current_generation: bool,
    pub free_tier: bool,
    pub vcpus: u32,
    pub cores: u32,
    pub threads_per_core: u32,
    pub memory_mib: u64,
    pub architectures: Vec<&'static str>,
    pub clock_ghz: Option<f64>,
    pub hypervisor: &'static str,
    pub bare_metal: bool,
    pub burstable: bool,
    pub hibernation: bool,
    pub ena_support: &'static str,
    pub network_performance: &'static str,
    pub max_interfaces: u32,
    pub ipv4_per_interface: u32,
    pub ipv6_per_interface: u32,
    pub ipv6: bool,
    pub ebs_optimized: &'static str,
    pub ebs_baseline_mbps: Option<u32>,
    pub ebs_max_mbps: Option<u32>,
    pub ebs_max_iops: Option<u32>,
    pub nvme: &'static str,
    pub instance_storage: &'static str,
    pub gpus: &'static str,
    pub placement_strategies: Vec<&'static str>,
    pub usage_classes: Vec<&'static str>,
    pub root_device_types: Vec<&'static str>,
    pub network_baseline_gbps: Option<f64>,
    pub network_peak_gbps: Option<f64>,
    pub ebs_baseline_iops: Option<u32>,
    pub ebs_attachments: Option<u32>,
    pub network_cards: u32,
    pub valid_cores: Vec<u32>,
    /// What it has or lacks besides; see the file's head.
    pub features: Vec<&'static str>,
    zones: [&'static str; 2],
    linux: [Option<f64>; 2],
    windows: [Option<f64>; 2],
}

impl InstanceType {
    fn slot(region: &str) -> usize {
        usize::from(region != "us-east-1")
    }

    /// The letters of the Region's zones that offer it.
    #[must_use]
    pub fn zone_letters(&self, region: &str) -> &'static str {
        self.zones.get(Self::slot(region)).copied().unwrap_or("")
    }

    /// Whether this zone offers it.
    #[must_use]
    pub fn offered_in(&self, region: &str, zone: &str) -> bool {
        zone.chars()
            .last()
            .is_some_and(|letter| self.zone_letters(region).contains(letter))
    }

    /// Whether it has one of the features that the data file names.
    #[must_use]
    pub fn has(&self, feature: &str) -> bool {
        self.features.contains(&feature)
    }

    /// Its disks, if it has some: how many, how large in GB, `hdd` or `ssd`.
    #[must_use]
    pub fn disks(&self) -> Vec<(u32, u32, &'static str)> {
        self.instance_storage
            .split('+')
            .filter_map(|disk| {
                let (size, kind) = disk.split_once(' ')?;
                let (count, size) = size.split_once('x')?;
                let kind = if kind.ends_with("HDD") { "hdd" } else { "ssd" };
                Some((count.parse().ok()?, size.parse().ok()?, kind))
            })
            .collect()
    }

    /// On-Demand US dollars per hour; `None` where AWS does not sell it.
    #[must_use]
    pub fn price(&self, region: &str, windows: bool) -> Option<f64> {
        let row = if windows { &self.windows } else { &self.linux };
        row.get(Self::slot(region)).copied().flatten()
    }

    /// `m5` of `m5.2xlarge`.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }
}

static TYPES: LazyLock<BTreeMap<&'static str, InstanceType>> = LazyLock::new(|| {
    tsv::rows(include_str!("../../data/instance_types.tsv"))
        .map(|row| {
            let kind = InstanceType {
                name: row.get("type"),
                current_generation: row.flag("generation_current"),
                free_tier: row.flag("free_tier"),
                vcpus: row.number("vcpus").unwrap_or(0),
                cores: row.number("default_cores").unwrap_or(0),
                threads_per_core: row.number("threads_per_core").unwrap_or(1),
                memory_mib: row.number("memory_mib").unwrap_or(0),
                architectures: row.list("architectures"),
                clock_ghz: row.number("clock_ghz"),
                hypervisor: row.get("hypervisor"),
                bare_metal: row.flag("bare_metal"),
                burstable: row.flag("burstable"),
                hibernation: row.flag("hibernation"),
                ena_support: row.get("ena_support"),
                network_performance: row.get("network_performance"),
                max_interfaces: row.number("max_network_interfaces").unwrap_or(2),
                ipv4_per_interface: row.number("ipv4_per_interface").unwrap_or(2),
                ipv6_per_interface: row.number("ipv6_per_interface").unwrap_or(0),
                ipv6: row.flag("ipv6_supported"),
                ebs_optimized: row.get("ebs_optimized_support"),
                ebs_baseline_mbps: row.number("ebs_baseline_mbps"),
                ebs_max_mbps: row.number("ebs_max_mbps"),
                ebs_max_iops: row.number("ebs_max_iops"),
                nvme: row.get("nvme"),
                instance_storage: row.get("instance_storage"),
                gpus: row.get("gpus"),
                placement_strategies: row.list("placement_strategies"),
                usage_classes: row.list("usage_classes"),
                root_device_types: row.list("root_device_types"),
                network_baseline_gbps: row.number("network_baseline_gbps"),
                network_peak_gbps: row.number("network_peak_gbps"),
                ebs_baseline_iops: row.number("ebs_baseline_iops"),
                ebs_attachments: row.number("ebs_attachments"),
                network_cards: row.number("network_cards").unwrap_or(1),
                valid_cores: row
                    .list("valid_cores")
                    .iter()
                    .filter_map(|cores| cores.parse().ok())
                    .collect(),
                features: row.list("features"),
                zones: [row.get("zones_us_east_1"), row.get("zones_eu_west_1")],
                linux: [
                    row.number("price_linux_us_east_1"),
                    row.number("price_linux_eu_west_1"),
                ],
                windows: [
                    row.number("price_windows_us_east_1"),
                    row.number("price_windows_eu_west_1"),
                ],
            };
            (kind.name, kind)
        })
        .collect()
});

/// All instance types, by name.
pub fn instance_types() -> impl Iterator<Item = &'static InstanceType> {
    TYPES.values()
}

/// The instance type of this name.
#[must_use]
pub fn instance_type(name: &str) -> Option<&'static InstanceType> {
    TYPES.get(name)
}
