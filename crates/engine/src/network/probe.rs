//! What is tried: from where, to what, with which client.

use crate::ids::InstanceId;
use crate::resources::security_group::Protocol;
use std::net::Ipv4Addr;

/// The public address of the learner's home (TEST-NET-3 of RFC 5737, so it can never be anybody's).
pub const LAPTOP: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);
/// Somebody else's address on the internet (TEST-NET-2).
pub const STRANGER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 9);
/// A web server on the internet, a package mirror for one (TEST-NET-1).
pub const WEB_SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 80);

/// Who tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Source {
    /// The learner's laptop.
    #[default]
    Laptop,
    /// Anybody else on the internet.
    Stranger,
    /// A program on an instance.
    Instance(InstanceId),
}

/// What is tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// An instance, by the address that the source would use.
    Instance(InstanceId),
    /// An address.
    Address(Ipv4Addr),
    /// A DNS name.
    Name(String),
    /// A web server on the internet.
    #[default]
    Internet,
}

/// With which program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Client {
    /// `ssh`; without a user, the image's own; without a key, none is offered.
    Ssh {
        /// The user to log in as.
        user: Option<String>,
        /// The key pair's name.
        key: Option<String>,
    },
    /// A browser or `curl`.
    Http,
    /// The same over TLS.
    Https,
    /// Remote Desktop.
    Rdp,
    /// `ping`.
    Ping,
    /// `nc -zv`: only whether the port answers.
    #[default]
    Nc,
}

impl Client {
    /// The port it uses unless told otherwise.
    #[must_use]
    pub fn default_port(&self) -> Option<u16> {
        match self {
            Client::Ssh { .. } => Some(22),
            Client::Http | Client::Nc => Some(80),
            Client::Https => Some(443),
            Client::Rdp => Some(3389),
            Client::Ping => None,
        }
    }

    /// Its name on a command line.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Client::Ssh { .. } => "ssh",
            Client::Http => "http",
            Client::Https => "https",
            Client::Rdp => "rdp",
            Client::Ping => "ping",
            Client::Nc => "nc",
        }
    }
}

/// One attempt to connect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Probe {
    /// Who tries.
    pub source: Source,
    /// What is tried.
    pub target: Target,
    /// With which program.
    pub client: Client,
    /// TCP or UDP; ping is always ICMP.
    pub protocol: Protocol,
    /// The port, unless the client's usual one.
    pub port: Option<u16>,
}

impl Default for Probe {
    fn default() -> Self {
        Probe {
            source: Source::Laptop,
            target: Target::Internet,
            client: Client::Nc,
            protocol: Protocol::Tcp,
            port: None,
        }
    }
}

impl Probe {
    /// The protocol on the wire.
    #[must_use]
    pub fn wire_protocol(&self) -> Protocol {
        if self.client == Client::Ping {
            Protocol::Icmp
        } else {
            self.protocol
        }
    }

    /// The port on the wire; none for ICMP.
    #[must_use]
    pub fn wire_port(&self) -> Option<u16> {
        if self.wire_protocol().has_ports() {
            self.port.or_else(|| self.client.default_port())
        } else {
            None
        }
    }

    /// `TCP 22`, `ICMP`.
    #[must_use]
    pub fn wire_words(&self) -> String {
        words(self.wire_protocol(), self.wire_port())
    }
}

/// `TCP 22`, `ICMP`.
pub(super) fn words(protocol: Protocol, port: Option<u16>) -> String {
    let name = protocol.to_string().to_ascii_uppercase();
    port.map_or(name.clone(), |port| format!("{name} {port}"))
}
