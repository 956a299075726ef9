//! What a launch needs so that the instance can hibernate
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html>).

use super::devices::LaunchDevice;
use crate::catalogue::{Image, InstanceType};
use crate::error::{ApiError, ApiResult};

/// The most memory of a Linux instance, and of a Windows one, in MiB: "less than 150 GiB", "up to 16 GiB".
const LINUX: u64 = 150 * 1_024 - 1;
const WINDOWS: u64 = 16 * 1_024;

/// Whether all that hibernation rests on is there.
///
/// # Errors
/// `UnsupportedHibernationConfiguration` with the first thing that is missing.
pub(super) fn allowed(
    image: &Image,
    kind: &InstanceType,
    root: Option<&LaunchDevice>,
) -> ApiResult<()> {
    let refused = |detail: String| Err(ApiError::UnsupportedHibernationConfiguration { detail });
    if !kind.hibernation || kind.bare_metal {
        return refused(format!(
            "The instance type {} does not support hibernation.",
            kind.name
        ));
    }
    if image.key.starts_with("debian") || image.key.starts_with("suse") {
        return refused(format!(
            "The image {} does not support hibernation.",
            image.title
        ));
    }
    let most = if image.windows { WINDOWS } else { LINUX };
    if kind.memory_mib > most {
        return refused(format!(
            "The instance type {} has {} GiB of memory, which is more than can be hibernated.",
            kind.name,
            kind.memory_mib / 1_024
        ));
    }
    let Some(root) = root.filter(|root| root.is_encrypted()) else {
        return refused("Hibernation requires an encrypted root volume.".to_owned());
    };
    if u64::from(root.gibibytes()) * 1_024 < kind.memory_mib {
        return refused(format!(
            "The root volume has {} GiB, which is too small to hold the memory of {}: {} GiB.",
            root.gibibytes(),
            kind.name,
            kind.memory_mib.div_ceil(1_024)
        ));
    }
    Ok(())
}
