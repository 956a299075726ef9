//! The instance types that the Region offers, and how to read their names.

mod parts_of_name;

use crate::app::use_app;
use crate::ui::components::{
    Badge, BadgeColor, Cell, Column, Expandable, Row, Selection, Sort, Table,
};
use crate::ui::console::section::parts::{dollars, memory};
use ec2_lab_engine::catalogue::{self, InstanceType};
use implicit_clone::unsync::IArray;
use parts_of_name::NameParts;
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("type", "Instance type"),
        Column::new("vcpu", "vCPU").numeric(),
        Column::new("memory", "Memory (GiB)").numeric(),
        Column::new("linux", "Linux per hour").numeric(),
        Column::new("windows", "Windows per hour").numeric(),
        Column::new("network", "Network"),
        Column::new("storage", "Instance storage"),
        Column::new("class", "Class"),
        Column::new("ebs", "EBS bandwidth (Mbps)").numeric(),
        Column::new("burstable", "Burstable"),
        Column::new("hibernation", "Hibernation"),
    ]
}

fn price(kind: &InstanceType, region: &str, windows: bool) -> Cell {
    match kind.price(region, windows) {
        // Sorted by the number, padded: `$10` stands behind `$9`.
        Some(price) => Cell::view(html! { { dollars(price) } }, format!("{price:012.4}")),
        None => Cell::text(""),
    }
}

fn yes(value: bool) -> Cell {
    Cell::text(if value { "Yes" } else { "No" })
}

fn row(kind: &'static InstanceType, region: &str) -> Row {
    let name = html! {
        <span>
            <span class="code">{ kind.name }</span>
            if kind.free_tier { { " " }<Badge color={BadgeColor::Green}>{ "free tier" }</Badge> }
            if !kind.current_generation { { " " }<Badge>{ "previous" }</Badge> }
        </span>
    };
    let bandwidth = match (kind.ebs_baseline_mbps, kind.ebs_max_mbps) {
        (Some(base), Some(peak)) if base != peak => format!("{base} – {peak}"),
        (_, Some(peak)) => peak.to_string(),
        (Some(base), None) => base.to_string(),
        (None, None) => String::new(),
    };
    let parts = parts_of_name::read(kind.name);
    Row::new(
        kind.name,
        kind.name,
        vec![
            Cell::view(name, kind.name),
            Cell::text(kind.vcpus.to_string()),
            Cell::text(memory(kind)),
            price(kind, region, false),
            price(kind, region, true),
            Cell::text(kind.network_performance),
            Cell::text(if kind.instance_storage.is_empty() {
                "EBS only"
            } else {
                kind.instance_storage
            }),
            Cell::text(parts.map_or("", |parts| parts.class_words)),
            Cell::text(bandwidth),
            yes(kind.burstable),
            yes(kind.hibernation),
        ],
    )
}

/// The table; the chosen type's name is taken apart above it.
#[component]
pub fn InstanceTypes() -> Html {
    let app = use_app();
    let chosen = use_state(|| AttrValue::from("m5.2xlarge"));
    let region = app.caller.region;
    let rows: Vec<Row> = catalogue::instance_types()
        .filter(|kind| !kind.zone_letters(region).is_empty())
        .map(|kind| row(kind, region))
        .collect();
    let onselect = {
        let chosen = chosen.setter();
        Callback::from(move |ids: IArray<AttrValue>| {
            if let Some(id) = ids.iter().next() {
                chosen.set(id.clone());
            }
        })
    };
    let selected = vec![(*chosen).clone()];
    let description = html! { { format!("Offered in {region}; On-Demand prices, choose a row to read its name") } };
    let sort = Sort {
        column: "linux".into(),
        descending: false,
    };
    html! {
        <>
            <Table id="instance-types" title="Instance types" columns={columns()} {rows} {selected} {onselect} {description} {sort}
                selection={Selection::Single} filter="Find by name, class, memory or network: try “t3” or “memory”" />
            <NameParts name={(*chosen).clone()} />
            <Expandable title="What the letters of the classes mean" class="panel type-classes">
                <dl class="name-classes">
                    { for parts_of_name::CLASSES.iter().map(|(letters, words, good)| html! {
                        <div key={*letters}><dt><code>{ *letters }</code>{ format!(" {words}") }</dt><dd>{ *good }</dd></div>
                    }) }
                </dl>
            </Expandable>
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn lists_the_cheapest_first_and_reads_a_name() {
        let page = Lab::new().render(html! { <InstanceTypes /> });
        for words in [
            "t3.nano",
            "EBS only",
            "Linux per hour",
            "aria-sort=\"ascending\"",
            "Generation",
            "2xlarge",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[test]
    fn every_type_of_the_catalogue_has_a_class() {
        for kind in catalogue::instance_types() {
            let parts = parts_of_name::read(kind.name);
            assert!(
                parts
                    .as_ref()
                    .is_some_and(|parts| !parts.class_words.is_empty()),
                "{}: {parts:?}",
                kind.name
            );
        }
    }
}
