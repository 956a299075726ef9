//! A script in the parts between which time passes: its commands, and those that `&&` and `||` join.

use super::Command;
use conch_parser::ast::{
    AndOr, AndOrList, Command as Job, ListableCommand, PipeableCommand, TopLevelCommand,
};

/// How a part follows the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// It runs in any case.
    Then,
    /// It runs if the one before succeeded.
    And,
    /// It runs if the one before failed.
    Or,
}

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How it follows the one before.
    pub joint: Joint,
    /// What runs.
    pub command: Command,
    /// Whether another part looks at how it ends, so that `set -e` does not.
    pub looked_at: bool,
    /// Whether it is an `if`, a loop or the like.
    pub compound: bool,
}

/// The parts of a script.
#[must_use]
pub fn parts(commands: Vec<Command>) -> Vec<Part> {
    let mut all = Vec::new();
    for TopLevelCommand(job) in commands {
        let list = match job {
            Job::List(list) => list,
            background @ Job::Job(_) => {
                all.push(Part {
                    joint: Joint::Then,
                    command: TopLevelCommand(background),
                    looked_at: false,
                    compound: false,
                });
                continue;
            }
        };
        let mut joined = vec![(Joint::Then, list.first)];
        joined.extend(list.rest.into_iter().map(|next| match next {
            AndOr::And(command) => (Joint::And, command),
            AndOr::Or(command) => (Joint::Or, command),
        }));
        let last = joined.len() - 1;
        for (at, (joint, first)) in joined.into_iter().enumerate() {
            let compound = matches!(first, ListableCommand::Single(PipeableCommand::Compound(_)));
            let list = AndOrList {
                first,
                rest: Vec::new(),
            };
            all.push(Part {
                joint,
                command: TopLevelCommand(Job::List(list)),
                looked_at: at < last,
                compound,
            });
        }
    }
    all
}
