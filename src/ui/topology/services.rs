//! What runs inside an instance, in one line.

use ec2_lab_engine::guest::Power;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};

/// `sshd listens · httpd stopped`, `starting: nothing answers yet`.
#[must_use]
pub fn words(row: &Instance) -> String {
    match (row.guest.power, row.state) {
        (Power::Booting, _) | (Power::Off, InstanceState::Pending | InstanceState::Running) => {
            "starting: nothing answers yet".to_owned()
        }
        (Power::Off, _) => "switched off: nothing listens".to_owned(),
        (Power::Up, _) => {
            let mut said: Vec<String> = row
                .guest
                .services
                .iter()
                .map(|(name, service)| {
                    if service.running {
                        format!("{name} listens")
                    } else {
                        format!("{name} stopped")
                    }
                })
                .collect();
            if said.is_empty() {
                said.push("nothing listens".to_owned());
            }
            if !row.guest.firewall.is_empty() {
                said.push("own firewall on".to_owned());
            }
            said.join(" · ")
        }
    }
}
