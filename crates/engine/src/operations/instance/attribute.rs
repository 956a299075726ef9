//! ModifyInstanceAttribute and DescribeInstanceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html>).

use super::launch::{ebs_optimized, fits, groups, kind, shutdown};
use crate::error::{ApiError, ApiResult};
use crate::guest::user_data;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::instance::{Instance, InstanceState};
use base64ct::{Base64, Encoding};
use serde_json::{Map, Value};
use std::rc::Rc;

/// Changes one attribute.
///
/// # Errors
/// `IncorrectInstanceState` for what can only be changed on a stopped instance.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?.clone();
    let ids = input.texts("Groups")?;
    if !ids.is_empty() {
        return groups_of(ctx, &row, &ids);
    }
    let (name, value) = named(input)?;
    let flag = |value: &str| {
        value
            .parse::<bool>()
            .map_err(|_| ApiError::InvalidParameterValue {
                detail: format!("Value ({value}) for parameter value is invalid."),
            })
    };
    let region = ctx.region_mut()?;
    let Some(target) = region.instances.get_mut(&row.id) else {
        return Ok(object! {});
    };
    match name {
        "disableApiTermination" => target.disable_api_termination = flag(&value)?,
        "disableApiStop" => target.disable_api_stop = flag(&value)?,
        "instanceInitiatedShutdownBehavior" => target.shutdown_terminates = shutdown(Some(&value))?,
        "ebsOptimized" => {
            stopped(&row)?;
            target.ebs_optimized = match row.kind() {
                Some(kind) => ebs_optimized(kind, Some(flag(&value)?))?,
                None => flag(&value)?,
            };
        }
        "instanceType" => {
            stopped(&row)?;
            let kind = kind(&value)?;
            if let Some(os) = row.os() {
                fits(os, kind)?;
            }
            target.instance_type = kind.name;
        }
        "userData" => {
            stopped(&row)?;
            let data = decode(&value)?;
            target.user_data = (!data.is_empty()).then(|| Rc::from(data));
        }
        "sourceDestCheck" => {
            let check = flag(&value)?;
            if let Some(nic) = row
                .interfaces
                .first()
                .and_then(|id| region.network_interfaces.get_mut(id))
            {
                nic.source_dest_check = check;
            }
        }
        other => {
            return Err(ApiError::NotModelled {
                what: format!("The instance attribute {other}"),
            });
        }
    }
    Ok(object! {})
}

/// The attribute that the call names, in either of AWS's two forms.
fn named(input: Input<'_>) -> ApiResult<(&str, String)> {
    if let Some(name) = input.text("Attribute")? {
        return Ok((name, input.required("Value")?.to_owned()));
    }
    for (key, name) in [
        ("DisableApiTermination", "disableApiTermination"),
        ("DisableApiStop", "disableApiStop"),
        ("SourceDestCheck", "sourceDestCheck"),
        ("EbsOptimized", "ebsOptimized"),
    ] {
        if let Some(value) = input.boolean(key)? {
            return Ok((name, value.to_string()));
        }
    }
    for (key, name) in [
        ("InstanceType", "instanceType"),
        (
            "InstanceInitiatedShutdownBehavior",
            "instanceInitiatedShutdownBehavior",
        ),
        ("UserData", "userData"),
    ] {
        if let Some(value) = input.object(key)?.text("Value")? {
            return Ok((name, value.to_owned()));
        }
    }
    Err(ApiError::InvalidParameterCombination {
        detail: "No attributes specified.".to_owned(),
    })
}

fn stopped(row: &Instance) -> ApiResult<()> {
    if row.state == InstanceState::Stopped {
        return Ok(());
    }
    Err(ApiError::IncorrectInstanceState {
        detail: format!("The instance '{}' is not in the 'stopped' state.", row.id),
    })
}

fn decode(value: &str) -> ApiResult<Vec<u8>> {
    let data = Base64::decode_vec(value).map_err(|_| ApiError::InvalidUserDataMalformed {
        detail: "Invalid BASE64 encoding of user data.".to_owned(),
    })?;
    if data.len() > user_data::LIMIT {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("User data is limited to {} bytes", user_data::LIMIT),
        });
    }
    Ok(data)
}

fn groups_of(ctx: &mut Context<'_>, row: &Instance, ids: &[&str]) -> ApiResult {
    let ids = groups(ctx.region()?, row.vpc, ids, &[])?;
    if let Some(nic) = row
        .interfaces
        .first()
        .copied()
        .and_then(|id| ctx.region_mut().ok()?.network_interfaces.get_mut(&id))
    {
        nic.groups = ids;
    }
    Ok(object! {})
}

/// Shows one attribute.
///
/// # Errors
/// Unknown ids and attributes.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = lookup::instance(region, input.required("InstanceId")?)?;
    let name = input.required("Attribute")?;
    let value = |value: Value| object! { "Value": value };
    let nic = region.primary_interface(row);
    let (key, shown) = match name {
        "disableApiTermination" => (
            "DisableApiTermination",
            value(row.disable_api_termination.into()),
        ),
        "disableApiStop" => ("DisableApiStop", value(row.disable_api_stop.into())),
        "instanceInitiatedShutdownBehavior" => (
            "InstanceInitiatedShutdownBehavior",
            value(
                if row.shutdown_terminates {
                    "terminate"
                } else {
                    "stop"
                }
                .into(),
            ),
        ),
        "ebsOptimized" => ("EbsOptimized", value(row.ebs_optimized.into())),
        "instanceType" => ("InstanceType", value(row.instance_type.into())),
        "userData" => (
            "UserData",
            row.user_data.as_ref().map_or_else(
                || object! {},
                |data| value(Base64::encode_string(data).into()),
            ),
        ),
        "sourceDestCheck" => (
            "SourceDestCheck",
            value(nic.is_none_or(|nic| nic.source_dest_check).into()),
        ),
        "rootDeviceName" => (
            "RootDeviceName",
            value(row.os().map_or("", |os| os.root_device_name).into()),
        ),
        "groupSet" => (
            "Groups",
            nic.map_or(Value::Null, |nic| {
                nic.groups
                    .iter()
                    .map(|id| object! { "GroupId": text(id) })
                    .collect()
            }),
        ),
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter attribute is invalid. Unknown attribute."
                ),
            });
        }
    };
    let mut answer = Map::new();
    answer.insert("InstanceId".to_owned(), text(row.id));
    answer.insert(key.to_owned(), shown);
    Ok(Value::Object(answer))
}
