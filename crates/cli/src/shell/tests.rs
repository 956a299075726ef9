//! Tests of `shell`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::engine::Caller;
use crate::engine::ServiceError;
use crate::files::MemoryFiles;
use ec2_lab_engine::json::{Value, json};
use proptest::prelude::*;

/// Instances that run ten seconds after their launch, and security groups by name.
#[derive(Default)]
struct Fake {
    now: u64,
    launched: Vec<u64>,
    calls: Vec<(String, String, Value)>,
}

impl Fake {
    fn instances(&self, input: &Value) -> Result<Value, ServiceError> {
        let wanted = input
            .get("InstanceIds")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let all: Vec<Value> = (0..self.launched.len())
            .map(|at| {
                let state = if self.now >= self.launched[at] + 10_000 {
                    "running"
                } else {
                    "pending"
                };
                json!({"InstanceId": format!("i-{at}"), "State": {"Name": state}})
            })
            .filter(|instance| wanted.is_empty() || wanted.contains(&instance["InstanceId"]))
            .collect();
        if all.len() < wanted.len() {
            let message = format!(
                "The instance ID '{}' does not exist",
                wanted[0].as_str().unwrap()
            );
            let advice = Some("Look at describe-instances.".to_owned());
            return Err(ServiceError {
                code: "InvalidInstanceID.NotFound".to_owned(),
                message,
                advice,
                not_modelled: false,
            });
        }
        Ok(json!({"Reservations": [{"Instances": all}]}))
    }
}

impl Engine for Fake {
    fn execute(
        &mut self,
        caller: &Caller,
        operation: &str,
        input: &Value,
    ) -> Result<Value, ServiceError> {
        self.calls
            .push((caller.region.clone(), operation.to_owned(), input.clone()));
        match operation {
            "RunInstances" => {
                self.launched.push(self.now);
                Ok(json!({"Instances": [{"InstanceId": format!("i-{}", self.launched.len() - 1)}]}))
            }
            "DescribeInstances" => self.instances(input),
            "Image" => Ok(json!({"ImageId": format!("ami-{}", input["Name"].as_str().unwrap())})),
            "StartService" => Ok(json!({"Port": input["Port"]})),
            _ => Ok(Value::Null),
        }
    }
    fn knows(&self, operation: &str) -> bool {
        [
            "RunInstances",
            "DescribeInstances",
            "DeleteTags",
            "Image",
            "StartService",
        ]
        .contains(&operation)
    }
    fn has_region(&self, region: &str) -> bool {
        ["us-east-1", "eu-west-1"].contains(&region)
    }
    fn lab_operations(&self) -> Vec<String> {
        vec!["Image".to_owned(), "StartService".to_owned()]
    }
    fn now_milliseconds(&self) -> u64 {
        self.now
    }
    fn next_event_milliseconds(&self) -> Option<u64> {
        self.launched
            .iter()
            .map(|at| at + 10_000)
            .filter(|at| *at > self.now)
            .min()
    }
    fn advance_seconds(&mut self, seconds: u64) {
        self.now += seconds * 1000;
    }
    fn advance_to_next(&mut self) -> bool {
        let next = self.next_event_milliseconds();
        self.now = next.unwrap_or(self.now);
        next.is_some()
    }
}

fn shell() -> Shell<Fake> {
    let files = MemoryFiles::new([("run.json", r#"{"ImageId": "ami-9"}"#)]);
    Shell::new(Fake::default(), Box::new(files))
}

fn ok(shell: &mut Shell<Fake>, line: &str) -> String {
    let answer = shell.run(line);
    assert_eq!((answer.exit, answer.stderr.as_str()), (0, ""), "{line}");
    answer.stdout
}

#[test]
fn a_session_with_variables() {
    let mut shell = shell();
    ok(&mut shell, "ami=$(lab image --name al2023)");
    ok(
        &mut shell,
        "i=$(aws ec2 run-instances --image-id \"$ami\" --query 'Instances[0].InstanceId' --output text)",
    );
    assert_eq!(shell.engine.calls[1].2["ImageId"], "ami-al2023");
    assert_eq!(
        ok(
            &mut shell,
            "aws ec2 wait instance-running --instance-ids ${i}"
        ),
        ""
    );
    assert_eq!(shell.engine.now, 10_000);
    let state = "aws ec2 describe-instances --instance-ids $i --query Reservations[].Instances[].State.Name --output text";
    assert_eq!(ok(&mut shell, state), "running\n");
    assert_eq!(
        ok(&mut shell, "echo \"$ami is here\" # note"),
        "ami-al2023 is here\n"
    );
    assert_eq!(ok(&mut shell, "echo \"<$nothing>\""), "<>\n");
}

#[test]
fn refusals_have_the_clients_words_and_codes() {
    let mut shell = shell();
    let answer = shell.run("aws ec2 describe-instances --instance-ids i-7");
    assert_eq!(answer.exit, 254);
    assert_eq!(
        answer.stderr,
        "\nAn error occurred (InvalidInstanceID.NotFound) when calling the DescribeInstances operation: \
         The instance ID 'i-7' does not exist\n"
    );
    assert_eq!(
        answer.advice.as_deref(),
        Some("Look at describe-instances.")
    );
    for (line, exit, text) in [
        ("aws", 252, "the following arguments are required: command"),
        (
            "aws ec2",
            252,
            "the following arguments are required: operation",
        ),
        (
            "aws ec3 describe-instances",
            252,
            "argument command: Invalid choice, valid choices are:\n\nautoscaling                              | cloudformation   ",
        ),
        ("aws iam list-users", 255, "not modelled here"),
        ("aws ec2 describe-instancez", 252, "* describe-instances"),
        (
            "aws ec2 create-vpc --cidr-block 10.0.0.0/16",
            255,
            "The operation create-vpc exists in AWS, but is not modelled here.",
        ),
        ("aws ec2 create-transit-gateway", 255, "not modelled here"),
        (
            "aws ec2 wait instance-dancing --instance-ids i-0",
            252,
            "instance-dancing",
        ),
        (
            "aws ec2 describe-instances --region mars-1",
            255,
            "Could not connect to the endpoint URL",
        ),
        (
            "aws ec2 wait instance-running --instance-ids i-7",
            255,
            "Waiter InstanceRunning failed: Max attempts exceeded",
        ),
        (
            "aws ec2 wait instance-stopped --instance-ids i-7",
            255,
            "An error occurred (InvalidInstanceID.NotFound)",
        ),
        (
            "aws ec2 describe-instances --query 'length(Nothing)'",
            255,
            "length()",
        ),
        ("awz ec2", 127, "command not found"),
        ("sleep 5 &", 2, "not modelled in this shell"),
        ("if true; then", 2, "syntax error"),
        ("lab nonsense", 252, "argument command: Invalid choice"),
        ("lab run-instances", 252, "argument command: Invalid choice"),
    ] {
        let answer = shell.run(line);
        assert_eq!(answer.exit, exit, "{line}: {}", answer.stderr);
        assert!(answer.stderr.contains(text), "{line}: {}", answer.stderr);
    }
}

#[test]
fn regions_come_from_option_variable_or_settings() {
    let mut shell = shell();
    ok(&mut shell, "aws ec2 describe-instances");
    ok(&mut shell, "aws configure set region eu-west-1");
    ok(&mut shell, "aws ec2 describe-instances");
    ok(&mut shell, "export AWS_DEFAULT_REGION=us-east-1");
    ok(&mut shell, "aws ec2 describe-instances");
    ok(&mut shell, "aws --region eu-west-1 ec2 describe-instances");
    let regions: Vec<&str> = shell
        .engine
        .calls
        .iter()
        .map(|call| call.0.as_str())
        .collect();
    assert_eq!(
        regions,
        ["us-east-1", "eu-west-1", "us-east-1", "eu-west-1"]
    );
    ok(&mut shell, "AWS_DEFAULT_REGION=");
    ok(&mut shell, "aws configure set region ''");
    assert_eq!(shell.run("aws ec2 describe-instances").exit, 253);
}

#[test]
fn outputs_and_other_services() {
    let mut shell = shell();
    let identity = ok(
        &mut shell,
        "aws sts get-caller-identity --query Account --output text",
    );
    assert_eq!(identity, "111122223333\n");
    assert_eq!(ok(&mut shell, "aws ec2 delete-tags --resources i-0"), "");
    assert_eq!(
        ok(
            &mut shell,
            "lab start-service --instance-id i-0 --name app --port 8080"
        ),
        "{\n    \"Port\": 8080\n}\n"
    );
    assert_eq!(
        ok(&mut shell, "lab wait --seconds 60"),
        "1970-01-01T00:01:00+00:00\n"
    );
    assert!(
        ok(&mut shell, "aws ec2 describe-vpcs --generate-cli-skeleton")
            .contains("\"DryRun\": true")
    );
    assert!(ok(&mut shell, "aws ec2 run-instances help").contains("--count <value>"));
    assert!(ok(&mut shell, "aws --version").starts_with("aws-cli/2"));
}

#[test]
fn a_script_stops_at_its_first_failure() {
    let mut shell = shell();
    let script = "# two instances\na=$(aws ec2 run-instances --cli-input-json file://run.json \\\n  --query 'Instances[0].InstanceId' \\\n  --output text)\n\
                  aws ec2 wait instance-running --instance-ids $a\n\naws ec2 describe-instances --instance-ids i-5\necho never\n";
    let error = shell.run_script(script).unwrap_err();
    assert_eq!((error.line, error.exit), (7, 254), "{error}");
    assert_eq!(shell.state.scope.variables["a"], "i-0");
    let error = shell
        .run_script("x=$(aws ec2 describe-instances --instance-ids i-5)")
        .unwrap_err();
    assert_eq!((error.line, error.exit), (1, 254));
    assert!(error.stderr.contains("InvalidInstanceID.NotFound"));
}

#[test]
fn large_and_odd_lines_end_soon() {
    let mut shell = shell();
    let many = (0..10_000)
        .map(|n| format!("--option-{n} x"))
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(
        shell
            .run(&format!("aws ec2 describe-instances {many}"))
            .exit,
        252
    );
    let long = "x".repeat(1_000_000);
    assert_eq!(
        shell
            .run(&format!("aws ec2 describe-instances --instance-ids {long}"))
            .exit,
        254
    );
    assert_eq!(
        shell
            .run(&format!(
                "aws ec2 describe-instances --filters '{}'",
                "[".repeat(100_000)
            ))
            .exit,
        252
    );
    assert_eq!(shell.run(&format!("echo {}", "$(".repeat(10_000))).exit, 2);
    let nested = format!("echo {}echo 1{}", "$(echo ".repeat(20), ")".repeat(20));
    assert!(shell.run(&nested).stderr.contains("nested too deeply"));
    assert_eq!(shell.run("aws ec2 describe-instances \0").exit, 2);
}

proptest! {
    #[test]
    fn any_line_gets_an_answer(line in any::<String>()) {
        shell().run(&line);
    }

    #[test]
    fn any_words_get_an_answer(words in proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(vec![
                "aws", "ec2", "run-instances", "describe-instances", "--filters", "--count", "--user-data", "--query",
                "--network-interfaces", "--cli-input-json", "--max-items", "--starting-token", "--output", "table", "text",
                "yaml", "--block-device-mappings", "wait", "instance-running", "--instance-ids", "i-0", "lab", "help",
            ]).prop_map(str::to_owned),
            "[A-Za-z=,{}\\[\\]'\"0-9:.@* -]{0,20}",
        ], 0..12)) {
        let mut all = vec!["aws".to_owned(), "ec2".to_owned()];
        all.extend(words.iter().cloned());
        shell().run_words(&all);
        shell().run_words(&words);
    }
}
