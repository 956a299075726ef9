//! What a page wrote to the console and whom it asked: no error, and nobody but its own host.

use serde_json::Value;

/// The console's warnings and errors, one line each.
pub fn complaints(entries: &[Value]) -> Vec<String> {
    entries
        .iter()
        .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
        .map(|entry| format!("{}: {}", text(&entry["level"]), text(&entry["message"])))
        .collect()
}

/// The addresses of requests that left the page's own server.
pub fn foreign_requests(entries: &[Value], base: &str) -> Vec<String> {
    entries
        .iter()
        .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
        .filter(|event| event["message"]["method"] == "Network.requestWillBeSent")
        .map(|event| text(&event["message"]["params"]["request"]["url"]))
        .filter(|url| {
            !url.starts_with(base)
                && !["data:", "blob:", "about:"]
                    .iter()
                    .any(|s| url.starts_with(s))
        })
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_other_hosts_are_foreign() {
        let request = |url: &str| {
            let params = json!({ "request": { "url": url } });
            let event =
                json!({ "message": { "method": "Network.requestWillBeSent", "params": params } });
            json!({ "level": "INFO", "message": event.to_string() })
        };
        let base = "http://127.0.0.1:4000/";
        let entries = [
            "http://127.0.0.1:4000/a.css",
            "data:,x",
            "https://example.com/",
        ]
        .map(request);
        assert_eq!(foreign_requests(&entries, base), ["https://example.com/"]);
    }

    #[test]
    fn only_warnings_and_errors_are_complaints() {
        let entries = [
            json!({ "level": "INFO", "message": "hello" }),
            json!({ "level": "SEVERE", "message": "Refused to apply inline style" }),
        ];
        assert_eq!(
            complaints(&entries),
            ["SEVERE: Refused to apply inline style"]
        );
    }
}
