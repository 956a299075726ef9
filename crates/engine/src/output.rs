//! Answers as JSON: objects that keep AWS's key order and leave out what is not set, as AWS's answers do.

mod line;
mod repeated;

use crate::clock::Instant;
use crate::json::{Key, Map, Text, Value};
pub use line::Line;
pub use repeated::{Repeated, RepeatedText};
use smol_str::ToSmolStr;
use std::net::Ipv4Addr;

/// What can stand in an answer. `None` becomes null, which [`object`] leaves out.
pub trait ToValue {
    /// This, as JSON.
    fn to_value(self) -> Value;
}

macro_rules! plain {
    ($($kind:ty),*) => {$(impl ToValue for $kind { fn to_value(self) -> Value { Value::from(self) } })*};
}
plain!(
    &str,
    String,
    bool,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f64,
    Value,
    Vec<Value>,
    Text,
    Instant,
    Ipv4Addr
);

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(self) -> Value {
        self.map_or(Value::Null, ToValue::to_value)
    }
}

impl ToValue for Vec<String> {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl From<Instant> for Value {
    fn from(moment: Instant) -> Self {
        Value::String(moment.text())
    }
}

impl From<Ipv4Addr> for Value {
    fn from(ip: Ipv4Addr) -> Self {
        Value::String(Line::new().address(ip, ".").text())
    }
}

/// An object that every row of every listing shares: its parts are constant.
#[macro_export]
macro_rules! constant {
    ($($written:tt)*) => {{
        thread_local! { static ONE: $crate::json::Value = $crate::object! { $($written)* }; }
        ONE.with(Clone::clone)
    }};
}

/// Anything printable, as a JSON string.
pub fn text(value: impl std::fmt::Display) -> Value {
    Value::String(value.to_smolstr())
}

/// An object of these keys in this order, without the null ones.
#[must_use]
pub fn object<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    let mut set = Vec::with_capacity(N);
    for (key, value) in entries {
        if !value.is_null() {
            set.push((Key::new_static(key), value));
        }
    }
    Value::Object(Map::of(set))
}

/// `object! { "Key": value, ... }`, each value through [`ToValue`].
#[macro_export]
macro_rules! object {
    ($($key:literal : $value:expr),* $(,)?) => {
        $crate::output::object([$(($key, $crate::output::ToValue::to_value($value))),*])
    };
}
