//! Yes or no, sent with a form.

use yew::prelude::*;

use crate::platform::input;

/// Props of [`Checkbox`].
#[derive(Properties, PartialEq)]
pub struct CheckboxProps {
    /// Whether it is on.
    pub checked: bool,
    /// Called with the new state.
    pub onchange: Callback<bool>,
    /// The words beside it.
    pub children: Html,
    /// A line below the words.
    #[prop_or_default]
    pub description: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Id of the input.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// A native checkbox in its label.
#[component]
pub fn Checkbox(props: &CheckboxProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| input::checked(&event));
    html! {
        <label class={classes!("choice", props.disabled.then_some("is-disabled"))}>
            <input type="checkbox" id={props.id.clone()} checked={props.checked}
                disabled={props.disabled} {onchange} />
            <span class="choice-words">
                <span class="choice-label">{ props.children.clone() }</span>
                if let Some(text) = &props.description {
                    <span class="choice-description">{ text }</span>
                }
            </span>
        </label>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn the_whole_label_is_the_target() {
        let page = render(html! {
            <Checkbox checked=true onchange={Callback::noop()}>{ "Encrypt" }</Checkbox>
        });
        assert!(page.starts_with("<label") && page.contains(" checked"));
    }
}
