//! Firewall: a new security group with its first rules, or groups that there are.

use super::form::Admit;
use super::parts::SectionProps;
use super::problems::Field;
use crate::app::use_app;
use crate::route::{Route, Section};
use crate::ui::components::{
    Alert, Checkbox, FormField, RadioGroup, RadioOption, Select, SelectOption, StatusKind,
    TextInput,
};
use ec2_lab_engine::network::LAPTOP;
use ec2_lab_engine::resources::security_group::SecurityGroup;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// What may come in.
#[component]
pub fn Firewall(props: &SectionProps) -> Html {
    let ways: IArray<RadioOption> = vec![
        RadioOption::new("new", "Create security group"),
        RadioOption::new("existing", "Select existing security groups"),
    ]
    .into();
    let choose = props.on(|form, value: AttrValue| form.create_group = value == "new");
    let value = if props.form.create_group {
        "new"
    } else {
        "existing"
    };
    html! {
        <>
            <FormField id="launch-firewall" label="Firewall (security groups)" group=true
                description={html! { { "A security group lists what may reach the instance. What no rule allows is dropped in silence." } }}>
                <RadioGroup name="launch-firewall" cards=true {value} options={ways} onchange={choose} />
            </FormField>
            if props.form.create_group { <NewGroup ..props.clone() /> } else { <ExistingGroups ..props.clone() /> }
        </>
    }
}

#[component]
fn NewGroup(props: &SectionProps) -> Html {
    let form = &props.form;
    html! {
        <>
            <div class="columns">
                <FormField id="launch-group-name" label="Security group name" error={props.error(Field::GroupName)}>
                    <TextInput value={form.group_name.clone()} oninput={props.on(|form, text: String| form.group_name = text)} />
                </FormField>
                <FormField id="launch-group-description" label="Description" error={props.error(Field::GroupDescription)}>
                    <TextInput value={form.group_description.clone()} oninput={props.on(|form, text: String| form.group_description = text)} />
                </FormField>
            </div>
            <FormField id="launch-rules" label="Inbound rules" group=true error={props.error(Field::Rules)}>
                <div class="choices launch-rules">
                    { view_login(props) }
                    <Checkbox id="launch-allow-http" checked={form.admit_http} onchange={props.on(|form, on: bool| form.admit_http = on)}
                        description="TCP 80 from 0.0.0.0/0">{ "Allow HTTP from the internet" }</Checkbox>
                    <Checkbox id="launch-allow-https" checked={form.admit_https} onchange={props.on(|form, on: bool| form.admit_https = on)}
                        description="TCP 443 from 0.0.0.0/0">{ "Allow HTTPS from the internet" }</Checkbox>
                </div>
            </FormField>
            { view_meaning(props) }
        </>
    }
}

fn view_login(props: &SectionProps) -> Html {
    let client = if props.form.login_port() == 3389 {
        "RDP"
    } else {
        "SSH"
    };
    let options: IArray<SelectOption> = vec![
        SelectOption::new(Admit::Nobody.value(), "nobody: no rule"),
        SelectOption::new(Admit::Laptop.value(), format!("my laptop: {LAPTOP}/32")),
        SelectOption::new(Admit::Anywhere.value(), "anywhere: 0.0.0.0/0"),
    ]
    .into();
    html! {
        <FormField id="launch-allow-login" label={format!("Allow {client} from")} class="launch-admit" constraint={format!("TCP {}", props.form.login_port())}>
            <Select value={props.form.admit_login.value()} {options} onchange={props.on(|form, value: AttrValue| form.admit_login = Admit::parse(&value))} />
        </FormField>
    }
}

/// What the chosen rules come to.
fn view_meaning(props: &SectionProps) -> Html {
    if props.form.rules().is_empty() {
        return html! {
            <Alert kind={StatusKind::Info} title="Nothing gets in yet.">
                { "Every connection to the instance will time out until a rule lets it in. You can add rules at any time, also while it runs." }
            </Alert>
        };
    }
    if props.form.admit_login == Admit::Anywhere {
        return html! {
            <Alert kind={StatusKind::Warning} title="Open to the whole internet.">
                { "Rules with a source of 0.0.0.0/0 let all IP addresses reach the instance. Let only known addresses in." }
            </Alert>
        };
    }
    Html::default()
}

#[component]
fn ExistingGroups(props: &SectionProps) -> Html {
    let app = use_app();
    let mut groups: Vec<&SecurityGroup> = app
        .region()
        .into_iter()
        .flat_map(|region| region.security_groups.values())
        .filter(|group| Some(group.vpc) == props.form.vpc)
        .collect();
    groups.sort_by_key(|group| group.serial);
    html! {
        <>
            <FormField id="launch-groups" label="Common security groups" group=true error={props.error(Field::Group)}
                constraint={format!("{} of at most 5 chosen. A packet is let in when any of them allows it.", props.form.groups.len())}>
                <div class="choices">
                    { for groups.iter().enumerate().map(|(index, group)| view_group(props, group, index == 0)) }
                </div>
            </FormField>
            if props.form.groups.is_empty() {
                <Alert kind={StatusKind::Info} title="None chosen.">
                    { "AWS then gives the VPC's group named default, which lets in only its own members. " }
                    <a href={Route::Lab(Section::SecurityGroups).href()}>{ "See the groups" }</a>
                </Alert>
            }
        </>
    }
}

fn view_group(props: &SectionProps, group: &SecurityGroup, first: bool) -> Html {
    let id = group.id;
    let rules = group.rules_of(false).count();
    let description = format!(
        "{id}, {rules} inbound {}",
        if rules == 1 { "rule" } else { "rules" }
    );
    let change = props.on(move |form, on: bool| {
        form.groups.retain(|other| *other != id);
        if on {
            form.groups.push(id);
        }
    });
    // The first one stands for the whole list where focus has to go to it.
    let html_id = if first {
        Field::Group.id().to_owned()
    } else {
        format!("launch-group-{id}")
    };
    html! {
        <Checkbox id={html_id} checked={props.form.groups.contains(&id)} onchange={change} {description}>{ group.name.clone() }</Checkbox>
    }
}
