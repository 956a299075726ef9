//! Sorts the words after an operation into options and their values, by the rules of Python's argparse.

use crate::answer::Refusal;
use crate::options::{Opt, Sets, Takes};

/// The options of one command line: for each option of the table, the words that followed it.
pub struct Arguments {
    /// Parallel to the option list.
    pub values: Vec<Option<Vec<String>>>,
    /// Whether the command asks for help.
    pub help: bool,
}

enum Class {
    Value,
    Known { at: usize, inline: Option<String> },
    Unknown,
}

/// Sorts `words` by `options`.
pub fn sort(words: &[String], options: &[Opt]) -> Result<Arguments, Refusal> {
    let mut values: Vec<Option<Vec<String>>> = vec![None; options.len()];
    let mut left_over = Vec::new();
    let mut at = 0;
    let mut only_values = false;
    while let Some(word) = words.get(at) {
        at += 1;
        if word == "--" && !only_values {
            only_values = true;
            continue;
        }
        let class = if only_values {
            Class::Value
        } else {
            classify(word, options)?
        };
        let Class::Known { at: index, inline } = class else {
            left_over.push(word.clone());
            continue;
        };
        let Some(option) = options.get(index) else {
            continue;
        };
        let limit = match option.takes {
            Takes::Nothing => 0,
            Takes::One | Takes::AtMostOne => 1,
            Takes::Many => usize::MAX,
        };
        let mut found: Vec<String> = Vec::new();
        match inline {
            Some(text) if limit == 0 => {
                return Err(Refusal::usage(format!(
                    "argument --{}: ignored explicit argument '{text}'",
                    option.name
                )));
            }
            Some(text) => found.push(text),
            None => {
                while found.len() < limit
                    && let Some(next) = words.get(at)
                    && next != "--"
                    && matches!(classify(next, options)?, Class::Value)
                {
                    found.push(next.clone());
                    at += 1;
                }
                if option.takes == Takes::One && found.is_empty() {
                    return Err(Refusal::usage(format!(
                        "argument --{}: expected one argument",
                        option.name
                    )));
                }
            }
        }
        set(&mut values, options, index, found)?;
    }
    let help = left_over.first().is_some_and(|word| word == "help") && left_over.len() == 1;
    if help {
        return Ok(Arguments { values, help });
    }
    check_required(&values, options)?;
    if !left_over.is_empty() {
        return Err(unknown(&left_over, options));
    }
    Ok(Arguments { values, help })
}

fn set(
    values: &mut [Option<Vec<String>>],
    options: &[Opt],
    index: usize,
    found: Vec<String>,
) -> Result<(), Refusal> {
    // `--x` and `--no-x` set the same thing: the last one counts. Of a wrapped boolean only one may stand.
    let Some(option) = options.get(index) else {
        return Ok(());
    };
    for (other_index, other) in options.iter().enumerate() {
        match (option.sets, other.sets) {
            (Sets::Flag(a, x), Sets::Flag(b, y)) if a == b && x != y => {
                if let Some(slot) = values.get_mut(other_index) {
                    *slot = None;
                }
            }
            (Sets::Wrapped(a, x), Sets::Wrapped(b, y))
                if a == b && x != y && values.get(other_index).is_some_and(Option::is_some) =>
            {
                let (plain, negative) = if x { (option, other) } else { (other, option) };
                return Err(Refusal::parameter(format!(
                    "Cannot specify both the \"--{}\" option and the \"--{}\" option.",
                    plain.name, negative.name
                )));
            }
            _ => {}
        }
    }
    if let Some(slot) = values.get_mut(index) {
        *slot = Some(found);
    }
    Ok(())
}

fn classify(word: &str, options: &[Opt]) -> Result<Class, Refusal> {
    if !word.starts_with('-') || word.len() == 1 {
        return Ok(Class::Value);
    }
    let (name, inline) = match word.split_once('=') {
        Some((name, text)) => (name, Some(text.to_owned())),
        None => (word, None),
    };
    if let Some(name) = name.strip_prefix("--").filter(|name| !name.is_empty()) {
        if let Some(at) = options.iter().position(|option| option.name == name) {
            return Ok(Class::Known { at, inline });
        }
        let mut near = options
            .iter()
            .enumerate()
            .filter(|(_, option)| option.name.starts_with(name));
        match (near.next(), near.next()) {
            (Some((at, _)), None) => return Ok(Class::Known { at, inline }),
            (Some((_, first)), Some((_, second))) => {
                let rest = near.map(|(_, option)| option);
                let all: Vec<String> = [first, second]
                    .into_iter()
                    .chain(rest)
                    .map(|option| format!("--{}", option.name))
                    .collect();
                return Err(Refusal::usage(format!(
                    "ambiguous option: {word} could match {}",
                    all.join(", ")
                )));
            }
            _ => {}
        }
    }
    let number = word
        .trim_start_matches('-')
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.');
    if (number && !word.starts_with("--")) || word.contains(' ') {
        return Ok(Class::Value);
    }
    Ok(Class::Unknown)
}

fn check_required(values: &[Option<Vec<String>>], options: &[Opt]) -> Result<(), Refusal> {
    let given = |name: &str| {
        options
            .iter()
            .zip(values)
            .any(|(option, value)| option.name == name && value.is_some())
    };
    // A skeleton of the output is that of a whole command.
    let skeleton = options
        .iter()
        .zip(values)
        .filter(|(option, _)| option.name == "generate-cli-skeleton")
        .find_map(|(_, value)| value.as_deref());
    let skeleton = skeleton.is_some_and(|words| words.first().is_none_or(|kind| kind != "output"));
    if given("cli-input-json") || given("cli-input-yaml") || skeleton {
        return Ok(());
    }
    let missing: Vec<String> = options
        .iter()
        .zip(values)
        .filter(|(option, value)| {
            option.required && value.is_none() && matches!(option.sets, Sets::Member(_))
        })
        .map(|(option, _)| format!("--{}", option.name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::usage(format!(
        "the following arguments are required: {}",
        missing.join(", ")
    )))
}

fn unknown(left_over: &[String], options: &[Opt]) -> Refusal {
    // The first slips are enough: nobody reads advice on ten thousand.
    let slips = left_over
        .iter()
        .filter_map(|word| word.strip_prefix("--"))
        .take(3);
    let near: Vec<String> = slips
        .flat_map(|word| {
            let name = word.split('=').next().unwrap_or(word);
            let shown = options.iter().filter(|option| !option.hidden);
            crate::similar::near(name, shown.map(|option| option.name.as_str()))
        })
        .map(|name| format!("--{name}"))
        .collect();
    Refusal::unknown_options(left_over, &near)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::options::options;

    fn given(operation: &str, line: &str) -> Result<Vec<(String, Vec<String>)>, Refusal> {
        let options = options(operation).unwrap();
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let arguments = sort(&words, &options)?;
        let named = options.iter().zip(arguments.values);
        Ok(named
            .filter_map(|(option, words)| words.map(|words| (option.name.clone(), words)))
            .collect())
    }

    fn refused(operation: &str, line: &str) -> String {
        let refusal = given(operation, line).unwrap_err();
        assert_eq!(refusal.exit, 252);
        refusal.text
    }

    #[test]
    fn options_take_their_words() {
        assert_eq!(
            given("DescribeInstances", "--instance-ids a b --dry-run")
                .unwrap()
                .len(),
            2
        );
        assert_eq!(
            given("DescribeInstances", "--instance-ids").unwrap()[0].1,
            Vec::<String>::new()
        );
        assert_eq!(
            given("DescribeSecurityGroups", "--group-id sg-1").unwrap()[0].0,
            "group-ids"
        );
        assert_eq!(
            given("AuthorizeSecurityGroupIngress", "--port -1").unwrap()[0].1,
            ["-1"]
        );
        assert_eq!(
            given("DescribeInstances", "--filters=Name=a,Values=b").unwrap()[0].1,
            ["Name=a,Values=b"]
        );
        assert_eq!(
            given("RunInstances", "--ebs-optimized --no-ebs-optimized")
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn refusals_are_the_clients() {
        assert!(
            refused("CreateVpc", "--cidr-block")
                .contains("argument --cidr-block: expected one argument")
        );
        assert!(
            refused("TerminateInstances", "")
                .contains("the following arguments are required: --instance-ids")
        );
        assert!(refused("DescribeInstances", "extra").contains("Unknown options: extra"));
        let near = given("DescribeInstances", "--instance-idz i-1").unwrap_err();
        assert!(
            near.text
                .ends_with("help\n\nUnknown options: --instance-idz, i-1\n\n")
        );
        assert_eq!(
            near.advice.as_deref(),
            Some("Maybe you meant --instance-ids.")
        );
        assert!(
            refused("DescribeSecurityGroups", "--group x")
                .contains("ambiguous option: --group could match")
        );
        assert!(
            refused(
                "ModifyInstanceAttribute",
                "--instance-id i-1 --ebs-optimized --no-ebs-optimized"
            )
            .contains("Cannot specify both")
        );
    }
}
