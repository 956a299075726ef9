//! The AWS command line in front of a simulator: text in, API call, text out.
//!
//! Nothing here knows an EC2 operation by itself. Names and types come from a table that is generated from
//! AWS's public API model, behaviour comes from an [`Engine`]; this crate is the client in between: parsing,
//! client-side checks with the AWS CLI's own words and exit codes, paging, `--query`, output formats, waiters.
//!
//! [`Shell`] is the way in for people and scripts, [`render()`] the way back from an API call to its command line.

mod answer;
mod arguments;
pub mod complete;
pub mod configure;
mod customise;
pub mod engine;
pub mod files;
mod globals;
mod help;
pub mod kept;
mod lab;
pub mod laptop;
mod live;
pub mod names;
pub mod options;
pub mod output;
mod pages;
mod python;
pub mod query;
mod render;
mod request;
pub mod shapes;
mod shell;
pub mod shorthand;
mod similar;
mod skeleton;
mod validate;
mod values;
mod wait;
pub mod words;
mod world;

pub use answer::{Answer, Refusal};
pub use engine::{Caller, Engine, ServiceError};
pub use files::{Files, MemoryFiles};
pub use render::render;
pub use shell::{ScriptError, Shell, ShellState};
pub use world::engine_caller;
