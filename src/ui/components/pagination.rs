//! Which part of a long list is in sight.

use yew::prelude::*;

use super::{Button, ButtonVariant, IconName};

/// Props of [`Pagination`].
#[derive(Properties, PartialEq)]
pub struct PaginationProps {
    /// The page in sight, from 0.
    pub page: usize,
    /// How many pages there are; with fewer than two nothing is drawn.
    pub pages: usize,
    /// What is paged: "Instances".
    pub label: AttrValue,
    /// Called with the page to go to.
    pub onchange: Callback<usize>,
}

/// Back, place, forward.
#[component]
pub fn Pagination(props: &PaginationProps) -> Html {
    if props.pages < 2 {
        return Html::default();
    }
    let last = props.pages - 1;
    let page = props.page.min(last);
    let to = |target: usize| props.onchange.reform(move |_: MouseEvent| target);
    html! {
        <nav class="pagination" aria-label={format!("{}, pages", props.label)}>
            <Button variant={ButtonVariant::Icon} icon={IconName::AngleLeft} label="Previous page"
                disabled={page == 0} onclick={to(page.saturating_sub(1))} />
            <span class="pagination-place">{ format!("{} of {}", page + 1, props.pages) }</span>
            <Button variant={ButtonVariant::Icon} icon={IconName::AngleRight} label="Next page"
                disabled={page == last} onclick={to(page.saturating_add(1).min(last))} />
        </nav>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn one_page_needs_no_buttons() {
        let page = render(html! {
            <Pagination page={0} pages={1} label="Images" onchange={Callback::noop()} />
        });
        assert!(page.is_empty());
    }

    #[test]
    fn the_ends_are_disabled() {
        let page = render(html! {
            <Pagination page={9} pages={3} label="Images" onchange={Callback::noop()} />
        });
        assert!(page.contains("3 of 3"));
        assert_eq!(page.matches("aria-disabled").count(), 1);
    }
}
