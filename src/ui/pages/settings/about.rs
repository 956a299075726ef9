//! What this page is: version, licence, what is modelled.

use crate::ui::components::{KeyValue, KeyValueList, Panel};
use ec2_lab_course::content;
use ec2_lab_engine::catalogue;
use ec2_lab_engine::operation::{self, Service};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// Facts about the page, counted where they can be.
#[component]
pub fn About() -> Html {
    let operations = operation::registry()
        .filter(|spec| spec.service == Service::Ec2)
        .count();
    let regions: Vec<&str> = catalogue::regions().map(|region| region.name).collect();
    let mut systems: Vec<&str> = catalogue::images().map(|image| image.title).collect();
    systems.dedup();
    let items: IArray<KeyValue> = vec![
        KeyValue::text("Version", env!("CARGO_PKG_VERSION")),
        KeyValue::text("Licence", env!("CARGO_PKG_LICENSE")),
        KeyValue::text("API operations", format!("{operations} of Amazon EC2")),
        KeyValue::text(
            "Instance types",
            catalogue::instance_types().count().to_string(),
        ),
        KeyValue::text("Images", systems.join(", ")),
        KeyValue::text("Regions", regions.join(", ")),
        KeyValue::text("Questions", content::questions().len().to_string()),
    ]
    .into();
    html! {
        <Panel id="settings-about" title="About EC2 Lab">
            <div class="stack">
                <p>
                    { "A simulator of Amazon EC2 for learning: instances, security groups, key pairs, placement groups, the VPC around them, and what listens inside. " }
                    { "It answers with AWS's names, error codes and messages. What it does not model says so and changes nothing." }
                </p>
                <KeyValueList {items} />
                <p class="muted">
                    { "Not affiliated with or endorsed by Amazon Web Services. AWS and Amazon EC2 are trademarks of Amazon.com, Inc. or its affiliates. Prices are for learning: ask AWS before you rely on one." }
                </p>
            </div>
        </Panel>
    }
}
