//! What a person sees: text in the page, its title, the value of a field. Each waits for it.

use serde_json::json;

use super::Page;

const SHOWN: &str = "\
    const element = document.querySelector(arguments[0]); \
    const text = (element?.innerText ?? '').replace(/\\s+/g, ' '); \
    return text.includes(arguments[1])";

const HIDDEN: &str = "\
    const element = document.querySelector(arguments[0]); \
    const text = (element?.innerText ?? '').replace(/\\s+/g, ' '); \
    return !text.includes(arguments[1])";

impl Page {
    /// Waits until the lab shows this text; line breaks and runs of spaces count as one space.
    pub async fn sees(&self, text: &str) {
        self.sees_in("#app", text).await;
    }

    /// Waits until the first element that matches a CSS selector shows this text.
    pub async fn sees_in(&self, css: &str, text: &str) {
        let complaint = format!("{css} does not show {text:?}");
        self.until(&complaint, SHOWN, &[json!(css), json!(text)])
            .await;
    }

    /// Waits until the lab no longer shows this text.
    pub async fn gone(&self, text: &str) {
        self.gone_in("#app", text).await;
    }

    /// Waits until the first element that matches a CSS selector no longer shows this text.
    pub async fn gone_in(&self, css: &str, text: &str) {
        let complaint = format!("{css} still shows {text:?}");
        self.until(&complaint, HIDDEN, &[json!(css), json!(text)])
            .await;
    }

    /// The visible text of the first element that matches a CSS selector, empty if there is none.
    pub async fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        self.run(script, &[json!(css)])
            .await
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// How many elements match a CSS selector.
    pub async fn count(&self, css: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        self.run(script, &[json!(css)])
            .await
            .as_u64()
            .unwrap_or_default()
    }

    /// Waits until this many elements match a CSS selector.
    pub async fn counts(&self, css: &str, number: u64) {
        let script = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
        let complaint = format!("there are not {number} of {css}");
        self.until(&complaint, script, &[json!(css), json!(number)])
            .await;
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("a page has a title")
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> String {
        let field = self.field(label).await;
        field.prop("value").await.ok().flatten().unwrap_or_default()
    }
}
