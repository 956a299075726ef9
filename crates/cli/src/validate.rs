//! The checks that the client makes before it sends anything, with botocore's words.

use crate::answer::Refusal;
use crate::shapes::{Kind, Member, Type};
use ec2_lab_engine::json::Value;

/// Checks an input against its members; collects every complaint, as the client does.
pub fn validate(input: &Value, members: &[Member]) -> Result<(), Refusal> {
    let mut report = Vec::new();
    structure(input, members, "", &mut report);
    if report.is_empty() {
        return Ok(());
    }
    Err(Refusal::parameter(format!(
        "Parameter validation failed:\n{}",
        report.join("\n")
    )))
}

fn structure(value: &Value, members: &[Member], name: &str, report: &mut Vec<String>) {
    let Value::Object(map) = value else {
        return wrong_type(value, name, "<class 'dict'>", report);
    };
    let place = if name.is_empty() { "input" } else { name };
    for member in members
        .iter()
        .filter(|m| m.required && !map.contains_key(m.name))
    {
        report.push(format!(
            "Missing required parameter in {place}: \"{}\"",
            member.name
        ));
    }
    for key in map
        .keys()
        .filter(|key| !members.iter().any(|m| m.name == key.as_str()))
    {
        let known: Vec<&str> = members.iter().map(|m| m.name).collect();
        report.push(format!(
            "Unknown parameter in {place}: \"{key}\", must be one of: {}",
            known.join(", ")
        ));
    }
    for (key, value) in map {
        if let Some(member) = members.iter().find(|m| m.name == key) {
            let inner = if name.is_empty() {
                key.to_string()
            } else {
                format!("{name}.{key}")
            };
            check(value, member.of, &inner, report);
        }
    }
}

fn check(value: &Value, of: Type, name: &str, report: &mut Vec<String>) {
    match of.kind() {
        Kind::Structure(members) => structure(value, &members, name, report),
        Kind::List { min, element } => {
            let Value::Array(items) = value else {
                return wrong_type(value, name, "<class 'list'>, <class 'tuple'>", report);
            };
            short(name, value, items.len(), min, report);
            for (at, item) in items.iter().enumerate() {
                check(item, element, &format!("{name}[{at}]"), report);
            }
        }
        Kind::String { min, .. } => match value {
            Value::String(text) => short(name, value, text.chars().count(), min, report),
            _ => wrong_type(value, name, "<class 'str'>", report),
        },
        Kind::Integer { min, .. } => match value.as_i64() {
            Some(number) => {
                if let Some(min) = min.filter(|min| number < *min) {
                    report.push(format!(
                        "Invalid value for parameter {name}, value: {number}, valid min value: {min}"
                    ));
                }
            }
            None => wrong_type(value, name, "<class 'int'>", report),
        },
        Kind::Float if !value.is_number() => {
            wrong_type(
                value,
                name,
                "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>",
                report,
            );
        }
        Kind::Boolean if !value.is_boolean() => wrong_type(value, name, "<class 'bool'>", report),
        Kind::Timestamp if !is_time(value) => {
            wrong_type(
                value,
                name,
                "<class 'datetime.datetime'>, timestamp-string",
                report,
            );
        }
        Kind::Blob if !value.is_string() => {
            wrong_type(
                value,
                name,
                "<class 'bytes'>, <class 'bytearray'>, file-like object",
                report,
            );
        }
        _ => {}
    }
}

fn is_time(value: &Value) -> bool {
    value.is_number()
        || value
            .as_str()
            .is_some_and(|text| text.contains(|c: char| c.is_ascii_digit()))
}

fn short(name: &str, value: &Value, length: usize, min: u64, report: &mut Vec<String>) {
    if (length as u64) < min {
        let shown = if value.is_string() {
            length.to_string()
        } else {
            python(value)
        };
        report.push(format!(
            "Invalid length for parameter {name}, value: {shown}, valid min length: {min}"
        ));
    }
}

fn wrong_type(value: &Value, name: &str, valid: &str, report: &mut Vec<String>) {
    let shown = match value {
        Value::String(text) => text.to_string(),
        other => python(other),
    };
    let name = if name.is_empty() { "input" } else { name };
    report.push(format!(
        "Invalid type for parameter {name}, value: {shown}, type: <class '{}'>, valid types: {valid}",
        python_type(value)
    ));
}

fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// A value as Python prints it inside a collection, which is what the client's messages and tables show.
pub fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => {
            let quote = if text.contains('\'') && !text.contains('"') {
                '"'
            } else {
                '\''
            };
            let body = text
                .replace('\\', "\\\\")
                .replace('\n', "\\n")
                .replace('\t', "\\t");
            let body = if quote == '\'' {
                body.replace('\'', "\\'")
            } else {
                body
            };
            format!("{quote}{body}{quote}")
        }
        Value::Array(items) => {
            let inner: Vec<String> = items.iter().map(python).collect();
            format!("[{}]", inner.join(", "))
        }
        Value::Object(map) => {
            let inner: Vec<String> = map
                .iter()
                .map(|(key, value)| {
                    format!("{}: {}", python(&Value::from(key.as_str())), python(value))
                })
                .collect();
            format!("{{{}}}", inner.join(", "))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::shapes::table;
    use ec2_lab_engine::json::json;

    fn complaint(operation: &str, input: Value) -> String {
        validate(&input, &table().input(operation).unwrap())
            .unwrap_err()
            .text
    }

    #[test]
    fn the_words_are_botocores() {
        assert_eq!(
            complaint(
                "DescribeInstances",
                json!({"Filters": [{"Nam": "x", "Values": ["y"]}]})
            ),
            "\nParameter validation failed:\nUnknown parameter in Filters[0]: \"Nam\", must be one of: Name, Values\n"
        );
        assert_eq!(
            complaint("TerminateInstances", json!({})),
            "\nParameter validation failed:\nMissing required parameter in input: \"InstanceIds\"\n"
        );
        assert!(
            complaint("DescribeSecurityGroups", json!({"MaxResults": 3}))
                .contains("Invalid value for parameter MaxResults, value: 3, valid min value: 5")
        );
        assert!(
            complaint("CreateImage", json!({"Name": "ab", "InstanceId": "i-1"}))
                .contains("Invalid length for parameter Name, value: 2, valid min length: 3")
        );
        assert!(complaint("RunInstances", json!({"MinCount": "1", "MaxCount": 1})).contains(
            "Invalid type for parameter MinCount, value: 1, type: <class 'str'>, valid types: <class 'int'>"
        ));
    }
}
