//! Instance profiles (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>).

use super::{id, name, path, role};
use crate::error::{ApiError, ApiResult};
use crate::ids::AccountId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::iam::{Iam, InstanceProfile};
use crate::resources::tags::Tags;

fn show(iam: &Iam, row: &InstanceProfile, account: AccountId) -> Value {
    let roles: Vec<Value> = row
        .role
        .iter()
        .filter_map(|name| iam.roles.get(name))
        .map(|found| role::show(found, account))
        .collect();
    object! {
        "Path": row.path.clone(), "InstanceProfileName": row.name.clone(), "InstanceProfileId": row.id.clone(),
        "Arn": row.arn(account), "CreateDate": text(row.created), "Roles": roles, "Tags": row.tags.describe(),
    }
}

fn missing(name: &str) -> ApiError {
    ApiError::NoSuchEntity {
        detail: format!("Instance Profile {name} cannot be found."),
    }
}

fn named<'a>(iam: &'a Iam, input: Input<'_>) -> ApiResult<&'a InstanceProfile> {
    let name = input.required("InstanceProfileName")?;
    iam.instance_profiles.get(name).ok_or_else(|| missing(name))
}

/// CreateInstanceProfile.
///
/// # Errors
/// `EntityAlreadyExists`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let wanted = name(
        "instanceProfileName",
        input.required("InstanceProfileName")?,
        128,
    )?
    .to_owned();
    if ctx.iam().instance_profiles.contains_key(&wanted) {
        return Err(ApiError::EntityAlreadyExists {
            detail: format!("Instance Profile {wanted} already exists."),
        });
    }
    let row = InstanceProfile {
        name: wanted,
        path: path(input.text("Path")?)?,
        id: id(ctx.world, "AIPA"),
        created: ctx.world.now(),
        role: None,
        tags: Tags::read(&input.objects("Tags")?)?,
    };
    let shown = show(ctx.iam(), &row, ctx.caller.account);
    ctx.iam_mut()
        .instance_profiles
        .insert(row.name.clone(), row);
    Ok(object! { "InstanceProfile": shown })
}

/// GetInstanceProfile.
///
/// # Errors
/// `NoSuchEntity`.
pub fn get(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let iam = ctx.iam();
    let row = named(iam, input)?;
    Ok(object! { "InstanceProfile": show(iam, row, ctx.caller.account) })
}

/// ListInstanceProfiles.
///
/// # Errors
/// None but those of the input.
pub fn list(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let prefix = input.text("PathPrefix")?.unwrap_or("/");
    let iam = ctx.iam();
    let rows: Vec<Value> = iam
        .instance_profiles
        .values()
        .filter(|row| row.path.starts_with(prefix))
        .map(|row| show(iam, row, ctx.caller.account))
        .collect();
    Ok(object! { "InstanceProfiles": rows })
}

/// DeleteInstanceProfile: only one without a role. Instances that have it keep the tie.
///
/// # Errors
/// `NoSuchEntity`, `DeleteConflict`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = named(ctx.iam(), input)?;
    if row.role.is_some() {
        return Err(ApiError::DeleteConflict {
            detail: "Cannot delete entity, must remove roles from instance profile first."
                .to_owned(),
        });
    }
    let name = row.name.clone();
    ctx.iam_mut().instance_profiles.remove(&name);
    Ok(object! {})
}

/// AddRoleToInstanceProfile: one role is all that fits.
///
/// # Errors
/// `NoSuchEntity`, `LimitExceeded`.
pub fn add_role(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let iam = ctx.iam();
    let row = named(iam, input)?;
    let role = input.required("RoleName")?.to_owned();
    if !iam.roles.contains_key(&role) {
        return Err(ApiError::NoSuchEntity {
            detail: format!("The role with name {role} cannot be found."),
        });
    }
    if row.role.is_some() {
        return Err(ApiError::LimitExceeded {
            detail: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1".to_owned(),
        });
    }
    let name = row.name.clone();
    if let Some(row) = ctx.iam_mut().instance_profiles.get_mut(&name) {
        row.role = Some(role);
    }
    Ok(object! {})
}

/// RemoveRoleFromInstanceProfile.
///
/// # Errors
/// `NoSuchEntity`.
pub fn remove_role(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = named(ctx.iam(), input)?;
    let role = input.required("RoleName")?;
    if row.role.as_deref() != Some(role) {
        return Err(ApiError::NoSuchEntity {
            detail: format!("The role with name {role} cannot be found."),
        });
    }
    let name = row.name.clone();
    if let Some(row) = ctx.iam_mut().instance_profiles.get_mut(&name) {
        row.role = None;
    }
    Ok(object! {})
}
