//! What fuzzing has found, kept: each line once crashed, and must be answered.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test may panic")]

use ec2_lab_cli::{MemoryFiles, Shell};
use ec2_lab_engine::World;
use proptest::prelude::*;

fn answered(line: &str) {
    let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
    let answer = shell.run(line);
    assert!(answer.exit != 0 || answer.stderr.is_empty(), "{line:?}");
}

/// conch-parser takes the end of the text for the end of a here-document, and a backslash there ended the program.
#[test]
fn a_here_document_that_ends_in_a_backslash() {
    for line in [
        "aws x e<<c\nx\\",
        "aws x e<<c\n\\",
        "cat <<a <<b\n\\",
        "cat <<a <<b\na\n\\",
        "cat <<-a\n\t\\",
        "echo $(cat <<a\n\\",
        "echo $(cat <<a\n\\)",
        "echo `cat <<a\n\\\\`",
        "echo `echo \\`cat <<a\n\\\\\\\\\\``",
        "cat <<a\n$(cat <<b\n\\",
        "cat <<a\n`cat <<b\n\\\\`",
        "if cat <<a; then\n\\",
    ] {
        answered(line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn scripts_with_here_documents_are_answered(line in "(<<a|<<-a|<<b|<<'a'|a\n|b\n|\n|\\\\|`|\\$\\(|\\)|\"|'|x| |\\$x|\\$\\{x|\\}|cat|;|\t|\\||\r|#|if |fi|\\$\\(\\(){0,16}") {
        let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
        let answer = shell.run(&line);
        prop_assert!((0..=255).contains(&answer.exit), "{answer:?}");
    }
}
