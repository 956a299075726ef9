//! A button that opens a lab from a file.

use crate::app::use_app;
use crate::platform::upload;
use crate::state::Message;
use crate::ui::components::{Icon, IconName};
use yew::prelude::*;

/// Props of [`ImportFile`].
#[derive(Properties, PartialEq)]
pub struct ImportFileProps {
    /// Id of the input, unique in the page.
    pub id: AttrValue,
}

/// A native file input in the clothes of a button. What the file holds is judged where it is opened, which says so.
#[component]
pub fn ImportFile(props: &ImportFileProps) -> Html {
    let app = use_app();
    let failed = use_state(|| None::<String>);
    let onchange = {
        let (dispatch, failed) = (app.dispatcher(), failed.clone());
        Callback::from(move |event: Event| {
            let (dispatch, failed) = (dispatch.clone(), failed.clone());
            upload::read_text(
                &event,
                Callback::from(move |read: Result<String, upload::Unreadable>| match read {
                    Ok(text) => {
                        failed.set(None);
                        dispatch.dispatch(Message::Import(text));
                    }
                    Err(reason) => failed.set(Some(reason.words())),
                }),
            );
        })
    };
    let error_id = format!("{}-error", props.id);
    html! {
        <div class="import-file">
            <label class="button is-normal">
                <input id={&props.id} class="visually-hidden" type="file" accept=".json,application/json,text/plain" {onchange}
                    aria-describedby={failed.is_some().then(|| error_id.clone())} aria-invalid={failed.is_some().then_some("true")} />
                <Icon name={IconName::Upload} />
                { "Open a file" }
            </label>
            <div id={error_id} role="status">
                if let Some(words) = &*failed {
                    <div class="field-error"><Icon name={IconName::StatusError} label="Error:" />{ words }</div>
                }
            </div>
        </div>
    }
}
