//! Connect: who tries, to what, with which program; and what came of it.

mod choice;
mod fix_list;
mod form;
mod success;
mod verdict;
mod why;
pub mod words;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use choice::probe_of_port;
pub use form::Connect;
pub use verdict::Verdict;
