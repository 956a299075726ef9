//! ModifyLaunchTemplate: which version is the default one
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html>).

use super::{describe, lookup};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;

/// Sets the default version.
///
/// # Errors
/// Unknown templates and versions.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let template = lookup::required(ctx.region()?, input)?;
    let id = template.id;
    let Some(wanted) = input.text("DefaultVersion")? else {
        return Err(ApiError::MissingParameter {
            parameter: "DefaultVersion".to_owned(),
        });
    };
    let number = lookup::version(template, wanted)?.number;
    if let Some(template) = ctx.region_mut()?.launch_templates.get_mut(&id) {
        template.default_version = number;
    }
    let region = ctx.region()?;
    let shown = region
        .launch_templates
        .get(&id)
        .map(|row| describe::template(row, region));
    Ok(object! { "LaunchTemplate": shown })
}
