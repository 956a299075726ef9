//! The network interfaces of a launch: one by default, or those that `NetworkInterfaces` lists
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html>).

use super::request::{Place, invalid};
use crate::catalogue::InstanceType;
use crate::error::{ApiError, ApiResult};
use crate::ids::{NetworkInterfaceId, SecurityGroupId};
use crate::input::Input;
use crate::operation::Context;
use crate::operations::lookup;
use crate::operations::network_interface::attach;
use crate::operations::network_interface::make::{self, Wanted, WantedAddresses};
use crate::region::RegionState;
use crate::resources::network_interface::Attachment;
use crate::resources::tags::Tags;
use crate::resources::vpc::Subnet;

/// Where an interface comes from.
#[derive(Clone, Debug)]
enum Origin {
    /// It is made with the instance.
    New(Wanted),
    /// It was there before.
    Existing(NetworkInterfaceId),
}

/// One interface of a launch.
#[derive(Clone, Debug)]
pub(crate) struct LaunchInterface {
    device_index: u32,
    delete_on_termination: bool,
    origin: Origin,
}

/// All interfaces of a launch, the primary one first.
#[derive(Clone, Debug)]
pub(crate) struct LaunchInterfaces {
    list: Vec<LaunchInterface>,
    /// Whether the primary address gets a public one at every start.
    pub public_ip: bool,
}

fn combination(detail: &str) -> ApiError {
    ApiError::InvalidParameterCombination {
        detail: detail.to_owned(),
    }
}

/// The subnet of the primary interface, when a list of interfaces names it.
///
/// # Errors
/// Instance-level network options beside a list, a list without device index 0, unknown ids.
pub(super) fn primary_subnet<'a>(
    region: &'a RegionState,
    input: Input<'a>,
) -> ApiResult<(Option<&'a Subnet>, Vec<Input<'a>>)> {
    let list = input.objects("NetworkInterfaces")?;
    if list.is_empty() {
        return Ok((None, list));
    }
    if ["SubnetId", "PrivateIpAddress"]
        .iter()
        .any(|key| input.has(key))
    {
        return Err(combination(
            "Network interfaces and an instance-level subnet ID may not be specified on the same request",
        ));
    }
    if ["SecurityGroupIds", "SecurityGroups"]
        .iter()
        .any(|key| input.has(key))
    {
        return Err(combination(
            "Network interfaces and an instance-level security groups may not be specified on the same request",
        ));
    }
    let mut indexes = Vec::new();
    let mut primary = None;
    for entry in &list {
        let Some(index) = entry.integer("DeviceIndex")? else {
            return Err(invalid(
                "Each network interface requires a device index.".to_owned(),
            ));
        };
        if indexes.contains(&index) {
            return Err(combination(
                "Each network interface requires a device index of its own.",
            ));
        }
        indexes.push(index);
        if index == 0 {
            primary = subnet_of(region, *entry)?;
        }
    }
    if !indexes.contains(&0) {
        return Err(combination(
            "When specifying network interfaces, you must include a device at index 0.",
        ));
    }
    Ok((primary, list))
}

/// The subnet that an entry names, by itself or by an interface that exists.
fn subnet_of<'a>(region: &'a RegionState, entry: Input<'_>) -> ApiResult<Option<&'a Subnet>> {
    match (entry.text("NetworkInterfaceId")?, entry.text("SubnetId")?) {
        (Some(id), _) => {
            let nic = lookup::own_interface(region, id)?;
            lookup::subnet(region, &nic.subnet.to_string()).map(Some)
        }
        (None, Some(id)) => lookup::subnet(region, id).map(Some),
        (None, None) => Ok(None),
    }
}

impl LaunchInterfaces {
    /// Reads them. `count` is how many instances at most are launched.
    ///
    /// # Errors
    /// What AWS refuses in the list, and more than the type has room for.
    pub(super) fn read(
        region: &RegionState,
        input: Input<'_>,
        list: &[Input<'_>],
        place: &Place<'_>,
        kind: &InstanceType,
        groups: Vec<SecurityGroupId>,
        count: u32,
    ) -> ApiResult<Self> {
        let tags = Tags::specified(
            input,
            "network-interface",
            &["instance", "volume", "spot-instances-request"],
        )?;
        let mut public = None;
        let mut interfaces = Vec::new();
        if list.is_empty() {
            let wanted = Wanted {
                subnet: place.subnet.id,
                addresses: WantedAddresses::read(place.subnet, input)?,
                groups,
                description: String::new(),
                connection_tracking: None,
                requester: None,
                client_token: String::new(),
                tags: tags.clone(),
            };
            interfaces.push(LaunchInterface {
                device_index: 0,
                delete_on_termination: true,
                origin: Origin::New(wanted),
            });
        }
        for entry in list {
            if let Some(wanted) = entry.boolean("AssociatePublicIpAddress")? {
                if list.len() > 1 && wanted {
                    return Err(combination(
                        "The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.",
                    ));
                }
                if entry.has("NetworkInterfaceId") {
                    return Err(combination(
                        "The associatePublicIPAddress parameter cannot be specified for a network interface with an ID.",
                    ));
                }
                public = Some(wanted);
            }
            interfaces.push(one(region, *entry, place, &tags)?);
        }
        interfaces.sort_by_key(|interface| interface.device_index);
        for interface in &interfaces {
            let (many, addresses) = match &interface.origin {
                Origin::Existing(id) => (
                    true,
                    region
                        .network_interfaces
                        .get(id)
                        .map_or(1, |nic| nic.addresses.len()),
                ),
                Origin::New(wanted) => (
                    wanted.addresses.primary.is_some() || !wanted.addresses.secondary.is_empty(),
                    wanted.addresses.total(),
                ),
            };
            if many && count > 1 {
                return Err(combination(
                    "An interface or private IP address may not be specified when launching multiple instances.",
                ));
            }
            attach::kind_fits(kind, interfaces.len(), addresses)?;
        }
        let alone = matches!(
            interfaces.as_slice(),
            [LaunchInterface {
                origin: Origin::New(_),
                ..
            }]
        );
        Ok(LaunchInterfaces {
            list: interfaces,
            public_ip: alone && public.unwrap_or(place.subnet.map_public_ip_on_launch),
        })
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Makes or takes the interfaces of one instance, not yet tied to it.
    ///
    /// # Errors
    /// Addresses that are not to be had.
    pub(super) fn make(&self, ctx: &mut Context<'_>) -> ApiResult<Vec<NetworkInterfaceId>> {
        self.list
            .iter()
            .map(|interface| match &interface.origin {
                Origin::New(wanted) => make::make(ctx, wanted.clone()),
                Origin::Existing(id) => Ok(*id),
            })
            .collect()
    }

    /// Ties them to the instance.
    ///
    /// # Errors
    /// None but those of a Region that is not there.
    pub(super) fn tie(
        &self,
        ctx: &mut Context<'_>,
        instance: crate::ids::InstanceId,
        made: &[NetworkInterfaceId],
    ) -> ApiResult<()> {
        for (interface, id) in self.list.iter().zip(made) {
            let attachment = Attachment {
                id: ctx.world.mint(),
                instance,
                device_index: interface.device_index,
                delete_on_termination: interface.delete_on_termination,
                attached: ctx.world.now(),
            };
            make::tie(ctx, *id, attachment)?;
        }
        Ok(())
    }
}

/// One entry of the list.
fn one(
    region: &RegionState,
    entry: Input<'_>,
    place: &Place<'_>,
    tags: &Tags,
) -> ApiResult<LaunchInterface> {
    let index = entry.integer("DeviceIndex")?.unwrap_or(0);
    let device_index = u32::try_from(index).map_err(|_| {
        invalid(format!(
            "Value ({index}) for parameter deviceIndex is invalid."
        ))
    })?;
    let named = subnet_of(region, entry)?;
    let subnet = named.unwrap_or(place.subnet);
    if subnet.zone != place.subnet.zone {
        return Err(combination(
            "You may not attach a network interface to an instance if they are not in the same availability zone",
        ));
    }
    if let Some(card) = entry.integer("NetworkCardIndex")?.filter(|card| *card != 0) {
        return Err(invalid(format!(
            "NetworkCard index {card} exceeds the limit for this instance type."
        )));
    }
    make::only_plain(entry)?;
    let wanted = entry.boolean("DeleteOnTermination")?;
    let Some(id) = entry.text("NetworkInterfaceId")? else {
        let wanted_interface = Wanted {
            subnet: subnet.id,
            addresses: WantedAddresses::read(subnet, entry)?,
            groups: make::groups(region, subnet, &entry.texts("Groups")?)?,
            description: entry.text("Description")?.unwrap_or_default().to_owned(),
            connection_tracking: make::tracking(entry)?,
            requester: None,
            client_token: String::new(),
            tags: tags.clone(),
        };
        return Ok(LaunchInterface {
            device_index,
            delete_on_termination: wanted.unwrap_or(true),
            origin: Origin::New(wanted_interface),
        });
    };
    let alone = [
        "SubnetId",
        "Groups",
        "Description",
        "PrivateIpAddress",
        "PrivateIpAddresses",
        "SecondaryPrivateIpAddressCount",
    ];
    if alone.iter().any(|key| entry.has(key)) {
        return Err(combination(
            "A network interface may not specify both a network interface ID and a subnet, groups, description or private IP addresses",
        ));
    }
    let nic = lookup::own_interface(region, id)?;
    if nic.attachment.is_some() {
        return Err(ApiError::InvalidNetworkInterfaceInUse {
            network_interface_id: id.to_owned(),
        });
    }
    Ok(LaunchInterface {
        device_index,
        // One that was there before stays when the instance goes.
        delete_on_termination: wanted.unwrap_or(false),
        origin: Origin::Existing(nic.id),
    })
}
