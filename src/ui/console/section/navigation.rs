//! The side navigation of the lab: every kind of resource with how many there are.

use crate::app::use_app;
use crate::route::{Route, Section};
use crate::ui::components::{NavItem, NavSection, SideNavigation};
use ec2_lab_engine::region::RegionState;
use ec2_lab_engine::resources::instance::InstanceState;
use yew::prelude::*;

/// Links to the tables of the lab, with counters.
#[component]
pub fn ResourceNavigation() -> Html {
    let app = use_app();
    let here = match &app.route {
        Route::Lab(section) => Some(*section),
        _ => None,
    };
    let item = |section: Section| {
        let item = NavItem::new(
            Route::Lab(section).href(),
            section.title(),
            here == Some(section),
        );
        let count = match section {
            Section::Keys => Some(
                app.session
                    .world()
                    .kms()
                    .keys_of(app.caller.account, app.caller.region)
                    .len(),
            ),
            _ => app.region().and_then(|region| count(region, section)),
        };
        match count {
            Some(count) => item.count(count),
            None => item,
        }
    };
    let sections = vec![
        NavSection::new(
            "Compute",
            [
                Section::Instances,
                Section::InstanceTypes,
                Section::Images,
                Section::KeyPairs,
                Section::PlacementGroups,
            ]
            .map(item)
            .to_vec(),
        ),
        NavSection::new(
            "Storage",
            [Section::Volumes, Section::Keys].map(item).to_vec(),
        ),
        NavSection::new(
            "Network",
            [
                Section::SecurityGroups,
                Section::Addresses,
                Section::NetworkInterfaces,
                Section::Network,
                Section::Reachability,
            ]
            .map(item)
            .to_vec(),
        ),
    ];
    html! { <SideNavigation label="Resources" {sections} /> }
}

/// How many there are of what the account owns; the catalogue is not counted.
fn count(region: &RegionState, section: Section) -> Option<usize> {
    Some(match section {
        // A terminated instance is still listed for an hour, but nobody has it any more.
        Section::Instances => region
            .instances
            .values()
            .filter(|row| row.state != InstanceState::Terminated)
            .count(),
        Section::InstanceTypes | Section::Images | Section::Keys | Section::Reachability => {
            return None;
        }
        Section::KeyPairs => region.key_pairs.len(),
        Section::PlacementGroups => region.placement_groups.len(),
        Section::Volumes => region.volumes.len(),
        Section::SecurityGroups => region.security_groups.len(),
        Section::Addresses => region.addresses.len(),
        Section::NetworkInterfaces => region.network_interfaces.len(),
        Section::Network => region.vpcs.len(),
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::test_support::Lab;
    use super::*;

    #[test]
    fn counts_what_one_has() {
        let page = Lab::new().render(html! { <ResourceNavigation /> });
        for word in [
            "Compute",
            "Network",
            "#/lab/elastic-ips",
            "VPCs and subnets",
        ] {
            assert!(page.contains(word), "{word}");
        }
        assert_eq!(page.matches("side-count").count(), 9);
    }
}
