//! The browser's side of the page: the only place that names `web_sys`, `gloo` or `js_sys`.
//!
//! Every function here is harmless outside a browser: on a native build it does nothing or answers
//! with an empty value, so that components can be rendered and tested without one.

pub mod dialog;
pub mod focus;
pub mod hand_over;
pub mod input;
pub mod live;
pub mod measure;
pub mod page;
pub mod popover;
pub mod rest;
pub mod storage;
pub mod typing;
pub mod upload;

/// Mounts the page into `#app`; everything else of the document stays.
pub fn start() {
    page::rescue_on_panic();
    let Some(root) = gloo::utils::document().get_element_by_id("app") else {
        return;
    };
    root.set_inner_html("");
    #[cfg(target_arch = "wasm32")]
    yew::Renderer::<crate::app::Root>::with_root(root).render();
}
