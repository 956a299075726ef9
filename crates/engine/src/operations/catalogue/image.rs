//! DescribeImages (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html>).

use crate::catalogue::{Image, images};
use crate::error::{ApiError, ApiResult};
use crate::ids::{ImageId, ResourceId};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::resources::tags::Tags;
use serde_json::{Value, json};

/// The images of this Region.
///
/// # Errors
/// `InvalidAMIID.Malformed`, `InvalidAMIID.NotFound`, unknown filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let place = region.name;
    let mut named = Vec::new();
    for wanted in input.texts("ImageIds")? {
        let id = ImageId::parse(wanted).ok_or_else(|| ApiError::InvalidAmiIdMalformed {
            image_id: wanted.to_owned(),
        })?;
        region
            .image(id)
            .ok_or_else(|| ApiError::InvalidAmiIdNotFound {
                image_id: wanted.to_owned(),
            })?;
        named.push(id);
    }
    let owners = input.texts("Owners")?;
    let by_owner = |image: &Image| {
        owners.is_empty()
            || owners.iter().any(|owner| {
                *owner == image.owner_id
                    || (!image.owner_alias.is_empty() && *owner == image.owner_alias)
            })
    };
    // Every image of the catalogue is public, so whom it may be launched by never hides one.
    let executable = input.texts("ExecutableUsers")?;
    let by_user = executable.is_empty() || executable.contains(&"all");
    let none = Tags::default();
    let rows = (0..)
        .zip(images())
        .filter(|(_, image)| {
            by_user && by_owner(image) && (named.is_empty() || named.contains(&image.id(place)))
        })
        .map(|(serial, row)| Listed {
            serial,
            tags: &none,
            row,
        });
    lookup::describe(
        input,
        "Images",
        rows,
        |image, name| values(place, image, name),
        |image| show(place, image),
    )
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
        "block-device-mapping.volume-type" => "gp3".to_owned(),
        _ => return None,
    }])
}

fn show(place: &str, image: &Image) -> Value {
    object! {
        "PlatformDetails": image.platform_details, "UsageOperation": image.usage_operation,
        "BlockDeviceMappings": json!([object! {
            "Ebs": object! {
                "DeleteOnTermination": true, "Iops": 3000, "SnapshotId": text(image.snapshot(place)), "VolumeSize": image.root_volume_gib,
                "VolumeType": "gp3", "Throughput": 125, "Encrypted": false,
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
