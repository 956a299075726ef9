//! Who may come in and go out: the rules of an instance's groups, together.

use crate::state::{App, Selected};
use crate::ui::console::section::{parts, rule_words};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::Instance;
use ec2_lab_engine::resources::security_group::{SecurityGroup, SecurityGroupRule};
use yew::prelude::*;

/// The rules of all groups of the instance, one direction after the other.
pub fn view(app: &App, region: &RegionState, row: &Instance) -> Html {
    let groups: Vec<&SecurityGroup> = parts::groups_of(region, row)
        .iter()
        .filter_map(|id| region.security_groups.get(id))
        .collect();
    let rules = |egress: bool| -> Vec<(&SecurityGroup, &SecurityGroupRule)> {
        groups
            .iter()
            .flat_map(|group| group.rules_of(egress).map(move |rule| (*group, rule)))
            .collect()
    };
    html! {
        <>
            <h3 class="inspector-heading">{ "Who may come in" }</h3>
            { list(app, region, &rules(false), "Nobody: no group has an inbound rule. Every connection from outside times out.") }
            <h3 class="inspector-heading">{ "Where it may go" }</h3>
            { list(app, region, &rules(true), "Nowhere: no group has an outbound rule. Answers to what was let in still go out.") }
            <p class="muted">{ "Groups only allow; what no rule names is dropped in silence. The answer to what was let in is let out, whatever the outbound rules say." }</p>
        </>
    }
}

/// One direction's rules as sentences.
pub fn list(
    app: &App,
    region: &RegionState,
    rules: &[(&SecurityGroup, &SecurityGroupRule)],
    empty: &'static str,
) -> Html {
    if rules.is_empty() {
        return html! { <p>{ empty }</p> };
    }
    html! {
        <ul class="rule-list">
            { for rules.iter().map(|(group, rule)| {
                let permission = &rule.permission;
                let ports = rule_words::ports(permission);
                let kind = rule_words::kind(permission);
                html! {
                    <li key={rule.id.to_string()}>
                        <span>
                            <strong>{ kind }</strong>
                            if ports != "All" { { format!(" {} {ports}", rule_words::protocol(permission.protocol)) } }
                            { if rule.egress { " to " } else { " from " } }
                            { rule_words::who(region, permission.peer) }
                        </span>
                        <span class="muted">
                            { parts::link(app, group.name.clone(), Selected::SecurityGroup(group.id)) }
                            if let Some(text) = &rule.description { { format!(" · {text}") } }
                        </span>
                    </li>
                }
            }) }
        </ul>
    }
}
