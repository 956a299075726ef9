//! A prompt for tests that tell a story in `aws` lines.
#![allow(
    dead_code,
    clippy::panic,
    reason = "each test uses what it needs of it"
)]

use ec2_lab_cli::{MemoryFiles, Shell};
use ec2_lab_engine::World;

/// The default VPC and its subnets in two zones: `$vpc`, `$a` and `$b`.
const TWO_ZONES: &str = "
vpc=$(aws ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text)
a=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query 'Subnets[0].SubnetId' --output text)
b=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1b --query 'Subnets[0].SubnetId' --output text)
";

/// A prompt in a world of this seed in which these lines have succeeded.
pub fn after(seed: u64, lines: &str) -> Shell<World> {
    let mut shell = Shell::new(World::new(seed), Box::new(MemoryFiles::default()));
    script(&mut shell, TWO_ZONES);
    script(&mut shell, lines);
    shell
}

/// Runs lines of which each must succeed.
pub fn script(shell: &mut Shell<World>, lines: &str) {
    shell
        .run_script(lines)
        .unwrap_or_else(|error| panic!("{error}"));
}

/// What a line that must succeed prints.
#[track_caller]
pub fn ok(shell: &mut Shell<World>, line: &str) -> String {
    let answer = shell.run(line);
    assert_eq!(answer.exit, 0, "{line}: {}{}", answer.stdout, answer.stderr);
    answer.stdout
}
