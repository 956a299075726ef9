//! Looking into a value: by key, by place, by path. What is not there is `null`.

use super::{Text, Value};
use std::ops::{Index, IndexMut};

const NOTHING: &Value = &Value::Null;

/// A key or a place in a list.
pub trait At {
    /// What is there.
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value>;
    /// What is there, to change.
    fn of_mut<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value>;
    /// What is there, made if it is not; `None` where that is not possible.
    fn made<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value>;
}

impl At for str {
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.as_object()?.get(self)
    }
    fn of_mut<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        value.as_object_mut()?.get_mut(self)
    }
    fn made<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        if value.is_null() {
            *value = Value::Object(super::Map::new());
        }
        Some(value.as_object_mut()?.or_insert_with(self, Value::default))
    }
}

impl At for usize {
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.as_array()?.get(*self)
    }
    fn of_mut<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        value.as_array_mut()?.get_mut(*self)
    }
    fn made<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        self.of_mut(value)
    }
}

macro_rules! through {
    ($($kind:ty),*) => {$(
        impl At for $kind {
            fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
                self.as_str().of(value)
            }
            fn of_mut<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
                self.as_str().of_mut(value)
            }
            fn made<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
                self.as_str().made(value)
            }
        }
    )*};
}
through!(String, Text);

impl<T: At + ?Sized> At for &T {
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        (**self).of(value)
    }
    fn of_mut<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        (**self).of_mut(value)
    }
    fn made<'a>(&self, value: &'a mut Value) -> Option<&'a mut Value> {
        (**self).made(value)
    }
}

impl Value {
    /// What is at a key or a place.
    pub fn get(&self, at: impl At) -> Option<&Value> {
        at.of(self)
    }

    /// What is at a key or a place, to change.
    pub fn get_mut(&mut self, at: impl At) -> Option<&mut Value> {
        at.of_mut(self)
    }

    /// What is at the end of a path such as `/Instances/0/State` (RFC 6901).
    #[must_use]
    pub fn pointer(&self, path: &str) -> Option<&Value> {
        steps(path)?.try_fold(self, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            other => other.get(step),
        })
    }

    /// What is at the end of a path, to change.
    pub fn pointer_mut(&mut self, path: &str) -> Option<&mut Value> {
        steps(path)?.try_fold(self, |value, step| match value {
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            other => other.get_mut(step),
        })
    }
}

fn steps(path: &str) -> Option<impl Iterator<Item = String>> {
    let path = match path {
        "" => None,
        path => Some(path.strip_prefix('/')?),
    };
    let steps = path.into_iter().flat_map(|path| path.split('/'));
    Some(steps.map(|step| step.replace("~1", "/").replace("~0", "~")))
}

impl<T: At> Index<T> for Value {
    type Output = Value;
    fn index(&self, at: T) -> &Value {
        at.of(self).unwrap_or(NOTHING)
    }
}

/// Setting what is not there makes it, in an object or `null`; elsewhere it is a mistake of the program.
impl<T: At> IndexMut<T> for Value {
    #[allow(clippy::expect_used, reason = "what indexing does everywhere")]
    fn index_mut(&mut self, at: T) -> &mut Value {
        at.made(self).expect("nothing can be set here")
    }
}
