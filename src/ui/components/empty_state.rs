//! Where nothing is yet: what it is, why one would want it, one button.

use yew::prelude::*;

use super::{Icon, IconName};

/// Props of [`EmptyState`].
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// What is missing: "No instances".
    pub title: AttrValue,
    /// What it is and why one would want it.
    #[prop_or_default]
    pub children: Html,
    /// The one button.
    #[prop_or_default]
    pub action: Html,
    /// A picture above the words.
    #[prop_or_default]
    pub icon: Option<IconName>,
}

/// Teaches instead of only saying that there is nothing.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="empty-state">
            if let Some(name) = props.icon { <Icon {name} class="empty-icon" /> }
            <p class="empty-title">{ &props.title }</p>
            <div class="empty-words">{ props.children.clone() }</div>
            <div class="empty-action">{ props.action.clone() }</div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn says_what_it_is() {
        let page = render(html! {
            <EmptyState title="No instances">{ "An instance is a virtual server." }</EmptyState>
        });
        assert!(page.contains("No instances") && page.contains("virtual server"));
    }
}
