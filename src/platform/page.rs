//! The page itself: its address, its title, its theme, its clock, its panics.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The overlay of `static/boot.js`.
    #[wasm_bindgen(js_name = __ec2lab_rescue, catch)]
    fn rescue(message: &str) -> Result<(), JsValue>;
}

/// The part of the address behind `#`.
#[must_use]
pub fn fragment() -> String {
    if cfg!(target_arch = "wasm32") {
        gloo::utils::window().location().hash().unwrap_or_default()
    } else {
        String::new()
    }
}

/// Goes to another address of the page.
pub fn set_fragment(fragment: &str) {
    if cfg!(target_arch = "wasm32") {
        // It fails only while the page unloads.
        let _ = gloo::utils::window().location().set_hash(fragment);
    }
}

/// Calls back whenever the part behind `#` changes, until the listener is dropped.
#[must_use]
pub fn on_fragment(callback: impl Fn(String) + 'static) -> Option<gloo::events::EventListener> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let window = gloo::utils::window();
    Some(gloo::events::EventListener::new(
        &window,
        "hashchange",
        move |_| callback(fragment()),
    ))
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if cfg!(target_arch = "wasm32") {
        gloo::utils::document().set_title(title);
    }
}

/// Sets `data-theme` of the page.
pub fn set_theme(theme: &str) {
    if cfg!(target_arch = "wasm32")
        && let Some(root) = gloo::utils::document().document_element()
    {
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// The theme that `static/theme.js` chose before the first paint.
#[must_use]
pub fn theme() -> Option<String> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    gloo::utils::document()
        .document_element()?
        .get_attribute("data-theme")
}

/// Real milliseconds since some moment; only differences mean anything.
#[must_use]
pub fn now() -> f64 {
    if cfg!(target_arch = "wasm32") {
        js_sys::Date::now()
    } else {
        0.0
    }
}

/// A number that differs from visit to visit: the seed of a fresh lab.
#[must_use]
pub fn fresh_seed() -> u64 {
    if !cfg!(target_arch = "wasm32") {
        return 1;
    }
    // 32 bits are plenty, and stay exact in a double and in JSON.
    (js_sys::Math::random() * f64::from(u32::MAX)) as u64
}

/// Calls back every so many milliseconds, until it is dropped.
#[must_use]
pub fn every(
    milliseconds: u32,
    callback: impl Fn() + 'static,
) -> Option<gloo::timers::callback::Interval> {
    if cfg!(target_arch = "wasm32") {
        Some(gloo::timers::callback::Interval::new(
            milliseconds,
            callback,
        ))
    } else {
        None
    }
}

/// Shows the rescue overlay when the lab itself fails.
pub fn rescue_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        gloo::console::error!(&message);
        let _ = rescue(&message);
    }));
}
