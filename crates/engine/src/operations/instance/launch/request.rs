//! What a RunInstances call asks for, with AWS's defaults filled in and AWS's refusals.

use crate::catalogue::{self, Image, InstanceType};
use crate::error::{ApiError, ApiResult};
use crate::guest::user_data;
use crate::ids::{ImageId, PlacementGroupId, ResourceId, SecurityGroupId, SubnetId, VpcId};
use crate::input::Input;
use crate::operations::lookup;
use crate::region::RegionState;
use crate::resources::placement_group::Strategy;
use crate::resources::security_group::GROUPS_PER_INTERFACE;
use crate::resources::tags::Tags;
use crate::resources::vpc::Subnet;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// A checked request.
#[derive(Debug)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub(crate) struct Launch {
    pub image: &'static Image,
    pub kind: &'static InstanceType,
    pub key_name: Option<String>,
    pub subnet: SubnetId,
    pub vpc: VpcId,
    pub zone: &'static str,
    pub groups: Vec<SecurityGroupId>,
    pub private_ip: Option<Ipv4Addr>,
    pub public_ip: bool,
    pub group: Option<PlacementGroupId>,
    pub partition: Option<u32>,
    pub user_data: Option<Rc<[u8]>>,
    pub disable_api_termination: bool,
    pub disable_api_stop: bool,
    pub shutdown_terminates: bool,
    pub ebs_optimized: bool,
    pub detailed_monitoring: bool,
    pub http_tokens_required: bool,
    pub client_token: String,
    pub root_volume_gib: u32,
    pub root_volume_type: &'static str,
    pub interface_description: String,
    pub tags: Tags,
}

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

fn combination(detail: &str) -> ApiError {
    ApiError::InvalidParameterCombination { detail: detail.to_owned() }
}

impl Launch {
    /// The partition that is asked for, if the group takes such instances at all.
    pub(crate) fn partition(region: &RegionState, group: Option<PlacementGroupId>, kind: &InstanceType, number: Option<i64>) -> ApiResult<Option<u32>> {
        partition(region, group, kind, number)
    }

    pub(crate) fn read(region: &RegionState, input: Input<'_>) -> ApiResult<Self> {
        let image = image(region, input.required("ImageId")?)?;
        let kind = kind(input.text("InstanceType")?.unwrap_or("m1.small"))?;
        fits(image, kind)?;
        let key_name = input.text("KeyName")?.map(str::to_owned);
        if let Some(name) = key_name.as_deref().filter(|name| region.key_by_name(name).is_none()) {
            return Err(ApiError::InvalidKeyPairNotFound { key_name: name.to_owned() });
        }
        let interfaces = input.objects("NetworkInterfaces")?;
        if interfaces.len() > 1 {
            return Err(ApiError::NotModelled { what: "A launch with more than one network interface".to_owned() });
        }
        let interface = interfaces.first().copied();
        let at_top = input.has("SubnetId") || input.has("SecurityGroupIds") || input.has("SecurityGroups") || input.has("PrivateIpAddress");
        if interface.is_some() && at_top {
            return Err(combination("Network interfaces and an instance-level security groups may not be specified on the same request"));
        }
        let wired = interface.unwrap_or(input);
        let placement = input.object("Placement")?;
        let group = lookup::placement_group(region, placement)?;
        let subnet = subnet(region, wired.text("SubnetId")?, placement.text("AvailabilityZone")?, kind, group)?;
        offered(region, kind, subnet.zone)?;
        let group_ids = wired.texts(if interface.is_some() { "Groups" } else { "SecurityGroupIds" })?;
        let groups = groups(region, subnet.vpc, &group_ids, &input.texts("SecurityGroups")?)?;
        let private_ip = wired.address("PrivateIpAddress")?;
        if let Some(ip) = private_ip.filter(|ip| !subnet.usable(*ip)) {
            return Err(invalid(format!("Address {ip} does not fall within the subnet's address range")));
        }
        let partition = partition(region, group, kind, placement.integer("PartitionNumber")?)?;
        if let Some(tenancy) = placement.text("Tenancy")?.filter(|tenancy| *tenancy != "default") {
            return Err(ApiError::NotModelled { what: format!("The tenancy {tenancy}") });
        }
        let data = input.blob("UserData")?;
        if data.as_ref().is_some_and(|data| data.len() > user_data::LIMIT) {
            return Err(invalid(format!("User data is limited to {} bytes", user_data::LIMIT)));
        }
        let (root_volume_gib, root_volume_type) = root_volume(image, input)?;
        Ok(Launch {
            image,
            kind,
            key_name,
            subnet: subnet.id,
            vpc: subnet.vpc,
            zone: subnet.zone,
            groups,
            private_ip,
            public_ip: interface.map_or(Ok(None), |nic| nic.boolean("AssociatePublicIpAddress"))?.unwrap_or(subnet.map_public_ip_on_launch),
            group,
            partition,
            user_data: data.map(Rc::from),
            disable_api_termination: input.boolean("DisableApiTermination")?.unwrap_or(false),
            disable_api_stop: input.boolean("DisableApiStop")?.unwrap_or(false),
            shutdown_terminates: shutdown(input.text("InstanceInitiatedShutdownBehavior")?)?,
            ebs_optimized: input.boolean("EbsOptimized")?.unwrap_or(kind.ebs_optimized == "default"),
            detailed_monitoring: input.object("Monitoring")?.boolean("Enabled")?.unwrap_or(false),
            http_tokens_required: input.object("MetadataOptions")?.text("HttpTokens")?.map_or(image.key.starts_with("al2023"), |tokens| tokens == "required"),
            client_token: input.text("ClientToken")?.unwrap_or_default().to_owned(),
            root_volume_gib,
            root_volume_type,
            interface_description: interface.map_or(Ok(None), |nic| nic.text("Description"))?.unwrap_or_default().to_owned(),
            tags: Tags::specified(input, "instance", &["volume", "network-interface"])?,
        })
    }
}

fn image(region: &RegionState, text: &str) -> ApiResult<&'static Image> {
    let id = ImageId::parse(text).ok_or_else(|| ApiError::InvalidAmiIdMalformed { image_id: text.to_owned() })?;
    region.image(id).ok_or_else(|| ApiError::InvalidAmiIdNotFound { image_id: text.to_owned() })
}

/// The type of this name.
pub(in crate::operations::instance) fn kind(name: &str) -> ApiResult<&'static InstanceType> {
    catalogue::instance_type(name).ok_or_else(|| invalid(format!("Invalid value '{name}' for InstanceType.")))
}

/// An image runs on a type of its architecture only.
pub(in crate::operations::instance) fn fits(image: &Image, kind: &InstanceType) -> ApiResult<()> {
    if kind.architectures.contains(&image.architecture) {
        return Ok(());
    }
    Err(invalid(format!(
        "The architecture '{}' of the specified instance type does not match the architecture '{}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.",
        kind.architectures.join(","), image.architecture
    )))
}

fn offered(region: &RegionState, kind: &InstanceType, zone: &str) -> ApiResult<()> {
    if kind.offered_in(region.name, zone) {
        return Ok(());
    }
    let zones: Vec<String> = kind.zone_letters(region.name).chars().map(|letter| format!("{}{letter}", region.name)).collect();
    if zones.is_empty() {
        return Err(ApiError::Unsupported { detail: format!("The requested configuration is currently not supported. The instance type {} is not offered in {}.", kind.name, region.name) });
    }
    Err(ApiError::Unsupported {
        detail: format!(
            "Your requested instance type ({}) is not supported in your requested Availability Zone ({zone}). Please retry your request by not specifying an Availability Zone or choosing {}.",
            kind.name, zones.join(", ")
        ),
    })
}

/// The subnet that was named, else the default one of the zone; without a zone, the first that offers the type, or where
/// the cluster group already is.
fn subnet<'a>(region: &'a RegionState, id: Option<&str>, zone: Option<&str>, kind: &InstanceType, group: Option<PlacementGroupId>) -> ApiResult<&'a Subnet> {
    if let Some(id) = id {
        let subnet = lookup::subnet(region, id)?;
        return match zone {
            Some(zone) if zone != subnet.zone => Err(invalid("Subnet and Availability Zone do not match".to_owned())),
            _ => Ok(subnet),
        };
    }
    if let Some(zone) = zone.filter(|zone| region.facts().is_none_or(|facts| facts.zone(zone).is_none())) {
        return Err(invalid(format!("Invalid Availability Zone: [{zone}]")));
    }
    let cluster = group.and_then(|id| region.placement_groups.get(&id)).filter(|group| group.strategy == Strategy::Cluster);
    let joined = cluster.and_then(|group| region.instances.values().find(|row| row.placement.group == Some(group.id) && row.state.on_hardware())).map(|row| row.zone);
    let mut defaults = region.subnets_by_serial().filter(|subnet| subnet.default_for_az);
    let found = match zone.or(joined) {
        Some(zone) => defaults.find(|subnet| subnet.zone == zone),
        None => defaults.find(|subnet| kind.offered_in(region.name, subnet.zone)).or_else(|| region.subnets_by_serial().find(|subnet| subnet.default_for_az)),
    };
    found.ok_or_else(|| ApiError::MissingParameter { parameter: "subnetId (there is no default subnet)".to_owned() })
}

/// The groups that were named, else the VPC's default one.
pub(in crate::operations::instance) fn groups(region: &RegionState, vpc: VpcId, ids: &[&str], names: &[&str]) -> ApiResult<Vec<SecurityGroupId>> {
    if !ids.is_empty() && !names.is_empty() {
        return Err(combination("The parameter groupName cannot be used with the parameter groupId"));
    }
    let mut groups = Vec::new();
    for text in ids {
        let group = lookup::group(region, text)?;
        if group.vpc != vpc {
            return Err(ApiError::InvalidParameter { detail: format!("Security group {text} and subnet belong to different networks.") });
        }
        if !groups.contains(&group.id) {
            groups.push(group.id);
        }
    }
    for name in names {
        groups.push(lookup::group_in_default_vpc(region, name)?.id);
    }
    if groups.is_empty() {
        groups.extend(region.group_by_name(vpc, "default").map(|group| group.id));
    }
    if groups.len() > GROUPS_PER_INTERFACE {
        return Err(ApiError::SecurityGroupsPerInterfaceLimitExceeded {});
    }
    Ok(groups)
}

fn partition(region: &RegionState, group: Option<PlacementGroupId>, kind: &InstanceType, number: Option<i64>) -> ApiResult<Option<u32>> {
    let group = group.and_then(|id| region.placement_groups.get(&id));
    let strategy = group.map(|group| group.strategy);
    if strategy == Some(Strategy::Cluster) && !kind.placement_strategies.contains(&"cluster") {
        return Err(ApiError::InvalidParameterCombination {
            detail: format!("Cluster placement groups are not supported by the '{}' instance type. Specify a supported instance type or change the placement group strategy, and try again.", kind.name),
        });
    }
    let Some(number) = number else { return Ok(None) };
    let Some(group) = group.filter(|group| group.strategy == Strategy::Partition) else {
        return Err(combination("The parameter PartitionNumber can only be used with a placement group whose strategy is partition."));
    };
    let count = group.partition_count.unwrap_or(1);
    u32::try_from(number).ok().filter(|number| (1..=count).contains(number)).map(Some).ok_or_else(|| {
        invalid(format!("Value ({number}) for parameter partitionNumber is invalid. The placement group '{}' has {count} partitions.", group.name))
    })
}

/// Whether `shutdown` inside terminates.
pub(in crate::operations::instance) fn shutdown(behavior: Option<&str>) -> ApiResult<bool> {
    match behavior {
        None | Some("stop") => Ok(false),
        Some("terminate") => Ok(true),
        Some(other) => Err(invalid(format!("Value ({other}) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values: stop, terminate"))),
    }
}

/// Size and type of the root volume; further volumes are not modelled here.
fn root_volume(image: &Image, input: Input<'_>) -> ApiResult<(u32, &'static str)> {
    let mut size = image.root_volume_gib;
    let mut kind = "gp3";
    for mapping in input.objects("BlockDeviceMappings")? {
        let device = mapping.required("DeviceName")?;
        if device != image.root_device_name {
            return Err(ApiError::NotModelled { what: format!("A volume besides the root volume ({device})") });
        }
        let ebs = mapping.object("Ebs")?;
        if let Some(wanted) = ebs.integer("VolumeSize")? {
            size = u32::try_from(wanted).ok().filter(|size| (1..=16_384).contains(size)).ok_or_else(|| invalid(format!("Volume of {wanted}GiB is not between 1GiB and 16384GiB")))?;
            if size < image.root_volume_gib {
                return Err(ApiError::InvalidBlockDeviceMapping { detail: format!("Volume of size {size}GB is smaller than snapshot, expect size >= {}GB", image.root_volume_gib) });
            }
        }
        if let Some(wanted) = ebs.text("VolumeType")? {
            kind = ["gp2", "gp3", "io1", "io2", "standard"].into_iter().find(|known| *known == wanted).ok_or_else(|| invalid(format!("Value ({wanted}) for parameter volumeType is invalid.")))?;
        }
        if ebs.boolean("DeleteOnTermination")? == Some(false) {
            return Err(ApiError::NotModelled { what: "A root volume that outlives its instance".to_owned() });
        }
    }
    Ok((size, kind))
}
