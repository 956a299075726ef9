//! Imports the public half of a key pair that the learner has.

use super::create::KeyDialogProps;
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{FormField, Modal, ModalSize, TextArea, TextInput};
use crate::ui::console::section::command::{Preview, try_calls};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use base64ct::{Base64, Encoding};
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn ImportKeyPair(props: &KeyDialogProps) -> Html {
    html! {
        <Modal id="import-key" open={props.open} title="Import key pair" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

#[component]
fn Form(props: &KeyDialogProps) -> Html {
    let app = use_app();
    let name = use_state(String::new);
    let key = use_state(String::new);
    let touched = use_state(|| (false, false));
    let calls = vec![app.call("ImportKeyPair", json!({ "KeyName": name.trim(), "PublicKeyMaterial": Base64::encode_string(key.trim().as_bytes()) }))];
    let refusal = try_calls(&app, &calls).err();
    let about_key = refusal
        .as_ref()
        .filter(|error| error.code() == "InvalidKey.Format");
    let said = refusal
        .as_ref()
        .map(|error| format!("{}: {}", error.code(), error.message()));
    let name_error = if name.trim().is_empty() {
        Some("Type a name, such as my-laptop.".to_owned())
    } else {
        said.clone()
            .filter(|_| about_key.is_none() && !key.trim().is_empty())
    };
    let key_error = if key.trim().is_empty() {
        Some("Paste the content of a file such as id_ed25519.pub.".to_owned())
    } else if key.contains("PRIVATE KEY") {
        Some("This is the private half. Keep it to yourself: paste the .pub file.".to_owned())
    } else {
        about_key.map(|error| {
            format!(
                "{}: {}. It begins with ssh-rsa or ssh-ed25519.",
                error.code(),
                error.message()
            )
        })
    };
    let fine = name_error.is_none() && key_error.is_none() && refusal.is_none();
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
                app.dispatch(Message::CallSaying(
                    calls.clone(),
                    "Imported the public key.".to_owned(),
                ));
            } else {
                touched.set((true, true));
            }
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let left = |which: usize| {
        let touched = touched.clone();
        Callback::from(move |_: FocusEvent| {
            touched.set((touched.0 || which == 0, touched.1 || which == 1))
        })
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <FormField id="import-key-name" label="Name" error={name_error.filter(|_| touched.0)}>
                <TextInput value={(*name).clone()} oninput={set(&name)} onblur={left(0)} placeholder="my-laptop" />
            </FormField>
            <FormField id="import-key-text" label="Public key" constraint="In OpenSSH's form: ssh-ed25519 AAAA… or ssh-rsa AAAA…"
                error={key_error.filter(|_| touched.1)}>
                <TextArea value={(*key).clone()} oninput={set(&key)} onblur={left(1)} rows=4 code=true />
            </FormField>
            if fine { <Preview {calls} /> }
            { form_foot("import-key", &props.onclose, "Import key pair", None) }
        </form>
    }
}
