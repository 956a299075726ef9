//! What has just happened, above the work: said once, dismissed by hand.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use super::{Button, ButtonVariant, Icon, IconName, StatusKind, alert};

/// The kind of a [`Flash`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ImplicitClone)]
pub enum FlashKind {
    /// It worked.
    Success,
    /// It failed, or was refused.
    Error,
    /// It worked, with a risk.
    Warning,
    /// Worth knowing.
    Info,
    /// It goes on.
    InProgress,
}

impl FlashKind {
    /// The status that gives icon and colour.
    pub const fn status(self) -> StatusKind {
        match self {
            Self::Success => StatusKind::Success,
            Self::Error => StatusKind::Error,
            Self::Warning => StatusKind::Warning,
            Self::Info => StatusKind::Info,
            Self::InProgress => StatusKind::InProgress,
        }
    }
}

/// A button of a [`Flash`].
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct FlashAction {
    /// What `onaction` is given.
    pub id: AttrValue,
    /// The words.
    pub text: AttrValue,
}

/// One message.
#[derive(Clone, PartialEq, ImplicitClone)]
pub struct Flash {
    /// Unique among the messages shown.
    pub id: AttrValue,
    /// Its kind.
    pub kind: FlashKind,
    /// The first words, in bold: "Connection timed out."
    pub title: AttrValue,
    /// The rest: what, why, what to do.
    pub body: Html,
    /// Buttons after the words.
    pub actions: IArray<FlashAction>,
    /// Whether it can be dismissed; one in progress usually cannot.
    pub dismissible: bool,
}

impl Flash {
    /// A message that can be dismissed, without buttons.
    pub fn new(id: impl Into<AttrValue>, kind: FlashKind, title: impl Into<AttrValue>) -> Self {
        Self {
            id: id.into(),
            kind,
            title: title.into(),
            body: Html::default(),
            actions: IArray::default(),
            dismissible: true,
        }
    }

    /// With more words.
    #[must_use]
    pub fn body(mut self, body: Html) -> Self {
        self.body = body;
        self
    }

    /// With buttons, each an id and its words.
    #[must_use]
    pub fn actions(mut self, actions: impl IntoIterator<Item = (AttrValue, AttrValue)>) -> Self {
        self.actions = actions
            .into_iter()
            .map(|(id, text)| FlashAction { id, text })
            .collect();
        self
    }
}

/// Props of [`FlashList`].
#[derive(Properties, PartialEq)]
pub struct FlashListProps {
    /// The messages, newest first.
    pub items: IArray<Flash>,
    /// Called with the id of the message to take away.
    pub ondismiss: Callback<AttrValue>,
    /// Called with the ids of message and action.
    #[prop_or_default]
    pub onaction: Callback<(AttrValue, AttrValue)>,
}

/// The stack of messages. Errors interrupt a screen reader (`alert`), the others wait (`status`);
/// so the page must not announce the same words again.
#[component]
pub fn FlashList(props: &FlashListProps) -> Html {
    html! {
        <div class="flash-list">
            { for props.items.iter().map(|item| view_flash(props, item)) }
        </div>
    }
}

fn view_flash(props: &FlashListProps, item: &Flash) -> Html {
    let status = item.kind.status();
    let role = if item.kind == FlashKind::Error {
        "alert"
    } else {
        "status"
    };
    let dismiss = {
        let id = item.id.clone();
        props.ondismiss.reform(move |_: MouseEvent| id.clone())
    };
    html! {
        <div key={item.id.as_str()} class={classes!("flash", status.class())} {role}>
            <Icon name={status.icon()} class="flash-icon" label={alert::label(status)} />
            <div class="flash-words">
                <strong class="flash-title">{ &item.title }</strong>
                { " " }
                { item.body.clone() }
            </div>
            if !item.actions.is_empty() {
                <div class="flash-actions">
                    { for item.actions.iter().map(|action| {
                        let ids = (item.id.clone(), action.id.clone());
                        let onclick = props.onaction.reform(move |_: MouseEvent| ids.clone());
                        html! { <Button small=true {onclick}>{ action.text.clone() }</Button> }
                    }) }
                </div>
            }
            if item.dismissible {
                <Button class="flash-dismiss" variant={ButtonVariant::Icon} icon={IconName::Close}
                    label="Dismiss this message" onclick={dismiss} />
            }
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn errors_interrupt_and_news_waits() {
        let items = vec![
            Flash::new("1", FlashKind::Error, "Connection timed out.")
                .actions([("why".into(), "Why?".into())]),
            Flash::new("2", FlashKind::Success, "Successfully started web-1."),
        ];
        let page = render(html! { <FlashList {items} ondismiss={Callback::noop()} /> });
        assert_eq!(page.matches("role=\"alert\"").count(), 1);
        assert_eq!(page.matches("role=\"status\"").count(), 1);
        assert!(page.contains(">Why?<"));
        assert_eq!(page.matches("Dismiss this message").count(), 2);
    }
}
