//! Plain lines: one command of words that mean themselves, which is what nearly every `aws` line is.
//!
//! Reading them takes a twentieth of what the whole grammar takes. What comes out is what the grammar makes of the line;
//! whatever could mean more is left to it.

use super::Command;
use conch_parser::ast::{
    AndOrList, Command as Job, ComplexWord, ListableCommand, PipeableCommand, RedirectOrCmdWord,
    SimpleCommand, SimpleWord, TopLevelCommand, TopLevelWord, Word,
};

/// Words that begin a compound command, or end one.
const RESERVED: [&str; 20] = [
    "if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for",
    "in", "function", "select", "time", "coproc", "alias", "unalias", "let",
];

/// The one command that a plain line is; `None` for every other line.
pub fn read(line: &str) -> Option<Command> {
    let mut words = Vec::new();
    let mut rest = line.trim_matches(' ');
    while !rest.is_empty() {
        let (word, after) = if let Some(quoted) = rest.strip_prefix('\'') {
            let (inside, after) = quoted.split_once('\'')?;
            (Word::SingleQuoted(inside.to_owned()), after)
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            let known = word.bytes().all(means_itself);
            if !known || (words.is_empty() && (RESERVED.contains(&word) || word.contains('='))) {
                return None;
            }
            let literal = SimpleWord::Literal(word.to_owned());
            (Word::Simple(literal), after)
        };
        // A quote that goes on without a space is one word with what follows.
        if !after.is_empty() && !after.starts_with(' ') {
            return None;
        }
        let word = TopLevelWord(ComplexWord::Single(word));
        words.push(RedirectOrCmdWord::CmdWord(word));
        rest = after.trim_start_matches(' ');
    }
    if words.is_empty() {
        return None;
    }
    let command = SimpleCommand {
        redirects_or_env_vars: Vec::new(),
        redirects_or_cmd_words: words,
    };
    Some(TopLevelCommand(Job::List(AndOrList {
        first: ListableCommand::Single(PipeableCommand::Simple(Box::new(command))),
        rest: Vec::new(),
    })))
}

/// Bytes that mean themselves wherever they stand in a word.
fn means_itself(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b',' | b'=' | b'+')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn by_the_grammar(line: &str) -> Result<Vec<Command>, String> {
        super::super::parse_all(line)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whatever is read as plain, the grammar reads the same.
        #[test]
        fn the_grammar_reads_the_same(line in "( |'|=|aws|ec2|if|in|for|do|done|let|-|--|[a-z0-9./_,+=:~{}!#$*?\\\\;&|<>()\"-]){0,14}") {
            if let Some(command) = read(&line) {
                prop_assert_eq!(by_the_grammar(&line), Ok(vec![command]), "{}", line);
            }
        }
    }

    #[test]
    fn ordinary_lines_are_plain() {
        for line in [
            "aws ec2 describe-instances",
            "  aws ec2 run-instances --image-id ami-1 --tag-specifications 'ResourceType=instance,Tags=[{Key=a,Value=b c}]' ",
            "aws ec2 create-vpc --cidr-block 10.0.0.0/16",
        ] {
            let command = read(line).unwrap();
            assert_eq!(by_the_grammar(line), Ok(vec![command]), "{line}");
        }
        for line in [
            "",
            " ",
            "a=b",
            "if x",
            "echo $x",
            "echo 'a'b",
            "a\nb",
            "ls *",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
