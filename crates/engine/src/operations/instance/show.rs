//! How an instance is shown wherever it is.

use crate::catalogue::{self, Image, InstanceType};
use crate::clock::Instant;
use crate::ids::{ImageId, PlacementGroupId, SecurityGroupId, SubnetId, VpcId};
use crate::json::{Value, json};
use crate::operations::network_interface::show;
use crate::output::{Repeated, RepeatedText, text};
use crate::region::RegionState;
use crate::resources::instance::{Instance, InstanceState};
use crate::resources::instance_options::{MetadataOptions, PrivateDnsNameOptions};
use crate::{constant, object};
use std::net::Ipv4Addr;

/// Shows the instances of one listing, one after the other: what neighbours have in common is made once.
pub struct Pictures<'r> {
    pub(crate) region: &'r RegionState,
    pub(crate) account: Value,
    pub(crate) groups: Repeated<Vec<SecurityGroupId>>,
    pub(crate) subnets: RepeatedText<SubnetId>,
    pub(crate) private_names: RepeatedText<Ipv4Addr>,
    pub(crate) public_names: RepeatedText<(VpcId, Ipv4Addr)>,
    pub(crate) moments: RepeatedText<Instant>,
    images: RepeatedText<ImageId>,
    kinds: Repeated<&'static str, Option<&'static InstanceType>>,
    systems: Repeated<&'static str, Option<&'static Image>>,
    processors: Repeated<Option<(u32, u32)>>,
    metadata: Repeated<MetadataOptions>,
    names: Repeated<PrivateDnsNameOptions>,
    states: Repeated<InstanceState>,
    #[allow(clippy::type_complexity, reason = "all that a placement shows")]
    placements: Repeated<(Option<PlacementGroupId>, Option<u32>, &'static str)>,
}

/// An instance as AWS shows it.
pub fn instance(region: &RegionState, row: &Instance) -> Value {
    Pictures::new(region).instance(row)
}

impl<'r> Pictures<'r> {
    /// A listing of this Region's instances.
    pub fn new(region: &'r RegionState) -> Self {
        Pictures {
            region,
            account: text(region.account),
            groups: Repeated::default(),
            subnets: Repeated::default(),
            private_names: Repeated::default(),
            public_names: Repeated::default(),
            moments: Repeated::default(),
            images: Repeated::default(),
            kinds: Repeated::default(),
            systems: Repeated::default(),
            processors: Repeated::default(),
            metadata: Repeated::default(),
            names: Repeated::default(),
            states: Repeated::default(),
            placements: Repeated::default(),
        }
    }

    /// An instance as AWS shows it.
    pub fn instance(&mut self, row: &Instance) -> Value {
        let region = self.region;
        let mut interfaces = Vec::with_capacity(row.interfaces.len());
        let mut primary = None;
        for id in &row.interfaces {
            if let Some(nic) = region.network_interfaces.get(id) {
                primary = primary.or_else(|| (Some(id) == row.interfaces.first()).then_some(nic));
                interfaces.push(show::of_instance(self, nic));
            }
        }
        // The names of the primary interface were made for the interface, unless there are several.
        let private_name = match primary {
            Some(nic) if !row.options.private_dns.resource_name => {
                let make = |ip: &Ipv4Addr| region.private_name(*ip);
                self.private_names.of(nic.private_ip(), make)
            }
            _ => region.host_name(row).unwrap_or_default().into(),
        };
        let public = primary.and_then(|nic| nic.public_ip().map(|ip| (nic.vpc, ip)));
        let public_name = public.map_or_else(Default::default, |from| {
            let make = |(vpc, ip): &(VpcId, Ipv4Addr)| region.public_name_in(*vpc, *ip);
            self.public_names.of(from, make)
        });
        let groups = primary.map_or_else(|| json!([]), |nic| self.groups(&nic.groups));
        let kind = self
            .kinds
            .of(row.instance_type, |name| catalogue::instance_type(name));
        let os = self.systems.of(row.image_name, |_| row.os());
        let gone = row.state == InstanceState::Terminated;
        let launched = self.moments.of(row.launched, |moment| moment.text());
        let mounts = if gone {
            json!([])
        } else {
            self.block_devices(row)
        };
        object! {
            "Architecture": os.map(|os| os.architecture),
            "BlockDeviceMappings": mounts,
            "ClientToken": row.client_token.as_str(),
            "EbsOptimized": row.ebs_optimized,
            "EnaSupport": kind.is_none_or(|kind| kind.ena_support != "unsupported"),
            "Hypervisor": "xen",
            "IamInstanceProfile": region.iam_association_of(row).map(|tie| object! { "Arn": tie.profile_arn.clone(), "Id": tie.profile_id.clone() }),
            "NetworkInterfaces": interfaces,
            "RootDeviceName": os.map(|os| os.root_device_name),
            "RootDeviceType": "ebs",
            "SecurityGroups": groups,
            "SourceDestCheck": primary.map(|nic| nic.source_dest_check),
            "StateReason": row.state_reason.or((row.state == InstanceState::Pending).then_some(("pending", "pending")))
                .map(|(code, message)| object! { "Code": code, "Message": message }),
            "Tags": row.tags.describe(),
            "VirtualizationType": "hvm",
            "CpuOptions": self.processors.of(row.options.cpu.or(kind.map(|kind| (kind.cores, kind.threads_per_core))), |cpu| {
                cpu.map_or(Value::Null, |(cores, threads)| object! { "CoreCount": cores, "ThreadsPerCore": threads })
            }),
            "CapacityReservationSpecification": constant! { "CapacityReservationPreference": "open" },
            "HibernationOptions": if row.options.hibernation {
                constant! { "Configured": true }
            } else {
                constant! { "Configured": false }
            },
            "MetadataOptions": self.metadata.of(row.options.metadata, |options| metadata(*options)),
            "EnclaveOptions": constant! { "Enabled": false },
            "BootMode": boot_mode(row),
            "PlatformDetails": os.map(|os| os.platform_details),
            "UsageOperation": os.map(|os| os.usage_operation),
            "UsageOperationUpdateTime": launched.clone(),
            "PrivateDnsNameOptions": self.names.of(row.options.private_dns, |dns| object! {
                "HostnameType": if dns.resource_name { "resource-name" } else { "ip-name" },
                "EnableResourceNameDnsARecord": dns.a_record, "EnableResourceNameDnsAAAARecord": dns.aaaa_record,
            }),
            "MaintenanceOptions": if row.options.auto_recovery {
                constant! { "AutoRecovery": "default" }
            } else {
                constant! { "AutoRecovery": "disabled" }
            },
            "CurrentInstanceBootMode": boot_mode_of(row, kind),
            "NetworkPerformanceOptions": constant! { "BandwidthWeighting": "default" },
            "Operator": constant! { "Managed": false },
            "InstanceId": row.id,
            "ImageId": self.images.of(row.image, |id| id.text()),
            "State": self.states.of(row.state, |state| super::states::state(*state)),
            "PrivateDnsName": private_name,
            "PublicDnsName": public_name,
            "StateTransitionReason": row.transition_reason.as_str(),
            "KeyName": row.key_name.as_deref(),
            "AmiLaunchIndex": row.launch_index,
            "ProductCodes": Vec::<Value>::new(),
            "InstanceType": row.instance_type,
            "LaunchTime": launched,
            "Placement": self.placements.of((row.placement.group, row.placement.partition, row.zone), |(group, partition, zone)| object! {
                "GroupName": group.and_then(|id| region.placement_groups.get(&id)).map_or("", |group| group.name.as_str()),
                "PartitionNumber": *partition, "Tenancy": "default", "AvailabilityZone": *zone,
            }),
            "Platform": os.is_some_and(|os| os.windows).then_some("windows"),
            "Monitoring": if row.detailed_monitoring { constant! { "State": "enabled" } } else { constant! { "State": "disabled" } },
            "SubnetId": (!gone).then(|| self.subnets.of(row.subnet, |id| id.text())),
            "VpcId": (!gone).then_some(row.vpc),
            "PrivateIpAddress": primary.map(|nic| nic.private_ip()),
            "PublicIpAddress": public.map(|(_, ip)| ip),
        }
    }

    /// Groups with their names.
    pub(crate) fn groups(&mut self, ids: &[SecurityGroupId]) -> Value {
        let groups = &self.region.security_groups;
        self.groups.of(ids.to_vec(), |ids| {
            let known = ids.iter().filter_map(|id| groups.get(id));
            known
                .map(|group| object! { "GroupId": group.id, "GroupName": group.name.as_str() })
                .collect()
        })
    }

    /// `BlockDeviceMappings` of an instance.
    fn block_devices(&mut self, row: &Instance) -> Value {
        let volumes = &self.region.volumes;
        row.volumes
            .iter()
            .filter_map(|(device, id)| {
                let tie = volumes.get(id)?.attachment.as_ref()?;
                Some(object! {
                    "DeviceName": device.as_str(),
                    "Ebs": object! {
                        "AttachTime": self.moments.of(tie.attached, |moment| moment.text()), "DeleteOnTermination": tie.delete_on_termination,
                        "Status": tie.state.as_str(), "VolumeId": *id,
                    },
                })
            })
            .collect()
    }
}

/// `BlockDeviceMappings` of an instance.
pub fn block_devices(region: &RegionState, row: &Instance) -> Value {
    Pictures::new(region).block_devices(row)
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
    boot_mode_of(row, row.kind())
}

fn boot_mode_of(row: &Instance, kind: Option<&InstanceType>) -> &'static str {
    let nitro = kind.is_some_and(|kind| kind.hypervisor == "nitro");
    if boot_mode(row).is_some() && nitro {
        "uefi"
    } else {
        "legacy-bios"
    }
}
