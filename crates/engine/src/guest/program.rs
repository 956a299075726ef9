//! The programs that change a machine: packages, services, the firewall. What the lab does not have says so; it is never
//! taken for done.

use super::service::{self, Service};
use super::{FirewallAction, FirewallRule, Guest};
use crate::catalogue::Image;
use crate::clock::SECOND;
use crate::resources::security_group::Protocol;

/// What running a statement came to.
#[derive(Debug)]
pub struct Done {
    /// Whether it succeeded.
    pub ok: bool,
    /// How long it took.
    pub milliseconds: u64,
    /// Services that it started.
    pub started: Vec<String>,
    /// Services that it stopped.
    pub stopped: Vec<String>,
}

/// How long a download from a package mirror takes, and how long it is tried without an answer.
const INSTALL: u64 = 12 * SECOND;
const NO_ANSWER: u64 = 120 * SECOND;

/// Runs one program as root: what it came to, and what it printed.
pub fn program(
    guest: &mut Guest,
    os: Option<&Image>,
    words: &[&str],
    internet: bool,
) -> (Done, String) {
    let mut done = Done {
        ok: true,
        milliseconds: SECOND / 10,
        started: Vec::new(),
        stopped: Vec::new(),
    };
    let output = match words {
        [
            manager @ ("dnf" | "yum" | "apt" | "apt-get" | "zypper"),
            rest @ ..,
        ] => packages(guest, os, manager, rest, internet, &mut done),
        ["systemctl", rest @ ..] => systemctl(guest, rest, &mut done),
        ["service", unit, verb] => systemctl(guest, &[verb, unit], &mut done),
        ["iptables", rest @ ..] => iptables(guest, rest, &mut done),
        ["mkdir" | "chmod" | "chown" | "usermod", ..] => String::new(),
        [other, ..] => fail(
            &mut done,
            format!(
                "bash: {other}: command not found (this lab does not have it, so it was not run)"
            ),
        ),
        [] => String::new(),
    };
    (done, output)
}

fn fail(done: &mut Done, text: String) -> String {
    done.ok = false;
    text
}

fn packages(
    guest: &mut Guest,
    os: Option<&Image>,
    manager: &str,
    rest: &[&str],
    internet: bool,
    done: &mut Done,
) -> String {
    let own = os.map_or("", |image| image.package_manager);
    let known = own == manager
        || (own == "dnf" && manager == "yum")
        || (own == "apt" && manager == "apt-get");
    if !known {
        return fail(done, format!("{manager}: command not found"));
    }
    if !internet {
        done.milliseconds = NO_ANSWER;
        return fail(
            done,
            format!(
                "{manager}: cannot download: Connection timed out. The instance has no way to the internet."
            ),
        );
    }
    done.milliseconds = INSTALL;
    let mut names = rest.iter().filter(|word| !word.starts_with('-'));
    match names.next().copied() {
        Some("update" | "upgrade" | "makecache") => "Complete!".to_owned(),
        Some("install") => {
            let names: Vec<&str> = names.copied().collect();
            let unknown = names.iter().find(|name| !service::is_package(name));
            if let Some(name) = unknown {
                return fail(done, not_found(own, name));
            }
            let mut lines = Vec::new();
            for name in names {
                if let Some(unit) = service::unit_of_package(name) {
                    // Debian's packages start what they bring; the others wait to be told.
                    let starts = own == "apt";
                    if install(guest, unit, starts) && starts {
                        done.started.push(unit.to_owned());
                    }
                }
                lines.push(format!("Installed: {name}"));
            }
            lines.push("Complete!".to_owned());
            lines.join("\n")
        }
        Some(verb) => fail(done, format!("{manager} {verb}: not modelled in this lab")),
        None => fail(done, format!("{manager}: a command is missing")),
    }
}

/// What a package manager says of a name that its mirrors do not have. The lab's mirrors have less than the real ones.
fn not_found(manager: &str, name: &str) -> String {
    let words = match manager {
        "apt" => format!("E: Unable to locate package {name}"),
        "zypper" => format!("No provider of '{name}' found."),
        _ => format!("No match for argument: {name}\nError: Unable to find a match: {name}"),
    };
    format!(
        "{words}\n(The lab's mirrors have only: {}.)",
        service::packages().join(", ")
    )
}

/// Puts a unit on the machine; whether it was new.
pub fn install(guest: &mut Guest, unit: &str, start: bool) -> bool {
    if guest.services.contains_key(unit) {
        return false;
    }
    let ports = service::ports(unit).unwrap_or_default().to_vec();
    guest.services.insert(
        unit.to_owned(),
        Service {
            ports,
            enabled: start,
            running: start,
        },
    );
    true
}

fn systemctl(guest: &mut Guest, words: &[&str], done: &mut Done) -> String {
    let now = words.contains(&"--now");
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let (Some(verb), units) = (plain.first().copied(), plain.get(1..).unwrap_or_default()) else {
        return fail(done, "systemctl: a command is missing".to_owned());
    };
    done.milliseconds = SECOND;
    for unit in units {
        let name = unit.trim_end_matches(".service");
        let Some(service) = guest.services.get_mut(name) else {
            return fail(
                done,
                format!("Failed to {verb} {name}.service: Unit {name}.service not found."),
            );
        };
        match verb {
            "enable" | "disable" => {
                service.enabled = verb == "enable";
                if now {
                    service.running = service.enabled;
                    if service.enabled {
                        &mut done.started
                    } else {
                        &mut done.stopped
                    }
                    .push(name.to_owned());
                }
            }
            "start" | "restart" | "reload" => {
                service.running = true;
                done.started.push(name.to_owned());
            }
            "stop" => {
                service.running = false;
                done.stopped.push(name.to_owned());
            }
            "is-enabled" => {
                return if service.enabled {
                    "enabled".to_owned()
                } else {
                    fail(done, "disabled".to_owned())
                };
            }
            "status" | "is-active" => {
                let state = if service.running {
                    "active"
                } else {
                    "inactive"
                };
                return if service.running {
                    state.to_owned()
                } else {
                    fail(done, state.to_owned())
                };
            }
            _ => return fail(done, format!("systemctl {verb}: not modelled in this lab")),
        }
    }
    String::new()
}

fn iptables(guest: &mut Guest, words: &[&str], done: &mut Done) -> String {
    let after = |flag: &str| {
        words
            .iter()
            .position(|word| *word == flag)
            .and_then(|at| words.get(at + 1))
            .copied()
    };
    if words.first() == Some(&"-F") {
        guest.firewall.clear();
        return String::new();
    }
    let chain = after("-A").or(after("-I"));
    let action = match (after("-j"), after("--reject-with")) {
        (Some("DROP"), _) => Some(FirewallAction::Drop),
        (Some("REJECT"), Some("icmp-host-prohibited")) => {
            Some(FirewallAction::RejectHostProhibited)
        }
        (Some("REJECT"), _) => Some(FirewallAction::RejectPortUnreachable),
        _ => None,
    };
    let protocol = after("-p").map_or(Some(Protocol::All), Protocol::parse);
    let (Some("INPUT"), Some(action), Some(protocol)) = (chain, action, protocol) else {
        return fail(
            done,
            "iptables: the lab models -A INPUT -p <protocol> --dport <port> -j DROP|REJECT and -F"
                .to_owned(),
        );
    };
    guest.firewall.push(FirewallRule {
        protocol,
        port: after("--dport").and_then(|port| port.parse().ok()),
        action,
    });
    String::new()
}
