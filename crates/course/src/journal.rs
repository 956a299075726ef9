//! The journal: everything that changed a world, in order. Undo, replay, saving and sharing all rest on it.

use ec2_lab_engine::{Caller, Instant, Outcome, Value, World};
use serde::{Deserialize, Serialize};

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// An operation was called.
    Execute {
        /// In which Region.
        region: String,
        /// The operation, `RunInstances`.
        operation: String,
        /// Its input.
        input: Value,
    },
    /// Time passed.
    Advance {
        /// Until this moment, in milliseconds since the Unix epoch.
        to: u64,
    },
}

/// A change and the step it belongs to: what one click or one command did is undone together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The step.
    pub step: u32,
    /// The change.
    #[serde(flatten)]
    pub action: Action,
}

/// Makes a change to a world.
pub fn perform(world: &mut World, action: &Action) -> Outcome {
    match action {
        Action::Execute {
            region,
            operation,
            input,
        } => {
            let caller = Caller::in_region(region).unwrap_or_default();
            world.execute(&caller, operation, input)
        }
        Action::Advance { to } => Outcome {
            result: Ok(Value::Null),
            events: world.advance_to(Instant(*to)),
        },
    }
}
