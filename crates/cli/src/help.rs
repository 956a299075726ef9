//! `aws help`, `aws ec2 help`, `aws ec2 OPERATION help`: made from the table, so never out of date.

use crate::options::{Opt, Takes, options};
use crate::shapes::{Kind, Member, Type, table};

/// `aws help`.
pub fn aws() -> String {
    page(
        "aws",
        "aws [options] <command> <subcommand> [parameters]",
        &[
            ("OPTIONS", global_options()),
            (
                "COMMANDS",
                "ec2, ec2 wait, ec2-instance-connect, iam, kms, sts get-caller-identity, configure list|list-profiles|get|set\n\n\
                 And beside aws: lab (what is inside an instance, and the clock), echo, name=$(command)."
                    .to_owned(),
            ),
        ],
    )
}

/// `aws ec2 help`: what this lab has, then what it knows by name only.
pub fn ec2(knows: impl Fn(&str) -> bool) -> String {
    let (here, elsewhere): (Vec<&str>, Vec<&str>) = table()
        .commands()
        .partition(|command| table().operation_of(command).is_some_and(&knows));
    page(
        "ec2",
        "aws ec2 <operation> [parameters]",
        &[
            (
                "AVAILABLE COMMANDS",
                here.iter()
                    .map(|name| format!("o {name}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            (
                "WAITERS",
                table()
                    .waiters("ec2")
                    .map(|name| format!("o wait {name}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            ("KNOWN, BUT NOT MODELLED HERE", elsewhere.join(", ")),
        ],
    )
}

/// `aws SERVICE help` of a service beside EC2.
pub fn service(name: &str) -> String {
    let commands = table().service(name).into_iter().flatten();
    page(
        name,
        &format!("aws {name} <operation> [parameters]"),
        &[(
            "AVAILABLE COMMANDS",
            commands
                .map(|(command, _)| format!("o {command}"))
                .collect::<Vec<_>>()
                .join("\n"),
        )],
    )
}

/// `aws ec2 OPERATION help`.
pub fn operation(command: &str, api_name: &str) -> String {
    let options = options(api_name).unwrap_or_default();
    let shown = || options.iter().filter(|option| !option.hidden);
    let mut synopsis = command.to_owned();
    for option in shown() {
        synopsis.push_str(&format!("\n  {}", usage_of(option)));
    }
    let details: Vec<String> = shown().map(details_of).collect();
    page(
        command,
        &synopsis,
        &[
            ("OPTIONS", details.join("\n\n")),
            ("GLOBAL OPTIONS", global_options()),
        ],
    )
}

fn usage_of(option: &Opt) -> String {
    let text = match option.takes {
        Takes::Nothing => format!("--{}", option.name),
        Takes::AtMostOne => format!("--{} [<value>]", option.name),
        Takes::One | Takes::Many => format!("--{} <value>", option.name),
    };
    if option.required {
        text
    } else {
        format!("[{text}]")
    }
}

fn details_of(option: &Opt) -> String {
    let required = if option.required { ", required" } else { "" };
    let mut text = format!("--{} ({}{required})", option.name, option.of().word());
    match option.of().kind() {
        Kind::String { values, .. } if !values.is_empty() => {
            text.push_str(&format!("\n  One of: {}", values.join(", ")));
        }
        Kind::Structure(members) if option.takes != Takes::Nothing => {
            text.push_str(&format!("\n  {}", shorthand_of(&members, 0)));
        }
        Kind::List { element, .. } => {
            let (one, space) = (
                element_of(element, 0),
                if option.takes == Takes::Many {
                    " ..."
                } else {
                    ""
                },
            );
            text.push_str(&format!("\n  {one}{space}"));
        }
        _ => {}
    }
    text
}

/// The shorthand of a structure, as deep as a line can bear.
fn shorthand_of(members: &[Member], depth: usize) -> String {
    let parts = members
        .iter()
        .map(|member| format!("{}={}", member.name, element_of(member.of, depth + 1)));
    parts.collect::<Vec<_>>().join(",")
}

fn element_of(of: Type, depth: usize) -> String {
    match of.kind() {
        Kind::Structure(_) if depth > 3 => "{...}".to_owned(),
        Kind::Structure(members) if depth == 0 => shorthand_of(&members, depth),
        Kind::Structure(members) => format!("{{{}}}", shorthand_of(&members, depth)),
        Kind::List { element, .. } => format!("[{0},{0}]", element_of(element, depth + 1)),
        _ => of.word().to_owned(),
    }
}

fn global_options() -> String {
    let all = crate::globals::OPTIONS.iter();
    all.map(|(name, takes)| {
        if *takes {
            format!("--{name} <value>")
        } else {
            format!("--{name}")
        }
    })
    .collect::<Vec<_>>()
    .join("\n")
}

fn page(name: &str, synopsis: &str, sections: &[(&str, String)]) -> String {
    let indent = |text: &str| {
        text.lines()
            .map(|line| format!("       {line}").trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut out = format!("NAME\n       {name}\n\nSYNOPSIS\n{}\n", indent(synopsis));
    for (title, text) in sections.iter().filter(|(_, text)| !text.is_empty()) {
        out.push_str(&format!("\n{title}\n{}\n", indent(text)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_comes_from_the_table() {
        let text = operation("create-security-group", "CreateSecurityGroup");
        assert!(
            text.contains("  --group-name <value>")
                && text.contains("--description (string, required)"),
            "{text}"
        );
        assert!(ec2(|name| name == "RunInstances").contains("o run-instances"));
    }
}
