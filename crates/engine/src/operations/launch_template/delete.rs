//! DeleteLaunchTemplate and DeleteLaunchTemplateVersions
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplateVersions.html>).

use super::{describe, lookup};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;

/// The most versions that one call deletes.
const AT_ONCE: usize = 200;

/// Deletes a template with all its versions; instances that were launched from it stay.
///
/// # Errors
/// Unknown templates.
pub fn template(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::required(region, input)?;
    let (id, shown) = (row.id, describe::template(row, region));
    ctx.region_mut()?.launch_templates.remove(&id);
    Ok(object! { "LaunchTemplate": shown })
}

/// Deletes versions by number; those that cannot go are listed with the reason. The default version stays.
///
/// # Errors
/// Unknown templates, more than 200 versions.
pub fn versions(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let named = input.texts("Versions")?;
    if named.is_empty() {
        return Err(ApiError::MissingParameter {
            parameter: "LaunchTemplateVersion".to_owned(),
        });
    }
    if named.len() > AT_ONCE {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("At most {AT_ONCE} versions can be deleted in a single request."),
        });
    }
    let row = lookup::required(ctx.region()?, input)?.clone();
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    let mut kept = row.versions.clone();
    for word in named {
        let number: u64 = word.parse().map_err(|_| ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({word}) for parameter version is invalid. Expecting a version number."
            ),
        })?;
        let refusal = if number == row.default_version {
            Some((
                "unexpectedError",
                "The default version of a launch template cannot be deleted.".to_owned(),
            ))
        } else if !kept.iter().any(|version| version.number == number) {
            Some((
                "launchTemplateVersionDoesNotExist",
                format!("The launch template version {number} does not exist."),
            ))
        } else {
            None
        };
        let head = |error: Option<Value>| {
            object! {
                "LaunchTemplateId": text(row.id), "LaunchTemplateName": row.name.clone(), "VersionNumber": number,
                "ResponseError": error,
            }
        };
        match refusal {
            None => {
                kept.retain(|version| version.number != number);
                done.push(head(None));
            }
            Some((code, message)) => {
                failed.push(head(Some(object! { "Code": code, "Message": message })));
            }
        }
    }
    if let Some(template) = ctx.region_mut()?.launch_templates.get_mut(&row.id) {
        template.versions = kept;
    }
    Ok(object! {
        "SuccessfullyDeletedLaunchTemplateVersions": done, "UnsuccessfullyDeletedLaunchTemplateVersions": failed,
    })
}
