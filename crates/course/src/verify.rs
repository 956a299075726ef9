//! A question's `[verify]` lines, run by the engine: whether the lab agrees with what the question says, and the
//! lines that show a learner why an answer is wrong.

use crate::content::{Check, Expectation, Question};
use ec2_lab_cli::query::Query;
use ec2_lab_cli::words::statements;
use ec2_lab_cli::{Answer, MemoryFiles, Shell};
use ec2_lab_engine::{Value, World};

/// The world of a question is always this one, so that a page and a test see the same ids.
pub const SEED: u64 = 1;

/// How one check went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The check, or `setup` if already a line of the setup was refused.
    pub id: String,
    /// The line that was run.
    pub line: String,
    /// What should have come of it.
    pub expected: String,
    /// What came.
    pub got: String,
    /// Whether both are the same.
    pub agrees: bool,
}

/// Why a question cannot be staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageError {
    /// The engine cannot judge this question.
    NotVerified,
    /// It has no check of that name.
    UnknownCheck,
}

impl std::fmt::Display for StageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            StageError::NotVerified => "the lab cannot show this question",
            StageError::UnknownCheck => "the question has no check of this name",
        })
    }
}

impl std::error::Error for StageError {}

/// Runs a question's setup and checks in a fresh world; empty if it has none.
#[must_use]
pub fn run(question: &Question) -> Vec<CheckResult> {
    run_in(question, World::new(SEED))
}

/// The same in a given world.
#[must_use]
pub fn run_in(question: &Question, world: World) -> Vec<CheckResult> {
    let Some(verify) = &question.verify else {
        return Vec::new();
    };
    let mut shell = Shell::new(world, Box::new(MemoryFiles::default()));
    if let Err(error) = shell.run_script(&verify.setup) {
        return vec![CheckResult {
            id: "setup".to_owned(),
            line: error.command,
            expected: "success".to_owned(),
            got: error.stderr.trim().to_owned(),
            agrees: false,
        }];
    }
    verify
        .checks
        .iter()
        .map(|check| judge(check, &shell.run(&check.run)))
        .collect()
}

/// The lines that lead to a check: the setup, the checks before it, and itself as the last one.
pub fn stage(question: &Question, up_to_check: &str) -> Result<Vec<String>, StageError> {
    let verify = question.verify.as_ref().ok_or(StageError::NotVerified)?;
    let at = verify
        .checks
        .iter()
        .position(|check| check.id == up_to_check)
        .ok_or(StageError::UnknownCheck)?;
    let setup = statements(&verify.setup)
        .into_iter()
        .map(|(_, line)| line.trim().to_owned());
    let checks = verify
        .checks
        .iter()
        .take(at + 1)
        .map(|check| check.run.clone());
    Ok(setup
        .filter(|line| !line.is_empty())
        .chain(checks)
        .collect())
}

/// The line, and what it must come to.
fn judge(check: &Check, answer: &Answer) -> CheckResult {
    let (expected, got) = match &check.expect {
        Expectation::Success => ("success".to_owned(), outcome(answer)),
        Expectation::Refusal(code) => (code.clone(), outcome(answer)),
        Expectation::Finds { query, value } => (value.to_string(), find(query, answer)),
    };
    CheckResult {
        id: check.id.clone(),
        line: check.run.clone(),
        agrees: expected == got,
        expected,
        got,
    }
}

/// `success`, the code of AWS's refusal, or the words of the client's.
fn outcome(answer: &Answer) -> String {
    if answer.exit == 0 {
        return "success".to_owned();
    }
    let code = answer
        .stderr
        .split_once("An error occurred (")
        .and_then(|(_, rest)| rest.split_once(')'));
    code.map_or_else(
        || answer.stderr.trim().to_owned(),
        |(code, _)| code.to_owned(),
    )
}

fn find(query: &str, answer: &Answer) -> String {
    if answer.exit != 0 {
        return answer.stderr.trim().to_owned();
    }
    let text = if answer.stdout.trim().is_empty() {
        "null"
    } else {
        answer.stdout.as_str()
    };
    let found = Query::new(query).and_then(|query| {
        let json: Value = serde_json::from_str(text).unwrap_or_default();
        query.search(&json)
    });
    found.map_or_else(|error| error.to_string(), |found| found.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::content::{Verify, question};

    fn made(setup: &str, run: &str, expect: Expectation) -> Vec<CheckResult> {
        let check = Check {
            id: "one".to_owned(),
            run: run.to_owned(),
            expect,
            says_right: true,
        };
        let verify = Some(Verify {
            setup: setup.to_owned(),
            checks: vec![check],
        });
        super::run(&Question {
            verify,
            ..question("delete-is-refused").unwrap().clone()
        })
    }

    #[test]
    fn a_wrong_expectation_is_seen() {
        let finds = |value: serde_json::Value| Expectation::Finds {
            query: "length(Vpcs)".to_owned(),
            value,
        };
        let one = made("vpcs=all", "aws ec2 describe-vpcs", finds(1.into()))
            .pop()
            .unwrap();
        assert!(one.agrees, "{one:?}");
        let two = made("vpcs=all", "aws ec2 describe-vpcs", finds(2.into()))
            .pop()
            .unwrap();
        assert_eq!(
            (two.agrees, two.expected.as_str(), two.got.as_str()),
            (false, "2", "1")
        );
        let refused = made(
            "",
            "aws ec2 describe-vpcs --vpc-ids vpc-0123456789abcdef0",
            finds(1.into()),
        )
        .pop()
        .unwrap();
        assert!(
            !refused.agrees && refused.got.contains("InvalidVpcID.NotFound"),
            "{refused:?}"
        );
        let code = Expectation::Refusal("InvalidVpcID.NotFound".to_owned());
        assert!(
            made(
                "",
                "aws ec2 describe-vpcs --vpc-ids vpc-0123456789abcdef0",
                code
            )
            .pop()
            .unwrap()
            .agrees
        );
        assert!(
            !made("", "aws ec2 describe-nothing", Expectation::Success)
                .pop()
                .unwrap()
                .agrees
        );
    }

    #[test]
    fn a_refused_setup_is_the_result() {
        let result = made(
            "aws ec2 describe-vpcs\naws ec2 wrong",
            "aws ec2 describe-vpcs",
            Expectation::Success,
        );
        assert_eq!(
            (result.len(), result.first().unwrap().line.as_str()),
            (1, "aws ec2 wrong")
        );
    }

    #[test]
    fn a_stage_ends_with_the_named_check() {
        let question = question("delete-is-refused").unwrap();
        let lines = stage(question, "remove-the-reference").unwrap();
        assert!(
            lines
                .first()
                .unwrap()
                .starts_with("app=$(aws ec2 create-security-group")
        );
        assert!(
            lines
                .last()
                .unwrap()
                .starts_with("aws ec2 revoke-security-group-ingress")
        );
        assert_eq!(lines.len(), 6);
        assert_eq!(stage(question, "nothing"), Err(StageError::UnknownCheck));
        let unverified = crate::content::questions()
            .iter()
            .find(|question| question.verify.is_none())
            .unwrap();
        assert_eq!(stage(unverified, "nothing"), Err(StageError::NotVerified));
    }
}
