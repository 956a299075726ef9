//! Placement groups (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::instance::InstanceState;
use crate::resources::placement_group::{LIMIT, PARTITIONS_PER_ZONE, PlacementGroup, Strategy};
use crate::resources::tags::Tags;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Ec2 Write "CreatePlacementGroup" create, "GroupName Strategy PartitionCount SpreadLevel TagSpecifications.ResourceType TagSpecifications.Tags.Key TagSpecifications.Tags.Value"),
    row!(Ec2 Read "DescribePlacementGroups" describe, "GroupNames GroupIds Filters.Name Filters.Values"),
    row!(Ec2 Write "DeletePlacementGroup" delete, "GroupName"),
];

/// The partitions of a group for which none were asked.
const DEFAULT_PARTITIONS: u32 = 2;

/// CreatePlacementGroup.
///
/// # Errors
/// `InvalidPlacementGroup.Duplicate`, and a strategy or partition count that AWS does not take.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("GroupName")?.to_owned();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Invalid value '{name}' for groupName."),
        });
    }
    if ctx.region()?.placement_group_by_name(&name).is_some() {
        return Err(ApiError::InvalidPlacementGroupDuplicate { group: name });
    }
    if ctx.region()?.placement_groups.len() >= LIMIT {
        return Err(ApiError::PlacementGroupLimitExceeded {});
    }
    let count = input.integer("PartitionCount")?;
    // A partition count alone means the partition strategy.
    let word = input.text("Strategy")?.unwrap_or(if count.is_some() {
        "partition"
    } else {
        "cluster"
    });
    let strategy = Strategy::parse(word).ok_or_else(|| ApiError::InvalidParameterValue {
        detail: format!("Value ({word}) for parameter strategy is invalid. Valid values: cluster, spread, partition"),
    })?;
    let partition_count = match (strategy, count) {
        (Strategy::Partition, None) => Some(DEFAULT_PARTITIONS),
        (Strategy::Partition, Some(count)) => Some(u32::try_from(count).ok().filter(|count| (1..=PARTITIONS_PER_ZONE).contains(count)).ok_or_else(|| {
            ApiError::InvalidParameterValue { detail: format!("Value ({count}) for parameter partitionCount is invalid. Partition placement groups support a maximum of {PARTITIONS_PER_ZONE} partitions per Availability Zone.") }
        })?),
        (_, Some(_)) => return Err(ApiError::InvalidParameterCombination { detail: format!("The parameter PartitionCount cannot be used with the {word} strategy.") }),
        (_, None) => None,
    };
    match (strategy, input.text("SpreadLevel")?) {
        (_, None) | (Strategy::Spread, Some("rack")) => {}
        (Strategy::Spread, Some("host")) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "The spread level 'host' can only be used with AWS Outposts.".to_owned(),
            });
        }
        (Strategy::Spread, Some(other)) => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter spreadLevel is invalid. Valid values: host, rack"
                ),
            });
        }
        (_, Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: format!(
                    "The parameter SpreadLevel cannot be used with the {word} strategy."
                ),
            });
        }
    }
    let tags = Tags::specified(input, "placement-group", &[])?;
    let row = PlacementGroup {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        name,
        strategy,
        partition_count,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.placement_groups.insert(row.id, row);
    Ok(object! { "PlacementGroup": shown })
}

/// DeletePlacementGroup: only an empty group can go; stopped instances count.
///
/// # Errors
/// `InvalidPlacementGroup.Unknown`, `InvalidPlacementGroup.InUse`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    input.required("GroupName")?;
    let region = ctx.region()?;
    let Some(id) = lookup::placement_group(region, input)? else {
        return Err(ApiError::MissingParameter {
            parameter: "groupName".to_owned(),
        });
    };
    if region
        .instances
        .values()
        .any(|row| row.placement.group == Some(id) && row.state != InstanceState::Terminated)
    {
        return Err(ApiError::InvalidPlacementGroupInUse {
            group: input.required("GroupName")?.to_owned(),
        });
    }
    ctx.region_mut()?.placement_groups.remove(&id);
    Ok(object! {})
}

/// DescribePlacementGroups.
///
/// # Errors
/// `InvalidPlacementGroup.Unknown`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut named = Vec::new();
    for (key, list) in [("GroupName", "GroupNames"), ("GroupId", "GroupIds")] {
        for name in input.texts(list)? {
            let value = json!({ key: name });
            named.extend(lookup::placement_group(region, Input::new(&value)?)?);
        }
    }
    let rows = region
        .placement_groups
        .values()
        .filter(|group| named.is_empty() || named.contains(&group.id));
    let rows = rows.map(|group| Listed {
        serial: group.serial,
        tags: &group.tags,
        row: group,
    });
    let values = |group: &PlacementGroup, name: &str| {
        Some(vec![match name {
            "group-name" => group.name.clone(),
            "group-id" => group.id.to_string(),
            "group-arn" => arn(region, group),
            "strategy" => group.strategy.as_str().to_owned(),
            "state" => "available".to_owned(),
            "spread-level" => if group.strategy == Strategy::Spread {
                "rack"
            } else {
                ""
            }
            .to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(input, "PlacementGroups", rows, values, |group| {
        show(region, group)
    })
}

fn show(region: &RegionState, group: &PlacementGroup) -> Value {
    object! {
        "GroupName": group.name.clone(), "State": "available", "Strategy": group.strategy.as_str(),
        "PartitionCount": group.partition_count, "GroupId": text(group.id), "Tags": group.tags.describe(),
        "GroupArn": arn(region, group),
        "SpreadLevel": if group.strategy == Strategy::Spread { Some("rack") } else { None },
    }
}

fn arn(region: &RegionState, group: &PlacementGroup) -> String {
    format!(
        "arn:aws:ec2:{}:{}:placement-group/{}",
        region.name, region.account, group.name
    )
}
