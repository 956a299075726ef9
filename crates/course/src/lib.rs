//! The teaching, without a browser: content, quizzes and their grading, the learner's session and its save.

pub mod content;
pub mod grade;
pub mod journal;
pub mod quiz;
pub mod save;
pub mod session;
pub mod verify;
