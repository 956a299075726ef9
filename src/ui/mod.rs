//! What a learner sees: components in, markup out.

pub mod components;
