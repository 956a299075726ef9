//! From an id as the learner wrote it to the resource, or AWS's refusal.

use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::{
    InstanceId, NetworkInterfaceId, PlacementGroupId, ResourceId, SecurityGroupId, SubnetId, VpcId,
};
use crate::input::Input;
use crate::json::{Map, Value};
use crate::pagination;
use crate::region::RegionState;
use crate::resources::instance::Instance;
use crate::resources::network_acl::NetworkAcl;
use crate::resources::network_interface::NetworkInterface;
use crate::resources::route_table::RouteTable;
use crate::resources::security_group::SecurityGroup;
use crate::resources::tags::Tags;
use crate::resources::vpc::{InternetGateway, Subnet, Vpc};
use crate::table::Table;

/// The id of an instance.
///
/// # Errors
/// `InvalidInstanceID.Malformed`.
pub fn instance_id(text: &str) -> ApiResult<InstanceId> {
    InstanceId::parse(text).ok_or_else(|| ApiError::InvalidInstanceIdMalformed {
        instance_id: text.to_owned(),
    })
}

/// An instance that is still listed.
///
/// # Errors
/// `InvalidInstanceID.Malformed`, `InvalidInstanceID.NotFound`.
pub fn instance<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a Instance> {
    let id = instance_id(text)?;
    region
        .instances
        .get(&id)
        .ok_or_else(|| ApiError::InvalidInstanceIdNotFound {
            instance_id: text.to_owned(),
        })
}

/// The instances that `InstanceIds` names, in its order, each once.
///
/// # Errors
/// As [`instance`]; all ids that do not exist are named together.
pub fn instances(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<InstanceId>> {
    let mut ids = Vec::new();
    let mut missing = Vec::new();
    for text in input.texts("InstanceIds")? {
        let id = instance_id(text)?;
        if !region.instances.contains(&id) {
            missing.push(text);
        } else if !ids.contains(&id) {
            ids.push(id);
        }
    }
    match missing.as_slice() {
        [] => Ok(ids),
        [one] => Err(ApiError::InvalidInstanceIdNotFound {
            instance_id: (*one).to_owned(),
        }),
        many => Err(ApiError::InvalidInstanceIdsNotFound {
            instance_ids: many.join(", "),
        }),
    }
}

/// The instances of a call that must name at least one.
///
/// # Errors
/// As [`instances`], and `MissingParameter`.
pub fn required_instances(region: &RegionState, input: Input<'_>) -> ApiResult<Vec<InstanceId>> {
    if input.texts("InstanceIds")?.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "InstanceId".to_owned(),
        });
    }
    instances(region, input)
}

/// A security group by id.
///
/// # Errors
/// `InvalidGroupId.Malformed`, `InvalidGroup.NotFound`.
pub fn group<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a SecurityGroup> {
    if text.is_empty() {
        let detail =
            "Value () for parameter groupId is invalid. The value cannot be empty".to_owned();
        return Err(ApiError::InvalidParameterValue { detail });
    }
    let id = SecurityGroupId::parse(text).ok_or_else(|| ApiError::InvalidGroupIdMalformed {
        group_id: text.to_owned(),
    })?;
    region
        .security_groups
        .get(&id)
        .ok_or_else(|| ApiError::InvalidGroupNotFound {
            group_id: text.to_owned(),
        })
}

/// The group that `GroupId` or `GroupName` (of the default VPC) names.
///
/// # Errors
/// As [`group`], and `MissingParameter`.
pub fn named_group<'a>(region: &'a RegionState, input: Input<'_>) -> ApiResult<&'a SecurityGroup> {
    if let Some(id) = input.text("GroupId")? {
        return group(region, id);
    }
    let Some(name) = input.text("GroupName")? else {
        return Err(ApiError::MissingOneOf {
            parameters: "the parameter groupName or groupId".to_owned(),
        });
    };
    group_in_default_vpc(region, name)
}

/// A group by name in the default VPC.
///
/// # Errors
/// `InvalidGroup.NotFound`.
pub fn group_in_default_vpc<'a>(
    region: &'a RegionState,
    name: &str,
) -> ApiResult<&'a SecurityGroup> {
    let vpc = region.default_vpc();
    vpc.and_then(|vpc| region.group_by_name(vpc.id, name))
        .ok_or_else(|| ApiError::InvalidGroupNotFoundInDefaultVpc {
            name: name.to_owned(),
            vpc_id: vpc.map(|vpc| vpc.id.to_string()).unwrap_or_default(),
        })
}

/// A subnet.
///
/// # Errors
/// `InvalidSubnetID.NotFound`.
pub fn subnet<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a Subnet> {
    SubnetId::parse(text)
        .and_then(|id| region.subnets.get(&id))
        .ok_or_else(|| ApiError::InvalidSubnetIdNotFound {
            subnet_id: text.to_owned(),
        })
}

/// A VPC.
///
/// # Errors
/// `InvalidVpcID.NotFound`.
pub fn vpc<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a Vpc> {
    let malformed = || ApiError::InvalidVpcIdMalformed {
        vpc_id: text.to_owned(),
    };
    let id = VpcId::parse(text).ok_or_else(malformed)?;
    region
        .vpcs
        .get(&id)
        .ok_or_else(|| ApiError::InvalidVpcIdNotFound {
            vpc_id: text.to_owned(),
        })
}

/// A row of a table by its id as a learner writes it.
///
/// # Errors
/// `missing` of the id; also for one that is no id at all, where AWS has no code of its own for that.
pub fn row<'a, I: ResourceId, T: Clone>(
    table: &'a Table<I, T>,
    text: &str,
    missing: impl Fn(String) -> ApiError,
) -> ApiResult<&'a T> {
    I::parse(text)
        .and_then(|id| table.get(&id))
        .ok_or_else(|| missing(text.to_owned()))
}

/// As [`row`], with AWS's other code for what is no id at all.
///
/// # Errors
/// `malformed` or `missing` of the id.
pub fn row_or<'a, I: ResourceId, T: Clone>(
    table: &'a Table<I, T>,
    text: &str,
    missing: impl Fn(String) -> ApiError,
    malformed: impl Fn(String) -> ApiError,
) -> ApiResult<&'a T> {
    if I::parse(text).is_none() {
        return Err(malformed(text.to_owned()));
    }
    row(table, text, missing)
}

/// An internet gateway.
///
/// # Errors
/// `InvalidInternetGatewayId.Malformed`, `InvalidInternetGatewayID.NotFound`.
pub fn internet_gateway<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a InternetGateway> {
    row_or(
        &region.internet_gateways,
        text,
        |id| ApiError::InvalidInternetGatewayIdNotFound { id },
        |id| ApiError::InvalidInternetGatewayIdMalformed { id },
    )
}

/// A route table.
///
/// # Errors
/// `InvalidRouteTableId.Malformed`, `InvalidRouteTableID.NotFound`.
pub fn route_table<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a RouteTable> {
    row_or(
        &region.route_tables,
        text,
        |route_table_id| ApiError::InvalidRouteTableIdNotFound { route_table_id },
        |id| ApiError::InvalidRouteTableIdMalformed { id },
    )
}

/// A network ACL.
///
/// # Errors
/// `InvalidNetworkAclID.NotFound`.
pub fn network_acl<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a NetworkAcl> {
    row(&region.network_acls, text, |network_acl_id| {
        ApiError::InvalidNetworkAclIdNotFound { network_acl_id }
    })
}

/// The rows that a list of ids names, or all of them.
///
/// # Errors
/// Those of `find`, which looks up one id.
pub fn named<'a, I: Copy + Ord, T: Clone>(
    table: &'a Table<I, T>,
    ids: &[&str],
    find: impl Fn(&str) -> ApiResult<&'a T>,
) -> ApiResult<Vec<&'a T>> {
    if ids.is_empty() {
        return Ok(table.values().collect());
    }
    ids.iter().map(|id| find(id)).collect()
}

/// A network interface.
///
/// # Errors
/// `InvalidNetworkInterfaceId.Malformed`, `InvalidNetworkInterfaceID.NotFound`.
pub fn interface<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a NetworkInterface> {
    let id = NetworkInterfaceId::parse(text).ok_or_else(|| {
        ApiError::InvalidNetworkInterfaceIdMalformed {
            network_interface_id: text.to_owned(),
        }
    })?;
    region
        .network_interfaces
        .get(&id)
        .ok_or_else(|| ApiError::InvalidNetworkInterfaceIdNotFound {
            network_interface_id: text.to_owned(),
        })
}

/// A network interface that the account may change: not one that a service of AWS's made for itself
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html#managed-network-interfaces>).
///
/// # Errors
/// As [`interface`], and `AuthFailure` for one of AWS's.
pub fn own_interface<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a NetworkInterface> {
    let nic = interface(region, text)?;
    if nic.requester.is_some() {
        return Err(ApiError::AuthFailure {
            detail: "You do not have permission to access the specified resource.".to_owned(),
        });
    }
    Ok(nic)
}

/// The interface that a call means which names the instance alone: the only one
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>, InvalidInstanceID).
///
/// # Errors
/// `InvalidInstanceID` when there are several, `IncorrectInstanceState` when there is none any more.
pub fn only_interface(region: &RegionState, row: &Instance) -> ApiResult<NetworkInterfaceId> {
    match row.interfaces.as_slice() {
        [only] if region.network_interfaces.contains(only) => Ok(*only),
        [] | [_] => Err(ApiError::IncorrectInstanceState {
            detail: format!("The instance '{}' has no network interface.", row.id),
        }),
        _ => Err(ApiError::InvalidInstanceIdSeveralInterfaces {
            instance_id: row.id.to_string(),
        }),
    }
}

/// The placement group that `GroupName` or `GroupId` names; `None` when neither is given.
///
/// # Errors
/// `InvalidPlacementGroup.Unknown`.
pub fn placement_group(
    region: &RegionState,
    input: Input<'_>,
) -> ApiResult<Option<PlacementGroupId>> {
    let (name, id) = (input.text("GroupName")?, input.text("GroupId")?);
    let Some(text) = name.or(id).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let found = match name {
        Some(name) => region.placement_group_by_name(name).map(|group| group.id),
        None => Some(PlacementGroupId::parse(text).ok_or_else(|| {
            ApiError::InvalidPlacementGroupIdMalformed {
                group_id: text.to_owned(),
            }
        })?)
        .filter(|id| region.placement_groups.contains(id)),
    };
    found
        .map(Some)
        .ok_or_else(|| ApiError::InvalidPlacementGroupUnknown {
            group: text.to_owned(),
        })
}

/// One row of a describe answer: its order, its tags and how it is shown.
pub struct Listed<'a, T> {
    /// The order number.
    pub serial: u64,
    /// Its tags, for tag filters.
    pub tags: &'a Tags,
    /// The resource.
    pub row: &'a T,
}

/// The generic describe call: these rows, filtered, in order, by page, under `key`.
///
/// # Errors
/// Those of filters and pages.
pub fn describe<'a, T: 'a>(
    input: Input<'_>,
    key: &str,
    rows: impl Iterator<Item = Listed<'a, T>>,
    values_of: impl Fn(&T, &str) -> Option<Vec<String>>,
    show: impl Fn(&T) -> Value,
) -> ApiResult {
    let filters = Filters::read(input)?;
    let mut kept = Vec::new();
    for listed in rows {
        if filters.pass(listed.tags, |name| values_of(listed.row, name))? {
            kept.push(listed);
        }
    }
    kept.sort_by_key(|listed| listed.serial);
    let (page, next) =
        pagination::page(input, kept.iter().map(|listed| show(listed.row)).collect())?;
    let mut answer = Map::new();
    answer.insert(key.to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}
