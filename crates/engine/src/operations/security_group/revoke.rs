//! RevokeSecurityGroupIngress and -Egress
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html>).

use super::permission;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::ids::{ResourceId, SecurityGroupRuleId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::security_group::{Peer, SecurityGroupRule};

/// Takes inbound rules out.
///
/// # Errors
/// `InvalidPermission.NotFound` outside the default VPC, `InvalidSecurityGroupRuleId.NotFound`.
pub fn ingress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    remove(ctx, input, false)
}

/// Takes outbound rules out.
///
/// # Errors
/// As [`ingress`].
pub fn egress(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    remove(ctx, input, true)
}

fn remove(ctx: &mut Context<'_>, input: Input<'_>, egress: bool) -> ApiResult {
    let region = ctx.region()?;
    let group = lookup::named_group(region, input)?;
    let id = group.id;
    let mut gone: Vec<SecurityGroupRule> = Vec::new();
    for name in input.texts("SecurityGroupRuleIds")? {
        let rule_id = SecurityGroupRuleId::parse(name).ok_or_else(|| {
            ApiError::InvalidSecurityGroupRuleIdMalformed {
                rule_id: name.to_owned(),
            }
        })?;
        let found = group.rules_of(egress).find(|rule| rule.id == rule_id);
        gone.push(
            found
                .cloned()
                .ok_or_else(|| ApiError::InvalidSecurityGroupRuleIdNotFound {
                    rule_id: name.to_owned(),
                })?,
        );
    }
    let named = permission::read(region, input)?;
    if named.is_empty() && gone.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "ipPermissions".to_owned(),
        });
    }
    // In the default VPC a rule that is not there is no error: the answer lists it.
    let lenient = region
        .vpcs
        .get(&group.vpc)
        .is_some_and(|vpc| vpc.is_default);
    let mut unknown: Vec<Value> = Vec::new();
    for rule in named {
        let found = group
            .rules_of(egress)
            .find(|known| known.permission == rule.permission);
        match found {
            Some(found) => gone.push(found.clone()),
            None if lenient => unknown.push(permission::unknown(region, &rule)),
            None => return Err(ApiError::InvalidPermissionNotFound {}),
        }
    }
    if let Some(group) = ctx.region_mut()?.security_groups.get_mut(&id) {
        group
            .rules
            .retain(|rule| !gone.iter().any(|out| out.id == rule.id));
    }
    if !gone.is_empty() {
        ctx.events.push(Event::SecurityGroupChanged { group: id });
    }
    let shown: Vec<Value> = gone
        .iter()
        .map(|rule| {
            object! {
                "SecurityGroupRuleId": text(rule.id), "GroupId": text(id), "IsEgress": rule.egress,
                "IpProtocol": rule.permission.protocol.to_string(), "FromPort": rule.permission.from_port, "ToPort": rule.permission.to_port,
                "CidrIpv4": if let Peer::Ipv4(net) = rule.permission.peer { Some(text(net)) } else { None },
                "CidrIpv6": if let Peer::Ipv6(net) = rule.permission.peer { Some(text(net)) } else { None },
                "ReferencedGroupId": if let Peer::Group(id) = rule.permission.peer { Some(text(id)) } else { None },
                "Description": rule.description.clone(),
            }
        })
        .collect();
    Ok(object! {
        "Return": true, "UnknownIpPermissions": (!unknown.is_empty()).then_some(unknown), "RevokedSecurityGroupRules": shown,
    })
}
