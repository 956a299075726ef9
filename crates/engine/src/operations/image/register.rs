//! RegisterImage: an image of snapshots that are there already
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html>).

use super::create;
use crate::catalogue;
use crate::clock::Instant;
use crate::error::{ApiError, ApiResult};
use crate::guest::{Guest, service};
use crate::ids::ImageId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::snapshot;
use crate::operations::volume::key::{self, Sealed};
use crate::operations::volume::make::device_name;
use crate::operations::volume::shape::Wanted;
use crate::output::text;
use crate::resources::image::{ImageDevice, OwnImage};
use crate::resources::snapshot::System;
use crate::resources::tags::Tags;
use crate::resources::volume::VolumeType;
use crate::sharing;
use std::rc::Rc;

/// Registers an image. Its root device must be a snapshot of a root volume, for there is nothing to start from otherwise.
///
/// # Errors
/// `InvalidAMIName.Malformed`, `InvalidAMIName.Duplicate`, `InvalidSnapshot.NotFound`, `InvalidBlockDeviceMapping` without a
/// root device; `NotModelled` for one that the snapshot's system does not have.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let now = ctx.world.now();
    let region = ctx.region()?;
    let name = create::name(region, input.required("Name")?)?;
    let root = input.required("RootDeviceName")?;
    let mut devices = Vec::new();
    let mut system = None;
    for mapping in input.objects("BlockDeviceMappings")? {
        let device = mapping.required("DeviceName")?;
        device_name(device)?;
        if devices
            .iter()
            .any(|known: &ImageDevice| known.device == device)
        {
            return Err(wrong(format!(
                "The device '{device}' is used in more than one block-device mapping"
            )));
        }
        let (row, found) = one(ctx, device, device == root, mapping.object("Ebs")?, now)?;
        devices.push(row);
        system = system.or(found);
    }
    devices.sort_by_key(|row| row.device != root);
    let Some(system) = system else {
        return Err(wrong(format!(
            "The root device '{root}' has no snapshot of a root volume"
        )));
    };
    let base = catalogue::images().find(|image| image.name == system.image_name);
    let Some(base) = base.filter(|base| base.root_device_name == root) else {
        return Err(ApiError::NotModelled {
            what: format!("An image of this snapshot with the root device {root}"),
        });
    };
    // AWS takes i386 for an image whose architecture is not named; nothing in this lab runs on that.
    let architecture = input.text("Architecture")?.unwrap_or("i386");
    if architecture != base.architecture {
        return Err(ApiError::NotModelled {
            what: format!(
                "The architecture {architecture} for a system of {}",
                base.architecture
            ),
        });
    }
    if let Some(kind) = input
        .text("VirtualizationType")?
        .filter(|kind| *kind != "hvm")
    {
        return Err(ApiError::NotModelled {
            what: format!("The virtualization type {kind}"),
        });
    }
    if input.boolean("EnaSupport")? == Some(false) {
        return Err(ApiError::NotModelled {
            what: "An image without its network driver".to_owned(),
        });
    }
    let description = input.text("Description")?.unwrap_or_default().to_owned();
    let tags = Tags::specified(input, "image", &["snapshot"])?;
    let id: ImageId = ctx.world.mint();
    let row = OwnImage {
        serial: ctx.world.serial(),
        available: now,
        ..OwnImage::new(id, name, description, now, devices, system, tags)
    };
    ctx.region_mut()?.images.insert(id, row);
    Ok(object! { "ImageId": text(id) })
}

fn wrong(detail: String) -> ApiError {
    ApiError::InvalidBlockDeviceMapping { detail }
}

/// One device, and the system on it when it is the root device.
fn one(
    ctx: &Context<'_>,
    device: &str,
    is_root: bool,
    ebs: Input<'_>,
    now: Instant,
) -> ApiResult<(ImageDevice, Option<Rc<System>>)> {
    let region = ctx.region()?;
    let source = ebs
        .text("SnapshotId")?
        .map(|id| snapshot::source(ctx.world, ctx.caller, id, now))
        .transpose()?;
    let foreign = source.as_ref().is_some_and(|source| {
        sharing::stored(ctx.world, region.name, source.id)
            .is_some_and(|(owner, _)| owner.account != region.account)
    });
    if foreign {
        return Err(ApiError::NotModelled {
            what: "An image of a snapshot that somebody else has shared".to_owned(),
        });
    }
    let least = source.as_ref().map(|source| source.size);
    let wanted = Wanted::read(ebs, "VolumeSize")?;
    if wanted.size.is_none() && least.is_none() {
        return Err(wrong(format!(
            "The mapping of {device} needs a size or a snapshot."
        )));
    }
    let shape = wanted.shape(VolumeType::Gp2, least)?;
    if is_root {
        shape.kind.boots()?;
    }
    let from = source
        .as_ref()
        .map_or_else(Sealed::default, |source| source.sealed.clone());
    let (encrypted, kms_key) = key::encryption(ctx.world, region, ebs, &from)?;
    let system = source.as_ref().filter(|_| is_root).and_then(|source| {
        let amazons = catalogue::images().find(|image| image.snapshot(region.name) == source.id);
        source.system.clone().or_else(|| {
            amazons.map(|image| {
                Rc::new(System {
                    image_name: image.name,
                    guest: Guest::new(service::of_image(image)),
                })
            })
        })
    });
    let row = ImageDevice {
        device: device.to_owned(),
        snapshot: source.map(|source| source.id),
        shape,
        encrypted,
        kms_key,
        delete_on_termination: ebs.boolean("DeleteOnTermination")?.unwrap_or(true),
    };
    Ok((row, system))
}
