//! Creates a key with a name.

use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{CodeBlock, FormField, Modal, ModalSize, TextInput};
use crate::ui::console::section::confirm::{form_foot, on_submit};
use crate::ui::console::section::parts::copier;
use yew::prelude::*;

/// Props of [`CreateKey`].
#[derive(Clone, Properties, PartialEq)]
pub struct CreateKeyProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is over.
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub fn CreateKey(props: &CreateKeyProps) -> Html {
    html! {
        <Modal id="create-kms-key" open={props.open} title="Create key" onclose={props.onclose.clone()} size={ModalSize::Medium}>
            <Form ..props.clone() />
        </Modal>
    }
}

/// The name as an alias may be written, or why not.
fn problem(name: &str) -> Option<&'static str> {
    let fine = |c: char| c.is_ascii_alphanumeric() || "/_-".contains(c);
    match name {
        "" => Some("Give the key a name."),
        name if name.starts_with("aws/") => Some("Names under aws/ are AWS's own."),
        name if !name.chars().all(fine) => {
            Some("Letters, digits, slashes, dashes and underscores only.")
        }
        _ => None,
    }
}

/// The name of a key is an alias, made with the id that the key gets: two commands, of which the second needs the first one's
/// answer. So the prompt runs them.
#[component]
fn Form(props: &CreateKeyProps) -> Html {
    let app = use_app();
    let name = use_state(|| "images".to_owned());
    let wrong = problem(name.trim());
    let line = format!(
        "aws kms create-alias --alias-name alias/{} --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)",
        name.trim()
    );
    let onsubmit = {
        let (app, onclose, line) = (app.clone(), props.onclose.clone(), line.clone());
        on_submit(move || {
            if wrong.is_none() {
                onclose.emit(());
                app.dispatch(Message::Command(line.clone()));
            }
        })
    };
    let oninput = {
        let name = name.setter();
        Callback::from(move |value| name.set(value))
    };
    html! {
        <form class="dialog-form" {onsubmit}>
            <p>{ "A key of your own: you say in its policy who may use it, and can share with another account what it closes." }</p>
            <FormField id="create-kms-key-name" label="Name" constraint="alias/ is put before it" error={wrong.map(str::to_owned)}>
                <TextInput value={(*name).clone()} {oninput} />
            </FormField>
            if wrong.is_none() {
                <div class="preview">
                    <p class="preview-title">{ "The same as a command" }</p>
                    <CodeBlock text={line} oncopy={copier(&app, "the command")} />
                </div>
            }
            { form_foot("create-kms-key", &props.onclose, "Create key", wrong.map(AttrValue::from)) }
        </form>
    }
}
