//! One file per address of the page.

pub mod home;
pub mod lab;
pub mod not_found;
pub mod quiz;
pub mod settings;
