//! StartService and StopService: what a learner does with `systemctl` inside the machine.

use super::running;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::guest::service::{self, APPLICATION, Service};
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::resources::security_group::Protocol;

/// Starts a service, bringing it onto the machine first if it is not there. `app` is a program on a port of one's choice.
///
/// # Errors
/// `IncorrectInstanceState` unless the machine is up, `UnknownService`, `InvalidParameterValue` for a port.
pub fn start(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = running(ctx, input)?;
    let id = row.id;
    let name = input
        .required("Name")?
        .trim_end_matches(".service")
        .to_owned();
    let installed = row
        .guest
        .services
        .get(&name)
        .map(|service| service.ports.clone());
    let ports = match (name.as_str(), input.integer("Port")?) {
        (APPLICATION, port) => {
            let word = input.text("Protocol")?.unwrap_or("tcp");
            let protocol = Protocol::parse(word)
                .filter(|protocol| protocol.has_ports())
                .ok_or_else(|| ApiError::InvalidParameterValue {
                    detail: format!(
                        "Invalid value '{word}' for Protocol. A program listens on tcp or udp."
                    ),
                })?;
            let port = port.unwrap_or(8080);
            let port = u16::try_from(port)
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| ApiError::InvalidParameterValue {
                    detail: format!(
                        "Invalid value '{port}' for Port. A port is a number from 1 to 65535."
                    ),
                })?;
            // Another port is another program: the first goes on.
            let mut ports = row
                .guest
                .services
                .get(APPLICATION)
                .filter(|service| service.running)
                .map_or_else(Vec::new, |service| service.ports.clone());
            if !ports.contains(&(protocol, port)) {
                ports.push((protocol, port));
            }
            ports
        }
        (_, Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: format!("Port can only be given for '{APPLICATION}'; {name} has its own."),
            });
        }
        (known, None) => installed
            .or_else(|| service::ports(known).map(<[_]>::to_vec))
            .ok_or_else(|| ApiError::UnknownService { name: name.clone() })?,
    };
    let windows = row.os().is_some_and(|os| os.windows);
    if (name == "rdp") != windows
        && matches!(
            name.as_str(),
            "rdp" | "sshd" | "httpd" | "apache2" | "nginx" | "vsftpd"
        )
    {
        return Err(ApiError::UnknownService { name });
    }
    let taken = row
        .guest
        .listeners()
        .find(|(protocol, port, other)| *other != name && ports.contains(&(*protocol, *port)));
    if let Some((_, port, other)) = taken {
        return Err(ApiError::AddressInUse {
            port: port.to_string(),
            service: other.to_owned(),
        });
    }
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        let enabled = row
            .guest
            .services
            .get(&name)
            .is_some_and(|service| service.enabled);
        row.guest.services.insert(
            name.clone(),
            Service {
                ports,
                enabled,
                running: true,
            },
        );
        row.guest
            .console
            .push(format!("systemd[1]: Started {name}.service"));
    }
    ctx.events.push(Event::ServiceStarted {
        instance: id,
        service: name,
    });
    Ok(object! {})
}

/// Stops a service.
///
/// # Errors
/// `IncorrectInstanceState` unless the machine is up, `UnknownService`.
pub fn stop(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = running(ctx, input)?;
    let id = row.id;
    let name = input
        .required("Name")?
        .trim_end_matches(".service")
        .to_owned();
    if !row.guest.services.contains_key(&name) {
        return Err(ApiError::UnknownService { name });
    }
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        if let Some(service) = row.guest.services.get_mut(&name) {
            service.running = false;
        }
        row.guest
            .console
            .push(format!("systemd[1]: Stopped {name}.service"));
    }
    ctx.events.push(Event::ServiceStopped {
        instance: id,
        service: name,
    });
    Ok(object! {})
}
