//! One rule while it is edited.

use super::draft::{Draft, KINDS, Part, SOURCES};
use crate::app::use_app;
use crate::ui::components::{
    Button, ButtonVariant, FormField, Icon, IconName, Select, SelectOption, TextInput,
};
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::SecurityGroupId;
use yew::prelude::*;

/// Props of [`RuleRow`].
#[derive(Properties, PartialEq)]
pub struct RuleRowProps {
    /// Prefix of the ids of its fields.
    pub id: AttrValue,
    /// Its place, from 1, for names that are spoken.
    pub number: usize,
    /// What was typed.
    pub draft: Draft,
    /// An outbound rule.
    pub egress: bool,
    /// The group whose rule it is.
    pub group: SecurityGroupId,
    /// What is wrong: in which field, and the words.
    pub wrong: Option<(Option<Part>, String)>,
    /// Called with the row as it is now.
    pub onchange: Callback<Draft>,
    /// Called with its key when it is to go.
    pub onremove: Callback<u32>,
}

/// The fields of a rule in a row; in a column where there is no room.
#[component]
pub fn RuleRow(props: &RuleRowProps) -> Html {
    let app = use_app();
    let draft = &props.draft;
    let (protocol, port) = draft.fixed();
    let part = |name: &str| format!("{}-{name}", props.id);
    let error = |wanted: Part| match &props.wrong {
        Some((Some(part), words)) if *part == wanted => Some(AttrValue::from(words.clone())),
        _ => None,
    };
    let note = match &props.wrong {
        Some((None, words)) => Some(words.clone()),
        _ => None,
    };
    let put = |change: fn(&mut Draft, String)| {
        let (draft, onchange) = (draft.clone(), props.onchange.clone());
        Callback::from(move |text: String| {
            let mut next = draft.clone();
            change(&mut next, text);
            onchange.emit(next);
        })
    };
    let pick = |change: fn(&mut Draft, AttrValue)| {
        let (draft, onchange) = (draft.clone(), props.onchange.clone());
        Callback::from(move |value: AttrValue| {
            let mut next = draft.clone();
            change(&mut next, value);
            onchange.emit(next);
        })
    };
    let remove = {
        let key = draft.key;
        props.onremove.reform(move |_: MouseEvent| key)
    };
    let kinds: Vec<SelectOption> = KINDS
        .iter()
        .map(|(value, words, ..)| SelectOption::new(*value, *words))
        .collect();
    let sources: Vec<SelectOption> = SOURCES
        .iter()
        .map(|(value, words)| SelectOption::new(*value, *words))
        .collect();
    let (ports_label, ports_free, ports_shown) = match (draft.kind.as_str(), port) {
        (_, Some(port)) => ("Port range", false, port.to_string()),
        ("icmp", _) => ("Type:code", true, draft.ports.clone()),
        ("number", _) => ("Protocol number", true, draft.ports.clone()),
        ("all", _) => ("Port range", false, "All".to_owned()),
        _ => ("Port range", true, draft.ports.clone()),
    };
    let hint = match draft.kind.as_str() {
        "icmp" => "all",
        "number" => "47",
        _ => "8080 or 8000-8080",
    };
    let protocol_words = match protocol {
        "-1" => "All protocols".to_owned(),
        "" => "By number".to_owned(),
        word => word.to_uppercase(),
    };
    let side = if props.egress {
        "Destination"
    } else {
        "Source"
    };
    html! {
        <fieldset class={classes!("rule-row", draft.original.is_none().then_some("is-new"))}>
            <legend class="visually-hidden">{ format!("Rule {}", props.number) }</legend>
            <FormField id={part("type")} label="Type" info={html! { <span class="muted rule-protocol">{ protocol_words }</span> }}>
                <Select value={draft.kind.clone()} options={kinds} onchange={pick(|draft, value| { draft.kind = value; draft.ports.clear(); })} />
            </FormField>
            <FormField id={part("ports")} label={ports_label} error={error(Part::Ports)}>
                <TextInput value={ports_shown} oninput={put(|draft, text| draft.ports = text)} readonly={!ports_free} code=true
                    placeholder={ports_free.then_some(hint)} />
            </FormField>
            <FormField id={part("source")} label={side}>
                <Select value={draft.source.clone()} options={sources} onchange={pick(|draft, value| draft.source = value)} />
            </FormField>
            { match draft.source.as_str() {
                "group" => html! {
                    <FormField id={part("group")} label="Security group" error={error(Part::Source)} class="rule-value">
                        <Select value={draft.group.clone()} options={group_options(&app, props.group)} placeholder="Choose a group"
                            onchange={pick(|draft, value| draft.group = value)} />
                    </FormField>
                },
                "custom" => html! {
                    <FormField id={part("cidr")} label="CIDR block" error={error(Part::Source)} class="rule-value">
                        <TextInput value={draft.cidr.clone()} oninput={put(|draft, text| draft.cidr = text)} code=true placeholder="198.51.100.0/24" />
                    </FormField>
                },
                _ => html! {
                    <FormField id={part("cidr")} label="CIDR block" error={error(Part::Source)} class="rule-value">
                        <TextInput value={draft.peer().to_owned()} readonly=true code=true />
                    </FormField>
                },
            } }
            <FormField id={part("description")} label="Description" optional=true class="rule-words">
                <TextInput value={draft.description.clone()} oninput={put(|draft, text| draft.description = text)} />
            </FormField>
            <Button class="rule-remove" variant={ButtonVariant::Icon} icon={IconName::Remove} id={part("remove")}
                label={format!("Remove rule {}", props.number)} onclick={remove} />
            if let Some(words) = note {
                <p class="rule-note field-error"><Icon name={IconName::StatusError} label="Error:" /><span>{ words }</span></p>
            }
        </fieldset>
    }
}

/// The groups of the same VPC; a group may name itself.
fn group_options(app: &crate::state::AppState, own: SecurityGroupId) -> Vec<SelectOption> {
    let Some(region) = app.region() else {
        return Vec::new();
    };
    let vpc = region.security_groups.get(&own).map(|group| group.vpc);
    parts::groups(region)
        .into_iter()
        .filter(|group| Some(group.vpc) == vpc)
        .map(|group| {
            let own = if group.id == own {
                ", this group itself"
            } else {
                ""
            };
            SelectOption::new(
                group.id.to_string(),
                format!("{} ({}{own})", group.name, group.id),
            )
        })
        .collect()
}
