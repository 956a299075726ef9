//! What AWS offers, as its describe calls show it: Regions, zones, instance types, images.

pub mod account;
pub mod instance_type;
pub mod type_filters;

use crate::catalogue::{Region, regions};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::operations::lookup::{self, Listed};
use crate::resources::tags::Tags;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Read "DescribeRegions" describe_regions, "RegionNames AllRegions Filters.Name Filters.Values"),
    row!(Ec2 Read "DescribeAvailabilityZones" describe_zones, "ZoneNames ZoneIds AllAvailabilityZones Filters.Name Filters.Values"),
    row!(Ec2 Read "DescribeInstanceTypes" instance_type::types, "InstanceTypes Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeInstanceTypeOfferings" instance_type::offerings, "LocationType Filters.Name Filters.Values MaxResults NextToken"),
    row!(Ec2 Read "DescribeAccountAttributes" account::execute, "AttributeNames"),
];

/// DescribeRegions (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html>).
///
/// # Errors
/// `InvalidParameterValue` for a Region that the lab does not have.
pub fn describe_regions(_: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let names = input.texts("RegionNames")?;
    if let Some(unknown) = names
        .iter()
        .find(|name| !regions().any(|region| region.name == **name))
    {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Invalid region provided : {unknown}"),
        });
    }
    let none = Tags::default();
    let rows = (0..)
        .zip(regions())
        .filter(|(_, region)| names.is_empty() || names.contains(&region.name));
    let rows = rows.map(|(serial, row)| Listed {
        serial,
        tags: &none,
        row,
    });
    let values = |region: &Region, name: &str| {
        Some(vec![match name {
            "region-name" => region.name.to_owned(),
            "endpoint" => format!("ec2.{}.amazonaws.com", region.name),
            "opt-in-status" => region.opt_in_status.to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(input, "Regions", rows, values, |region| {
        object! { "OptInStatus": region.opt_in_status, "RegionName": region.name, "Endpoint": format!("ec2.{}.amazonaws.com", region.name) }
    })
}

/// DescribeAvailabilityZones
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html>).
///
/// # Errors
/// `InvalidParameterValue` for an unknown zone.
pub fn describe_zones(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let Some(facts) = ctx.region()?.facts() else {
        return Ok(object! {});
    };
    let (names, ids) = (input.texts("ZoneNames")?, input.texts("ZoneIds")?);
    if let Some(unknown) = names.iter().find(|name| facts.zone(name).is_none()) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Invalid availability zone: [{unknown}]"),
        });
    }
    let none = Tags::default();
    let wanted = |name: &str, id: &str| {
        (names.is_empty() && ids.is_empty()) || names.contains(&name) || ids.contains(&id)
    };
    let rows = (0..)
        .zip(&facts.zones)
        .filter(|(_, zone)| wanted(&zone.name, zone.id))
        .map(|(serial, row)| Listed {
            serial,
            tags: &none,
            row,
        });
    let values = |zone: &crate::catalogue::Zone, name: &str| {
        Some(vec![match name {
            "zone-name" => zone.name.clone(),
            "zone-id" => zone.id.to_owned(),
            "region-name" | "network-border-group" => facts.name.to_owned(),
            "group-name" => group_name(facts.name),
            "group-long-name" => format!("{} 1", facts.long_name),
            // Parents belong to Local Zones, messages to zones in trouble.
            "parent-zone-id" | "parent-zone-name" | "message" => return Some(Vec::new()),
            "state" => "available".to_owned(),
            "opt-in-status" => facts.opt_in_status.to_owned(),
            "zone-type" => "availability-zone".to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(input, "AvailabilityZones", rows, values, |zone| {
        object! {
            "OptInStatus": facts.opt_in_status, "Messages": Vec::<crate::json::Value>::new(), "RegionName": facts.name, "ZoneName": zone.name.clone(),
            "ZoneId": zone.id, "GroupName": group_name(facts.name), "NetworkBorderGroup": facts.name, "ZoneType": "availability-zone",
            "GroupLongName": format!("{} 1", facts.long_name), "State": "available",
        }
    })
}

/// The group of a Region's Availability Zones: `us-east-1-zg-1`.
fn group_name(region: &str) -> String {
    format!("{region}-zg-1")
}
