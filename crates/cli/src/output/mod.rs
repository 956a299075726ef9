//! Printing an answer: `--output json|text|table|yaml|off`, after `--query`.

mod json;
mod table;
mod text;
mod yaml;

use crate::answer::Refusal;
use crate::query::Query;
use ec2_lab_engine::json::Value;

/// The output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON, indented by four spaces.
    #[default]
    Json,
    /// Words between tabs.
    Text,
    /// A drawn table.
    Table,
    /// YAML.
    Yaml,
    /// Nothing at all.
    Off,
}

impl Format {
    /// The formats by name, as `--output` takes them.
    pub const NAMES: [&'static str; 6] = ["json", "text", "table", "yaml", "yaml-stream", "off"];

    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "json" => Format::Json,
            "text" => Format::Text,
            "table" => Format::Table,
            "yaml" | "yaml-stream" => Format::Yaml,
            "off" => Format::Off,
            _ => return None,
        })
    }
}

/// The text of an answer; `title` heads a table.
pub fn print(
    answer: Value,
    query: Option<&Query>,
    format: Format,
    title: &str,
) -> Result<String, Refusal> {
    // An operation without output answers with an empty structure.
    let answer = if answer.is_null() {
        Value::Object(ec2_lab_engine::json::Map::new())
    } else {
        answer
    };
    let answer = match query {
        Some(query) => query
            .search(&answer)
            .map_err(|error| Refusal::general(error.to_string()))?,
        None => answer,
    };
    match format {
        Format::Json => Ok(json::print(&answer)),
        Format::Text => Ok(text::print(&answer)),
        Format::Table => table::print(&answer, title).map_err(Refusal::general),
        Format::Yaml => Ok(yaml::print(&answer)),
        Format::Off => Ok(String::new()),
    }
}

/// A scalar as Python's `str()` writes it, which is what text and table output show.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => crate::validate::python(other),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

/// The client's own JSON layout, for other callers that show JSON.
pub fn pretty(value: &Value) -> String {
    json::print(value)
}
