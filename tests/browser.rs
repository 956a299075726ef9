//! Tests that only a browser can make: the page's own code as wasm in headless Chromium.
#![cfg(target_arch = "wasm32")]

use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Saves and hashes hold numbers above 2^53, which JavaScript's own numbers would round.
#[wasm_bindgen_test]
fn large_numbers_survive_json() {
    let saved = json!({ "hash": u64::MAX, "now": 1_767_603_600_123_u64 }).to_string();
    let read: Value = serde_json::from_str(&saved).expect("our own JSON is valid");
    assert_eq!(read["hash"].as_u64(), Some(u64::MAX));
    assert_eq!(read["now"].as_u64(), Some(1_767_603_600_123));
}
