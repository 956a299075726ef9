//! Reads what a learner typed or chose out of a form control's event.

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::{Event, InputEvent, NodeRef, TargetCast};

/// The text of an `<input>` or `<textarea>` after the event.
pub fn text(event: &InputEvent) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event
        .target_dyn_into::<HtmlTextAreaElement>()
        .map(|area| area.value())
        .unwrap_or_default()
}

/// The value of the chosen option of a `<select>`.
pub fn choice(event: &Event) -> String {
    event
        .target_dyn_into::<HtmlSelectElement>()
        .map(|select| select.value())
        .unwrap_or_default()
}

/// Whether a checkbox or radio button is on after the event.
pub fn checked(event: &Event) -> bool {
    event
        .target_dyn_into::<HtmlInputElement>()
        .is_some_and(|input| input.checked())
}

/// Makes a `<select>` show `value` again.
///
/// The browser keeps the learner's own choice even when the page's state refused it.
pub fn set_choice(node: &NodeRef, value: &str) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(select) = node.cast::<HtmlSelectElement>()
        && select.value() != value
    {
        select.set_value(value);
    }
}
