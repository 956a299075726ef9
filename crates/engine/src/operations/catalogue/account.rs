//! DescribeAccountAttributes
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::resources::{address, security_group};

/// What the page says of `max-instances`: AWS counts vCPUs instead and keeps the old number.
const MAX_INSTANCES: usize = 20;

/// The account's attributes in this Region.
///
/// # Errors
/// `InvalidParameterValue` for an attribute that there is not.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let default = region
        .default_vpc()
        .map_or_else(|| "none".to_owned(), |vpc| vpc.id.to_string());
    let all: [(&str, String); 6] = [
        ("supported-platforms", "VPC".to_owned()),
        (
            "vpc-max-security-groups-per-interface",
            security_group::GROUPS_PER_INTERFACE.to_string(),
        ),
        ("max-elastic-ips", address::LIMIT.to_string()),
        ("max-instances", MAX_INSTANCES.to_string()),
        ("vpc-max-elastic-ips", address::LIMIT.to_string()),
        ("default-vpc", default),
    ];
    let named = input.texts("AttributeNames")?;
    if let Some(unknown) = named
        .iter()
        .find(|name| !all.iter().any(|(known, _)| known == *name))
    {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "Value ({unknown}) for parameter attributeName is invalid. Unknown account attribute."
            ),
        });
    }
    let shown: Vec<Value> = all
        .into_iter()
        .filter(|(name, _)| named.is_empty() || named.contains(name))
        .map(|(name, value)| {
            object! { "AttributeName": name, "AttributeValues": vec![object! { "AttributeValue": value }] }
        })
        .collect();
    Ok(object! { "AccountAttributes": shown })
}
