//! A message that belongs to one place of the page and stays there.

use yew::prelude::*;

use super::{Icon, StatusKind};

/// Props of [`Alert`].
#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// Success, error, warning or info.
    pub kind: StatusKind,
    /// The first words, in bold.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// What happened, why, what to do.
    #[prop_or_default]
    pub children: Html,
    /// Buttons at its end.
    #[prop_or_default]
    pub actions: Html,
}

/// Static text with an icon; what has just happened is a [`FlashList`](super::FlashList) instead.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    html! {
        <div class={classes!("alert", props.kind.class())}>
            <Icon name={props.kind.icon()} class="alert-icon" label={label(props.kind)} />
            <div class="alert-words">
                if let Some(title) = &props.title { <strong class="alert-title">{ title }</strong> }
                <div class="alert-body">{ props.children.clone() }</div>
            </div>
            if props.actions != Html::default() {
                <div class="alert-actions">{ props.actions.clone() }</div>
            }
        </div>
    }
}

/// The kind in a word, for the icon.
pub(super) const fn label(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Success => "Success:",
        StatusKind::Error => "Error:",
        StatusKind::Warning => "Warning:",
        StatusKind::Info | StatusKind::Pending | StatusKind::Stopped => "Note:",
        StatusKind::InProgress => "In progress:",
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn says_its_kind_in_words() {
        let page = render(html! {
            <Alert kind={StatusKind::Warning} title="Open to the world.">{ "Everyone." }</Alert>
        });
        assert!(page.contains("aria-label=\"Warning:\"") && page.contains("Open to the world."));
        assert!(!page.contains("alert-actions"));
    }
}
