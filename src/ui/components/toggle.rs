//! On or off, at once.

use yew::prelude::*;

use crate::platform::input;

/// Props of [`Toggle`].
#[derive(Properties, PartialEq)]
pub struct ToggleProps {
    /// Whether it is on.
    pub checked: bool,
    /// Called with the new state.
    pub onchange: Callback<bool>,
    /// The words beside it; they name what is on, and stay the same when it is off.
    pub children: Html,
    /// A line below the words.
    #[prop_or_default]
    pub description: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
}

/// A native checkbox that presents itself as a switch.
#[component]
pub fn Toggle(props: &ToggleProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| input::checked(&event));
    html! {
        <label class={classes!("choice", "toggle", props.disabled.then_some("is-disabled"))}>
            <input type="checkbox" role="switch" checked={props.checked}
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
    fn is_a_switch() {
        let page = render(html! {
            <Toggle checked=false onchange={Callback::noop()}>{ "Public IPv4 address" }</Toggle>
        });
        assert!(page.contains("role=\"switch\"") && !page.contains(" checked"));
    }
}
