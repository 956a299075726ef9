//! Key pair: one that there is, one made in the same step, or none.

use super::form::KeyChoice;
use super::parts::SectionProps;
use super::problems::Field;
use crate::app::use_app;
use crate::ui::components::{
    Alert, FormField, Panel, RadioGroup, RadioOption, Select, SelectOption, StatusKind, TextInput,
};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// Who can log in.
#[component]
pub fn KeySection(props: &SectionProps) -> Html {
    let app = use_app();
    let mut options = vec![
        SelectOption::new(KeyChoice::New.value(), "Create a new key pair"),
        SelectOption::new(
            KeyChoice::None.value(),
            "Proceed without a key pair (not recommended)",
        ),
    ];
    if let Some(region) = app.region() {
        let mut keys: Vec<_> = region.key_pairs.values().collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.serial));
        let known = keys.into_iter().map(|key| {
            SelectOption::new(
                KeyChoice::Existing(key.name.clone()).value(),
                format!("{} ({})", key.name, key.kind),
            )
        });
        options.extend(known.map(|option| option.group("Your key pairs")));
    }
    html! {
        <Panel id="launch-section-key" title="Key pair (login)">
            <FormField id="launch-key" label="Key pair" error={props.error(Field::Key)}
                description={html! { { "AWS puts the public half on the instance; your laptop keeps the private half and logs in with it." } }}>
                <Select value={props.form.key.value()} options={IArray::from(options)}
                    onchange={props.on(|form, value: AttrValue| form.key = KeyChoice::parse(&value))} />
            </FormField>
            { match props.form.key {
                KeyChoice::New => view_new(props),
                KeyChoice::None => view_none(props),
                KeyChoice::Existing(_) => Html::default(),
            } }
        </Panel>
    }
}

fn view_new(props: &SectionProps) -> Html {
    let kinds: IArray<RadioOption> = vec![
        RadioOption::new("rsa", "RSA").description("Works with Linux and Windows"),
        RadioOption::new("ed25519", "ED25519").description("Shorter; not for Windows"),
    ]
    .into();
    let choose = props.on(|form, value: AttrValue| {
        form.key_type = if value == "ed25519" { "ed25519" } else { "rsa" }
    });
    html! {
        <div class="columns">
            <FormField id="launch-key-name" label="Key pair name" error={props.error(Field::KeyName)} constraint="Made in the same step as the instance.">
                <TextInput value={props.form.key_name.clone()} oninput={props.on(|form, text: String| form.key_name = text)} />
            </FormField>
            <RadioGroup name="launch-key-type" legend="Key pair type" value={props.form.key_type} options={kinds} onchange={choose} />
        </div>
    }
}

fn view_none(props: &SectionProps) -> Html {
    let (port, client) = (
        props.form.login_port(),
        if props.form.login_port() == 22 {
            "SSH"
        } else {
            "Remote Desktop"
        },
    );
    html! {
        <Alert kind={StatusKind::Warning} title="Nobody will be able to log in.">
            { format!("{client} on port {port} will answer “permission denied”, whatever the rules say. A key pair cannot be added later.") }
        </Alert>
    }
}
