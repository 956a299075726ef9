//! What would make a failed attempt succeed: every candidate is carried out on a copy of the world and tried again.

mod candidates;

use super::probe::Probe;
use super::trace::{Cause, Trace, Verdict};
use super::walk::probe as walk;
use crate::clock::MINUTE;
use crate::json::Value;
use crate::world::{Caller, World};

/// One call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Whose resources, where.
    pub caller: Caller,
    /// The operation.
    pub operation: &'static str,
    /// Its input.
    pub input: Value,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// These calls, in this order: one for most changes, two for a new Elastic IP address.
    Calls(Vec<Call>),
    /// The client itself does it differently.
    Retry(Box<Probe>),
    /// Only time: the machine is still starting. Milliseconds.
    Wait(u64),
}

/// What else the change lets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// How many addresses gain a way in.
    pub addresses: u64,
    /// How many ports each of them may use.
    pub ports: u64,
}

impl Exposure {
    /// The whole IPv4 internet.
    pub const EVERYBODY: u64 = 1 << 32;

    /// What a rule lets in from a range: how many addresses, and how many ports.
    pub(super) fn of_range(prefix_len: u8, ports: u64) -> Self {
        Exposure {
            addresses: Self::EVERYBODY >> prefix_len.min(32),
            ports,
        }
    }

    /// In words, `opens 1 address × 1 port`.
    #[must_use]
    pub fn words(&self) -> String {
        let ports = if self.ports == 1 {
            "1 port".to_owned()
        } else {
            format!("{} ports", grouped(self.ports))
        };
        match self.addresses {
            0 => "opens nothing new".to_owned(),
            1 => format!("opens 1 address × {ports}"),
            Self::EVERYBODY => format!(
                "opens it to the whole internet: {} addresses × {ports}",
                grouped(Self::EVERYBODY)
            ),
            many => format!("opens {} addresses × {ports}", grouped(many)),
        }
    }
}

/// `4,294,967,296`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A change and what it was seen to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it is, as one would say it: "Allow TCP 22 from 203.0.113.7/32 in web-sg".
    pub title: String,
    /// A word on what it means.
    pub note: String,
    /// What is changed.
    pub change: Change,
    /// What else it lets in.
    pub exposure: Exposure,
    /// What the same attempt came to afterwards.
    pub verdict: Verdict,
    /// Why it still fails then, as a code; `None` when it works.
    pub next_cause: Option<&'static str>,
}

impl Fix {
    /// Whether this change alone makes the attempt succeed.
    #[must_use]
    pub fn solves(&self) -> bool {
        self.verdict == Verdict::Connected
    }
}

/// A change that might help, before it is tried.
#[derive(Debug)]
struct Candidate {
    title: String,
    note: String,
    change: Change,
    exposure: Exposure,
}

/// Every single change that turns this failure into success, and those that get further; each was carried out on a copy
/// and the attempt repeated there. Those that succeed come first, and of these the ones that open least.
#[must_use]
pub fn fixes(world: &World, caller: &Caller, probe: &Probe, trace: &Trace) -> Vec<Fix> {
    let Some(cause) = &trace.cause else {
        return Vec::new();
    };
    let mut fixes: Vec<Fix> = candidates::candidates(world, caller, probe, trace, cause)
        .into_iter()
        .filter_map(|candidate| prove(world, caller, probe, cause, candidate))
        .collect();
    fixes.sort_by_key(|fix| {
        (
            !fix.solves(),
            fix.exposure
                .addresses
                .saturating_mul(fix.exposure.ports.max(1)),
        )
    });
    fixes
}

/// Carries a candidate out on a copy. `None` when AWS refuses it or the attempt fails just as before.
fn prove(
    world: &World,
    caller: &Caller,
    probe: &Probe,
    cause: &Cause,
    candidate: Candidate,
) -> Option<Fix> {
    let mut copy = world.clone();
    let mut retry = probe.clone();
    match &candidate.change {
        Change::Calls(calls) => {
            for call in calls {
                copy.execute(&call.caller, call.operation, &call.input)
                    .result
                    .ok()?;
            }
        }
        Change::Retry(other) => retry = (**other).clone(),
        Change::Wait(milliseconds) => {
            copy.advance_to(copy.now().plus(*milliseconds));
        }
    }
    let trace = settled(&mut copy, caller, &retry)?;
    let next = trace.cause.as_ref();
    if next.is_some_and(|next| next.same_gate(cause)) {
        return None;
    }
    Some(Fix {
        title: candidate.title,
        note: candidate.note,
        change: candidate.change,
        exposure: candidate.exposure,
        verdict: trace.verdict,
        next_cause: next.map(Cause::code),
    })
}

/// How long a started machine is waited for.
const PATIENCE: u64 = 10 * MINUTE;

/// The attempt once the machine has had time to start.
fn settled(world: &mut World, caller: &Caller, probe: &Probe) -> Option<Trace> {
    let until = world.now().plus(PATIENCE);
    loop {
        let trace = walk(world, caller, probe).ok()?;
        let starting = matches!(
            trace.cause,
            Some(Cause::Booting { .. } | Cause::HostStopped { .. })
        );
        match world.next_wakeup() {
            Some(next) if starting && next <= until => {
                world.advance_to(next);
            }
            _ => return Some(trace),
        }
    }
}
