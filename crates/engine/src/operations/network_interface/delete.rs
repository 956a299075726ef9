//! DeleteNetworkInterface
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::NetworkInterfaceId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::region::RegionState;

/// Only an interface that nothing has can go.
///
/// # Errors
/// Unknown ids, `InvalidParameterValue` while it is in use: the second of the two codes that AWS's page "Error codes"
/// names under InvalidNetworkInterface.InUse, and the one that this call gives.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let nic = lookup::interface(ctx.region()?, input.required("NetworkInterfaceId")?)?;
    let id = nic.id;
    if nic.attachment.is_some() || nic.requester.is_some() {
        return Err(ApiError::InvalidParameterValue {
            detail: format!("Network interface '{id}' is currently in use."),
        });
    }
    remove(ctx.region_mut()?, id);
    Ok(object! {})
}

/// Takes an interface out of every book: its private addresses are free again, Elastic IP addresses stay the account's.
pub(crate) fn remove(region: &mut RegionState, id: NetworkInterfaceId) {
    let Some(row) = region.network_interfaces.remove(&id) else {
        return;
    };
    for address in &row.addresses {
        region.private_ips.remove(&(row.vpc, address.ip));
        if let Some(public) = address.public {
            region.public_ips.remove(&public.ip);
            if let Some(elastic) = public
                .allocation
                .and_then(|allocation| region.addresses.get_mut(&allocation))
            {
                elastic.association = None;
            }
        }
    }
}
