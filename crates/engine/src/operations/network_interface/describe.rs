//! DescribeNetworkInterfaces
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html>).

use super::{filters, show};
use crate::error::ApiResult;
use crate::ids::NetworkInterfaceId;
use crate::input::Input;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};

/// The interfaces.
///
/// # Errors
/// Unknown ids and filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let ids = input.texts("NetworkInterfaceIds")?;
    let named = ids
        .into_iter()
        .map(|id| lookup::interface(region, id).map(|nic| nic.id))
        .collect::<ApiResult<Vec<NetworkInterfaceId>>>()?;
    let rows = region
        .network_interfaces
        .values()
        .filter(|nic| named.is_empty() || named.contains(&nic.id))
        .map(|nic| Listed {
            serial: nic.serial,
            tags: &nic.tags,
            row: nic,
        });
    lookup::describe(
        input,
        "NetworkInterfaces",
        rows,
        |nic, name| filters::values(region, nic, name),
        |nic| show::full(region, nic),
    )
}
