//! The page: the only crate that knows a browser exists.

pub mod app;
pub mod effects;
pub mod platform;
pub mod route;
pub mod state;
pub mod ui;
