//! Application and OS images.

use super::parts::SectionProps;
use super::problems::Field;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{
    CopyText, FormField, KeyValue, KeyValueList, Panel, RadioGroup, RadioOption, Select,
    SelectOption,
};
use ec2_lab_engine::catalogue::{self, Image, Login};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// The cards: value, name, how the keys of its images begin.
const FAMILIES: [(&str, &str, &str); 6] = [
    ("amazon-linux", "Amazon Linux", "al"),
    ("ubuntu", "Ubuntu", "ubuntu"),
    ("debian", "Debian", "debian"),
    ("rhel", "Red Hat", "rhel"),
    ("suse", "SUSE Linux", "suse"),
    ("windows", "Windows", "windows"),
];

/// The images of a family, the proposed one first.
fn images_of(prefix: &str) -> Vec<&'static Image> {
    catalogue::images()
        .filter(|image| image.key.starts_with(prefix))
        .collect()
}

/// The newest image of a family's first key.
fn proposed(prefix: &str) -> Option<&'static Image> {
    catalogue::image_by_key(images_of(prefix).first()?.key)
}

/// The operating system, its version, and what it means for the login.
#[component]
pub fn ImageSection(props: &SectionProps) -> Html {
    let image = props.form.image();
    let family = FAMILIES
        .iter()
        .find(|(_, _, prefix)| image.is_some_and(|image| image.key.starts_with(prefix)));
    let cards: IArray<RadioOption> = FAMILIES
        .iter()
        .map(|(value, name, prefix)| {
            RadioOption::new(*value, *name)
                .description(proposed(prefix).map_or("", |image| image.title))
        })
        .collect();
    let choose_family = props.on(|form, value: AttrValue| {
        let prefix = FAMILIES
            .iter()
            .find(|(family, ..)| *family == value.as_str())
            .map(|(_, _, prefix)| *prefix);
        if let Some(image) = prefix.and_then(proposed) {
            form.choose_image(image.name);
        }
    });
    let versions: IArray<SelectOption> = family
        .map(|(_, _, prefix)| images_of(prefix))
        .unwrap_or_default()
        .into_iter()
        .map(|image| SelectOption::new(image.name, version(image)))
        .collect();
    html! {
        <Panel id="launch-section-image" title="Application and OS images (Amazon Machine Image)">
            <FormField id="launch-image" label="Operating system" group=true
                description={html! { { "An AMI is the disk that the instance starts from: the operating system and what is installed on it." } }}>
                <RadioGroup name="launch-image" cards=true value={family.map_or("", |(value, ..)| *value)} options={cards} onchange={choose_family} />
            </FormField>
            <FormField id="launch-image-version" label="Version and architecture" error={props.error(Field::Image)}>
                <Select value={props.form.image} options={versions} onchange={props.on(|form, name: AttrValue| form.choose_image(&name))} />
            </FormField>
            if let Some(image) = image { <ImageFacts name={image.name} /> }
        </Panel>
    }
}

/// `Amazon Linux 2023, 64-bit (x86), built 2025-12-09`.
fn version(image: &Image) -> String {
    let bits = if image.architecture == "arm64" {
        "64-bit (Arm)"
    } else {
        "64-bit (x86)"
    };
    format!(
        "{}, {bits}, built {}",
        image.title,
        image.created.split('T').next().unwrap_or_default()
    )
}

/// Props of [`ImageFacts`].
#[derive(Properties, PartialEq)]
struct ImageFactsProps {
    name: &'static str,
}

#[component]
fn ImageFacts(props: &ImageFactsProps) -> Html {
    let app = use_app();
    let Some(image) = catalogue::images().find(|image| image.name == props.name) else {
        return Html::default();
    };
    let oncopy = {
        let dispatch = app.dispatcher();
        Callback::from(move |text: AttrValue| {
            dispatch.dispatch(Message::Copy(text.to_string(), "the AMI ID".to_owned()))
        })
    };
    let login = match image.login {
        Login::Ssh => "SSH with a key, port 22",
        Login::Rdp => "Remote Desktop (RDP), port 3389",
    };
    let items: IArray<KeyValue> = vec![
        KeyValue::new("AMI ID", html! { <CopyText text={image.id(app.caller.region).to_string()} what="AMI ID" {oncopy} /> }),
        KeyValue::new("User name", html! { <code>{ image.default_user }</code> }),
        KeyValue::text("Login", login),
        KeyValue::text("Architecture", image.architecture),
        KeyValue::new("Root device", html! { <code>{ image.root_device_name }</code> }),
        KeyValue::text("Root volume", format!("at least {} GiB", image.root_volume_gib)),
    ]
    .into();
    html! { <KeyValueList {items} columns=true /> }
}
