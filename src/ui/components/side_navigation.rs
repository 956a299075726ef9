//! The resources of the lab, in sections, with how many there are of each.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use super::NavItem;

/// A titled group of places.
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct NavSection {
    /// Its title.
    pub title: AttrValue,
    /// Its places.
    pub items: IArray<NavItem>,
}

impl NavSection {
    /// A titled group of places.
    pub fn new(title: impl Into<AttrValue>, items: impl Into<IArray<NavItem>>) -> Self {
        Self {
            title: title.into(),
            items: items.into(),
        }
    }
}

/// Props of [`SideNavigation`].
#[derive(Properties, PartialEq)]
pub struct SideNavigationProps {
    /// What it leads to: "Resources".
    pub label: AttrValue,
    /// The groups.
    pub sections: IArray<NavSection>,
}

/// A list of links with counters. [`AppFrame`](super::AppFrame) folds it away on a narrow page.
#[component]
pub fn SideNavigation(props: &SideNavigationProps) -> Html {
    html! {
        <nav class="side-navigation" aria-label={&props.label}>
            { for props.sections.iter().map(|section| html! {
                <div class="side-section" key={section.title.as_str()}>
                    <h2 class="side-title">{ &section.title }</h2>
                    <ul class="side-list">
                        { for section.items.iter().map(|item| html! {
                            <li key={item.href.as_str()}>
                                <a class="side-link" href={&item.href}
                                    aria-current={item.aria_current()}>
                                    <span>{ &item.label }</span>
                                    if let Some(count) = item.count {
                                        <span class="side-count">{ count }</span>
                                    }
                                </a>
                            </li>
                        }) }
                    </ul>
                </div>
            }) }
        </nav>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn lists_places_with_counts() {
        let sections = vec![NavSection::new(
            "Compute",
            vec![
                NavItem::new("#/lab/instances", "Instances", true).count(2),
                NavItem::new("#/lab/types", "Instance types", false),
            ],
        )];
        let page = render(html! { <SideNavigation label="Resources" {sections} /> });
        assert!(page.contains("aria-label=\"Resources\""));
        assert_eq!(page.matches("<a ").count(), 2);
        assert_eq!(page.matches("side-count").count(), 1);
    }
}
