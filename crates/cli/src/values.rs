//! From the text of an option to a value of its type: scalars, JSON, shorthand, files.

use crate::answer::Refusal;
use crate::files::{Files, Loaded, load};
use crate::shapes::{Kind, Member, Type};
use crate::shorthand::{ShorthandError, coerce, parse};
use base64ct::{Base64, Encoding};
use ec2_lab_engine::json::Value;

/// Bytes in the base64 that AWS uses.
pub fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// The bytes behind base64, with or without line breaks in it; `None` if it is none.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Base64::decode_vec(&plain).ok()
}

/// How `--cli-binary-format` wants binary values read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BinaryFormat {
    /// On the command line and in `file://` they are base64 (the default).
    #[default]
    Base64,
    /// They are raw, and the client encodes them.
    Raw,
}

/// Reads option values for one command.
pub struct Reader<'a> {
    /// Where `file://` looks.
    pub files: &'a dyn Files,
    /// How binary values are written.
    pub binary: BinaryFormat,
}

impl Reader<'_> {
    /// The value of `member`, whose option was followed by `words`.
    pub fn read(&self, option: &str, member: Member, words: &[String]) -> Result<Value, Refusal> {
        match member.of.kind() {
            Kind::List { element, .. } => self.list(option, member.of, element, words),
            _ => self.single(option, member.of, words.first().map_or("", String::as_str)),
        }
    }

    fn single(&self, option: &str, of: Type, word: &str) -> Result<Value, Refusal> {
        let loaded = load(self.files, option, word)?;
        match of.kind() {
            Kind::Blob => self.blob(option, loaded),
            Kind::Structure(members) => {
                let text = loaded.into_text(option)?;
                if looks_like_json(&text) {
                    return json(option, &text);
                }
                let only_value = matches!(members.as_slice(), [Member { name: "Value", of, .. }]
                    if matches!(of.kind(), Kind::String { .. }));
                if only_value && !text.contains('=') {
                    return Ok(ec2_lab_engine::json::json!({ "Value": text }));
                }
                self.shorthand(option, of, &text)
            }
            _ => scalar(option, of, &loaded.into_text(option)?),
        }
    }

    fn list(
        &self,
        option: &str,
        of: Type,
        element: Type,
        words: &[String],
    ) -> Result<Value, Refusal> {
        let words: Vec<String> = match words {
            [only] => vec![load(self.files, option, only)?.into_text(option)?],
            many => many.to_vec(),
        };
        if let [only] = words.as_slice()
            && only.trim_start().starts_with('[')
        {
            return json(option, only);
        }
        let structured = matches!(element.kind(), Kind::Structure(_) | Kind::List { .. });
        let as_json = words.first().is_some_and(|word| looks_like_json(word));
        let mut values = Vec::with_capacity(words.len());
        for word in &words {
            values.push(match structured {
                true if as_json && looks_like_json(word) => json(option, word)?,
                true if as_json => {
                    return Err(Refusal::parsing(option, format!("Invalid JSON:\n{word}")));
                }
                true => self.shorthand(option, element, word)?,
                false => match element.kind() {
                    Kind::Integer { .. } => {
                        let number = word.trim().parse::<i64>();
                        Value::from(number.map_err(|_| Refusal::parsing(option, word))?)
                    }
                    _ => scalar(option, element, word)?,
                },
            });
        }
        let _ = of;
        Ok(Value::Array(values))
    }

    fn shorthand(&self, option: &str, of: Type, text: &str) -> Result<Value, Refusal> {
        parse(text, self.files)
            .and_then(|value| coerce(value, of))
            .map_err(|error| match error {
                ShorthandError::Syntax(message) => Refusal::parsing(option, message),
                ShorthandError::Number(message) => Refusal::general(message),
            })
    }

    fn blob(&self, option: &str, loaded: Loaded) -> Result<Value, Refusal> {
        let encoded = match loaded {
            Loaded::Bytes(bytes) => base64(&bytes),
            Loaded::Inline(text) | Loaded::Text(text) => match self.binary {
                BinaryFormat::Raw => base64(text.as_bytes()),
                BinaryFormat::Base64 => match from_base64(&text) {
                    Some(bytes) => base64(&bytes),
                    None => return Err(invalid_base64(option, &text)),
                },
            },
        };
        Ok(Value::from(encoded))
    }
}

fn invalid_base64(option: &str, text: &str) -> Refusal {
    let mut refusal = Refusal::parameter(format!("Invalid base64: \"{text}\""));
    refusal.advice = Some(format!(
        "Give the file itself with {option} fileb://FILE: the client then encodes it."
    ));
    refusal
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{'])
}

/// JSON in an option.
pub fn json(option: &str, text: &str) -> Result<Value, Refusal> {
    ec2_lab_engine::json::from_str(text).map_err(|error| {
        let why = crate::python::json_error(text).unwrap_or_else(|| error.to_string());
        Refusal::parsing(
            option,
            format!("Invalid JSON: {why}\nJSON received: {text}"),
        )
    })
}

fn scalar(option: &str, of: Type, text: &str) -> Result<Value, Refusal> {
    Ok(match of.kind() {
        Kind::Integer { long, .. } => match text.trim().parse::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) if long => return Err(invalid_number(option, "int", text)),
            // The client finds this one too late for a usage error.
            Err(_) => {
                return Err(Refusal::general(format!(
                    "invalid literal for int() with base 10: '{text}'"
                )));
            }
        },
        Kind::Float => match text
            .trim()
            .parse::<f64>()
            .ok()
            .and_then(ec2_lab_engine::json::Number::from_f64)
        {
            Some(number) => Value::Number(number),
            None => return Err(invalid_number(option, "float", text)),
        },
        Kind::Boolean => Value::Bool(!text.eq_ignore_ascii_case("false")),
        _ => Value::from(text.to_owned()),
    })
}

/// A number that the client checks while it reads the command line.
pub fn invalid_number(option: &str, kind: &str, text: &str) -> Refusal {
    Refusal::usage(format!("argument {option}: invalid {kind} value: '{text}'"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;
    use crate::shapes::table;
    use ec2_lab_engine::json::json;

    fn read(operation: &str, name: &str, words: &[&str]) -> Result<Value, Refusal> {
        let files = MemoryFiles::new([
            ("f.json", r#"[{"Name":"a","Values":["b"]}]"#),
            ("k.pub", "ssh-rsa AAAA"),
        ]);
        let reader = Reader {
            files: &files,
            binary: BinaryFormat::Base64,
        };
        let members = table().input(operation).unwrap();
        let member = members.iter().find(|m| m.name == name).unwrap();
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        reader.read("--x", *member, &words)
    }

    #[test]
    fn one_list_written_in_several_ways() {
        let expected = json!([{"Name": "a", "Values": ["b"]}]);
        for words in [
            &["Name=a,Values=b"][..],
            &[r#"[{"Name":"a","Values":["b"]}]"#],
            &[r#"{"Name":"a","Values":["b"]}"#],
            &["file://f.json"],
            &["Name=a,Values=[b]"],
        ] {
            assert_eq!(
                read("DescribeInstances", "Filters", words).unwrap(),
                expected,
                "{words:?}"
            );
        }
        assert_eq!(
            read("DescribeInstances", "InstanceIds", &["i-1", "i-2"]).unwrap(),
            json!(["i-1", "i-2"])
        );
        assert_eq!(
            read("DescribeInstances", "InstanceIds", &[r#"["i-1"]"#]).unwrap(),
            json!(["i-1"])
        );
        assert_eq!(
            read("DescribeInstances", "InstanceIds", &[]).unwrap(),
            json!([])
        );
    }

    #[test]
    fn a_lone_value_member_needs_no_key() {
        assert_eq!(
            read("ModifyInstanceAttribute", "InstanceType", &["t3.small"]).unwrap(),
            json!({"Value": "t3.small"})
        );
        assert_eq!(
            read(
                "ModifyInstanceAttribute",
                "InstanceType",
                &["Value=t3.small"]
            )
            .unwrap(),
            json!({"Value": "t3.small"})
        );
    }

    #[test]
    fn binary_values_are_base64() {
        let key = Value::from(base64(b"ssh-rsa AAAA"));
        assert_eq!(
            read("ImportKeyPair", "PublicKeyMaterial", &["fileb://k.pub"]).unwrap(),
            key
        );
        assert_eq!(
            read("ImportKeyPair", "PublicKeyMaterial", &["file://k.pub"])
                .unwrap_err()
                .exit,
            252
        );
        assert_eq!(
            read("ImportKeyPair", "PublicKeyMaterial", &["AAAA"]).unwrap(),
            json!("AAAA")
        );
    }

    #[test]
    fn wrong_numbers_end_as_in_the_client() {
        assert_eq!(
            read("CreateVolume", "Size", &["abc"]).unwrap_err().exit,
            255
        );
        assert_eq!(
            read(
                "DescribeReservedInstancesOfferings",
                "MaxDuration",
                &["abc"]
            )
            .unwrap_err()
            .exit,
            252
        );
    }
}
