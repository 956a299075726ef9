//! Two accounts at one prompt: profiles, keys, and an encrypted image that is shared, refused, repaired and launched.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reports by panicking"
)]

use ec2_lab_cli::{MemoryFiles, Shell};
use ec2_lab_engine::World;

fn shell() -> Shell<World> {
    Shell::new(World::new(5), Box::new(MemoryFiles::default()))
}

fn ok(shell: &mut Shell<World>, line: &str) -> String {
    let answer = shell.run(line);
    assert_eq!(answer.exit, 0, "{line}: {}", answer.stderr);
    answer.stdout.trim().to_owned()
}

#[test]
fn a_profile_is_an_account() {
    let mut shell = shell();
    let account = "aws sts get-caller-identity --query Account --output text";
    assert_eq!(
        ok(&mut shell, "aws configure list-profiles"),
        "default\npartner"
    );
    assert_eq!(ok(&mut shell, account), "111122223333");
    assert_eq!(
        ok(&mut shell, &format!("{account} --profile partner")),
        "222233334444"
    );
    ok(&mut shell, "export AWS_PROFILE=partner");
    assert_eq!(ok(&mut shell, account), "222233334444");
    assert_eq!(
        ok(&mut shell, &format!("{account} --profile default")),
        "111122223333"
    );
    // Each has its own settings and its own resources.
    ok(&mut shell, "aws configure set region eu-west-1");
    assert_eq!(ok(&mut shell, "aws configure get region"), "eu-west-1");
    assert_eq!(
        ok(&mut shell, "aws configure get region --profile default"),
        "us-east-1"
    );
    ok(&mut shell, "aws ec2 create-key-pair --key-name k");
    assert_eq!(
        ok(
            &mut shell,
            "aws ec2 describe-key-pairs --query 'length(KeyPairs)'"
        ),
        "1"
    );
    ok(&mut shell, "unset AWS_PROFILE");
    assert_eq!(
        ok(
            &mut shell,
            "aws ec2 describe-key-pairs --query 'length(KeyPairs)'"
        ),
        "0"
    );
}

#[test]
fn profiles_that_cannot_call() {
    let mut shell = shell();
    let unknown = shell.run("aws ec2 describe-vpcs --profile nobody");
    assert_eq!(
        (
            unknown.exit,
            unknown
                .stderr
                .contains("The config profile (nobody) could not be found")
        ),
        (255, true)
    );
    ok(
        &mut shell,
        "aws configure set region us-east-1 --profile empty",
    );
    let empty = shell.run("aws ec2 describe-vpcs --profile empty");
    assert_eq!(
        (
            empty.exit,
            empty.stderr.contains("Unable to locate credentials")
        ),
        (253, true)
    );
    ok(
        &mut shell,
        "aws configure set aws_access_key_id AKIA0000000000000000 --profile empty",
    );
    let wrong = shell.run("aws ec2 describe-vpcs --profile empty");
    assert!(wrong.stderr.contains("AuthFailure"), "{}", wrong.stderr);
}

#[test]
fn keys_at_the_prompt() {
    let mut shell = shell();
    let key = ok(
        &mut shell,
        "aws kms create-key --description images --query KeyMetadata.KeyId --output text",
    );
    ok(
        &mut shell,
        &format!("aws kms create-alias --alias-name alias/images --target-key-id {key}"),
    );
    assert_eq!(
        ok(
            &mut shell,
            "aws kms describe-key --key-id alias/images --query KeyMetadata.KeyState --output text"
        ),
        "Enabled"
    );
    assert_eq!(
        ok(&mut shell, "aws kms list-keys --query 'length(Keys)'"),
        "2"
    );
    let volume = ok(
        &mut shell,
        "aws ec2 create-volume --availability-zone us-east-1a --size 8 --encrypted --kms-key-id alias/images --query VolumeId --output text",
    );
    ok(
        &mut shell,
        &format!("aws ec2 wait volume-available --volume-ids {volume}"),
    );
    let closed = ok(
        &mut shell,
        &format!(
            "aws ec2 describe-volumes --volume-ids {volume} --query 'Volumes[0].KmsKeyId' --output text"
        ),
    );
    assert!(closed.ends_with(&key), "{closed}");
    let policy = ok(
        &mut shell,
        "aws kms get-key-policy --key-id alias/images --query Policy --output text",
    );
    assert!(policy.contains("arn:aws:iam::111122223333:root"));
    let foreign = shell.run(&format!(
        "aws kms describe-key --key-id {closed} --profile partner"
    ));
    assert!(
        foreign.stderr.contains("AccessDeniedException"),
        "{}",
        foreign.stderr
    );
}

#[test]
fn an_encrypted_image_is_shared_refused_repaired_and_launched() {
    let mut shell = shell();
    for line in [
        "key=$(aws kms create-key --query KeyMetadata.Arn --output text)",
        "ami=$(aws ec2 copy-image --source-region us-east-1 --source-image-id $(lab image --name al2023) --name golden --encrypted --kms-key-id $key --query ImageId --output text)",
        "aws ec2 wait image-available --image-ids $ami",
        "aws ec2 modify-image-attribute --image-id $ami --launch-permission 'Add=[{UserId=222233334444}]'",
    ] {
        ok(&mut shell, line);
    }
    let launch = "i=$(aws ec2 run-instances --profile partner --image-id $ami --instance-type t3.micro --query 'Instances[0].InstanceId' --output text)";
    ok(&mut shell, launch);
    let waited = shell.run("aws ec2 wait instance-running --profile partner --instance-ids $i");
    assert_eq!(waited.exit, 255, "it never runs");
    let reason = ok(
        &mut shell,
        "aws ec2 describe-instances --profile partner --instance-ids $i --query 'Reservations[0].Instances[0].StateReason.Message' --output text",
    );
    assert_eq!(reason, "Client.InternalError: Client error on launch");
    let why = "lab explain-launch --profile partner --image-id $ami --query";
    assert_eq!(
        ok(
            &mut shell,
            &format!("{why} 'Checks[-1].Question' --output text")
        ),
        "source-key"
    );
    assert_eq!(
        ok(&mut shell, &format!("{why} 'Fixes[].Solves' --output text")),
        "True\tTrue"
    );
    ok(
        &mut shell,
        "aws kms create-grant --key-id $key --grantee-principal arn:aws:iam::222233334444:root --operations DescribeKey CreateGrant Decrypt ReEncryptFrom",
    );
    ok(&mut shell, launch);
    ok(
        &mut shell,
        "aws ec2 wait instance-running --profile partner --instance-ids $i",
    );
    assert_eq!(ok(&mut shell, &format!("{why} Launches")), "true");
}
