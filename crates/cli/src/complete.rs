//! Completion of a line that is being typed: commands, operations, options, enum values and live ids.

use crate::globals;
use crate::names::kebab;
use crate::options::{Opt, Sets, Takes, options};
use crate::output::Format;
use crate::shapes::{Kind, table};
use crate::words::split_plain;

/// What completion asks of the world.
pub trait Live {
    /// Whether this operation is modelled.
    fn knows(&self, operation: &str) -> bool;
    /// The API names of the lab's own operations.
    fn lab_operations(&self) -> Vec<String>;
    /// Present values for an input member: instance ids for `InstanceIds`, types for `InstanceType` and so on.
    fn values(&self, operation: &str, member: &str) -> Vec<String>;
    /// The names of the variables that are set.
    fn variables(&self) -> Vec<String> {
        Vec::new()
    }
    /// The names of the files that commands can read.
    fn files(&self) -> Vec<String> {
        Vec::new()
    }
    /// What instances answer to: their public addresses and names.
    fn hosts(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The laptop's programs, and what they take: files, hosts or both.
const PROGRAMS: [(&str, bool, bool); 21] = [
    ("aws", false, false),
    ("cat", true, false),
    ("chmod", true, false),
    ("clear", false, false),
    ("cp", true, false),
    ("curl", false, true),
    ("dig", false, true),
    ("echo", false, false),
    ("grep", true, false),
    ("help", false, false),
    ("history", false, false),
    ("lab", false, false),
    ("ls", true, false),
    ("mv", true, false),
    ("nc", false, true),
    ("ping", false, true),
    ("rm", true, false),
    ("scp", true, true),
    ("ssh", true, true),
    ("ssh-keygen", true, false),
    ("touch", true, false),
];

/// What may stand at the end of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins (in bytes) that a candidate replaces.
    pub from: usize,
    /// The candidates, in alphabetical order; the word itself is none.
    pub candidates: Vec<String>,
    /// Whether the word is whole as it is.
    pub whole: bool,
}

/// Completes `line`, the text before the cursor.
pub fn complete(line: &str, live: &dyn Live) -> Completion {
    let from = line
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + line.get(at..).map_or(0, first_width));
    let (before, word) = line.split_at_checked(from).unwrap_or((line, ""));
    let Ok(words) = split_plain(before) else {
        return Completion::default();
    };
    let mut candidates = match word.strip_prefix('$') {
        Some(_) => live
            .variables()
            .iter()
            .map(|name| format!("${name}"))
            .collect(),
        None if word.starts_with("file://") => under("file://", live.files()),
        None if word.starts_with("fileb://") => under("fileb://", live.files()),
        None => candidates(&words, word, live),
    };
    let whole = candidates.iter().any(|candidate| candidate == word);
    candidates.retain(|candidate| candidate.starts_with(word) && candidate != word);
    candidates.sort();
    candidates.dedup();
    Completion {
        from,
        candidates,
        whole,
    }
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn under(lead: &str, names: Vec<String>) -> Vec<String> {
    names
        .into_iter()
        .map(|name| format!("{lead}{name}"))
        .collect()
}

fn owned<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

fn candidates(words: &[String], word: &str, live: &dyn Live) -> Vec<String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => owned(PROGRAMS.map(|(name, _, _)| name)),
        ["aws"] => owned([
            "autoscaling",
            "ec2",
            "ec2-instance-connect",
            "elbv2",
            "iam",
            "kms",
            "sts",
            "configure",
            "help",
        ]),
        ["aws", "sts"] => owned(["get-caller-identity"]),
        ["aws", "configure"] => owned(["list", "list-profiles", "get", "set"]),
        ["aws", "configure", "get" | "set"] => owned(["region", "output"]),
        ["aws", "ec2"] => {
            let known = table().commands().filter(|name| {
                table()
                    .operation_of(name)
                    .is_some_and(|name| live.knows(name))
            });
            owned(known.chain(["wait", "help"]))
        }
        ["aws", "ec2", "wait"] => {
            let known = |name: &&str| {
                table()
                    .waiter("ec2", name)
                    .is_some_and(|waiter| live.knows(waiter.operation))
            };
            owned(table().waiters("ec2").filter(known))
        }
        ["aws", "ec2", "wait", waiter, rest @ ..] => match table().waiter("ec2", waiter) {
            Some(waiter) => arguments(waiter.operation, rest, word, live),
            None => Vec::new(),
        },
        ["aws", "ec2", command, rest @ ..] => match table().operation_of(command) {
            Some(operation) => arguments(operation, rest, word, live),
            None => Vec::new(),
        },
        ["lab"] => live
            .lab_operations()
            .iter()
            .map(|name| kebab(name))
            .chain(owned(["wait", "help"]))
            .collect(),
        ["lab", command, .., option] if option.starts_with("--") => live.values(
            &crate::names::pascal(command),
            &crate::names::pascal(option.trim_start_matches('-')),
        ),
        [program, .., last] | [program @ last] => of_program(program, last, word, live),
    }
}

/// The files and hosts that a program of the laptop takes; after `-i` and the like only files.
fn of_program(program: &str, last: &str, word: &str, live: &dyn Live) -> Vec<String> {
    let Some((_, files, hosts)) = PROGRAMS.iter().find(|(name, _, _)| *name == program) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if *files {
        all.extend(live.files());
    }
    if *hosts && !matches!(last, "-i" | "-f") {
        let lead = match (word.rfind('@'), word.rfind("://")) {
            (Some(at), _) => word.get(..=at),
            (None, Some(at)) => word.get(..at + 3),
            (None, None) => None,
        };
        all.extend(under(lead.unwrap_or_default(), live.hosts()));
    }
    all
}

/// The last option on the line decides: its values while it takes some, options otherwise.
fn arguments(operation: &str, words: &[&str], word: &str, live: &dyn Live) -> Vec<String> {
    let options = options(operation).unwrap_or_default();
    let last = words.iter().rposition(|word| word.starts_with("--"));
    let (name, after) = match last {
        Some(at) => (
            words
                .get(at)
                .map_or("", |word| word.trim_start_matches('-')),
            words.len() - at - 1,
        ),
        None => ("", 0),
    };
    let option = options.iter().find(|option| option.name == name);
    if !word.starts_with('-') {
        match option {
            Some(option)
                if option.takes == Takes::Many
                    || (option.takes != Takes::Nothing && after == 0) =>
            {
                return values(operation, option, word, live);
            }
            None if name == "output" && after == 0 => return owned(Format::NAMES),
            None if name == "region" && after == 0 => {
                return live.values("DescribeRegions", "RegionNames");
            }
            _ => {}
        }
    }
    let given = |name: &str| {
        words
            .iter()
            .any(|word| word.trim_start_matches('-') == name)
    };
    let own = options
        .iter()
        .filter(|option| !option.hidden && !given(&option.name))
        .map(|option| option.name.as_str());
    let global = globals::OPTIONS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| ["query", "output", "region"].contains(name));
    own.chain(global.filter(|name| !given(name)))
        .map(|name| format!("--{name}"))
        .collect()
}

fn values(operation: &str, option: &Opt, word: &str, live: &dyn Live) -> Vec<String> {
    let Sets::Member(member) = option.sets else {
        return Vec::new();
    };
    // Inside shorthand there is only one name to help with: that of a filter comes from the documentation, not from here.
    if word.contains('=') {
        return Vec::new();
    }
    let of = match member.of.kind() {
        Kind::List { element, .. } => element,
        _ => member.of,
    };
    let mut all = live.values(operation, member.name);
    if let Kind::String { values, .. } = of.kind() {
        all.extend(owned(values));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Fake;

    impl Live for Fake {
        fn knows(&self, operation: &str) -> bool {
            ["RunInstances", "DescribeInstances", "TerminateInstances"].contains(&operation)
        }
        fn lab_operations(&self) -> Vec<String> {
            owned(["StartService"])
        }
        fn values(&self, _: &str, member: &str) -> Vec<String> {
            if member == "InstanceIds" {
                owned(["i-1", "i-2"])
            } else {
                Vec::new()
            }
        }
        fn variables(&self) -> Vec<String> {
            owned(["web"])
        }
        fn files(&self) -> Vec<String> {
            owned(["key.pem", "page.html"])
        }
        fn hosts(&self) -> Vec<String> {
            owned(["198.18.0.9"])
        }
    }

    fn at(line: &str) -> Vec<String> {
        complete(line, &Fake).candidates
    }

    #[test]
    fn the_word_under_the_cursor() {
        assert_eq!(at("aws ec2 r"), ["run-instances"]);
        assert_eq!(complete("aws ec2 r", &Fake).from, 8);
        assert_eq!(at("aws ec2 terminate-instances --inst"), ["--instance-ids"]);
        assert_eq!(
            at("aws ec2 terminate-instances --instance-ids "),
            ["i-1", "i-2"]
        );
        assert_eq!(
            at("aws ec2 terminate-instances --instance-ids i-1 i-"),
            ["i-1", "i-2"]
        );
        assert_eq!(
            at("aws ec2 run-instances --instance-initiated-shutdown-behavior "),
            ["stop", "terminate"]
        );
        assert_eq!(at("aws ec2 wait instance-ru"), ["instance-running"]);
        assert_eq!(at("lab st"), ["start-service"]);
        assert_eq!(at("aws ec2 describe-instances --output ta"), ["table"]);
        assert_eq!(at("echo $w"), ["$web"]);
        assert_eq!(at("ssh -i k"), ["key.pem"]);
        assert_eq!(at("ssh -i key.pem ec2-user@"), ["ec2-user@198.18.0.9"]);
        assert_eq!(at("curl http://"), ["http://198.18.0.9"]);
        assert_eq!(at("cat p"), ["page.html"]);
        assert_eq!(at("sc"), ["scp"]);
        assert_eq!(
            at("aws ec2 run-instances --user-data file://p"),
            ["file://page.html"]
        );
    }

    proptest! {
        #[test]
        fn any_line_can_be_completed(line in any::<String>(), tail in "[a-z $'\"-]{0,20}") {
            let _ = complete(&line, &Fake);
            let _ = complete(&format!("aws ec2 run-instances {tail}"), &Fake);
        }
    }
}
