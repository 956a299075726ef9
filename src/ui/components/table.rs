//! A list of resources: found, sorted, chosen and paged.

use implicit_clone::unsync::IArray;
use yew::prelude::*;

use super::heading::heading;
use super::table_model::{arrange, page_range, pages};
use super::table_parts::{view_head, view_row};
use super::{Button, Column, EmptyState, Icon, IconName, Pagination, Row, Sort};
use crate::platform::input;

/// Whether rows can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Not at all.
    #[default]
    None,
    /// One, by a radio button.
    Single,
    /// Any number, by checkboxes.
    Multi,
}

/// Props of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// Id of the section, unique in the page.
    pub id: AttrValue,
    /// What is listed: "Instances".
    pub title: AttrValue,
    /// Level of the title's heading.
    #[prop_or(2)]
    pub level: u8,
    /// A line below the title.
    #[prop_or_default]
    pub description: Html,
    /// The columns.
    pub columns: IArray<Column>,
    /// The rows.
    pub rows: IArray<Row>,
    /// Whether rows can be chosen.
    #[prop_or_default]
    pub selection: Selection,
    /// Ids of the chosen rows.
    #[prop_or_default]
    pub selected: IArray<AttrValue>,
    /// Called with the ids of all chosen rows.
    #[prop_or_default]
    pub onselect: Callback<IArray<AttrValue>>,
    /// Buttons at the right of the title; the main one last.
    #[prop_or_default]
    pub actions: Html,
    /// Words in the empty filter field; without them there is no filter.
    #[prop_or_default]
    pub filter: Option<AttrValue>,
    /// What is shown where there are no rows: an [`EmptyState`].
    #[prop_or_default]
    pub empty: Html,
    /// Rows on a page.
    #[prop_or(10)]
    pub page_size: usize,
    /// The order at first.
    #[prop_or_default]
    pub sort: Option<Sort>,
    /// Without the frame of a panel, inside another one.
    #[prop_or_default]
    pub plain: bool,
}

/// A native table with a caption; on a narrow page each row becomes a card.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let filter = use_state(String::new);
    let sort = use_state(|| props.sort.clone());
    let page = use_state(|| 0_usize);
    let found = arrange(&props.columns, &props.rows, &filter, sort.as_ref());
    let range = page_range(found.len(), props.page_size, *page);
    let shown: Vec<Row> = found.get(range).unwrap_or_default().to_vec();
    let onsort = {
        let (sort, page) = (sort.clone(), page.setter());
        Callback::from(move |column: AttrValue| {
            sort.set(Some(Sort::after_press(sort.as_ref(), &column)));
            page.set(0);
        })
    };
    let set_filter = {
        let (filter, page) = (filter.setter(), page.setter());
        Callback::from(move |text: String| {
            filter.set(text);
            page.set(0);
        })
    };
    let title_id = AttrValue::from(format!("{}-title", props.id));
    let body = if props.rows.is_empty() {
        props.empty.clone()
    } else if found.is_empty() {
        let clear = set_filter.reform(|_: MouseEvent| String::new());
        html! {
            <EmptyState title="No matches"
                action={html! { <Button onclick={clear}>{ "Clear filter" }</Button> }}>
                { format!("Nothing here matches “{}”.", *filter) }
            </EmptyState>
        }
    } else {
        html! {
            <div class="table-scroll">
                <table class="table" role="table">
                    <caption class="visually-hidden">{ &props.title }</caption>
                    { view_head(props, &shown, sort.as_ref(), &onsort) }
                    <tbody role="rowgroup">
                        { for shown.iter().map(|row| view_row(props, row)) }
                    </tbody>
                </table>
            </div>
        }
    };
    let onpage = Callback::from({
        let page = page.setter();
        move |target| page.set(target)
    });
    html! {
        <section id={&props.id} aria-labelledby={&title_id}
            class={classes!("table-panel", (!props.plain).then_some("panel"))}>
            <div class="panel-head">
                { heading(props.level, Some(title_id.clone()), "panel-title", view_title(props)) }
                <div class="panel-detail">{ props.description.clone() }</div>
                <div class="panel-actions">{ props.actions.clone() }</div>
            </div>
            if props.filter.is_some() && !props.rows.is_empty() {
                <div class="table-tools">
                    { view_filter(props, &filter, found.len(), set_filter) }
                    <Pagination page={*page} pages={pages(found.len(), props.page_size)}
                        label={props.title.clone()} onchange={onpage} />
                </div>
            }
            { body }
        </section>
    }
}

/// The title with how many rows there are, and how many of them are chosen.
fn view_title(props: &TableProps) -> Html {
    let total = props.rows.len();
    let counter = match props.selected.len() {
        0 => format!("({total})"),
        chosen => format!("({chosen}/{total})"),
    };
    html! { <>{ &props.title }{ " " }<span class="panel-counter">{ counter }</span></> }
}

fn view_filter(props: &TableProps, text: &str, found: usize, onchange: Callback<String>) -> Html {
    let words = if found == 1 {
        "1 match".to_owned()
    } else {
        format!("{found} matches")
    };
    html! {
        <div class="table-filter">
            <Icon name={IconName::Search} />
            <input class="input" type="search" autocomplete="off" spellcheck="false"
                aria-label={format!("Find {}", props.title.to_lowercase())}
                placeholder={props.filter.clone()} value={text.to_owned()}
                oninput={onchange.reform(|event: InputEvent| input::text(&event))} />
            <span class="table-matches" role="status">
                if !text.trim().is_empty() { { words } }
            </span>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "table_tests.rs"]
mod tests;
