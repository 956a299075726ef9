//! From what a learner chose and typed to an attempt; what was not chosen follows the selected instance.

use crate::state::{AppState, Selected};
use crate::ui::components::SelectOption;
use ec2_lab_engine::guest::Power;
use ec2_lab_engine::ids::{InstanceId, ResourceId};
use ec2_lab_engine::network::{Client, Probe, Source, Target, WEB_SERVER};
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use ec2_lab_engine::resources::security_group::Protocol;
use std::net::Ipv4Addr;

/// The value of "another address".
pub const OTHER: &str = "other";
/// The value of the web server on the internet.
pub const WEB: &str = "web";

/// With which program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Ssh,
    Http,
    Https,
    Rdp,
    Ping,
    Tcp,
    Udp,
}

impl Kind {
    /// All, in the order of the list.
    pub const ALL: [Kind; 7] = [
        Kind::Ssh,
        Kind::Http,
        Kind::Https,
        Kind::Rdp,
        Kind::Ping,
        Kind::Tcp,
        Kind::Udp,
    ];

    /// Its value in the list.
    #[must_use]
    pub fn value(self) -> &'static str {
        match self {
            Kind::Ssh => "ssh",
            Kind::Http => "http",
            Kind::Https => "https",
            Kind::Rdp => "rdp",
            Kind::Ping => "ping",
            Kind::Tcp => "tcp",
            Kind::Udp => "udp",
        }
    }

    /// Its words in the list.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::Ssh => "SSH",
            Kind::Http => "HTTP",
            Kind::Https => "HTTPS",
            Kind::Rdp => "RDP",
            Kind::Ping => "Ping",
            Kind::Tcp => "TCP port (nc)",
            Kind::Udp => "UDP port (nc)",
        }
    }

    /// The port that it begins with, where one is asked for.
    #[must_use]
    pub fn port(self) -> Option<u16> {
        match self {
            Kind::Http | Kind::Tcp => Some(80),
            Kind::Https => Some(443),
            Kind::Udp => Some(53),
            Kind::Ssh | Kind::Rdp | Kind::Ping => None,
        }
    }
}

/// What was chosen and typed so far, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// An instance's id, [`OTHER`] or [`WEB`].
    pub to: Option<String>,
    /// An address or a DNS name.
    pub other: String,
    /// The program.
    pub kind: Option<Kind>,
    /// The port.
    pub port: Option<String>,
    /// The user of an SSH login.
    pub user: Option<String>,
    /// The key pair of an SSH login.
    pub key: Option<String>,
    /// Whether the button was pressed: empty fields are pointed out only then.
    pub tried: bool,
}

/// What is wrong, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// Who tries.
    pub from: Option<String>,
    /// The address.
    pub other: Option<String>,
    /// The port.
    pub port: Option<String>,
}

impl Draft {
    /// The chosen target: by hand, else the selected instance, else the first one.
    #[must_use]
    pub fn to(&self, app: &AppState) -> String {
        let rows = instances(app);
        let known = |id: &String| {
            id == OTHER || id == WEB || rows.iter().any(|row| row.id.to_string() == *id)
        };
        if let Some(to) = self.to.clone().filter(known) {
            return to;
        }
        let selected = match &app.selected {
            Some(Selected::Instance(id)) => rows.iter().find(|row| row.id == *id),
            _ => None,
        };
        let running = rows.iter().find(|row| row.state == InstanceState::Running);
        selected
            .or(running)
            .or(rows.first())
            .map_or_else(|| OTHER.to_owned(), |row| row.id.to_string())
    }

    /// The instance that is meant.
    #[must_use]
    pub fn instance<'a>(&self, app: &'a AppState) -> Option<&'a Instance> {
        let to = self.to(app);
        let region = app.region()?;
        if let Some(id) = InstanceId::parse(&to) {
            return region.instances.get(&id);
        }
        let ip: Ipv4Addr = self.other.trim().parse().ok().filter(|_| to == OTHER)?;
        let interface = region.public_ips.get(&ip).or_else(|| {
            region
                .private_ips
                .iter()
                .find(|((_, own), _)| *own == ip)
                .map(|(_, id)| id)
        })?;
        region.instances.get(
            &region
                .network_interfaces
                .get(interface)?
                .attachment?
                .instance,
        )
    }

    /// The program: by hand, else what the target's operating system is made for.
    #[must_use]
    pub fn kind(&self, app: &AppState) -> Kind {
        self.kind
            .unwrap_or_else(|| match (self.to(app).as_str(), self.instance(app)) {
                (WEB, _) => Kind::Https,
                (_, Some(row)) if row.os().is_some_and(|image| image.windows) => Kind::Rdp,
                _ => Kind::Ssh,
            })
    }

    /// The port as it stands in the field; `None` when there is no field.
    #[must_use]
    pub fn port(&self, app: &AppState) -> Option<String> {
        let usual = self.kind(app).port()?;
        Some(self.port.clone().unwrap_or_else(|| usual.to_string()))
    }

    /// The user as it stands in the field.
    #[must_use]
    pub fn user(&self, app: &AppState) -> String {
        let own = || {
            self.instance(app)
                .and_then(Instance::os)
                .map_or("", |image| image.default_user)
                .to_owned()
        };
        self.user.clone().unwrap_or_else(own)
    }

    /// The key pair's name; empty for none.
    #[must_use]
    pub fn key(&self, app: &AppState) -> String {
        self.key.clone().unwrap_or_else(|| {
            self.instance(app)
                .and_then(|row| row.key_name.clone())
                .unwrap_or_default()
        })
    }

    /// What is wrong.
    #[must_use]
    pub fn wrong(&self, app: &AppState) -> Wrong {
        let mut wrong = Wrong::default();
        if let Source::Instance(id) = app.viewpoint
            && !instances(app)
                .iter()
                .any(|row| row.id == id && row.guest.power == Power::Up)
        {
            wrong.from = Some("It does not run now: choose another.".to_owned());
        }
        if self.to(app) == OTHER && self.other.trim().is_empty() && self.tried {
            wrong.other = Some("Enter an address, 198.18.4.7 for one, or a DNS name.".to_owned());
        }
        if self.port(app).is_some_and(|port| port_of(&port).is_none()) {
            wrong.port = Some("1 to 65535".to_owned());
        }
        wrong
    }

    /// The attempt, unless something is wrong.
    #[must_use]
    pub fn probe(&self, app: &AppState) -> Option<Probe> {
        if (Draft {
            tried: true,
            ..self.clone()
        })
        .wrong(app)
            != Wrong::default()
        {
            return None;
        }
        let other = self.other.trim();
        let target = match self.to(app).as_str() {
            WEB => Target::Internet,
            OTHER => other
                .parse()
                .map_or_else(|_| Target::Name(other.to_owned()), Target::Address),
            id => Target::Instance(InstanceId::parse(id)?),
        };
        let kind = self.kind(app);
        let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let client = match kind {
            Kind::Ssh => Client::Ssh {
                user: some(self.user(app)),
                key: some(self.key(app)),
            },
            Kind::Http => Client::Http,
            Kind::Https => Client::Https,
            Kind::Rdp => Client::Rdp,
            Kind::Ping => Client::Ping,
            Kind::Tcp | Kind::Udp => Client::Nc,
        };
        let protocol = if kind == Kind::Udp {
            Protocol::Udp
        } else {
            Protocol::Tcp
        };
        let port = self
            .port(app)
            .and_then(|port| port_of(&port))
            .filter(|port| Some(*port) != client.default_port());
        Some(Probe {
            source: app.viewpoint,
            target,
            client,
            protocol,
            port,
        })
    }
}

fn port_of(text: &str) -> Option<u16> {
    text.trim().parse::<u16>().ok().filter(|port| *port > 0)
}

/// The instances that one can name, in the order of their launch.
#[must_use]
pub fn instances(app: &AppState) -> Vec<&Instance> {
    let rows = app
        .region()
        .map(|region| region.instances_by_serial())
        .unwrap_or_default();
    rows.into_iter()
        .filter(|row| !row.state.is_terminal())
        .collect()
}

/// The targets: every instance with the address that the source would use, then what is elsewhere.
#[must_use]
pub fn targets(app: &AppState) -> Vec<SelectOption> {
    let Some(region) = app.region() else {
        return Vec::new();
    };
    let from = match app.viewpoint {
        Source::Instance(id) => region.instances.get(&id).map(|row| row.vpc),
        _ => None,
    };
    let mut options: Vec<SelectOption> = instances(app)
        .into_iter()
        .map(|row| {
            let interface = region.primary_interface(row);
            let public = interface
                .and_then(|nic| nic.public_ip())
                .filter(|_| from != Some(row.vpc));
            let ip = public.or_else(|| interface.map(|nic| nic.private_ip()));
            let address = ip.map_or_else(|| "no address".to_owned(), |ip| ip.to_string());
            SelectOption::new(row.id.to_string(), format!("{} · {address}", row.label()))
                .group("Instances")
        })
        .collect();
    options.push(SelectOption::new(OTHER, "Another address or name").group("Elsewhere"));
    options.push(
        SelectOption::new(WEB, format!("A web server on the internet · {WEB_SERVER}"))
            .group("Elsewhere"),
    );
    options
}

/// The key pairs that the laptop could use; the target's own stands there even after it was deleted at AWS.
#[must_use]
pub fn keys(app: &AppState, draft: &Draft) -> Vec<SelectOption> {
    let Some(region) = app.region() else {
        return Vec::new();
    };
    let mut names: Vec<String> = region
        .key_pairs
        .values()
        .map(|key| key.name.clone())
        .collect();
    let row = draft.instance(app);
    if let Some(own) = row
        .and_then(|row| row.key_name.clone())
        .filter(|own| !names.contains(own))
    {
        names.push(own);
    }
    names.sort();
    let mut options: Vec<SelectOption> = names
        .into_iter()
        .map(|name| SelectOption::new(name.clone(), name))
        .collect();
    // An attempt without a key means the instance's own key, so "none" is only true where it has none.
    if row.is_none_or(|row| row.key_name.is_none()) {
        options.insert(
            0,
            SelectOption::new("", if row.is_some() { "none" } else { "its own" }),
        );
    }
    options
}

/// The attempt that a press on a port of the picture makes, from the viewpoint.
#[must_use]
pub fn probe_of_port(
    app: &AppState,
    id: InstanceId,
    protocol: Protocol,
    port: u16,
) -> Option<Probe> {
    let row = app.region()?.instances.get(&id)?;
    let user = row.os().map(|image| image.default_user.to_owned());
    let client = match (protocol, port) {
        (Protocol::Tcp, 22) => Client::Ssh {
            user,
            key: row.key_name.clone(),
        },
        (Protocol::Tcp, 80) => Client::Http,
        (Protocol::Tcp, 443) => Client::Https,
        (Protocol::Tcp, 3389) => Client::Rdp,
        _ => Client::Nc,
    };
    let port = Some(port).filter(|port| Some(*port) != client.default_port());
    Some(Probe {
        source: app.viewpoint,
        target: Target::Instance(id),
        client,
        protocol,
        port,
    })
}
