//! What a form field tells the control inside it.

use implicit_clone::ImplicitClone;
use yew::prelude::*;

/// The wiring between a [`FormField`](super::FormField) and its control.
#[derive(Clone, Debug, Default, PartialEq, ImplicitClone)]
pub struct FieldContext {
    /// Id the label points to.
    pub id: Option<AttrValue>,
    /// Ids of the description, constraint and error, separated by spaces.
    pub described_by: Option<AttrValue>,
    /// Whether an error stands below.
    pub invalid: bool,
}

impl FieldContext {
    /// `aria-invalid`, only where there is an error.
    pub fn aria_invalid(&self) -> Option<&'static str> {
        self.invalid.then_some("true")
    }
}

/// The field around the calling control, or an empty one where there is none.
#[hook]
pub fn use_field() -> FieldContext {
    use_context::<FieldContext>().unwrap_or_default()
}
