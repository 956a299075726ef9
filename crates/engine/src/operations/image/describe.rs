//! DescribeImages (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html>), and the image that a
//! launch names.

use crate::catalogue::{self, Image, images};
use crate::clock::Instant;
use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::{AccountId, ImageId, ResourceId};
use crate::input::Input;
use crate::json::{Map, Value, json};
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::pagination;
use crate::region::RegionState;
use crate::resources::image::{ImageDevice, OwnImage};
use crate::resources::tags::Tags;
use crate::sharing;
use crate::world::{Caller, World};

/// An image that a launch can use.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its id as it was named.
    pub id: ImageId,
    /// The catalogue's image that it comes from.
    pub base: &'static catalogue::Image,
    /// The row of one that an account of the lab made.
    pub own: Option<OwnImage>,
    /// Whose that is.
    pub owner: AccountId,
}

fn parse(written: &str) -> ApiResult<ImageId> {
    ImageId::parse(written).ok_or_else(|| ApiError::InvalidAmiIdMalformed {
        image_id: written.to_owned(),
    })
}

/// An image of the account's own.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`, `AuthFailure` for one that belongs to somebody else.
pub(super) fn own<'a>(ctx: &'a Context<'_>, written: &str) -> ApiResult<&'a OwnImage> {
    let id = parse(written)?;
    let region = ctx.region()?;
    if let Some(row) = region.images.get(&id) {
        return Ok(row);
    }
    if region.image(id).is_some() || sharing::image(ctx.world, ctx.caller, id).is_some() {
        return Err(ApiError::AuthFailure {
            detail: format!("Not authorized for image:{written}"),
        });
    }
    Err(ApiError::InvalidAmiIdNotFound {
        image_id: written.to_owned(),
    })
}

/// The image of this id, ready to launch: a public one, one's own, or one that is shared with the caller.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`, `InvalidAMIID.Unavailable` while it is pending.
pub(crate) fn launchable(
    world: &World,
    caller: &Caller,
    written: &str,
    now: Instant,
) -> ApiResult<Source> {
    let id = parse(written)?;
    let missing = || ApiError::InvalidAmiIdNotFound {
        image_id: written.to_owned(),
    };
    let region = world.region(caller).ok_or_else(missing)?;
    if let Some(base) = region.image(id) {
        return Ok(Source {
            id,
            base,
            own: None,
            owner: caller.account,
        });
    }
    let (owner, row) = sharing::image(world, caller, id).ok_or_else(missing)?;
    if row.state(now) != "available" {
        return Err(ApiError::InvalidAmiIdUnavailable {
            image_id: written.to_owned(),
        });
    }
    Ok(Source {
        id,
        base: row.base().ok_or_else(missing)?,
        own: Some(row.clone()),
        owner: owner.account,
    })
}

/// The account's own images and the public ones of this Region.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`, unknown filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let place = region.name;
    let mut named = Vec::new();
    for wanted in input.texts("ImageIds")? {
        let id = parse(wanted)?;
        if region.image(id).is_none() && sharing::image(ctx.world, ctx.caller, id).is_none() {
            return Err(ApiError::InvalidAmiIdNotFound {
                image_id: wanted.to_owned(),
            });
        }
        named.push(id);
    }
    let owners = input.texts("Owners")?;
    let account = region.account.to_string();
    let by_owner = |names: &[&str]| {
        owners.is_empty()
            || owners
                .iter()
                .any(|owner| !owner.is_empty() && names.contains(owner))
    };
    // The owner of an image sees it deprecated as well, and disabled when asked to or by its id.
    let disabled_too = input.boolean("IncludeDisabled")?.unwrap_or(false) || !named.is_empty();
    let deprecated_too = input.boolean("IncludeDeprecated")?.unwrap_or(false);
    let users = input.texts("ExecutableUsers")?;
    let by_user = |permissions: &[String], own: bool| {
        users.is_empty()
            || users.iter().any(|user| match *user {
                "self" => own,
                user => permissions.iter().any(|known| known == user),
            })
    };
    let filters = Filters::read(input)?;
    let mut shown = Vec::new();
    let mut rows: Vec<&OwnImage> = region.images.values().collect();
    rows.sort_by_key(|row| row.serial);
    for row in rows {
        let Some(base) = row.base() else { continue };
        let fits = filters.pass(&row.tags, |name| own_values(region, row, base, now, name))?;
        let wanted = (named.is_empty() || named.contains(&row.id))
            && (disabled_too || !row.disabled)
            && by_owner(&["self", &account])
            && by_user(&row.permissions, true);
        if fits && wanted {
            shown.push(show_own(region, row, base, now));
        }
    }
    let everybody = ["all".to_owned()];
    let none = Tags::default();
    for owner in ctx.world.accounts_in(region.name) {
        if owner.account == region.account {
            continue;
        }
        let digits = owner.account.to_string();
        for row in shared_by(owner, region.account) {
            let Some(base) = row.base() else { continue };
            let fits = filters.pass(&none, |name| own_values(owner, row, base, now, name))?;
            let explicit = row.permissions.contains(&account);
            let wanted = (named.is_empty() || named.contains(&row.id))
                && (deprecated_too || named.contains(&row.id) || !row.is_deprecated(now))
                && by_owner(&[&digits])
                && by_user(&row.permissions, explicit);
            if fits && wanted {
                // Tags are the owner's own; nobody else sees them.
                let mut shown_row = show_own(owner, row, base, now);
                if let Some(map) = shown_row.as_object_mut() {
                    map.remove("Tags");
                }
                shown.push(shown_row);
            }
        }
    }
    for image in images() {
        let fits = filters.pass(&none, |name| values(place, image, name))?;
        let wanted = (named.is_empty() || named.contains(&image.id(place)))
            && by_owner(&[image.owner_id, image.owner_alias])
            && by_user(&everybody, false);
        if fits && wanted {
            shown.push(show(place, image));
        }
    }
    let (page, next) = pagination::page(input, shown)?;
    let mut answer = Map::new();
    answer.insert("Images".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}

/// The images of another account that an account may launch, in the order they were made.
fn shared_by(owner: &RegionState, account: AccountId) -> Vec<&OwnImage> {
    let mut rows: Vec<&OwnImage> = owner
        .images
        .values()
        .filter(|row| sharing::admits(&row.permissions, account))
        .collect();
    rows.sort_by_key(|row| row.serial);
    rows
}

/// A device of one's own image as AWS shows it.
pub(super) fn device(row: &ImageDevice) -> Value {
    object! {
        "Ebs": object! {
            "DeleteOnTermination": row.delete_on_termination, "Iops": row.shape.iops.filter(|_| row.shape.kind.bounds().iops.is_some()),
            "SnapshotId": row.snapshot.map(text), "VolumeSize": row.shape.size, "VolumeType": row.shape.kind.as_str(),
            "KmsKeyId": row.kms_key.clone(), "Throughput": row.shape.throughput, "Encrypted": row.encrypted,
        },
        "DeviceName": row.device.clone(),
    }
}

fn show_own(region: &RegionState, row: &OwnImage, base: &Image, now: Instant) -> Value {
    let public = row.permissions.iter().any(|name| name == "all");
    // Reported so in https://github.com/hashicorp/packer/issues/6737; what was wrong with the key it does not say.
    let reason = (row.state(now) == "failed").then(|| {
        json!({ "Code": "Client.InternalError", "Message": "Copy image failed with an internal error." })
    });
    object! {
        "PlatformDetails": base.platform_details, "UsageOperation": base.usage_operation,
        "BlockDeviceMappings": row.devices.iter().map(device).collect::<Vec<_>>(),
        "Description": (!row.description.is_empty()).then(|| row.description.clone()), "EnaSupport": true, "Hypervisor": "xen",
        "Name": row.name.clone(), "RootDeviceName": base.root_device_name, "RootDeviceType": "ebs", "SriovNetSupport": "simple",
        "Tags": row.tags.describe(), "VirtualizationType": "hvm",
        "StateReason": reason, "SourceInstanceId": row.source_instance.map(text),
        "SourceImageId": row.copied_from.map(|(id, _)| text(id)), "SourceImageRegion": row.copied_from.map(|(_, place)| place),
        "ImageId": text(row.id), "ImageLocation": format!("{}/{}", region.account, row.name), "State": row.state(now),
        "OwnerId": text(region.account), "CreationDate": text(row.created), "Public": public, "Architecture": base.architecture,
        "ImageType": "machine", "Platform": if base.windows { Some("windows") } else { None },
        "DeprecationTime": row.deprecated.map(text), "DeregistrationProtection": row.protection.as_text(),
        "LastLaunchedTime": row.last_launched.map(text),
    }
}

fn own_values(
    region: &RegionState,
    row: &OwnImage,
    base: &Image,
    now: Instant,
    name: &str,
) -> Option<Vec<String>> {
    let devices = |pick: &dyn Fn(&ImageDevice) -> Option<String>| {
        Some(row.devices.iter().filter_map(pick).collect())
    };
    let list = |value: Option<String>| Some(value.into_iter().collect());
    Some(vec![match name {
        "image-id" => row.id.to_string(),
        "name" => row.name.clone(),
        "description" => row.description.clone(),
        "owner-id" => region.account.to_string(),
        "owner-alias" => return Some(Vec::new()),
        "state" => row.state(now).to_owned(),
        "is-public" => row.permissions.iter().any(|name| name == "all").to_string(),
        "creation-date" => return Some(row.created.in_filters()),
        "source-instance-id" => return list(row.source_instance.map(|id| id.to_string())),
        "source-image-id" => return list(row.copied_from.map(|(id, _)| id.to_string())),
        "source-image-region" => return list(row.copied_from.map(|(_, place)| place.to_owned())),
        "block-device-mapping.device-name" => return devices(&|row| Some(row.device.clone())),
        "block-device-mapping.volume-type" => {
            return devices(&|row| Some(row.shape.kind.as_str().to_owned()));
        }
        "block-device-mapping.volume-size" => {
            return devices(&|row| Some(row.shape.size.to_string()));
        }
        "block-device-mapping.snapshot-id" => {
            return devices(&|row| row.snapshot.map(|id| id.to_string()));
        }
        "block-device-mapping.delete-on-termination" => {
            return devices(&|row| Some(row.delete_on_termination.to_string()));
        }
        "block-device-mapping.encrypted" => return devices(&|row| Some(row.encrypted.to_string())),
        _ => return values(region.name, base, name),
    }])
}

fn values(place: &str, image: &Image, name: &str) -> Option<Vec<String>> {
    Some(vec![match name {
        "image-id" => image.id(place).to_string(),
        "name" => image.name.to_owned(),
        "description" => image.description.to_owned(),
        "architecture" => image.architecture.to_owned(),
        "owner-id" => image.owner_id.to_owned(),
        "owner-alias" => image.owner_alias.to_owned(),
        "platform" if !image.windows => return Some(Vec::new()),
        "platform" => "windows".to_owned(),
        "platform-details" => image.platform_details.to_owned(),
        "root-device-name" => image.root_device_name.to_owned(),
        "root-device-type" => "ebs".to_owned(),
        "state" => "available".to_owned(),
        "is-public" => "true".to_owned(),
        "image-type" => "machine".to_owned(),
        "virtualization-type" => "hvm".to_owned(),
        "hypervisor" => "xen".to_owned(),
        "ena-support" => "true".to_owned(),
        "creation-date" => image.created.to_owned(),
        "block-device-mapping.device-name" => image.root_device_name.to_owned(),
        "block-device-mapping.volume-type" => image.root_volume_type.to_owned(),
        "block-device-mapping.volume-size" => image.root_volume_gib.to_string(),
        "block-device-mapping.snapshot-id" => image.snapshot(place).to_string(),
        "block-device-mapping.delete-on-termination" => "true".to_owned(),
        "block-device-mapping.encrypted" => "false".to_owned(),
        // What no public image here has: no value matches.
        "source-instance-id"
        | "source-image-id"
        | "source-image-region"
        | "kernel-id"
        | "ramdisk-id"
        | "product-code"
        | "product-code.type"
        | "state-reason-code"
        | "state-reason-message"
        | "tpm-support"
        | "imds-support"
        | "boot-mode"
        | "manifest-location" => {
            return Some(Vec::new());
        }
        "usage-operation" => image.usage_operation.to_owned(),
        "free-tier-eligible" | "image-allowed" => "true".to_owned(),
        "sriov-net-support" => "simple".to_owned(),
        _ => return None,
    }])
}

fn show(place: &str, image: &Image) -> Value {
    let shape = image.root_shape();
    object! {
        "PlatformDetails": image.platform_details, "UsageOperation": image.usage_operation,
        "BlockDeviceMappings": json!([object! {
            "Ebs": object! {
                "DeleteOnTermination": true, "Iops": shape.iops.filter(|_| shape.kind.bounds().iops.is_some()),
                "SnapshotId": text(image.snapshot(place)), "VolumeSize": shape.size, "VolumeType": shape.kind.as_str(),
                "Throughput": shape.throughput, "Encrypted": false,
            },
            "DeviceName": image.root_device_name,
        }]),
        "Description": image.description, "EnaSupport": true, "Hypervisor": "xen",
        "ImageOwnerAlias": if image.owner_alias.is_empty() { None } else { Some(image.owner_alias) },
        "Name": image.name, "RootDeviceName": image.root_device_name, "RootDeviceType": "ebs", "SriovNetSupport": "simple",
        "VirtualizationType": "hvm", "ImageId": text(image.id(place)),
        "ImageLocation": format!("{}/{}", if image.owner_alias.is_empty() { image.owner_id } else { image.owner_alias }, image.name),
        "State": "available", "OwnerId": image.owner_id, "CreationDate": image.created, "Public": true, "Architecture": image.architecture,
        "ImageType": "machine", "Platform": if image.windows { Some("windows") } else { None },
    }
}
