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

/// The simulator's caller for a command's. `has_region` has been asked before: what is left is an access key of nobody.
///
/// # Errors
/// `AuthFailure`.
pub fn engine_caller(caller: &Caller) -> Result<ec2_lab_engine::Caller, ServiceError> {
    ec2_lab_engine::Caller::of(&caller.account, &caller.region).ok_or_else(|| {
        ServiceError::from(ApiError::AuthFailure {
            detail: "AWS was not able to validate the provided access credentials".to_owned(),
        })
    })
}

impl Engine for World {
    fn execute(
        &mut self,
        caller: &Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError> {
        let caller = engine_caller(caller)?;
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
