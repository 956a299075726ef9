//! The registry: one row per operation. Everything generic (atomicity, dry runs, the command line, the coverage table)
//! walks it and needs no edit when a row is added.

use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::input::Input;
use crate::operations;
use crate::region::RegionState;
use crate::resources::iam::Iam;
use crate::world::{Caller, World};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Whose operation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Amazon EC2's API.
    Ec2,
    /// IAM's, in the small form that instances need.
    Iam,
    /// KMS's, as far as disks need it.
    Kms,
    /// EC2 Auto Scaling's.
    AutoScaling,
    /// Elastic Load Balancing's.
    ElasticLoadBalancing,
    /// EC2 Instance Connect's.
    InstanceConnect,
    /// The lab's own: what goes on inside a machine, probes, faults.
    Lab,
}

/// Whether an operation can change the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It only reads.
    Read,
    /// It may write.
    Write,
}

/// One operation.
#[derive(Debug)]
pub struct OperationSpec {
    /// AWS's action name, `RunInstances`.
    pub name: &'static str,
    /// Whose it is.
    pub service: Service,
    /// Whether it can write.
    pub mode: Mode,
    /// The parameters that are modelled: paths to scalars, separated by white space.
    pub parameters: &'static str,
    /// What it does.
    pub execute: fn(&mut Context<'_>, Input<'_>) -> ApiResult,
}

/// What an operation works on: a copy of the world that is thrown away if it refuses.
#[derive(Debug)]
pub struct Context<'a> {
    /// The copy.
    pub world: &'a mut World,
    /// Who calls, where.
    pub caller: &'a Caller,
    /// What happened so far.
    pub events: &'a mut Vec<Event>,
    /// The refusal of a call that AWS carries out in part: what was done stays. Only TerminateInstances is known to.
    pub refusal: Option<ApiError>,
}

impl Context<'_> {
    /// The caller's Region.
    ///
    /// # Errors
    /// `AuthFailure` for an account without one; `execute` has checked this before.
    pub fn region(&self) -> ApiResult<&RegionState> {
        self.world.region(self.caller).ok_or_else(no_region)
    }

    /// The caller's Region, to change.
    ///
    /// # Errors
    /// As [`Context::region`].
    pub fn region_mut(&mut self) -> ApiResult<&mut RegionState> {
        self.world.region_mut(self.caller).ok_or_else(no_region)
    }

    /// The calling account's roles and instance profiles.
    #[must_use]
    pub fn iam(&self) -> &Iam {
        self.world.iam(self.caller.account)
    }

    /// The same, to change.
    pub fn iam_mut(&mut self) -> &mut Iam {
        self.world.iam_mut(self.caller.account)
    }
}

fn no_region() -> ApiError {
    ApiError::AuthFailure {
        detail: "AWS was not able to validate the provided access credentials".to_owned(),
    }
}

/// All operations, area by area.
pub fn registry() -> impl Iterator<Item = &'static OperationSpec> {
    operations::AREAS.iter().flat_map(|area| area.iter())
}

/// The operation of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static OperationSpec> {
    static BY_NAME: LazyLock<BTreeMap<&'static str, &'static OperationSpec>> =
        LazyLock::new(|| registry().map(|spec| (spec.name, spec)).collect());
    BY_NAME.get(name).copied()
}
