//! PutFirewall: the rules of the operating system's own firewall.

use super::running;
use crate::error::{ApiError, ApiResult};
use crate::guest::{FirewallAction, FirewallRule};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::resources::security_group::Protocol;

/// The words for what a firewall does with a packet.
const ACTIONS: [(&str, FirewallAction); 3] = [
    ("drop", FirewallAction::Drop),
    ("reject", FirewallAction::RejectHostProhibited),
    ("reject-port", FirewallAction::RejectPortUnreachable),
];

/// A rule as PutFirewall takes it.
#[must_use]
pub fn describe_rule(rule: &FirewallRule) -> Value {
    let action = ACTIONS
        .iter()
        .find(|(_, action)| *action == rule.action)
        .map_or("drop", |(word, _)| word);
    object! { "Protocol": rule.protocol.to_string(), "Port": rule.port, "Action": action }
}

/// Replaces the rules; an empty list lets everything pass.
///
/// # Errors
/// `IncorrectInstanceState` unless the machine is up, `InvalidParameterValue` for a rule that no firewall has.
pub fn put(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = running(ctx, input)?.id;
    let mut rules = Vec::new();
    for rule in input.objects("Rules")? {
        let word = rule.text("Protocol")?.unwrap_or("tcp");
        let protocol = Protocol::parse(word).ok_or_else(|| ApiError::InvalidParameterValue {
            detail: format!("Invalid value '{word}' for Protocol."),
        })?;
        let port =
            match rule.integer("Port")? {
                None => None,
                Some(port) => Some(u16::try_from(port).map_err(|_| {
                    ApiError::InvalidParameterValue {
                        detail: format!(
                            "Invalid value '{port}' for Port. A port is a number from 0 to 65535."
                        ),
                    }
                })?),
            };
        let word = rule.required("Action")?;
        let action = ACTIONS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, action)| *action);
        let action = action.ok_or_else(|| ApiError::InvalidParameterValue {
            detail: format!(
                "Invalid value '{word}' for Action. Valid values: drop, reject, reject-port"
            ),
        })?;
        rules.push(FirewallRule {
            protocol,
            port,
            action,
        });
    }
    if let Some(row) = ctx.region_mut()?.instances.get_mut(&id) {
        row.guest.firewall = rules;
    }
    Ok(object! {})
}
