//! ModifyInstanceMetadataOptions
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html>).

use super::launch::options;
use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;

/// The options, of which a call changes at least one.
const OPTIONS: [&str; 5] = [
    "HttpTokens",
    "HttpPutResponseHopLimit",
    "HttpEndpoint",
    "HttpProtocolIpv6",
    "InstanceMetadataTags",
];

/// Changes the metadata service of a running or stopped instance.
///
/// # Errors
/// Unknown ids and values, `MissingParameter` without an option, `IncorrectInstanceState` after its end.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?;
    let id = row.id;
    if row.state.is_terminal() {
        return Err(ApiError::IncorrectInstanceState {
            detail: format!(
                "The instance '{id}' is {} and cannot be modified.",
                row.state.as_str()
            ),
        });
    }
    if !OPTIONS.iter().any(|key| input.has(key)) {
        return Err(ApiError::MissingOneOf {
            parameters: "at least one of the metadata options".to_owned(),
        });
    }
    let changed = options::metadata(row.options.metadata, input)?;
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        row.options.metadata = changed;
    }
    let mut shown = show::metadata(changed);
    if let Some(state) = shown.pointer_mut("/State") {
        *state = "pending".into();
    }
    Ok(object! { "InstanceId": text(id), "InstanceMetadataOptions": shown })
}
