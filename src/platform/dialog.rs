//! Opens and closes native `<dialog>` elements.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// Opens the dialog above the page: the rest becomes inert and focus moves inside.
pub fn show_modal(node: &NodeRef) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(dialog) = node.cast::<HtmlDialogElement>()
        && !dialog.open()
    {
        // It fails only for a dialog that is not in the document; then there is nothing to show.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog; the browser gives focus back to what had it before.
pub fn close(node: &NodeRef) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    if let Some(dialog) = node.cast::<HtmlDialogElement>()
        && dialog.open()
    {
        dialog.close();
    }
}
