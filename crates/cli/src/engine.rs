//! What the command line needs of a simulator: the one door, the clock, and nothing else.

use ec2_lab_engine::json::Value;

/// Who calls, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The twelve digits of the account.
    pub account: String,
    /// The Region that the command goes to.
    pub region: String,
}

impl Default for Caller {
    fn default() -> Self {
        Caller {
            account: "111122223333".to_owned(),
            region: "us-east-1".to_owned(),
        }
    }
}

/// A refusal by the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// AWS's code: `InvalidGroup.NotFound`.
    pub code: String,
    /// AWS's words.
    pub message: String,
    /// A sentence for the learner, shown beside the refusal, never inside it.
    pub advice: Option<String>,
    /// Whether AWS would do it, and only the simulator cannot.
    pub not_modelled: bool,
}

/// A simulator behind the command line.
pub trait Engine {
    /// Runs one API operation. After an `Err` nothing has changed.
    fn execute(
        &mut self,
        caller: &Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError>;
    /// Whether the simulator models this API operation (`RunInstances`) or lab operation (`StartService`).
    fn knows(&self, operation: &str) -> bool;
    /// Whether this is a Region of the simulator.
    fn has_region(&self, region: &str) -> bool;
    /// The API names of the lab's own operations, for help and near matches.
    fn lab_operations(&self) -> Vec<String> {
        Vec::new()
    }
    /// Milliseconds since the Unix epoch on the simulator's clock.
    fn now_milliseconds(&self) -> u64;
    /// When the next thing happens by itself, if anything is due. With `None` a waiter looks again at the client's
    /// own pace instead of at the event.
    fn next_event_milliseconds(&self) -> Option<u64> {
        None
    }
    /// Lets time pass.
    fn advance_seconds(&mut self, seconds: u64);
    /// Lets time pass until something happens; `false` if nothing is due.
    fn advance_to_next(&mut self) -> bool;
}

impl<E: Engine + ?Sized> Engine for &mut E {
    fn execute(
        &mut self,
        caller: &Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError> {
        (**self).execute(caller, operation, input)
    }
    fn knows(&self, operation: &str) -> bool {
        (**self).knows(operation)
    }
    fn has_region(&self, region: &str) -> bool {
        (**self).has_region(region)
    }
    fn lab_operations(&self) -> Vec<String> {
        (**self).lab_operations()
    }
    fn now_milliseconds(&self) -> u64 {
        (**self).now_milliseconds()
    }
    fn next_event_milliseconds(&self) -> Option<u64> {
        (**self).next_event_milliseconds()
    }
    fn advance_seconds(&mut self, seconds: u64) {
        (**self).advance_seconds(seconds);
    }
    fn advance_to_next(&mut self) -> bool {
        (**self).advance_to_next()
    }
}
