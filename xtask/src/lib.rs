//! What stands behind `cargo xtask`: one module per command, and the parts they share.
//!
//! It is a library besides a program so that the end-to-end tests serve `dist/` and find the browser with
//! the very code that the commands use.

pub mod bench;
pub mod browser;
pub mod check;
pub mod conformance;
pub mod coverage;
pub mod dist;
pub mod facts;
pub mod fingerprint;
pub mod first_page;
pub mod fuzz;
pub mod install;
pub mod serve;
pub mod setup;
pub mod shapes;
pub mod size;
pub mod split;
pub mod static_server;
pub mod steps;
pub mod suites;
pub mod tally;
pub mod tools;
pub mod two_parts;
pub mod wasm_names;
pub mod workspace;
