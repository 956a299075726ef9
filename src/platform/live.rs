//! Speaks a sentence to screen readers through the page's one polite live region.

/// The id of the live region; it stands in `index.html`, outside the app's root.
pub const LIVE_REGION: &str = "live";

/// A mark that no reader speaks; it makes a repeated sentence a new text, which is spoken again.
const REPEAT_MARK: char = '\u{a0}';

/// Announces `text` once, after whatever is being spoken now.
pub fn announce(text: &str) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let Some(region) = gloo::utils::document().get_element_by_id(LIVE_REGION) else {
        return;
    };
    let shown = region.text_content().unwrap_or_default();
    region.set_text_content(Some(&spoken(&shown, text)));
}

/// What to put into the region so that `text` is spoken even if it stands there already.
fn spoken(shown: &str, text: &str) -> String {
    if shown == text {
        format!("{text}{REPEAT_MARK}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_repeated_sentence_is_a_new_text() {
        assert_eq!(spoken("", "Copied"), "Copied");
        let again = spoken("Copied", "Copied");
        assert_ne!(again, "Copied");
        assert_eq!(spoken(&again, "Copied"), "Copied");
    }
}
