//! The page as a test uses it: opening it and judging it. What a person does to it is in `acting` and
//! `seeing`.

mod acting;
mod seeing;

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::Client;
use serde_json::{Value, json};

use super::{axe, commands, log};

/// How long a test waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);
/// The widths that every page must work at, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 360];

/// One tab with the lab in it.
pub struct Page {
    client: Client,
    base: String,
    kept: PathBuf,
    axe: PathBuf,
    tolerated: RefCell<Vec<String>>,
    complaints: RefCell<Vec<String>>,
}

impl Page {
    pub(super) async fn new(client: Client, base: String, kept: PathBuf, axe: PathBuf) -> Self {
        let (tolerated, complaints) = (RefCell::default(), RefCell::default());
        let page = Self {
            client,
            base,
            kept,
            axe,
            tolerated,
            complaints,
        };
        let downloads = json!({ "behavior": "allow", "downloadPath": page.kept });
        commands::devtools(&page.client, "Browser.setDownloadBehavior", downloads).await;
        page.resize(1280, 800).await;
        page
    }

    /// The WebDriver session, for what has no helper here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens a route such as `#/quiz` (`""` is the first page) and waits until the lab runs.
    pub async fn open(&self, route: &str) {
        self.visit(route).await;
        self.ready().await;
    }

    /// Opens a route without waiting for the lab: for tests in which it cannot start.
    pub async fn visit(&self, route: &str) {
        self.client
            .goto(&format!("{}{route}", self.base))
            .await
            .expect("the page opens");
    }

    /// Reloads, as a learner would.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page reloads");
        self.ready().await;
    }

    /// Waits until the lab has started and drawn its first page.
    pub async fn ready(&self) {
        let started = "const root = document.documentElement.dataset.state; \
                       return root === 'ready' && !document.querySelector('#app > .boot')";
        self.until("the lab did not start", started, &[]).await;
    }

    /// Runs a script in the page; `arguments` holds the arguments, `return` gives the result.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        let result = self.client.execute(script, arguments.to_vec()).await;
        result.unwrap_or_else(|error| panic!("the script {script:?} failed: {error}"))
    }

    /// Waits until a script returns something true; fails with `complaint` if it never does.
    pub async fn until(&self, complaint: &str, script: &str, arguments: &[Value]) {
        let start = std::time::Instant::now();
        loop {
            // While a page loads, a script may meet a document that is going away.
            let result = self.client.execute(script, arguments.to_vec()).await;
            if result.is_ok_and(|value| value == Value::Bool(true)) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{complaint}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Sets the size of the page in CSS pixels, below what a window can be, too.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        commands::devtools(&self.client, "Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Sets a media feature, as in `media("prefers-reduced-motion", "reduce")`.
    pub async fn media(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        commands::devtools(&self.client, "Emulation.setEmulatedMedia", features).await;
    }

    /// Makes requests fail whose address matches a pattern such as `*.wasm`.
    pub async fn block(&self, pattern: &str) {
        commands::devtools(&self.client, "Network.enable", json!({})).await;
        let urls = json!({ "urls": [pattern] });
        commands::devtools(&self.client, "Network.setBlockedURLs", urls).await;
    }

    /// Chooses the theme `light` or `dark` for this page and reloads it.
    pub async fn set_theme(&self, theme: &str) {
        self.store("ec2-lab.theme", theme).await;
        self.reload().await;
    }

    /// The theme that is shown.
    pub async fn theme(&self) -> String {
        let theme = self
            .run("return document.documentElement.dataset.theme", &[])
            .await;
        theme.as_str().unwrap_or_default().to_owned()
    }

    /// Puts an item into the browser's storage.
    pub async fn store(&self, key: &str, value: &str) {
        self.run(
            "localStorage.setItem(arguments[0], arguments[1])",
            &[json!(key), json!(value)],
        )
        .await;
    }

    /// An item of the browser's storage.
    pub async fn stored(&self, key: &str) -> Option<String> {
        let value = self
            .run("return localStorage.getItem(arguments[0])", &[json!(key)])
            .await;
        value.as_str().map(str::to_owned)
    }

    /// Opens a route in both themes and at both widths; axe-core must find nothing, and nothing may make
    /// the page scroll sideways.
    pub async fn accessible(&self, route: &str) {
        for theme in ["light", "dark"] {
            self.open(route).await;
            self.set_theme(theme).await;
            for width in WIDTHS {
                self.resize(width, 800).await;
                self.axe(&format!("/{route} {theme} {width} px")).await;
                self.fits(&format!("/{route} {width} px")).await;
            }
            self.resize(1280, 800).await;
        }
    }

    /// Fails if axe-core finds a violation in what is shown now; `place` says where, for the message.
    pub async fn axe(&self, place: &str) {
        let found = axe::violations(&self.client, &self.axe).await;
        assert!(found.is_empty(), "accessibility of {place}:\n{found}");
    }

    /// Fails if the page is wider than its window.
    pub async fn fits(&self, place: &str) {
        let script =
            "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth";
        let excess = self.run(script, &[]).await.as_i64().unwrap_or_default();
        assert!(excess <= 0, "{place} scrolls sideways by {excess} px");
    }

    /// Saves the whole page as `target/e2e/<test>/<name>.png`.
    pub async fn screenshot(&self, name: &str) {
        let script = "const page = document.scrollingElement; \
                      return [innerWidth, innerHeight, Math.max(innerHeight, page.scrollHeight)]";
        let size = self.run(script, &[]).await;
        let side = |index: usize| {
            size[index]
                .as_u64()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(800)
        };
        self.resize(side(0), side(2)).await;
        let picture = self.client.screenshot().await.expect("a screenshot");
        self.resize(side(0), side(1)).await;
        std::fs::write(self.kept.join(format!("{name}.png")), picture)
            .expect("the screenshot is kept");
    }

    /// Waits for a download and returns its text.
    pub async fn downloaded(&self, name: &str) -> String {
        let file = self.kept.join(name);
        let start = std::time::Instant::now();
        loop {
            if let Ok(text) = std::fs::read_to_string(&file) {
                return text;
            }
            assert!(start.elapsed() < PATIENCE, "{name} was not downloaded");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Names a part of a console message that this test provokes on purpose.
    pub fn tolerate(&self, part: &str) {
        self.tolerated.borrow_mut().push(part.to_owned());
    }

    pub(super) async fn check_log(&self) {
        let foreign = log::foreign_requests(
            &commands::log(&self.client, "performance").await,
            &self.base,
        );
        assert!(
            foreign.is_empty(),
            "the page asked other hosts: {foreign:?}"
        );
        let said = log::complaints(&commands::log(&self.client, "browser").await);
        self.complaints.borrow_mut().clone_from(&said);
        let tolerated = self.tolerated.borrow();
        let bad: Vec<_> = said
            .iter()
            .filter(|line| !tolerated.iter().any(|t| line.contains(t)))
            .collect();
        assert!(bad.is_empty(), "the console holds complaints: {bad:#?}");
    }

    /// Keeps what helps to understand a failure.
    pub(super) async fn keep_evidence(&self) {
        if let Ok(picture) = self.client.screenshot().await {
            std::fs::write(self.kept.join("failure.png"), picture).ok();
        }
        let mut said = self.complaints.borrow().clone();
        said.extend(log::complaints(
            &commands::log(&self.client, "browser").await,
        ));
        std::fs::write(self.kept.join("console.txt"), said.join("\n")).ok();
        eprintln!("The page at the failure is in {}", self.kept.display());
        said.iter().for_each(|line| eprintln!("console: {line}"));
    }
}
