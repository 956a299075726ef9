//! Small parts that several tables and the inspector share.

use crate::state::{App, Message, Selected};
use crate::ui::components::{
    Button, ButtonVariant, Cell, CopyText, GroupTag, StatusIndicator, StatusKind,
};
use crate::ui::words;
use ec2_lab_engine::catalogue::InstanceType;
use ec2_lab_engine::ids::{
    InstanceId, NetworkInterfaceId, PlacementGroupId, SecurityGroupId, SubnetId, VpcId,
};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use ec2_lab_engine::resources::key_pair::KeyPair;
use ec2_lab_engine::resources::network_interface::NetworkInterface;
use ec2_lab_engine::resources::placement_group::PlacementGroup;
use ec2_lab_engine::resources::security_group::SecurityGroup;
use std::cmp::Reverse;
use yew::prelude::*;

/// Copies a text and says what it was.
#[must_use]
pub fn copier(app: &App, what: &'static str) -> Callback<AttrValue> {
    let app = app.clone();
    Callback::from(move |text: AttrValue| {
        app.dispatch(Message::Copy(text.to_string(), what.to_owned()));
    })
}

/// An id or address with its copy button.
pub fn copyable(app: &App, text: impl ToString, what: &'static str) -> Html {
    html! { <CopyText text={text.to_string()} {what} oncopy={copier(app, what)} /> }
}

/// A cell with an id or address and its copy button; a dash when there is none.
#[must_use]
pub fn copyable_cell(app: &App, text: Option<impl ToString>, what: &'static str) -> Cell {
    match text.map(|text| text.to_string()) {
        None => Cell::text(""),
        Some(text) => Cell::view(copyable(app, &text, what), text),
    }
}

/// Words that show a resource in the inspector when pressed.
pub fn link(app: &App, words: impl Into<AttrValue>, selected: Selected) -> Html {
    let app = app.clone();
    let onclick =
        Callback::from(move |_: MouseEvent| app.dispatch(Message::Select(Some(selected.clone()))));
    let words: AttrValue = words.into();
    html! { <Button variant={ButtonVariant::Inline} {onclick}>{ words }</Button> }
}

/// The kind of an instance's state.
#[must_use]
pub fn state_kind(state: InstanceState) -> StatusKind {
    match state {
        InstanceState::Pending => StatusKind::Pending,
        InstanceState::Running => StatusKind::Success,
        InstanceState::Stopping | InstanceState::ShuttingDown => StatusKind::InProgress,
        InstanceState::Stopped | InstanceState::Terminated => StatusKind::Stopped,
    }
}

/// An instance's state, in an icon and a word.
pub fn state(state: InstanceState) -> Html {
    html! { <StatusIndicator kind={state_kind(state)}>{ words::state(state) }</StatusIndicator> }
}

/// What tells the parts of several VPCs apart in the ids of the page: nothing for the default VPC's first ones.
#[must_use]
pub fn mark(region: &RegionState, vpc: VpcId, first: bool, id: impl ToString) -> String {
    let default = region.vpcs.get(&vpc).is_some_and(|vpc| vpc.is_default);
    if default && first {
        String::new()
    } else {
        format!("-{}", id.to_string())
    }
}

/// Rows in the order they were made.
pub fn by_serial<'a, T>(
    rows: impl Iterator<Item = &'a T>,
    serial: impl Fn(&T) -> u64,
) -> Vec<&'a T> {
    let mut rows: Vec<&T> = rows.collect();
    rows.sort_by_key(|row| serial(row));
    rows
}

/// The security groups in the order they were made.
#[must_use]
pub fn groups(region: &RegionState) -> Vec<&SecurityGroup> {
    by_serial(region.security_groups.values(), |row| row.serial)
}

/// The key pairs, the newest first.
#[must_use]
pub fn keys(region: &RegionState) -> Vec<&KeyPair> {
    let mut rows: Vec<&KeyPair> = region.key_pairs.values().collect();
    rows.sort_by_key(|row| Reverse(row.serial));
    rows
}

/// The placement groups in the order they were made.
#[must_use]
pub fn placements(region: &RegionState) -> Vec<&PlacementGroup> {
    by_serial(region.placement_groups.values(), |row| row.serial)
}

/// The interfaces in the order they were made.
#[must_use]
pub fn interfaces(region: &RegionState) -> Vec<&NetworkInterface> {
    by_serial(region.network_interfaces.values(), |row| row.serial)
}

/// The name of a security group on its colour.
pub fn group_tag(region: &RegionState, id: SecurityGroupId) -> Html {
    let index = groups(region).iter().position(|group| group.id == id);
    match region.security_groups.get(&id) {
        Some(group) => {
            html! { <GroupTag name={group.name.clone()} index={index.unwrap_or(0)} /> }
        }
        None => html! { <code>{ id.to_string() }</code> },
    }
}

/// The names of several groups, each on its colour.
pub fn group_tags(region: &RegionState, ids: &[SecurityGroupId]) -> Html {
    html! { <span class="tag-row">{ for ids.iter().map(|id| group_tag(region, *id)) }</span> }
}

/// The names of several groups, for the filter.
#[must_use]
pub fn group_names(region: &RegionState, ids: &[SecurityGroupId]) -> String {
    let names: Vec<&str> = ids
        .iter()
        .filter_map(|id| region.security_groups.get(id))
        .map(|group| group.name.as_str())
        .collect();
    names.join(", ")
}

/// The groups of an instance's primary interface.
#[must_use]
pub fn groups_of(region: &RegionState, instance: &Instance) -> Vec<SecurityGroupId> {
    region
        .primary_interface(instance)
        .map(|nic| nic.groups.clone())
        .unwrap_or_default()
}

/// What a learner calls an instance.
#[must_use]
pub fn instance_label(region: &RegionState, id: InstanceId) -> String {
    region
        .instances
        .get(&id)
        .map_or_else(|| id.to_string(), Instance::label)
}

/// What a learner calls the instance that has an interface.
#[must_use]
pub fn owner(region: &RegionState, id: NetworkInterfaceId) -> Option<InstanceId> {
    region
        .network_interfaces
        .get(&id)?
        .attachment
        .map(|tie| tie.instance)
}

/// The name of a placement group.
#[must_use]
pub fn placement_name(region: &RegionState, id: Option<PlacementGroupId>) -> Option<String> {
    region
        .placement_groups
        .get(&id?)
        .map(|group| group.name.clone())
}

/// Where a placement group stands among all, which picks its colour.
#[must_use]
pub fn placement_index(region: &RegionState, id: PlacementGroupId) -> usize {
    placements(region)
        .iter()
        .position(|group| group.id == id)
        .unwrap_or(0)
}

/// A subnet in words: `us-east-1a · 172.31.0.0/20`.
#[must_use]
pub fn subnet_label(region: &RegionState, id: SubnetId) -> String {
    region.subnets.get(&id).map_or_else(
        || id.to_string(),
        |subnet| format!("{} · {}", subnet.zone, subnet.cidr),
    )
}

/// An instance type's memory in GiB: `0.5`, `32`.
#[must_use]
pub fn memory(kind: &InstanceType) -> String {
    let text = format!("{:.2}", kind.memory_mib as f64 / 1_024.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `$0.0104`, without zeros that say nothing.
#[must_use]
pub fn dollars(amount: f64) -> String {
    let text = format!("{amount:.4}");
    let short = text.trim_end_matches('0');
    let decimals = short.split('.').nth(1).map_or(0, str::len);
    if decimals >= 2 {
        format!("${short}")
    } else {
        format!("${amount:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn money_has_at_least_cents() {
        assert_eq!(dollars(0.0104), "$0.0104");
        assert_eq!(dollars(0.1), "$0.10");
        assert_eq!(dollars(4.0), "$4.00");
        assert_eq!(dollars(0.0), "$0.00");
    }
}
