//! Network programs inside a machine: `curl`, `wget`, `ping`, `nc`, `dig`, answered by following the packet; and the
//! instance's metadata, token first
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>).

use super::look;
use super::machine::Machine;
use crate::ids::{InstanceId, ResourceId};
use crate::network::{
    Client, Probe, Source, Target, Verdict, error_name, error_page, probe, terminal,
};
use crate::operations::lab::connect::served;
use crate::resources::instance::Instance;
use crate::resources::security_group::Protocol;
use crate::shell::{Ran, Scope};

const METADATA: &str = "169.254.169.254";

/// Runs a network program.
pub(super) fn client(machine: &mut Machine<'_>, scope: &Scope, words: &[&str]) -> Ran {
    let _ = scope;
    match words {
        ["curl" | "wget", rest @ ..] => web(machine, words.first() == Some(&"wget"), rest),
        ["ping", rest @ ..] => ping(machine, rest),
        ["nc", rest @ ..] => netcat(machine, rest),
        ["dig" | "nslookup" | "host", rest @ ..] => look_up(machine, rest),
        _ => Ran::fail(2, "usage error"),
    }
}

/// An address that a program was given, read as far as a URL goes.
struct Url<'a> {
    tls: bool,
    host: &'a str,
    port: Option<u16>,
    path: &'a str,
}

fn url(text: &str) -> Url<'_> {
    let (tls, rest) = match text.split_once("://") {
        Some(("https", rest)) => (true, rest),
        Some((_, rest)) => (false, rest),
        None => (false, text),
    };
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match place.split_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (place, None),
    };
    Url {
        tls,
        host,
        port,
        path,
    }
}

fn web(machine: &mut Machine<'_>, wget: bool, rest: &[&str]) -> Ran {
    let mut method = "GET";
    let mut headers = Vec::new();
    let mut address = None;
    let mut head = false;
    let mut words = rest.iter().copied();
    while let Some(word) = words.next() {
        match word {
            "-X" | "--request" => method = words.next().unwrap_or("GET"),
            "-H" | "--header" => headers.extend(words.next()),
            "-I" | "--head" => head = true,
            "-o" | "-O" | "-m" | "--max-time" | "--connect-timeout" | "-T" => {
                words.next();
            }
            _ if word.starts_with('-') => {}
            _ => address = Some(word),
        }
    }
    let name = if wget { "wget" } else { "curl" };
    let Some(address) = address else {
        return Ran::fail(
            2,
            format!("{name}: try '{name} --help' for more information"),
        );
    };
    let url = url(address);
    let Some(row) = machine.instance().cloned() else {
        return Ran::fail(7, "");
    };
    if url.host == METADATA {
        return metadata(machine, &row, method, &headers, url.path);
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

fn ping(machine: &mut Machine<'_>, rest: &[&str]) -> Ran {
    let Some(host) = rest
        .iter()
        .rfind(|word| !word.starts_with('-') && word.parse::<u32>().is_err())
    else {
        return Ran::fail(2, "ping: usage error: Destination address required");
    };
    match attempt(machine, host, Client::Ping, Protocol::Icmp, None) {
        Err(why) => Ran::fail(2, why),
        Ok((probe, trace)) => {
            machine.milliseconds += trace.wait;
            let text = format!("{}\n", terminal(&probe, &trace));
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

/// IMDSv2: first a token by PUT, then everything else with it.
fn metadata(
    machine: &Machine<'_>,
    row: &Instance,
    method: &str,
    headers: &[&str],
    path: &str,
) -> Ran {
    let options = row.options.metadata;
    if !options.endpoint_enabled {
        return Ran::fail(
            7,
            format!("curl: (7) Failed to connect to {METADATA} port 80: Connection refused"),
        );
    }
    let token = format!("AQAE{}", row.id.to_string().trim_start_matches("i-"));
    if path == "/latest/api/token" {
        let lives = headers.iter().any(|header| {
            header
                .to_lowercase()
                .starts_with("x-aws-ec2-metadata-token-ttl-seconds:")
        });
        return Ran::ok(match (method, lives) {
            ("PUT", true) => token,
            ("PUT", false) => "400 - Bad Request\n".to_owned(),
            _ => "405 - Method Not Allowed\n".to_owned(),
        });
    }
    let given = headers.iter().find_map(|header| {
        let (name, value) = header.split_once(':')?;
        name.eq_ignore_ascii_case("x-aws-ec2-metadata-token")
            .then(|| value.trim())
    });
    match given {
        Some(given) if given == token => {}
        None if !options.http_tokens_required => {}
        _ => return Ran::ok("401 - Unauthorized\n"),
    }
    match item(machine, row, path) {
        Some(text) => Ran::ok(text),
        None => Ran::ok("404 - Not Found\n"),
    }
}

fn item(machine: &Machine<'_>, row: &Instance, path: &str) -> Option<String> {
    let region = machine.world.region(machine.caller)?;
    let nic = region.primary_interface(row)?;
    let public = nic.public_ip();
    Some(match path.trim_end_matches('/') {
        "/latest/meta-data" => {
            let mut keys = vec![
                "ami-id",
                "ami-launch-index",
                "hostname",
                "instance-id",
                "instance-type",
                "local-hostname",
                "local-ipv4",
                "mac",
                "placement/",
                "reservation-id",
                "security-groups",
            ];
            if public.is_some() {
                keys.extend(["public-hostname", "public-ipv4"]);
            }
            keys.sort_unstable();
            keys.join("\n")
        }
        "/latest/user-data" => String::from_utf8_lossy(row.user_data.as_deref()?).into_owned(),
        "/latest/meta-data/ami-id" => row.image.to_string(),
        "/latest/meta-data/ami-launch-index" => row.launch_index.to_string(),
        "/latest/meta-data/instance-id" => row.id.to_string(),
        "/latest/meta-data/instance-type" => row.instance_type.to_owned(),
        "/latest/meta-data/hostname" | "/latest/meta-data/local-hostname" => {
            region.host_name(row)?
        }
        "/latest/meta-data/local-ipv4" => nic.private_ip().to_string(),
        "/latest/meta-data/public-ipv4" => public?.to_string(),
        "/latest/meta-data/public-hostname" => region.public_dns(public?),
        "/latest/meta-data/mac" => nic.mac.map(|byte| format!("{byte:02x}")).join(":"),
        "/latest/meta-data/reservation-id" => row.reservation.to_string(),
        "/latest/meta-data/placement" => "availability-zone\nregion".to_owned(),
        "/latest/meta-data/placement/availability-zone" => row.zone.to_owned(),
        "/latest/meta-data/placement/region" => region.name.to_owned(),
        "/latest/meta-data/placement/partition-number" => row.placement.partition?.to_string(),
        "/latest/meta-data/security-groups" => {
            let names: Vec<&str> = nic
                .groups
                .iter()
                .filter_map(|id| region.security_groups.get(id))
                .map(|group| group.name.as_str())
                .collect();
            names.join("\n")
        }
        _ => return None,
    })
}
