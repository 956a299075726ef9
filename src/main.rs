//! The door through which `static/boot.js` starts the page.
//!
//! Not `main`: the browser would run that while the module is still being started, before boot.js holds what the second
//! part of the lab (see ARCHITECTURE.md, "Two parts") must be joined to.

use wasm_bindgen::prelude::wasm_bindgen;

/// Mounts the page.
#[wasm_bindgen]
pub fn run() {
    ec2_lab::platform::start();
}

fn main() {}
