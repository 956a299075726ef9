//! Words for screen readers only.

use yew::prelude::*;

/// Props of [`VisuallyHidden`].
#[derive(Properties, PartialEq)]
pub struct VisuallyHiddenProps {
    /// What is spoken but not drawn.
    pub children: Html,
}

/// Keeps its content in the accessibility tree and out of sight.
#[component]
pub fn VisuallyHidden(props: &VisuallyHiddenProps) -> Html {
    html! { <span class="visually-hidden">{ props.children.clone() }</span> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn keeps_the_words() {
        let page = render(html! { <VisuallyHidden>{ "Opens a menu" }</VisuallyHidden> });
        assert_eq!(page, "<span class=\"visually-hidden\">Opens a menu</span>");
    }
}
