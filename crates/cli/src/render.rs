//! The way back: from an API call to the command line that equals it, as a person would type it.
//!
//! Every piece is read again before it is given out; what shorthand cannot say becomes JSON, and what options
//! cannot say becomes `--cli-input-json`.

use crate::files::MemoryFiles;
use crate::names::kebab;
use crate::options::{Client, Opt, Sets, options, security_group_rules};
use crate::request::{Request, parse};
use crate::shapes::{Kind, Member, table};
use crate::values::{BinaryFormat, Reader, from_base64};
use crate::words::quote;
use ec2_lab_engine::json::{Map, Value};

/// The command line for an API operation and its input. Operations that EC2 has not are the lab's own.
pub fn render(operation: &str, input: &Value) -> String {
    let empty = Map::new();
    let map = input.as_object().unwrap_or(&empty);
    let Some(options) = options(operation) else {
        return lab(operation, map);
    };
    let command = kebab(operation);
    let line = |words: &[String]| {
        let all = ["aws", table().service_of(operation), &command]
            .into_iter()
            .chain(words.iter().map(String::as_str));
        all.map(quote).collect::<Vec<_>>().join(" ")
    };
    let ways = [
        simple_rule(operation, map, &options),
        members(operation, map, &options),
    ];
    for words in ways.into_iter().flatten() {
        if means(operation, &words, input) {
            return line(&words);
        }
    }
    line(&[
        "--cli-input-json".to_owned(),
        plain_user_data(operation, map).to_string(),
    ])
}

fn means(operation: &str, words: &[String], input: &Value) -> bool {
    let files = MemoryFiles::default();
    let reader = Reader {
        files: &files,
        binary: BinaryFormat::Base64,
    };
    matches!(parse(operation, words, &reader, true), Ok(Request::Call { input: read, .. }) if read == *input)
}

/// The client encodes user data by itself, so a command line carries the text.
fn plain_user_data(operation: &str, map: &Map) -> Value {
    let mut map = map.clone();
    if operation == "RunInstances"
        && let Some(Value::String(encoded)) = map.get_mut("UserData")
        && let Some(text) = from_base64(encoded).and_then(|bytes| String::from_utf8(bytes).ok())
    {
        *encoded = text.into();
    }
    Value::Object(map)
}

/// Each member by its own option; `None` if one of them cannot be said so.
fn members(operation: &str, map: &Map, options: &[Opt]) -> Option<Vec<String>> {
    let plain = plain_user_data(operation, map);
    let mut words = Vec::new();
    for (key, value) in plain.as_object()? {
        match key.as_str() {
            "MinCount" | "MaxCount" if operation == "RunInstances" => {}
            _ => words.extend(member(key, value, options)?),
        }
    }
    if operation == "RunInstances" {
        match (
            map.get("MinCount")?.as_i64()?,
            map.get("MaxCount")?.as_i64()?,
        ) {
            (1, 1) => {}
            (least, most) if least == most => {
                words.extend(["--count".to_owned(), least.to_string()])
            }
            (least, most) => words.extend(["--count".to_owned(), format!("{least}:{most}")]),
        }
    }
    Some(words)
}

fn member(key: &str, value: &Value, options: &[Opt]) -> Option<Vec<String>> {
    let option = options.iter().find(|option| match option.sets {
        Sets::Member(member) => member.name == key,
        Sets::Flag(member, wanted) => member.name == key && *value == Value::Bool(wanted),
        Sets::Wrapped(member, wanted) => {
            member.name == key && value.get("Value") == Some(&Value::Bool(wanted))
        }
        Sets::Client(_) => false,
    })?;
    let name = format!("--{}", option.name);
    let Sets::Member(member) = option.sets else {
        return Some(vec![name]);
    };
    let words = value_words(member, value)?;
    // A value that looks like an option must be tied to its own.
    match words.as_slice() {
        [only] if only.starts_with('-') => Some(vec![format!("{name}={only}")]),
        _ => Some(std::iter::once(name).chain(words).collect()),
    }
}

/// The words of a value: the first way of writing it that reads back as the same.
fn value_words(member: Member, value: &Value) -> Option<Vec<String>> {
    let files = MemoryFiles::default();
    let reader = Reader {
        files: &files,
        binary: BinaryFormat::Base64,
    };
    let mut ways: Vec<Option<Vec<String>>> = Vec::new();
    match (member.of.kind(), value) {
        (Kind::List { element, .. }, Value::Array(items)) => {
            let scalar = !matches!(element.kind(), Kind::Structure(_) | Kind::List { .. });
            let dashed = items
                .iter()
                .any(|item| item.as_str().is_some_and(|text| text.starts_with('-')));
            if !dashed {
                ways.push(
                    items
                        .iter()
                        .map(|item| {
                            if scalar {
                                scalar_word(item)
                            } else {
                                shorthand(item)
                            }
                        })
                        .collect(),
                );
            }
        }
        (Kind::Structure(_), Value::Object(map)) => {
            if map.len() == 1 {
                ways.push(
                    map.get("Value")
                        .and_then(Value::as_str)
                        .map(|text| vec![text.to_owned()]),
                );
            }
            ways.push(shorthand(value).map(|text| vec![text]));
        }
        _ => ways.push(scalar_word(value).map(|text| vec![text])),
    }
    if value.is_array() || value.is_object() {
        ways.push(Some(vec![value.to_string()]));
    }
    ways.into_iter().flatten().find(|words| {
        reader
            .read("--x", member, words)
            .is_ok_and(|read| read == *value)
    })
}

fn scalar_word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// A structure as `Key=Value,...`.
fn shorthand(value: &Value) -> Option<String> {
    let map = value.as_object().filter(|map| !map.is_empty())?;
    pairs(map, 0)
}

fn pairs(map: &Map, depth: usize) -> Option<String> {
    let parts: Option<Vec<String>> = map
        .iter()
        .map(|(key, value)| Some(format!("{key}={}", nested(value, depth)?)))
        .collect();
    Some(parts?.join(","))
}

fn nested(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::Object(map) => Some(format!("{{{}}}", pairs(map, depth + 1)?)),
        Value::Array(items) => {
            let parts: Vec<String> = items
                .iter()
                .map(|item| nested(item, depth + 1))
                .collect::<Option<_>>()?;
            // People write `Values=a,b`; deeper down, or with texts in quotes, brackets are needed.
            let bare = depth == 0
                && !items.is_empty()
                && items.iter().all(|item| item.as_str().is_some_and(is_bare));
            Some(if bare {
                parts.join(",")
            } else {
                format!("[{}]", parts.join(","))
            })
        }
        Value::String(text) if is_bare(text) => Some(text.to_string()),
        Value::String(text) => Some(format!(
            "\"{}\"",
            text.replace('\\', "\\\\").replace('"', "\\\"")
        )),
        other => scalar_word(other),
    }
}

fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./:*+@".contains(c))
}

/// A single rule in single words: `--protocol tcp --port 22 --cidr 0.0.0.0/0`.
fn simple_rule(operation: &str, map: &Map, options: &[Opt]) -> Option<Vec<String>> {
    if !security_group_rules(operation) {
        return None;
    }
    let [Value::Object(rule)] = map.get("IpPermissions")?.as_array()?.as_slice() else {
        return None;
    };
    let mut words = Vec::new();
    for (key, value) in map.iter().filter(|(key, _)| *key != "IpPermissions") {
        words.extend(member(key, value, options)?);
    }
    let mut add = |client: Client, value: String| {
        let name = options
            .iter()
            .find(|option| option.sets == Sets::Client(client))
            .map(|option| &option.name);
        words.extend(name.map(|name| format!("--{name}")));
        words.push(value);
    };
    let protocol = rule.get("IpProtocol")?.as_str()?;
    add(
        Client::Protocol,
        if protocol == "-1" { "all" } else { protocol }.to_owned(),
    );
    if let (Some(from), Some(to)) = (rule.get("FromPort"), rule.get("ToPort")) {
        let (from, to) = (from.as_i64()?, to.as_i64()?);
        add(
            Client::Port,
            if from == to {
                from.to_string()
            } else {
                format!("{from}-{to}")
            },
        );
    }
    if let Some(range) = rule.get("IpRanges") {
        add(
            Client::Cidr,
            range.get(0)?.get("CidrIp")?.as_str()?.to_owned(),
        );
    }
    if let Some(pair) = rule.get("UserIdGroupPairs") {
        let pair = pair.get(0)?;
        add(
            Client::SourceGroup,
            pair.get("GroupId")
                .or(pair.get("GroupName"))?
                .as_str()?
                .to_owned(),
        );
        if let Some(owner) = pair.get("UserId") {
            add(Client::GroupOwner, owner.as_str()?.to_owned());
        }
    }
    Some(words)
}

fn lab(operation: &str, map: &Map) -> String {
    let mut words = vec!["lab".to_owned(), kebab(operation)];
    for (key, value) in map {
        words.push(format!("--{}", kebab(key)));
        match value {
            Value::Array(items) if items.iter().all(Value::is_string) => {
                words.extend(items.iter().filter_map(scalar_word))
            }
            other => words.push(scalar_word(other).unwrap_or_else(|| other.to_string())),
        }
    }
    words
        .iter()
        .map(|word| quote(word))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
#[path = "render/tests.rs"]
mod tests;
