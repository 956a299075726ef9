//! The lab as a learner meets it: the built page in real Chromium.
//!
//! `cargo xtask test e2e` builds the page first. Every test also fails on a console error, on a request to
//! another host, and leaves a screenshot and the console in `target/e2e` when it fails.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reports by panicking, and runs where there is a clock"
)]

mod access;
mod keeping;
mod learning;
mod networks;
mod newcomer;
mod opening;
mod parts;
mod prompt;
mod sharing;
mod support;
