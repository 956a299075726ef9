//! The resources: one AWS data type per file, with its fields, its state machine and the rules that concern it alone.

pub mod address;
pub mod auto_scaling;
pub mod iam;
pub mod image;
pub mod insights;
pub mod instance;
pub mod instance_options;
pub mod key_pair;
pub mod kms;
pub mod later;
pub mod launch_template;
pub mod load_balancer;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod peering;
pub mod placement_group;
pub mod route_table;
pub mod security_group;
pub mod snapshot;
pub mod tags;
pub mod volume;
pub mod vpc;
pub mod vpc_endpoint;
