//! Walks a JMESPath expression over a value, borrowing from it wherever the result is part of it.

use super::functions::{Argument, call};
use super::{QueryError, is_true};
use ec2_lab_engine::json::{Map, Value};
use jmespath::Variable;
use jmespath::ast::{Ast, Comparator};
use std::borrow::Cow;

type Found<'a> = Result<Cow<'a, Value>, QueryError>;

/// What the parser lets pass can nest by operators; deeper than this the stack of a browser could end.
const DEEPEST: usize = 150;

const NULL: Cow<'static, Value> = Cow::Owned(Value::Null);

/// What `ast` finds in `value`.
pub fn interpret<'a>(ast: &Ast, value: &'a Value, depth: usize) -> Found<'a> {
    if depth > DEEPEST {
        return Err(QueryError::InvalidValue(
            "the expression is nested too deeply".to_owned(),
        ));
    }
    let depth = depth + 1;
    let inner = |ast: &Ast| interpret(ast, value, depth);
    match ast {
        Ast::Identity { .. } => Ok(Cow::Borrowed(value)),
        Ast::Field { name, .. } => Ok(value.get(name.as_str()).map_or(NULL, Cow::Borrowed)),
        Ast::Index { idx, .. } => Ok(index(value, *idx).map_or(NULL, Cow::Borrowed)),
        Ast::Literal { value, .. } => Ok(Cow::Owned(literal(value))),
        Ast::Subexpr { .. } => chain(ast, value, depth),
        Ast::Not { node, .. } => Ok(Cow::Owned(Value::Bool(!is_true(&*inner(node)?)))),
        Ast::And { lhs, rhs, .. } => {
            let left = inner(lhs)?;
            if is_true(&left) { inner(rhs) } else { Ok(left) }
        }
        Ast::Or { lhs, rhs, .. } => {
            let left = inner(lhs)?;
            if is_true(&left) { Ok(left) } else { inner(rhs) }
        }
        Ast::Condition {
            predicate, then, ..
        } => {
            if is_true(&*inner(predicate)?) {
                inner(then)
            } else {
                Ok(NULL)
            }
        }
        Ast::Comparison {
            comparator,
            lhs,
            rhs,
            ..
        } => Ok(Cow::Owned(compare(
            comparator,
            &*inner(lhs)?,
            &*inner(rhs)?,
        ))),
        Ast::MultiList { .. } | Ast::MultiHash { .. } if value.is_null() => Ok(NULL),
        Ast::MultiList { elements, .. } => {
            let all = elements
                .iter()
                .map(|element| inner(element).map(Cow::into_owned));
            Ok(Cow::Owned(Value::Array(all.collect::<Result<_, _>>()?)))
        }
        Ast::MultiHash { elements, .. } => {
            let pairs = elements
                .iter()
                .map(|pair| Ok((pair.key.clone(), inner(&pair.value)?.into_owned())));
            Ok(Cow::Owned(Value::Object(
                pairs.collect::<Result<Map, _>>()?,
            )))
        }
        Ast::ObjectValues { node, .. } => then(inner(node)?, |found| match found {
            Value::Object(map) => Ok(Cow::Owned(Value::Array(map.values().cloned().collect()))),
            _ => Ok(NULL),
        }),
        Ast::Flatten { node, .. } => then(inner(node)?, |found| Ok(flatten(found))),
        Ast::Slice {
            start, stop, step, ..
        } => match value {
            Value::Array(items) => Ok(Cow::Owned(Value::Array(slice(
                items, *start, *stop, *step,
            )?))),
            _ => Ok(NULL),
        },
        Ast::Projection { lhs, rhs, .. } => then(inner(lhs)?, |found| project(rhs, found, depth)),
        Ast::Expref { .. } => Err(QueryError::InvalidType(
            "an expression reference stands only as a function's argument".to_owned(),
        )),
        Ast::Function { name, args, .. } => function(name, args, value, depth),
    }
}

/// `a.b.c` nests to the left, one level a step; walking it in a loop keeps the stack flat.
fn chain<'a>(ast: &Ast, value: &'a Value, depth: usize) -> Found<'a> {
    let (mut steps, mut node) = (Vec::new(), ast);
    while let Ast::Subexpr { lhs, rhs, .. } = node {
        steps.push(rhs);
        node = lhs;
    }
    let mut found = interpret(node, value, depth)?;
    for step in steps.into_iter().rev() {
        found = then(found, |value| interpret(step, value, depth))?;
    }
    Ok(found)
}

fn project<'a>(rhs: &Ast, value: &'a Value, depth: usize) -> Found<'a> {
    let Value::Array(items) = value else {
        return Ok(NULL);
    };
    let mut all = Vec::new();
    for item in items {
        let found = interpret(rhs, item, depth)?;
        if !found.is_null() {
            all.push(found.into_owned());
        }
    }
    Ok(Cow::Owned(Value::Array(all)))
}

fn function<'a>(name: &str, args: &[Ast], value: &'a Value, depth: usize) -> Found<'a> {
    let mut arguments = Vec::with_capacity(args.len());
    for argument in args {
        arguments.push(match argument {
            Ast::Expref { ast, .. } => Argument::Expression(ast),
            other => Argument::Value(interpret(other, value, depth)?),
        });
    }
    call(name, arguments, depth).map(Cow::Owned)
}

/// Goes on from a part that is borrowed or computed.
fn then<'a>(found: Cow<'a, Value>, next: impl for<'b> Fn(&'b Value) -> Found<'b>) -> Found<'a> {
    match found {
        Cow::Borrowed(value) => next(value),
        Cow::Owned(value) => Ok(Cow::Owned(next(&value)?.into_owned())),
    }
}

fn index(value: &Value, at: i32) -> Option<&Value> {
    let items = value.as_array()?;
    let at = i64::from(at);
    let at = if at < 0 { at + items.len() as i64 } else { at };
    items.get(usize::try_from(at).ok()?)
}

fn flatten(value: &Value) -> Cow<'_, Value> {
    let Value::Array(items) = value else {
        return NULL;
    };
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Value::Array(inner) => all.extend(inner.iter().cloned()),
            other => all.push(other.clone()),
        }
    }
    Cow::Owned(Value::Array(all))
}

/// Python's `items[start:stop:step]`.
fn slice(
    items: &[Value],
    start: Option<i32>,
    stop: Option<i32>,
    step: i32,
) -> Result<Vec<Value>, QueryError> {
    if step == 0 {
        return Err(QueryError::InvalidValue(
            "slice step cannot be 0".to_owned(),
        ));
    }
    let (length, step) = (items.len() as i64, i64::from(step));
    let bound = |given: Option<i32>, default: i64| {
        let (low, high) = if step > 0 {
            (0, length)
        } else {
            (-1, length - 1)
        };
        given.map_or(default, |at| {
            let at = i64::from(at);
            (if at < 0 { at + length } else { at }).clamp(low, high)
        })
    };
    let (first, last) = if step > 0 {
        (0, length)
    } else {
        (length - 1, -1)
    };
    let (mut at, end) = (bound(start, first), bound(stop, last));
    let mut all = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        all.extend(
            usize::try_from(at)
                .ok()
                .and_then(|at| items.get(at))
                .cloned(),
        );
        at += step;
    }
    Ok(all)
}

fn compare(comparator: &Comparator, left: &Value, right: &Value) -> Value {
    use std::cmp::Ordering;
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.as_f64().partial_cmp(&b.as_f64()),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    };
    let ordered =
        |test: fn(Ordering) -> bool| order.map_or(Value::Null, |order| Value::Bool(test(order)));
    match comparator {
        Comparator::Equal => Value::Bool(equal(left, right)),
        Comparator::NotEqual => Value::Bool(!equal(left, right)),
        Comparator::LessThan => ordered(Ordering::is_lt),
        Comparator::LessThanEqual => ordered(Ordering::is_le),
        Comparator::GreaterThan => ordered(Ordering::is_gt),
        Comparator::GreaterThanEqual => ordered(Ordering::is_ge),
    }
}

/// Equality where 1 and 1.0 are the same number, at any depth.
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => left == right,
    }
}

fn literal(value: &Variable) -> Value {
    match value {
        Variable::Bool(value) => Value::Bool(*value),
        Variable::String(text) => Value::from(text.clone()),
        Variable::Number(number) => Value::Number(number.clone()),
        Variable::Array(items) => Value::Array(items.iter().map(|item| literal(item)).collect()),
        Variable::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), literal(value)))
            .collect(),
        _ => Value::Null,
    }
}
