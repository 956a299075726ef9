//! CreateLaunchTemplate and CreateLaunchTemplateVersion
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html>).

use super::{describe, lookup, merge};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::resources::launch_template::{
    LIMIT, LaunchTemplate, LaunchTemplateVersion, VERSIONS_LIMIT,
};
use crate::resources::tags::Tags;
use base64ct::{Base64, Encoding};
use std::rc::Rc;

/// Makes a template with its version 1.
///
/// # Errors
/// A name that is taken or malformed, user data that is not base64.
pub fn template(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("LaunchTemplateName")?;
    let fine = |c: char| c.is_ascii_alphanumeric() || "()./_-".contains(c);
    if !(3..=128).contains(&name.chars().count()) || !name.chars().all(fine) {
        return Err(ApiError::InvalidLaunchTemplateNameMalformed {});
    }
    let data = data(input)?;
    let token = input.text("ClientToken")?.unwrap_or_default().to_owned();
    let region = ctx.region()?;
    if let Ok(earlier) = lookup::by_name(region, name) {
        if !token.is_empty() && earlier.client_token == token {
            let same = earlier
                .versions
                .first()
                .is_some_and(|version| *version.data == data);
            if same {
                return Ok(object! { "LaunchTemplate": describe::template(earlier, region) });
            }
            return Err(ApiError::IdempotentParameterMismatch {});
        }
        return Err(ApiError::InvalidLaunchTemplateNameAlreadyExists {});
    }
    if region.launch_templates.len() >= LIMIT {
        return Err(ApiError::LimitExceeded {
            detail: "The maximum number of launch templates has been reached.".to_owned(),
        });
    }
    let now = ctx.world.now();
    let row = LaunchTemplate {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        name: name.to_owned(),
        created: now,
        default_version: 1,
        last_number: 1,
        versions: vec![LaunchTemplateVersion {
            number: 1,
            description: input.text("VersionDescription")?.map(str::to_owned),
            created: now,
            data: Rc::new(data),
        }],
        client_token: token,
        tags: Tags::specified(input, "launch-template", &[])?,
    };
    let region = ctx.region_mut()?;
    let shown = describe::template(&row, region);
    region.launch_templates.insert(row.id, row);
    Ok(object! { "LaunchTemplate": shown })
}

/// Adds a version: the given data over those of the source version, if one is named.
///
/// # Errors
/// Unknown templates and versions.
pub fn version(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let template = lookup::required(ctx.region()?, input)?;
    let id = template.id;
    let given = data(input)?;
    let data = match input.text("SourceVersion")? {
        None => given,
        Some(source) => merge::over(&lookup::version(template, source)?.data, &given),
    };
    if template.versions.len() >= VERSIONS_LIMIT {
        return Err(ApiError::LimitExceeded {
            detail: "The maximum number of versions of the launch template has been reached."
                .to_owned(),
        });
    }
    let row = LaunchTemplateVersion {
        number: template.last_number + 1,
        description: input.text("VersionDescription")?.map(str::to_owned),
        created: ctx.world.now(),
        data: Rc::new(data),
    };
    let region = ctx.region_mut()?;
    let account = region.account;
    let Some(template) = region.launch_templates.get_mut(&id) else {
        return Ok(Value::Null);
    };
    template.last_number = row.number;
    template.versions.push(row);
    let shown = template
        .versions
        .last()
        .map(|version| describe::version(template, version, account));
    Ok(object! { "LaunchTemplateVersion": shown })
}

/// `LaunchTemplateData` of a call.
fn data(input: Input<'_>) -> ApiResult<Value> {
    let data = input.object("LaunchTemplateData")?;
    if let Some(text) = data.text("UserData")? {
        let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        Base64::decode_vec(&compact).map_err(|_| ApiError::InvalidUserDataMalformed {
            detail: "Invalid BASE64 encoding of user data.".to_owned(),
        })?;
    }
    // AWS checks the tags when the template is made, the rest when it is used.
    for specification in data.objects("TagSpecifications")? {
        Tags::read(&specification.objects("Tags")?)?;
    }
    let value = data.to_value();
    if value.as_object().is_none_or(crate::json::Map::is_empty) {
        return Err(ApiError::MissingParameter {
            parameter: "LaunchTemplateData".to_owned(),
        });
    }
    Ok(value)
}
