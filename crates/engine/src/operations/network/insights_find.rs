//! What an analysis finds: the lab's own walk of the packet, told as Reachability Analyzer tells it, up to the machine's
//! door (<https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::{InstanceId, ResourceId};
use crate::json::{Value, json};
use crate::network::{self, Cause, Client, Component, Decision, Hop, Probe, Source, Target, Way};
use crate::object;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::insights::NetworkInsightsPath;
use crate::resources::security_group::Protocol;
use crate::world::{Caller, World};

/// What was found.
pub(super) struct Found {
    pub reachable: bool,
    pub explanations: Vec<Value>,
    pub forward: Vec<Value>,
}

/// The last part of an ARN, an id.
fn id_of(written: &str) -> &str {
    written.rsplit('/').next().unwrap_or(written)
}

/// Whether what a path names is there.
///
/// # Errors
/// The refusal of the resource's own lookup; `InvalidParameterValue` for what cannot be an end of a path.
pub(super) fn exists(region: &RegionState, written: &str) -> ApiResult<()> {
    let id = id_of(written);
    match id.split('-').next() {
        Some("i") => lookup::instance(region, id).map(|_| ()),
        Some("eni") => lookup::interface(region, id).map(|_| ()),
        Some("igw") => lookup::internet_gateway(region, id).map(|_| ()),
        _ => Err(ApiError::InvalidParameterValue {
            detail: format!(
                "The ID {written} is not one of an instance, a network interface or an internet gateway."
            ),
        }),
    }
}

/// The ARN of an end of a path.
pub(super) fn arn(region: &RegionState, written: &str) -> String {
    let id = id_of(written);
    let kind = match id.split('-').next() {
        Some("i") => "instance",
        Some("eni") => "network-interface",
        _ => "internet-gateway",
    };
    format!("arn:aws:ec2:{}:{}:{kind}/{id}", region.name, region.account)
}

fn instance(region: &RegionState, written: &str) -> Option<InstanceId> {
    let id = id_of(written);
    InstanceId::parse(id).or_else(|| {
        lookup::interface(region, id)
            .ok()?
            .attachment
            .map(|tie| tie.instance)
    })
}

/// Follows the path's packet.
pub(super) fn find(world: &World, caller: &Caller, path: &NetworkInsightsPath) -> Found {
    let Some(region) = world.region(caller) else {
        return nothing("INTERNAL_ERROR");
    };
    let source = if id_of(&path.source).starts_with("igw-") {
        Source::Stranger
    } else {
        match instance(region, &path.source) {
            Some(id) => Source::Instance(id),
            None => return nothing("ENI_NOT_ATTACHED"),
        }
    };
    let target = match (&path.destination, path.destination_ip) {
        (_, Some(ip)) => Target::Address(ip),
        (Some(id), None) if id_of(id).starts_with("igw-") => Target::Internet,
        (Some(id), None) => match instance(region, id) {
            Some(id) => Target::Instance(id),
            None => return nothing("ENI_NOT_ATTACHED"),
        },
        (None, None) => return nothing("INTERNAL_ERROR"),
    };
    let probe = Probe {
        source,
        target,
        client: Client::Nc,
        protocol: if path.protocol == "udp" {
            Protocol::Udp
        } else {
            Protocol::Tcp
        },
        port: path.destination_port.or(Some(443)),
    };
    let Ok(trace) = network::probe(world, caller, &probe) else {
        return nothing("INSTANCE_NOT_RUNNING");
    };
    let inside = |cause: &Cause| {
        matches!(
            cause,
            Cause::NoListener { .. }
                | Cause::NoListenerOutside
                | Cause::FirewallDrop { .. }
                | Cause::FirewallReject { .. }
                | Cause::Booting { .. }
        )
    };
    let cause = trace.cause.as_ref().filter(|cause| !inside(cause));
    let forward: Vec<Value> = trace
        .hops
        .iter()
        .filter(|hop| hop.way == Way::Out && !hop.id.is_empty())
        .enumerate()
        .map(|(index, hop)| component(region, index + 1, hop))
        .collect();
    let explanations = cause
        .map(|cause| {
            let last = trace
                .hops
                .iter()
                .rev()
                .find(|hop| hop.decision == Decision::Dropped && !hop.id.is_empty());
            vec![object! {
                "Component": last.map(|hop| json!({ "Id": hop.id })), "Direction": last.map(|hop| if hop.way == Way::Out { "egress" } else { "ingress" }),
                "ExplanationCode": cause.code(),
            }]
        })
        .unwrap_or_default();
    Found {
        reachable: cause.is_none(),
        explanations,
        forward: if cause.is_none() { forward } else { Vec::new() },
    }
}

fn nothing(code: &str) -> Found {
    Found {
        reachable: false,
        explanations: vec![object! { "ExplanationCode": code }],
        forward: Vec::new(),
    }
}

/// A hop as `ForwardPathComponents` lists it.
fn component(region: &RegionState, number: usize, hop: &Hop) -> Value {
    let kind = match hop.component {
        Component::Instance => "instance",
        Component::InternetGateway => "internet-gateway",
        Component::RouteTable => "route-table",
        Component::NetworkAcl => "network-acl",
        Component::SecurityGroup => "security-group",
        Component::NatGateway => "natgateway",
        Component::VpcEndpoint => "vpc-endpoint",
        Component::PeeringConnection => "vpc-peering-connection",
        _ => "network-interface",
    };
    object! {
        "SequenceNumber": u64::try_from(number).unwrap_or(0),
        "Component": object! {
            "Id": hop.id.clone(), "Arn": text(format!("arn:aws:ec2:{}:{}:{kind}/{}", region.name, region.account, hop.id)),
        },
    }
}
