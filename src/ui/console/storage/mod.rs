//! Volumes and snapshots: disks, and copies of disks.

mod attach;
mod create;
mod snapshots;
mod volumes;

use yew::prelude::*;

/// Both tables.
#[component]
pub fn Storage() -> Html {
    html! {
        <>
            <volumes::Volumes />
            <snapshots::Snapshots />
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;
    use ec2_lab_engine::json::json;

    #[test]
    fn a_disk_is_listed_with_its_instance_and_a_copy_below() {
        let mut lab = Lab::with_instances();
        lab.call(
            "CreateVolume",
            json!({ "AvailabilityZone": "us-east-1a", "Size": 10, "VolumeType": "gp3" }),
        );
        lab.wait(10);
        let id = lab
            .state()
            .region()
            .and_then(|region| region.volumes.values().find(|row| row.attachment.is_none()))
            .map(|row| row.id.to_string());
        lab.call("CreateSnapshot", json!({ "VolumeId": id }));
        let page = lab.render(html! { <Storage /> });
        for words in [
            "web-1",
            "/dev/xvda",
            "Available",
            "10 GiB",
            "volume-create",
            "Snapshots",
            "Pending",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[test]
    fn without_anything_it_says_what_there_could_be() {
        let page = Lab::new().render(html! { <Storage /> });
        assert!(
            page.contains("No volumes") && page.contains("No snapshots"),
            "{page}"
        );
    }
}
