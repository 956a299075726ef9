//! The two calls that chromedriver knows beyond the WebDriver standard: its logs and the DevTools.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Calls a method of the Chrome DevTools protocol.
pub async fn devtools(client: &Client, method: &str, parameters: Value) -> Value {
    let body = json!({ "cmd": method, "params": parameters });
    let call = client
        .issue_cmd(Post {
            path: "goog/cdp/execute",
            body,
        })
        .await;
    call.unwrap_or_else(|error| panic!("{method}: {error}"))
}

/// Takes the entries of a log since the last call: `browser` (the console) or `performance`.
pub async fn log(client: &Client, kind: &str) -> Vec<Value> {
    let call = client
        .issue_cmd(Post {
            path: "se/log",
            body: json!({ "type": kind }),
        })
        .await;
    match call.unwrap_or_else(|error| panic!("the {kind} log: {error}")) {
        Value::Array(entries) => entries,
        other => panic!("the {kind} log is no list: {other}"),
    }
}
