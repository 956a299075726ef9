//! A few views or speeds side by side, one of them on.

use implicit_clone::unsync::IArray;
use yew::prelude::*;

use super::RadioOption;

/// Props of [`Segmented`].
#[derive(Properties, PartialEq)]
pub struct SegmentedProps {
    /// Name shared by the radio buttons, unique in the page.
    pub name: AttrValue,
    /// What is chosen here; spoken, not drawn.
    pub label: AttrValue,
    /// Value of the choice.
    pub value: AttrValue,
    /// The choices; `media` is drawn before the words.
    pub options: IArray<RadioOption>,
    /// Called with the value of the choice.
    pub onchange: Callback<AttrValue>,
}

/// Native radio buttons drawn as one control.
#[component]
pub fn Segmented(props: &SegmentedProps) -> Html {
    html! {
        <fieldset class="segmented">
            <legend class="visually-hidden">{ &props.label }</legend>
            { for props.options.iter().map(|option| {
                let checked = option.value == props.value;
                let value = option.value.clone();
                let onchange = props.onchange.reform(move |_: Event| value.clone());
                html! {
                    <label class={classes!("segment", checked.then_some("is-checked"))}
                        key={option.value.as_str()}>
                        <input class="segment-input" type="radio" name={&props.name}
                            value={&option.value} {checked} disabled={option.disabled} {onchange} />
                        { option.media.clone() }
                        <span>{ &option.label }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn is_a_named_group_of_radio_buttons() {
        let options = vec![
            RadioOption::new("picture", "Picture"),
            RadioOption::new("list", "List"),
        ];
        let page = render(html! {
            <Segmented name="view" label="View" value="list" {options} onchange={Callback::noop()} />
        });
        assert!(page.contains(">View</legend>"));
        assert_eq!(page.matches("type=\"radio\"").count(), 2);
        assert_eq!(page.matches(" checked").count(), 1);
    }
}
