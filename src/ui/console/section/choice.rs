//! Fields that choose resources: security groups, an instance.

use super::parts::groups;
use crate::app::use_app;
use crate::ui::components::{Checkbox, FormField, SelectOption};
use ec2_lab_engine::ids::{SecurityGroupId, VpcId};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::security_group::GROUPS_PER_INTERFACE;
use yew::prelude::*;

/// Props of [`GroupChoice`].
#[derive(Properties, PartialEq)]
pub struct GroupChoiceProps {
    /// Id of the field.
    pub id: AttrValue,
    /// The VPC whose groups can be chosen.
    pub vpc: VpcId,
    /// What is chosen.
    pub chosen: Vec<SecurityGroupId>,
    /// Called with what is chosen now.
    pub onchange: Callback<Vec<SecurityGroupId>>,
}

/// The security groups of a VPC as checkboxes.
#[component]
pub fn GroupChoice(props: &GroupChoiceProps) -> Html {
    let app = use_app();
    let Some(region) = app.region() else {
        return Html::default();
    };
    let error = match props.chosen.len() {
        0 => Some("Choose at least one: an interface is never without a group.".to_owned()),
        count if count > GROUPS_PER_INTERFACE => Some(format!(
            "An interface has at most {GROUPS_PER_INTERFACE} security groups; {count} are chosen."
        )),
        _ => None,
    };
    let own = groups(region)
        .into_iter()
        .filter(|group| group.vpc == props.vpc);
    html! {
        <FormField id={props.id.clone()} label="Security groups" group=true {error}
            constraint="What any of them allows is allowed: rules of several groups add up.">
            <div class="choices">
                { for own.map(|group| {
                    let (id, chosen, onchange) = (group.id, props.chosen.clone(), props.onchange.clone());
                    let toggle = Callback::from(move |on: bool| {
                        let mut next: Vec<SecurityGroupId> = chosen.iter().copied().filter(|other| *other != id).collect();
                        if on {
                            next.push(id);
                        }
                        onchange.emit(next);
                    });
                    html! {
                        <Checkbox key={id.to_string()} id={format!("{}-{}", props.id, group.name.replace(' ', "-"))}
                            checked={props.chosen.contains(&id)} onchange={toggle}
                            description={format!("{id} · {}", group.description)}>
                            { &group.name }
                        </Checkbox>
                    }
                }) }
            </div>
        </FormField>
    }
}

/// The instances that are not over, to choose one.
#[must_use]
pub fn instance_options(region: &RegionState) -> Vec<SelectOption> {
    region
        .instances_by_serial()
        .into_iter()
        .filter(|row| !row.state.is_terminal())
        .map(|row| {
            let words = match row.tags.name() {
                Some(name) => format!("{name} ({}, {})", row.id, row.state.as_str()),
                None => format!("{} ({})", row.id, row.state.as_str()),
            };
            SelectOption::new(row.id.to_string(), words)
        })
        .collect()
}
