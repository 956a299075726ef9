//! A deterministic Amazon EC2. The same seed and the same journal give the same world, natively and in a browser.
//!
//! [`World`] holds every account's resources; [`World::execute`] runs one API operation atomically;
//! [`World::advance_to`] lets time pass; [`network::probe`] follows a packet and says who decided.

pub mod catalogue;
pub mod clock;
mod default_vpc;
pub mod error;
pub mod event;
pub mod filter;
pub mod guest;
pub mod hardware;
pub mod ids;
pub mod input;
pub mod invariants;
pub mod json;
pub mod keys;
pub mod kms;
pub mod network;
pub mod operation;
pub mod operations;
pub mod output;
pub mod pagination;
pub mod region;
pub mod resources;
pub mod rng;
pub mod scheduler;
pub mod sharing;
pub mod shell;
pub mod table;
pub mod world;

pub use clock::Instant;
pub use error::{ApiError, ApiResult};
pub use event::Event;
pub use json::Value;
pub use world::{ACCOUNTS, Caller, HOME_ACCOUNT, Outcome, PARTNER_ACCOUNT, World};
