//! DescribeLaunchTemplates and DescribeLaunchTemplateVersions
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html>).

use super::lookup;
use crate::error::{ApiError, ApiResult};
use crate::ids::AccountId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{Listed, describe};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::launch_template::{LaunchTemplate, LaunchTemplateVersion};
use crate::resources::tags::Tags;

/// Who made it, as `CreatedBy` names the home account's learner.
fn creator(account: AccountId) -> String {
    format!("arn:aws:iam::{account}:user/learner")
}

/// A template as AWS shows it.
#[must_use]
pub fn template(row: &LaunchTemplate, region: &RegionState) -> Value {
    object! {
        "LaunchTemplateId": text(row.id), "LaunchTemplateName": row.name.clone(), "CreateTime": text(row.created),
        "CreatedBy": creator(region.account), "DefaultVersionNumber": row.default_version,
        "LatestVersionNumber": row.latest_version(), "Tags": row.tags.describe(), "Operator": object! { "Managed": false },
    }
}

/// A version as AWS shows it.
#[must_use]
pub fn version(
    template: &LaunchTemplate,
    row: &LaunchTemplateVersion,
    account: AccountId,
) -> Value {
    object! {
        "LaunchTemplateId": text(template.id), "LaunchTemplateName": template.name.clone(), "VersionNumber": row.number,
        "VersionDescription": row.description.clone(), "CreateTime": text(row.created), "CreatedBy": creator(account),
        "DefaultVersion": row.number == template.default_version, "LaunchTemplateData": (*row.data).clone(),
        "Operator": object! { "Managed": false },
    }
}

/// The templates.
///
/// # Errors
/// Unknown ids, names and filters.
pub fn templates(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut named = Vec::new();
    for id in input.texts("LaunchTemplateIds")? {
        named.push(lookup::by_id(region, id)?.id);
    }
    for name in input.texts("LaunchTemplateNames")? {
        named.push(lookup::by_name(region, name)?.id);
    }
    let rows = region
        .launch_templates
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &LaunchTemplate, name: &str| {
        Some(match name {
            "create-time" => row.created.in_filters(),
            "launch-template-name" => vec![row.name.clone()],
            "launch-template-id" => vec![row.id.to_string()],
            _ => return None,
        })
    };
    describe(input, "LaunchTemplates", rows, values, |row| {
        template(row, region)
    })
}

/// The versions of one template, the newest first; without a template, the latest or default versions of all.
///
/// # Errors
/// Unknown ids, names, versions and filters.
pub fn versions(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let wanted = input.texts("Versions")?;
    let bound = |key: &str| -> ApiResult<Option<u64>> {
        input
            .text(key)?
            .map(|text| {
                text.parse().map_err(|_| ApiError::InvalidParameterValue {
                    detail: format!("Value ({text}) for parameter {key} is invalid."),
                })
            })
            .transpose()
    };
    let (least, most) = (bound("MinVersion")?, bound("MaxVersion")?);
    if !wanted.is_empty() && (least.is_some() || most.is_some()) {
        return Err(ApiError::InvalidParameterCombination {
            detail: "Versions cannot be specified together with a minimum or maximum version."
                .to_owned(),
        });
    }
    let mut pairs: Vec<(&LaunchTemplate, &LaunchTemplateVersion)> = Vec::new();
    match lookup::named(region, input)? {
        Some(template) if wanted.is_empty() => pairs.extend(
            template
                .versions
                .iter()
                .rev()
                .filter(|row| least.is_none_or(|least| row.number >= least))
                .filter(|row| most.is_none_or(|most| row.number <= most))
                .map(|row| (template, row)),
        ),
        Some(template) => {
            for named in &wanted {
                let row = lookup::version(template, named)?;
                if !pairs.iter().any(|(_, known)| known.number == row.number) {
                    pairs.push((template, row));
                }
            }
            pairs.sort_by_key(|(_, row)| std::cmp::Reverse(row.number));
        }
        None if !wanted.is_empty()
            && wanted
                .iter()
                .all(|named| matches!(*named, "$Latest" | "$Default")) =>
        {
            let mut all: Vec<&LaunchTemplate> = region.launch_templates.values().collect();
            all.sort_by_key(|row| row.serial);
            for template in all {
                for named in &wanted {
                    let row = lookup::version(template, named)?;
                    if !pairs
                        .iter()
                        .any(|(of, known)| of.id == template.id && known.number == row.number)
                    {
                        pairs.push((template, row));
                    }
                }
            }
        }
        None => {
            return Err(ApiError::MissingParameterMessage {
                detail: "Either a launch template ID or a launch template name must be specified, or $Latest or $Default alone as the version.".to_owned(),
            });
        }
    }
    let none = Tags::default();
    let rows = (0..).zip(&pairs).map(|(serial, row)| Listed {
        serial,
        tags: &none,
        row,
    });
    describe(
        input,
        "LaunchTemplateVersions",
        rows,
        |(template, row), name| values(template, row, name),
        |(template, row)| version(template, row, region.account),
    )
}

/// A version's values for a filter: most look into its data.
fn values(
    template: &LaunchTemplate,
    row: &LaunchTemplateVersion,
    name: &str,
) -> Option<Vec<String>> {
    let pointer = match name {
        "create-time" => return Some(row.created.in_filters()),
        "is-default-version" => {
            return Some(vec![(row.number == template.default_version).to_string()]);
        }
        "image-id" => "/ImageId",
        "instance-type" => "/InstanceType",
        "ebs-optimized" => "/EbsOptimized",
        "kernel-id" => "/KernelId",
        "ram-disk-id" => "/RamDiskId",
        "iam-instance-profile" => "/IamInstanceProfile/Arn",
        "http-endpoint" => "/MetadataOptions/HttpEndpoint",
        "http-protocol-ipv4" => "/MetadataOptions/HttpProtocolIpv4",
        "http-tokens" => "/MetadataOptions/HttpTokens",
        "host-resource-group-arn" => "/Placement/HostResourceGroupArn",
        "license-configuration-arn" => "/LicenseSpecifications/0/LicenseConfigurationArn",
        "network-card-index" => "/NetworkInterfaces/0/NetworkCardIndex",
        _ => return None,
    };
    Some(
        row.data
            .pointer(pointer)
            .map(|value| match value {
                Value::String(text) => text.to_string(),
                other => other.to_string(),
            })
            .into_iter()
            .collect(),
    )
}
