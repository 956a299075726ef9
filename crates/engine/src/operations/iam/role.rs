//! Roles (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>).

use super::{id, name, path};
use crate::error::{ApiError, ApiResult};
use crate::ids::AccountId;
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::resources::iam::Role;
use crate::resources::tags::Tags;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A role as IAM shows it. The trust policy is JSON inside the answer, as the command line prints it.
#[must_use]
pub fn show(row: &Role, account: AccountId) -> Value {
    let policy: Value = crate::json::from_str(&row.assume_role_policy_document)
        .unwrap_or_else(|_| text(&row.assume_role_policy_document));
    object! {
        "Path": row.path.clone(), "RoleName": row.name.clone(), "RoleId": row.id.clone(), "Arn": row.arn(account),
        "CreateDate": text(row.created), "AssumeRolePolicyDocument": policy, "Description": row.description.clone(),
        "Tags": row.tags.describe(),
    }
}

fn missing(name: &str) -> ApiError {
    ApiError::NoSuchEntity {
        detail: format!("The role with name {name} cannot be found."),
    }
}

/// The role that a call names.
fn named<'a>(ctx: &'a mut Context<'_>, input: Input<'_>) -> ApiResult<&'a mut Role> {
    let name = input.required("RoleName")?;
    // Looked up first, so that a miss does not copy the roles.
    if !ctx.iam().roles.contains_key(name) {
        return Err(missing(name));
    }
    ctx.iam_mut()
        .roles
        .get_mut(name)
        .ok_or_else(|| missing(name))
}

/// The text of a policy, if it is one JSON object.
fn policy(document: &str) -> ApiResult<Rc<str>> {
    match crate::json::from_str::<Value>(document) {
        Ok(Value::Object(map)) if map.contains_key("Statement") => Ok(Rc::from(document)),
        Ok(_) => Err(ApiError::MalformedPolicyDocument {
            detail: "Syntax errors in policy.".to_owned(),
        }),
        Err(_) => Err(ApiError::MalformedPolicyDocument {
            detail: "This policy contains invalid Json".to_owned(),
        }),
    }
}

/// CreateRole.
///
/// # Errors
/// `EntityAlreadyExists`, `MalformedPolicyDocument`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let wanted = name("roleName", input.required("RoleName")?, 64)?.to_owned();
    let document = policy(input.required("AssumeRolePolicyDocument")?)?;
    if ctx.iam().roles.contains_key(&wanted) {
        return Err(ApiError::EntityAlreadyExists {
            detail: format!("Role with name {wanted} already exists."),
        });
    }
    let row = Role {
        name: wanted,
        path: path(input.text("Path")?)?,
        id: id(ctx.world, "AROA"),
        assume_role_policy_document: document,
        description: input.text("Description")?.map(str::to_owned),
        created: ctx.world.now(),
        attached_policies: Vec::new(),
        inline_policies: BTreeMap::new(),
        tags: Tags::read(&input.objects("Tags")?)?,
    };
    let shown = show(&row, ctx.caller.account);
    ctx.iam_mut().roles.insert(row.name.clone(), row);
    Ok(object! { "Role": shown })
}

/// GetRole.
///
/// # Errors
/// `NoSuchEntity`.
pub fn get(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("RoleName")?;
    let row = ctx.iam().roles.get(name).ok_or_else(|| missing(name))?;
    Ok(object! { "Role": show(row, ctx.caller.account) })
}

/// DeleteRole: only one without policies and in no instance profile.
///
/// # Errors
/// `NoSuchEntity`, `DeleteConflict`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = named(ctx, input)?.clone();
    let conflict = |detail: &str| {
        Err(ApiError::DeleteConflict {
            detail: detail.to_owned(),
        })
    };
    let profiles = &ctx.iam().instance_profiles;
    if profiles
        .values()
        .any(|profile| profile.role.as_ref() == Some(&row.name))
    {
        return conflict("Cannot delete entity, must remove roles from instance profile first.");
    }
    if !row.attached_policies.is_empty() {
        return conflict("Cannot delete entity, must detach all policies first.");
    }
    if !row.inline_policies.is_empty() {
        return conflict("Cannot delete entity, must delete policies first.");
    }
    ctx.iam_mut().roles.remove(&row.name);
    Ok(object! {})
}

/// AttachRolePolicy.
///
/// # Errors
/// `NoSuchEntity`.
pub fn attach_policy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let arn = input.required("PolicyArn")?.to_owned();
    let row = named(ctx, input)?;
    if !row.attached_policies.contains(&arn) {
        row.attached_policies.push(arn);
    }
    Ok(object! {})
}

/// DetachRolePolicy.
///
/// # Errors
/// `NoSuchEntity`.
pub fn detach_policy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let arn = input.required("PolicyArn")?.to_owned();
    let row = named(ctx, input)?;
    let before = row.attached_policies.len();
    row.attached_policies.retain(|known| *known != arn);
    if row.attached_policies.len() == before {
        return Err(ApiError::NoSuchEntity {
            detail: format!("Policy {arn} was not found."),
        });
    }
    Ok(object! {})
}

/// PutRolePolicy.
///
/// # Errors
/// `NoSuchEntity`, `MalformedPolicyDocument`.
pub fn put_policy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = name("policyName", input.required("PolicyName")?, 128)?.to_owned();
    let document = policy(input.required("PolicyDocument")?)?;
    named(ctx, input)?.inline_policies.insert(name, document);
    Ok(object! {})
}

/// DeleteRolePolicy.
///
/// # Errors
/// `NoSuchEntity`.
pub fn delete_policy(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("PolicyName")?.to_owned();
    match named(ctx, input)?.inline_policies.remove(&name) {
        Some(_) => Ok(object! {}),
        None => Err(ApiError::NoSuchEntity {
            detail: format!("The role policy with name {name} cannot be found."),
        }),
    }
}
