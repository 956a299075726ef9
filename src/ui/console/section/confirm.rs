//! A dialog that asks before something is lost.

use super::command::{Preview, Refused, try_calls};
use crate::app::use_app;
use crate::state::Message;
use crate::ui::components::{Button, ButtonVariant, Modal, ModalSize};
use ec2_lab_engine::network::Call;
use yew::prelude::*;

/// Props of [`Confirm`].
#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    /// Id of the dialog.
    pub id: AttrValue,
    /// Whether it is open.
    pub open: bool,
    /// The question.
    pub title: AttrValue,
    /// The words on the button that does it.
    pub action: AttrValue,
    /// What it does.
    pub calls: Vec<Call>,
    /// Called when it is over, either way.
    pub onclose: Callback<()>,
    /// What will be lost.
    #[prop_or_default]
    pub children: Html,
}

/// A question with the command it equals; when AWS will refuse, it says so before the press.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    let app = use_app();
    let refusal = if props.open {
        try_calls(&app, &props.calls).err()
    } else {
        None
    };
    let cancel = props.onclose.reform(|_: MouseEvent| ());
    let act = {
        let (app, calls, onclose) = (app.clone(), props.calls.clone(), props.onclose.clone());
        Callback::from(move |_: MouseEvent| {
            onclose.emit(());
            app.dispatch(Message::Call(calls.clone()));
        })
    };
    let footer = html! {
        <>
            <Button onclick={cancel} id={format!("{}-cancel", props.id)}>{ "Cancel" }</Button>
            <Button variant={ButtonVariant::Primary} onclick={act}
                id={format!("{}-confirm", props.id)}>{ props.action.clone() }</Button>
        </>
    };
    html! {
        <Modal id={props.id.clone()} open={props.open} title={props.title.clone()}
            onclose={props.onclose.clone()} {footer} size={ModalSize::Medium}>
            { props.children.clone() }
            if let Some(error) = refusal { <Refused {error} /> }
            <Preview calls={props.calls.clone()} />
        </Modal>
    }
}

/// The buttons at the end of a form inside a dialog: cancel, and what sends the form.
pub fn form_foot(
    id: &str,
    onclose: &Callback<()>,
    action: &'static str,
    reason: Option<AttrValue>,
) -> Html {
    let cancel = onclose.reform(|_: MouseEvent| ());
    html! {
        <div class="modal-foot">
            <Button onclick={cancel} id={format!("{id}-cancel")}>{ "Cancel" }</Button>
            <Button variant={ButtonVariant::Primary} submit=true id={format!("{id}-submit")}
                disabled_reason={reason}>{ action }</Button>
        </div>
    }
}

/// Takes the browser's own sending of a form away and calls `send` instead.
#[must_use]
pub fn on_submit(send: impl Fn() + 'static) -> Callback<SubmitEvent> {
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        send();
    })
}
