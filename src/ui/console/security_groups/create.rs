//! Creates a security group; every field says what AWS takes.

use crate::app::use_app;
use crate::state::{AppState, Message};
use crate::ui::components::{FormField, Modal, ModalSize, Select, SelectOption, TextInput};
use crate::ui::console::section::command::{Preview, Refused, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use yew::prelude::*;

/// What names and descriptions may hold besides letters and digits, as AWS's message lists it.
const PUNCTUATION: &str = " ._-:/()#,@[]+=&;{}!$*";

/// Props of [`CreateGroup`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateGroupProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateGroup(props: &CreateGroupProps) -> Html {
    html! {
        <Modal id="create-group" open={props.open} title="Create security group" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// What AWS says about one of the texts; the other is filled in, so that each field has its own words.
fn refused(app: &AppState, name: &str, description: &str, vpc: &str) -> Option<String> {
    try_calls(app, &[call(app, name, description, vpc)])
        .err()
        .map(|error| error.message())
}

fn call(app: &AppState, name: &str, description: &str, vpc: &str) -> Call {
    app.call(
        "CreateSecurityGroup",
        json!({ "GroupName": name, "Description": description, "VpcId": vpc }),
    )
}

/// The first character that AWS does not take.
fn stray(text: &str) -> Option<char> {
    text.chars()
        .find(|c| !c.is_ascii_alphanumeric() && !PUNCTUATION.contains(*c))
}

/// AWS's words with the character that is in the way.
fn with_stray(words: String, text: &str) -> String {
    match stray(text) {
        Some(c) => format!("“{c}” is not allowed. {words}"),
        None => words,
    }
}

#[component]
fn Form(props: &CreateGroupProps) -> Html {
    let app = use_app();
    let name = use_state(String::new);
    let description = use_state(String::new);
    let touched = use_state(|| (false, false));
    let vpcs = app
        .region()
        .map(|region| parts::by_serial(region.vpcs.values(), |vpc| vpc.serial))
        .unwrap_or_default();
    let first = vpcs
        .first()
        .map(|vpc| AttrValue::from(vpc.id.to_string()))
        .unwrap_or_default();
    let vpc = use_state(|| first);
    let options: Vec<SelectOption> = vpcs
        .iter()
        .map(|vpc| {
            SelectOption::new(
                vpc.id.to_string(),
                format!(
                    "{} ({}{})",
                    vpc.id,
                    vpc.cidr,
                    if vpc.is_default { ", default" } else { "" }
                ),
            )
        })
        .collect();
    let name_error = if name.trim().is_empty() {
        Some("Type a name: other groups and commands will call it by this.".to_owned())
    } else {
        refused(&app, &name, "x", &vpc).map(|words| with_stray(words, &name))
    };
    let description_error = if description.is_empty() {
        Some("Type what it is for. AWS asks for it, and it cannot be changed later.".to_owned())
    } else {
        refused(&app, "a name that nobody has", &description, &vpc)
            .map(|words| with_stray(words, &description))
    };
    let calls = vec![call(&app, &name, &description, &vpc)];
    let ready = name_error.is_none() && description_error.is_none();
    let refusal = if ready {
        try_calls(&app, &calls).err()
    } else {
        None
    };
    let onsubmit = {
        let (app, touched, onclose, calls) = (
            app.clone(),
            touched.setter(),
            props.onclose.clone(),
            calls.clone(),
        );
        let fine = ready && refusal.is_none();
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            } else {
                touched.set((true, true));
            }
        })
    };
    let text = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |value| state.set(value))
    };
    let left = |which: usize| {
        let touched = touched.clone();
        Callback::from(move |_: FocusEvent| {
            touched.set((touched.0 || which == 0, touched.1 || which == 1))
        })
    };
    let onvpc = {
        let vpc = vpc.setter();
        Callback::from(move |value| vpc.set(value))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-group-name" label="Security group name" constraint="Up to 255 characters: letters, digits and spaces, and ._-:/()#,@[]+=&;{}!$*"
                error={name_error.filter(|_| touched.0)}>
                <TextInput value={(*name).clone()} oninput={text(&name)} onblur={left(0)} placeholder="web-sg" />
            </FormField>
            <FormField id="create-group-description" label="Description" error={description_error.filter(|_| touched.1)}>
                <TextInput value={(*description).clone()} oninput={text(&description)} onblur={left(1)} placeholder="Web servers: HTTP for all, SSH from my laptop" />
            </FormField>
            <FormField id="create-group-vpc" label="VPC" description={html! { { "A group belongs to one VPC and works only there." } }}>
                <Select value={(*vpc).clone()} {options} onchange={onvpc} />
            </FormField>
            <p class="muted">{ "A new group lets nothing in and everything out. Add its rules next." }</p>
            if let Some(error) = refusal { <Refused {error} /> }
            if ready { <Preview {calls} /> }
            { form_foot("create-group", &props.onclose, "Create security group", None) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn the_dialog_has_its_fields() {
        let page =
            Lab::new().render(html! { <CreateGroup open=true onclose={Callback::noop()} /> });
        for id in [
            "create-group-name",
            "create-group-description",
            "create-group-vpc",
            "create-group-submit",
        ] {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn aws_names_the_characters_it_takes() {
        let lab = Lab::new();
        let vpc = lab
            .state()
            .region()
            .and_then(|region| region.default_vpc())
            .map(|vpc| vpc.id.to_string())
            .unwrap_or_default();
        let words = refused(lab.state(), "web?", "x", &vpc).unwrap_or_default();
        assert!(words.contains("a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"), "{words}");
        assert!(with_stray(words, "web?").starts_with("“?” is not allowed."));
        assert!(refused(lab.state(), "default", "x", &vpc).is_some());
        assert_eq!(refused(lab.state(), "web", "x", &vpc), None);
    }
}
