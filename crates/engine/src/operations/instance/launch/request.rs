//! What a RunInstances call asks for, with AWS's defaults filled in and AWS's refusals.

use super::devices::LaunchDevice;
use super::hibernation;
use super::interfaces::{self, LaunchInterfaces};
use super::machine::{ebs_optimized, fits, kind, offered, shutdown};
use super::options;
use crate::catalogue::{Image, InstanceType};
use crate::error::{ApiError, ApiResult};
use crate::guest::user_data;
use crate::ids::{PlacementGroupId, SecurityGroupId, SubnetId, VpcId};
use crate::input::Input;
use crate::json::Value;
use crate::operations::iam::association::{self, ProfileRef};
use crate::operations::image;
use crate::operations::lookup;
use crate::operations::network_interface::make;
use crate::operations::volume::key::caller;
use crate::operations::volume::make::places;
use crate::region::RegionState;
use crate::resources::instance_options::InstanceOptions;
use crate::resources::placement_group::Strategy;
use crate::resources::tags::Tags;
use crate::resources::vpc::Subnet;
use crate::world::World;
use std::rc::Rc;

/// A checked request.
#[derive(Debug)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub(crate) struct Launch {
    /// The image as it was named.
    pub source: image::Source,
    /// The catalogue's image that it comes from.
    pub image: &'static Image,
    pub kind: &'static InstanceType,
    pub key_name: Option<String>,
    pub public_key: Option<Rc<str>>,
    pub subnet: SubnetId,
    pub vpc: VpcId,
    pub zone: &'static str,
    pub interfaces: LaunchInterfaces,
    pub group: Option<PlacementGroupId>,
    pub partition: Option<u32>,
    pub user_data: Option<Rc<[u8]>>,
    pub disable_api_termination: bool,
    pub disable_api_stop: bool,
    pub shutdown_terminates: bool,
    pub ebs_optimized: bool,
    pub detailed_monitoring: bool,
    pub options: InstanceOptions,
    pub client_token: String,
    pub request: Option<Rc<Value>>,
    pub instance_profile: Option<ProfileRef>,
    /// The root volume first.
    pub devices: Vec<LaunchDevice>,
    pub volume_tags: Tags,
    pub tags: Tags,
}

/// Where a launch goes.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// The subnet of the primary interface.
    pub subnet: &'a Subnet,
}

pub(super) fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

fn combination(detail: &str) -> ApiError {
    ApiError::InvalidParameterCombination {
        detail: detail.to_owned(),
    }
}

impl Launch {
    /// The partition that is asked for, if the group takes such instances at all.
    pub(crate) fn partition(
        region: &RegionState,
        group: Option<PlacementGroupId>,
        kind: &InstanceType,
        number: Option<i64>,
    ) -> ApiResult<Option<u32>> {
        partition(region, group, kind, number)
    }

    /// Reads a request for at most `count` instances.
    ///
    /// # Errors
    /// What AWS refuses in it.
    pub(crate) fn read(
        world: &World,
        region: &RegionState,
        input: Input<'_>,
        count: u32,
    ) -> ApiResult<Self> {
        let source = image::launchable(
            world,
            &caller(region),
            input.required("ImageId")?,
            world.now(),
        )?;
        let image = source.base;
        let kind = kind(input.text("InstanceType")?.unwrap_or("m1.small"))?;
        fits(image, kind)?;
        let key_name = input.text("KeyName")?.map(str::to_owned);
        if let Some(name) = key_name
            .as_deref()
            .filter(|name| region.key_by_name(name).is_none())
        {
            return Err(ApiError::InvalidKeyPairNotFound {
                key_name: name.to_owned(),
            });
        }
        let key = key_name
            .as_deref()
            .and_then(|name| region.key_by_name(name));
        if image.windows && key.is_some_and(|key| key.kind == "ed25519") {
            return Err(ApiError::Unsupported { detail: "ED25519 key pairs are not supported with Windows AMIs. Choose a different key pair type and try again.".to_owned() });
        }
        let public_key = key.map(|key| Rc::from(key.public_key.as_str()));
        let (named, list) = interfaces::primary_subnet(region, input)?;
        let placement = input.object("Placement")?;
        let group = lookup::placement_group(region, placement)?;
        let subnet = subnet(
            region,
            match named {
                Some(subnet) => Some(subnet),
                None => input
                    .text("SubnetId")?
                    .map(|id| lookup::subnet(region, id))
                    .transpose()?,
            },
            placement.text("AvailabilityZone")?,
            kind,
            group,
        )?;
        offered(region, kind, subnet.zone)?;
        let names = input.texts("SecurityGroups")?;
        if !names.is_empty() && input.has("SubnetId") {
            return Err(combination(
                "The parameter groupName cannot be used with the parameter subnet",
            ));
        }
        let groups = if list.is_empty() {
            groups(region, subnet, &input.texts("SecurityGroupIds")?, &names)?
        } else {
            Vec::new()
        };
        let place = Place { subnet };
        let interfaces = LaunchInterfaces::read(region, input, &list, &place, kind, groups, count)?;
        let partition = partition(region, group, kind, placement.integer("PartitionNumber")?)?;
        if let Some(tenancy) = placement
            .text("Tenancy")?
            .filter(|tenancy| *tenancy != "default")
        {
            return Err(ApiError::NotModelled {
                what: format!("The tenancy {tenancy}"),
            });
        }
        let data = input.blob("UserData")?;
        if data
            .as_ref()
            .is_some_and(|data| data.len() > user_data::LIMIT)
        {
            return Err(invalid(format!(
                "User data is limited to {} bytes",
                user_data::LIMIT
            )));
        }
        let devices = LaunchDevice::read(world, region, &source, input)?;
        places(kind, devices.len(), interfaces.len())?;
        let options = options::read(image, kind, input)?;
        if options.hibernation {
            hibernation::allowed(image, kind, devices.first())?;
        }
        Ok(Launch {
            source,
            image,
            kind,
            key_name,
            public_key,
            subnet: subnet.id,
            vpc: subnet.vpc,
            zone: subnet.zone,
            interfaces,
            group,
            partition,
            user_data: data.map(Rc::from),
            disable_api_termination: input.boolean("DisableApiTermination")?.unwrap_or(false),
            disable_api_stop: input.boolean("DisableApiStop")?.unwrap_or(false),
            shutdown_terminates: shutdown(input.text("InstanceInitiatedShutdownBehavior")?)?,
            ebs_optimized: ebs_optimized(kind, input.boolean("EbsOptimized")?)?,
            detailed_monitoring: input
                .object("Monitoring")?
                .boolean("Enabled")?
                .unwrap_or(false),
            options,
            client_token: input.text("ClientToken")?.unwrap_or_default().to_owned(),
            request: input
                .text("ClientToken")?
                .filter(|token| !token.is_empty())
                .map(|_| Rc::new(asked(input))),
            instance_profile: association::profile(world, region.account, input)?,
            devices,
            volume_tags: Tags::specified(input, "volume", &["instance", "network-interface"])?,
            tags: Tags::specified(input, "instance", &["volume", "network-interface"])?,
        })
    }
}

/// The subnet that was named, else the default one of the zone; without a zone, the first that offers the type, or where
/// the cluster group already is.
fn subnet<'a>(
    region: &'a RegionState,
    named: Option<&'a Subnet>,
    zone: Option<&str>,
    kind: &InstanceType,
    group: Option<PlacementGroupId>,
) -> ApiResult<&'a Subnet> {
    if let Some(subnet) = named {
        return match zone {
            Some(zone) if zone != subnet.zone => Err(invalid(
                "Subnet and Availability Zone do not match".to_owned(),
            )),
            _ => Ok(subnet),
        };
    }
    if let Some(zone) = zone.filter(|zone| {
        region
            .facts()
            .is_none_or(|facts| facts.zone(zone).is_none())
    }) {
        return Err(invalid(format!("Invalid Availability Zone: [{zone}]")));
    }
    let cluster = group
        .and_then(|id| region.placement_groups.get(&id))
        .filter(|group| group.strategy == Strategy::Cluster);
    let joined = cluster
        .and_then(|group| {
            region
                .instances
                .values()
                .find(|row| row.placement.group == Some(group.id) && row.state.on_hardware())
        })
        .map(|row| row.zone);
    let mut defaults = region
        .subnets_by_serial()
        .filter(|subnet| subnet.default_for_az);
    let found = match zone.or(joined) {
        Some(zone) => defaults.find(|subnet| subnet.zone == zone),
        None => defaults
            .find(|subnet| kind.offered_in(region.name, subnet.zone))
            .or_else(|| {
                region
                    .subnets_by_serial()
                    .find(|subnet| subnet.default_for_az)
            }),
    };
    found.ok_or_else(|| ApiError::MissingParameter {
        parameter: "subnetId (there is no default subnet)".to_owned(),
    })
}

/// What a call asks for, without what only says how it is sent.
fn asked(input: Input<'_>) -> Value {
    let mut value = input.to_value();
    if let Some(map) = value.as_object_mut() {
        map.remove("ClientToken");
        map.remove("DryRun");
    }
    value
}

/// The groups that were named, by id or by name, else the VPC's default one.
fn groups(
    region: &RegionState,
    subnet: &Subnet,
    ids: &[&str],
    names: &[&str],
) -> ApiResult<Vec<SecurityGroupId>> {
    if !ids.is_empty() && !names.is_empty() {
        return Err(combination(
            "The parameter groupName cannot be used with the parameter groupId",
        ));
    }
    let by_name = names
        .iter()
        .map(|name| lookup::group_in_default_vpc(region, name).map(|group| group.id.to_string()))
        .collect::<ApiResult<Vec<String>>>()?;
    let all: Vec<&str> = ids
        .iter()
        .copied()
        .chain(by_name.iter().map(String::as_str))
        .collect();
    make::groups(region, subnet, &all)
}

fn partition(
    region: &RegionState,
    group: Option<PlacementGroupId>,
    kind: &InstanceType,
    number: Option<i64>,
) -> ApiResult<Option<u32>> {
    let group = group.and_then(|id| region.placement_groups.get(&id));
    let strategy = group.map(|group| group.strategy);
    if strategy == Some(Strategy::Cluster) && !kind.placement_strategies.contains(&"cluster") {
        return Err(ApiError::InvalidParameterCombination {
            detail: format!(
                "Cluster placement groups are not supported by the '{}' instance type. Specify a supported instance type or change the placement group strategy, and try again.",
                kind.name
            ),
        });
    }
    let Some(number) = number else {
        return Ok(None);
    };
    let Some(group) = group.filter(|group| group.strategy == Strategy::Partition) else {
        return Err(combination(
            "The parameter PartitionNumber can only be used with a placement group whose strategy is partition.",
        ));
    };
    let count = group.partition_count.unwrap_or(1);
    u32::try_from(number).ok().filter(|number| (1..=count).contains(number)).map(Some).ok_or_else(|| {
        invalid(format!("Value ({number}) for parameter partitionNumber is invalid. The placement group '{}' has {count} partitions.", group.name))
    })
}
