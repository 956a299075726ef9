//! One of a list: the browser's own select.

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

use super::field_context::use_field;
use crate::platform::input;

/// One choice of a [`Select`].
#[derive(Clone, Debug, Default, PartialEq, ImplicitClone)]
pub struct SelectOption {
    /// What `onchange` is given.
    pub value: AttrValue,
    /// The words.
    pub label: AttrValue,
    /// Choices in a row with the same heading stand below it.
    pub group: Option<AttrValue>,
    /// Cannot be chosen.
    pub disabled: bool,
}

impl SelectOption {
    /// A choice without a heading.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// Below a heading.
    #[must_use]
    pub fn group(mut self, heading: impl Into<AttrValue>) -> Self {
        self.group = Some(heading.into());
        self
    }
}

/// Props of [`Select`].
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// Value of the chosen option; one that is not in the list shows the placeholder.
    pub value: AttrValue,
    /// The choices.
    pub options: IArray<SelectOption>,
    /// Called with the value of the choice.
    pub onchange: Callback<AttrValue>,
    /// Called when focus leaves.
    #[prop_or_default]
    pub onblur: Callback<FocusEvent>,
    /// Words shown while nothing is chosen: "Choose a key pair".
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Id, where no field gives one.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The accessible name, where no field gives one.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Cannot be changed now.
    #[prop_or_default]
    pub disabled: bool,
    /// Smaller, for headers.
    #[prop_or_default]
    pub small: bool,
}

/// A controlled native select that wires itself to the field around it.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let field = use_field();
    let node = use_node_ref();
    let known = props
        .options
        .iter()
        .any(|option| option.value == props.value);
    let shown = if known {
        props.value.clone()
    } else {
        AttrValue::Static("")
    };
    {
        let node = node.clone();
        // Not tied to a change of the value: a refused choice must be taken back, too.
        use_effect(move || input::set_choice(&node, &shown));
    }
    let onchange = props
        .onchange
        .reform(|event: Event| AttrValue::from(input::choice(&event)));
    html! {
        <select
            class={classes!("input", "select", props.small.then_some("is-small"))}
            id={props.id.clone().or(field.id.clone())}
            ref={node}
            {onchange}
            onblur={props.onblur.clone()}
            disabled={props.disabled}
            aria-label={props.label.clone()}
            aria-describedby={field.described_by.clone()}
            aria-invalid={field.aria_invalid()}
        >
            if let Some(words) = &props.placeholder {
                <option value="" selected={!known} disabled={true}>{ words }</option>
            }
            { for view_groups(props) }
        </select>
    }
}

/// The options, those with the same heading wrapped in one `<optgroup>`.
fn view_groups(props: &SelectProps) -> Vec<Html> {
    let mut groups: Vec<(Option<AttrValue>, Vec<Html>)> = Vec::new();
    for option in props.options.iter() {
        let view = html! {
            <option value={&option.value} selected={option.value == props.value}
                disabled={option.disabled}>{ &option.label }</option>
        };
        match groups.last_mut() {
            Some((heading, views)) if *heading == option.group => views.push(view),
            _ => groups.push((option.group.clone(), vec![view])),
        }
    }
    groups
        .into_iter()
        .map(|(heading, views)| match heading {
            None => html! { <>{ for views }</> },
            Some(label) => html! { <optgroup {label}>{ for views }</optgroup> },
        })
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    fn options() -> Vec<SelectOption> {
        vec![
            SelectOption::new("t3.micro", "t3.micro").group("Burstable"),
            SelectOption::new("t3.small", "t3.small").group("Burstable"),
            SelectOption::new("c5.large", "c5.large").group("Compute"),
        ]
    }

    #[test]
    fn groups_the_options_and_marks_the_choice() {
        let page = render(html! {
            <Select label="Type" value="t3.small" options={options()} onchange={Callback::noop()} />
        });
        assert_eq!(page.matches("<optgroup").count(), 2);
        assert_eq!(page.matches(" selected").count(), 1);
    }

    #[test]
    fn an_unknown_value_shows_the_placeholder() {
        let page = render(html! {
            <Select label="Type" value="x9" options={options()} placeholder="Choose a type"
                onchange={Callback::noop()} />
        });
        assert!(page.contains("Choose a type"));
        assert_eq!(page.matches(" selected").count(), 1);
    }
}
