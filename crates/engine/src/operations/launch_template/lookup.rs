//! From what a call names to the template and its version, or AWS's refusal.

use crate::error::{ApiError, ApiResult};
use crate::ids::{LaunchTemplateId, ResourceId};
use crate::input::Input;
use crate::region::RegionState;
use crate::resources::launch_template::{LaunchTemplate, LaunchTemplateVersion};

/// A template by id.
///
/// # Errors
/// `InvalidLaunchTemplateId.Malformed`, `InvalidLaunchTemplateId.NotFound`.
pub fn by_id<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a LaunchTemplate> {
    let id = LaunchTemplateId::parse(text).ok_or_else(|| {
        ApiError::InvalidLaunchTemplateIdMalformed {
            launch_template_id: text.to_owned(),
        }
    })?;
    region
        .launch_templates
        .get(&id)
        .ok_or_else(|| ApiError::InvalidLaunchTemplateIdNotFound {
            launch_template_id: text.to_owned(),
        })
}

/// A template by name.
///
/// # Errors
/// `InvalidLaunchTemplateName.NotFoundException`.
pub fn by_name<'a>(region: &'a RegionState, name: &str) -> ApiResult<&'a LaunchTemplate> {
    region
        .launch_templates
        .values()
        .find(|template| template.name == name)
        .ok_or_else(|| ApiError::InvalidLaunchTemplateNameNotFound {
            name: name.to_owned(),
        })
}

/// The template that `LaunchTemplateId` or `LaunchTemplateName` names; `None` when neither is given.
///
/// # Errors
/// As [`by_id`] and [`by_name`], `InvalidParameterCombination` for both.
pub fn named<'a>(
    region: &'a RegionState,
    input: Input<'_>,
) -> ApiResult<Option<&'a LaunchTemplate>> {
    match (
        input.text("LaunchTemplateId")?,
        input.text("LaunchTemplateName")?,
    ) {
        (Some(_), Some(_)) => Err(ApiError::InvalidParameterCombination {
            detail: "Either a launch template ID or a launch template name can be specified, but not both.".to_owned(),
        }),
        (Some(id), None) => by_id(region, id).map(Some),
        (None, Some(name)) => by_name(region, name).map(Some),
        (None, None) => Ok(None),
    }
}

/// As [`named`], for a call that must name one.
///
/// # Errors
/// As [`named`], and `MissingParameter`.
pub fn required<'a>(region: &'a RegionState, input: Input<'_>) -> ApiResult<&'a LaunchTemplate> {
    named(region, input)?.ok_or_else(|| ApiError::MissingParameterMessage {
        detail: "Either a launch template ID or a launch template name must be specified."
            .to_owned(),
    })
}

/// A version of a template: a number, `$Latest` or `$Default`.
///
/// # Errors
/// `InvalidLaunchTemplateId.VersionNotFound`.
pub fn version<'a>(
    template: &'a LaunchTemplate,
    named: &str,
) -> ApiResult<&'a LaunchTemplateVersion> {
    template
        .version(named)
        .ok_or_else(|| ApiError::InvalidLaunchTemplateIdVersionNotFound {
            launch_template_id: template.id.to_string(),
            version: named.to_owned(),
        })
}

/// The data of the template that a call's `LaunchTemplate` names, with the template and the version's number.
///
/// # Errors
/// As [`required`] and [`version`].
pub fn specified<'a>(
    region: &'a RegionState,
    input: Input<'_>,
) -> ApiResult<(&'a LaunchTemplate, &'a LaunchTemplateVersion)> {
    let template = required(region, input)?;
    let version = version(template, input.text("Version")?.unwrap_or("$Default"))?;
    Ok((template, version))
}
