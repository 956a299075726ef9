//! The bar at the top: where one is, where one can go, and the tools of the whole page.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use super::{Icon, IconName};
use crate::platform::popover;

/// Id of the part that folds into a menu.
const MENU: &str = "top-menu";

/// One place to go.
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct NavItem {
    /// Its address.
    pub href: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Whether one is there.
    pub current: bool,
    /// How many things are there.
    pub count: Option<usize>,
}

impl NavItem {
    /// A place without a count.
    pub fn new(href: impl Into<AttrValue>, label: impl Into<AttrValue>, current: bool) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            current,
            count: None,
        }
    }

    /// With a count.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// `aria-current` of the link.
    pub(super) fn aria_current(&self) -> Option<&'static str> {
        self.current.then_some("page")
    }
}

/// Props of [`TopNavigation`].
#[derive(Properties, PartialEq)]
pub struct TopNavigationProps {
    /// The name of the product.
    #[prop_or(AttrValue::Static("EC2 Lab"))]
    pub brand: AttrValue,
    /// Address of the brand.
    #[prop_or(AttrValue::Static("#/"))]
    pub href: AttrValue,
    /// The places.
    pub items: IArray<NavItem>,
    /// Tools that fold into the menu on a narrow page: Region, undo, bill, theme, help.
    #[prop_or_default]
    pub tools: Html,
    /// Tools that stay in sight at every width: the clock.
    #[prop_or_default]
    pub children: Html,
}

/// One set of links: a row on a wide page, a native popover behind the menu button on a narrow one.
#[component]
pub fn TopNavigation(props: &TopNavigationProps) -> Html {
    let close = Callback::from(|_: MouseEvent| popover::hide(MENU));
    html! {
        <header class="top-navigation">
            <a class="top-brand" href={&props.href}>
                <svg class="top-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <rect class="top-mark-box" x="2" y="2" width="20" height="20" rx="6" />
                    <path class="top-mark-wire" d="M2 12h7" />
                    <rect class="top-mark-card" x="9" y="7.5" width="9" height="9" rx="2.5" />
                </svg>
                <span class="top-name">{ &props.brand }</span>
            </a>
            <div id={MENU} class="top-menu" popover="auto">
                <nav class="top-links" aria-label="Main" onclick={close}>
                    { for props.items.iter().map(|item| html! {
                        <a class="top-link" key={item.href.as_str()} href={&item.href}
                            aria-current={item.aria_current()}>{ &item.label }</a>
                    }) }
                </nav>
                if props.tools != Html::default() {
                    <div class="top-tools">{ props.tools.clone() }</div>
                }
            </div>
            <div class="top-fixed">{ props.children.clone() }</div>
            <button type="button" class="button is-icon top-burger" popovertarget={MENU}
                aria-label="Menu">
                <Icon name={IconName::Menu} />
            </button>
        </header>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn one_place_is_the_current_one() {
        let items = vec![
            NavItem::new("#/lab", "Lab", true),
            NavItem::new("#/quiz", "Quiz", false),
        ];
        let page = render(html! { <TopNavigation {items}>{ "09:41" }</TopNavigation> });
        assert!(page.contains("EC2 Lab") && page.contains("09:41"));
        assert_eq!(page.matches("aria-current=\"page\"").count(), 1);
        assert!(page.contains("popovertarget=\"top-menu\""));
        assert!(!page.contains("top-tools"));
    }
}
