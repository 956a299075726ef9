//! Reads a file that the learner chose.

use web_sys::HtmlInputElement;
use yew::{Callback, Event, TargetCast};

/// The most bytes of a file that are read: more than any lab needs, and little enough for any browser.
pub const LIMIT: u64 = 16 * 1_024 * 1_024;

/// A file that could not be read: why, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It has this many bytes.
    TooLarge(u64),
    /// The browser gave no text.
    Failed,
}

impl Unreadable {
    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Unreadable::TooLarge(bytes) => {
                format!(
                    "The file has {} MB; a lab has at most {} MB. Choose the file that was exported from here.",
                    bytes.div_ceil(1_048_576),
                    LIMIT / 1_048_576
                )
            }
            Unreadable::Failed => {
                "The browser could not read the file. It may have been moved: choose it again."
                    .to_owned()
            }
        }
    }
}

/// Reads the file that was chosen in an `<input type="file">` and calls back with its text.
///
/// The input is emptied, so that choosing the same file again is a change again.
pub fn read_text(event: &Event, done: Callback<Result<String, Unreadable>>) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
        return;
    };
    let Some(list) = input.files() else { return };
    let files = gloo::file::FileList::from(list);
    let Some(file) = files.first() else { return };
    if file.size() > LIMIT {
        done.emit(Err(Unreadable::TooLarge(file.size())));
    } else {
        // The reader would stop if its handle were dropped, so the handle lives until the answer is there.
        let reading = std::rc::Rc::new(std::cell::RefCell::new(None));
        let handle = std::rc::Rc::clone(&reading);
        let reader = gloo::file::callbacks::read_as_text(file, move |text| {
            done.emit(text.map_err(|_| Unreadable::Failed));
            handle.borrow_mut().take();
        });
        *reading.borrow_mut() = Some(reader);
    }
    input.set_value("");
}

/// Reads the files that were chosen in an `<input type="file" multiple>` and calls back with each one's name and bytes.
pub fn read_files(event: &Event, done: Callback<(String, Result<Vec<u8>, Unreadable>)>) {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
        return;
    };
    let Some(list) = input.files() else { return };
    for file in gloo::file::FileList::from(list).iter() {
        let (name, done) = (file.name(), done.clone());
        if file.size() > LIMIT {
            done.emit((name, Err(Unreadable::TooLarge(file.size()))));
            continue;
        }
        let reading = std::rc::Rc::new(std::cell::RefCell::new(None));
        let handle = std::rc::Rc::clone(&reading);
        let reader = gloo::file::callbacks::read_as_bytes(file, move |bytes| {
            done.emit((name, bytes.map_err(|_| Unreadable::Failed)));
            handle.borrow_mut().take();
        });
        *reading.borrow_mut() = Some(reader);
    }
    input.set_value("");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_megabytes() {
        assert!(
            Unreadable::TooLarge(LIMIT + 1)
                .words()
                .contains("17 MB; a lab has at most 16 MB")
        );
        assert!(Unreadable::Failed.words().contains("choose it again"));
    }
}
