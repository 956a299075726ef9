//! The rows of a table and the way they are filtered, sorted and paged: no markup.

use std::cmp::Ordering;
use std::ops::Range;

use implicit_clone::{ImplicitClone, unsync::IArray};
use yew::prelude::*;

/// One column.
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct Column {
    /// Names the column in a [`Sort`].
    pub id: AttrValue,
    /// The header.
    pub header: AttrValue,
    /// Whether the header sorts.
    pub sortable: bool,
    /// Numbers, which stand at the right.
    pub numeric: bool,
    /// Sentences, which may take several lines.
    pub wraps: bool,
}

impl Column {
    /// A sortable column of text.
    pub fn new(id: impl Into<AttrValue>, header: impl Into<AttrValue>) -> Self {
        Self {
            id: id.into(),
            header: header.into(),
            sortable: true,
            numeric: false,
            wraps: false,
        }
    }

    /// Numbers.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Sentences, which may take several lines.
    #[must_use]
    pub fn wraps(mut self) -> Self {
        self.wraps = true;
        self
    }

    /// The class of its cells.
    pub(super) fn class(&self) -> Option<&'static str> {
        match (self.numeric, self.wraps) {
            (true, _) => Some("is-numeric"),
            (false, true) => Some("is-wrap"),
            (false, false) => None,
        }
    }

    /// Not sortable: buttons, pictures.
    #[must_use]
    pub fn unsorted(mut self) -> Self {
        self.sortable = false;
        self
    }
}

/// One cell: what is drawn, and the text it is found and sorted by.
#[derive(Clone, PartialEq, ImplicitClone)]
pub struct Cell {
    /// What is drawn.
    pub view: Html,
    /// What the filter and the sorting look at.
    pub text: AttrValue,
}

impl Cell {
    /// Words; an empty text is drawn as a dash.
    pub fn text(text: impl Into<AttrValue>) -> Self {
        let text: AttrValue = text.into();
        let view = if text.is_empty() {
            html! { <span class="cell-none">{ "–" }</span> }
        } else {
            html! { { text.clone() } }
        };
        Self { view, text }
    }

    /// An id, an address or a range, in the font of code.
    pub fn code(text: impl Into<AttrValue>) -> Self {
        let text: AttrValue = text.into();
        if text.is_empty() {
            return Self::text(text);
        }
        Self {
            view: html! { <span class="code">{ text.clone() }</span> },
            text,
        }
    }

    /// Anything that can be drawn, with the text it stands for.
    pub fn view(view: Html, text: impl Into<AttrValue>) -> Self {
        Self {
            view,
            text: text.into(),
        }
    }
}

/// One row.
#[derive(Clone, PartialEq, ImplicitClone)]
pub struct Row {
    /// Unique in the table.
    pub id: AttrValue,
    /// What the row is about, spoken beside its radio button or checkbox: "web-1".
    pub label: AttrValue,
    /// As many as there are columns.
    pub cells: IArray<Cell>,
}

impl Row {
    /// A row of cells.
    pub fn new(
        id: impl Into<AttrValue>,
        label: impl Into<AttrValue>,
        cells: impl Into<IArray<Cell>>,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            cells: cells.into(),
        }
    }

    /// Whether every word of `filter` occurs in the row, in any cell and either case.
    pub fn matches(&self, filter: &str) -> bool {
        let mut text = format!("{} {}", self.id, self.label).to_lowercase();
        for cell in self.cells.iter() {
            text.push(' ');
            text.push_str(&cell.text.to_lowercase());
        }
        filter
            .to_lowercase()
            .split_whitespace()
            .all(|word| text.contains(word))
    }
}

/// The order of the rows.
#[derive(Clone, Debug, PartialEq, ImplicitClone)]
pub struct Sort {
    /// Id of the column.
    pub column: AttrValue,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// The order after a press on the header of `column`: rising, and falling at the second press.
    pub fn after_press(current: Option<&Self>, column: &AttrValue) -> Self {
        let descending = current.is_some_and(|sort| sort.column == *column && !sort.descending);
        Self {
            column: column.clone(),
            descending,
        }
    }
}

/// The rows that match, in order; equal rows keep their places.
pub(super) fn arrange(
    columns: &IArray<Column>,
    rows: &IArray<Row>,
    filter: &str,
    sort: Option<&Sort>,
) -> Vec<Row> {
    let mut found: Vec<Row> = rows
        .iter()
        .filter(|row| row.matches(filter))
        .cloned()
        .collect();
    let index = sort.and_then(|sort| columns.iter().position(|column| column.id == sort.column));
    if let (Some(sort), Some(index)) = (sort, index) {
        let text = |row: &Row| {
            row.cells
                .get(index)
                .map(|cell| cell.text.clone())
                .unwrap_or_default()
        };
        found.sort_by(|one, other| {
            let order = natural(&text(one), &text(other));
            if sort.descending {
                order.reverse()
            } else {
                order
            }
        });
    }
    found
}

/// How many pages `count` rows fill; at least one.
pub(super) fn pages(count: usize, size: usize) -> usize {
    count.div_ceil(size.max(1)).max(1)
}

/// The rows of a page; a page past the end is the last one.
pub(super) fn page_range(count: usize, size: usize, page: usize) -> Range<usize> {
    let size = size.max(1);
    let page = page.min(pages(count, size) - 1);
    let start = page * size;
    start..(start + size).min(count)
}

/// Compares as people do: runs of digits by value, so `t3.2xlarge` stands before `t3.16xlarge`.
pub(super) fn natural(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one.chars().peekable(), other.chars().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let order = digits(&mut left).cmp(&digits(&mut right));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(a), Some(b)) => {
                let order = a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
                left.next();
                right.next();
            }
        }
    }
}

/// Takes a run of digits as length and text without leading zeros: comparable at any length.
fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> (usize, String) {
    let mut run = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if !(run.is_empty() && digit == '0') {
            run.push(digit);
        }
    }
    (run.len(), run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> IArray<Row> {
        [
            ("i-1", "web-1", "t3.2xlarge"),
            ("i-2", "db-1", "t3.16xlarge"),
            ("i-3", "web-2", "c5.large"),
        ]
        .into_iter()
        .map(|(id, name, kind)| Row::new(id, name, vec![Cell::text(name), Cell::text(kind)]))
        .collect()
    }

    fn columns() -> IArray<Column> {
        vec![Column::new("name", "Name"), Column::new("type", "Type")].into()
    }

    fn ids(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.id.to_string()).collect()
    }

    #[test]
    fn every_word_of_the_filter_must_occur() {
        assert_eq!(ids(&arrange(&columns(), &rows(), "WEB t3", None)), ["i-1"]);
        assert_eq!(ids(&arrange(&columns(), &rows(), " ", None)).len(), 3);
    }

    #[test]
    fn numbers_sort_by_value() {
        let rising = Sort::after_press(None, &"type".into());
        assert_eq!(
            ids(&arrange(&columns(), &rows(), "", Some(&rising))),
            ["i-3", "i-1", "i-2"]
        );
        let falling = Sort::after_press(Some(&rising), &"type".into());
        assert!(falling.descending);
        assert_eq!(
            ids(&arrange(&columns(), &rows(), "", Some(&falling))),
            ["i-2", "i-1", "i-3"]
        );
        assert!(!Sort::after_press(Some(&falling), &"type".into()).descending);
    }

    #[test]
    fn natural_order_is_total_enough() {
        assert_eq!(natural("a10", "a9"), Ordering::Greater);
        assert_eq!(natural("a09", "a9"), Ordering::Equal);
        assert_eq!(natural("172.31.2.14", "172.31.10.1"), Ordering::Less);
        assert_eq!(natural("", "a"), Ordering::Less);
    }

    #[test]
    fn a_page_past_the_end_is_the_last() {
        assert_eq!(page_range(25, 10, 9), 20..25);
        assert_eq!(page_range(0, 10, 3), 0..0);
        assert_eq!(pages(0, 10), 1);
    }
}
