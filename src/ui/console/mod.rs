//! The console: resource tables, dialogs, the launch wizard, the inspector.

pub mod addresses;
pub mod connect;
pub mod images;
pub mod inspector;
pub mod instance_types;
pub mod instances;
pub mod interfaces;
pub mod key_pairs;
pub mod keys;
pub mod launch;
pub mod network;
pub mod placement_groups;
pub mod reachability;
pub mod section;
pub mod security_groups;
pub mod sharing;
pub mod storage;
