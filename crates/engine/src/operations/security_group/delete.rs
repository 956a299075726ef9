//! DeleteSecurityGroup (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::security_group::Peer;

/// Only a group that no interface has and no other group's rule names can go.
///
/// # Errors
/// `CannotDelete` for the default group, `DependencyViolation` for one in use.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let group = lookup::named_group(region, input)?;
    let id = group.id;
    if group.is_default() {
        return Err(ApiError::CannotDelete {
            detail: format!(
                "the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"
            ),
        });
    }
    let worn = region
        .network_interfaces
        .values()
        .any(|nic| nic.groups.contains(&id));
    let named = region.security_groups.values().any(|other| {
        other.id != id
            && other
                .rules
                .iter()
                .any(|rule| rule.permission.peer == Peer::Group(id))
    });
    if worn || named {
        return Err(ApiError::DependencyViolation {
            detail: format!("resource {id} has a dependent object"),
        });
    }
    ctx.region_mut()?.security_groups.remove(&id);
    Ok(object! { "Return": true, "GroupId": text(id) })
}
