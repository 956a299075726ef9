//! The engine's tests: one binary, one module per subject. Whatever a module does, the world's invariants are asked for
//! after every call.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic; that is how it fails"
)]

mod chance;
mod disks;
mod explainers;
mod fixes;
mod furnished;
mod furnished_balancing;
mod furnished_network;
mod furnished_storage;
mod golden_images;
mod guest;
mod images;
mod input;
mod interfaces;
mod journey;
mod json;
mod keys;
mod keys_shared;
mod lab;
mod launches_model;
mod launches_rules;
mod lifecycle;
mod limits;
mod matrix;
mod network;
mod network_steps;
mod networks_picture;
mod networks_reference;
mod offers;
mod paths;
mod placement;
mod probes;
mod random_fleets;
mod random_networks;
mod random_world;
mod reference;
mod registry;
mod rules;
mod security_groups;
mod sequences;
mod storage;
mod storage_steps;
mod table;
mod templates;
mod volume_types;
mod volumes;
mod vpc_between;
mod vpc_net;
mod vpc_paths;
mod vpc_rules;
