//! Looking around inside a machine: who one is, what runs, what listens, what there is of memory and disk.

use super::machine::{Machine, remove};
use crate::resources::instance::Instance;
use crate::shell::Ran;

/// Runs a program that only looks, or that handles files; `None` for any other.
pub(super) fn program(machine: &mut Machine<'_>, words: &[&str]) -> Option<Ran> {
    let row = machine.instance()?.clone();
    let user = machine.user.clone();
    Some(match words {
        ["whoami"] => Ran::ok(format!("{user}\n")),
        ["id", name, ..] if !name.starts_with('-') && *name != user && *name != "root" => {
            Ran::fail(1, format!("id: '{name}': no such user"))
        }
        ["id", ..] => Ran::ok(if user == "root" || words.contains(&"root") {
            "uid=0(root) gid=0(root) groups=0(root)\n".to_owned()
        } else {
            format!("uid=1000({user}) gid=1000({user}) groups=1000({user}),4(adm),10(wheel)\n")
        }),
        ["hostname", ..] => Ran::ok(format!("{}\n", host(machine, &row))),
        ["uname", "-a"] => Ran::ok(format!(
            "Linux {} 6.1.0 #1 SMP {} GNU/Linux\n",
            host(machine, &row),
            architecture(&row)
        )),
        ["uname", "-m"] => Ran::ok(format!("{}\n", architecture(&row))),
        ["uname", ..] => Ran::ok("Linux\n"),
        ["pwd"] => Ran::ok(format!("{}\n", machine.folder())),
        ["nproc"] => Ran::ok(format!("{}\n", row.kind().map_or(1, |kind| kind.vcpus))),
        ["free", ..] => memory(&row, words.get(1).copied()),
        ["uptime"] => Ran::ok(uptime(machine, &row)),
        ["date"] => Ran::ok(format!("{}\n", machine.world.now())),
        ["ps", ..] => Ran::ok(processes(&row)),
        ["ss" | "netstat", ..] => Ran::ok(listening(&row)),
        ["systemctl", "status", unit] => status(&row, unit),
        ["systemctl", "list-units", ..] => Ran::ok(units(&row)),
        ["ls", rest @ ..] => list(machine, rest),
        ["rm", rest @ ..] => {
            let mut err = String::new();
            for path in rest.iter().filter(|word| !word.starts_with('-')) {
                if let Err(why) = remove(machine, path) {
                    err.push_str(&format!("rm: cannot remove '{path}': {why}\n"));
                }
            }
            Ran {
                exit: i32::from(!err.is_empty()),
                out: String::new(),
                err,
            }
        }
        ["touch" | "mkdir" | "chmod" | "chown", _, ..] => Ran::default(),
        ["ec2-metadata", ..] => Ran::ok(format!(
            "instance-id: {}\ninstance-type: {}\n",
            row.id, row.instance_type
        )),
        _ => return None,
    })
}

fn host(machine: &Machine<'_>, row: &Instance) -> String {
    let region = machine.world.region(machine.caller);
    region
        .and_then(|region| region.host_name(row))
        .unwrap_or_else(|| "localhost".to_owned())
}

fn architecture(row: &Instance) -> &'static str {
    match row.os().map(|os| os.architecture) {
        Some("arm64") => "aarch64",
        _ => "x86_64",
    }
}

/// `free`, in KiB, MiB (`-m`) or GiB (`-g`), or with units (`-h`): a fresh system uses about 180 MiB.
fn memory(row: &Instance, unit: Option<&str>) -> Ran {
    let total = row.kind().map_or(1024, |kind| kind.memory_mib);
    let used = 180.min(total / 2);
    let shown = |mib: u64| match unit {
        Some("-m") => mib.to_string(),
        Some("-g") => (mib / 1_024).to_string(),
        Some("-h") if mib == 0 => "0B".to_owned(),
        Some("-h") if mib < 1_024 => format!("{mib}Mi"),
        Some("-h") => format!("{}.{}Gi", mib / 1_024, mib % 1_024 * 10 / 1_024),
        _ => (mib * 1_024).to_string(),
    };
    if let Some(other) = unit.filter(|unit| !matches!(*unit, "-k" | "-m" | "-g" | "-h")) {
        return Ran::fail(
            1,
            format!("free: {other} is not modelled: -k, -m, -g or -h"),
        );
    }
    let (total, used, free, none) = (shown(total), shown(used), shown(total - used), shown(0));
    Ran::ok(format!(
        "               total        used        free\nMem:    {total:>12}{used:>12}{free:>12}\nSwap:   {none:>12}{none:>12}{none:>12}\n"
    ))
}

fn uptime(machine: &Machine<'_>, row: &Instance) -> String {
    let minutes = machine
        .world
        .now()
        .since(row.guest.up_since.unwrap_or(row.launched))
        / 60_000;
    format!(
        " up {}:{:02},  1 user,  load average: 0.00, 0.01, 0.00\n",
        minutes / 60,
        minutes % 60
    )
}

fn processes(row: &Instance) -> String {
    let mut text =
        String::from("    PID TTY          TIME CMD\n      1 ?        00:00:02 systemd\n");
    for (at, (name, _)) in row
        .guest
        .services
        .iter()
        .filter(|(_, service)| service.running)
        .enumerate()
    {
        text.push_str(&format!("{:>7} ?        00:00:00 {name}\n", 1_200 + 7 * at));
    }
    text.push_str("   2310 pts/0    00:00:00 bash\n");
    text
}

fn listening(row: &Instance) -> String {
    let mut text =
        String::from("State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n");
    for (protocol, port, name) in row.guest.listeners() {
        let state = if protocol == crate::resources::security_group::Protocol::Tcp {
            "LISTEN"
        } else {
            "UNCONN"
        };
        text.push_str(&format!("{state:<6} 0      128          0.0.0.0:{port:<5}      0.0.0.0:*     users:((\"{name}\"))\n"));
    }
    text
}

fn status(row: &Instance, unit: &str) -> Ran {
    let name = unit.trim_end_matches(".service");
    let Some(service) = row.guest.services.get(name) else {
        return Ran::fail(4, format!("Unit {name}.service could not be found."));
    };
    let (dot, state) = if service.running {
        ("●", "active (running)")
    } else {
        ("○", "inactive (dead)")
    };
    let enabled = if service.enabled {
        "enabled"
    } else {
        "disabled"
    };
    Ran {
        exit: if service.running { 0 } else { 3 },
        out: format!(
            "{dot} {name}.service\n     Loaded: loaded (/usr/lib/systemd/system/{name}.service; {enabled})\n     Active: {state}\n"
        ),
        err: String::new(),
    }
}

fn units(row: &Instance) -> String {
    let line = |(name, service): (&String, &super::service::Service)| {
        let state = if service.running {
            "active running"
        } else {
            "inactive dead"
        };
        format!("{name}.service  loaded {state}\n")
    };
    row.guest.services.iter().map(line).collect()
}

/// The names of the files right below a folder.
pub(super) fn names(machine: &Machine<'_>, folder: &str) -> Vec<String> {
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let Some(row) = machine.instance() else {
        return Vec::new();
    };
    let mut names: Vec<String> = row
        .guest
        .files
        .keys()
        .filter_map(|path| path.strip_prefix(&folder))
        .filter_map(|rest| rest.split('/').next())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

fn list(machine: &Machine<'_>, rest: &[&str]) -> Ran {
    let folders: Vec<&str> = rest
        .iter()
        .copied()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let folder = folders
        .first()
        .map_or_else(|| machine.folder(), |path| machine.path(path));
    let names = names(machine, &folder);
    Ran::ok(
        names
            .iter()
            .map(|name| format!("{name}\n"))
            .collect::<String>(),
    )
}

/// A file's text: what was written, and what the system itself shows as files.
pub(super) fn file(machine: &Machine<'_>, path: &str) -> Option<String> {
    let row = machine.instance()?;
    if let Some(text) = row.guest.files.get(path) {
        return Some(text.clone());
    }
    match path {
        "/etc/os-release" => {
            let title = row.os().map_or("Linux", |os| os.title);
            Some(format!("NAME=\"{title}\"\nPRETTY_NAME=\"{title}\"\n"))
        }
        "/etc/hostname" => Some(format!("{}\n", host(machine, row))),
        "/var/log/cloud-init-output.log" => Some(
            row.guest
                .console
                .iter()
                .filter_map(|line| line.strip_prefix("cloud-init: "))
                .map(|line| format!("{line}\n"))
                .collect(),
        ),
        "/proc/cpuinfo" => Some(
            (0..row.kind().map_or(1, |kind| kind.vcpus))
                .map(|at| format!("processor\t: {at}\n"))
                .collect(),
        ),
        _ => None,
    }
}

/// The page that a web server on this machine serves.
pub(crate) fn page(row: &Instance) -> String {
    let index = [
        "/var/www/html/index.html",
        "/usr/share/nginx/html/index.html",
    ];
    index
        .iter()
        .find_map(|path| row.guest.files.get(*path).cloned())
        .unwrap_or_else(|| "<html><body><h1>It works!</h1></body></html>\n".to_owned())
}
