//! ModifyInstancePlacement (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstancePlacement.html>): a
//! stopped instance moves into a placement group or out of it.

use super::launch::Launch;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::instance::InstanceState;

/// An empty group name takes the instance out of its group.
///
/// # Errors
/// `IncorrectInstanceState` unless stopped, and what the group refuses.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let id = row.id;
    if row.state != InstanceState::Stopped {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!("The instance '{id}' is not in the 'stopped' state."),
        });
    }
    let group = if input.has("GroupName") || input.has("GroupId") {
        lookup::placement_group(region, input)?
    } else if input.has("PartitionNumber") {
        row.placement.group
    } else {
        let detail = "At least one attribute for affinity, host ID, tenancy, or placement group name must be specified in the request.";
        return Err(ApiError::InvalidParameterCombination {
            detail: detail.to_owned(),
        });
    };
    let partition = match row.kind() {
        Some(kind) => Launch::partition(region, group, kind, input.integer("PartitionNumber")?)?,
        None => None,
    };
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        row.placement.group = group;
        row.placement.wanted_partition = partition;
        row.placement.partition = None;
    }
    Ok(object! { "Return": true })
}
