//! Instances and their state machine (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html>).

use super::instance_options::InstanceOptions;
use super::tags::Tags;
use crate::catalogue::{self, Image, InstanceType};
use crate::clock::Instant;
use crate::guest::Guest;
use crate::hardware::HostId;
use crate::ids::{
    IamInstanceProfileAssociationId, ImageId, InstanceId, NetworkInterfaceId, PlacementGroupId,
    ReservationId, SubnetId, VolumeId, VpcId,
};
use std::rc::Rc;

/// Where an instance is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceState {
    /// Being placed and powered on.
    Pending,
    /// Powered on; the meter runs.
    Running,
    /// On its way to stopped.
    Stopping,
    /// Powered off; disks and private addresses are kept.
    Stopped,
    /// On its way to terminated.
    ShuttingDown,
    /// Gone for good; listed for about an hour.
    Terminated,
}

impl InstanceState {
    /// AWS's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            InstanceState::Pending => "pending",
            InstanceState::Running => "running",
            InstanceState::Stopping => "stopping",
            InstanceState::Stopped => "stopped",
            InstanceState::ShuttingDown => "shutting-down",
            InstanceState::Terminated => "terminated",
        }
    }

    /// AWS's number (`InstanceState.Code`).
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            InstanceState::Pending => 0,
            InstanceState::Running => 16,
            InstanceState::ShuttingDown => 32,
            InstanceState::Terminated => 48,
            InstanceState::Stopping => 64,
            InstanceState::Stopped => 80,
        }
    }

    /// Whether it occupies hardware: counted against limits and placement.
    #[must_use]
    pub fn on_hardware(self) -> bool {
        matches!(
            self,
            InstanceState::Pending
                | InstanceState::Running
                | InstanceState::Stopping
                | InstanceState::ShuttingDown
        )
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(
            self,
            InstanceState::ShuttingDown | InstanceState::Terminated
        )
    }
}

/// A machine's place on the hardware and in a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Placement {
    /// The placement group.
    pub group: Option<PlacementGroupId>,
    /// The partition of a partition group, from 1.
    pub partition: Option<u32>,
    /// The partition that the learner asked for.
    pub wanted_partition: Option<u32>,
    /// The host it runs on; `None` while it is stopped.
    pub host: Option<HostId>,
}

/// A public key that EC2 Instance Connect has pushed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TemporaryKey {
    /// The user that it opens.
    pub user: String,
    /// The key itself, in base64, without type and comment.
    pub body: String,
    /// Until when.
    pub until: Instant,
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Instance {
    pub id: InstanceId,
    pub serial: u64,
    pub reservation: ReservationId,
    pub launch_index: u32,
    pub image: ImageId,
    /// The image's name in the catalogue.
    pub image_name: &'static str,
    pub instance_type: &'static str,
    pub key_name: Option<String>,
    /// The public half that was put there at the launch: deleting the key pair does not take it off.
    pub public_key: Option<Rc<str>>,
    pub state: InstanceState,
    pub state_since: Instant,
    /// Code and message of the last transition, as `StateReason` shows them.
    pub state_reason: Option<(&'static str, &'static str)>,
    /// `User initiated (2026-01-05 09:00:00 GMT)` after a stop or a termination.
    pub transition_reason: String,
    /// Counts life cycles; a scheduled task of an earlier one is void.
    pub epoch: u32,
    pub launched: Instant,
    pub vpc: VpcId,
    pub subnet: SubnetId,
    pub zone: &'static str,
    /// The primary one first.
    pub interfaces: Vec<NetworkInterfaceId>,
    /// Whether the primary address gets a public one at every start.
    pub public_ip_at_start: bool,
    pub placement: Placement,
    /// Its volumes by device name, the root volume first.
    pub volumes: Vec<(String, VolumeId)>,
    pub user_data: Option<Rc<[u8]>>,
    pub disable_api_termination: bool,
    pub disable_api_stop: bool,
    /// Whether `shutdown` inside terminates instead of stopping.
    pub shutdown_terminates: bool,
    pub ebs_optimized: bool,
    pub detailed_monitoring: bool,
    pub options: InstanceOptions,
    pub client_token: String,
    /// What a call with a client token asked for, to tell a repetition from another request.
    pub request: Option<Rc<crate::json::Value>>,
    pub temporary_keys: Vec<TemporaryKey>,
    pub iam_association: Option<IamInstanceProfileAssociationId>,
    pub guest: Guest,
    pub tags: Tags,
}

impl Instance {
    /// Its type's facts.
    #[must_use]
    pub fn kind(&self) -> Option<&'static InstanceType> {
        catalogue::instance_type(self.instance_type)
    }

    /// Its image's facts.
    #[must_use]
    pub fn os(&self) -> Option<&'static Image> {
        catalogue::images().find(|image| image.name == self.image_name)
    }

    /// What a learner calls it: its name, else its id.
    #[must_use]
    pub fn label(&self) -> String {
        self.tags
            .name()
            .map_or_else(|| self.id.to_string(), str::to_owned)
    }

    /// Its vCPUs.
    #[must_use]
    pub fn vcpus(&self) -> u32 {
        self.kind().map_or(0, |kind| kind.vcpus)
    }
}
