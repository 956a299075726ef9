//! What the table puts into the page.

use super::*;
use crate::ui::components::Cell;
use crate::ui::components::test_support::render;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("size", "Size (GiB)").numeric(),
        Column::new("act", "Actions").unsorted(),
    ]
}

fn rows(count: usize) -> Vec<Row> {
    (1..=count)
        .map(|index| {
            let name = format!("vol-{index}");
            let cells = vec![
                Cell::code(name.clone()),
                Cell::text(index.to_string()),
                Cell::text(""),
            ];
            Row::new(name.clone(), name, cells)
        })
        .collect()
}

#[test]
fn has_caption_scopes_and_sort_buttons() {
    let sort = Sort {
        column: "size".into(),
        descending: true,
    };
    let page = render(html! {
        <Table id="volumes" title="Volumes" columns={columns()} rows={rows(3)} {sort} />
    });
    assert!(page.contains("<caption class=\"visually-hidden\">Volumes</caption>"));
    assert_eq!(page.matches("scope=\"col\"").count(), 3);
    assert_eq!(page.matches("class=\"table-sort").count(), 2);
    assert!(page.contains("aria-sort=\"descending\""));
    assert!(page.find("vol-3") < page.find("vol-1"));
    assert!(page.contains("data-label=\"Name\""));
    assert_eq!(
        page.matches("<td role=\"cell\" data-label=\"Size (GiB)\" class=\"is-numeric\"")
            .count(),
        3
    );
}

#[test]
fn the_title_counts_rows_and_choices() {
    let selected = vec![AttrValue::from("vol-2")];
    let page = render(html! {
        <Table id="volumes" title="Volumes" columns={columns()} rows={rows(12)}
            selection={Selection::Multi} {selected} filter="Find volumes" />
    });
    assert!(page.contains("(1/12)"));
    assert_eq!(
        page.matches("type=\"checkbox\"").count(),
        11,
        "ten rows and the header"
    );
    assert!(page.contains("1 of 2"));
    assert!(page.contains("aria-label=\"Select vol-2\""));
}

#[test]
fn one_of_the_rows_is_a_radio_button() {
    let page = render(html! {
        <Table id="v" title="Volumes" columns={columns()} rows={rows(2)}
            selection={Selection::Single} />
    });
    assert_eq!(page.matches("type=\"radio\"").count(), 2);
    assert_eq!(page.matches("name=\"v-choice\"").count(), 2);
}

#[test]
fn an_empty_table_teaches() {
    let empty = html! { <EmptyState title="No volumes">{ "A volume is a disk." }</EmptyState> };
    let page = render(html! {
        <Table id="v" title="Volumes" columns={columns()} rows={rows(0)} {empty} filter="Find" />
    });
    assert!(page.contains("A volume is a disk."));
    assert!(!page.contains("<table") && !page.contains("type=\"search\""));
}
