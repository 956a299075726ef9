//! What the browser keeps between visits, and a memory in its place where there is no browser.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// Every key of the lab begins so: the rescue overlay downloads these.
pub const LAB: &str = "ec2-lab.save";
/// The quiz progress.
pub const PROGRESS: &str = "ec2-lab.progress";
/// The theme; `static/theme.js` reads it before the first paint.
pub const THEME: &str = "ec2-lab.theme";
/// The laptop of the prompt: its files, settings and history.
pub const LAPTOP: &str = "ec2-lab.laptop";
/// A damaged laptop, put aside.
pub const LAPTOP_ASIDE: &str = "ec2-lab.damaged-laptop";
/// Damaged saves, put aside.
pub const ASIDE: &str = "ec2-lab.damaged";

/// A place for texts by key.
pub trait Store {
    /// The text of a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Keeps a text.
    ///
    /// # Errors
    /// Why the browser does not: blocked, or full.
    fn put(&self, key: &str, text: &str) -> Result<(), String>;
}

/// The browser's local storage.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalStore;

impl LocalStore {
    fn storage() -> Option<web_sys::Storage> {
        if cfg!(target_arch = "wasm32") {
            gloo::utils::window().local_storage().ok().flatten()
        } else {
            None
        }
    }
}

impl Store for LocalStore {
    fn get(&self, key: &str) -> Option<String> {
        Self::storage()?.get_item(key).ok().flatten()
    }

    fn put(&self, key: &str, text: &str) -> Result<(), String> {
        let Some(storage) = Self::storage() else {
            return Err("It blocks storage for this page, perhaps in a private window.".to_owned());
        };
        storage
            .set_item(key, text)
            .map_err(|_| "Its storage for this page is full.".to_owned())
    }
}

/// A store that lasts as long as the program: tests, and pages without storage.
#[derive(Debug, Default)]
pub struct MemoryStore(RefCell<BTreeMap<String, String>>);

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }

    fn put(&self, key: &str, text: &str) -> Result<(), String> {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }
}
