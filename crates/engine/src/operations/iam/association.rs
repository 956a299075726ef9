//! The ties of instance profiles to instances
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::{AccountId, IamInstanceProfileAssociationId, InstanceId, ResourceId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::iam::IamInstanceProfileAssociation;
use crate::resources::tags::Tags;
use crate::world::World;

/// The instance profile that a call's `IamInstanceProfile` means: its ARN and its id.
pub(crate) type ProfileRef = (String, String);

/// The instance profile that a call names by name or ARN; `None` when it names none.
///
/// # Errors
/// `InvalidParameterValue` for one that there is not, `InvalidParameterCombination` for both.
pub(crate) fn profile(
    world: &World,
    account: AccountId,
    input: Input<'_>,
) -> ApiResult<Option<ProfileRef>> {
    let given = input.object("IamInstanceProfile")?;
    let invalid = |value: &str, key: &str, what: &str| ApiError::InvalidParameterValue {
        detail: format!(
            "Value ({value}) for parameter iamInstanceProfile.{key} is invalid. Invalid IAM Instance Profile {what}"
        ),
    };
    let profiles = &world.iam(account).instance_profiles;
    let found = match (given.text("Name")?, given.text("Arn")?) {
        (Some(_), Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'".to_owned(),
            });
        }
        (Some(name), None) => profiles
            .get(name)
            .ok_or_else(|| invalid(name, "name", "name"))?,
        (None, Some(arn)) => profiles
            .values()
            .find(|row| row.arn(account) == arn)
            .ok_or_else(|| invalid(arn, "arn", "ARN"))?,
        (None, None) => return Ok(None),
    };
    Ok(Some((found.arn(account), found.id.clone())))
}

/// Ties an instance to a profile.
///
/// # Errors
/// None but those of a Region that is not there.
pub(crate) fn tie(
    ctx: &mut Context<'_>,
    instance: InstanceId,
    (arn, id): ProfileRef,
) -> ApiResult<IamInstanceProfileAssociationId> {
    let row = IamInstanceProfileAssociation {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        instance,
        profile_arn: arn,
        profile_id: id,
        since: ctx.world.now(),
    };
    let key = row.id;
    let region = ctx.region_mut()?;
    region.iam_associations.insert(key, row);
    if let Some(row) = region.instances.get_mut(&instance) {
        row.iam_association = Some(key);
    }
    Ok(key)
}

fn show(row: &IamInstanceProfileAssociation, state: &str) -> Value {
    object! {
        "AssociationId": text(row.id), "InstanceId": text(row.instance),
        "IamInstanceProfile": object! { "Arn": row.profile_arn.clone(), "Id": row.profile_id.clone() }, "State": state,
    }
}

fn required(ctx: &Context<'_>, input: Input<'_>) -> ApiResult<ProfileRef> {
    profile(ctx.world, ctx.caller.account, input)?.ok_or_else(|| ApiError::MissingParameter {
        parameter: "IamInstanceProfile".to_owned(),
    })
}

/// The tie that `AssociationId` names.
fn named<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a IamInstanceProfileAssociation> {
    IamInstanceProfileAssociationId::parse(text)
        .and_then(|id| region.iam_associations.get(&id))
        .ok_or_else(|| ApiError::InvalidAssociationIdNotFound {
            association_id: text.to_owned(),
        })
}

/// AssociateIamInstanceProfile: a running or stopped instance gets a profile, if it has none.
///
/// # Errors
/// `IncorrectState` when it has one, unknown instances and profiles.
pub fn associate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let id = row.id;
    let wanted = required(ctx, input)?;
    if row.state.is_terminal() {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!("The instance '{id}' is {}.", row.state.as_str()),
        });
    }
    if row.iam_association.is_some() {
        return Err(ApiError::IncorrectState {
            detail: format!("There is an existing association for instance {id}"),
        });
    }
    let key = tie(ctx, id, wanted)?;
    answer(ctx, key, "associating")
}

fn answer(ctx: &Context<'_>, key: IamInstanceProfileAssociationId, state: &str) -> ApiResult {
    let shown = ctx
        .region()?
        .iam_associations
        .get(&key)
        .map(|row| show(row, state));
    Ok(object! { "IamInstanceProfileAssociation": shown })
}

/// DisassociateIamInstanceProfile
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html>).
///
/// # Errors
/// `InvalidAssociationID.NotFound`.
pub fn disassociate(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = named(ctx.region()?, input.required("AssociationId")?)?;
    let (key, instance) = (row.id, row.instance);
    let shown = answer(ctx, key, "disassociating")?;
    let region = ctx.region_mut()?;
    region.iam_associations.remove(&key);
    if let Some(row) = region.instances.get_mut(&instance) {
        row.iam_association = None;
    }
    Ok(shown)
}

/// ReplaceIamInstanceProfileAssociation: another profile without a moment without one; the tie gets a new id
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html>).
///
/// # Errors
/// `InvalidAssociationID.NotFound`, unknown profiles.
pub fn replace(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = named(ctx.region()?, input.required("AssociationId")?)?;
    let (key, instance) = (row.id, row.instance);
    let wanted = required(ctx, input)?;
    ctx.region_mut()?.iam_associations.remove(&key);
    let key = tie(ctx, instance, wanted)?;
    answer(ctx, key, "associating")
}

/// DescribeIamInstanceProfileAssociations.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let mut wanted = Vec::new();
    for text in input.texts("AssociationIds")? {
        wanted.push(named(region, text)?.id);
    }
    let none = Tags::default();
    let rows = region
        .iam_associations
        .values()
        .filter(|row| wanted.is_empty() || wanted.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &none,
            row,
        });
    let values = |row: &IamInstanceProfileAssociation, name: &str| {
        Some(vec![match name {
            "instance-id" => row.instance.to_string(),
            "state" => "associated".to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(
        input,
        "IamInstanceProfileAssociations",
        rows,
        values,
        |row| show(row, "associated"),
    )
}
