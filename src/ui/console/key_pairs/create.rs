//! Creates a key pair. The private half is given out once, to the laptop.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{
    Alert, FormField, Modal, ModalSize, RadioGroup, RadioOption, StatusKind, TextInput,
};
use crate::ui::console::section::command::{Preview, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// Props of a dialog about key pairs.
#[derive(Clone, Properties, PartialEq)]
pub struct KeyDialogProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateKeyPair(props: &KeyDialogProps) -> Html {
    html! {
        <Modal id="create-key" open={props.open} title="Create key pair" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &KeyDialogProps) -> Html {
    let app = use_app();
    let name = use_state(String::new);
    let kind = use_state(|| AttrValue::from("rsa"));
    let touched = use_state(|| false);
    let calls = vec![app.call(
        "CreateKeyPair",
        json!({ "KeyName": name.trim(), "KeyType": kind.to_string() }),
    )];
    let error = if name.trim().is_empty() {
        Some("Type a name, such as lab-key.".to_owned())
    } else {
        try_calls(&app, &calls)
            .err()
            .map(|error| format!("{}: {}", error.code(), error.message()))
    };
    let fine = error.is_none();
    let onsubmit = {
        let (app, touched, onclose, calls) = (
            app.clone(),
            touched.setter(),
            props.onclose.clone(),
            calls.clone(),
        );
        on_submit(move || {
            if fine {
                onclose.emit(());
                app.dispatch(Message::Call(calls.clone()));
            } else {
                touched.set(true);
            }
        })
    };
    let oninput = {
        let name = name.setter();
        Callback::from(move |text| name.set(text))
    };
    let onblur = {
        let touched = touched.setter();
        Callback::from(move |_: FocusEvent| touched.set(true))
    };
    let onchange = {
        let kind = kind.setter();
        Callback::from(move |value| kind.set(value))
    };
    let options = vec![
        RadioOption::new("rsa", "RSA").description("2,048 bits. For Windows, too."),
        RadioOption::new("ed25519", "ED25519").description("Shorter and newer. Not for Windows."),
    ];
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="create-key-name" label="Name" constraint="Up to 255 characters." error={error.filter(|_| *touched)}>
                <TextInput value={(*name).clone()} {oninput} {onblur} placeholder="lab-key" />
            </FormField>
            <FormField id="create-key-type" label="Key pair type" group=true>
                <RadioGroup name="key-type" value={(*kind).clone()} {options} {onchange} cards=true />
            </FormField>
            <Alert kind={StatusKind::Info} title="AWS gives out the private half once and does not keep it.">
                if name.trim().is_empty() {
                    { "Your laptop keeps it. Who loses it can no longer log in to the instances that were launched with it." }
                } else {
                    { "Your laptop keeps it as " }<code>{ format!("{}.pem", name.trim()) }</code>
                    { ". Who loses it can no longer log in to the instances that were launched with it." }
                }
            </Alert>
            if fine { <Preview {calls} /> }
            { form_foot("create-key", &props.onclose, "Create key pair", None) }
        </form>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn says_where_the_private_half_goes() {
        let page =
            Lab::new().render(html! { <CreateKeyPair open=true onclose={Callback::noop()} /> });
        for words in [
            "create-key-name",
            "create-key-submit",
            "Your laptop keeps it",
            "ED25519",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
