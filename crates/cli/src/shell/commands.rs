//! The commands of the prompt: `aws ec2`, `aws sts`, `aws configure`, `lab`.

use super::Shell;
use crate::answer::{Answer, Refusal};
use crate::configure::configure;
use crate::engine::{Caller, Engine};
use crate::globals::{Globals, take};
use crate::laptop::Both;
use crate::output::{Format, print};
use crate::request::{Request, parse};
use crate::shapes::table;
use crate::values::Reader;
use ec2_lab_engine::json::{Value, json};

impl<E: Engine> Shell<E> {
    pub(super) fn aws(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let (globals, words) = take(words)?;
        if globals.version {
            return Ok(Answer::ok(format!(
                "aws-cli/2 (ec2-lab/{})\n",
                env!("CARGO_PKG_VERSION")
            )));
        }
        let Some((service, rest)) = words.split_first() else {
            return Err(Refusal::usage(
                "the following arguments are required: command",
            ));
        };
        match service.as_str() {
            "help" => Ok(Answer::ok(crate::help::aws())),
            "configure" => {
                let profile = self.profile_in(&globals).to_owned();
                // Only setting something makes a profile; everything else needs it to be there.
                if rest.first().is_none_or(|word| word != "set") {
                    self.known_profile(&profile)?;
                }
                configure(&mut self.state.settings, &profile, rest)
            }
            "ec2" => self.ec2(&globals, rest),
            "sts" => self.sts(&globals, rest),
            other if table().service(other).is_some() => self.service(&globals, other, rest),
            other if SERVICES.contains(&other) => {
                Err(Refusal::not_modelled(format!("The service `{other}`")))
            }
            other => {
                let known = ["ec2", "sts"].into_iter().chain(table().services());
                let mut all: Vec<&str> = SERVICES.into_iter().chain(known).collect();
                all.sort_unstable();
                all.dedup();
                let all = all.into_iter().chain(["configure", "help"]);
                Err(Refusal::choice("command", other, all))
            }
        }
    }

    fn ec2(&mut self, globals: &Globals, words: &[String]) -> Result<Answer, Refusal> {
        let Some((command, rest)) = words.split_first() else {
            return Err(Refusal::usage(
                "the following arguments are required: operation",
            ));
        };
        if command == "help" {
            return Ok(Answer::ok(crate::help::ec2(|operation| {
                self.engine.knows(operation)
            })));
        }
        if command == "wait" {
            return self.wait(globals, "ec2", rest);
        }
        let Some(operation) = table().operation_of(command) else {
            if table().other_operation_of(command).is_some() {
                return Err(Refusal::not_modelled(format!("The operation {command}")));
            }
            let mut all: Vec<&str> = table().commands().chain(table().other_commands()).collect();
            all.sort_unstable();
            let all = all.into_iter().chain(["wait", "help"]);
            return Err(Refusal::choice("operation", command, all));
        };
        self.call(globals, command, operation, rest)
    }

    /// An operation of a service beside EC2.
    fn service(
        &mut self,
        globals: &Globals,
        service: &str,
        words: &[String],
    ) -> Result<Answer, Refusal> {
        let Some((command, rest)) = words.split_first() else {
            return Err(Refusal::usage(
                "the following arguments are required: operation",
            ));
        };
        if command == "help" {
            return Ok(Answer::ok(crate::help::service(service)));
        }
        if command == "wait" && table().waiters(service).next().is_some() {
            return self.wait(globals, service, rest);
        }
        let commands = table().service(service);
        match commands.and_then(|commands| commands.get(command)) {
            Some(operation) => self.call(globals, command, operation, rest),
            // The table has only a part of such a service: what it lacks may well be there in AWS.
            None => Err(Refusal::not_modelled(format!(
                "The operation `{command}` of `{service}`"
            ))),
        }
    }

    /// Reads the words of an operation, runs it and shows its answer.
    fn call(
        &mut self,
        globals: &Globals,
        command: &str,
        operation: &str,
        rest: &[String],
    ) -> Result<Answer, Refusal> {
        let reader = Reader {
            files: &Both {
                home: &self.state.home,
                files: &*self.files,
            },
            binary: globals.binary,
        };
        let (input, paging) = match parse(operation, rest, &reader, globals.paginate)? {
            Request::Help => return Ok(Answer::ok(crate::help::operation(command, operation))),
            Request::Skeleton => {
                return self.show(globals, crate::skeleton::skeleton(operation), operation);
            }
            Request::YamlSkeleton => return Ok(Answer::ok(crate::skeleton::yaml(operation))),
            Request::Call { input, paging } => (input, paging),
        };
        if !self.engine.knows(operation) {
            return Err(Refusal::not_modelled(format!("The operation {command}")));
        }
        let key = self.launch_key(operation, rest)?;
        let caller = self.caller(globals)?;
        let engine = &mut self.engine;
        let mut call = |input: &Value| {
            engine
                .execute(&caller, operation, input)
                .map_err(|error| Refusal::service(operation, &error))
        };
        let answer = match (paging, table().pages(operation)) {
            (Some(paging), Some(pages)) => crate::pages::collect(&input, &pages, &paging, call)?,
            _ => call(&input)?,
        };
        let answer = match key {
            Some(key) => opened(answer, &key)?,
            None => answer,
        };
        self.show(globals, answer, operation)
    }

    /// The private key that `--priv-launch-key` of get-password-data names: the client opens the password by itself.
    fn launch_key(&self, operation: &str, words: &[String]) -> Result<Option<String>, Refusal> {
        if operation != "GetPasswordData" {
            return Ok(None);
        }
        let option = "--priv-launch-key";
        let named = words.iter().enumerate().find_map(|(at, word)| {
            if word == option {
                return words.get(at + 1).cloned();
            }
            word.strip_prefix(option)?
                .strip_prefix('=')
                .map(str::to_owned)
        });
        let Some(name) = named else {
            return Ok(None);
        };
        let name = name.trim_start_matches("file://");
        let text = self.files.read(name).ok().map(String::from_utf8);
        match text {
            Some(Ok(text)) => Ok(Some(text)),
            _ => Err(Refusal::general(
                "priv-launch-key should be a path to the local SSH private key file used to launch the instance.",
            )),
        }
    }

    fn sts(&mut self, globals: &Globals, words: &[String]) -> Result<Answer, Refusal> {
        match words.first().map(String::as_str) {
            Some("get-caller-identity") => {
                if words.len() > 1 {
                    return Err(Refusal::unknown_options(words.get(1..).unwrap_or(&[]), &[]));
                }
                let account = self.caller(globals)?.account;
                let answer = json!({
                    "UserId": "AIDACKCEVSQ6C2EXAMPLE",
                    "Account": account,
                    "Arn": format!("arn:aws:iam::{account}:user/learner"),
                });
                self.show(globals, answer, "GetCallerIdentity")
            }
            Some(other) => Err(Refusal::choice(
                "operation",
                other,
                ["get-caller-identity"].into_iter(),
            )),
            None => Err(Refusal::usage(
                "the following arguments are required: operation",
            )),
        }
    }

    pub(super) fn lab(&mut self, words: &[String]) -> Result<Answer, Refusal> {
        let (globals, words) = take(words)?;
        let Some((command, rest)) = words.split_first() else {
            return Err(Refusal::shell(
                252,
                "lab needs a command; `lab help` lists them",
            ));
        };
        let names: Vec<String> = self
            .engine
            .lab_operations()
            .iter()
            .map(|name| crate::names::kebab(name))
            .collect();
        if command == "help" {
            let all: Vec<&str> = names.iter().map(String::as_str).chain(["wait"]).collect();
            return Ok(Answer::ok(format!("lab commands: {}\n", all.join(", "))));
        }
        let input = crate::lab::input(
            rest,
            &Both {
                home: &self.state.home,
                files: &*self.files,
            },
        )?;
        if command == "wait" {
            return self.lab_wait(&input);
        }
        let operation = crate::names::pascal(command);
        if !self.engine.knows(&operation) || table().has(&operation) {
            return Err(Refusal::choice(
                "command",
                command,
                names.iter().map(String::as_str).chain(["wait"]),
            ));
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
        let others: Vec<_> = input
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect();
        match others.as_slice() {
            [] => {
                self.engine.advance_to_next();
            }
            [key] if *key == "Seconds" => {
                let seconds = input.get("Seconds").and_then(Value::as_u64);
                let seconds = seconds
                    .ok_or_else(|| Refusal::shell(252, "--seconds takes a number from 0 up"))?;
                self.engine.advance_seconds(seconds);
            }
            _ => {
                return Err(Refusal::shell(
                    252,
                    "lab wait takes --seconds N, or nothing",
                ));
            }
        }
        Ok(Answer::ok(format!(
            "{}\n",
            crate::lab::time(self.engine.now_milliseconds())
        )))
    }

    /// The profile of a line.
    fn profile_in<'a>(&'a self, globals: &'a Globals) -> &'a str {
        globals.profile.as_deref().unwrap_or_else(|| self.profile())
    }

    fn known_profile(&self, profile: &str) -> Result<(), Refusal> {
        if self.state.settings.has(profile) {
            return Ok(());
        }
        Err(Refusal::general(format!(
            "The config profile ({profile}) could not be found"
        )))
    }

    pub(super) fn caller(&self, globals: &Globals) -> Result<Caller, Refusal> {
        let profile = self.profile_in(globals);
        self.known_profile(profile)?;
        let unset = |text: &str| Refusal {
            exit: 253,
            text: text.to_owned(),
            advice: None,
        };
        let Some(region) = globals
            .region
            .as_deref()
            .or_else(|| self.region_of(profile))
        else {
            return Err(unset(
                "\nYou must specify a region. You can also configure your region by running \"aws configure\".\n",
            ));
        };
        if !self.engine.has_region(region) {
            return Err(Refusal::general(format!(
                "Could not connect to the endpoint URL: \"https://ec2.{region}.amazonaws.com/\""
            )));
        }
        let Some(account) = self.state.settings.account(profile) else {
            return Err(unset(
                "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\n",
            ));
        };
        Ok(Caller {
            account: account.to_owned(),
            region: region.to_owned(),
        })
    }

    pub(super) fn show(
        &self,
        globals: &Globals,
        answer: Value,
        title: &str,
    ) -> Result<Answer, Refusal> {
        let profile = self.profile_in(globals);
        let configured = self.state.settings.get(profile, "output");
        let configured = configured.and_then(Format::named);
        let format = globals.output.or(configured).unwrap_or_default();
        print(answer, globals.query.as_ref(), format, title).map(Answer::ok)
    }
}

/// The answer of get-password-data with the password in the clear. An empty password stays empty.
fn opened(mut answer: Value, key: &str) -> Result<Value, Refusal> {
    let sealed = answer
        .get("PasswordData")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if sealed.is_empty() {
        return Ok(answer);
    }
    let Some(password) = ec2_lab_engine::keys::open(sealed, key) else {
        return Err(Refusal::general(
            "Unable to decrypt password data using provided private key file.",
        ));
    };
    if let Some(map) = answer.as_object_mut() {
        map.insert("PasswordData".to_owned(), Value::from(password));
    }
    Ok(answer)
}

/// Services that the real client has and this lab leaves out: their names are no typing errors.
const SERVICES: [&str; 21] = [
    "autoscaling",
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "dynamodb",
    "ecr",
    "ecs",
    "efs",
    "eks",
    "elb",
    "elbv2",
    "lambda",
    "logs",
    "pricing",
    "rds",
    "route53",
    "s3",
    "s3api",
    "sns",
    "sqs",
    "ssm",
];
