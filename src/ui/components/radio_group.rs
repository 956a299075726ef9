//! One of a few, all of them in sight.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

/// One choice of a [`RadioGroup`] or a [`Segmented`](super::Segmented) control.
#[derive(Clone, PartialEq, ImplicitClone)]
pub struct RadioOption {
    /// What `onchange` is given.
    pub value: AttrValue,
    /// The words.
    pub label: AttrValue,
    /// A line below the words.
    pub description: Option<AttrValue>,
    /// A picture or a detail; shown on cards only.
    pub media: Html,
    /// Cannot be chosen.
    pub disabled: bool,
}

impl RadioOption {
    /// A choice in words.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            description: None,
            media: Html::default(),
            disabled: false,
        }
    }

    /// With a line below the words.
    #[must_use]
    pub fn description(mut self, text: impl Into<AttrValue>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// With a picture or a detail, for cards.
    #[must_use]
    pub fn media(mut self, media: Html) -> Self {
        self.media = media;
        self
    }

    /// Not to be chosen.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// Props of [`RadioGroup`].
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// Name shared by the radio buttons, unique in the page.
    pub name: AttrValue,
    /// What is asked; left out inside a [`FormField`](super::FormField) with `group`.
    #[prop_or_default]
    pub legend: Option<AttrValue>,
    /// Value of the choice; anything else means that nothing is chosen.
    pub value: AttrValue,
    /// The choices.
    pub options: IArray<RadioOption>,
    /// Called with the value of the choice.
    pub onchange: Callback<AttrValue>,
    /// Draws each choice as a card.
    #[prop_or_default]
    pub cards: bool,
}

/// Native radio buttons: arrow keys, one tab stop and the name of the group come from the browser.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let choices = html! {
        <div class={if props.cards { "choice-cards" } else { "choices" }}>
            { for props.options.iter().map(|option| view_option(props, option)) }
        </div>
    };
    match &props.legend {
        None => choices,
        Some(legend) => html! {
            <fieldset class="field">
                <legend class="field-label">{ legend }</legend>
                { choices }
            </fieldset>
        },
    }
}

fn view_option(props: &RadioGroupProps, option: &RadioOption) -> Html {
    let checked = option.value == props.value;
    let value = option.value.clone();
    let onchange = props.onchange.reform(move |_: Event| value.clone());
    let class = classes!(
        "choice",
        props.cards.then_some("is-card"),
        checked.then_some("is-checked"),
        option.disabled.then_some("is-disabled"),
    );
    html! {
        <label {class} key={option.value.as_str()}>
            <input type="radio" name={&props.name} value={&option.value} {checked}
                disabled={option.disabled} {onchange} />
            <span class="choice-words">
                <span class="choice-label">{ &option.label }</span>
                if let Some(text) = &option.description {
                    <span class="choice-description">{ text }</span>
                }
            </span>
            if props.cards && option.media != Html::default() {
                <span class="choice-media">{ option.media.clone() }</span>
            }
        </label>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    fn group(cards: bool) -> String {
        let options = vec![
            RadioOption::new("cluster", "Cluster").description("Close together."),
            RadioOption::new("spread", "Spread").media(html! { <b>{ "picture" }</b> }),
        ];
        render(html! {
            <RadioGroup name="strategy" legend="Strategy" value="spread" {options}
                onchange={Callback::noop()} {cards} />
        })
    }

    #[test]
    fn one_name_and_one_choice() {
        let page = group(false);
        assert_eq!(page.matches("name=\"strategy\"").count(), 2);
        assert_eq!(page.matches(" checked").count(), 1);
        assert!(page.contains("<legend") && !page.contains("picture"));
    }

    #[test]
    fn cards_carry_pictures() {
        let page = group(true);
        assert!(page.contains("choice-cards") && page.contains("picture"));
    }
}
