//! Closes native popovers.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Closes the popover with this id, if it is open.
pub fn hide(id: &str) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // An element that is not open, or a browser without popovers: nothing to close.
        let _ = element.hide_popover();
    }
}
