//! Auto Scaling groups at the prompt: the number that was asked for is kept, over the zones, whatever happens to instances.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod prompt;

use ec2_lab_cli::Shell;
use ec2_lab_engine::{World, invariants};
use prompt::{after, ok};

const FLEET: &str = "
web=$(aws ec2 create-security-group --group-name web --description web --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $web --protocol tcp --port 80 --cidr 0.0.0.0/0
ami=$(lab image --name al2023)
data=IyEvYmluL2Jhc2gKZG5mIGluc3RhbGwgLXkgaHR0cGQKc3lzdGVtY3RsIGVuYWJsZSAtLW5vdyBodHRwZAo=
aws ec2 create-launch-template --launch-template-name web --launch-template-data \"{\\\"ImageId\\\":\\\"$ami\\\",\\\"InstanceType\\\":\\\"t3.micro\\\",\\\"SecurityGroupIds\\\":[\\\"$web\\\"],\\\"UserData\\\":\\\"$data\\\"}\"
tg=$(aws elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id $vpc --query 'TargetGroups[0].TargetGroupArn' --output text)
lb=$(aws elbv2 create-load-balancer --name site --subnets $a $b --security-groups $web --query 'LoadBalancers[0].LoadBalancerArn' --output text)
aws elbv2 create-listener --load-balancer-arn $lb --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$tg
name=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text)
aws autoscaling create-auto-scaling-group --auto-scaling-group-name fleet --launch-template LaunchTemplateName=web --min-size 1 --max-size 4 --desired-capacity 2 --vpc-zone-identifier \"$a,$b\" --target-group-arns $tg --health-check-type ELB --health-check-grace-period 120
lab wait --seconds 400
";

fn fleet() -> Shell<World> {
    after(9, FLEET)
}

/// Zone and state of each member, sorted.
fn members(shell: &mut Shell<World>) -> Vec<String> {
    let text = ok(
        shell,
        "aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].Instances[].[AvailabilityZone,LifecycleState]' --output text",
    );
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn newest(shell: &mut Shell<World>) -> String {
    ok(
        shell,
        "aws autoscaling describe-scaling-activities --auto-scaling-group-name fleet --query 'Activities[].Cause' --output text",
    )
}

const BOTH: [&str; 2] = ["us-east-1a\tInService", "us-east-1b\tInService"];

#[test]
fn the_number_is_kept_over_the_zones() {
    let mut shell = fleet();
    assert_eq!(members(&mut shell), BOTH);
    assert!(ok(&mut shell, "curl -s http://$name/").contains("It works!"));
    let tagged = "aws ec2 describe-instances --filters Name=tag:aws:autoscaling:groupName,Values=fleet Name=instance-state-name,Values=running --query 'length(Reservations)'";
    assert_eq!(ok(&mut shell, tagged), "2\n");

    // Terminated by hand: another comes.
    ok(
        &mut shell,
        "i=$(aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text); aws ec2 terminate-instances --instance-ids $i",
    );
    ok(&mut shell, "lab wait --seconds 400");
    assert_eq!(members(&mut shell), BOTH);
    assert!(newest(&mut shell).contains("EC2 health check"));
    assert_eq!(ok(&mut shell, tagged), "2\n");
}

#[test]
fn a_member_that_the_load_balancer_calls_ill_is_replaced() {
    let mut shell = fleet();
    ok(
        &mut shell,
        "i=$(aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text); lab stop-service --instance-id $i --name httpd",
    );
    ok(&mut shell, "lab wait --seconds 900");
    assert_eq!(members(&mut shell), BOTH);
    assert!(newest(&mut shell).contains("ELB system health check failure"));
    let left = ok(
        &mut shell,
        "aws elbv2 describe-target-health --target-group-arn $tg --query 'TargetHealthDescriptions[].TargetHealth.State' --output text",
    );
    assert_eq!(left, "healthy\thealthy\n");
}

#[test]
fn out_in_and_away() {
    let mut shell = fleet();
    ok(
        &mut shell,
        "aws autoscaling set-desired-capacity --auto-scaling-group-name fleet --desired-capacity 4 && lab wait --seconds 400",
    );
    assert_eq!(members(&mut shell), [BOTH[0], BOTH[0], BOTH[1], BOTH[1]]);
    ok(
        &mut shell,
        "aws autoscaling update-auto-scaling-group --auto-scaling-group-name fleet --max-size 2 && lab wait --seconds 400",
    );
    assert_eq!(members(&mut shell), BOTH);
    ok(
        &mut shell,
        "i=$(aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text); aws autoscaling terminate-instance-in-auto-scaling-group --instance-id $i --should-decrement-desired-capacity && lab wait --seconds 400",
    );
    assert_eq!(members(&mut shell).len(), 1);
    for (line, code) in [
        (
            "aws autoscaling delete-auto-scaling-group --auto-scaling-group-name fleet",
            "ResourceInUse",
        ),
        (
            "aws autoscaling set-desired-capacity --auto-scaling-group-name fleet --desired-capacity 9",
            "ValidationError",
        ),
        (
            "aws autoscaling create-auto-scaling-group --auto-scaling-group-name fleet --launch-template LaunchTemplateName=web --min-size 1 --max-size 1 --vpc-zone-identifier $a",
            "AlreadyExists",
        ),
    ] {
        let answer = shell.run(line);
        assert!(
            answer.stderr.contains(&format!("({code})")),
            "{line}: {}",
            answer.stderr
        );
    }
    ok(
        &mut shell,
        "aws autoscaling delete-auto-scaling-group --auto-scaling-group-name fleet --force-delete && lab wait --seconds 400",
    );
    assert_eq!(
        ok(
            &mut shell,
            "aws autoscaling describe-auto-scaling-groups --query 'length(AutoScalingGroups)'"
        ),
        "0\n"
    );
}

#[test]
fn a_launch_that_is_refused_is_noted_and_tried_again() {
    let mut world = World::new(3);
    let caller = ec2_lab_engine::Caller::default();
    let json = |text: &str| ec2_lab_engine::json::from_str(text).unwrap();
    for (operation, input) in [
        (
            "CreateLaunchTemplate",
            r#"{"LaunchTemplateName":"bad","LaunchTemplateData":{"InstanceType":"t3.micro"}}"#,
        ),
        (
            "CreateAutoScalingGroup",
            r#"{"AutoScalingGroupName":"g","LaunchTemplate":{"LaunchTemplateName":"bad"},"MinSize":1,"MaxSize":1,"AvailabilityZones":["us-east-1a"]}"#,
        ),
    ] {
        let outcome = world.execute(&caller, operation, &json(input));
        assert!(outcome.result.is_ok(), "{:?}", outcome.result);
    }
    world.advance_to(world.now().plus(200_000));
    assert!(invariants::violations(&world).is_empty());
    let answer = world
        .execute(&caller, "DescribeScalingActivities", &json("{}"))
        .result
        .unwrap();
    let codes: Vec<_> = answer
        .get("Activities")
        .and_then(|list| list.as_array())
        .unwrap()
        .iter()
        .filter_map(|one| one.get("StatusCode").and_then(|code| code.as_str()))
        .collect();
    assert!(
        codes.len() >= 3 && codes.iter().all(|code| *code == "Failed"),
        "{codes:?}"
    );
}
