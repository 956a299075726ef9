//! DescribeSecurityGroups and DescribeSecurityGroupRules
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html>).

use super::permission;
use crate::error::{ApiError, ApiResult};
use crate::ids::{ResourceId, SecurityGroupId, SecurityGroupRuleId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::security_group::{Peer, SecurityGroup, SecurityGroupRule};

/// The groups, with their rules grouped by protocol and ports.
///
/// # Errors
/// Unknown ids, names and filters.
pub fn groups(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut named: Vec<SecurityGroupId> = Vec::new();
    for id in input.texts("GroupIds")? {
        named.push(lookup::group(region, id)?.id);
    }
    for name in input.texts("GroupNames")? {
        named.push(lookup::group_in_default_vpc(region, name)?.id);
    }
    let rows = region
        .security_groups
        .values()
        .filter(|group| named.is_empty() || named.contains(&group.id))
        .map(|group| Listed {
            serial: group.serial,
            tags: &group.tags,
            row: group,
        });
    lookup::describe(
        input,
        "SecurityGroups",
        rows,
        |group, name| values(region, group, name),
        |group| {
            object! {
                "GroupId": text(group.id),
                "IpPermissionsEgress": permission::grouped(region, group, true),
                "Tags": group.tags.describe(),
                "VpcId": text(group.vpc),
                "SecurityGroupArn": format!("arn:aws:ec2:{}:{}:security-group/{}", region.name, region.account, group.id),
                "OwnerId": text(region.account),
                "GroupName": group.name.clone(),
                "Description": group.description.clone(),
                "IpPermissions": permission::grouped(region, group, false),
            }
        },
    )
}

fn values(region: &RegionState, group: &SecurityGroup, name: &str) -> Option<Vec<String>> {
    let (egress, field) = match (
        name.strip_prefix("ip-permission."),
        name.strip_prefix("egress.ip-permission."),
    ) {
        (Some(field), _) => (false, field),
        (_, Some(field)) => (true, field),
        _ => {
            return Some(vec![match name {
                "group-id" => group.id.to_string(),
                "group-name" => group.name.clone(),
                "description" => group.description.clone(),
                "vpc-id" => group.vpc.to_string(),
                "owner-id" => region.account.to_string(),
                _ => return None,
            }]);
        }
    };
    let of = |rule: &SecurityGroupRule| {
        let permission = rule.permission;
        Some(match (field, permission.peer) {
            ("cidr", Peer::Ipv4(net)) => net.to_string(),
            ("ipv6-cidr", Peer::Ipv6(net)) => net.to_string(),
            ("group-id", Peer::Group(id)) => id.to_string(),
            ("group-name", Peer::Group(id)) => region.security_groups.get(&id)?.name.clone(),
            ("from-port", _) => permission.from_port.to_string(),
            ("to-port", _) => permission.to_port.to_string(),
            ("protocol", _) => permission.protocol.to_string(),
            ("user-id", Peer::Group(_)) => region.account.to_string(),
            _ => return None,
        })
    };
    let known = [
        "cidr",
        "ipv6-cidr",
        "group-id",
        "group-name",
        "from-port",
        "to-port",
        "protocol",
        "user-id",
        "prefix-list-id",
    ];
    known
        .contains(&field)
        .then(|| group.rules_of(egress).filter_map(of).collect())
}

/// Single rules with their ids.
///
/// # Errors
/// Unknown ids and filters.
pub fn rules(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut named = Vec::new();
    for name in input.texts("SecurityGroupRuleIds")? {
        let id = SecurityGroupRuleId::parse(name).ok_or_else(|| {
            ApiError::InvalidSecurityGroupRuleIdMalformed {
                rule_id: name.to_owned(),
            }
        })?;
        if !region
            .security_groups
            .values()
            .any(|group| group.rules.iter().any(|rule| rule.id == id))
        {
            return Err(ApiError::InvalidSecurityGroupRuleIdNotFound {
                rule_id: name.to_owned(),
            });
        }
        named.push(id);
    }
    let pairs: Vec<(u64, &SecurityGroup, &SecurityGroupRule)> = {
        let mut groups: Vec<&SecurityGroup> = region.security_groups.values().collect();
        groups.sort_by_key(|group| group.serial);
        let all = groups
            .into_iter()
            .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)));
        all.filter(|(_, rule)| named.is_empty() || named.contains(&rule.id))
            .zip(0..)
            .map(|((group, rule), serial)| (serial, group, rule))
            .collect()
    };
    let rows = pairs.iter().map(|pair| Listed {
        serial: pair.0,
        tags: &pair.2.tags,
        row: pair,
    });
    let values = |(_, group, rule): &(u64, &SecurityGroup, &SecurityGroupRule), name: &str| {
        Some(vec![match name {
            "group-id" => group.id.to_string(),
            "security-group-rule-id" => rule.id.to_string(),
            _ => return None,
        }])
    };
    lookup::describe(
        input,
        "SecurityGroupRules",
        rows,
        values,
        |(_, group, rule)| permission::rule(region, group, rule),
    )
}
