//! The content as a whole: what the engine says about every question, and what a course of 16 chapters needs.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

// The build script's own modules.
#[path = "../../build/checks.rs"]
mod checks;
#[path = "../../build/explainers.rs"]
mod explainers;
#[allow(dead_code, reason = "the tests look at the findings themselves")]
#[path = "../../build/findings.rs"]
mod findings;
#[path = "../../build/questions.rs"]
mod questions;
#[allow(dead_code, reason = "the tests need no list of sections")]
#[path = "../../build/syllabus.rs"]
mod syllabus;

mod mistakes;
mod whole;
