//! What runs inside an instance: the operating system's power, its services and ports, its firewall, its log.

pub mod boot;
mod counter;
pub(crate) mod disk;
mod look;
pub mod machine;
mod network;
pub mod program;
pub mod service;
pub mod user_data;
mod web;

pub use counter::Counter;
pub(crate) use look::page;
pub(crate) use web::web_status;

use crate::resources::security_group::Protocol;
use service::Service;
use std::collections::BTreeMap;

/// Whether the operating system answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Power {
    /// The machine is off.
    Off,
    /// It is starting: nothing listens yet.
    Booting,
    /// It is up.
    Up,
}

/// What an operating system's firewall does to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirewallAction {
    /// Throws it away without a word.
    Drop,
    /// Answers "host prohibited", as firewalld does: the client reads "No route to host".
    RejectHostProhibited,
    /// Answers "port unreachable", as `iptables -j REJECT` does: the client reads "Connection refused".
    RejectPortUnreachable,
}

/// A rule of an operating system's firewall, for incoming packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FirewallRule {
    /// Of which protocol.
    pub protocol: Protocol,
    /// To which port; `None` for all.
    pub port: Option<u16>,
    /// What becomes of it.
    pub action: FirewallAction,
}

/// The inside of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Guest {
    /// Whether it answers.
    pub power: Power,
    /// Whether it has ever booted: user data runs at the first boot only.
    pub booted_before: bool,
    /// Installed services, by unit name.
    pub services: BTreeMap<String, Service>,
    /// Its firewall's rules; what none matches passes.
    pub firewall: Vec<FirewallRule>,
    /// Files that scripts wrote, by path.
    pub files: BTreeMap<String, String>,
    /// Which volume is mounted where, besides the root volume.
    pub mounts: BTreeMap<String, crate::ids::VolumeId>,
    /// The shells of those who are logged in, by user.
    pub shells: BTreeMap<String, crate::shell::Scope>,
    /// The serial console, line by line.
    pub console: Vec<String>,
    /// Since when the operating system has been up; hibernation does not end that.
    pub up_since: Option<crate::clock::Instant>,
    /// Whether the memory lies on the root volume: the machine hibernates.
    pub asleep: bool,
    /// A program that counts seconds in memory.
    pub counter: Option<Counter>,
    /// How the user data script is doing.
    pub user_data: user_data::Progress,
}

impl Guest {
    /// A machine that was never on, with the services its image has.
    #[must_use]
    pub fn new(services: BTreeMap<String, Service>) -> Self {
        Guest {
            power: Power::Off,
            booted_before: false,
            services,
            firewall: Vec::new(),
            files: BTreeMap::new(),
            mounts: BTreeMap::new(),
            shells: BTreeMap::new(),
            console: Vec::new(),
            up_since: None,
            asleep: false,
            counter: None,
            user_data: user_data::Progress::default(),
        }
    }

    /// The service that listens on a port.
    #[must_use]
    pub fn listener(&self, protocol: Protocol, port: u16) -> Option<&str> {
        if self.power != Power::Up {
            return None;
        }
        self.services
            .iter()
            .find(|(_, service)| service.running && service.ports.contains(&(protocol, port)))
            .map(|(name, _)| name.as_str())
    }

    /// Everything that listens: protocol, port, service.
    pub fn listeners(&self) -> impl Iterator<Item = (Protocol, u16, &str)> {
        let up = self.power == Power::Up;
        self.services
            .iter()
            .filter(move |(_, service)| up && service.running)
            .flat_map(|(name, service)| {
                service
                    .ports
                    .iter()
                    .map(move |(protocol, port)| (*protocol, *port, name.as_str()))
            })
    }

    /// The first firewall rule that speaks of such a packet.
    #[must_use]
    pub fn firewall_rule(&self, protocol: Protocol, port: Option<u16>) -> Option<&FirewallRule> {
        self.firewall.iter().find(|rule| {
            rule.protocol.covers(protocol) && (rule.port.is_none() || rule.port == port)
        })
    }

    /// What an image keeps of it: switched off, and without the files that lie on other volumes.
    pub(crate) fn on_root_volume(&self) -> Self {
        let mut guest = self.clone();
        guest.power_off();
        for point in std::mem::take(&mut guest.mounts).into_keys() {
            let inside = format!("{point}/");
            guest.files.retain(|path, _| !path.starts_with(&inside));
        }
        guest
    }

    /// Hibernation: what is in memory stays as it is.
    pub(crate) fn fall_asleep(&mut self, now: crate::clock::Instant) {
        self.power = Power::Off;
        self.asleep = true;
        if let Some(counter) = &mut self.counter {
            counter.pause(now);
        }
    }

    /// Power off: what runs, ends.
    pub(crate) fn power_off(&mut self) {
        self.power = Power::Off;
        (self.up_since, self.asleep, self.counter) = (None, false, None);
        self.shells.clear();
        for service in self.services.values_mut() {
            service.running = false;
        }
    }
}
