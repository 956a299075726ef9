//! Name and tags.

use super::parts::SectionProps;
use super::problems::Field;
use crate::ui::components::{Button, ButtonVariant, FormField, Icon, IconName, Panel, TextInput};
use yew::prelude::*;

/// The name, which is a tag, and further tags.
#[component]
pub fn NameSection(props: &SectionProps) -> Html {
    let add = props.on(|form, _: MouseEvent| form.tags.push(Default::default()));
    html! {
        <Panel id="launch-section-name" title="Name and tags">
            <FormField id="launch-name" label="Name" optional=true error={props.error(Field::Name)}
                description={html! { { "The value of the tag Name. It tells your instances apart; AWS itself goes by the instance ID." } }}>
                <TextInput value={props.form.name.clone()} placeholder="web-1"
                    oninput={props.on(|form, text: String| form.name = text)} />
            </FormField>
            if !props.form.tags.is_empty() {
                <ul class="launch-tags" aria-label="Further tags">
                    { for (0..props.form.tags.len()).map(|index| view_tag(props, index)) }
                </ul>
            }
            if let Some(error) = props.error(Field::Tags) {
                <p class="field-error" id="launch-tags-error"><Icon name={IconName::StatusError} label="Error:" />{ error }</p>
            }
            <div>
                <Button id="launch-add-tag" small=true icon={IconName::Add} onclick={add}>{ "Add tag" }</Button>
            </div>
        </Panel>
    }
}

fn view_tag(props: &SectionProps, index: usize) -> Html {
    let (key, value) = props.form.tags.get(index).cloned().unwrap_or_default();
    let set_key = props.on(move |form, text: String| {
        if let Some(tag) = form.tags.get_mut(index) {
            tag.0 = text;
        }
    });
    let set_value = props.on(move |form, text: String| {
        if let Some(tag) = form.tags.get_mut(index) {
            tag.1 = text;
        }
    });
    let remove = props.on(move |form, _: MouseEvent| {
        if index < form.tags.len() {
            form.tags.remove(index);
        }
    });
    let number = index + 1;
    html! {
        <li class="launch-tag" key={index}>
            <FormField id={format!("launch-tag-{index}-key")} label={format!("Key {number}")}>
                <TextInput value={key} placeholder="Project" invalid={props.error(Field::Tags).is_some()} oninput={set_key} />
            </FormField>
            <FormField id={format!("launch-tag-{index}-value")} label={format!("Value {number}")}>
                <TextInput {value} oninput={set_value} />
            </FormField>
            <Button variant={ButtonVariant::Icon} icon={IconName::Remove} label={format!("Remove tag {number}")} onclick={remove} />
        </li>
    }
}
