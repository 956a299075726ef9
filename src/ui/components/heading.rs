//! A heading whose level the place decides, not the component.

use yew::prelude::*;

/// `<h1>` to `<h6>`; a level out of range is brought to the nearest.
pub(super) fn heading(level: u8, id: Option<AttrValue>, class: &'static str, words: Html) -> Html {
    let tag = match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    };
    html! { <@{tag} {id} {class}>{ words }</@> }
}
