//! CreateNetworkInterface
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html>).

use super::make::{self, Wanted, WantedAddresses};
use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::resources::network_interface::NetworkInterface;
use crate::resources::tags::Tags;

/// Makes an interface in a subnet.
///
/// # Errors
/// Unknown subnets and groups, addresses that are not to be had, `IdempotentParameterMismatch`.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let subnet = lookup::subnet(region, input.required("SubnetId")?)?;
    make::only_plain(input)?;
    let wanted = Wanted {
        subnet: subnet.id,
        addresses: WantedAddresses::read(subnet, input)?,
        groups: make::groups(region, subnet, &input.texts("Groups")?)?,
        description: input.text("Description")?.unwrap_or_default().to_owned(),
        connection_tracking: make::tracking(input)?,
        requester: None,
        client_token: input.text("ClientToken")?.unwrap_or_default().to_owned(),
        tags: Tags::specified(input, "network-interface", &[])?,
    };
    if let Some(earlier) = region
        .network_interfaces
        .values()
        .find(|nic| !nic.client_token.is_empty() && nic.client_token == wanted.client_token)
    {
        if !same(earlier, &wanted) {
            return Err(ApiError::IdempotentParameterMismatch {});
        }
        return Ok(answer(show::made(region, earlier), &wanted.client_token));
    }
    let token = wanted.client_token.clone();
    let id = make::make(ctx, wanted)?;
    let region = ctx.region()?;
    let shown = region
        .network_interfaces
        .get(&id)
        .map_or(Value::Null, |nic| show::made(region, nic));
    Ok(answer(shown, &token))
}

fn answer(shown: Value, token: &str) -> Value {
    object! { "NetworkInterface": shown, "ClientToken": (!token.is_empty()).then_some(token) }
}

/// Whether the call that made `earlier` asked for the same.
fn same(earlier: &NetworkInterface, wanted: &Wanted) -> bool {
    earlier.subnet == wanted.subnet
        && earlier.description == wanted.description
        && wanted
            .addresses
            .primary
            .is_none_or(|ip| ip == earlier.private_ip())
}
