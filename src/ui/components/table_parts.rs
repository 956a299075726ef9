//! The header and the rows of a table.

use implicit_clone::unsync::IArray;
use yew::prelude::*;

use super::{Column, Icon, IconName, Row, Selection, Sort, TableProps};
use crate::platform::input;

/// The header row. `shown` are the rows in sight, which the checkbox in the header chooses.
pub(super) fn view_head(
    props: &TableProps,
    shown: &[Row],
    sort: Option<&Sort>,
    onsort: &Callback<AttrValue>,
) -> Html {
    html! {
        <thead role="rowgroup">
            <tr role="row">
                { match props.selection {
                    Selection::None => Html::default(),
                    Selection::Single => html! {
                        <th scope="col" role="columnheader" class="table-choice">
                            <span class="visually-hidden">{ "Selection" }</span>
                        </th>
                    },
                    Selection::Multi => view_choose_all(props, shown),
                } }
                { for props.columns.iter().map(|column| view_header(column, sort, onsort)) }
            </tr>
        </thead>
    }
}

fn view_choose_all(props: &TableProps, shown: &[Row]) -> Html {
    let ids: Vec<AttrValue> = shown.iter().map(|row| row.id.clone()).collect();
    let all = ids
        .iter()
        .all(|id| props.selected.iter().any(|chosen| chosen == id));
    let onchange = {
        let (onselect, selected) = (props.onselect.clone(), props.selected.clone());
        Callback::from(move |event: Event| {
            // Rows of other pages stay as they are.
            let mut chosen: Vec<AttrValue> = selected
                .iter()
                .filter(|id| !ids.contains(id))
                .cloned()
                .collect();
            if input::checked(&event) {
                chosen.extend(ids.iter().cloned());
            }
            onselect.emit(chosen.into());
        })
    };
    html! {
        <th scope="col" role="columnheader" class="table-choice">
            <label class="table-hit">
                <input type="checkbox" checked={all} {onchange} aria-label="Select all rows in sight" />
            </label>
        </th>
    }
}

fn view_header(column: &Column, sort: Option<&Sort>, onsort: &Callback<AttrValue>) -> Html {
    let class = column.class();
    if !column.sortable {
        return html! { <th scope="col" role="columnheader" {class}>{ &column.header }</th> };
    }
    let here = sort.filter(|sort| sort.column == column.id);
    let (order, name) = match here {
        None => (None, IconName::SortNone),
        Some(sort) if sort.descending => (Some("descending"), IconName::SortDown),
        Some(_) => (Some("ascending"), IconName::SortUp),
    };
    let id = column.id.clone();
    let onclick = onsort.reform(move |_: MouseEvent| id.clone());
    html! {
        <th scope="col" role="columnheader" {class} aria-sort={order}>
            <button type="button" class={classes!("table-sort", here.map(|_| "is-on"))} {onclick}>
                { &column.header }<Icon {name} />
            </button>
        </th>
    }
}

/// One row; `data-label` names each cell where the row is drawn as a card.
pub(super) fn view_row(props: &TableProps, row: &Row) -> Html {
    let chosen = props.selected.contains(&row.id);
    html! {
        <tr role="row" key={row.id.as_str()} class={chosen.then_some("is-selected")}>
            { view_choice(props, row, chosen) }
            { for props.columns.iter().zip(row.cells.iter()).map(|(column, cell)| html! {
                <td role="cell" data-label={&column.header}
                    class={column.class()}>
                    { cell.view.clone() }
                </td>
            }) }
        </tr>
    }
}

fn view_choice(props: &TableProps, row: &Row, chosen: bool) -> Html {
    let kind = match props.selection {
        Selection::None => return Html::default(),
        Selection::Single => "radio",
        Selection::Multi => "checkbox",
    };
    let onchange = {
        let (onselect, selected) = (props.onselect.clone(), props.selected.clone());
        let (id, single) = (row.id.clone(), props.selection == Selection::Single);
        Callback::from(move |event: Event| {
            let mut ids: Vec<AttrValue> = selected
                .iter()
                .filter(|other| !single && **other != id)
                .cloned()
                .collect();
            if input::checked(&event) {
                ids.push(id.clone());
            }
            onselect.emit(IArray::from(ids));
        })
    };
    html! {
        <td role="cell" class="table-choice">
            <label class="table-hit">
                <input type={kind} name={format!("{}-choice", props.id)} checked={chosen} {onchange}
                    aria-label={format!("Select {}", row.label)} />
            </label>
        </td>
    }
}
