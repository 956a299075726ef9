//! The engine behind the command line: [`Engine`] for [`World`].

use crate::engine::{Caller, Engine, ServiceError};
use ec2_lab_engine::json::Value;
use ec2_lab_engine::operation::{Service, find, registry};
use ec2_lab_engine::{ApiError, Instant, World, catalogue};

impl From<ApiError> for ServiceError {
    fn from(error: ApiError) -> Self {
        ServiceError {
            code: error.code().to_owned(),
            message: error.message(),
            // The explanations are the course's: content/errors, by code.
            advice: None,
            not_modelled: matches!(error, ApiError::NotModelled { .. }),
        }
    }
}

impl Engine for World {
    fn execute(
        &mut self,
        caller: &Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError> {
        // `has_region` has been asked before; a Region that is none gets the answer of the default one's door.
        let caller = ec2_lab_engine::Caller::in_region(&caller.region).unwrap_or_default();
        World::execute(self, &caller, operation, input)
            .result
            .map_err(ServiceError::from)
    }

    fn knows(&self, operation: &str) -> bool {
        find(operation).is_some()
    }

    fn has_region(&self, region: &str) -> bool {
        catalogue::region(region).is_some()
    }

    fn lab_operations(&self) -> Vec<String> {
        registry()
            .filter(|spec| spec.service == Service::Lab)
            .map(|spec| spec.name.to_owned())
            .collect()
    }

    fn now_milliseconds(&self) -> u64 {
        self.now().0
    }

    fn next_event_milliseconds(&self) -> Option<u64> {
        self.next_wakeup().map(|at| at.0)
    }

    fn advance_seconds(&mut self, seconds: u64) {
        let to = self.now().plus(seconds.saturating_mul(1000));
        self.advance_to(to);
    }

    fn advance_to_next(&mut self) -> bool {
        let next: Option<Instant> = self.next_wakeup();
        if let Some(at) = next {
            self.advance_to(at);
        }
        next.is_some()
    }
}
