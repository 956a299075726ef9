//! What happened, in the past tense: the page and the journal read these, the engine never does.

use crate::ids::{ImageId, InstanceId, SecurityGroupId, SnapshotId, VolumeId};
use crate::resources::instance::InstanceState;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Event {
    /// An instance went from one state to the next.
    InstanceStateChanged {
        instance: InstanceId,
        from: Option<InstanceState>,
        to: InstanceState,
    },
    /// The operating system is up: what is enabled listens now.
    GuestBooted { instance: InstanceId },
    /// A service began to listen.
    ServiceStarted {
        instance: InstanceId,
        service: String,
    },
    /// A service no longer listens.
    ServiceStopped {
        instance: InstanceId,
        service: String,
    },
    /// The user data script came to its end.
    UserDataFinished { instance: InstanceId, failed: bool },
    /// A volume was not made, or not attached, because of its key. AWS says so in an EventBridge event.
    VolumeFailed {
        volume: VolumeId,
        /// `createVolume` or `attachVolume`.
        what: &'static str,
        cause: String,
    },
    /// A snapshot is no longer pending.
    SnapshotEnded { snapshot: SnapshotId, failed: bool },
    /// An image is no longer pending.
    ImageEnded { image: ImageId, failed: bool },
    /// A rule was added to a group or taken out.
    SecurityGroupChanged { group: SecurityGroupId },
}
