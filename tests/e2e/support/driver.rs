//! chromedriver as a child process on a port of its own choice, and a browser session in it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use xtask::browser::{Browser, SWITCHES};

/// A running chromedriver; it ends with this value.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts chromedriver and waits until it says its port.
    pub fn start(browser: &Browser) -> Self {
        let mut child = Command::new(&browser.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", browser.driver.display()));
        let mut said = BufReader::new(child.stdout.take().expect("a piped stream")).lines();
        let port = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| port_in(&line));
        let port = port.expect("chromedriver ended without naming its port");
        // A full pipe would stop it.
        thread::spawn(move || said.for_each(drop));
        Self { child, port }
    }

    /// Opens a headless browser with an empty profile that logs its console and its requests.
    pub async fn session(&self, browser: &Browser) -> Client {
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": browser.chromium,
                "args": SWITCHES,
                "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        });
        let serde_json::Value::Object(capabilities) = capabilities else {
            unreachable!("an object was written above")
        };
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .unwrap_or_else(|error| panic!("cannot open Chromium: {error}"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `ChromeDriver was started successfully on port 39211.` → 39211
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
