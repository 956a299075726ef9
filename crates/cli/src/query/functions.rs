//! JMESPath's built-in functions.

use super::QueryError;
use super::interpret::{equal, interpret};
use ec2_lab_engine::json::{Map, Number, Value};
use jmespath::ast::Ast;
use std::borrow::Cow;
use std::cmp::Ordering;

/// An argument: a value, or an expression (`&name`) to be applied to many values.
pub enum Argument<'a, 'b> {
    /// A value.
    Value(Cow<'a, Value>),
    /// An expression.
    Expression(&'b Ast),
}

type Answer = Result<Value, QueryError>;

/// Calls the function `name`.
pub fn call(name: &str, arguments: Vec<Argument<'_, '_>>, depth: usize) -> Answer {
    let (least, most) = arity(name)?;
    if arguments.len() < least || arguments.len() > most {
        return Err(QueryError::InvalidArity(format!(
            "Expected {} {} for function {name}(), received {}",
            if least == most {
                format!("{least}")
            } else {
                format!("at least {least}")
            },
            if least == 1 { "argument" } else { "arguments" },
            arguments.len()
        )));
    }
    let call = Call {
        name,
        arguments,
        depth,
    };
    match name {
        "abs" => Ok(call.whole_or(call.number(0)?, i64::checked_abs, f64::abs)),
        "avg" => call.average(),
        "ceil" => Ok(call.whole_or(call.number(0)?, Some, f64::ceil)),
        "floor" => Ok(call.whole_or(call.number(0)?, Some, f64::floor)),
        "contains" => call.contains(),
        "ends_with" => Ok(Value::Bool(call.text(0)?.ends_with(call.text(1)?))),
        "starts_with" => Ok(Value::Bool(call.text(0)?.starts_with(call.text(1)?))),
        "join" => call.join(),
        "keys" => Ok(call
            .object(0)?
            .keys()
            .map(|key| Value::from(key.as_str()))
            .collect()),
        "values" => Ok(call.object(0)?.values().cloned().collect()),
        "length" => call.length(),
        "map" => call.map(),
        "max" => call.extreme(Ordering::is_gt),
        "min" => call.extreme(Ordering::is_lt),
        "max_by" => call.extreme_by(Ordering::is_gt),
        "min_by" => call.extreme_by(Ordering::is_lt),
        "merge" => call.merge(),
        "not_null" => call.not_null(),
        "reverse" => call.reverse(),
        "sort" => call.sort(),
        "sort_by" => call.sort_by(),
        "sum" => call.sum(),
        "to_array" => Ok(match call.any(0)? {
            Value::Array(items) => Value::Array(items.clone()),
            other => Value::Array(vec![other.clone()]),
        }),
        "to_number" => Ok(match call.any(0)? {
            Value::Number(number) => Value::Number(number.clone()),
            Value::String(text) => to_number(text),
            _ => Value::Null,
        }),
        "to_string" => Ok(match call.any(0)? {
            Value::String(text) => Value::from(text.clone()),
            other => Value::from(ascii(&other.to_string())),
        }),
        _ => Ok(Value::from(type_name(call.any(0)?))),
    }
}

/// JSON in which letters beyond ASCII are escaped, as the AWS CLI writes it: Python does so.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            text.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

fn arity(name: &str) -> Result<(usize, usize), QueryError> {
    Ok(match name {
        "contains" | "ends_with" | "join" | "map" | "max_by" | "min_by" | "sort_by"
        | "starts_with" => (2, 2),
        "merge" | "not_null" => (1, usize::MAX),
        "abs" | "avg" | "ceil" | "floor" | "keys" | "length" | "max" | "min" | "reverse"
        | "sort" | "sum" | "to_array" | "to_number" | "to_string" | "type" | "values" => (1, 1),
        _ => {
            return Err(QueryError::UnknownFunction(format!(
                "Unknown function: {name}()"
            )));
        }
    })
}

struct Call<'a, 'b, 'c> {
    name: &'c str,
    arguments: Vec<Argument<'a, 'b>>,
    depth: usize,
}

impl Call<'_, '_, '_> {
    fn any(&self, at: usize) -> Result<&Value, QueryError> {
        match self.arguments.get(at) {
            Some(Argument::Value(value)) => Ok(value),
            _ => Err(self.wrong("expression", &["any"])),
        }
    }

    fn wrong(&self, received: &str, expected: &[&str]) -> QueryError {
        QueryError::InvalidType(format!(
            "In function {}(), invalid type for value, expected one of: {expected:?}, received: \"{received}\"",
            self.name
        ))
    }

    fn number(&self, at: usize) -> Result<&Number, QueryError> {
        let value = self.any(at)?;
        value
            .as_number()
            .ok_or_else(|| self.wrong(type_name(value), &["number"]))
    }

    fn text(&self, at: usize) -> Result<&str, QueryError> {
        let value = self.any(at)?;
        value
            .as_str()
            .ok_or_else(|| self.wrong(type_name(value), &["string"]))
    }

    fn array(&self, at: usize) -> Result<&Vec<Value>, QueryError> {
        let value = self.any(at)?;
        value
            .as_array()
            .ok_or_else(|| self.wrong(type_name(value), &["array"]))
    }

    fn object(&self, at: usize) -> Result<&Map, QueryError> {
        let value = self.any(at)?;
        value
            .as_object()
            .ok_or_else(|| self.wrong(type_name(value), &["object"]))
    }

    fn expression(&self, at: usize) -> Result<&Ast, QueryError> {
        match self.arguments.get(at) {
            Some(Argument::Expression(ast)) => Ok(ast),
            _ => Err(self.wrong("value", &["expref"])),
        }
    }

    /// Keeps a whole number whole.
    fn whole_or(
        &self,
        number: &Number,
        whole: fn(i64) -> Option<i64>,
        float: fn(f64) -> f64,
    ) -> Value {
        match number.as_i64().and_then(whole) {
            Some(number) => Value::from(number),
            None => {
                let result = float(number.as_f64().unwrap_or(f64::NAN));
                if self.name == "abs" {
                    from_float(result)
                } else {
                    whole_float(result)
                }
            }
        }
    }

    fn numbers(&self) -> Result<Vec<&Number>, QueryError> {
        let items = self.array(0)?;
        items
            .iter()
            .map(|item| {
                item.as_number()
                    .ok_or_else(|| self.wrong(type_name(item), &["array-number"]))
            })
            .collect()
    }

    fn sum(&self) -> Answer {
        let numbers = self.numbers()?;
        let whole = numbers
            .iter()
            .try_fold(0_i64, |sum, number| sum.checked_add(number.as_i64()?));
        Ok(match whole {
            Some(sum) => Value::from(sum),
            None => from_float(numbers.iter().filter_map(|number| number.as_f64()).sum()),
        })
    }

    fn average(&self) -> Answer {
        let numbers = self.numbers()?;
        if numbers.is_empty() {
            return Ok(Value::Null);
        }
        let sum: f64 = numbers.iter().filter_map(|number| number.as_f64()).sum();
        Ok(from_float(sum / numbers.len() as f64))
    }

    fn contains(&self) -> Answer {
        let needle = self.any(1)?;
        Ok(Value::Bool(match self.any(0)? {
            Value::Array(items) => items.iter().any(|item| equal(item, needle)),
            Value::String(text) => needle.as_str().is_some_and(|needle| text.contains(needle)),
            other => return Err(self.wrong(type_name(other), &["array", "string"])),
        }))
    }

    fn join(&self) -> Answer {
        let glue = self.text(0)?;
        let items = self.array(1)?;
        let texts: Result<Vec<&str>, _> = items
            .iter()
            .map(|item| {
                item.as_str()
                    .ok_or_else(|| self.wrong(type_name(item), &["array-string"]))
            })
            .collect();
        Ok(Value::from(texts?.join(glue)))
    }

    fn length(&self) -> Answer {
        Ok(Value::from(match self.any(0)? {
            Value::String(text) => text.chars().count(),
            Value::Array(items) => items.len(),
            Value::Object(map) => map.len(),
            other => return Err(self.wrong(type_name(other), &["string", "array", "object"])),
        }))
    }

    fn map(&self) -> Answer {
        let expression = self.expression(0)?;
        let mapped = self
            .array(1)?
            .iter()
            .map(|item| interpret(expression, item, self.depth).map(Cow::into_owned));
        mapped.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn merge(&self) -> Answer {
        let mut all = Map::new();
        for at in 0..self.arguments.len() {
            all.extend(self.object(at)?.clone());
        }
        Ok(Value::Object(all))
    }

    fn not_null(&self) -> Answer {
        for at in 0..self.arguments.len() {
            let value = self.any(at)?;
            if !value.is_null() {
                return Ok(value.clone());
            }
        }
        Ok(Value::Null)
    }

    fn reverse(&self) -> Answer {
        Ok(match self.any(0)? {
            Value::String(text) => Value::from(text.chars().rev().collect::<String>()),
            Value::Array(items) => Value::Array(items.iter().rev().cloned().collect()),
            other => return Err(self.wrong(type_name(other), &["array", "string"])),
        })
    }

    /// The items paired with what they are compared by: all texts or all numbers.
    fn keyed<'v>(
        &self,
        items: &'v [Value],
        by: Option<&Ast>,
    ) -> Result<Vec<(Cow<'v, Value>, &'v Value)>, QueryError> {
        let mut all: Vec<(Cow<'v, Value>, &'v Value)> = Vec::with_capacity(items.len());
        for item in items {
            let key = match by {
                Some(expression) => interpret(expression, item, self.depth)?,
                None => Cow::Borrowed(item),
            };
            let same = all
                .first()
                .is_none_or(|(first, _)| type_name(first) == type_name(&key));
            if !same || !(key.is_number() || key.is_string()) {
                return Err(self.wrong(type_name(&key), &["number", "string"]));
            }
            all.push((key, item));
        }
        Ok(all)
    }

    fn sort(&self) -> Answer {
        self.sorted(None)
    }

    fn sort_by(&self) -> Answer {
        let by = self.expression(1)?;
        self.sorted(Some(by))
    }

    fn sorted(&self, by: Option<&Ast>) -> Answer {
        let mut keyed = self.keyed(self.array(0)?, by)?;
        keyed.sort_by(|a, b| order(&a.0, &b.0));
        Ok(keyed.into_iter().map(|(_, item)| item.clone()).collect())
    }

    fn extreme(&self, better: fn(Ordering) -> bool) -> Answer {
        self.best(None, better)
    }

    fn extreme_by(&self, better: fn(Ordering) -> bool) -> Answer {
        let by = self.expression(1)?;
        self.best(Some(by), better)
    }

    fn best(&self, by: Option<&Ast>, better: fn(Ordering) -> bool) -> Answer {
        let keyed = self.keyed(self.array(0)?, by)?;
        let mut best: Option<&(Cow<'_, Value>, &Value)> = None;
        for candidate in &keyed {
            if best.is_none_or(|best| better(order(&candidate.0, &best.0))) {
                best = Some(candidate);
            }
        }
        Ok(best.map_or(Value::Null, |(_, item)| (*item).clone()))
    }
}

fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => a
            .as_f64()
            .partial_cmp(&b.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

fn from_float(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// A float without a fraction, as a whole number where it fits.
fn whole_float(number: f64) -> Value {
    // Beyond 2^53 a float is no longer exact to the unit, and stays a float.
    if number.abs() < 9_007_199_254_740_992.0 {
        Value::from(number as i64)
    } else {
        from_float(number)
    }
}

fn to_number(text: &str) -> Value {
    match text.parse::<i64>() {
        Ok(number) => Value::from(number),
        Err(_) => text.parse::<f64>().map_or(Value::Null, from_float),
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
