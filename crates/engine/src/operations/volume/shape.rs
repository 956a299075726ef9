//! Size, type and speed as calls ask for them, and AWS's bounds
//! (<https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html>).

use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::resources::volume::{VolumeShape, VolumeType};

fn invalid(detail: String) -> ApiError {
    ApiError::InvalidParameterValue { detail }
}

/// What a call gives: each part may be left out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    pub size: Option<i64>,
    pub kind: Option<VolumeType>,
    pub iops: Option<i64>,
    pub throughput: Option<i64>,
}

impl Wanted {
    /// Reads `Iops`, `Throughput`, `VolumeType` and the size under `size`.
    ///
    /// # Errors
    /// `UnknownVolumeType`.
    pub(crate) fn read(input: Input<'_>, size: &str) -> ApiResult<Self> {
        let kind = input
            .text("VolumeType")?
            .map(|word| {
                VolumeType::parse(word).ok_or_else(|| ApiError::UnknownVolumeType {
                    kind: word.to_owned(),
                })
            })
            .transpose()?;
        Ok(Wanted {
            size: input.integer(size)?,
            kind,
            iops: input.integer("Iops")?,
            throughput: input.integer("Throughput")?,
        })
    }

    /// The shape, with AWS's defaults. `least` is the snapshot's size.
    ///
    /// # Errors
    /// `InvalidParameterValue`, `InvalidParameterCombination`, `MissingParameter`.
    pub(crate) fn shape(self, usual: VolumeType, least: Option<u32>) -> ApiResult<VolumeShape> {
        let kind = self.kind.unwrap_or(usual);
        let bounds = kind.bounds();
        let Some(size) = self.size.or(least.map(i64::from)) else {
            return Err(ApiError::MissingParameterMessage {
                detail: "The request must contain the parameter size/snapshot".to_owned(),
            });
        };
        let (low, high) = bounds.size;
        let name = kind.as_str();
        if size < i64::from(low) {
            return Err(invalid(format!(
                "Volume of {size}GiB is too small for volume type {name}; minimum is {low}GiB"
            )));
        }
        let size = u32::try_from(size)
            .ok()
            .filter(|size| *size <= high)
            .ok_or_else(|| {
                invalid(format!(
                    "Volume of {size}GiB is too large for volume type {name}; maximum is {high}GiB"
                ))
            })?;
        if let Some(least) = least.filter(|least| size < *least) {
            return Err(ApiError::InvalidBlockDeviceMapping {
                detail: format!(
                    "Volume of size {size}GB is smaller than snapshot, expect size >= {least}GB"
                ),
            });
        }
        Ok(VolumeShape {
            size,
            kind,
            iops: self.iops(kind, size)?,
            throughput: self.throughput(kind)?,
        })
    }

    fn iops(self, kind: VolumeType, size: u32) -> ApiResult<Option<u32>> {
        let bounds = kind.bounds();
        let Some((low, high)) = bounds.iops else {
            return match self.iops {
                None => Ok(kind.usual_iops(size)),
                Some(_) => Err(ApiError::InvalidParameterCombination {
                    detail: format!(
                        "The parameter iops is not supported for {} volumes.",
                        kind.as_str()
                    ),
                }),
            };
        };
        let Some(iops) = self.iops else {
            return match kind.usual_iops(size) {
                Some(usual) => Ok(Some(usual)),
                None => Err(ApiError::MissingParameterMessage {
                    detail: format!(
                        "The request must contain the parameter iops for {} volumes",
                        kind.as_str()
                    ),
                }),
            };
        };
        let found = within("iops", iops, (low, high))?;
        if u64::from(found) > u64::from(size) * u64::from(bounds.per_gib) && found > low {
            return Err(invalid(format!(
                "Iops to volume size ratio of {:.6} is too high; maximum is {}",
                f64::from(found) / f64::from(size.max(1)),
                bounds.per_gib
            )));
        }
        Ok(Some(found))
    }

    fn throughput(self, kind: VolumeType) -> ApiResult<Option<u32>> {
        if kind != VolumeType::Gp3 {
            return match self.throughput {
                None => Ok(None),
                Some(_) => Err(ApiError::InvalidParameterCombination {
                    detail: format!(
                        "The parameter throughput is not supported for {} volumes.",
                        kind.as_str()
                    ),
                }),
            };
        }
        let Some(wanted) = self.throughput else {
            return Ok(Some(125));
        };
        let iops = self.iops.unwrap_or(3_000);
        let found = within("throughput", wanted, (125, 2_000))?;
        // A quarter of a MiB a second for each operation.
        if i64::from(found) * 4 > iops {
            return Err(invalid(format!(
                "Throughput (MiBps) to iops ratio of {:.6} is too high; maximum is 0.250000 MiBps per iops",
                f64::from(found) / f64::from(i32::try_from(iops.max(1)).unwrap_or(i32::MAX)),
            )));
        }
        Ok(Some(found))
    }
}

/// A number of a volume, if it is within AWS's bounds.
fn within(what: &str, value: i64, (low, high): (u32, u32)) -> ApiResult<u32> {
    if value < i64::from(low) {
        return Err(invalid(format!(
            "Volume {what} of {value} is too low; minimum is {low}."
        )));
    }
    u32::try_from(value)
        .ok()
        .filter(|value| *value <= high)
        .ok_or_else(|| {
            invalid(format!(
                "Volume {what} of {value} is too high; maximum is {high}."
            ))
        })
}
