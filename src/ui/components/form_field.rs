//! A control with all the words that belong to it.

use yew::prelude::*;

use super::{FieldContext, Icon, IconName};

/// Props of [`FormField`].
#[derive(Properties, PartialEq)]
pub struct FormFieldProps {
    /// Id of the control inside; the words around it get ids from it.
    pub id: AttrValue,
    /// What is asked for.
    pub label: AttrValue,
    /// Marks the label with "optional".
    #[prop_or_default]
    pub optional: bool,
    /// Why it is asked for, between label and control.
    #[prop_or_default]
    pub description: Option<Html>,
    /// What is allowed, below the control.
    #[prop_or_default]
    pub constraint: Option<AttrValue>,
    /// What is wrong and what to do: "Enter a name of 1 to 255 characters."
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// The control is a group of radio buttons or checkboxes: a fieldset with a legend.
    #[prop_or_default]
    pub group: bool,
    /// A link or button beside the label, such as "Info".
    #[prop_or_default]
    pub info: Html,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// The control; [`TextInput`](super::TextInput), [`TextArea`](super::TextArea) and
    /// [`Select`](super::Select) wire themselves to the field.
    pub children: Html,
}

/// Label, description, control, constraint and error, joined for assistive technology.
#[component]
pub fn FormField(props: &FormFieldProps) -> Html {
    let part = |name: &str| format!("{}-{name}", props.id);
    let mut described = Vec::new();
    if props.description.is_some() {
        described.push(part("description"));
    }
    if props.error.is_some() {
        described.push(part("error"));
    }
    if props.constraint.is_some() {
        described.push(part("constraint"));
    }
    let described_by = (!described.is_empty()).then(|| AttrValue::from(described.join(" ")));
    let label = html! {
        <>
            { &props.label }
            if props.optional { <span class="field-optional">{ " – optional" }</span> }
        </>
    };
    let class = classes!(
        "field",
        props.error.is_some().then_some("is-invalid"),
        props.class.clone(),
    );
    let after = html! {
        <>
            if let Some(error) = &props.error {
                <div class="field-error" id={part("error")}>
                    <Icon name={IconName::StatusError} label="Error:" />
                    <span>{ error }</span>
                </div>
            }
            if let Some(constraint) = &props.constraint {
                <div class="field-constraint" id={part("constraint")}>{ constraint }</div>
            }
        </>
    };
    let description = props.description.as_ref().map(|text| {
        html! { <div class="field-description" id={part("description")}>{ text.clone() }</div> }
    });
    if props.group {
        return html! {
            <fieldset {class} id={&props.id} aria-describedby={described_by}>
                <legend class="field-label">{ label }{ props.info.clone() }</legend>
                { description.unwrap_or_default() }
                { props.children.clone() }
                { after }
            </fieldset>
        };
    }
    let context = FieldContext {
        id: Some(props.id.clone()),
        described_by,
        invalid: props.error.is_some(),
    };
    html! {
        <div {class}>
            <div class="field-head">
                <label class="field-label" for={&props.id}>{ label }</label>
                { props.info.clone() }
            </div>
            { description.unwrap_or_default() }
            <ContextProvider<FieldContext> {context}>{ props.children.clone() }</ContextProvider<FieldContext>>
            { after }
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::TextInput;
    use crate::ui::components::test_support::render;

    #[test]
    fn joins_the_words_to_the_control() {
        let page = render(html! {
            <FormField id="name" label="Name" optional=true constraint="Up to 255 characters."
                error="Enter fewer characters.">
                <TextInput value="web-1" />
            </FormField>
        });
        assert!(page.contains("for=\"name\"") && page.contains("id=\"name\""));
        assert!(page.contains("aria-describedby=\"name-error name-constraint\""));
        assert!(page.contains("aria-invalid=\"true\""));
        assert!(page.contains("optional"));
    }

    #[test]
    fn a_group_is_a_fieldset() {
        let page = render(html! {
            <FormField id="client" label="Client" group=true>{ "..." }</FormField>
        });
        assert!(page.starts_with("<fieldset") && page.contains("<legend"));
    }
}
