//! CreateSecurityGroup (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::security_group::{LIMIT, Peer, Permission, SecurityGroup, SecurityGroupRule};
use crate::resources::tags::Tags;
use ipnet::Ipv4Net;

/// What names and descriptions may hold besides letters and digits.
pub(super) const PUNCTUATION: &str = " ._-:/()#,@[]+=&;{}!$*";

/// A new group lets nothing in and everything out.
///
/// # Errors
/// `InvalidGroup.Duplicate` in the same VPC, `InvalidParameterValue` for a name or description AWS does not take.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("GroupName")?.trim().to_owned();
    let description = input.required("Description")?.to_owned();
    let region = ctx.region()?;
    let vpc =
        match input.text("VpcId")? {
            Some(id) => lookup::vpc(region, id)?.id,
            None => region.default_vpc().map(|vpc| vpc.id).ok_or_else(|| {
                ApiError::MissingParameter {
                    parameter: "vpcId".to_owned(),
                }
            })?,
        };
    if name == "default" {
        return Err(ApiError::InvalidParameterValue {
            detail: "Cannot use reserved security group name: default".to_owned(),
        });
    }
    if name.starts_with("sg-") {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*."
            ),
        });
    }
    check("group name", &name)?;
    check("group description", &description)?;
    if region.group_by_name(vpc, &name).is_some() {
        return Err(ApiError::InvalidGroupDuplicate {
            name,
            vpc_id: vpc.to_string(),
        });
    }
    if region.security_groups.len() >= LIMIT {
        return Err(ApiError::SecurityGroupLimitExceeded {
            vpc_id: vpc.to_string(),
        });
    }
    let tags = Tags::specified(input, "security-group", &[])?;
    let id = ctx.world.mint();
    let rule = SecurityGroupRule {
        id: ctx.world.mint(),
        egress: true,
        permission: Permission::all(Peer::Ipv4(Ipv4Net::default())),
        description: None,
        tags: Tags::default(),
    };
    let serial = ctx.world.serial();
    let account = ctx.caller.account;
    let group = SecurityGroup {
        id,
        serial,
        name,
        description,
        vpc,
        rules: vec![rule],
        tags: tags.clone(),
    };
    let region = ctx.region_mut()?;
    region.security_groups.insert(id, group);
    let arn = format!("arn:aws:ec2:{}:{account}:security-group/{id}", region.name);
    Ok(object! { "GroupId": text(id), "Tags": tags.describe(), "SecurityGroupArn": arn })
}

fn check(what: &str, value: &str) -> ApiResult<()> {
    let fine = |c: char| c.is_ascii_alphanumeric() || PUNCTUATION.contains(c);
    if value.is_empty() || value.chars().count() > 255 || !value.chars().all(fine) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Invalid security {what}. Valid {}s are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*",
                what.rsplit(' ').next().unwrap_or(what)
            ),
        });
    }
    Ok(())
}
