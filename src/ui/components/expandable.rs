//! More of it, for who wants it.

use yew::prelude::*;

use super::{Icon, IconName};

/// Props of [`Expandable`].
#[derive(Properties, PartialEq)]
pub struct ExpandableProps {
    /// The words that stay in sight.
    pub title: AttrValue,
    /// A line beside them, such as a count.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Whether it begins open.
    #[prop_or_default]
    pub open: bool,
    /// What is shown when it is open.
    pub children: Html,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A native `<details>`: the browser opens and closes it and finds text in it.
#[component]
pub fn Expandable(props: &ExpandableProps) -> Html {
    html! {
        <details class={classes!("expandable", props.class.clone())} open={props.open}>
            <summary class="expandable-head">
                <Icon name={IconName::AngleRight} />
                <span class="expandable-title">{ &props.title }</span>
                if let Some(detail) = &props.detail {
                    <span class="expandable-detail">{ detail }</span>
                }
            </summary>
            <div class="expandable-body">{ props.children.clone() }</div>
        </details>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn is_native_details() {
        let shut = render(html! { <Expandable title="Advanced">{ "x" }</Expandable> });
        assert!(shut.starts_with("<details") && !shut.contains(" open"));
        let open = render(html! { <Expandable title="Advanced" open=true>{ "x" }</Expandable> });
        assert!(open.contains(" open"));
    }
}
