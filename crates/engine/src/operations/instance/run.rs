//! RunInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html>).

use super::launch::{self, Launch};
use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::{Input, unknown_key};
use crate::json::Value;
use crate::object;
use crate::operation::{self, Context};
use crate::operations::launch_template::lookup::specified;
use crate::operations::launch_template::merge;
use crate::output::text;

/// Launches between `MinCount` and `MaxCount` instances into one zone, or none.
///
/// # Errors
/// Whatever the request, the limits or the capacity refuse; see [`launch`].
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    if !input.has("LaunchTemplate") {
        return launch(ctx, input, &[]);
    }
    let (template, version) = specified(ctx.region()?, input.object("LaunchTemplate")?)?;
    let tags = merge::origin(template.id, version.number);
    let merged = merge::call_over(&version.data, &input.to_value());
    // A template keeps options that the lab does not model; they must not be dropped in silence.
    if let Some(spec) = operation::find("RunInstances")
        && let Some(path) = unknown_key(&merged, spec.parameters)
    {
        return Err(ApiError::NotModelled {
            what: format!("The parameter {path} of RunInstances, which the launch template gives,"),
        });
    }
    launch(ctx, Input::new(&merged)?, &tags)
}

/// Launches what `input` says. `tags` are AWS's own.
fn launch(ctx: &mut Context<'_>, input: Input<'_>, tags: &[(String, String)]) -> ApiResult {
    let (min, max) = counts(input)?;
    let mut wanted = Launch::read(ctx.world, ctx.region()?, input, max)?;
    for (key, value) in tags {
        wanted.tags.put_own(key.clone(), value.clone());
    }
    if let Some(earlier) = repeated(ctx, input, &wanted)? {
        return Ok(earlier);
    }
    if wanted.client_token.is_empty() {
        // The client makes one up for each call that names none.
        wanted.client_token = crate::rng::uuid(ctx.world.draw("client-token"));
    }
    let reservation = ctx.world.mint();
    let mut ids = Vec::new();
    for index in 0..max {
        // Beyond the minimum, one that does not fit must leave nothing behind.
        let before = (index >= min).then(|| (ctx.world.clone(), ctx.events.len()));
        match launch::one(ctx, &wanted, reservation, index) {
            Ok(id) => ids.push(id),
            // AWS launches as many as it can when at least the minimum fits.
            Err(
                ApiError::InsufficientInstanceCapacity { .. }
                | ApiError::InsufficientFreeAddressesInSubnet { .. },
            ) if index >= min => {
                if let Some((world, events)) = before {
                    *ctx.world = world;
                    ctx.events.truncate(events);
                }
                break;
            }
            Err(refusal) => return Err(refusal),
        }
    }
    let region = ctx.region()?;
    let rows: Vec<Value> = ids
        .iter()
        .filter_map(|id| region.instances.get(id))
        .map(|row| show::launched(region, row))
        .collect();
    Ok(object! {
        "ReservationId": text(reservation),
        "OwnerId": text(region.account),
        "Groups": Vec::<Value>::new(),
        "Instances": rows,
    })
}

fn counts(input: Input<'_>) -> ApiResult<(u32, u32)> {
    let given = |key: &str| -> ApiResult<u32> {
        let count = input.integer(key)?.unwrap_or(1);
        u32::try_from(count)
            .ok()
            .filter(|count| (1..=10_000).contains(count))
            .ok_or_else(|| ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({count}) for parameter {} is invalid.",
                    if key == "MinCount" {
                        "minCount"
                    } else {
                        "maxCount"
                    }
                ),
            })
    };
    let (min, max) = (given("MinCount")?, given("MaxCount")?);
    let max = if input.has("MaxCount") {
        max
    } else {
        max.max(min)
    };
    if min > max {
        let detail = format!(
            "The specified minimum count ({min}) is greater than the maximum count ({max})."
        );
        return Err(ApiError::InvalidParameterCombination { detail });
    }
    Ok((min, max))
}

/// The answer of an earlier call with the same client token: AWS launches once.
fn repeated(ctx: &Context<'_>, input: Input<'_>, wanted: &Launch) -> ApiResult<Option<Value>> {
    let Some(token) = input.text("ClientToken")?.filter(|token| !token.is_empty()) else {
        return Ok(None);
    };
    let region = ctx.region()?;
    let rows: Vec<_> = region
        .instances_by_serial()
        .into_iter()
        .filter(|row| row.client_token == token)
        .collect();
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    if first.request != wanted.request {
        return Err(ApiError::IdempotentParameterMismatch {});
    }
    let instances: Vec<Value> = rows.iter().map(|row| show::instance(region, row)).collect();
    Ok(Some(object! {
        "ReservationId": text(first.reservation),
        "OwnerId": text(region.account),
        "Groups": Vec::<Value>::new(),
        "Instances": instances,
    }))
}
