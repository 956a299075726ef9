//! User data: a script for the first boot, with its length before base64.

use super::parts::SectionProps;
use super::problems::Field;
use crate::ui::components::{Button, FormField, IconName, TextArea};
use yew::prelude::*;

/// The most bytes that AWS takes, before base64.
const LIMIT: usize = 16_384;

/// The script.
#[component]
pub fn UserData(props: &SectionProps) -> Html {
    let used = props.form.user_data.len();
    let example = props.form.example_script();
    let reason = if example.is_none() {
        Some("This image has no package manager that the lab models.")
    } else if used > 0 {
        Some("Empty the field first, so that nothing you typed is lost.")
    } else {
        None
    };
    let fill = props.on(|form, _: MouseEvent| {
        if let Some(script) = form.example_script().filter(|_| form.user_data.is_empty()) {
            form.user_data = script;
        }
    });
    let mistake = (used > 0
        && !props.form.user_data.trim_start().starts_with("#!")
        && props.error(Field::UserData).is_none())
    .then_some("It does not begin with #!/bin/bash, so it will not be run. ");
    html! {
        <div class="stack is-tight">
            <FormField id="launch-user-data" label="User data" optional=true error={props.error(Field::UserData)}
                constraint={format!("{}{} of {} bytes", mistake.unwrap_or_default(), grouped(used), grouped(LIMIT))}
                description={html! { { "Runs once, as root, at the first boot. What is started here is up when the instance answers." } }}>
                <TextArea code=true rows=7 value={props.form.user_data.clone()} placeholder="#!/bin/bash"
                    oninput={props.on(|form, text: String| form.user_data = text)} />
            </FormField>
            <div>
                <Button id="launch-user-data-example" small=true icon={IconName::Terminal} onclick={fill} disabled_reason={reason}>
                    { "Fill in a small web server" }
                </Button>
            </div>
        </div>
    }
}

/// `16,384`.
fn grouped(number: usize) -> String {
    if number < 1_000 {
        number.to_string()
    } else {
        format!("{},{:03}", number / 1_000, number % 1_000)
    }
}
