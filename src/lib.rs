//! The page: the only crate that knows a browser exists.

pub mod platform;
pub mod ui;
