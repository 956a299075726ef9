//! A packet's way: [`probe`] follows it out and back and says who decided, [`fixes`] says what would change the answer.

mod edge;
mod fix;
mod matrix;
mod plug;
mod probe;
mod resolve;
mod terminal;
mod trace;
mod walk;

pub use fix::{Call, Change, Exposure, Fix, fixes};
pub use matrix::{Cell, Matrix, matrix};
pub use plug::{Plug, PlugState, plugs};
pub use probe::{Client, LAPTOP, Probe, STRANGER, Source, Target, WEB_SERVER};
pub use resolve::{endpoint, is_internet_name};
pub(crate) use terminal::pinged;
pub use terminal::{error_name, error_page, terminal};
pub use trace::{Cause, Component, Decision, Hop, Trace, Verdict, Way};
pub(crate) use walk::node_reaches;
pub use walk::probe;

use crate::ids::InstanceId;
use crate::world::{Caller, World};

/// Whether a running instance can fetch something from a server on the internet, a package mirror for one.
#[must_use]
pub fn reaches_internet(world: &World, caller: &Caller, instance: InstanceId) -> bool {
    let fetch = Probe {
        source: Source::Instance(instance),
        target: Target::Internet,
        client: Client::Https,
        ..Probe::default()
    };
    probe(world, caller, &fetch).is_ok_and(|trace| trace.verdict == Verdict::Connected)
}
