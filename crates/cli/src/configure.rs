//! `aws configure list|get|set`: the region and the output format that commands use by default.

use crate::answer::{Answer, Refusal};
use std::collections::BTreeMap;

/// The profile that commands use when none is named.
pub const DEFAULT: &str = "default";

/// The laptop's profiles from the start: each with its account, and the access key of that account's user. The keys are the
/// examples of AWS's documentation.
pub const ACCOUNTS: [(&str, &str, &str, &str); 2] = [
    (
        DEFAULT,
        "111122223333",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    ),
    (
        "partner",
        "222233334444",
        "AKIAI44QH8DHBEXAMPLE",
        "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
    ),
];

/// What is set, by profile and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings(BTreeMap<String, BTreeMap<String, String>>);

impl Default for Settings {
    fn default() -> Self {
        let profile = |(name, _, id, secret): (&str, &str, &str, &str)| {
            let set = [
                ("region", "us-east-1"),
                ("aws_access_key_id", id),
                ("aws_secret_access_key", secret),
            ];
            let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
            (name.to_owned(), BTreeMap::from(set))
        };
        Settings(BTreeMap::from(ACCOUNTS.map(profile)))
    }
}

/// The profile of an account, as the laptop has it from the start.
pub fn profile_of(account: &str) -> &'static str {
    ACCOUNTS
        .iter()
        .find(|(_, known, ..)| *known == account)
        .map_or(DEFAULT, |(name, ..)| name)
}

impl Settings {
    /// A setting of a profile, if it is set and not empty.
    pub fn get(&self, profile: &str, name: &str) -> Option<&str> {
        self.0
            .get(profile)?
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether there is such a profile.
    pub fn has(&self, profile: &str) -> bool {
        self.0.contains_key(profile)
    }

    /// The account that a profile's access key belongs to; empty for a key that nobody has. `None` without a key.
    pub fn account(&self, profile: &str) -> Option<&'static str> {
        let key = self.get(profile, "aws_access_key_id")?;
        let known = ACCOUNTS.iter().find(|(_, _, id, _)| *id == key);
        Some(known.map_or("", |(_, account, ..)| account))
    }

    /// The profiles, by name.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All that a profile has set, by name.
    pub fn iter(&self, profile: &str) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.get(profile).into_iter().flatten();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets one; a profile that there is not is made.
    pub fn set(&mut self, profile: &str, name: &str, value: &str) {
        let profile = self.0.entry(profile.to_owned()).or_default();
        profile.insert(name.to_owned(), value.to_owned());
    }

    fn table(&self, profile: &str) -> String {
        let row = |name: &str, value: &str, kind: &str, place: &str| {
            format!("{name:>10} {value:>24} {kind:>16}    {place}\n")
        };
        let setting = |label: &str, name: &str, file: (&str, &str)| match self.get(profile, name) {
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
            match profile {
                DEFAULT => row("profile", "<not set>", "None", "None"),
                name => row("profile", name, "manual", "--profile"),
            },
            setting("access_key", "aws_access_key_id", keys),
            setting("secret_key", "aws_secret_access_key", keys),
            setting("region", "region", ("config-file", "~/.aws/config")),
        ]
        .concat()
    }
}

/// Runs `aws configure WORDS` for a profile.
pub fn configure(
    settings: &mut Settings,
    profile: &str,
    words: &[String],
) -> Result<Answer, Refusal> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["list"] => Ok(Answer::ok(settings.table(profile))),
        ["list-profiles"] => Ok(Answer::ok(
            settings
                .profiles()
                .map(|name| format!("{name}\n"))
                .collect::<String>(),
        )),
        ["get", name] => Ok(
            match settings.get(named(profile, name).0, named(profile, name).1) {
                Some(value) => Answer::ok(format!("{value}\n")),
                None => Answer {
                    exit: 1,
                    ..Answer::default()
                },
            },
        ),
        ["set", name, value] => {
            let (profile, name) = named(profile, name);
            settings.set(profile, name, value);
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

/// `default.region` and `profile.default.region` name the profile as well.
fn named<'a>(profile: &'a str, name: &'a str) -> (&'a str, &'a str) {
    if let Some((profile, name)) = name
        .strip_prefix("profile.")
        .and_then(|rest| rest.split_once('.'))
    {
        return (profile, name);
    }
    match name.strip_prefix("default.") {
        Some(name) => (DEFAULT, name),
        None => (profile, name),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn run(settings: &mut Settings, line: &str) -> Result<Answer, Refusal> {
        configure(
            settings,
            DEFAULT,
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
        let profiles = run(&mut settings, "list-profiles").unwrap().stdout;
        assert_eq!(profiles, "default\npartner\n");
        run(&mut settings, "set profile.partner.region eu-west-1").unwrap();
        assert_eq!(settings.get("partner", "region"), Some("eu-west-1"));
        assert_eq!(settings.account("partner"), Some("222233334444"));
        assert_eq!(run(&mut settings, "lst").unwrap_err().exit, 252);
    }
}
