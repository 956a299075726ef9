//! The lab's own operations: what goes on inside a machine, and attempts to connect. They use the same door and the same
//! journal as AWS's.

pub mod connect;
pub mod firewall;
pub mod guest_command;
pub mod launch_trace;
pub mod service;

pub use firewall::describe_rule;

use crate::catalogue;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::operations::lookup;
use crate::output::text;
use crate::resources::instance::Instance;
use crate::row;

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(Lab Write "StartService" service::start, "InstanceId Name Port Protocol"),
    row!(Lab Write "StopService" service::stop, "InstanceId Name"),
    row!(Lab Write "PutFirewall" firewall::put, "InstanceId Rules.Protocol Rules.Port Rules.Action"),
    row!(Lab Write "CountRequest" connect::count_request, "LoadBalancer"),
    row!(Lab Read "Connect" connect::execute, "From To Protocol Port Client User KeyName PrivateKey"),
    row!(Lab Write "RunInGuest" guest_command::execute, "InstanceId User Command Fresh"),
    row!(Lab Read "ExplainLaunch" launch_trace::execute, "ImageId"),
    row!(Lab Read "Image" image, "Name"),
];

/// The newest public image of a short name, in this Region.
///
/// # Errors
/// `InvalidParameterValue` for a name that the lab does not have.
pub fn image(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("Name")?;
    let image = catalogue::image_by_key(name).ok_or_else(|| {
        let mut known: Vec<&str> = catalogue::images().map(|image| image.key).collect();
        known.dedup();
        ApiError::InvalidParameterValue {
            detail: format!(
                "The lab has no image '{name}'. It has: {}.",
                known.join(", ")
            ),
        }
    })?;
    Ok(object! { "ImageId": text(image.id(ctx.caller.region)) })
}

/// The instance of a call that needs its operating system.
fn running<'a>(ctx: &'a Context<'_>, input: Input<'_>) -> ApiResult<&'a Instance> {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?;
    if row.guest.power == crate::guest::Power::Up {
        return Ok(row);
    }
    let booting = row.guest.power == crate::guest::Power::Booting;
    let state = if booting {
        "still starting"
    } else {
        row.state.as_str()
    };
    Err(ApiError::GuestNotRunning {
        instance_id: row.id.to_string(),
        state: state.to_owned(),
    })
}
