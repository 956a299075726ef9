//! A load balancer at the prompt: the site behind it, what it says when there is nobody, and how targets come and go.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod prompt;

use ec2_lab_cli::{Answer, Shell};
use ec2_lab_engine::World;
use prompt::{after, ok, script};

/// Two web servers in two zones behind a load balancer; nothing of the targets is open but to the load balancer.
const SITE: &str = "
front=$(aws ec2 create-security-group --group-name front --description front --query GroupId --output text)
web=$(aws ec2 create-security-group --group-name web --description web --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $front --protocol tcp --port 80 --cidr 0.0.0.0/0
aws ec2 authorize-security-group-ingress --group-id $web --protocol tcp --port 80 --source-group $front
ami=$(lab image --name al2023)
one=$(aws ec2 run-instances --image-id $ami --instance-type t3.micro --subnet-id $a --security-group-ids $web --query 'Instances[0].InstanceId' --output text --user-data '#!/bin/bash
dnf install -y httpd
echo one > /var/www/html/index.html
systemctl enable --now httpd')
two=$(aws ec2 run-instances --image-id $ami --instance-type t3.micro --subnet-id $b --security-group-ids $web --query 'Instances[0].InstanceId' --output text --user-data '#!/bin/bash
dnf install -y httpd
echo two > /var/www/html/index.html
systemctl enable --now httpd')
tg=$(aws elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id $vpc --query 'TargetGroups[0].TargetGroupArn' --output text)
lb=$(aws elbv2 create-load-balancer --name site --subnets $a $b --security-groups $front --query 'LoadBalancers[0].LoadBalancerArn' --output text)
listener=$(aws elbv2 create-listener --load-balancer-arn $lb --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$tg --query 'Listeners[0].ListenerArn' --output text)
name=$(aws elbv2 describe-load-balancers --query 'LoadBalancers[0].DNSName' --output text)
aws elbv2 wait load-balancer-available --load-balancer-arns $lb
aws ec2 wait instance-status-ok --instance-ids $one $two
";

const REGISTER: &str = "
aws elbv2 register-targets --target-group-arn $tg --targets Id=$one Id=$two
aws elbv2 wait target-in-service --target-group-arn $tg
";

fn site() -> Shell<World> {
    after(5, SITE)
}

fn run(shell: &mut Shell<World>, line: &str) -> Answer {
    shell.run(line)
}

fn states(shell: &mut Shell<World>) -> String {
    ok(
        shell,
        "aws elbv2 describe-target-health --target-group-arn $tg --query 'TargetHealthDescriptions[].TargetHealth.[State,Reason]' --output text",
    )
}

#[test]
fn requests_take_turns_between_the_targets() {
    let mut shell = site();
    script(&mut shell, REGISTER);
    let mut pages: Vec<String> = (0..10)
        .map(|_| ok(&mut shell, "curl -s http://$name/"))
        .collect();
    assert_eq!(pages.iter().filter(|page| *page == "one\n").count(), 5);
    pages.dedup();
    assert_eq!(pages.len(), 10, "{pages:?}");
    // The targets themselves are closed to the laptop.
    ok(
        &mut shell,
        "ip=$(aws ec2 describe-instances --instance-ids $one --query 'Reservations[0].Instances[0].PublicIpAddress' --output text)",
    );
    assert_eq!(run(&mut shell, "curl -s http://$ip/").exit, 28);
}

#[test]
fn what_the_load_balancer_says_when_nobody_is_there() {
    let mut shell = site();
    let page = ok(&mut shell, "curl -s http://$name/");
    assert!(
        page.contains("503 Service Temporarily Unavailable"),
        "{page}"
    );
    let solved = ok(
        &mut shell,
        "lab connect --to $name --client http --query 'Fixes[?Solves].Calls[].Operation' --output text",
    );
    assert!(solved.contains("RegisterTargets"), "{solved}");
    script(&mut shell, REGISTER);

    // The target's group closed: silence, and with both closed the answer is 504.
    ok(
        &mut shell,
        "aws ec2 revoke-security-group-ingress --group-id $web --protocol tcp --port 80 --source-group $front",
    );
    assert!(ok(&mut shell, "curl -s http://$name/").contains("504 Gateway Time-out"));
    assert_eq!(states(&mut shell), "healthy\tNone\nhealthy\tNone\n");
    ok(&mut shell, "lab wait --seconds 61");
    assert_eq!(
        states(&mut shell),
        "unhealthy\tTarget.Timeout\nunhealthy\tTarget.Timeout\n"
    );
    let fixes = "lab connect --to $name --client http --query '[Verdict,Cause,Fixes[0].Solves]' --output text";
    assert_eq!(
        ok(&mut shell, fixes),
        "http-504\tENI_SG_RULES_MISMATCH\tTrue\n"
    );
    ok(
        &mut shell,
        "aws ec2 authorize-security-group-ingress --group-id $web --protocol tcp --port 80 --source-group $front",
    );

    // Nobody listens: a no, 502.
    for id in ["$one", "$two"] {
        ok(
            &mut shell,
            &format!("lab stop-service --instance-id {id} --name httpd"),
        );
    }
    assert!(ok(&mut shell, "curl -s http://$name/").contains("502 Bad Gateway"));
    assert_eq!(ok(&mut shell, fixes), "http-502\tNO_LISTENER\tTrue\n");
}

#[test]
fn the_front_door() {
    let mut shell = site();
    script(&mut shell, REGISTER);
    let cause =
        "lab connect --to $name --client http --port 8080 --query '[Verdict,Cause]' --output text";
    assert_eq!(ok(&mut shell, cause), "timed-out\tENI_SG_RULES_MISMATCH\n");
    ok(
        &mut shell,
        "aws ec2 authorize-security-group-ingress --group-id $front --protocol tcp --port 8080 --cidr 0.0.0.0/0",
    );
    assert_eq!(
        ok(&mut shell, cause),
        "timed-out\tELB_LISTENER_PORT_RESTRICTION\n"
    );
    let solved = ok(
        &mut shell,
        "lab connect --to $name --client http --port 8080 --query 'Fixes[?Solves].Calls[].Operation' --output text",
    );
    assert!(solved.contains("CreateListener"), "{solved}");
    // Inside the VPC the name leads there too.
    let inside = ok(
        &mut shell,
        "lab run-in-guest --instance-id $one --command \"curl -s http://$name/; curl -s http://$name/\" --query Output --output text",
    );
    assert!(inside.contains("one") && inside.contains("two"), "{inside}");
}

#[test]
fn targets_come_and_go_by_the_clock() {
    let mut shell = site();
    script(&mut shell, REGISTER);
    ok(
        &mut shell,
        "lab stop-service --instance-id $one --name httpd",
    );
    ok(&mut shell, "lab wait --seconds 61");
    assert_eq!(
        states(&mut shell),
        "unhealthy\tTarget.FailedHealthChecks\nhealthy\tNone\n"
    );
    for _ in 0..4 {
        assert_eq!(ok(&mut shell, "curl -s http://$name/"), "two\n");
    }
    // Five good checks in a row, by default, and it is back.
    ok(
        &mut shell,
        "lab start-service --instance-id $one --name httpd",
    );
    ok(&mut shell, "lab wait --seconds 100");
    assert!(states(&mut shell).starts_with("unhealthy"));
    ok(&mut shell, "lab wait --seconds 80");
    assert_eq!(states(&mut shell), "healthy\tNone\nhealthy\tNone\n");

    ok(
        &mut shell,
        "aws elbv2 deregister-targets --target-group-arn $tg --targets Id=$one",
    );
    assert!(states(&mut shell).starts_with("draining\tTarget.DeregistrationInProgress"));
    assert_eq!(ok(&mut shell, "curl -s http://$name/"), "two\n");
    ok(&mut shell, "lab wait --seconds 340");
    assert_eq!(states(&mut shell), "healthy\tNone\n");

    ok(
        &mut shell,
        "aws ec2 stop-instances --instance-ids $two && aws ec2 wait instance-stopped --instance-ids $two",
    );
    assert_eq!(states(&mut shell), "unused\tTarget.InvalidState\n");
    assert!(ok(&mut shell, "curl -s http://$name/").contains("503"));
}

#[test]
fn without_cross_zone_a_node_serves_its_own_zone() {
    let mut shell = site();
    script(&mut shell, REGISTER);
    ok(
        &mut shell,
        "aws elbv2 modify-target-group-attributes --target-group-arn $tg --attributes Key=load_balancing.cross_zone.enabled,Value=false",
    );
    for _ in 0..4 {
        let zone = "lab connect --to $name --client http --query \"Hops[?contains(Text, 'its node in')].Text | [0]\" --output text";
        let text = ok(&mut shell, zone);
        let page = ok(&mut shell, "curl -s http://$name/");
        assert_eq!(
            text.contains("us-east-1a"),
            page == "one\n",
            "{text} {page}"
        );
    }
}

#[test]
fn refusals_in_the_services_words() {
    let mut shell = site();
    for (line, code) in [
        (
            "aws elbv2 create-load-balancer --name site --subnets $a $b",
            "DuplicateLoadBalancerName",
        ),
        (
            "aws elbv2 create-load-balancer --name other --subnets $a",
            "ValidationError",
        ),
        (
            "aws elbv2 create-load-balancer --name other --subnets $a $a",
            "InvalidConfigurationRequest",
        ),
        (
            "aws elbv2 create-load-balancer --name other --subnets $a subnet-0123456789abcdef0",
            "SubnetNotFound",
        ),
        (
            "aws elbv2 describe-load-balancers --names nobody",
            "LoadBalancerNotFound",
        ),
        (
            "aws elbv2 describe-target-groups --names nobody",
            "TargetGroupNotFound",
        ),
        (
            "aws elbv2 delete-target-group --target-group-arn $tg",
            "ResourceInUse",
        ),
        (
            "aws elbv2 create-listener --load-balancer-arn $lb --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$tg",
            "DuplicateListener",
        ),
        (
            "aws elbv2 deregister-targets --target-group-arn $tg --targets Id=$one",
            "InvalidTarget",
        ),
        (
            "aws elbv2 register-targets --target-group-arn $tg --targets Id=i-0123456789abcdef0",
            "InvalidTarget",
        ),
        (
            "aws ec2 delete-security-group --group-id $front",
            "DependencyViolation",
        ),
        (
            "aws ec2 delete-subnet --subnet-id $a",
            "DependencyViolation",
        ),
    ] {
        let answer = run(&mut shell, line);
        assert_eq!(answer.exit, 254, "{line}: {}", answer.stdout);
        assert!(
            answer.stderr.contains(&format!("({code})")),
            "{line}: {}",
            answer.stderr
        );
    }
    ok(
        &mut shell,
        "aws elbv2 delete-load-balancer --load-balancer-arn $lb",
    );
    ok(
        &mut shell,
        "aws elbv2 wait load-balancers-deleted --load-balancer-arns $lb",
    );
    ok(
        &mut shell,
        "aws elbv2 delete-target-group --target-group-arn $tg",
    );
    assert_eq!(run(&mut shell, "curl -s http://$name/").exit, 6);
}
