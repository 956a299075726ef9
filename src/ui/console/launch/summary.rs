//! The summary beside the form: how many, what it comes to, the button, the commands that it equals.

use super::calls::{Plan, whole};
use super::form::KeyChoice;
use super::parts::{SectionProps, dollars};
use super::problems::{Field, Problem};
use crate::app::use_app;
use crate::route::{Route, Section};
use crate::state::Message;
use crate::ui::components::{
    Alert, Button, ButtonVariant, CodeBlock, Expandable, FormField, KeyValue, KeyValueList, Panel,
    StatusKind, TextInput,
};
use implicit_clone::unsync::IArray;
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`Summary`].
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// Form and problems.
    pub section: SectionProps,
    /// The calls of the form.
    pub plan: Rc<Plan>,
    /// Whether the learner has tried to launch it as it is.
    pub tried: bool,
    /// The button was pressed.
    pub onlaunch: Callback<()>,
    /// A problem was pressed: go to its field.
    pub ongo: Callback<Field>,
}

/// What it comes to.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let app = use_app();
    let section = &props.section;
    let oncopy = {
        let dispatch = app.dispatcher();
        Callback::from(move |text: AttrValue| {
            dispatch.dispatch(Message::Copy(text.to_string(), "the commands".to_owned()))
        })
    };
    let many = whole(&section.form.count).unwrap_or(1) != 1;
    html! {
        <Panel id="launch-summary" title="Summary" class="launch-summary">
            <div class="stack">
                <FormField id="launch-count" label="Number of instances" error={section.error(Field::Count)}>
                    <TextInput inputmode="numeric" value={section.form.count.clone()} oninput={section.on(|form, text: String| form.count = text)} />
                </FormField>
                <KeyValueList items={view_lines(section)} />
                { view_price(section, app.caller.region) }
                if !section.problems.is_empty() { { view_problems(props) } }
                <div class="wizard-actions">
                    <Button href={Route::Lab(Section::Instances).href()}>{ "Cancel" }</Button>
                    <Button id="launch-submit" variant={ButtonVariant::Primary} onclick={props.onlaunch.reform(|_: MouseEvent| ())}>
                        { if many { "Launch instances" } else { "Launch instance" } }
                    </Button>
                </div>
                <Expandable title="The same as commands" detail={props.plan.calls.len().to_string()} open=true class="launch-commands">
                    <CodeBlock text={props.plan.commands()} what="commands" oncopy={Some(oncopy)} />
                </Expandable>
            </div>
        </Panel>
    }
}

fn view_lines(section: &SectionProps) -> IArray<KeyValue> {
    let form = &section.form;
    let group = match (form.create_group, form.groups.len()) {
        (true, _) => {
            let rules = form.rules().len();
            let words = match rules {
                0 => "no inbound rule".to_owned(),
                1 => "1 inbound rule".to_owned(),
                many => format!("{many} inbound rules"),
            };
            format!("{} (new, {words})", form.group_name.trim())
        }
        (false, 0) => "default".to_owned(),
        (false, 1) => "1 existing group".to_owned(),
        (false, many) => format!("{many} existing groups"),
    };
    let key = match &form.key {
        KeyChoice::New => format!("{} (new)", form.key_name.trim()),
        KeyChoice::Existing(name) => name.clone(),
        KeyChoice::None => "none: no login".to_owned(),
    };
    let image = form.image().map_or("", |image| image.title);
    vec![
        KeyValue::text("Image", image),
        KeyValue::text("Type", form.instance_type.trim().to_owned()),
        KeyValue::text("Key pair", key),
        KeyValue::text("Firewall", group),
        KeyValue::text(
            "Storage",
            format!("{} GiB {}", form.volume_size.trim(), form.volume_type),
        ),
    ]
    .into()
}

fn view_price(section: &SectionProps, region: &str) -> Html {
    let count = whole(&section.form.count)
        .filter(|count| (1..=10_000).contains(count))
        .unwrap_or(1);
    let Some(price) = section.form.price(region) else {
        return Html::default();
    };
    html! {
        <div class="launch-price">
            <span class="wizard-price">{ dollars(price * count as f64) }</span>
            <span class="muted">{ " an hour" }
                if count > 1 { { format!(" ({count} × {})", dollars(price)) } }
            </span>
            <p class="small muted">{ "While it runs, On-Demand, without storage. In the lab nothing is charged." }</p>
        </div>
    }
}

/// What has to be put right, each a way to its field.
fn view_problems(props: &SummaryProps) -> Html {
    let problems = &props.section.problems;
    let title = match problems.len() {
        1 => "AWS would refuse this.".to_owned(),
        many => format!("AWS would refuse this for {many} reasons."),
    };
    let item = |problem: &Problem| {
        let field = problem.field;
        html! {
            <li key={field.id()}>
                <Button variant={ButtonVariant::Inline} onclick={props.ongo.reform(move |_: MouseEvent| field)}>{ field.label() }</Button>
            </li>
        }
    };
    html! {
        <div id="launch-problems" role={props.tried.then_some("alert")}>
            <Alert kind={StatusKind::Error} {title}>
                <ul class="launch-problems">{ for problems.iter().map(item) }</ul>
            </Alert>
        </div>
    }
}
