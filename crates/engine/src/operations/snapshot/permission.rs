//! Who else may make volumes from a snapshot
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html>).

use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::volume::key::default_key;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::volume::SnapshotSharing;

/// Accounts and groups of a call, as a permission list keeps them: an account's number, or `all`.
///
/// # Errors
/// What `invalid` makes of an account that is none, `InvalidParameterValue` for another group than `all`.
pub(crate) fn names(
    users: &[&str],
    groups: &[&str],
    invalid: impl Fn(&str) -> ApiError,
) -> ApiResult<Vec<String>> {
    let mut all = Vec::new();
    for user in users {
        if user.len() != 12 || !user.bytes().all(|b| b.is_ascii_digit()) {
            return Err(invalid(user));
        }
        all.push((*user).to_owned());
    }
    for group in groups {
        if *group != "all" {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({group}) for parameter group is invalid. Valid values: all"
                ),
            });
        }
        all.push((*group).to_owned());
    }
    Ok(all)
}

/// `UserId` and `Group` of a list of permissions.
pub(crate) fn listed<'a>(input: Input<'a>, key: &str) -> ApiResult<(Vec<&'a str>, Vec<&'a str>)> {
    let (mut users, mut groups) = (Vec::new(), Vec::new());
    for entry in input.objects(key)? {
        users.extend(entry.text("UserId")?);
        groups.extend(entry.text("Group")?);
    }
    Ok((users, groups))
}

/// What is added to a permission list and what is taken off it.
///
/// # Errors
/// As [`names`], `InvalidParameterValue` for another operation than `add` and `remove`.
pub(crate) fn changes(
    input: Input<'_>,
    structure: &str,
    groups_key: &str,
    invalid: impl Fn(&str) -> ApiError,
) -> ApiResult<(Vec<String>, Vec<String>)> {
    let given = input.object(structure)?;
    let (add_users, add_groups) = listed(given, "Add")?;
    let (gone_users, gone_groups) = listed(given, "Remove")?;
    let mut add = names(&add_users, &add_groups, &invalid)?;
    let mut gone = names(&gone_users, &gone_groups, &invalid)?;
    let flat = names(
        &input.texts("UserIds")?,
        &input.texts(groups_key)?,
        &invalid,
    )?;
    match input.text("OperationType")? {
        Some("add") => add.extend(flat),
        Some("remove") => gone.extend(flat),
        None if flat.is_empty() => {}
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({}) for parameter operationType is invalid. Valid values: add, remove",
                    other.unwrap_or_default()
                ),
            });
        }
    }
    Ok((add, gone))
}

/// A permission list as AWS shows it.
pub(crate) fn shown(permissions: &[String]) -> Value {
    permissions
        .iter()
        .map(|name| {
            if name == "all" {
                json!({ "Group": name })
            } else {
                json!({ "UserId": name })
            }
        })
        .collect()
}

/// Changes a permission list in place.
pub(crate) fn apply(permissions: &mut Vec<String>, add: Vec<String>, gone: &[String]) {
    permissions.retain(|name| !gone.contains(name));
    for name in add {
        if !permissions.contains(&name) {
            permissions.push(name);
        }
    }
}

/// Whether what a key encrypts may be shared: with everybody never, and not at all when it is the key that AWS manages,
/// because nobody else can use that
/// (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html>).
///
/// # Errors
/// `OperationNotPermitted`, `InvalidParameter`.
pub(crate) fn key_may_be_shared(region: &RegionState, key: &str, add: &[String]) -> ApiResult<()> {
    if add.iter().any(|name| name == "all") {
        return Err(ApiError::OperationNotPermitted {
            detail: "Encrypted snapshots cannot be shared publicly.".to_owned(),
        });
    }
    if key == default_key(region) {
        return Err(ApiError::InvalidParameter {
            detail: "Snapshots encrypted with the AWS Managed CMK can't be shared".to_owned(),
        });
    }
    Ok(())
}

fn only_permission(input: Input<'_>, required: bool) -> ApiResult<()> {
    match input.text("Attribute")? {
        Some("createVolumePermission") => Ok(()),
        None if !required => Ok(()),
        None => Err(ApiError::MissingParameter {
            parameter: "attribute".to_owned(),
        }),
        Some(other) => Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({other}) for parameter attribute is invalid. Valid values: createVolumePermission"
            ),
        }),
    }
}

/// Shares a snapshot, or ends it. One that the default key encrypts cannot be shared; no encrypted one with everybody.
///
/// # Errors
/// `InvalidSnapshot.NotFound`, `OperationNotPermitted`, `InvalidParameterValue`.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = show::find(region, input.required("SnapshotId")?)?;
    only_permission(input, false)?;
    let (add, gone) = changes(input, "CreateVolumePermission", "GroupNames", |user| {
        ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({user}) for parameter userId is invalid. It must be an account number of 12 digits."
            ),
        }
    })?;
    if let Some(key) = row.kms_key.as_deref().filter(|_| !add.is_empty()) {
        key_may_be_shared(region, key, &add)?;
    }
    if add.iter().any(|name| name == "all") && region.ebs.snapshot_sharing != SnapshotSharing::Free
    {
        return Err(ApiError::OperationNotPermitted {
            detail: "You can't publicly share this snapshot because block public access for snapshots is enabled for this account. To publicly share the snapshot, you must call the DisableSnapshotBlockPublicAccess API.".to_owned(),
        });
    }
    let id = row.id;
    if let Some(row) = ctx.region_mut()?.snapshots.get_mut(&id) {
        apply(&mut row.permissions, add, &gone);
    }
    Ok(object! {})
}

/// Whom a snapshot is shared with.
///
/// # Errors
/// `InvalidSnapshot.NotFound`.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = show::find(ctx.region()?, input.required("SnapshotId")?)?;
    match input.required("Attribute")? {
        "productCodes" => {
            Ok(object! { "ProductCodes": Vec::<Value>::new(), "SnapshotId": text(row.id) })
        }
        _ => {
            only_permission(input, true)?;
            Ok(
                object! { "CreateVolumePermissions": shown(&row.permissions), "SnapshotId": text(row.id) },
            )
        }
    }
}

/// Shares a snapshot with nobody.
///
/// # Errors
/// `InvalidSnapshot.NotFound`.
pub fn reset(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = show::find(ctx.region()?, input.required("SnapshotId")?)?.id;
    only_permission(input, true)?;
    if let Some(row) = ctx.region_mut()?.snapshots.get_mut(&id) {
        row.permissions.clear();
    }
    Ok(object! {})
}
