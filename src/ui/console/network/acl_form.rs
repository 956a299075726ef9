//! Adds a rule to a network ACL.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{
    Button, Expandable, FormField, IconName, Select, SelectOption, TextInput,
};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::on_submit;
use ec2_lab_engine::ids::NetworkAclId;
use ec2_lab_engine::json::{Value, json};
use yew::prelude::*;

/// Props of [`AclForm`].
#[derive(Properties, PartialEq)]
pub struct AclFormProps {
    /// The ACL.
    pub id: NetworkAclId,
    /// An outbound rule.
    pub egress: bool,
    /// What its ids end with.
    pub mark: AttrValue,
}

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    number: String,
    protocol: AttrValue,
    ports: String,
    cidr: String,
    action: AttrValue,
}

impl Draft {
    /// The rule as the call takes it, or what is wrong with number and ports.
    fn input(
        &self,
        acl: NetworkAclId,
        egress: bool,
    ) -> Result<Value, (&'static str, &'static str)> {
        let number: i64 = self
            .number
            .trim()
            .parse()
            .map_err(|_| ("number", "Type a whole number from 1 to 32766."))?;
        let mut input = json!({
            "NetworkAclId": acl.to_string(), "RuleNumber": number, "Protocol": self.protocol.to_string(),
            "RuleAction": self.action.to_string(), "Egress": egress, "CidrBlock": self.cidr.trim(),
        });
        let extra = match self.protocol.as_str() {
            "tcp" | "udp" => {
                let text = self.ports.trim();
                let (from, to) = text.split_once('-').unwrap_or((text, text));
                let port = |text: &str| {
                    text.trim().parse::<u16>().map_err(|_| {
                        (
                            "ports",
                            "Type a port such as 443, or a range such as 1024-65535.",
                        )
                    })
                };
                Some(("PortRange", json!({ "From": port(from)?, "To": port(to)? })))
            }
            "icmp" => Some(("IcmpTypeCode", json!({ "Type": -1, "Code": -1 }))),
            _ => None,
        };
        if let (Some((key, value)), Some(map)) = (extra, input.as_object_mut()) {
            map.insert(key.to_owned(), value);
        }
        Ok(input)
    }
}

/// A folded form below the rules of a direction.
#[component]
pub fn AclForm(props: &AclFormProps) -> Html {
    let app = use_app();
    let draft = use_state(|| Draft {
        number: "90".to_owned(),
        protocol: "tcp".into(),
        ports: "22".to_owned(),
        cidr: "0.0.0.0/0".to_owned(),
        action: "deny".into(),
    });
    let prefix = format!(
        "{}{}",
        if props.egress { "acl-out" } else { "acl-in" },
        props.mark
    );
    let input = draft.input(props.id, props.egress);
    let calls: Vec<_> = input
        .iter()
        .map(|input| app.call("CreateNetworkAclEntry", input.clone()))
        .collect();
    let refusal = try_calls(&app, &calls).err();
    let typed = |field: &str| {
        input
            .as_ref()
            .err()
            .filter(|(wrong, _)| *wrong == field)
            .map(|(_, words)| AttrValue::from(*words))
    };
    let about_number = refusal.as_ref().filter(|error| {
        error.message().contains("number") || error.code() == "NetworkAclEntryAlreadyExists"
    });
    let about_cidr = refusal
        .as_ref()
        .filter(|error| error.message().contains("cidrBlock"));
    let about_ports = refusal
        .as_ref()
        .filter(|error| error.message().contains("port"));
    let words = |error: Option<&ec2_lab_engine::ApiError>| {
        error.map(|error| AttrValue::from(format!("{}: {}", error.code(), error.message())))
    };
    let placed = about_number.is_some() || about_cidr.is_some() || about_ports.is_some();
    let fine = refusal.is_none() && input.is_ok();
    let onsubmit = {
        let (app, calls) = (app.clone(), calls.clone());
        let said = format!("Added ACL rule {}.", draft.number.trim());
        on_submit(move || {
            if fine {
                app.dispatch(Message::CallSaying(calls.clone(), said.clone()));
            }
        })
    };
    let put = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        Callback::from(move |text: String| {
            let mut next = (*draft).clone();
            change(&mut next, text);
            draft.set(next);
        })
    };
    let pick =
        |change: fn(&mut Draft, String)| put(change).reform(|value: AttrValue| value.to_string());
    let protocols = vec![
        SelectOption::new("tcp", "TCP"),
        SelectOption::new("udp", "UDP"),
        SelectOption::new("icmp", "ICMP"),
        SelectOption::new("-1", "All"),
    ];
    let actions = vec![
        SelectOption::new("deny", "Deny"),
        SelectOption::new("allow", "Allow"),
    ];
    let has_ports = matches!(draft.protocol.as_str(), "tcp" | "udp");
    let title = if props.egress {
        "Add an outbound rule"
    } else {
        "Add an inbound rule"
    };
    html! {
        <Expandable {title} class="acl-form">
            <form class="form" {onsubmit}>
                <div class="form-row">
                    <FormField id={format!("{prefix}-number")} label="Rule number" error={typed("number").or(words(about_number))}>
                        <TextInput value={draft.number.clone()} oninput={put(|draft, text| draft.number = text)} inputmode="numeric" code=true />
                    </FormField>
                    <FormField id={format!("{prefix}-protocol")} label="Protocol">
                        <Select value={draft.protocol.clone()} options={protocols} onchange={pick(|draft, text| draft.protocol = text.into())} />
                    </FormField>
                    if has_ports {
                        <FormField id={format!("{prefix}-ports")} label="Port range" error={typed("ports").or(words(about_ports))}>
                            <TextInput value={draft.ports.clone()} oninput={put(|draft, text| draft.ports = text)} code=true />
                        </FormField>
                    }
                    <FormField id={format!("{prefix}-cidr")} label={if props.egress { "Destination" } else { "Source" }} error={words(about_cidr)}>
                        <TextInput value={draft.cidr.clone()} oninput={put(|draft, text| draft.cidr = text)} code=true />
                    </FormField>
                    <FormField id={format!("{prefix}-action")} label="Allow or deny">
                        <Select value={draft.action.clone()} options={actions} onchange={pick(|draft, text| draft.action = text.into())} />
                    </FormField>
                </div>
                if let Some(error) = refusal.filter(|_| !placed) { <Refused {error} /> }
                if fine { <Preview {calls} /> }
                <div class="form-actions">
                    <Button id={format!("{prefix}-add")} submit=true icon={IconName::Add}
                        disabled_reason={(!fine).then_some(AttrValue::from("AWS refuses this rule; the field says why."))}>{ "Add rule" }</Button>
                </div>
            </form>
        </Expandable>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ec2_lab_engine::ids::ResourceId;

    #[test]
    fn reads_ranges_and_says_what_is_wrong() {
        let id = NetworkAclId::from_bits(1);
        let mut draft = Draft {
            number: "90".to_owned(),
            protocol: "tcp".into(),
            ports: "1024 - 65535".to_owned(),
            cidr: "0.0.0.0/0".to_owned(),
            action: "allow".into(),
        };
        assert_eq!(
            draft.input(id, true).unwrap().pointer("/PortRange/To"),
            Some(&json!(65_535))
        );
        draft.ports = "ssh".to_owned();
        assert_eq!(draft.input(id, true).unwrap_err().0, "ports");
        draft.number = "x".to_owned();
        assert_eq!(draft.input(id, true).unwrap_err().0, "number");
    }
}
