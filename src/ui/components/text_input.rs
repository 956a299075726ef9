//! One line of text.

use yew::prelude::*;

use super::field_context::use_field;
use crate::platform::input;

/// Props of [`TextInput`].
#[derive(Properties, PartialEq)]
pub struct TextInputProps {
    /// The raw text, as typed; validate beside it, never instead of it.
    pub value: AttrValue,
    /// Called with the whole text at every change.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// Called when focus leaves: the moment to show what is wrong.
    #[prop_or_default]
    pub onblur: Callback<FocusEvent>,
    /// Called on the Enter key.
    #[prop_or_default]
    pub onenter: Callback<()>,
    /// `type` of the input: text, search, number, password.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// Id, where no field gives one.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The accessible name, where no field gives one.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// An example of what to type; it is no label.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Proposals, shown by the browser.
    #[prop_or_default]
    pub suggestions: Vec<AttrValue>,
    /// Which keyboard a phone shows: numeric, decimal, url.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// In the font of code: addresses, ids, commands.
    #[prop_or_default]
    pub code: bool,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Can be read and copied, not changed.
    #[prop_or_default]
    pub readonly: bool,
    /// Marks an error where no field does.
    #[prop_or_default]
    pub invalid: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Reference to the `<input>`, to focus it.
    #[prop_or_default]
    pub input_ref: NodeRef,
}

/// A controlled native input that wires itself to the field around it.
#[component]
pub fn TextInput(props: &TextInputProps) -> Html {
    let field = use_field();
    let id = props.id.clone().or(field.id.clone());
    let list = match &id {
        Some(id) if !props.suggestions.is_empty() => Some(format!("{id}-list")),
        _ => None,
    };
    let oninput = props
        .oninput
        .reform(|event: InputEvent| input::text(&event));
    let onkeydown = {
        let onenter = props.onenter.clone();
        Callback::from(move |event: KeyboardEvent| {
            // Enter that only confirms a composed character belongs to the input method.
            if event.key() == "Enter" && !event.is_composing() {
                onenter.emit(());
            }
        })
    };
    html! {
        <>
            <input
                class={classes!("input", props.code.then_some("is-code"), props.class.clone())}
                type={props.kind.clone()}
                {id}
                value={props.value.clone()}
                {oninput}
                {onkeydown}
                onblur={props.onblur.clone()}
                placeholder={props.placeholder.clone()}
                inputmode={props.inputmode.clone()}
                list={list.clone()}
                disabled={props.disabled}
                readonly={props.readonly}
                autocomplete="off"
                spellcheck="false"
                ref={props.input_ref.clone()}
                aria-label={props.label.clone()}
                aria-describedby={field.described_by.clone()}
                aria-invalid={(props.invalid || field.invalid).then_some("true")}
            />
            if let Some(id) = list {
                <datalist {id}>
                    { for props.suggestions.iter().map(|value| html! { <option {value} /> }) }
                </datalist>
            }
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn shows_the_raw_text_and_the_proposals() {
        let suggestions = vec![AttrValue::from("t3.micro")];
        let page = render(html! {
            <TextInput id="type" label="Type" value="t3.mic<" {suggestions} code=true />
        });
        assert!(page.contains("t3.mic&lt;"));
        assert!(page.contains("list=\"type-list\"") && page.contains("<datalist id=\"type-list\""));
        assert!(page.contains("aria-label=\"Type\"") && page.contains("is-code"));
    }
}
