//! An attempt to connect: what was tried, what was seen, what would help.

use ec2_lab_engine::network::{self, Fix, Probe, Trace};
use ec2_lab_engine::{ApiResult, Caller, World};

/// An attempt with all that the page says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Counts attempts, so that the same one can be played again.
    pub number: u64,
    /// What was tried.
    pub probe: Probe,
    /// What was seen.
    pub trace: Trace,
    /// What a real terminal prints.
    pub terminal: String,
    /// What would help, each proved.
    pub fixes: Vec<Fix>,
}

impl Attempt {
    /// Tries to connect.
    ///
    /// # Errors
    /// When nothing can be started at the source.
    pub fn make(number: u64, world: &World, caller: &Caller, probe: Probe) -> ApiResult<Self> {
        let trace = network::probe(world, caller, &probe)?;
        let fixes = network::fixes(world, caller, &probe, &trace);
        let terminal = network::terminal(&probe, &trace);
        Ok(Attempt {
            number,
            probe,
            trace,
            terminal,
            fixes,
        })
    }
}
