//! The browser's side of the page: the only place that names `web_sys`, `gloo` or `js_sys`.
//!
//! Every function here is harmless outside a browser: on a native build it does nothing or answers
//! with an empty value, so that components can be rendered and tested without one.

pub mod dialog;
pub mod focus;
pub mod input;
pub mod live;
pub mod popover;
