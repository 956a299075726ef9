//! What a learner sees: components in, markup out.

pub mod components;
pub mod console;
pub mod pages;
pub mod racks;
pub mod terminal;
pub mod topology;
pub mod words;
