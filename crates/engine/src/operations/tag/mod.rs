//! CreateTags, DeleteTags, DescribeTags (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>).

use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::ResourceId;
use crate::input::Input;
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::pagination;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::row;
use serde_json::{Map, Value};

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreateTags" create, "Resources Tags.Key Tags.Value"),
    row!(Ec2 Write "DeleteTags" delete, "Resources Tags.Key Tags.Value"),
    row!(Ec2 Read "DescribeTags" describe, "Filters.Name Filters.Values MaxResults NextToken"),
];

macro_rules! tagged {
    ($region:expr, $visit:expr, [$($table:ident $kind:literal),* $(,)?]) => {
        $(for row in $region.$table.values() { $visit($kind, row.id.to_string(), &row.tags); })*
    };
}

/// Visits every resource that can have tags: its type, its id, its tags.
fn each(region: &RegionState, mut visit: impl FnMut(&'static str, String, &Tags)) {
    tagged!(region, visit, [
        instances "instance", security_groups "security-group", key_pairs "key-pair", placement_groups "placement-group",
        addresses "elastic-ip", network_interfaces "network-interface", vpcs "vpc", subnets "subnet",
        internet_gateways "internet-gateway", route_tables "route-table", network_acls "network-acl", launch_templates "launch-template",
    ]);
}

/// The tags of the resource with this id, to change.
fn tags_of<'a>(region: &'a mut RegionState, id: &str) -> Option<&'a mut Tags> {
    macro_rules! look {
        ($($table:ident),*) => {
            $(if let Some(key) = ResourceId::parse(id) {
                if region.$table.contains(&key) { return region.$table.get_mut(&key).map(|row| &mut row.tags); }
            })*
        };
    }
    look!(
        instances,
        security_groups,
        key_pairs,
        placement_groups,
        addresses,
        network_interfaces,
        vpcs,
        subnets,
        internet_gateways,
        route_tables,
        network_acls,
        launch_templates
    );
    None
}

fn not_found(id: &str) -> ApiError {
    match id.split('-').next() {
        Some("i") => ApiError::InvalidInstanceIdNotFound {
            instance_id: id.to_owned(),
        },
        Some("sg") => ApiError::InvalidGroupNotFound {
            group_id: id.to_owned(),
        },
        Some("vpc") => ApiError::InvalidVpcIdNotFound {
            vpc_id: id.to_owned(),
        },
        Some("subnet") => ApiError::InvalidSubnetIdNotFound {
            subnet_id: id.to_owned(),
        },
        Some("eni") => ApiError::InvalidNetworkInterfaceIdNotFound {
            network_interface_id: id.to_owned(),
        },
        _ => ApiError::InvalidId { id: id.to_owned() },
    }
}

/// Puts tags on resources.
///
/// # Errors
/// Unknown ids, tags that AWS does not take.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let tags = Tags::read(&input.objects("Tags")?)?;
    if tags.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "Tag".to_owned(),
        });
    }
    let region = ctx.region_mut()?;
    for id in resources(input)? {
        tags_of(region, id)
            .ok_or_else(|| not_found(id))?
            .merge(&tags)?;
    }
    Ok(object! {})
}

/// Takes tags off resources; without tags, all of them.
///
/// # Errors
/// Unknown ids.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let given = input.objects("Tags")?;
    let region = ctx.region_mut()?;
    for id in resources(input)? {
        let tags = tags_of(region, id).ok_or_else(|| not_found(id))?;
        if given.is_empty() {
            tags.clear();
        }
        for tag in &given {
            tags.remove(tag.required("Key")?, tag.text("Value")?);
        }
    }
    Ok(object! {})
}

fn resources(input: Input<'_>) -> ApiResult<Vec<&str>> {
    let ids = input.texts("Resources")?;
    if ids.is_empty() {
        Err(ApiError::MissingParameter {
            parameter: "ResourceId".to_owned(),
        })
    } else {
        Ok(ids)
    }
}

/// All tags, resource by resource.
///
/// # Errors
/// Unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let filters = Filters::read(input)?;
    let mut all = Vec::new();
    each(region, |kind, id, tags| {
        all.extend(
            tags.iter()
                .map(|(key, value)| (key.to_owned(), id.clone(), kind, value.to_owned())),
        );
    });
    let mut rows = Vec::new();
    for (key, id, kind, value) in all {
        let values = |name: &str| {
            Some(vec![match name {
                "key" => key.clone(),
                "resource-id" => id.clone(),
                "resource-type" => kind.to_owned(),
                "value" => value.clone(),
                _ => return None,
            }])
        };
        if filters.pass(&Tags::default(), values)? {
            rows.push(
                object! { "Key": key, "ResourceId": id, "ResourceType": kind, "Value": value },
            );
        }
    }
    let (page, next) = pagination::page(input, rows)?;
    let mut answer = Map::new();
    answer.insert("Tags".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}
