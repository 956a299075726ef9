//! Against what the machine says: start it, wait for it, its firewall, its services, its users; and the other address.

use super::super::super::probe::{Client, LAPTOP, Probe, STRANGER, Source, Target, words};
use super::super::super::{resolve, terminal};
use super::super::{Candidate, Change, Exposure, PATIENCE};
use super::Search;
use crate::guest::service;
use crate::ids::InstanceId;
use crate::json::{Value, json};
use crate::object;
use crate::output::text;
use crate::resources::security_group::Protocol;
use crate::world::Caller;

impl Search<'_> {
    pub(super) fn start(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else {
            return;
        };
        let call = self.call(
            "StartInstances",
            json!({ "InstanceIds": [instance.to_string()] }),
        );
        let note = if row.public_ip_at_start {
            "It gets another public address; connect to that one."
        } else {
            "It keeps its addresses."
        };
        self.add(
            format!("Start {}", row.label()),
            note,
            vec![call],
            Exposure::default(),
        );
    }

    pub(super) fn wait(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else {
            return;
        };
        let mut copy = self.world.clone();
        let until = copy.now().plus(PATIENCE);
        while let Some(next) = copy.next_wakeup().filter(|next| *next <= until) {
            copy.advance_to(next);
            let up = copy
                .region(&self.caller)
                .and_then(|region| region.instances.get(&instance));
            if up.is_some_and(|row| row.guest.power == crate::guest::Power::Up) {
                break;
            }
        }
        let milliseconds = copy.now().since(self.world.now());
        let title = format!(
            "Wait {} until {} has started",
            terminal::duration_words(milliseconds),
            row.label()
        );
        self.found.push(Candidate {
            title,
            note: "Nothing is wrong.".to_owned(),
            change: Change::Wait(milliseconds),
            exposure: Exposure::default(),
        });
    }

    pub(super) fn firewall(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else {
            return;
        };
        let (protocol, port) = (self.probe.wire_protocol(), self.probe.wire_port());
        let Some(deciding) = row.guest.firewall_rule(protocol, port) else {
            return;
        };
        let rules: Vec<Value> = row
            .guest
            .firewall
            .iter()
            .filter(|rule| *rule != deciding)
            .map(crate::operations::lab::describe_rule)
            .collect();
        let input = object! { "InstanceId": text(instance), "Rules": rules };
        let call = self.call("PutFirewall", input);
        let title = format!(
            "Take the rule for {} out of the firewall inside {}",
            words(deciding.protocol, deciding.port),
            row.label()
        );
        self.add(
            title,
            "The security group still decides who may come this far.",
            vec![call],
            Exposure::default(),
        );
    }

    pub(super) fn listener(&mut self, instance: InstanceId) {
        let (Some(row), Some(port)) =
            (self.region.instances.get(&instance), self.probe.wire_port())
        else {
            return;
        };
        let windows = row.os().is_some_and(|image| image.windows);
        let protocol = self.probe.wire_protocol();
        let installed = row
            .guest
            .services
            .iter()
            .find(|(_, service)| service.ports.contains(&(protocol, port)))
            .map(|(name, _)| name.as_str());
        let usual = installed.unwrap_or_else(|| service::unit_for_port(protocol, port, windows));
        // A web server has two ports; when a program holds the other one, it cannot start.
        let held = |(protocol, port): &(Protocol, u16)| {
            row.guest
                .listener(*protocol, *port)
                .is_some_and(|holder| holder != usual)
        };
        let unit = if service::ports(usual).unwrap_or_default().iter().any(held) {
            service::APPLICATION
        } else {
            usual
        };
        let mut input = object! { "InstanceId": text(instance), "Name": unit };
        if let Some(map) = input
            .as_object_mut()
            .filter(|_| unit == service::APPLICATION)
        {
            map.insert("Port".to_owned(), json!(port));
            map.insert("Protocol".to_owned(), json!(protocol.to_string()));
        }
        let title = if unit == service::APPLICATION {
            format!("Start a program on port {port} of {}", row.label())
        } else {
            format!("Start {unit} on {}", row.label())
        };
        let call = self.call("StartService", input);
        self.add(
            title,
            "Then somebody is home. Nothing else opens: the rule is there already.",
            vec![call],
            Exposure::default(),
        );
    }

    pub(super) fn login(&mut self, instance: InstanceId) {
        let Some(row) = self.region.instances.get(&instance) else {
            return;
        };
        let Some(user) = row.os().map(|image| image.default_user) else {
            return;
        };
        let Some(key) = row.key_name.clone() else {
            return;
        };
        let title = format!("Log in as {user} with the key {key}");
        let client = Client::Ssh {
            user: Some(user.to_owned()),
            key: Some(key),
        };
        self.retry(
            title,
            "The image decides the user, the launch decides the key.",
            Probe {
                client,
                ..self.probe.clone()
            },
        );
    }

    /// The address of the instance that was meant, as far as one can tell from its private address.
    pub(super) fn other_address(&mut self, caller: &Caller) {
        let Target::Address(ip) = self.probe.target else {
            return;
        };
        let Some(region) = self.world.region(caller) else {
            return;
        };
        let found = region
            .private_ips
            .iter()
            .find(|((_, private), _)| *private == ip)
            .and_then(|(_, id)| resolve::site_of(region, *id));
        let Some(site) = found else { return };
        if let Some(public) = site
            .interface
            .public_ip()
            .filter(|_| matches!(self.probe.source, Source::Laptop | Source::Stranger))
        {
            let title = format!(
                "Use the public address {public} of {}",
                site.instance.label()
            );
            let note = format!(
                "{} has no way to a private address.",
                if self.probe.source == Source::Laptop {
                    LAPTOP
                } else {
                    STRANGER
                }
            );
            self.retry(
                title,
                &note,
                Probe {
                    target: Target::Address(public),
                    ..self.probe.clone()
                },
            );
        }
    }
}
