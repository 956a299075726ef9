//! `lab ...`: the lab's own commands. They have no table: names and types show in the words themselves.

use crate::answer::Refusal;
use crate::files::{Files, load};
use crate::names::pascal;
use ec2_lab_engine::json::{Map, Number, Value};

/// Keys whose values are numbers.
const NUMBERS: [&str; 5] = ["Port", "FromPort", "ToPort", "Seconds", "Count"];
/// Keys whose values are lists even when only one value is given.
const LISTS: [&str; 2] = ["Rules", "InstanceIds"];

/// The input that `words` (all after the command) stand for.
pub fn input(words: &[String], files: &dyn Files) -> Result<Value, Refusal> {
    let mut input = Map::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) else {
            return Err(Refusal::shell(
                252,
                format!("`{word}` is not an option; options look like --instance-id i-1"),
            ));
        };
        let (name, inline) = match name.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (name, None),
        };
        let mut texts: Vec<String> = inline.into_iter().collect();
        while texts.is_empty() || words.peek().is_some_and(|next| !is_option(next)) {
            match words.next_if(|next| !is_option(next)) {
                Some(next) => texts.push(next.clone()),
                None => break,
            }
        }
        let key = pascal(name);
        let value = values(&key, &format!("--{name}"), &texts, files)?;
        input.insert(key, value);
    }
    Ok(Value::Object(input))
}

fn is_option(word: &str) -> bool {
    word.starts_with("--")
}

fn values(key: &str, option: &str, texts: &[String], files: &dyn Files) -> Result<Value, Refusal> {
    let mut all = Vec::with_capacity(texts.len());
    for text in texts {
        let text = load(files, option, text)?.into_text(option)?;
        all.push(value(key, option, &text)?);
    }
    let list = LISTS.contains(&key);
    Ok(match all.as_slice() {
        [] if list => Value::Array(all),
        [] => Value::Bool(true),
        [Value::Array(items)] if list => Value::Array(items.clone()),
        [single] if !list => single.clone(),
        _ => Value::Array(all),
    })
}

fn value(key: &str, option: &str, text: &str) -> Result<Value, Refusal> {
    if text.trim_start().starts_with(['{', '[']) {
        return crate::values::json(option, text);
    }
    if LISTS.contains(&key) && text.contains('=') {
        let nothing = crate::files::MemoryFiles::default();
        let parsed = crate::shorthand::parse(text, &nothing).map_err(|error| match error {
            crate::shorthand::ShorthandError::Syntax(message)
            | crate::shorthand::ShorthandError::Number(message) => {
                Refusal::parsing(option, message)
            }
        })?;
        return typed(parsed, option);
    }
    scalar(key, option, text)
}

/// Gives the texts of a shorthand structure their types by their keys.
fn typed(value: Value, option: &str) -> Result<Value, Refusal> {
    let Value::Object(map) = value else {
        return Ok(value);
    };
    let mut out = Map::new();
    for (key, value) in map {
        let value = match value {
            Value::String(text) => scalar(&key, option, &text)?,
            other => other,
        };
        out.insert(key, value);
    }
    Ok(Value::Object(out))
}

fn scalar(key: &str, option: &str, text: &str) -> Result<Value, Refusal> {
    if NUMBERS.contains(&key) {
        let number = text.trim().parse::<i64>().map(Number::from);
        return number
            .map(Value::Number)
            .map_err(|_| crate::values::invalid_number(option, "int", text));
    }
    Ok(match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => Value::from(text),
    })
}

/// A point on the clock as the AWS CLI writes times.
pub fn time(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 0000-03-01, so that the leap day ends the year (Howard Hinnant's civil calendar).
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}+00:00",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;
    use ec2_lab_engine::json::json;

    fn read(line: &str) -> Value {
        input(
            &crate::words::split_plain(line).unwrap(),
            &MemoryFiles::default(),
        )
        .unwrap()
    }

    #[test]
    fn options_become_keys() {
        assert_eq!(
            read("--from laptop --to i-1 --client ssh --port 22 --key-name k"),
            json!({"From": "laptop", "To": "i-1", "Client": "ssh", "Port": 22, "KeyName": "k"})
        );
        let rule = json!({"Rules": [{"Protocol": "tcp", "Port": 22, "Action": "drop"}]});
        assert_eq!(read("--rules Protocol=tcp,Port=22,Action=drop"), rule);
        assert_eq!(
            read(r#"--rules '[{"Protocol":"tcp","Port":22,"Action":"drop"}]'"#),
            rule
        );
        assert_eq!(read("--rules"), json!({"Rules": []}));
        assert_eq!(read("--rules []"), json!({"Rules": []}));
        assert_eq!(
            read("--force --on true"),
            json!({"Force": true, "On": true})
        );
    }

    #[test]
    fn times_are_iso() {
        assert_eq!(time(0), "1970-01-01T00:00:00+00:00");
        assert_eq!(time(1_767_603_600_000), "2026-01-05T09:00:00+00:00");
        assert_eq!(time(951_782_400_000), "2000-02-29T00:00:00+00:00");
    }
}
