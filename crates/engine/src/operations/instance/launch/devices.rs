//! The volumes of a launch: those of the image, changed and added to by `BlockDeviceMappings`
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::{InstanceId, SnapshotId};
use crate::input::Input;
use crate::kms::access::Barred;
use crate::operation::Context;
use crate::operations::image::Source;
use crate::operations::snapshot;
use crate::operations::volume::key::{self, Sealed, caller, usual_key};
use crate::operations::volume::make::{self, NewVolume};
use crate::operations::volume::shape::Wanted;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::resources::volume::{AttachmentState, VolumeAttachment, VolumeShape, VolumeType};
use crate::sharing;
use crate::world::{Caller, World};

/// A volume that comes with the instance.
#[derive(Clone, Debug)]
pub(crate) struct LaunchDevice {
    device: String,
    shape: VolumeShape,
    snapshot: Option<SnapshotId>,
    encrypted: bool,
    kms_key: Option<String>,
    /// What its snapshot is closed with.
    sealed: Sealed,
    delete_on_termination: bool,
}

impl LaunchDevice {
    /// Whether the volume is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Why its key, or the one that opens its snapshot, cannot be used.
    pub(super) fn barred(&self, world: &World, caller: &Caller) -> Option<Barred> {
        key::can_make(world, caller, &self.sealed, caller, self.kms_key.as_deref())
            .err()
            .map(|(_, why)| why)
    }

    /// The volume's size in GiB.
    pub(super) fn gibibytes(&self) -> u32 {
        self.shape.size
    }

    /// The image's devices, the root volume first.
    fn of_image(region: &RegionState, source: &Source) -> Vec<Self> {
        let Some(own) = &source.own else {
            let base = source.base;
            return vec![LaunchDevice {
                device: base.root_device_name.to_owned(),
                shape: base.root_shape(),
                snapshot: Some(base.snapshot(region.name)),
                encrypted: false,
                kms_key: None,
                sealed: Sealed::default(),
                delete_on_termination: true,
            }];
        };
        let mine = source.owner == region.account;
        own.devices
            .iter()
            .map(|device| LaunchDevice {
                device: device.device.clone(),
                shape: device.shape,
                snapshot: device.snapshot,
                encrypted: device.encrypted,
                // What somebody else's key has closed is closed with one's own usual key from now on.
                kms_key: device
                    .kms_key
                    .clone()
                    .map(|key| if mine { key } else { usual_key(region) }),
                sealed: Sealed {
                    encrypted: device.encrypted,
                    key: device.kms_key.clone().filter(|_| device.snapshot.is_some()),
                    own: mine,
                },
                delete_on_termination: device.delete_on_termination,
            })
            .collect()
    }

    /// Reads the mappings of a call over those of the image.
    ///
    /// # Errors
    /// `InvalidBlockDeviceMapping`, unknown snapshots, a size or speed that the type does not have.
    pub(super) fn read(
        world: &World,
        region: &RegionState,
        source: &Source,
        input: Input<'_>,
    ) -> ApiResult<Vec<Self>> {
        let mut devices = Self::of_image(region, source);
        let root = source.base.root_device_name;
        let mut seen: Vec<&str> = Vec::new();
        for mapping in input.objects("BlockDeviceMappings")? {
            let device = mapping.required("DeviceName")?;
            if seen.contains(&device) {
                return Err(wrong(format!(
                    "The device '{device}' is used in more than one block-device mapping"
                )));
            }
            seen.push(device);
            if device != root {
                make::device_name(device)?;
            }
            if mapping.has("NoDevice") {
                if device == root {
                    return Err(wrong("The root device cannot be left out.".to_owned()));
                }
                devices.retain(|known| known.device != device);
                continue;
            }
            if let Some(name) = mapping.text("VirtualName")? {
                instance_store(device, name, mapping.has("Ebs") || device == root)?;
                continue;
            }
            let old = devices.iter().position(|known| known.device == device);
            let read = Self::one(
                world,
                region,
                device,
                old.and_then(|index| devices.get(index)),
                mapping.object("Ebs")?,
            )?;
            if device == root {
                read.shape.kind.boots()?;
            }
            match old.and_then(|index| devices.get_mut(index)) {
                Some(known) => *known = read,
                None => devices.push(read),
            }
        }
        if region.ebs.encryption_by_default {
            for device in devices.iter_mut().filter(|device| !device.encrypted) {
                device.encrypted = true;
                device.kms_key = Some(usual_key(region));
            }
        }
        Ok(devices)
    }

    fn one(
        world: &World,
        region: &RegionState,
        device: &str,
        old: Option<&LaunchDevice>,
        ebs: Input<'_>,
    ) -> ApiResult<Self> {
        let named = ebs.text("SnapshotId")?;
        // The snapshot of an image comes with the image, whether or not it is shared by itself.
        let repeated = old
            .and_then(|old| old.snapshot)
            .is_some_and(|known| named == Some(known.to_string().as_str()));
        let given = named
            .filter(|_| !repeated)
            .map(|id| snapshot::source(world, &caller(region), id, world.now()))
            .transpose()?;
        if let (Some(given), Some(known)) = (&given, old.and_then(|old| old.snapshot))
            && given.id != known
        {
            return Err(wrong(format!(
                "The snapshot of {device} is the image's own and cannot be replaced."
            )));
        }
        let least = given.as_ref().map(|given| given.size).or(old
            .filter(|old| old.snapshot.is_some())
            .map(|old| old.shape.size));
        let wanted = Wanted::read(ebs, "VolumeSize").map_err(|error| match error {
            // A launch names the parameter where CreateVolume names the type.
            ApiError::UnknownVolumeType { kind } => ApiError::InvalidParameterValue {
                detail: format!("Value ({kind}) for parameter volumeType is invalid."),
            },
            other => other,
        })?;
        let shape = match old {
            Some(old) => {
                let same = wanted.kind.is_none_or(|kind| kind == old.shape.kind);
                Wanted {
                    size: wanted.size.or(Some(i64::from(old.shape.size))),
                    kind: Some(wanted.kind.unwrap_or(old.shape.kind)),
                    iops: wanted.iops.or(old
                        .shape
                        .iops
                        .filter(|_| same && old.shape.kind.bounds().iops.is_some())
                        .map(i64::from)),
                    throughput: wanted.throughput.or(old
                        .shape
                        .throughput
                        .filter(|_| same)
                        .map(i64::from)),
                }
                .shape(VolumeType::Gp2, least)?
            }
            None if wanted.size.is_none() && least.is_none() => {
                return Err(wrong(format!(
                    "The mapping of {device} needs a size or a snapshot."
                )));
            }
            None => wanted.shape(VolumeType::Gp2, least)?,
        };
        let sealed = given
            .as_ref()
            .map(|given| given.sealed.clone())
            .or_else(|| old.map(|old| old.sealed.clone()))
            .unwrap_or_default();
        let (encrypted, kms_key) = key::encryption(world, region, ebs, &sealed)?;
        Ok(LaunchDevice {
            device: device.to_owned(),
            shape,
            snapshot: given
                .map(|given| given.id)
                .or_else(|| old.and_then(|old| old.snapshot)),
            encrypted,
            kms_key,
            sealed,
            delete_on_termination: ebs
                .boolean("DeleteOnTermination")?
                .unwrap_or_else(|| old.is_none_or(|old| old.delete_on_termination)),
        })
    }

    /// Makes the volume and ties it to its instance.
    ///
    /// # Errors
    /// None but those of a Region that is not there.
    pub(super) fn make(
        &self,
        ctx: &mut Context<'_>,
        instance: InstanceId,
        zone: &'static str,
        tags: &Tags,
    ) -> ApiResult<()> {
        let disk = self
            .snapshot
            .and_then(|id| sharing::stored(ctx.world, ctx.caller.region, id))
            .map(|(_, row)| row.disk.clone())
            .unwrap_or_default();
        let new = NewVolume {
            zone,
            disk,
            shape: self.shape,
            encrypted: self.encrypted,
            kms_key: self.kms_key.clone(),
            snapshot: self.snapshot,
            multi_attach: false,
            client_token: String::new(),
            tags: tags.clone(),
        };
        let tie = VolumeAttachment {
            instance,
            device: self.device.clone(),
            state: AttachmentState::Attached,
            attached: ctx.world.now(),
            delete_on_termination: self.delete_on_termination,
        };
        let id = make::make(ctx, new, Some(tie))?;
        if let Some(row) = ctx.region_mut()?.instances.get_mut(&instance) {
            row.volumes.push((self.device.clone(), id));
        }
        Ok(())
    }
}

/// A disk of the host. AWS ignores the entry on types that have none or whose disks are NVMe, which are there anyway
/// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/add-instance-store-volumes.html>).
fn instance_store(device: &str, name: &str, taken: bool) -> ApiResult<()> {
    let number = name
        .strip_prefix("ephemeral")
        .and_then(|number| number.parse::<u8>().ok());
    if taken || number.is_none_or(|number| number > 23) {
        return Err(wrong(format!(
            "The virtual name '{name}' cannot be mapped to the device '{device}'"
        )));
    }
    Ok(())
}

fn wrong(detail: String) -> ApiError {
    ApiError::InvalidBlockDeviceMapping { detail }
}
