//! The options that every `aws` command takes, wherever they stand on the line.

use crate::answer::Refusal;
use crate::output::Format;
use crate::query::Query;
use crate::values::BinaryFormat;

/// The global options of one line.
#[derive(Debug)]
pub struct Globals {
    /// `--region`.
    pub region: Option<String>,
    /// `--profile`.
    pub profile: Option<String>,
    /// `--output`.
    pub output: Option<Format>,
    /// `--query`.
    pub query: Option<Query>,
    /// Whether the client goes through the pages of a listing (`--no-paginate` turns it off).
    pub paginate: bool,
    /// `--cli-binary-format`.
    pub binary: BinaryFormat,
    /// `--version`.
    pub version: bool,
}

/// The options by name, and whether a word follows them.
/// In the client's order, which an ambiguous option shows.
pub const OPTIONS: [(&str, bool); 18] = [
    ("debug", false),
    ("endpoint-url", true),
    ("no-verify-ssl", false),
    ("no-paginate", false),
    ("output", true),
    ("query", true),
    ("profile", true),
    ("region", true),
    ("version", false),
    ("color", true),
    ("no-sign-request", false),
    ("ca-bundle", true),
    ("cli-read-timeout", true),
    ("cli-connect-timeout", true),
    ("cli-binary-format", true),
    ("no-cli-pager", false),
    ("cli-auto-prompt", false),
    ("no-cli-auto-prompt", false),
];

/// The global option that a word (without its value) stands for: its whole name, or enough of it that it can be no
/// other. The client looks for these before it looks for an operation's own options.
fn meant(word: &str) -> Result<Option<(&'static str, bool)>, Refusal> {
    let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    if let Some(whole) = OPTIONS.iter().find(|(option, _)| *option == name) {
        return Ok(Some(*whole));
    }
    let near: Vec<_> = OPTIONS
        .iter()
        .filter(|(option, _)| option.starts_with(name))
        .collect();
    match near.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(**only)),
        many => {
            let all: Vec<String> = many
                .iter()
                .map(|(option, _)| format!("--{option}"))
                .collect();
            let all = all.join(", ");
            Err(Refusal::usage(format!(
                "ambiguous option: {word} could match {all}"
            )))
        }
    }
}

/// Takes the global options out of `words` and gives back the rest.
pub fn take(words: &[String]) -> Result<(Globals, Vec<String>), Refusal> {
    let mut globals = Globals {
        region: None,
        profile: None,
        output: None,
        query: None,
        paginate: true,
        binary: BinaryFormat::Base64,
        version: false,
    };
    let mut rest = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let Some((name, takes)) = meant(name)? else {
            rest.push(word.clone());
            continue;
        };
        let value = match (takes, inline) {
            (false, None) => String::new(),
            (false, Some(value)) => {
                return Err(Refusal::usage(format!(
                    "argument --{name}: ignored explicit argument '{value}'"
                )));
            }
            (true, Some(value)) => value,
            (true, None) => match words.next_if(|next| !next.starts_with("--")) {
                Some(next) => next.clone(),
                None => {
                    return Err(Refusal::usage(format!(
                        "argument --{name}: expected one argument"
                    )));
                }
            },
        };
        globals.set(name, value)?;
    }
    Ok((globals, rest))
}

impl Globals {
    fn set(&mut self, name: &str, value: String) -> Result<(), Refusal> {
        let choice = |choices: &[&'static str]| {
            Refusal::choice(&format!("--{name}"), &value, choices.iter().copied())
        };
        match name {
            "region" => self.region = Some(value),
            "output" => {
                self.output = Some(Format::named(&value).ok_or_else(|| choice(&Format::NAMES))?)
            }
            "query" => {
                let query = Query::new(&value);
                self.query = Some(query.map_err(|error| {
                    // Without the usage text: the client meets it after it has read the line.
                    Refusal::parameter(format!("Bad value for --query {value}: {error}"))
                })?);
            }
            "profile" => self.profile = Some(value),
            "no-paginate" => self.paginate = false,
            "cli-binary-format" => {
                self.binary = match value.as_str() {
                    "base64" => BinaryFormat::Base64,
                    "raw-in-base64-out" => BinaryFormat::Raw,
                    _ => return Err(choice(&["base64", "raw-in-base64-out"])),
                };
            }
            "version" => self.version = true,
            "color" if !["on", "off", "auto"].contains(&value.as_str()) => {
                return Err(choice(&["on", "off", "auto"]));
            }
            "endpoint-url" | "cli-auto-prompt" => {
                return Err(Refusal::not_modelled(format!("--{name}")));
            }
            // What is left concerns the network, the pager and the prompt, and there is none of these here.
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn taken(line: &str) -> Result<(Globals, Vec<String>), Refusal> {
        take(&crate::words::split_plain(line).unwrap())
    }

    #[test]
    fn they_stand_anywhere() {
        let (globals, rest) =
            taken("--output text ec2 x --query=a.b --region eu-west-1 --filters y --no-paginate")
                .unwrap();
        assert_eq!(rest, ["ec2", "x", "--filters", "y"]);
        assert_eq!(
            (globals.output, globals.region.as_deref()),
            (Some(Format::Text), Some("eu-west-1"))
        );
        assert!(globals.query.is_some() && !globals.paginate);
        assert_eq!(
            taken("ec2 x --outp table --out=text").unwrap().0.output,
            Some(Format::Text)
        );
        let unclear = taken("ec2 x --c y").unwrap_err().text;
        let all = "--color, --ca-bundle, --cli-read-timeout, --cli-connect-timeout, --cli-binary-format, --cli-auto-prompt";
        assert!(unclear.ends_with(&format!("ambiguous option: --c could match {all}\n\n")));
    }

    #[test]
    fn wrong_values_are_refused() {
        for (line, exit) in [
            ("--output xml", 252),
            ("--query a[", 252),
            ("--region", 252),
        ] {
            assert_eq!(taken(line).unwrap_err().exit, exit, "{line}");
        }
        assert!(
            taken("--query 'Reservations['")
                .unwrap_err()
                .text
                .contains("Bad value for --query")
        );
        let (globals, _) = taken("--profile partner --no-cli-pager").unwrap();
        assert_eq!(globals.profile.as_deref(), Some("partner"));
    }
}
