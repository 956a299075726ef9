//! Instance type: a field that finds as one types, and a table to compare.

use super::parts::{SectionProps, dollars, memory};
use super::problems::Field;
use crate::app::use_app;
use crate::ui::components::{
    Badge, BadgeColor, Cell, Column, Expandable, FormField, KeyValue, KeyValueList, Panel, Row,
    Selection, Sort, Table, TextInput,
};
use ec2_lab_engine::catalogue::{self, InstanceType};
use implicit_clone::unsync::IArray;
use yew::prelude::*;

/// The types that the Region offers and the image runs on.
fn fitting(region: &str, architecture: &str) -> Vec<&'static InstanceType> {
    catalogue::instance_types()
        .filter(|kind| {
            !kind.zone_letters(region).is_empty() && kind.architectures.contains(&architecture)
        })
        .collect()
}

/// The hardware.
#[component]
pub fn TypeSection(props: &SectionProps) -> Html {
    let app = use_app();
    let image = props.form.image();
    let key = (
        app.caller.region,
        image.map_or("x86_64", |image| image.architecture),
        image.is_some_and(|image| image.windows),
    );
    let lists = use_memo(key, |(region, architecture, windows)| {
        let kinds = fitting(region, architecture);
        let names: Vec<AttrValue> = kinds
            .iter()
            .map(|kind| AttrValue::from(kind.name))
            .collect();
        let rows: IArray<Row> = kinds
            .iter()
            .map(|kind| view_row(kind, region, *windows))
            .collect();
        (names, rows)
    });
    let (names, rows) = (&lists.0, &lists.1);
    let columns: IArray<Column> = vec![
        Column::new("type", "Type"),
        Column::new("vcpu", "vCPU").numeric(),
        Column::new("memory", "Memory").numeric(),
        Column::new("network", "Network"),
        Column::new("price", "Per hour").numeric(),
    ]
    .into();
    let chosen: IArray<AttrValue> = props
        .form
        .kind()
        .map(|kind| AttrValue::from(kind.name))
        .into_iter()
        .collect();
    let cheapest = Sort {
        column: "price".into(),
        descending: false,
    };
    let onselect = props.on(|form, ids: IArray<AttrValue>| {
        if let Some(name) = ids.iter().next() {
            form.instance_type = name.to_string();
        }
    });
    html! {
        <Panel id="launch-section-type" title="Instance type">
            <FormField id="launch-type" label="Instance type" error={props.error(Field::InstanceType)}
                description={html! { { "How many processors and how much memory. Type a name or a family, such as t3 or m5." } }}>
                <TextInput code=true value={props.form.instance_type.clone()} suggestions={names.clone()}
                    oninput={props.on(|form, text: String| form.instance_type = text)} />
            </FormField>
            if let Some(kind) = props.form.kind() { { view_facts(kind, props.form.price(app.caller.region)) } }
            <Expandable title="Compare instance types" detail={format!("{} fit the image", rows.len())} class="launch-compare">
                <Table id="launch-types" title="Instance types" level=3 plain=true {columns} rows={rows.clone()} page_size=8 sort={Some(cheapest)}
                    filter="Find by type, vCPU, memory or price" selection={Selection::Single} selected={chosen} {onselect} />
            </Expandable>
        </Panel>
    }
}

fn view_row(kind: &'static InstanceType, region: &str, windows: bool) -> Row {
    let price = kind.price(region, windows);
    let name = html! {
        <span class="row">
            <span class="code">{ kind.name }</span>
            if kind.free_tier { <Badge color={BadgeColor::Green}>{ "Free tier" }</Badge> }
        </span>
    };
    let cells = vec![
        Cell::view(
            name,
            if kind.free_tier {
                format!("{} free tier", kind.name)
            } else {
                kind.name.to_owned()
            },
        ),
        Cell::text(kind.vcpus.to_string()),
        // Sorting goes by whole numbers in the text, so both are given with a fixed number of decimals.
        Cell::view(
            html! { { memory(kind.memory_mib) } },
            format!(
                "{:.2} {}",
                kind.memory_mib as f64 / 1_024.0,
                memory(kind.memory_mib)
            ),
        ),
        Cell::text(kind.network_performance),
        Cell::view(
            html! { { price.map_or("–".to_owned(), dollars) } },
            price
                .map(|price| format!("${price:.4}"))
                .unwrap_or_default(),
        ),
    ];
    Row::new(kind.name, kind.name, cells)
}

fn view_facts(kind: &'static InstanceType, price: Option<f64>) -> Html {
    let vcpus = format!(
        "{} ({} × {})",
        kind.vcpus,
        kind.cores,
        if kind.threads_per_core == 1 {
            "1 thread".to_owned()
        } else {
            format!("{} threads", kind.threads_per_core)
        }
    );
    let items: IArray<KeyValue> = vec![
        KeyValue::text("vCPU", vcpus),
        KeyValue::text("Memory", memory(kind.memory_mib)),
        KeyValue::text("Network", kind.network_performance),
        KeyValue::text(
            "On-Demand price",
            price
                .map(|price| format!("{} an hour", dollars(price)))
                .unwrap_or_default(),
        ),
        KeyValue::new("Family", view_family(kind)),
    ]
    .into();
    html! { <KeyValueList {items} columns=true /> }
}

fn view_family(kind: &'static InstanceType) -> Html {
    html! {
        <span class="row">
            { kind.family() }
            if kind.free_tier { <Badge color={BadgeColor::Green}>{ "Free tier eligible" }</Badge> }
            if kind.burstable { <Badge>{ "burstable" }</Badge> }
            if !kind.current_generation { <Badge color={BadgeColor::Yellow}>{ "earlier generation" }</Badge> }
        </span>
    }
}
