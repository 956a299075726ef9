//! The table of one kind of resource, and the navigation between the kinds.

pub mod choice;
pub mod command;
pub mod confirm;
pub mod dialogs;
mod navigation;
pub mod parts;
pub mod rule_words;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub mod test_support;

pub use navigation::ResourceNavigation;

use super::{
    addresses, images, instance_types, instances, interfaces, key_pairs, keys, network,
    placement_groups, reachability, security_groups, storage,
};
use crate::route::Section;
use yew::prelude::*;

/// Props of [`SectionView`].
#[derive(Properties, PartialEq)]
pub struct SectionViewProps {
    /// Which kind of resource.
    pub section: Section,
}

/// The table of a section, with its dialogs.
#[component]
pub fn SectionView(props: &SectionViewProps) -> Html {
    match props.section {
        Section::Instances => html! { <instances::Instances /> },
        Section::InstanceTypes => html! { <instance_types::InstanceTypes /> },
        Section::Images => html! { <images::Images /> },
        Section::KeyPairs => html! { <key_pairs::KeyPairs /> },
        Section::PlacementGroups => html! { <placement_groups::PlacementGroups /> },
        Section::Volumes => html! { <storage::Storage /> },
        Section::Keys => html! { <keys::Keys /> },
        Section::SecurityGroups => html! { <security_groups::SecurityGroups /> },
        Section::Addresses => html! { <addresses::Addresses /> },
        Section::NetworkInterfaces => html! { <interfaces::NetworkInterfaces /> },
        Section::Network => html! { <network::Network /> },
        Section::Reachability => html! { <reachability::Reachability /> },
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::test_support::Lab;
    use super::*;

    #[test]
    fn every_section_says_its_name() {
        let lab = Lab::new();
        for section in Section::ALL {
            let page = lab.render(html! { <SectionView {section} /> });
            let title = match section {
                Section::Images => "Images",
                Section::NetworkInterfaces => "Network interfaces",
                Section::Network => "Subnets",
                other => other.title(),
            };
            assert!(page.contains(title), "{section:?}: {page}");
        }
    }
}
