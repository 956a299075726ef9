//! Network programs inside a machine: `curl`, `wget`, `ping`, `nc`, `dig`, answered by following the packet.

mod metadata;
mod request;

use super::look;
use super::machine::Machine;
use crate::clock::SECOND;
use crate::ids::{InstanceId, ResourceId};
use crate::network::{
    Client, Probe, Source, Target, Verdict, error_name, error_page, pinged, probe, terminal,
};
use crate::operations::lab::connect::served;
use crate::resources::security_group::Protocol;
use crate::shell::{Host, Ran, Scope};
use metadata::{METADATA, metadata};
use request::{Request, request, url};

/// Runs a network program.
pub(super) fn client(machine: &mut Machine<'_>, scope: &Scope, words: &[&str]) -> Ran {
    match words {
        ["curl" | "wget", rest @ ..] => web(machine, scope, words.first() == Some(&"wget"), rest),
        ["ping", rest @ ..] => ping(machine, rest),
        ["nc", rest @ ..] => netcat(machine, rest),
        ["dig" | "nslookup" | "host", rest @ ..] => look_up(machine, rest),
        _ => Ran::fail(2, "usage error"),
    }
}

/// `curl` and `wget`: what comes goes to the screen or into a file.
fn web(machine: &mut Machine<'_>, scope: &Scope, wget: bool, rest: &[&str]) -> Ran {
    let name = if wget { "wget" } else { "curl" };
    let Some(request) = request(wget, rest) else {
        return Ran::fail(
            2,
            format!("{name}: try '{name} --help' for more information"),
        );
    };
    let ran = fetch(machine, &request);
    match request.file {
        Some(file) if ran.exit == 0 => {
            if file != "/dev/null"
                && let Err(why) = machine.write(scope, &file, &ran.out, false)
            {
                return Ran::fail(if wget { 3 } else { 23 }, format!("{name}: {file}: {why}"));
            }
            let said = if wget {
                format!("'{file}' saved [{}]\n", ran.out.len())
            } else {
                String::new()
            };
            Ran {
                out: String::new(),
                err: said,
                ..ran
            }
        }
        _ => ran,
    }
}

fn fetch(machine: &mut Machine<'_>, request: &Request<'_>) -> Ran {
    let head = request.head;
    let url = url(request.address);
    let Some(row) = machine.instance().cloned() else {
        return Ran::fail(7, "");
    };
    if url.host == METADATA {
        return metadata(machine, &row, request.method, &request.headers, url.path);
    }
    let port = url.port.unwrap_or(if url.tls { 443 } else { 80 });
    if matches!(url.host, "localhost" | "127.0.0.1") {
        return if row.guest.listener(Protocol::Tcp, port).is_some() {
            Ran::ok(if head {
                "HTTP/1.1 200 OK\n".to_owned()
            } else {
                look::page(&row)
            })
        } else {
            Ran::fail(
                7,
                format!(
                    "curl: (7) Failed to connect to {} port {port} after 0 ms: Couldn't connect to server",
                    url.host
                ),
            )
        };
    }
    let kind = if url.tls { Client::Https } else { Client::Http };
    match attempt(machine, url.host, kind, Protocol::Tcp, Some(port)) {
        Err(why) => Ran::fail(6, why),
        Ok((_, trace)) if matches!(trace.verdict, Verdict::Connected | Verdict::Http(_)) => {
            if let Some((place, id)) = &trace.balancer {
                served(machine.world, place, *id);
            }
            if let Verdict::Http(code) = trace.verdict {
                machine.milliseconds += trace.wait;
                return Ran::ok(if head {
                    format!("HTTP/1.1 {code} {}\n", error_name(code))
                } else {
                    format!("{}\n", error_page(code))
                });
            }
            let page = trace.served.and_then(|(caller, id)| {
                machine
                    .world
                    .region(&caller)?
                    .instances
                    .get(&id)
                    .map(look::page)
            });
            Ran::ok(if head {
                "HTTP/1.1 200 OK\n".to_owned()
            } else {
                page.unwrap_or_else(|| {
                    "<html><body>A web server on the internet</body></html>\n".to_owned()
                })
            })
        }
        Ok((probe, trace)) => {
            machine.milliseconds += trace.wait;
            let exit = match trace.verdict {
                Verdict::UnknownHost => 6,
                Verdict::TimedOut => 28,
                _ => 7,
            };
            Ran::fail(exit, terminal(&probe, &trace))
        }
    }
}

/// Follows one attempt from this machine.
fn attempt(
    machine: &Machine<'_>,
    host: &str,
    client: Client,
    protocol: Protocol,
    port: Option<u16>,
) -> Result<(Probe, crate::network::Trace), String> {
    let target = match (host.parse(), InstanceId::parse(host)) {
        (Ok(ip), _) => Target::Address(ip),
        (_, Some(id)) => Target::Instance(id),
        _ if crate::network::is_internet_name(host) => Target::Internet,
        _ => Target::Name(host.to_owned()),
    };
    let wanted = Probe {
        source: Source::Instance(machine.id),
        target,
        client,
        protocol,
        port,
    };
    let mut trace =
        probe(machine.world, machine.caller, &wanted).map_err(|refusal| refusal.message())?;
    // The client prints the name that it was given.
    trace.host = host.to_owned();
    Ok((wanted, trace))
}

/// How many packets `ping` sends when nobody says. The real one goes on until it is stopped.
const PACKETS: u32 = 4;

fn ping(machine: &mut Machine<'_>, rest: &[&str]) -> Ran {
    let Some(host) = rest
        .iter()
        .rfind(|word| !word.starts_with('-') && word.parse::<u32>().is_err())
    else {
        return Ran::fail(2, "ping: usage error: Destination address required");
    };
    let mut packets = PACKETS;
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let Some(joined) = word.strip_prefix("-c") else {
            continue;
        };
        let asked = if joined.is_empty() {
            words.next().copied().unwrap_or_default()
        } else {
            joined
        };
        match asked.parse() {
            Ok(number @ 1..=100) => packets = number,
            _ => {
                return Ran::fail(
                    1,
                    format!(
                        "ping: invalid argument: '{asked}': a number from 1 to 100 in this lab"
                    ),
                );
            }
        }
    }
    match attempt(machine, host, Client::Ping, Protocol::Icmp, None) {
        Err(why) => Ran::fail(2, why),
        Ok((_, trace)) => {
            // The trace's wait is that of four packets, a second apart.
            let four = u64::from(PACKETS) * SECOND;
            machine.milliseconds += (trace.wait + u64::from(packets) * SECOND).saturating_sub(four);
            let text = format!("{}\n", pinged(host, &trace, packets));
            match trace.verdict {
                Verdict::Connected => Ran::ok(text),
                Verdict::UnknownHost => Ran::fail(2, text),
                _ => Ran {
                    exit: 1,
                    out: text,
                    err: String::new(),
                },
            }
        }
    }
}

fn netcat(machine: &mut Machine<'_>, rest: &[&str]) -> Ran {
    let udp = rest
        .iter()
        .any(|word| word.starts_with('-') && word.contains('u'));
    let plain: Vec<&str> = rest
        .iter()
        .copied()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let (Some(host), Some(port)) = (
        plain.first(),
        plain.get(1).and_then(|port| port.parse().ok()),
    ) else {
        return Ran::fail(1, "usage: nc [-zvu] host port");
    };
    let protocol = if udp { Protocol::Udp } else { Protocol::Tcp };
    match attempt(machine, host, Client::Nc, protocol, Some(port)) {
        Err(why) => Ran::fail(1, why),
        Ok((probe, trace)) => {
            machine.milliseconds += trace.wait;
            // nc tells both on standard error.
            let exit = i32::from(trace.verdict != Verdict::Connected);
            Ran::fail(exit, terminal(&probe, &trace))
        }
    }
}

fn look_up(machine: &Machine<'_>, rest: &[&str]) -> Ran {
    let Some(name) = rest.iter().rfind(|word| !word.starts_with(['-', '+', '@'])) else {
        return Ran::fail(1, "usage: dig name");
    };
    let address = attempt(machine, name, Client::Ping, Protocol::Icmp, None)
        .ok()
        .and_then(|(probe, _)| crate::network::endpoint(machine.world, machine.caller, &probe).0);
    match address {
        Some(ip) => Ran::ok(format!("{ip}\n")),
        None => Ran {
            exit: 0,
            out: String::new(),
            err: format!(";; {name}: NXDOMAIN\n"),
        },
    }
}
