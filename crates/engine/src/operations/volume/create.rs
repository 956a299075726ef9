//! CreateVolume, DeleteVolume (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html>).

use super::key::{self, Sealed};
use super::make::{self, NewVolume};
use super::shape::Wanted;
use super::show;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::snapshot;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::resources::volume::{Volume, VolumeType};

/// The zone of a call, by name or id.
fn zone(region: &RegionState, input: Input<'_>) -> ApiResult<&'static str> {
    let (name, id) = (
        input.text("AvailabilityZone")?,
        input.text("AvailabilityZoneId")?,
    );
    if name.is_none() && id.is_none() {
        return Err(ApiError::MissingParameter {
            parameter: "AvailabilityZone".to_owned(),
        });
    }
    let zones = region
        .facts()
        .map(|facts| facts.zones.as_slice())
        .unwrap_or_default();
    zones
        .iter()
        .find(|zone| match (name, id) {
            (Some(name), _) => zone.name == name,
            (None, id) => Some(zone.id) == id,
        })
        .map(|zone| zone.name.as_str())
        .ok_or_else(|| ApiError::InvalidZoneNotFound {
            zone: name.or(id).unwrap_or_default().to_owned(),
        })
}

/// Makes an empty volume, or one with what is in a snapshot. With a key that cannot be used the call succeeds, and the
/// volume is gone a moment later, as in AWS (<https://github.com/aws/aws-cli/issues/2604>).
///
/// # Errors
/// `InvalidZone.NotFound`, `InvalidSnapshot.NotFound`, a size or speed that the type does not have.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let wanted = Wanted::read(input, "Size")?;
    let token = input.text("ClientToken")?.unwrap_or_default().to_owned();
    if let Some(earlier) = region
        .volumes
        .values()
        .find(|row| !token.is_empty() && row.client_token == token)
    {
        return if same(earlier, wanted, input)? {
            Ok(show::made(region, earlier))
        } else {
            Err(ApiError::IdempotentParameterMismatch {})
        };
    }
    let source = match input.text("SnapshotId")?.filter(|id| !id.is_empty()) {
        Some(id) => Some(snapshot::source(ctx.world, ctx.caller, id, now)?),
        None => None,
    };
    let shape = wanted.shape(VolumeType::Gp2, source.as_ref().map(|source| source.size))?;
    let zone = zone(region, input)?;
    let from = source
        .as_ref()
        .map_or_else(Sealed::default, |source| source.sealed.clone());
    let (encrypted, kms_key) = key::encryption(ctx.world, region, input, &from)?;
    let barred = key::can_make(ctx.world, ctx.caller, &from, ctx.caller, kms_key.as_deref()).err();
    let multi_attach = input.boolean("MultiAttachEnabled")?.unwrap_or(false);
    if multi_attach {
        return Err(ApiError::NotModelled {
            what: "A volume for several instances at once".to_owned(),
        });
    }
    let new = NewVolume {
        zone,
        shape,
        encrypted,
        kms_key,
        snapshot: source.as_ref().map(|source| source.id),
        disk: source.map(|source| source.disk).unwrap_or_default(),
        multi_attach,
        client_token: token,
        tags: Tags::specified(input, "volume", &[])?,
    };
    let id = match barred {
        None => make::make(ctx, new, None)?,
        Some(_) => make::make_in_vain(ctx, new)?,
    };
    let region = ctx.region()?;
    Ok(region
        .volumes
        .get(&id)
        .map_or(Value::Null, |row| show::made(region, row)))
}

/// Whether the call that made a volume asked for the same.
fn same(earlier: &Volume, wanted: Wanted, input: Input<'_>) -> ApiResult<bool> {
    let shape = wanted.shape(VolumeType::Gp2, Some(earlier.shape.size));
    let snapshot = input.text("SnapshotId")?.unwrap_or_default();
    let zone = input.text("AvailabilityZone")?;
    Ok(shape.is_ok_and(|shape| shape == earlier.shape)
        && zone.is_none_or(|zone| zone == earlier.zone)
        && snapshot
            == earlier
                .snapshot
                .map_or_else(String::new, |id| id.to_string())
        && input.boolean("Encrypted")?.unwrap_or(earlier.encrypted) == earlier.encrypted)
}

/// Takes a volume away, with everything on it.
///
/// # Errors
/// `VolumeInUse` while an instance has it.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = show::find(ctx.region()?, input.required("VolumeId")?)?;
    if let Some(tie) = &row.attachment {
        return Err(ApiError::VolumeInUse {
            detail: format!(
                "Volume {} is currently attached to {}",
                row.id, tie.instance
            ),
        });
    }
    let id = row.id;
    ctx.region_mut()?.volumes.remove(&id);
    Ok(object! {})
}
