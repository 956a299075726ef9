//! The part of the lab that the first page does not need. `cargo xtask build` moves it to a file of its own, and
//! `static/boot.js` fetches that file when it is wanted.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Brings the second part at once. Cheap when it is there, and when the lab was built in one part.
    #[wasm_bindgen(js_name = __ec2lab_rest)]
    fn rest();
}

/// Makes sure that the whole lab is here. Code that needs more than the first page works without this call as well,
/// since whatever is missing is fetched when it is called; here the wait is taken at a chosen moment.
pub fn ready() {
    if cfg!(target_arch = "wasm32") {
        rest();
    }
}
