//! The command line over the real engine: the first hour of a learner, as a script.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use ec2_lab_cli::{MemoryFiles, Shell};
use ec2_lab_engine::World;

const SCRIPT: &str = "
ami=$(lab image --name al2023)
sg=$(aws ec2 create-security-group --group-name web --description 'Web servers' --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $sg --protocol tcp --port 22 --cidr 0.0.0.0/0
aws ec2 create-key-pair --key-name lab
i=$(aws ec2 run-instances --image-id $ami --instance-type t3.micro --key-name lab \\
    --security-group-ids $sg --query 'Instances[0].InstanceId' --output text)
aws ec2 wait instance-running --instance-ids $i
aws ec2 wait instance-status-ok --instance-ids $i
lab wait --seconds 60
";

#[test]
fn a_script_builds_a_reachable_server() {
    let mut shell = Shell::new(World::new(1), Box::new(MemoryFiles::default()));
    shell
        .run_script(SCRIPT)
        .unwrap_or_else(|error| panic!("{error}"));
    let verdict = "lab connect --from laptop --to $i --client ssh --key-name lab --query Verdict --output text";
    let answer = shell.run(verdict);
    assert_eq!(
        (answer.exit, answer.stdout.as_str()),
        (0, "connected\n"),
        "{}",
        answer.stderr
    );
    let taken = shell.run("aws ec2 delete-security-group --group-id $sg");
    assert_eq!(taken.exit, 254);
    assert!(taken.stderr.starts_with(
        "\nAn error occurred (DependencyViolation) when calling the DeleteSecurityGroup operation:"
    ));
    let dry = shell.run("aws ec2 terminate-instances --instance-ids $i --dry-run");
    assert_eq!(dry.exit, 254);
    assert!(dry.stderr.contains("(DryRunOperation)"));
}
