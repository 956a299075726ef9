//! Texts that leave the page by the learner's own hand: the clipboard and downloads.

use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// Puts text on the clipboard. Browsers refuse that outside a press, or on a page from a file; then nothing happens.
pub fn copy(text: &str) {
    if cfg!(target_arch = "wasm32") {
        let _ = gloo::utils::window()
            .navigator()
            .clipboard()
            .write_text(text);
    }
}

/// Offers something as a file.
pub fn download(name: &str, bytes: &[u8]) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let blob = gloo::file::Blob::new_with_options(bytes, Some("text/plain"));
    let url = gloo::file::ObjectUrl::from(blob);
    let link = gloo::utils::document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has read the address by the time the timer runs; then it is given back.
    gloo::timers::callback::Timeout::new(10_000, move || drop(url)).forget();
}
