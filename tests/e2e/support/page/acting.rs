//! What a person does: press, fill, choose, type. Things are named as the page names them.
//!
//! Each waits until the thing is there, and says which names were there if it never comes.

use std::path::Path;
use std::time::Instant;

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::{PATIENCE, PAUSE, Page};

const FIND: &str = include_str!("../find.js");

impl Page {
    /// Presses the button, link, tab or menu item of this name; with a modal dialog open, in the dialog.
    pub async fn press(&self, name: &str) {
        self.press_where(name, None).await;
    }

    /// Presses the one inside the first element that matches a CSS selector.
    pub async fn press_in(&self, scope: &str, name: &str) {
        self.press_where(name, Some(scope)).await;
    }

    /// Clicks the first element that matches a CSS selector: for shapes of the picture, which have no text.
    pub async fn click(&self, css: &str) {
        let start = Instant::now();
        loop {
            let clicked = match self.client.find(Locator::Css(css)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return,
                Err(error) => {
                    self.wait_or_fail(start, &format!("cannot click {css}: {error}"))
                        .await
                }
            }
        }
    }

    /// Replaces the text of the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.named("field", label, None).await;
        // Select all and overwrite, key by key: WebDriver's own `clear` sends no input event.
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        let text = if text.is_empty() {
            String::from(char::from(Key::Delete))
        } else {
            text.to_owned()
        };
        let typed = field.send_keys(&format!("{select_all}{text}")).await;
        typed.unwrap_or_else(|error| panic!("cannot type into {label:?}: {error}"));
    }

    /// Chooses an option of the select box with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let field = self.named("field", label, None).await;
        let chosen = field.select_by_label(option).await;
        chosen.unwrap_or_else(|error| panic!("cannot choose {option:?} in {label:?}: {error}"));
    }

    /// Clicks the label of a checkbox or radio button, as one does when the box itself is small.
    pub async fn tick(&self, label: &str) {
        let field = self.named("field", label, None).await;
        let script = "(arguments[0].labels?.[0] ?? arguments[0]).click()";
        let element = serde_json::to_value(&field).expect("an element is a reference");
        self.run(script, &[element]).await;
    }

    /// Gives a file to the file field with this label.
    pub async fn upload(&self, label: &str, file: &Path) {
        let field = self.named("field", label, None).await;
        let path = file.to_str().expect("a readable path");
        field
            .send_keys(path)
            .await
            .unwrap_or_else(|error| panic!("cannot upload to {label:?}: {error}"));
    }

    /// Types keys into what has the focus; `Key::Enter.into()` and its like are single characters.
    pub async fn keys(&self, keys: &str) {
        let focused = self
            .client
            .active_element()
            .await
            .expect("something has the focus");
        focused
            .send_keys(keys)
            .await
            .unwrap_or_else(|error| panic!("cannot type: {error}"));
    }

    /// The field with this label, for its value and attributes.
    pub async fn field(&self, label: &str) -> Element {
        self.named("field", label, None).await
    }

    async fn press_where(&self, name: &str, scope: Option<&str>) {
        let start = Instant::now();
        loop {
            let element = self.named("action", name, scope).await;
            match element.click().await {
                Ok(()) => return,
                // A render may replace or move an element between finding and clicking it.
                Err(error) => {
                    self.wait_or_fail(start, &format!("cannot press {name:?}: {error}"))
                        .await
                }
            }
        }
    }

    async fn named(&self, kind: &str, name: &str, scope: Option<&str>) -> Element {
        let start = Instant::now();
        loop {
            let arguments = vec![json!(kind), json!(name), json!(scope)];
            let complaint = match self.client.execute(FIND, arguments).await {
                Ok(answer) if !answer["element"].is_null() => {
                    return self.element(&answer["element"]);
                }
                Ok(answer) => format!(
                    "no {kind} named {name:?} can be reached; there are {}",
                    answer["names"]
                ),
                Err(error) => format!("cannot look for {name:?}: {error}"),
            };
            self.wait_or_fail(start, &complaint).await;
        }
    }

    /// A reference to an element is an object of one entry, whose key the WebDriver standard fixes.
    fn element(&self, reference: &Value) -> Element {
        let id = reference
            .as_object()
            .and_then(|entries| entries.values().next());
        let id = id
            .and_then(Value::as_str)
            .expect("a reference to an element")
            .to_owned();
        Element::from_element_id(self.client.clone(), id.into())
    }

    async fn wait_or_fail(&self, start: Instant, complaint: &str) {
        assert!(start.elapsed() < PATIENCE, "{complaint}");
        tokio::time::sleep(PAUSE).await;
    }
}
