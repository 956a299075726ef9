//! Advanced details: placement, what runs at the first boot, protections.

use super::parts::SectionProps;
use super::problems::Field;
use super::user_data::UserData;
use crate::app::use_app;
use crate::ui::components::{
    Checkbox, Expandable, FormField, Panel, Select, SelectOption, TextInput,
};
use ec2_lab_engine::resources::placement_group::{PlacementGroup, Strategy};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// Props of [`AdvancedSection`].
#[derive(Properties, PartialEq)]
pub struct AdvancedProps {
    /// Form and problems.
    pub section: SectionProps,
    /// Whether it begins open, or has to be opened to show a problem.
    pub open: bool,
}

/// What most launches leave as it is.
#[component]
pub fn AdvancedSection(props: &AdvancedProps) -> Html {
    let section = &props.section;
    html! {
        <Panel id="launch-section-advanced" title="Advanced details">
            <Expandable title="Placement, protection, user data" open={props.open} class="launch-advanced">
                <div class="stack">
                    <Placement ..section.clone() />
                    <Behavior ..section.clone() />
                    <UserData ..section.clone() />
                </div>
            </Expandable>
        </Panel>
    }
}

#[component]
fn Placement(props: &SectionProps) -> Html {
    let app = use_app();
    let mut groups: Vec<&PlacementGroup> = app
        .region()
        .into_iter()
        .flat_map(|region| region.placement_groups.values())
        .collect();
    groups.sort_by_key(|group| group.serial);
    let mut options = vec![SelectOption::new("", "None")];
    options.extend(groups.iter().map(|group| {
        SelectOption::new(
            group.name.clone(),
            format!("{} ({})", group.name, group.strategy.as_str()),
        )
    }));
    let chosen = groups
        .iter()
        .find(|group| Some(&group.name) == props.form.placement_group.as_ref());
    let partitions = chosen
        .filter(|group| group.strategy == Strategy::Partition)
        .and_then(|group| group.partition_count);
    let choose = props.on(|form, value: AttrValue| {
        form.placement_group = Some(value.to_string()).filter(|name| !name.is_empty());
        form.partition.clear();
    });
    let words = match chosen.map(|group| group.strategy) {
        Some(Strategy::Cluster) => {
            "Close together in one zone: short ways, one rack can take them all down."
        }
        Some(Strategy::Spread) => {
            "Each on a rack of its own: at most 7 running instances in a zone."
        }
        Some(Strategy::Partition) => "In partitions that share no rack with each other.",
        None => "Without a group AWS places the instance where it likes.",
    };
    html! {
        <div class="columns">
            <FormField id="launch-placement-group" label="Placement group" error={props.error(Field::PlacementGroup)} constraint={words}>
                <Select value={props.form.placement_group.clone().unwrap_or_default()} options={IArray::from(options)} onchange={choose} />
            </FormField>
            if let Some(count) = partitions {
                <FormField id="launch-partition" label="Partition" optional=true error={props.error(Field::Partition)}
                    constraint={format!("1 to {count}; empty: AWS spreads them evenly.")}>
                    <TextInput inputmode="numeric" value={props.form.partition.clone()} oninput={props.on(|form, text: String| form.partition = text)} />
                </FormField>
            }
        </div>
    }
}

#[component]
fn Behavior(props: &SectionProps) -> Html {
    let form = &props.form;
    let shutdown: IArray<SelectOption> = vec![
        SelectOption::new("stop", "Stop"),
        SelectOption::new("terminate", "Terminate"),
    ]
    .into();
    let tokens: IArray<SelectOption> = vec![
        SelectOption::new("", "As the image says"),
        SelectOption::new("required", "V2 only (token required)"),
        SelectOption::new("optional", "V1 and V2 (token optional)"),
    ]
    .into();
    let tokens_value = match form.tokens_required {
        None => "",
        Some(true) => "required",
        Some(false) => "optional",
    };
    let choose_tokens = props.on(|form, value: AttrValue| {
        form.tokens_required = match value.as_str() {
            "required" => Some(true),
            "optional" => Some(false),
            _ => None,
        };
    });
    html! {
        <>
            <div class="columns">
                <FormField id="launch-shutdown" label="Shutdown behavior" constraint="What AWS does when the machine shuts itself down.">
                    <Select value={if form.shutdown_terminates { "terminate" } else { "stop" }} options={shutdown}
                        onchange={props.on(|form, value: AttrValue| form.shutdown_terminates = value == "terminate")} />
                </FormField>
                <FormField id="launch-metadata" label="Metadata version" constraint="How programs inside ask for the instance's own data.">
                    <Select value={tokens_value} options={tokens} onchange={choose_tokens} />
                </FormField>
            </div>
            <div class="choices">
                <Checkbox id="launch-termination-protection" checked={form.termination_protection}
                    onchange={props.on(|form, on: bool| form.termination_protection = on)}
                    description="TerminateInstances is refused until it is turned off.">{ "Termination protection" }</Checkbox>
                <Checkbox id="launch-stop-protection" checked={form.stop_protection}
                    onchange={props.on(|form, on: bool| form.stop_protection = on)}
                    description="StopInstances is refused until it is turned off.">{ "Stop protection" }</Checkbox>
                <Checkbox id="launch-monitoring" checked={form.detailed_monitoring}
                    onchange={props.on(|form, on: bool| form.detailed_monitoring = on)}
                    description="A figure every minute instead of every five; AWS charges for it.">{ "Detailed CloudWatch monitoring" }</Checkbox>
            </div>
        </>
    }
}
