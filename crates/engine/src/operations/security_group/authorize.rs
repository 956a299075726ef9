//! AuthorizeSecurityGroupIngress and -Egress
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html>).

use super::permission;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::security_group::{Permission, SecurityGroupRule};
use crate::resources::tags::Tags;

/// Adds inbound rules.
///
/// # Errors
/// `InvalidPermission.Duplicate`, `RulesPerSecurityGroupLimitExceeded`, and what is wrong with a rule.
pub fn ingress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    add(ctx, input, false)
}

/// Adds outbound rules.
///
/// # Errors
/// As [`ingress`].
pub fn egress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    add(ctx, input, true)
}

fn add(ctx: &mut Context<'_>, input: Input<'_>, egress: bool) -> ApiResult {
    let region = ctx.region()?;
    let group = lookup::named_group(region, input)?;
    let id = group.id;
    let named = permission::read(region, input)?;
    if named.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "ipPermissions".to_owned(),
        });
    }
    for rule in &named {
        if group
            .rules_of(egress)
            .any(|known| known.permission == rule.permission)
        {
            return Err(ApiError::InvalidPermissionDuplicate {
                rule: rule.permission.in_message(),
            });
        }
    }
    let more: Vec<Permission> = named.iter().map(|rule| rule.permission).collect();
    if group.too_many_rules(egress, &more) {
        return Err(ApiError::RulesPerSecurityGroupLimitExceeded {});
    }
    let tags = Tags::specified(input, "security-group-rule", &[])?;
    let rules: Vec<SecurityGroupRule> = named
        .into_iter()
        .map(|rule| SecurityGroupRule {
            id: ctx.world.mint(),
            egress,
            permission: rule.permission,
            description: rule.description,
            tags: tags.clone(),
        })
        .collect();
    if let Some(group) = ctx.region_mut()?.security_groups.get_mut(&id) {
        group.rules.extend(rules.iter().cloned());
    }
    ctx.events.push(Event::SecurityGroupChanged { group: id });
    let region = ctx.region()?;
    let shown: Vec<Value> = match region.security_groups.get(&id) {
        Some(group) => rules
            .iter()
            .map(|rule| permission::rule(region, group, rule))
            .collect(),
        None => Vec::new(),
    };
    Ok(object! { "Return": true, "SecurityGroupRules": shown })
}
