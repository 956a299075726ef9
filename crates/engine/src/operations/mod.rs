//! The operations, one file each, listed by area. The list of an area is all that a new operation is added to.

pub mod address;
pub mod auto_scaling;
pub mod balancing;
pub mod catalogue;
pub mod iam;
pub mod image;
pub mod instance;
pub mod instance_connect;
pub mod key_pair;
pub mod kms;
pub mod lab;
pub mod launch_template;
pub mod lookup;
pub mod network;
pub mod network_interface;
pub mod placement_group;
pub mod security_group;
pub mod snapshot;
pub mod tag;
pub mod volume;

use crate::operation::OperationSpec;

/// Every area's operations.
pub static AREAS: &[&[OperationSpec]] = &[
    instance::OPERATIONS,
    security_group::OPERATIONS,
    key_pair::OPERATIONS,
    launch_template::OPERATIONS,
    iam::OPERATIONS,
    kms::OPERATIONS,
    instance_connect::OPERATIONS,
    placement_group::OPERATIONS,
    network::OPERATIONS,
    network_interface::OPERATIONS,
    address::OPERATIONS,
    balancing::OPERATIONS,
    auto_scaling::OPERATIONS,
    volume::OPERATIONS,
    snapshot::OPERATIONS,
    image::OPERATIONS,
    tag::OPERATIONS,
    catalogue::OPERATIONS,
    lab::OPERATIONS,
];

/// A row of an area's list.
#[macro_export]
macro_rules! row {
    ($service:ident $mode:ident $name:literal $execute:path, $parameters:literal) => {
        $crate::operation::OperationSpec {
            name: $name,
            service: $crate::operation::Service::$service,
            mode: $crate::operation::Mode::$mode,
            parameters: concat!("DryRun ", $parameters),
            execute: $execute,
        }
    };
}
