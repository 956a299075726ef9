//! What the sections of the form share: the form, its problems, and how a control changes it.

use super::form::{Edit, LaunchForm};
use super::problems::{Field, Problem};
use std::rc::Rc;
use yew::prelude::*;

/// Props of every section.
#[derive(Clone, Properties, PartialEq)]
pub struct SectionProps {
    /// The form.
    pub form: UseReducerHandle<LaunchForm>,
    /// What is wrong with it.
    pub problems: Rc<Vec<Problem>>,
}

impl SectionProps {
    /// The words below a field, if something is wrong with it.
    #[must_use]
    pub fn error(&self, field: Field) -> Option<AttrValue> {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.words().into())
    }

    /// A callback that puts what a control gives into the form as it is by then.
    pub fn on<T: 'static>(&self, change: impl Fn(&mut LaunchForm, T) + 'static) -> Callback<T> {
        let (dispatch, change) = (self.form.dispatcher(), Rc::new(change));
        Callback::from(move |value: T| {
            let change = Rc::clone(&change);
            dispatch.dispatch(Edit::new(move |form| change(form, value)));
        })
    }
}

/// `$0.0104`: as many digits as AWS prints for an hour.
#[must_use]
pub fn dollars(amount: f64) -> String {
    let text = format!("{amount:.4}");
    let short = text.trim_end_matches('0');
    // Cents stay: `$0.50`, not `$0.5`.
    let decimals = short.split('.').nth(1).map_or(0, str::len);
    if decimals < 2 {
        format!("${amount:.2}")
    } else {
        format!("${short}")
    }
}

/// `512 MiB`, `1 GiB`.
#[must_use]
pub fn memory(mebibytes: u64) -> String {
    if mebibytes < 1_024 {
        format!("{mebibytes} MiB")
    } else {
        format!("{} GiB", mebibytes as f64 / 1_024.0)
    }
}
