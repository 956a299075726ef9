//! EC2 Instance Connect: a public key that opens an instance for 60 seconds
//! (<https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html>).

use crate::clock::SECOND;
use crate::error::{ApiError, ApiResult};
use crate::ids::{InstanceId, ResourceId};
use crate::input::Input;
use crate::object;
use crate::operation::{Context, OperationSpec};
use crate::resources::instance::{InstanceState, TemporaryKey};
use crate::row;
use base64ct::{Base64, Encoding};

/// The area's operations.
pub static OPERATIONS: &[OperationSpec] = &[
    row!(InstanceConnect Write "SendSSHPublicKey" send, "InstanceId InstanceOSUser SSHPublicKey AvailabilityZone"),
];

/// How long a pushed key opens the instance.
pub const VALID_FOR: u64 = 60 * SECOND;

fn invalid(detail: &str) -> ApiError {
    ApiError::InvalidArgs {
        detail: detail.to_owned(),
    }
}

/// Type and body of a public key in OpenSSH's form; `None` when it is none.
#[must_use]
pub fn key_parts(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let kind = words
        .next()
        .filter(|kind| matches!(*kind, "ssh-rsa" | "ssh-ed25519"))?;
    let body = words.next()?;
    Base64::decode_vec(body)
        .ok()
        .filter(|bytes| bytes.len() > 16)
        .map(|_| (kind, body))
}

/// Pushes a key. The image must have EC2 Instance Connect's own part installed for it to open anything.
///
/// # Errors
/// `EC2InstanceNotFoundException`, `EC2InstanceStateInvalidException`, `InvalidArgsException`.
pub fn send(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let user = input.required("InstanceOSUser")?;
    let key = input.required("SSHPublicKey")?.trim();
    let zone = input.text("AvailabilityZone")?;
    let region = ctx.region()?;
    let found = InstanceId::parse(input.required("InstanceId")?)
        .and_then(|id| region.instances.get(&id))
        .filter(|row| zone.is_none_or(|zone| zone == row.zone));
    let Some(row) = found else {
        return Err(ApiError::Ec2InstanceNotFound {});
    };
    if row.state != InstanceState::Running {
        return Err(ApiError::Ec2InstanceStateInvalid {});
    }
    if user.is_empty() || user.len() > 32 {
        return Err(invalid("The OS user name is not valid."));
    }
    let Some((_, body)) = key_parts(key) else {
        return Err(invalid("The SSH public key is not valid."));
    };
    let (id, now) = (row.id, ctx.world.now());
    let pushed = TemporaryKey {
        user: user.to_owned(),
        body: body.to_owned(),
        until: now.plus(VALID_FOR),
    };
    let bits = ctx.world.draw("request-id");
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        row.temporary_keys.retain(|key| key.until > now);
        row.temporary_keys.push(pushed);
    }
    let hex = format!("{bits:032x}");
    let mut request = String::new();
    for (at, digit) in hex.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            request.push('-');
        }
        request.push(digit);
    }
    Ok(object! { "RequestId": request, "Success": true })
}
