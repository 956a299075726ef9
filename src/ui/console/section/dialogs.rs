//! Which of a section's dialogs is open: one at a time.

use yew::prelude::*;

/// The dialogs of a section.
pub struct Dialogs<T: Copy + PartialEq + 'static>(UseStateHandle<Option<T>>);

/// The dialogs of a section; none is open at first.
#[hook]
pub fn use_dialogs<T: Copy + PartialEq + 'static>() -> Dialogs<T> {
    Dialogs(use_state(|| None))
}

impl<T: Copy + PartialEq + 'static> Dialogs<T> {
    /// Whether this one is open.
    #[must_use]
    pub fn is(&self, which: T) -> bool {
        *self.0 == Some(which)
    }

    /// For the button that opens one.
    #[must_use]
    pub fn show(&self, which: T) -> Callback<MouseEvent> {
        let open = self.0.setter();
        Callback::from(move |_| open.set(Some(which)))
    }

    /// For the dialogs: closes the open one.
    #[must_use]
    pub fn close(&self) -> Callback<()> {
        let open = self.0.setter();
        Callback::from(move |()| open.set(None))
    }
}
