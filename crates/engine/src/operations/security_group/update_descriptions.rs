//! UpdateSecurityGroupRuleDescriptionsIngress and -Egress
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html>).

use super::{modify, permission};
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::ids::SecurityGroupRuleId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;

/// Descriptions of inbound rules.
///
/// # Errors
/// `InvalidPermission.NotFound`, `InvalidSecurityGroupRuleId.NotFound`.
pub fn ingress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    update(ctx, input, false)
}

/// Descriptions of outbound rules.
///
/// # Errors
/// As [`ingress`].
pub fn egress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    update(ctx, input, true)
}

fn update(ctx: &mut Context<'_>, input: Input<'_>, egress: bool) -> ApiResult {
    let region = ctx.region()?;
    let group = lookup::named_group(region, input)?;
    let id = group.id;
    let by_id = input.objects("SecurityGroupRuleDescriptions")?;
    let by_content = permission::read(region, input)?;
    if by_id.is_empty() == by_content.is_empty() {
        return Err(if by_id.is_empty() {
            ApiError::MissingParameterMessage {
                detail: "Either ipPermissions or securityGroupRuleDescriptions should be provided."
                    .to_owned(),
            }
        } else {
            ApiError::InvalidParameterCombination {
                detail: "The parameter ipPermissions cannot be used with the parameter securityGroupRuleDescriptions".to_owned(),
            }
        });
    }
    let mut changes: Vec<(SecurityGroupRuleId, Option<String>)> = Vec::new();
    for entry in by_id {
        let name = entry.required("SecurityGroupRuleId")?;
        let rule = modify::rule_id(name)?;
        if !group.rules_of(egress).any(|known| known.id == rule) {
            return Err(ApiError::InvalidSecurityGroupRuleIdNotFound {
                rule_id: name.to_owned(),
            });
        }
        changes.push((rule, permission::description(entry)?));
    }
    for named in by_content {
        let known = group
            .rules_of(egress)
            .find(|known| known.permission == named.permission)
            .ok_or(ApiError::InvalidPermissionNotFound {})?;
        changes.push((known.id, named.description));
    }
    if let Some(group) = ctx.region_mut()?.security_groups.get_mut(&id) {
        for (rule, description) in changes {
            if let Some(known) = group.rules.iter_mut().find(|known| known.id == rule) {
                known.description = description.filter(|text| !text.is_empty());
            }
        }
    }
    ctx.events.push(Event::SecurityGroupChanged { group: id });
    Ok(object! { "Return": true })
}
