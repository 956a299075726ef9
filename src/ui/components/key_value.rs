//! Names and values of one resource.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

/// One line of a [`KeyValueList`].
#[derive(Clone, PartialEq, ImplicitClone)]
pub struct KeyValue {
    /// The name.
    pub label: AttrValue,
    /// The value; an empty one is shown as a dash.
    pub value: Html,
}

impl KeyValue {
    /// A name and anything that can be drawn.
    pub fn new(label: impl Into<AttrValue>, value: Html) -> Self {
        Self {
            label: label.into(),
            value,
        }
    }

    /// A name and words.
    pub fn text(label: impl Into<AttrValue>, value: impl Into<AttrValue>) -> Self {
        let value: AttrValue = value.into();
        let value = if value.is_empty() {
            Html::default()
        } else {
            html! { { value } }
        };
        Self::new(label, value)
    }
}

/// Props of [`KeyValueList`].
#[derive(Properties, PartialEq)]
pub struct KeyValueListProps {
    /// The lines.
    pub items: IArray<KeyValue>,
    /// Puts the names above the values, in as many columns as fit.
    #[prop_or_default]
    pub columns: bool,
}

/// A description list.
#[component]
pub fn KeyValueList(props: &KeyValueListProps) -> Html {
    html! {
        <dl class={classes!("key-values", props.columns.then_some("is-columns"))}>
            { for props.items.iter().map(|item| html! {
                <div class="key-value">
                    <dt>{ &item.label }</dt>
                    <dd>
                        if item.value == Html::default() {
                            <span aria-hidden="true">{ "–" }</span>
                            <span class="visually-hidden">{ "none" }</span>
                        } else {
                            { item.value.clone() }
                        }
                    </dd>
                </div>
            }) }
        </dl>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn an_empty_value_is_said() {
        let items = vec![
            KeyValue::text("Type", "t3.micro"),
            KeyValue::text("Public IPv4", ""),
        ];
        let page = render(html! { <KeyValueList {items} /> });
        assert!(page.contains("<dt>Type</dt>") && page.contains("t3.micro"));
        assert!(page.contains(">none<"));
    }
}
