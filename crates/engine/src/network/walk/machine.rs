//! Inside the machine that was reached.

use super::super::edge::hop;
use super::super::probe::{Client, words};
use super::super::resolve::Site;
use super::super::trace::{Cause, Component, Decision, Verdict, Way};
use super::{End, Walk};
use crate::guest::{FirewallAction, Power};
use crate::operations::instance_connect::key_parts;
use crate::resources::instance::InstanceState;

impl<'w> Walk<'w> {
    /// Inside the machine: power, its own firewall, who listens, who may log in.
    pub(super) fn machine(&mut self, site: Site<'w>) -> Result<(), End> {
        let instance = site.instance;
        let (id, label) = (instance.id, instance.label());
        self.place = site.caller();
        let port = self.packet.port;
        let mut say = |component, decision, text: String| {
            self.hops.push(hop(
                component,
                id.to_string(),
                if decision == Decision::Dropped {
                    Way::Out
                } else {
                    Way::Back
                },
                decision,
                text,
            ));
        };
        match (instance.state, instance.guest.power) {
            (InstanceState::Running, Power::Up) => {}
            (InstanceState::Running | InstanceState::Pending, _) => {
                say(
                    Component::Instance,
                    Decision::Dropped,
                    format!("{label} is still starting: its operating system does not answer yet"),
                );
                return Err((Verdict::TimedOut, Cause::Booting { instance: id }));
            }
            (state, _) => {
                say(
                    Component::Instance,
                    Decision::Dropped,
                    format!("{label} is {}: nobody is there to answer", state.as_str()),
                );
                return Err((Verdict::TimedOut, Cause::HostStopped { instance: id }));
            }
        }
        if let Some(rule) = instance.guest.firewall_rule(self.packet.protocol, port) {
            let what = words(self.packet.protocol, port);
            let (decision, verb, end) = match rule.action {
                FirewallAction::Drop => (
                    Decision::Dropped,
                    "throws it away",
                    (Verdict::TimedOut, Cause::FirewallDrop { instance: id }),
                ),
                FirewallAction::RejectHostProhibited => (
                    Decision::Rejected,
                    "says \"prohibited\"",
                    (Verdict::NoRoute, Cause::FirewallReject { instance: id }),
                ),
                FirewallAction::RejectPortUnreachable => (
                    Decision::Rejected,
                    "says \"port unreachable\"",
                    (Verdict::Refused, Cause::FirewallReject { instance: id }),
                ),
            };
            say(
                Component::Firewall,
                decision,
                format!("The firewall inside {label} has a rule for {what} and {verb}"),
            );
            return Err(end);
        }
        let Some(port) = port else {
            say(
                Component::Instance,
                Decision::Answered,
                format!("The operating system of {label} answers the ping"),
            );
            return Ok(());
        };
        let Some(service) = instance.guest.listener(self.packet.protocol, port) else {
            say(
                Component::Instance,
                Decision::Rejected,
                format!(
                    "Nothing on {label} listens on port {port}, so its operating system says no at once"
                ),
            );
            return Err((Verdict::Refused, Cause::NoListener { instance: id }));
        };
        say(
            Component::Service,
            Decision::Answered,
            format!("{service} on {label} listens on port {port} and answers"),
        );
        self.served = Some((site.caller(), id));
        self.log_in(site)
    }

    /// `ssh` is not done when the port answers: the machine must know the user and the key.
    pub(super) fn log_in(&mut self, site: Site<'w>) -> Result<(), End> {
        let Client::Ssh { user, key } = &self.probe.client else {
            return Ok(());
        };
        let id = site.instance.id;
        if self.pushed(site, user.as_deref(), key.as_deref()) {
            return Ok(());
        }
        let expected = site.instance.os().map_or("", |image| image.default_user);
        let mut refuse = |text: String, cause: Cause| {
            self.hops.push(hop(
                Component::Service,
                id.to_string(),
                Way::Back,
                Decision::Rejected,
                text,
            ));
            Err((Verdict::PermissionDenied, cause))
        };
        if let Some(user) = user.as_deref().filter(|user| *user != expected) {
            return refuse(
                format!(
                    "sshd: the user {user} has no key on this machine; its image's user is {expected}"
                ),
                Cause::WrongUser { instance: id },
            );
        }
        let own = site.instance.key_name.as_deref();
        match (key.as_deref(), own) {
            (_, None) => refuse(
                "sshd: the instance was launched without a key pair, so no key opens it".to_owned(),
                Cause::WrongKey { instance: id },
            ),
            (None, Some(own)) => refuse(
                format!("sshd: no key was offered; it lets in who holds the private key of {own}"),
                Cause::WrongKey { instance: id },
            ),
            (Some(key), Some(own)) if key != own => refuse(
                format!("sshd: this is not the key that the instance was launched with ({own})"),
                Cause::WrongKey { instance: id },
            ),
            _ => Ok(()),
        }
    }

    /// Whether EC2 Instance Connect has pushed this key for this user less than a minute ago, and the image has its part
    /// (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-linux-inst-eic.html>).
    fn pushed(&self, site: Site<'w>, user: Option<&str>, key: Option<&str>) -> bool {
        let Some(image) = site.instance.os().filter(|image| image.instance_connect) else {
            return false;
        };
        let user = user.unwrap_or(image.default_user);
        let offered = key
            .and_then(|name| site.region.key_by_name(name))
            .and_then(|key| key_parts(&key.public_key))
            .map(|(_, body)| body);
        site.instance.temporary_keys.iter().any(|pushed| {
            pushed.user == user
                && pushed.until > self.world.now()
                && offered == Some(pushed.body.as_str())
        })
    }
}
