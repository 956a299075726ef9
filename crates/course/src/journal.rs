//! The journal: everything that changed a world, in order. Undo, replay, saving and sharing all rest on it.

use ec2_lab_engine::{ApiError, Caller, HOME_ACCOUNT, Instant, Outcome, Value, World};
use serde::{Deserialize, Serialize};

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// An operation was called.
    Execute {
        /// By which account; the home account when it is left out, as in every save of format 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
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

impl Action {
    /// A call of an operation.
    #[must_use]
    pub fn call(caller: &Caller, operation: &str, input: Value) -> Self {
        Action::Execute {
            account: (caller.account != HOME_ACCOUNT).then(|| caller.account.to_string()),
            region: caller.region.to_owned(),
            operation: operation.to_owned(),
            input,
        }
    }
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
            account,
            region,
            operation,
            input,
        } => match account {
            None => {
                let caller = Caller::in_region(region).unwrap_or_default();
                world.execute(&caller, operation, input)
            }
            Some(account) => match Caller::of(account, region) {
                Some(caller) => world.execute(&caller, operation, input),
                None => Outcome {
                    result: Err(ApiError::AuthFailure {
                        detail: "AWS was not able to validate the provided access credentials"
                            .to_owned(),
                    }),
                    events: Vec::new(),
                },
            },
        },
        Action::Advance { to } => Outcome {
            result: Ok(Value::Null),
            events: world.advance_to(Instant(*to)),
        },
    }
}
