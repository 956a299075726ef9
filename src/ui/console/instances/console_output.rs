//! The serial console of an instance: what a screen on the machine would have shown.

use super::protection::InstanceDialogProps;
use crate::app::use_app;
use crate::ui::components::{CodeBlock, Modal, ModalSize};
use crate::ui::console::section::command::Preview;
use crate::ui::console::section::parts::copier;
use ec2_lab_engine::json::json;
use yew::prelude::*;

/// The dialog with the log.
#[component]
pub fn ConsoleOutput(props: &InstanceDialogProps) -> Html {
    let app = use_app();
    let row = app
        .region()
        .and_then(|region| region.instances.get(&props.instance));
    let Some(row) = row else {
        return Html::default();
    };
    let call = app.call(
        "GetConsoleOutput",
        json!({ "InstanceId": row.id.to_string(), "Latest": true }),
    );
    let log = row.guest.console.join("\n");
    html! {
        <Modal id={props.id.clone()} open={props.open} title={format!("Console output of {}", row.label())}
            onclose={props.onclose.clone()} size={ModalSize::Large}>
            <p class="muted">{ "What the machine wrote since its first boot. It is the first place to look when user data failed or nobody can log in." }</p>
            if log.is_empty() {
                <p>{ "Nothing yet: the machine has not booted." }</p>
            } else {
                <CodeBlock text={log} what="console output" oncopy={copier(&app, "the console output")} />
            }
            <Preview calls={vec![call]} />
        </Modal>
    }
}
