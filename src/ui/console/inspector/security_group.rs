//! A security group in the inspector: its rules as sentences and who has it.

use super::security;
use crate::app::use_app;
use crate::route::{Route, Section};
use crate::state::Selected;
use crate::ui::components::{Button, KeyValue, KeyValueList};
use crate::ui::console::section::parts;
use ec2_lab_engine::ids::SecurityGroupId;
use ec2_lab_engine::resources::security_group::{SecurityGroup, SecurityGroupRule};
use yew::prelude::*;

/// Props of [`GroupInspector`].
#[derive(Properties, PartialEq)]
pub struct GroupInspectorProps {
    /// The group.
    pub id: SecurityGroupId,
}

/// The group's facts and rules.
#[component]
pub fn GroupInspector(props: &GroupInspectorProps) -> Html {
    let app = use_app();
    let Some((region, group)) = app
        .region()
        .and_then(|region| Some((region, region.security_groups.get(&props.id)?)))
    else {
        return Html::default();
    };
    let rules = |egress: bool| -> Vec<(&SecurityGroup, &SecurityGroupRule)> {
        group.rules_of(egress).map(|rule| (group, rule)).collect()
    };
    let wearers: Vec<_> = region
        .instances_by_serial()
        .into_iter()
        .filter(|row| parts::groups_of(region, row).contains(&group.id))
        .collect();
    let used = html! {
        if wearers.is_empty() {
            { "No instance" }
        } else {
            <ul class="plain-list">
                { for wearers.iter().map(|row| html! { <li>{ parts::link(&app, row.label(), Selected::Instance(row.id)) }</li> }) }
            </ul>
        }
    };
    let items = vec![
        KeyValue::new(
            "Group ID",
            parts::copyable(&app, group.id, "the security group ID"),
        ),
        KeyValue::text("Description", group.description.clone()),
        KeyValue::new("VPC", html! { <code>{ group.vpc.to_string() }</code> }),
        KeyValue::new("Used by", used),
    ];
    html! {
        <section class="inspector-card" aria-labelledby="inspector-title">
            <div class="inspector-head">
                <h2 id="inspector-title" class="inspector-title">{ parts::group_tag(region, group.id) }</h2>
            </div>
            <div class="inspector-body">
                <KeyValueList {items} />
                <h3 class="inspector-heading">{ "Who may come in" }</h3>
                { security::list(&app, region, &rules(false), "Nobody: it has no inbound rule.") }
                <h3 class="inspector-heading">{ "Where its instances may go" }</h3>
                { security::list(&app, region, &rules(true), "Nowhere: it has no outbound rule.") }
            </div>
            if app.route != Route::Lab(Section::SecurityGroups) {
                <div class="inspector-foot">
                    <Button href={Route::Lab(Section::SecurityGroups).href()} id="inspector-edit-rules">{ "Edit rules" }</Button>
                </div>
            }
        </section>
    }
}
