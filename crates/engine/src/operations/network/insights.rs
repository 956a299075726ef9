//! Reachability Analyzer: paths and their analyses
//! (<https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html>). It looks at the
//! network's settings and never inside a machine.

use super::insights_find;
use crate::error::{ApiError, ApiResult};
use crate::ids::{NetworkInsightsAnalysisId, NetworkInsightsPathId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::insights::{NetworkInsightsAnalysis, NetworkInsightsPath, RUNNING};
use crate::resources::tags::Tags;

fn path<'a>(region: &'a RegionState, written: &str) -> ApiResult<&'a NetworkInsightsPath> {
    lookup::row(&region.insights.paths, written, |id| {
        ApiError::InvalidNetworkInsightsPathIdNotFound { id }
    })
}

fn analysis<'a>(region: &'a RegionState, written: &str) -> ApiResult<&'a NetworkInsightsAnalysis> {
    lookup::row(&region.insights.analyses, written, |id| {
        ApiError::InvalidNetworkInsightsAnalysisIdNotFound { id }
    })
}

/// Names what is to be looked at. AWS wants a token from every caller; its own client fills one in.
///
/// # Errors
/// Unknown ids, `InvalidParameterValue` for a port or protocol that there is not.
pub fn create_path(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let source = input.required("Source")?.to_owned();
    insights_find::exists(region, &source)?;
    let destination = input.text("Destination")?.map(str::to_owned);
    let destination_ip = input.address("DestinationIp")?;
    match &destination {
        Some(id) => insights_find::exists(region, id)?,
        None if destination_ip.is_none() => {
            return Err(ApiError::MissingParameter {
                parameter: "Destination".to_owned(),
            });
        }
        None => {}
    }
    let protocol = match input.required("Protocol")? {
        "tcp" => "tcp",
        "udp" => "udp",
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter protocol is invalid. Valid values: tcp, udp"
                ),
            });
        }
    };
    let destination_port = input
        .integer("DestinationPort")?
        .map(|port| {
            u16::try_from(port).map_err(|_| ApiError::InvalidParameterValue {
                detail: format!("Value ({port}) for parameter destinationPort is invalid. Expecting a value from 0 to 65535."),
            })
        })
        .transpose()?;
    let source_ip = input.address("SourceIp")?;
    let tags = Tags::specified(input, "network-insights-path", &[])?;
    let row = NetworkInsightsPath {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        created: ctx.world.now(),
        source,
        destination,
        source_ip,
        destination_ip,
        protocol,
        destination_port,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show_path(region, &row);
    region.insights.paths.insert(row.id, row);
    Ok(object! { "NetworkInsightsPath": shown })
}

/// Takes a path away that no analysis belongs to.
///
/// # Errors
/// `AnalysisExistsForNetworkInsightsPath`, `InvalidNetworkInsightsPathId.NotFound`.
pub fn delete_path(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let id = path(region, input.required("NetworkInsightsPathId")?)?.id;
    if region.insights.analyses.values().any(|row| row.path == id) {
        return Err(ApiError::AnalysisExistsForNetworkInsightsPath { id: id.to_string() });
    }
    ctx.region_mut()?.insights.paths.remove(&id);
    Ok(object! { "NetworkInsightsPathId": text(id) })
}

fn arn(region: &RegionState, kind: &str, id: impl std::fmt::Display) -> String {
    format!("arn:aws:ec2:{}:{}:{kind}/{id}", region.name, region.account)
}

fn show_path(region: &RegionState, row: &NetworkInsightsPath) -> Value {
    object! {
        "NetworkInsightsPathId": text(row.id), "NetworkInsightsPathArn": arn(region, "network-insights-path", row.id),
        "CreatedDate": text(row.created), "Source": row.source.clone(), "Destination": row.destination.clone(),
        "SourceArn": insights_find::arn(region, &row.source),
        "DestinationArn": row.destination.as_deref().map(|id| insights_find::arn(region, id)),
        "SourceIp": row.source_ip.map(text), "DestinationIp": row.destination_ip.map(text), "Protocol": row.protocol,
        "DestinationPort": row.destination_port, "Tags": row.tags.describe_all(),
    }
}

/// The paths.
///
/// # Errors
/// `InvalidNetworkInsightsPathId.NotFound`, unknown filters.
pub fn describe_paths(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let ids = input.texts("NetworkInsightsPathIds")?;
    let rows = lookup::named(&region.insights.paths, &ids, |id| path(region, id))?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &NetworkInsightsPath, name: &str| {
        let list = |value: Option<String>| value.into_iter().collect();
        Some(match name {
            "destination" => list(row.destination.clone()),
            "source" => vec![row.source.clone()],
            "protocol" => vec![row.protocol.to_owned()],
            "filter-at-source.source-address" => list(row.source_ip.map(|ip| ip.to_string())),
            "filter-at-source.destination-address" => {
                list(row.destination_ip.map(|ip| ip.to_string()))
            }
            _ => return None,
        })
    };
    lookup::describe(input, "NetworkInsightsPaths", rows, values, |row| {
        show_path(region, row)
    })
}

/// Starts an analysis. It answers `running`; what it found shows a few seconds later, and is what was true now.
///
/// # Errors
/// `InvalidNetworkInsightsPathId.NotFound`.
pub fn start(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let path = path(ctx.region()?, input.required("NetworkInsightsPathId")?)?.clone();
    let tags = Tags::specified(input, "network-insights-analysis", &[])?;
    let found = insights_find::find(ctx.world, ctx.caller, &path);
    let row = NetworkInsightsAnalysis {
        id: ctx.world.mint::<NetworkInsightsAnalysisId>(),
        serial: ctx.world.serial(),
        path: path.id,
        started: ctx.world.now(),
        found: found.reachable,
        explanations: found.explanations,
        forward: found.forward,
        tags,
    };
    let now = ctx.world.now();
    let region = ctx.region_mut()?;
    let shown = show_analysis(region, &row, now);
    region.insights.analyses.insert(row.id, row);
    Ok(object! { "NetworkInsightsAnalysis": shown })
}

fn show_analysis(
    region: &RegionState,
    row: &NetworkInsightsAnalysis,
    now: crate::clock::Instant,
) -> Value {
    let done = now.since(row.started) >= RUNNING;
    object! {
        "NetworkInsightsAnalysisId": text(row.id),
        "NetworkInsightsAnalysisArn": arn(region, "network-insights-analysis", row.id),
        "NetworkInsightsPathId": text(row.path), "StartDate": text(row.started),
        "Status": if done { "succeeded" } else { "running" },
        "NetworkPathFound": done.then_some(row.found),
        "ForwardPathComponents": done.then(|| row.forward.clone()),
        "Explanations": (done && !row.found).then(|| row.explanations.clone()),
        "Tags": row.tags.describe_all(),
    }
}

/// Forgets an analysis.
///
/// # Errors
/// `InvalidNetworkInsightsAnalysisId.NotFound`.
pub fn delete_analysis(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = analysis(ctx.region()?, input.required("NetworkInsightsAnalysisId")?)?.id;
    ctx.region_mut()?.insights.analyses.remove(&id);
    Ok(object! { "NetworkInsightsAnalysisId": text(id) })
}

/// The analyses.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe_analyses(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let now = ctx.world.now();
    let of: Option<NetworkInsightsPathId> = match input.text("NetworkInsightsPathId")? {
        Some(id) => Some(path(region, id)?.id),
        None => None,
    };
    let ids = input.texts("NetworkInsightsAnalysisIds")?;
    let rows = lookup::named(&region.insights.analyses, &ids, |id| analysis(region, id))?;
    let rows = rows
        .into_iter()
        .filter(|row| of.is_none_or(|path| row.path == path))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &NetworkInsightsAnalysis, name: &str| {
        let done = now.since(row.started) >= RUNNING;
        Some(match name {
            "path-found" => vec![(done && row.found).to_string()],
            "status" => vec![if done { "succeeded" } else { "running" }.to_owned()],
            _ => return None,
        })
    };
    lookup::describe(input, "NetworkInsightsAnalyses", rows, values, |row| {
        show_analysis(region, row, now)
    })
}
