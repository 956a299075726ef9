//! The prompt: one line in, one [`Answer`] out. Variables, command substitution, and the commands themselves.

use crate::answer::{Answer, Refusal};
use crate::configure::{Settings, configure};
use crate::engine::{Caller, Engine};
use crate::files::Files;
use crate::globals::{Globals, take};
use crate::output::{Format, print};
use crate::request::{Request, parse};
use crate::shapes::table;
use crate::values::Reader;
use crate::words::{Dollar, Piece, Word, split, statements};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a prompt remembers between two lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellState {
    /// Variables by name.
    pub variables: BTreeMap<String, String>,
    /// What `aws configure` has set.
    pub settings: Settings,
}

/// A prompt over an engine.
pub struct Shell<E: Engine> {
    /// The simulator behind it.
    pub engine: E,
    /// Where `file://` looks.
    pub files: Box<dyn Files>,
    /// What it remembers.
    pub state: ShellState,
    depth: usize,
}

/// `$( $( ... ) )` deeper than this is refused.
const DEEPEST: usize = 8;

impl<E: Engine> Shell<E> {
    /// A fresh prompt.
    pub fn new(engine: E, files: Box<dyn Files>) -> Self {
        Shell::with_state(engine, files, ShellState::default())
    }

    /// A prompt that goes on from an earlier one's state.
    pub fn with_state(engine: E, files: Box<dyn Files>, state: ShellState) -> Self {
        Shell { engine, files, state, depth: 0 }
    }

    /// The Region that commands go to without `--region`.
    pub fn region(&self) -> Option<&str> {
        let variable = |name: &str| self.state.variables.get(name).map(String::as_str).filter(|v| !v.is_empty());
        variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")).or_else(|| self.state.settings.get("region"))
    }

    /// Runs one line.
    pub fn run(&mut self, line: &str) -> Answer {
        self.try_run(line).unwrap_or_else(Answer::from)
    }

    /// Runs a command that has been split into words already.
    pub fn run_words(&mut self, words: &[String]) -> Answer {
        self.dispatch(words).unwrap_or_else(Answer::from)
    }

    /// Runs a text of several lines and stops at the first command that fails.
    pub fn run_script(&mut self, text: &str) -> Result<(), ScriptError> {
        for (line, command) in statements(text) {
            let answer = self.run(&command);
            if answer.exit != 0 {
                let command = command.trim().to_owned();
                return Err(ScriptError { line, command, exit: answer.exit, stderr: answer.stderr });
            }
        }
        Ok(())
    }

    fn try_run(&mut self, line: &str) -> Result<Answer, Refusal> {
        let mut words = split(line, Dollar::Expands).map_err(|reason| Refusal::shell(2, reason))?;
        if words.len() > 1 && words.first().is_some_and(|word| word.pieces == [Piece::Text("export".to_owned())]) {
            words.remove(0);
        }
        if words.is_empty() {
            return Ok(Answer::default());
        }
        if words.iter().all(|word| assignment(word).is_some()) {
            for word in &words {
                if let Some((name, rest)) = assignment(word) {
                    // As in a shell, an assigned value is never split at spaces.
                    let value = self.expand(&Word { pieces: rest, quoted: true }, false)?.join(" ");
                    self.state.variables.insert(name, value);
                }
            }
            return Ok(Answer::default());
        }
        let mut expanded = Vec::with_capacity(words.len());
        for word in &words {
            expanded.extend(self.expand(word, true)?);
        }
        self.dispatch(&expanded)
    }

    /// A word's text; unquoted variables and commands may make it several words, or none.
    fn expand(&mut self, word: &Word, splits: bool) -> Result<Vec<String>, Refusal> {
        let mut all: Vec<String> = Vec::new();
        let mut current = word.quoted.then(String::new);
        for piece in &word.pieces {
            let (text, quoted) = match piece {
                Piece::Text(text) => (text.clone(), true),
                Piece::Variable { name, quoted } => match self.state.variables.get(name) {
                    Some(value) => (value.clone(), *quoted),
                    None => return Err(Refusal::shell(1, format!("the variable ${name} is not set"))),
                },
                Piece::Command { line, quoted } => (self.substitute(line)?, *quoted),
            };
            if quoted || !splits {
                current.get_or_insert_default().push_str(&text);
                continue;
            }
            let starts_with_space = text.starts_with(char::is_whitespace);
            for (at, part) in text.split_whitespace().enumerate() {
                if at > 0 || starts_with_space {
                    all.extend(current.take().filter(|text| !text.is_empty()));
                }
                current.get_or_insert_default().push_str(part);
            }
        }
        all.extend(current);
        Ok(all)
    }

    fn substitute(&mut self, line: &str) -> Result<String, Refusal> {
        if self.depth >= DEEPEST {
            return Err(Refusal::shell(2, "$( ) is nested too deeply"));
        }
        self.depth += 1;
        let answer = self.try_run(line);
        self.depth -= 1;
        let answer = answer?;
        if answer.exit != 0 {
            return Err(Refusal { exit: answer.exit, text: answer.stderr, advice: answer.advice });
        }
        Ok(answer.stdout.trim_end_matches('\n').to_owned())
    }

    fn dispatch(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let Some((command, rest)) = words.split_first() else { return Ok(Answer::default()) };
        match command.as_str() {
            "aws" => self.aws(rest),
            "lab" => self.lab(rest),
            "echo" => Ok(Answer::ok(format!("{}\n", rest.join(" ")))),
            "help" => Ok(Answer::ok(crate::help::aws())),
            other => Err(Refusal::shell(127, format!("{other}: command not found; this prompt knows aws, lab and echo"))),
        }
    }

    fn aws(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let (globals, words) = take(words)?;
        if globals.version {
            return Ok(Answer::ok(format!("aws-cli/2 (ec2-lab/{})\n", env!("CARGO_PKG_VERSION"))));
        }
        let Some((service, rest)) = words.split_first() else {
            return Err(Refusal::usage("the following arguments are required: command"));
        };
        match service.as_str() {
            "help" => Ok(Answer::ok(crate::help::aws())),
            "configure" => configure(&mut self.state.settings, rest),
            "ec2" => self.ec2(&globals, rest),
            "sts" => self.sts(&globals, rest),
            other if SERVICES.contains(&other) => Err(Refusal::not_modelled(format!("The service `{other}`"))),
            other => Err(Refusal::choice("command", other, SERVICES.into_iter().chain(["ec2", "sts", "configure"]))),
        }
    }

    fn ec2(&mut self, globals: &Globals, words: &[String]) -> Result<Answer, Refusal> {
        let Some((command, rest)) = words.split_first() else {
            return Err(Refusal::usage("the following arguments are required: operation"));
        };
        if command == "help" {
            return Ok(Answer::ok(crate::help::ec2(|operation| self.engine.knows(operation))));
        }
        if command == "wait" {
            return self.wait(globals, rest);
        }
        let Some(operation) = table().operation_of(command) else {
            if table().other_operation_of(command).is_some() {
                return Err(Refusal::not_modelled(format!("The operation {command}")));
            }
            return Err(Refusal::choice("operation", command, table().commands().chain(table().other_commands())));
        };
        let reader = Reader { files: &*self.files, binary: globals.binary };
        let (input, paging) = match parse(operation, rest, &reader, globals.paginate)? {
            Request::Help => return Ok(Answer::ok(crate::help::operation(command, operation))),
            Request::Skeleton => return self.show(globals, crate::skeleton::skeleton(operation), operation),
            Request::Call { input, paging } => (input, paging),
        };
        if !self.engine.knows(operation) {
            return Err(Refusal::not_modelled(format!("The operation {command}")));
        }
        let caller = self.caller(globals)?;
        let engine = &mut self.engine;
        let mut call =
            |input: &Value| engine.execute(&caller, operation, input).map_err(|error| Refusal::service(operation, &error));
        let answer = match (paging, table().pages(operation)) {
            (Some(paging), Some(pages)) => crate::pages::collect(&input, &pages, &paging, call)?,
            _ => call(&input)?,
        };
        self.show(globals, answer, operation)
    }

    fn wait(&mut self, globals: &Globals, words: &[String]) -> Result<Answer, Refusal> {
        let Some((name, rest)) = words.split_first() else {
            return Err(Refusal::usage("the following arguments are required: subcommand"));
        };
        if name == "help" {
            return Ok(Answer::ok(crate::help::ec2(|operation| self.engine.knows(operation))));
        }
        let Some(waiter) = table().waiter(name) else {
            return Err(Refusal::choice("subcommand", name, table().waiters()));
        };
        let reader = Reader { files: &*self.files, binary: globals.binary };
        let input = match parse(waiter.operation, rest, &reader, true)? {
            Request::Call { input, .. } => input,
            Request::Help => return Ok(Answer::ok(crate::help::operation(name, waiter.operation))),
            Request::Skeleton => {
                return self.show(globals, crate::skeleton::skeleton(waiter.operation), waiter.operation);
            }
        };
        if !self.engine.knows(waiter.operation) {
            return Err(Refusal::not_modelled(format!("The waiter {name}")));
        }
        let caller = self.caller(globals)?;
        crate::wait::wait(&mut self.engine, &caller, &waiter, &input)?;
        Ok(Answer::default())
    }

    fn sts(&mut self, globals: &Globals, words: &[String]) -> Result<Answer, Refusal> {
        match words.first().map(String::as_str) {
            Some("get-caller-identity") => {
                if words.len() > 1 {
                    let rest: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
                    return Err(Refusal::usage(format!("Unknown options: {}", rest.join(", "))));
                }
                let account = self.caller(globals)?.account;
                let answer = json!({
                    "UserId": "AIDACKCEVSQ6C2EXAMPLE",
                    "Account": account,
                    "Arn": format!("arn:aws:iam::{account}:user/learner"),
                });
                self.show(globals, answer, "GetCallerIdentity")
            }
            Some(other) => Err(Refusal::choice("operation", other, ["get-caller-identity"].into_iter())),
            None => Err(Refusal::usage("the following arguments are required: operation")),
        }
    }

    fn lab(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let (globals, words) = take(words)?;
        let Some((command, rest)) = words.split_first() else {
            return Err(Refusal::shell(252, "lab needs a command; `lab help` lists them"));
        };
        let names: Vec<String> = self.engine.lab_operations().iter().map(|name| crate::names::kebab(name)).collect();
        if command == "help" {
            let all: Vec<&str> = names.iter().map(String::as_str).chain(["wait"]).collect();
            return Ok(Answer::ok(format!("lab commands: {}\n", all.join(", "))));
        }
        let input = crate::lab::input(rest, &*self.files)?;
        if command == "wait" {
            return self.lab_wait(&input);
        }
        let operation = crate::names::pascal(command);
        if !self.engine.knows(&operation) || table().has(&operation) {
            return Err(Refusal::choice("command", command, names.iter().map(String::as_str).chain(["wait"])));
        }
        let caller = self.caller(&globals)?;
        let answer = self.engine.execute(&caller, &operation, &input);
        let answer = answer.map_err(|error| Refusal::service(&operation, &error))?;
        if operation == "Image"
            && globals.query.is_none()
            && let Some(id) = answer.get("ImageId").unwrap_or(&answer).as_str()
        {
            return Ok(Answer::ok(format!("{id}\n")));
        }
        self.show(&globals, answer, &operation)
    }

    /// `lab wait --seconds 60`, or `lab wait` for the next event. Prints the time it is then.
    fn lab_wait(&mut self, input: &Value) -> Result<Answer, Refusal> {
        let others: Vec<&String> = input.as_object().into_iter().flatten().map(|(key, _)| key).collect();
        match others.as_slice() {
            [] => {
                self.engine.advance_to_next();
            }
            [key] if *key == "Seconds" => {
                let seconds = input.get("Seconds").and_then(Value::as_u64);
                let seconds = seconds.ok_or_else(|| Refusal::shell(252, "--seconds takes a number from 0 up"))?;
                self.engine.advance_seconds(seconds);
            }
            _ => return Err(Refusal::shell(252, "lab wait takes --seconds N, or nothing")),
        }
        Ok(Answer::ok(format!("{}\n", crate::lab::time(self.engine.now_milliseconds()))))
    }

    fn caller(&self, globals: &Globals) -> Result<Caller, Refusal> {
        let Some(region) = globals.region.as_deref().or_else(|| self.region()) else {
            return Err(Refusal {
                exit: 253,
                text: "\nYou must specify a region. You can also configure your region by running \"aws configure\".\n".to_owned(),
                advice: None,
            });
        };
        if !self.engine.has_region(region) {
            return Err(Refusal::general(format!(
                "Could not connect to the endpoint URL: \"https://ec2.{region}.amazonaws.com/\""
            )));
        }
        Ok(Caller { region: region.to_owned(), ..Caller::default() })
    }

    fn show(&self, globals: &Globals, answer: Value, title: &str) -> Result<Answer, Refusal> {
        let configured = self.state.settings.get("output").and_then(Format::named);
        let format = globals.output.or(configured).unwrap_or_default();
        print(answer, globals.query.as_ref(), format, title).map(Answer::ok)
    }
}

/// Services that the real client has and this lab leaves out: their names are no typing errors.
const SERVICES: [&str; 24] = [
    "autoscaling", "cloudformation", "cloudtrail", "cloudwatch", "dynamodb", "ec2-instance-connect", "ecr", "ecs", "efs",
    "eks", "elb", "elbv2", "iam", "kms", "lambda", "logs", "pricing", "rds", "route53", "s3", "s3api", "sns", "sqs", "ssm",
];

/// `name=` at the beginning of a word, and the pieces after it.
fn assignment(word: &Word) -> Option<(String, Vec<Piece>)> {
    let (first, rest) = word.pieces.split_first()?;
    let Piece::Text(text) = first else { return None };
    let (name, value) = text.split_once('=')?;
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !starts || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let mut pieces = vec![Piece::Text(value.to_owned())];
    pieces.extend(rest.iter().cloned());
    Some((name.to_owned(), pieces))
}

/// A command of a script that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// The line of the script, from 1.
    pub line: usize,
    /// The command.
    pub command: String,
    /// Its exit code.
    pub exit: i32,
    /// What it said.
    pub stderr: String,
}

impl std::fmt::Display for ScriptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: `{}` ended with {}: {}", self.line, self.command, self.exit, self.stderr.trim())
    }
}

impl std::error::Error for ScriptError {}

#[cfg(test)]
#[path = "shell/tests.rs"]
mod tests;
