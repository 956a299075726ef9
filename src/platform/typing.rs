//! The place of the cursor in a text that is being written, and the end of what scrolls.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::NodeRef;

/// Where the cursor of a `<textarea>` stands, in bytes of its text; its end where there is no browser.
pub fn cursor(node: &NodeRef, text: &str) -> usize {
    if !cfg!(target_arch = "wasm32") {
        return text.len();
    }
    node.cast::<HtmlTextAreaElement>()
        .and_then(|area| area.selection_end().ok().flatten())
        .map_or(text.len(), |units| bytes(text, units))
}

/// Puts the cursor of a `<textarea>` to this byte of its text.
pub fn set_cursor(node: &NodeRef, text: &str, at: usize) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(area) = node.cast::<HtmlTextAreaElement>() {
        let at = units(text, at);
        // Refused only by elements that are no text fields.
        let _ = area.set_selection_range(at, at);
    }
}

/// Whether no text of the page is marked: then Ctrl+C is the shell's, not the clipboard's.
pub fn nothing_marked(node: &NodeRef) -> bool {
    let Some(area) = node.cast::<HtmlTextAreaElement>() else {
        return true;
    };
    let (start, end) = (area.selection_start(), area.selection_end());
    start.ok().flatten() == end.ok().flatten()
}

/// Scrolls an element to its end.
pub fn scroll_to_end(node: &NodeRef) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(element) = node.cast::<HtmlElement>() {
        element.set_scroll_top(element.scroll_height());
    }
}

/// JavaScript counts UTF-16 units.
fn bytes(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

fn units(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_units_agree() {
        let text = "aé☃\u{1f600}z";
        for (at, _) in text.char_indices() {
            assert_eq!(bytes(text, units(text, at)), at);
        }
        assert_eq!(bytes(text, 99), text.len());
        assert_eq!(units(text, 99), 6);
    }
}
