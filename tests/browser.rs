//! Tests that only a browser can make: the page's own code as wasm in headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test reports by panicking"
)]

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

/// The same journal makes the same world natively and here: the native test
/// `the_recorded_save_of_today_is_what_the_engine_makes` comes to the hash that stands in the file.
#[wasm_bindgen_test]
fn a_journal_makes_the_same_world_in_a_browser() {
    let text = include_str!("saves/today.json");
    let saved: Value = serde_json::from_str(text).expect("a save is JSON");
    let opened = ec2_lab_course::save::decode(text).expect("the save opens");
    let hash = format!("{:016x}", opened.session.world().state_hash());
    assert_eq!(Some(hash.as_str()), saved["world"].as_str());
    assert_eq!(opened.note, None);
}

/// What is kept in the browser's storage comes back.
#[wasm_bindgen_test]
fn the_browser_keeps_texts() {
    use ec2_lab::platform::storage::{LocalStore, Store};
    LocalStore
        .put("ec2-lab.test", "ünï \u{1f512}")
        .expect("storage is open in a test");
    assert_eq!(
        LocalStore.get("ec2-lab.test").as_deref(),
        Some("ünï \u{1f512}")
    );
    assert_eq!(LocalStore.get("ec2-lab.nothing"), None);
}
