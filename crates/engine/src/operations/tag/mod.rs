//! CreateTags, DeleteTags, DescribeTags (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>).

use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::ResourceId;
use crate::input::Input;
use crate::json::{Map, Value};
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::pagination;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::row;

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
        volumes "volume", snapshots "snapshot", images "image", nat_gateways "natgateway", vpc_endpoints "vpc-endpoint", peering_connections "vpc-peering-connection",
    ]);
    for row in region.insights.paths.values() {
        visit("network-insights-path", row.id.to_string(), &row.tags);
    }
    for rule in region
        .security_groups
        .values()
        .flat_map(|group| &group.rules)
    {
        visit("security-group-rule", rule.id.to_string(), &rule.tags);
    }
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
        launch_templates,
        volumes,
        snapshots,
        images,
        nat_gateways,
        vpc_endpoints,
        peering_connections
    );
    if let Some(key) = ResourceId::parse(id)
        && region.insights.paths.contains(&key)
    {
        return region.insights.paths.get_mut(&key).map(|row| &mut row.tags);
    }
    let rule = ResourceId::parse(id);
    let group = region
        .security_groups
        .values()
        .find(|group| group.rules.iter().any(|known| Some(known.id) == rule))?
        .id;
    region
        .security_groups
        .get_mut(&group)?
        .rules
        .iter_mut()
        .find(|known| Some(known.id) == rule)
        .map(|known| &mut known.tags)
}

fn not_found(id: &str) -> ApiError {
    let text = id.to_owned();
    // What has not the form of an id at all is another mistake than an id of nothing.
    let well_formed = id.rsplit_once('-').is_some_and(|(_, digits)| {
        matches!(digits.len(), 8 | 17) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    });
    match id.split('-').next().filter(|_| well_formed) {
        Some("i") => ApiError::InvalidInstanceIdNotFound { instance_id: text },
        Some("sg") => ApiError::InvalidGroupNotFound { group_id: text },
        Some("sgr") => ApiError::InvalidSecurityGroupRuleIdNotFound { rule_id: text },
        Some("vpc") => ApiError::InvalidVpcIdNotFound { vpc_id: text },
        Some("subnet") => ApiError::InvalidSubnetIdNotFound { subnet_id: text },
        Some("eni") => ApiError::InvalidNetworkInterfaceIdNotFound {
            network_interface_id: text,
        },
        Some("eipalloc") => ApiError::InvalidAllocationIdNotFound {
            allocation_id: text,
        },
        Some("rtb") => ApiError::InvalidRouteTableIdNotFound {
            route_table_id: text,
        },
        Some("acl") => ApiError::InvalidNetworkAclIdNotFound {
            network_acl_id: text,
        },
        Some("igw") => ApiError::InvalidInternetGatewayIdNotFound { id: text },
        Some("key") => ApiError::InvalidKeyPairIdNotFound { key_pair_id: text },
        Some("lt") => ApiError::InvalidLaunchTemplateIdNotFound {
            launch_template_id: text,
        },
        Some("vol") => ApiError::InvalidVolumeNotFound { id: text },
        Some("snap") => ApiError::InvalidSnapshotNotFound { id: text },
        Some("nat") => ApiError::NatGatewayNotFound { id: text },
        Some("vpce") => ApiError::InvalidVpcEndpointIdNotFound { id: text },
        Some("pcx") => ApiError::InvalidVpcPeeringConnectionIdNotFound { id: text },
        Some("ami") => ApiError::InvalidAmiIdNotFound { image_id: text },
        _ => ApiError::InvalidId { id: text },
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
        // `tag:KEY` finds the tag of that key itself.
        if filters.pass(&Tags::single(&key, &value), values)? {
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
