//! ModifySecurityGroupRules
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html>).

use super::permission;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::ids::{ResourceId, SecurityGroupRuleId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::security_group::{Peer, SecurityGroup};

/// Gives rules new contents under their old ids; the kind of source stays.
///
/// # Errors
/// `InvalidSecurityGroupRuleId.NotFound`, `InvalidPermission.Duplicate`, and what is wrong with a rule.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut group = lookup::group(region, input.required("GroupId")?)?.clone();
    let updates = input.objects("SecurityGroupRules")?;
    if updates.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "SecurityGroupRule".to_owned(),
        });
    }
    for update in updates {
        let name = update.required("SecurityGroupRuleId")?;
        let id = rule_id(name)?;
        let wanted = permission::request(region, update.object("SecurityGroupRule")?)?;
        let Some(rule) = group.rules.iter_mut().find(|rule| rule.id == id) else {
            return Err(ApiError::InvalidSecurityGroupRuleIdNotFound {
                rule_id: name.to_owned(),
            });
        };
        if !same_kind(rule.permission.peer, wanted.permission.peer) {
            return Err(ApiError::InvalidParameterCombination {
                detail: "You cannot change the type of a security group rule: the source must stay an IPv4 range, an IPv6 range or a security group.".to_owned(),
            });
        }
        rule.permission = wanted.permission;
        rule.description = wanted.description;
    }
    distinct(&group)?;
    let id = group.id;
    ctx.region_mut()?.security_groups.insert(id, group);
    ctx.events.push(Event::SecurityGroupChanged { group: id });
    Ok(object! { "Return": true })
}

fn same_kind(one: Peer, other: Peer) -> bool {
    matches!(
        (one, other),
        (Peer::Ipv4(_), Peer::Ipv4(_))
            | (Peer::Ipv6(_), Peer::Ipv6(_))
            | (Peer::Group(_), Peer::Group(_))
    )
}

/// Whether no rule of a direction is there twice.
fn distinct(group: &SecurityGroup) -> ApiResult<()> {
    for (at, rule) in group.rules.iter().enumerate() {
        let again = group
            .rules
            .iter()
            .skip(at + 1)
            .any(|other| other.egress == rule.egress && other.permission == rule.permission);
        if again {
            return Err(ApiError::InvalidPermissionDuplicate {
                rule: rule.permission.in_message(),
            });
        }
    }
    Ok(())
}

/// The id of a rule.
///
/// # Errors
/// `InvalidSecurityGroupRuleId.Malformed`.
pub(super) fn rule_id(text: &str) -> ApiResult<SecurityGroupRuleId> {
    SecurityGroupRuleId::parse(text).ok_or_else(|| ApiError::InvalidSecurityGroupRuleIdMalformed {
        rule_id: text.to_owned(),
    })
}
