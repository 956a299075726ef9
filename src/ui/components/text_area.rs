//! Several lines of text: user data, a policy, an answer.

use yew::prelude::*;

use super::field_context::use_field;
use crate::platform::input;

/// Props of [`TextArea`].
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// The raw text, as typed.
    pub value: AttrValue,
    /// Called with the whole text at every change.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// Called when focus leaves.
    #[prop_or_default]
    pub onblur: Callback<FocusEvent>,
    /// Lines shown before it scrolls.
    #[prop_or(4)]
    pub rows: u32,
    /// Id, where no field gives one.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The accessible name, where no field gives one.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// An example of what to type.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// In the font of code.
    #[prop_or_default]
    pub code: bool,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Can be read and copied, not changed.
    #[prop_or_default]
    pub readonly: bool,
}

/// A controlled native text area that wires itself to the field around it.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let field = use_field();
    html! {
        <textarea
            class={classes!("input", "text-area", props.code.then_some("is-code"))}
            id={props.id.clone().or(field.id.clone())}
            value={props.value.clone()}
            oninput={props.oninput.reform(|event: InputEvent| input::text(&event))}
            onblur={props.onblur.clone()}
            rows={props.rows.to_string()}
            placeholder={props.placeholder.clone()}
            disabled={props.disabled}
            readonly={props.readonly}
            autocomplete="off"
            spellcheck="false"
            aria-label={props.label.clone()}
            aria-describedby={field.described_by.clone()}
            aria-invalid={field.aria_invalid()}
        />
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn keeps_lines_and_escapes_markup() {
        let page =
            render(html! { <TextArea label="User data" value={"#!/bin/bash\n<b>"} rows={8} /> });
        assert!(page.contains("rows=\"8\""));
        assert!(page.contains("&lt;b") && page.contains("#!/bin/bash\n"));
    }
}
