//! Services: programs that listen.

use crate::catalogue::{Image, Login};
use crate::resources::security_group::Protocol;
use std::collections::BTreeMap;

/// An installed service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Service {
    /// Where it listens while it runs.
    pub ports: Vec<(Protocol, u16)>,
    /// Whether it starts at boot.
    pub enabled: bool,
    /// Whether it runs now.
    pub running: bool,
}

/// The unit name of a learner's own program, on a port of the learner's choice.
pub const APPLICATION: &str = "app";

/// The unit that makes a machine pass packets on and put its own address on them: what makes a NAT instance of it
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html>). It listens nowhere.
pub const FORWARDER: &str = "iptables";

/// Where a unit listens.
type Ports = &'static [(Protocol, u16)];

/// Units that the lab's machines can have, with the package that brings each and its ports. Web servers come with a
/// certificate, so they answer HTTPS as well.
const KNOWN: &[(&str, &str, Ports)] = &[
    ("sshd", "openssh-server", &[(Protocol::Tcp, 22)]),
    ("rdp", "", &[(Protocol::Tcp, 3389)]),
    (
        "httpd",
        "httpd",
        &[(Protocol::Tcp, 80), (Protocol::Tcp, 443)],
    ),
    (
        "apache2",
        "apache2",
        &[(Protocol::Tcp, 80), (Protocol::Tcp, 443)],
    ),
    (
        "nginx",
        "nginx",
        &[(Protocol::Tcp, 80), (Protocol::Tcp, 443)],
    ),
    ("vsftpd", "vsftpd", &[(Protocol::Tcp, 21)]),
    ("mysqld", "mysql-server", &[(Protocol::Tcp, 3306)]),
    ("mariadb", "mariadb-server", &[(Protocol::Tcp, 3306)]),
    ("postgresql", "postgresql-server", &[(Protocol::Tcp, 5432)]),
    ("redis", "redis", &[(Protocol::Tcp, 6379)]),
    (FORWARDER, "iptables-services", &[]),
    ("named", "bind", &[(Protocol::Udp, 53), (Protocol::Tcp, 53)]),
];

/// The ports of a known unit.
#[must_use]
pub fn ports(unit: &str) -> Option<&'static [(Protocol, u16)]> {
    KNOWN
        .iter()
        .find(|(name, ..)| *name == unit)
        .map(|(.., ports)| *ports)
}

/// The units that the lab's machines can run, besides [`APPLICATION`].
pub fn units() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(name, ..)| *name)
}

/// The unit that a package brings; packages are often named like their unit.
#[must_use]
pub fn unit_of_package(package: &str) -> Option<&'static str> {
    KNOWN
        .iter()
        .find(|(unit, name, _)| *name == package || *unit == package)
        .map(|(unit, ..)| *unit)
}

/// Packages without a service that user data on AWS's pages installs.
const PLAIN: [&str; 12] = [
    "curl", "git", "htop", "jq", "nano", "php", "python3", "tree", "unzip", "vim", "wget", "zip",
];

/// Whether the lab's mirrors have a package.
#[must_use]
pub fn is_package(name: &str) -> bool {
    PLAIN.contains(&name) || unit_of_package(name).is_some()
}

/// The packages of the lab's mirrors.
#[must_use]
pub fn packages() -> Vec<&'static str> {
    let services = KNOWN.iter().map(|(_, package, _)| *package);
    let mut all: Vec<&str> = services
        .filter(|name| !name.is_empty())
        .chain(PLAIN)
        .collect();
    all.sort_unstable();
    all
}

/// The unit that usually listens on a port: what one would start to have an answer there.
#[must_use]
pub fn unit_for_port(protocol: Protocol, port: u16, windows: bool) -> &'static str {
    let usual = match (port, windows) {
        (80, false) => Some("httpd"),
        (_, true) if port != 3389 => None,
        _ => KNOWN
            .iter()
            .find(|(.., ports)| ports.contains(&(protocol, port)))
            .map(|(unit, ..)| *unit),
    };
    match usual {
        Some("sshd") if windows => APPLICATION,
        Some("rdp") if !windows => APPLICATION,
        Some(unit) => unit,
        None => APPLICATION,
    }
}

/// The services that an image starts at boot.
#[must_use]
pub fn of_image(image: &Image) -> BTreeMap<String, Service> {
    let unit = match image.login {
        Login::Ssh => "sshd",
        Login::Rdp => "rdp",
    };
    let service = Service {
        ports: ports(unit).unwrap_or_default().to_vec(),
        enabled: true,
        running: false,
    };
    BTreeMap::from([(unit.to_owned(), service)])
}
