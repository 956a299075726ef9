//! The first stop of the keyboard: jumps over the navigation.

use yew::prelude::*;

use crate::platform::focus;

/// Props of [`SkipLink`].
#[derive(Properties, PartialEq)]
pub struct SkipLinkProps {
    /// Id of the element to go to; it needs `tabindex="-1"`.
    #[prop_or(AttrValue::Static("main"))]
    pub target: AttrValue,
    /// The words on it.
    #[prop_or(AttrValue::Static("Skip to main content"))]
    pub label: AttrValue,
}

/// Shown while it has focus. It moves focus by script, because `href="#main"` would change the
/// address, which belongs to the page's own router.
#[component]
pub fn SkipLink(props: &SkipLinkProps) -> Html {
    let target = props.target.clone();
    let onclick = Callback::from(move |_: MouseEvent| focus::focus_id(&target));
    html! { <button type="button" class="skip-link" {onclick}>{ props.label.clone() }</button> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn does_not_touch_the_address() {
        let page = render(html! { <SkipLink /> });
        assert!(page.contains("Skip to main content"));
        assert!(!page.contains("href"));
    }
}
