//! Configure storage: the root volume.

use super::form::VOLUME_TYPES;
use super::parts::SectionProps;
use super::problems::Field;
use crate::ui::components::{FormField, Panel, Select, SelectOption, TextInput};
use ec2_lab_engine::resources::volume::VolumeType;
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// The disk.
#[component]
pub fn StorageSection(props: &SectionProps) -> Html {
    let types: IArray<SelectOption> = VOLUME_TYPES
        .iter()
        .map(|(value, label)| SelectOption::new(*value, *label))
        .collect();
    let least = props.form.image().map_or(8, |image| image.root_volume_gib);
    let most = VolumeType::parse(&props.form.volume_type)
        .unwrap_or(VolumeType::Gp3)
        .bounds()
        .size
        .1;
    html! {
        <Panel id="launch-section-storage" title="Configure storage">
            <div class="columns">
                <FormField id="launch-volume-size" label="Size of the root volume (GiB)" error={props.error(Field::VolumeSize)}
                    constraint={format!("{least} to {most} GiB. The image fills {least} GiB.")}>
                    <TextInput inputmode="numeric" value={props.form.volume_size.clone()} oninput={props.on(|form, text: String| form.volume_size = text)} />
                </FormField>
                <FormField id="launch-volume-type" label="Volume type" error={props.error(Field::VolumeType)} constraint="Deleted with the instance.">
                    <Select value={props.form.volume_type.clone()} options={types}
                        onchange={props.on(|form, value: AttrValue| form.volume_type = value.to_string())} />
                </FormField>
            </div>
        </Panel>
    }
}
