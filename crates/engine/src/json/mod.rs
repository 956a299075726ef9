//! The JSON that the API's inputs and answers are made of. Everything in the workspace that handles them names them from here.

pub use serde_json::{Map, Number, Value, from_slice, from_str, json, to_string};
