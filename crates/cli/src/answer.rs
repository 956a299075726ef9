//! What a command gives back, and the refusals of the client itself with AWS CLI v2's exit codes.

use crate::engine::ServiceError;

/// The outcome of one command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// 0 success, 252 refused by the client, 253 bad configuration, 254 refused by the service, 255 anything else.
    pub exit: i32,
    /// What a terminal would show.
    pub stdout: String,
    /// What a terminal would show beside it.
    pub stderr: String,
    /// A sentence for the learner about a refusal. The real tool has no such line, so it stands apart.
    pub advice: Option<String>,
}

impl Answer {
    /// A success that prints `stdout`.
    pub fn ok(stdout: impl Into<String>) -> Self {
        Answer {
            stdout: stdout.into(),
            ..Answer::default()
        }
    }
}

/// A command that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The exit code.
    pub exit: i32,
    /// The whole text for stderr.
    pub text: String,
    /// A sentence for the learner.
    pub advice: Option<String>,
}

/// The client's usage text, which stands before every complaint about the command line.
pub const USAGE: &str =
    "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
";

impl Refusal {
    /// The client does not understand the command line: usage text and message, 252.
    pub fn usage(message: impl AsRef<str>) -> Self {
        Refusal::new(
            252,
            format!("\n{USAGE}\naws: error: {}\n\n", message.as_ref()),
        )
    }

    /// Words that no option took. The client sets no "aws: error:" before these, and guesses nothing; the guess is
    /// for the learner.
    pub fn unknown_options(words: &[String], near: &[String]) -> Self {
        let text = format!("\n{USAGE}\nUnknown options: {}\n\n", words.join(", "));
        Refusal {
            advice: (!near.is_empty()).then(|| format!("Maybe you meant {}.", near.join(", "))),
            ..Refusal::new(252, text)
        }
    }

    /// The client understands the command line and finds a wrong value in it: 252.
    pub fn parameter(message: impl AsRef<str>) -> Self {
        Refusal::new(252, format!("\n{}\n", message.as_ref()))
    }

    /// A value that the client cannot read.
    pub fn parsing(option: &str, message: impl AsRef<str>) -> Self {
        Refusal::parameter(format!(
            "Error parsing parameter '{option}': {}",
            message.as_ref()
        ))
    }

    /// Anything else: 255.
    pub fn general(message: impl AsRef<str>) -> Self {
        Refusal::new(255, format!("\n{}\n", message.as_ref()))
    }

    /// AWS has it, this lab does not: 255.
    pub fn not_modelled(what: impl AsRef<str>) -> Self {
        Refusal::general(format!(
            "{} exists in AWS, but is not modelled here.",
            what.as_ref()
        ))
    }

    /// A line that is no command at all, in the shell's manner: 2 for syntax, 127 for an unknown command.
    pub fn shell(exit: i32, message: impl AsRef<str>) -> Self {
        Refusal::new(exit, format!("ec2-lab: {}\n", message.as_ref()))
    }

    /// The service refused: 254.
    pub fn service(operation: &str, error: &ServiceError) -> Self {
        if error.not_modelled {
            return Refusal {
                advice: error.advice.clone(),
                ..Refusal::general(&error.message)
            };
        }
        Refusal {
            exit: 254,
            text: format!(
                "\nAn error occurred ({}) when calling the {operation} operation: {}\n",
                error.code, error.message
            ),
            advice: error.advice.clone(),
        }
    }

    fn new(exit: i32, text: String) -> Self {
        Refusal {
            exit,
            text,
            advice: None,
        }
    }

    /// A word that is none of the choices: all of them in two columns, as the client prints them, then those that
    /// come near.
    pub fn choice<'a>(argument: &str, value: &str, choices: impl Iterator<Item = &'a str>) -> Self {
        let choices: Vec<&str> = choices.collect();
        let mut lines = vec!["Invalid choice, valid choices are:\n".to_owned()];
        lines.extend(choices.chunks(2).map(|pair| {
            let pair: Vec<String> = pair.iter().map(|word| format!("{word:<40}")).collect();
            pair.join(" | ")
        }));
        let near = crate::similar::near(value, choices.into_iter());
        if !near.is_empty() {
            lines.push(format!(
                "\n\nInvalid choice: {}, maybe you meant:\n",
                crate::python::repr(value)
            ));
            lines.extend(near.iter().map(|word| format!("  * {word}")));
        }
        Refusal::usage(format!("argument {argument}: {}", lines.join("\n")))
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Answer {
            exit: refusal.exit,
            stdout: String::new(),
            stderr: refusal.text,
            advice: refusal.advice,
        }
    }
}
