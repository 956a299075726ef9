//! What is chosen, in detail, with the actions that one wants next.

mod details;
mod firewall;
mod inside;
mod instance;
mod network;
mod others;
mod security;
mod security_group;
mod timeline;

use crate::app::use_app;
use crate::state::{AppState, Message, Selected};
use crate::ui::components::{Button, ButtonVariant, IconName};
use crate::ui::console::section::parts;
use crate::ui::words;
use yew::prelude::*;

/// What the inspector shows, in a few words; `None` when nothing is chosen or it is gone.
#[must_use]
pub fn label(app: &AppState) -> Option<String> {
    let region = app.region()?;
    Some(match app.selected.as_ref()? {
        Selected::Instance(id) => {
            let row = region.instances.get(id)?;
            format!("{}, {}", row.label(), words::state(row.state))
        }
        Selected::SecurityGroup(id) => {
            format!("Security group {}", region.security_groups.get(id)?.name)
        }
        Selected::PlacementGroup(id) => {
            format!("Placement group {}", region.placement_groups.get(id)?.name)
        }
        Selected::Subnet(id) => format!(
            "Subnet {}",
            parts::subnet_label(region, region.subnets.get(id)?.id)
        ),
        Selected::Address(id) => format!("Elastic IP {}", region.addresses.get(id)?.public_ip),
        Selected::NetworkInterface(id) => {
            format!("Interface {}", region.network_interfaces.get(id)?.id)
        }
        Selected::KeyPair(id) => format!("Key pair {}", region.key_pairs.get(id)?.name),
    })
}

/// The details of what is chosen.
#[component]
pub fn Inspector() -> Html {
    let app = use_app();
    let body = match app.selected.clone() {
        None => return Html::default(),
        // The key lets one instance's tab and drafts not become another's.
        Some(Selected::Instance(id)) => {
            html! { <instance::InstanceInspector key={id.to_string()} {id} /> }
        }
        Some(Selected::SecurityGroup(id)) => {
            html! { <security_group::GroupInspector key={id.to_string()} {id} /> }
        }
        Some(Selected::PlacementGroup(id)) => others::placement_group(&app, id),
        Some(Selected::Subnet(id)) => others::subnet(&app, id),
        Some(Selected::Address(id)) => others::address(&app, id),
        Some(Selected::NetworkInterface(id)) => others::interface(&app, id),
        Some(Selected::KeyPair(id)) => others::key_pair(&app, id),
    };
    let close = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.dispatch(Message::Select(None)))
    };
    html! {
        <div class="inspector panel">
            <Button class="inspector-close" variant={ButtonVariant::Icon} icon={IconName::Close} small=true
                label="Close the details" id="inspector-close" onclick={close} />
            { body }
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn nothing_chosen_is_nothing() {
        let lab = Lab::new();
        assert_eq!(label(lab.state()), None);
        assert_eq!(lab.render(html! { <Inspector /> }), "");
    }

    #[test]
    fn an_instance_shows_state_details_and_buttons() {
        let mut lab = Lab::with_instances();
        let id = lab.state().region().unwrap().instances_by_serial()[0].id;
        lab.select(Selected::Instance(id));
        assert_eq!(label(lab.state()).as_deref(), Some("web-1, Running"));
        let page = lab.render(html! { <Inspector /> });
        for words in [
            "web-1",
            "Running",
            "Amazon Linux 2023",
            "instance-stop",
            "instance-connect",
            "Inside",
            "Timeline",
            "lab-key",
            "rack",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[test]
    fn every_kind_can_be_shown() {
        let mut lab = Lab::with_instances();
        let region = lab.state().region().unwrap().clone();
        let web = parts::groups(&region)
            .into_iter()
            .find(|group| group.name == "web-sg")
            .unwrap();
        let nic = parts::interfaces(&region)[0];
        for (selected, words) in [
            (Selected::SecurityGroup(web.id), "everyone on the internet"),
            (
                Selected::PlacementGroup(parts::placements(&region)[0].id),
                "Spread",
            ),
            (
                Selected::Subnet(region.subnets_by_serial().next().unwrap().id),
                "internet gateway",
            ),
            (
                Selected::Address(*region.addresses.keys().next().unwrap()),
                "Not associated",
            ),
            (Selected::NetworkInterface(nic.id), "web-1"),
            (Selected::KeyPair(parts::keys(&region)[0].id), "lab-key.pem"),
        ] {
            lab.select(selected.clone());
            assert!(label(lab.state()).is_some());
            let page = lab.render(html! { <Inspector /> });
            assert!(page.contains(words), "{selected:?}: {page}");
        }
    }
}
