//! `aws configure list|get|set`: the region and the output format that commands use by default.

use crate::answer::{Answer, Refusal};
use std::collections::BTreeMap;

/// The settings of the `default` profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, String>);

impl Default for Settings {
    fn default() -> Self {
        Settings(BTreeMap::from([
            ("region".to_owned(), "us-east-1".to_owned()),
            (
                "aws_access_key_id".to_owned(),
                "AKIAIOSFODNN7EXAMPLE".to_owned(),
            ),
            (
                "aws_secret_access_key".to_owned(),
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
            ),
        ]))
    }
}

impl Settings {
    /// A setting, if it is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// All that are set, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets one.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    fn table(&self) -> String {
        let row = |name: &str, value: &str, kind: &str, place: &str| {
            format!("{name:>10} {value:>24} {kind:>16}    {place}\n")
        };
        let setting = |label: &str, name: &str, file: (&str, &str)| match self.get(name) {
            None => row(label, "<not set>", "None", "None"),
            Some(value) if name.starts_with("aws_") => {
                let end = value.get(value.len().saturating_sub(4)..).unwrap_or("");
                row(label, &format!("****************{end}"), file.0, file.1)
            }
            Some(value) => row(label, value, file.0, file.1),
        };
        let keys = ("shared-credentials-file", "");
        [
            row("Name", "Value", "Type", "Location"),
            row("----", "-----", "----", "--------"),
            row("profile", "<not set>", "None", "None"),
            setting("access_key", "aws_access_key_id", keys),
            setting("secret_key", "aws_secret_access_key", keys),
            setting("region", "region", ("config-file", "~/.aws/config")),
        ]
        .concat()
    }
}

/// Runs `aws configure WORDS`.
pub fn configure(settings: &mut Settings, words: &[String]) -> Result<Answer, Refusal> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["list"] => Ok(Answer::ok(settings.table())),
        ["list-profiles"] => Ok(Answer::ok("default\n")),
        ["get", name] => Ok(match settings.get(plain(name)) {
            Some(value) => Answer::ok(format!("{value}\n")),
            None => Answer {
                exit: 1,
                ..Answer::default()
            },
        }),
        ["set", name, value] => {
            settings.set(plain(name), value);
            Ok(Answer::default())
        }
        ["get"] => Err(Refusal::usage(
            "the following arguments are required: varname",
        )),
        ["set"] | ["set", _] => Err(Refusal::usage(
            "the following arguments are required: varname, value",
        )),
        [] => Err(Refusal::shell(
            255,
            "aws configure asks questions, which this prompt cannot; use: aws configure set region us-east-1",
        )),
        [other, ..] => {
            let choices = ["list", "list-profiles", "get", "set"];
            Err(Refusal::choice("subcommand", other, choices.into_iter()))
        }
    }
}

/// `default.region` and `profile.default.region` are other names of `region`.
fn plain(name: &str) -> &str {
    name.trim_start_matches("profile.")
        .trim_start_matches("default.")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn run(settings: &mut Settings, line: &str) -> Result<Answer, Refusal> {
        configure(
            settings,
            &line.split(' ').map(str::to_owned).collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_setting_is_kept() {
        let mut settings = Settings::default();
        run(&mut settings, "set region eu-west-1").unwrap();
        assert_eq!(
            run(&mut settings, "get region").unwrap().stdout,
            "eu-west-1\n"
        );
        assert!(
            run(&mut settings, "list")
                .unwrap()
                .stdout
                .contains("eu-west-1      config-file    ~/.aws/config")
        );
        assert_eq!(run(&mut settings, "get nothing").unwrap().exit, 1);
        assert_eq!(run(&mut settings, "lst").unwrap_err().exit, 252);
    }
}
