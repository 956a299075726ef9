//! Connect: one attempt to connect, followed hop by hop, with its verdict, its cause and the changes that help.

use crate::error::{ApiError, ApiResult};
use crate::guest::page;
use crate::ids::{InstanceId, ResourceId};
use crate::input::Input;
use crate::json::{Value, json};
use crate::keys::public_of;
use crate::network::{
    Change, Client, Fix, Hop, Probe, Source, Target, Verdict, endpoint, error_page, fixes, probe,
    terminal,
};
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::load_balancer::BalancingId;
use crate::resources::security_group::Protocol;
use crate::world::{Caller, World};

/// Reads only: the clock does not move while the client waits.
///
/// # Errors
/// `InvalidParameterValue` for a source or client that there is not; what [`probe`] refuses.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let mut attempt = read(input)?;
    let (address, end) = endpoint(ctx.world, ctx.caller, &attempt);
    let row = end.and_then(|(caller, id)| {
        let region = ctx.world.region(&caller)?;
        Some((region, region.instances.get(&id)?))
    });
    if let (Client::Ssh { key, .. }, Some(private)) =
        (&mut attempt.client, input.text("PrivateKey")?)
    {
        *key = Some(key_of(ctx, row.map(|(region, _)| region), private));
    }
    let trace = probe(ctx.world, ctx.caller, &attempt)?;
    let fixes = fixes(ctx.world, ctx.caller, &attempt, &trace);
    let web = matches!(attempt.client, Client::Http | Client::Https)
        && trace.verdict == Verdict::Connected;
    let served = trace
        .served
        .as_ref()
        .and_then(|(caller, id)| ctx.world.region(caller)?.instances.get(id));
    let balancer = trace
        .balancer
        .as_ref()
        .and_then(|(caller, id)| ctx.world.region(caller)?.balancing.load_balancers.get(id));
    let error = match trace.verdict {
        Verdict::Http(code) => Some(code),
        _ => None,
    };
    Ok(object! {
        "Address": address.map(text),
        "InstanceId": row.map(|(_, row)| text(row.id)),
        "Region": row.map(|(region, _)| region.name),
        "User": row.and_then(|(_, row)| row.os()).map(|os| os.default_user),
        "Page": served.filter(|_| web).map(page).or_else(|| error.map(error_page)),
        "LoadBalancer": balancer.map(|row| row.dns_name.clone()),
        "Verdict": trace.verdict.as_str(),
        "Cause": trace.cause.as_ref().map(|cause| cause.code()),
        "Summary": trace.summary.clone(),
        "Terminal": terminal(&attempt, &trace),
        "WaitMilliseconds": trace.wait,
        "Hops": trace.hops.iter().map(hop).collect::<Vec<_>>(),
        "Fixes": fixes.iter().map(fix).collect::<Vec<_>>(),
    })
}

/// The name of the key pair whose public half belongs to this private key; a name that no key pair can have for a key
/// that the account does not know.
fn key_of(ctx: &Context<'_>, near: Option<&RegionState>, private: &str) -> String {
    let public = public_of(private);
    let body = |text: &str| {
        text.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    near.into_iter()
        .chain(ctx.world.regions.values().map(AsRef::as_ref))
        .flat_map(|region| region.key_pairs.values())
        .find(|key| {
            public
                .as_deref()
                .is_some_and(|public| body(&key.public_key) == public)
        })
        .map_or_else(|| "another key".to_owned(), |key| key.name.clone())
}

/// The attempt that a call describes.
///
/// # Errors
/// `InvalidParameterValue`.
pub fn read(input: Input<'_>) -> ApiResult<Probe> {
    let invalid = |what: &str, value: &str, hint: &str| ApiError::InvalidParameterValue {
        detail: format!("Invalid value '{value}' for {what}. {hint}"),
    };
    let from = input.text("From")?.unwrap_or("laptop");
    let source = match from {
        "laptop" => Source::Laptop,
        "stranger" => Source::Stranger,
        id => Source::Instance(InstanceId::parse(id).ok_or_else(|| {
            invalid(
                "From",
                id,
                "Valid values: laptop, stranger, or an instance id",
            )
        })?),
    };
    let to = input.required("To")?;
    let target = match (InstanceId::parse(to), to.parse()) {
        (Some(id), _) => Target::Instance(id),
        (None, Ok(ip)) => Target::Address(ip),
        (None, Err(_)) if to == "internet" => Target::Internet,
        (None, Err(_)) => Target::Name(to.to_owned()),
    };
    let name = input.text("Client")?.unwrap_or("nc");
    let client = match name {
        "ssh" => Client::Ssh {
            user: input.text("User")?.map(str::to_owned),
            key: input.text("KeyName")?.map(str::to_owned),
        },
        "http" => Client::Http,
        "https" => Client::Https,
        "rdp" => Client::Rdp,
        "ping" => Client::Ping,
        "nc" => Client::Nc,
        other => {
            return Err(invalid(
                "Client",
                other,
                "Valid values: ssh, http, https, rdp, ping, nc",
            ));
        }
    };
    let word = input.text("Protocol")?.unwrap_or("tcp");
    let protocol = Protocol::parse(word)
        .filter(|protocol| matches!(protocol, Protocol::Tcp | Protocol::Udp | Protocol::Icmp))
        .ok_or_else(|| invalid("Protocol", word, "Valid values: tcp, udp, icmp"))?;
    let client = if protocol == Protocol::Icmp {
        Client::Ping
    } else {
        client
    };
    let port = match input.integer("Port")? {
        None => None,
        Some(port) => Some(u16::try_from(port).map_err(|_| {
            invalid(
                "Port",
                &port.to_string(),
                "A port is a number from 0 to 65535.",
            )
        })?),
    };
    Ok(Probe {
        source,
        target,
        client,
        protocol,
        port,
    })
}

fn hop(hop: &Hop) -> Value {
    object! {
        "Component": hop.component.as_str(), "ComponentId": if hop.id.is_empty() { None } else { Some(hop.id.clone()) },
        "Direction": match hop.way { crate::network::Way::Out => "out", crate::network::Way::Back => "back" },
        "Decision": hop.decision.as_str(), "Text": hop.text.clone(), "Rule": hop.rule.clone(), "RuleId": hop.rule_id.clone(),
    }
}

fn fix(fix: &Fix) -> Value {
    let calls = match &fix.change {
        Change::Calls(calls) => calls
            .iter()
            .map(|call| json!({ "Operation": call.operation, "Input": call.input }))
            .collect(),
        _ => Vec::new(),
    };
    object! {
        "Title": fix.title.clone(), "Note": fix.note.clone(), "Solves": fix.solves(), "Verdict": fix.verdict.as_str(),
        "Exposes": fix.exposure.words(), "Calls": calls, "WaitMilliseconds": if let Change::Wait(milliseconds) = fix.change { Some(text(milliseconds)) } else { None },
    }
}

/// A load balancer has passed a request on, so that the next one has its turn. Connect only reads: whoever really sends
/// a request says so here.
///
/// # Errors
/// `LoadBalancerNotFound`.
pub fn count_request(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let name = input.required("LoadBalancer")?;
    let found = ctx.world.regions.values().find_map(|region| {
        let mut rows = region.balancing.load_balancers.values();
        let row = rows.find(|row| row.dns_name == name)?;
        let place = Caller {
            account: region.account,
            region: region.name,
        };
        Some((place, row.id))
    });
    let Some((place, id)) = found else {
        return Err(ApiError::LoadBalancerNotFound {
            detail: format!("Load balancers '[{name}]' not found"),
        });
    };
    served(ctx.world, &place, id);
    Ok(object! {})
}

/// The next request has its turn.
pub(crate) fn served(world: &mut World, place: &Caller, id: BalancingId) {
    let row = world
        .region_mut(place)
        .and_then(|region| region.balancing.load_balancers.get_mut(&id));
    if let Some(row) = row {
        row.turn = row.turn.wrapping_add(1);
    }
}
