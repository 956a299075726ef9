//! DescribeNetworkInterfaceAttribute and ResetNetworkInterfaceAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaceAttribute.html>).

use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::{Map, Value};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;

/// Shows one attribute.
///
/// # Errors
/// Unknown ids and attributes.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let nic = lookup::interface(region, input.required("NetworkInterfaceId")?)?;
    let attribute = input.required("Attribute")?;
    let (key, shown) = match attribute {
        "description" => ("Description", object! { "Value": nic.description.clone() }),
        "groupSet" => ("Groups", Value::Array(show::groups(region, nic))),
        "sourceDestCheck" => (
            "SourceDestCheck",
            object! { "Value": nic.source_dest_check },
        ),
        "attachment" => (
            "Attachment",
            nic.attachment
                .map_or(Value::Null, |tie| show::attachment(region, tie)),
        ),
        "associatePublicIpAddress" => {
            let primary = nic.attachment.filter(|tie| tie.device_index == 0);
            let wanted = primary
                .and_then(|tie| region.instances.get(&tie.instance))
                .is_some_and(|row| row.public_ip_at_start);
            ("AssociatePublicIpAddress", wanted.into())
        }
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter attribute is invalid. Unknown attribute."
                ),
            });
        }
    };
    let mut answer = Map::new();
    if !shown.is_null() {
        answer.insert(key.to_owned(), shown);
    }
    answer.insert("NetworkInterfaceId".to_owned(), text(nic.id));
    Ok(Value::Object(answer))
}

/// Sets the source/destination check to what AWS makes interfaces with: on
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetNetworkInterfaceAttribute.html>).
///
/// # Errors
/// Unknown ids, `MissingParameter`.
pub fn reset(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = lookup::own_interface(ctx.region()?, input.required("NetworkInterfaceId")?)?.id;
    input.required("SourceDestCheck")?;
    if let Some(nic) = ctx.region_mut()?.network_interfaces.get_mut(&id) {
        nic.source_dest_check = true;
    }
    Ok(object! {})
}
