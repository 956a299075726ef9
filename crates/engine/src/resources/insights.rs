//! What Reachability Analyzer keeps (<https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html>):
//! paths that one asks about, and the analyses of them.

use super::tags::Tags;
use crate::clock::Instant;
use crate::ids::{NetworkInsightsAnalysisId, NetworkInsightsPathId};
use crate::json::Value;
use crate::table::Table;
use std::net::Ipv4Addr;

/// How long an analysis runs.
pub const RUNNING: u64 = 10 * crate::clock::SECOND;

/// A path: from what to what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NetworkInsightsPath {
    pub id: NetworkInsightsPathId,
    pub serial: u64,
    pub created: Instant,
    pub source: String,
    pub destination: Option<String>,
    pub source_ip: Option<Ipv4Addr>,
    pub destination_ip: Option<Ipv4Addr>,
    pub protocol: &'static str,
    pub destination_port: Option<u16>,
    pub tags: Tags,
}

/// One look at a path. What it found was true when it was started.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct NetworkInsightsAnalysis {
    pub id: NetworkInsightsAnalysisId,
    pub serial: u64,
    pub path: NetworkInsightsPathId,
    pub started: Instant,
    /// `None` while it runs; then whether a way was found.
    pub found: bool,
    /// `Explanations` of one that found no way.
    pub explanations: Vec<Value>,
    /// `ForwardPathComponents`.
    pub forward: Vec<Value>,
    pub tags: Tags,
}

/// Both tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Insights {
    pub paths: Table<NetworkInsightsPathId, NetworkInsightsPath>,
    pub analyses: Table<NetworkInsightsAnalysisId, NetworkInsightsAnalysis>,
}
