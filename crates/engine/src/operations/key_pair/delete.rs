//! DeleteKeyPair (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html>): AWS forgets the public
//! half; instances keep the copy that they were launched with.

use crate::error::{ApiError, ApiResult};
use crate::ids::{KeyPairId, ResourceId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::output::text;

/// Deleting what does not exist succeeds, as in AWS.
///
/// # Errors
/// `MissingParameter` without a name or id.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let found = match (input.text("KeyName")?, input.text("KeyPairId")?) {
        (Some(name), _) => region.key_by_name(name).map(|key| key.id),
        (None, Some(id)) => KeyPairId::parse(id).filter(|id| region.key_pairs.contains(id)),
        (None, None) => {
            return Err(ApiError::MissingParameter {
                parameter: "KeyName".to_owned(),
            });
        }
    };
    if let Some(id) = found {
        ctx.region_mut()?.key_pairs.remove(&id);
    }
    Ok(object! { "Return": true, "KeyPairId": found.map(text) })
}
