//! A question that must be answered first.

use yew::prelude::*;

use super::heading::heading;
use super::{Button, ButtonVariant, IconName};
use crate::platform::dialog;

/// The width of a [`Modal`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModalSize {
    /// A question in a sentence or two.
    #[default]
    Small,
    /// A form.
    Medium,
    /// A table.
    Large,
}

impl ModalSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "is-small",
            Self::Medium => "is-medium",
            Self::Large => "is-large",
        }
    }
}

/// Props of [`Modal`].
#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// Id of the dialog, unique in the page.
    pub id: AttrValue,
    /// Whether it is open. Keep the component in the page and change this: the browser then gives
    /// focus back to what opened it.
    pub open: bool,
    /// The question.
    pub title: AttrValue,
    /// Called on the cross and on Escape.
    pub onclose: Callback<()>,
    /// What it says; drawn only while it is open.
    pub children: Html,
    /// The buttons; the main one last.
    #[prop_or_default]
    pub footer: Html,
    /// Its width.
    #[prop_or_default]
    pub size: ModalSize,
}

/// A native `<dialog>`, shown modally.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if *open {
                dialog::show_modal(&node);
            } else {
                dialog::close(&node);
            }
        });
    }
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            // The page's state decides, or the dialog and the state would part.
            event.prevent_default();
            onclose.emit(());
        })
    };
    let onclick = props.onclose.reform(|_: MouseEvent| ());
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog id={&props.id} class={classes!("modal", props.size.class())} ref={node}
            {oncancel} aria-labelledby={title_id.clone()}>
            if props.open {
                <div class="modal-head">
                    { heading(2, Some(title_id.into()), "modal-title", html! { { &props.title } }) }
                    <Button variant={ButtonVariant::Icon} icon={IconName::Close}
                        label="Close" {onclick} />
                </div>
                <div class="modal-body">{ props.children.clone() }</div>
                if props.footer != Html::default() {
                    <div class="modal-foot">{ props.footer.clone() }</div>
                }
            }
        </dialog>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn a_closed_dialog_holds_nothing() {
        let page = render(html! {
            <Modal id="stop" open=false title="Stop instance?" onclose={Callback::noop()}>
                { "web-1 loses its public address." }
            </Modal>
        });
        assert!(page.starts_with("<dialog") && !page.contains("web-1"));
    }

    #[test]
    fn an_open_dialog_is_named_by_its_title() {
        let page = render(html! {
            <Modal id="stop" open=true title="Stop instance?" onclose={Callback::noop()}>
                { "web-1 loses its public address." }
            </Modal>
        });
        assert!(page.contains("aria-labelledby=\"stop-title\""));
        assert!(page.contains("id=\"stop-title\"") && page.contains("web-1"));
    }
}
