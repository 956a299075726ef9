//! Input that no person types: very long lines, thousands of options, deep nesting, NUL. Each gets an answer, none a crash.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ec2_lab_cli::{Answer, MemoryFiles, Shell};
use ec2_lab_engine::World;

/// How deep a hostile text nests: far beyond what a thread's stack holds as recursion.
const DEEP: usize = 100_000;

fn answer(words: &[&str]) -> Answer {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    Shell::new(World::new(1), Box::new(MemoryFiles::default())).run_words(&words)
}

/// The client refuses with its own exit code for a bad line, and says something of readable length.
#[track_caller]
fn refused(answer: &Answer) {
    assert!(
        matches!(answer.exit, 252 | 255),
        "exit {}: {:.300}",
        answer.exit,
        answer.stderr
    );
    assert!(!answer.stderr.trim().is_empty(), "an error says why");
    assert!(answer.stdout.is_empty());
}

#[test]
fn a_line_of_a_megabyte_is_refused() {
    let long = "x".repeat(1 << 20);
    refused(&answer(&["aws", "ec2", &long]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        &format!("--{long}"),
    ]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--filters",
        &long,
    ]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--cli-input-json",
        &long,
    ]));
}

#[test]
fn ten_thousand_options_are_refused() {
    let mut words = vec!["aws", "ec2", "describe-instances"];
    words.resize(10_003, "--no-such-option");
    refused(&answer(&words));
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let json = format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
        for option in ["--filters", "--cli-input-json", "--cli-input-yaml"] {
            refused(&answer(&[
                "aws",
                "ec2",
                "describe-instances",
                option,
                &json,
            ]));
        }
        let half = open.repeat(DEEP);
        refused(&answer(&[
            "aws",
            "ec2",
            "describe-instances",
            "--filters",
            &half,
        ]));
    }
    for open in ["Name={a=", "Name=[", "a="] {
        let shorthand = open.repeat(DEEP);
        refused(&answer(&[
            "aws",
            "ec2",
            "describe-instances",
            "--filters",
            &shorthand,
        ]));
    }
}

#[test]
fn a_deep_query_is_refused() {
    for text in [
        "[", "(", "!", "{a:", "length(", "[?", "&", "a.", "a|", "[*].",
    ] {
        let query = text.repeat(DEEP);
        refused(&answer(&[
            "aws",
            "ec2",
            "describe-instances",
            "--query",
            &query,
        ]));
    }
    let closed = format!("{}a{}", "(".repeat(DEEP), ")".repeat(DEEP));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--query",
        &closed,
    ]));
}

#[test]
fn nul_is_text_that_no_name_has() {
    refused(&answer(&["aws", "ec2", "describe\0instances"]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--filters",
        "\0",
    ]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--query",
        "a\0b",
    ]));
    refused(&answer(&[
        "aws",
        "ec2",
        "describe-instances",
        "--filters",
        "file://\0",
    ]));
}
