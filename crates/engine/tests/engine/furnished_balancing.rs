//! Load balancers for the tests that walk every operation.

use crate::lab::Lab;
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

/// A load balancer with a target, and groups that nothing uses.
pub fn furnish(lab: &mut Lab) {
    let vpc = lab.ok(
        "DescribeVpcs",
        json!({ "Filters": [{ "Name": "is-default", "Values": ["true"] }] }),
    )["Vpcs"][0]["VpcId"]
        .clone();
    let (a, b) = (lab.subnet("us-east-1a"), lab.subnet("us-east-1b"));
    let up = running(lab);
    let mut group = |name: &str| {
        let input = json!({ "Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": vpc });
        lab.ok("CreateTargetGroup", input)["TargetGroups"][0]["TargetGroupArn"].clone()
    };
    let (used, _idle) = (group("used"), group("idle"));
    let balancer = lab.ok(
        "CreateLoadBalancer",
        json!({ "Name": "site", "Subnets": [a, b] }),
    )["LoadBalancers"][0]["LoadBalancerArn"]
        .clone();
    lab.ok(
        "CreateListener",
        json!({ "LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [{ "Type": "forward", "TargetGroupArn": used }] }),
    );
    lab.ok(
        "RegisterTargets",
        json!({ "TargetGroupArn": used, "Targets": [{ "Id": up }] }),
    );
    let image = lab.image("al2023");
    lab.ok(
        "CreateLaunchTemplate",
        json!({ "LaunchTemplateName": "fleet", "LaunchTemplateData": { "ImageId": image, "InstanceType": "t3.micro" } }),
    );
    lab.ok("CreateAutoScalingGroup", fleet("fleet", 2));
    lab.ok("CreateAutoScalingGroup", fleet("empty", 0));
    lab.wait(200);
}

fn fleet(name: &str, desired: u32) -> Value {
    json!({
        "AutoScalingGroupName": name, "LaunchTemplate": { "LaunchTemplateName": "fleet" }, "MinSize": 0, "MaxSize": 3,
        "DesiredCapacity": desired, "AvailabilityZones": ["us-east-1a", "us-east-1b"],
    })
}

fn running(lab: &mut Lab) -> Value {
    let vpc = default_vpc(lab);
    lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "instance-state-name", "Values": ["running"] }, { "Name": "vpc-id", "Values": [vpc] }] }),
    )["Reservations"][0]["Instances"][0]["InstanceId"]
        .clone()
}

fn default_vpc(lab: &mut Lab) -> Value {
    lab.ok(
        "DescribeVpcs",
        json!({ "Filters": [{ "Name": "is-default", "Values": ["true"] }] }),
    )["Vpcs"][0]["VpcId"]
        .clone()
}

/// A call of each operation that succeeds.
pub fn good(lab: &mut Lab) -> Vec<(&'static str, Value)> {
    let up = running(lab);
    let vpc = default_vpc(lab);
    let (a, b) = (lab.subnet("us-east-1a"), lab.subnet("us-east-1b"));
    let row = lab.ok("DescribeLoadBalancers", json!({}))["LoadBalancers"][0].clone();
    let balancer = row["LoadBalancerArn"].clone();
    let mut named = |name: &str| {
        lab.ok("DescribeTargetGroups", json!({ "Names": [name] }))["TargetGroups"][0]["TargetGroupArn"].clone()
    };
    let (used, idle) = (named("used"), named("idle"));
    let listener = lab.ok("DescribeListeners", json!({ "LoadBalancerArn": balancer }))["Listeners"]
        [0]["ListenerArn"]
        .clone();
    let member =
        lab.ok("DescribeAutoScalingInstances", json!({}))["AutoScalingInstances"][0]["InstanceId"]
            .clone();
    vec![
        ("CreateAutoScalingGroup", fleet("another", 1)),
        ("DescribeAutoScalingGroups", json!({})),
        (
            "UpdateAutoScalingGroup",
            json!({ "AutoScalingGroupName": "fleet", "MaxSize": 5 }),
        ),
        (
            "SetDesiredCapacity",
            json!({ "AutoScalingGroupName": "fleet", "DesiredCapacity": 1 }),
        ),
        (
            "DeleteAutoScalingGroup",
            json!({ "AutoScalingGroupName": "empty" }),
        ),
        (
            "AttachLoadBalancerTargetGroups",
            json!({ "AutoScalingGroupName": "fleet", "TargetGroupARNs": [used] }),
        ),
        (
            "DetachLoadBalancerTargetGroups",
            json!({ "AutoScalingGroupName": "fleet", "TargetGroupARNs": [used] }),
        ),
        ("DescribeAutoScalingInstances", json!({})),
        ("DescribeScalingActivities", json!({})),
        (
            "TerminateInstanceInAutoScalingGroup",
            json!({ "InstanceId": member, "ShouldDecrementDesiredCapacity": true }),
        ),
        (
            "CreateLoadBalancer",
            json!({ "Name": "inside", "Subnets": [a, b], "Scheme": "internal" }),
        ),
        ("DescribeLoadBalancers", json!({})),
        ("DeleteLoadBalancer", json!({ "LoadBalancerArn": balancer })),
        (
            "SetSecurityGroups",
            json!({ "LoadBalancerArn": balancer, "SecurityGroups": row["SecurityGroups"] }),
        ),
        (
            "CreateTargetGroup",
            json!({ "Name": "more", "Protocol": "HTTP", "Port": 8080, "VpcId": vpc }),
        ),
        ("DescribeTargetGroups", json!({})),
        (
            "ModifyTargetGroup",
            json!({ "TargetGroupArn": used, "HealthCheckPath": "/health" }),
        ),
        (
            "ModifyTargetGroupAttributes",
            json!({ "TargetGroupArn": used, "Attributes": [{ "Key": "deregistration_delay.timeout_seconds", "Value": "0" }] }),
        ),
        (
            "DescribeTargetGroupAttributes",
            json!({ "TargetGroupArn": used }),
        ),
        ("DeleteTargetGroup", json!({ "TargetGroupArn": idle })),
        (
            "RegisterTargets",
            json!({ "TargetGroupArn": idle, "Targets": [{ "Id": up, "Port": 81 }] }),
        ),
        (
            "DeregisterTargets",
            json!({ "TargetGroupArn": used, "Targets": [{ "Id": up }] }),
        ),
        ("DescribeTargetHealth", json!({ "TargetGroupArn": used })),
        (
            "CreateListener",
            json!({ "LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 81, "DefaultActions": [{ "Type": "forward", "TargetGroupArn": idle }] }),
        ),
        ("DescribeListeners", json!({ "ListenerArns": [listener] })),
        ("DeleteListener", json!({ "ListenerArn": listener })),
        ("CountRequest", json!({ "LoadBalancer": row["DNSName"] })),
    ]
}
