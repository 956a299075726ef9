//! Ways out of a VPC: NAT gateways and NAT instances, and what helps where there is none.

use crate::lab::{Lab, text};
use crate::vpc_net::{machine, nat, net, open_group, route};
use ec2_lab_engine::json::{Value, json};

#[test]
fn a_nat_gateway_lets_connections_out_and_none_in() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
    let out = json!({ "From": inner, "To": "internet", "Client": "https" });
    lab.expect(out.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    let gateway = nat(&mut lab, &net.public);
    lab.ok(
        "CreateRoute",
        route(&net.table, "0.0.0.0/0", "NatGatewayId", &gateway),
    );
    lab.expect(out.clone(), "timed-out", "NAT_GATEWAY_NOT_AVAILABLE");
    lab.wait(100);
    lab.expect(out.clone(), "connected", "");
    // A stranger on the internet sees the gateway's address and gets nowhere with it.
    let address = lab.ok("DescribeNatGateways", json!({ "NatGatewayIds": [gateway] }))["NatGateways"][0]["NatGatewayAddresses"][0]["PublicIp"].clone();
    lab.expect(
        json!({ "From": "stranger", "To": address, "Port": 443 }),
        "timed-out",
        "ADDRESS_UNUSED",
    );
    lab.expect(
        json!({ "From": "laptop", "To": inner, "Port": 22 }),
        "timed-out",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
    );
    // Its interface is AWS's: it cannot be deleted, its address not be taken, its subnet not go.
    let nic = lab.ok("DescribeNatGateways", json!({}))["NatGateways"][0]["NatGatewayAddresses"][0]
        ["NetworkInterfaceId"]
        .clone();
    assert_eq!(
        lab.code(
            "DeleteNetworkInterface",
            json!({ "NetworkInterfaceId": nic })
        ),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code(
            "DetachInternetGateway",
            json!({ "InternetGatewayId": net.gateway, "VpcId": net.vpc })
        ),
        "DependencyViolation"
    );
    lab.ok("DeleteNatGateway", json!({ "NatGatewayId": gateway }));
    let state = |lab: &mut Lab| {
        lab.ok(
            "DescribeRouteTables",
            json!({ "RouteTableIds": [net.table] }),
        )["RouteTables"][0]["Routes"][1]["State"]
            .clone()
    };
    assert_eq!(state(&mut lab), "blackhole");
    lab.expect(out.clone(), "timed-out", "NAT_GATEWAY_NOT_AVAILABLE");
    lab.wait(60);
    assert_eq!(
        lab.ok("DescribeNetworkInterfaces", json!({}))["NetworkInterfaces"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    lab.wait(2 * 3600);
    lab.expect(out, "timed-out", "ROUTE_BLACKHOLE");
}

#[test]
fn a_nat_gateway_in_a_network_without_an_internet_gateway_fails() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    lab.ok(
        "DetachInternetGateway",
        json!({ "InternetGatewayId": net.gateway, "VpcId": net.vpc }),
    );
    let gateway = nat(&mut lab, &net.public);
    lab.wait(100);
    let row = lab.ok("DescribeNatGateways", json!({ "NatGatewayIds": [gateway] }))["NatGateways"]
        [0]
    .clone();
    assert_eq!(
        (row["State"].as_str(), row["FailureCode"].as_str()),
        (Some("failed"), Some("Gateway.NotAttached"))
    );
    // The address is free again.
    assert!(lab.ok("DescribeAddresses", json!({}))["Addresses"][0]["AssociationId"].is_null());
}

#[test]
fn a_nat_gateway_in_a_private_subnet_leads_nowhere() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
    let gateway = nat(&mut lab, &net.private);
    lab.wait(100);
    lab.ok(
        "CreateRoute",
        route(&net.table, "0.0.0.0/0", "NatGatewayId", &gateway),
    );
    lab.expect(
        json!({ "From": inner, "To": "internet", "Client": "https" }),
        "timed-out",
        "NO_ROUTE_TO_DESTINATION",
    );
}

#[test]
fn a_machine_becomes_a_nat_instance_step_by_step() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
    let middle = machine(&mut lab, &net.public, &group);
    let nic = lab.row(&middle)["NetworkInterfaces"][0]["NetworkInterfaceId"].clone();
    lab.ok(
        "CreateRoute",
        route(
            &net.table,
            "0.0.0.0/0",
            "NetworkInterfaceId",
            nic.as_str().unwrap(),
        ),
    );
    let out = json!({ "From": inner, "To": "internet", "Client": "https" });
    lab.expect(
        out.clone(),
        "timed-out",
        "ENI_SOURCE_DEST_CHECK_RESTRICTION",
    );
    lab.ok(
        "ModifyInstanceAttribute",
        json!({ "InstanceId": middle, "SourceDestCheck": { "Value": false } }),
    );
    lab.expect(out.clone(), "timed-out", "NOT_FORWARDING");
    lab.ok(
        "StartService",
        json!({ "InstanceId": middle, "Name": "iptables" }),
    );
    lab.expect(out.clone(), "connected", "");
    lab.ok("StopInstances", json!({ "InstanceIds": [middle] }));
    lab.settle();
    lab.expect(out.clone(), "timed-out", "HOST_STOPPED");
    lab.ok("TerminateInstances", json!({ "InstanceIds": [middle] }));
    lab.settle();
    lab.expect(out, "timed-out", "ROUTE_BLACKHOLE");
}

#[test]
fn an_answer_that_goes_another_way_is_lost() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
    let address = lab.ok("AllocateAddress", json!({}));
    lab.ok(
        "AssociateAddress",
        json!({ "InstanceId": inner, "AllocationId": address["AllocationId"] }),
    );
    let ssh = json!({ "To": address["PublicIp"], "Port": 22 });
    lab.expect(ssh.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    let gateway = nat(&mut lab, &net.public);
    lab.wait(100);
    lab.ok(
        "CreateRoute",
        route(&net.table, "0.0.0.0/0", "NatGatewayId", &gateway),
    );
    lab.expect(ssh.clone(), "timed-out", "ANSWER_ASTRAY");
    let fixes = lab.connect(ssh)["Fixes"].clone();
    let titles: Vec<String> = fixes
        .as_array()
        .unwrap()
        .iter()
        .map(|fix| text(&fix["Title"]))
        .collect();
    assert!(
        titles
            .iter()
            .any(|title| title == "Let the route 0.0.0.0/0 lead to the internet gateway"),
        "{titles:?}"
    );
}

#[test]
fn every_new_failure_has_a_proved_fix() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
    let outer = machine(&mut lab, &net.public, &group);
    let gateway = nat(&mut lab, &net.public);
    let solved = |lab: &mut Lab, input: Value| {
        let answer = lab.connect(input);
        assert_eq!(answer["Verdict"], "timed-out", "{answer}");
        let fixes = answer["Fixes"].as_array().cloned().unwrap_or_default();
        assert!(
            fixes.iter().any(|fix| fix["Verdict"] == "connected"),
            "{} {fixes:#?}",
            answer["Cause"]
        );
    };
    let out = json!({ "From": inner, "To": "internet", "Client": "https" });
    lab.wait(100);
    solved(&mut lab, out.clone());
    // A NAT gateway that is not ready yet.
    let second = nat(&mut lab, &net.public);
    lab.ok(
        "CreateRoute",
        route(&net.table, "0.0.0.0/0", "NatGatewayId", &second),
    );
    solved(&mut lab, out.clone());
    // A NAT instance with its check on, then without forwarding.
    let nic = text(&lab.row(&outer)["NetworkInterfaces"][0]["NetworkInterfaceId"]);
    lab.ok(
        "StartService",
        json!({ "InstanceId": outer, "Name": "iptables" }),
    );
    lab.ok(
        "ReplaceRoute",
        route(&net.table, "0.0.0.0/0", "NetworkInterfaceId", &nic),
    );
    solved(&mut lab, out.clone());
    lab.ok(
        "StopService",
        json!({ "InstanceId": outer, "Name": "iptables" }),
    );
    lab.ok(
        "ModifyNetworkInterfaceAttribute",
        json!({ "NetworkInterfaceId": nic, "SourceDestCheck": { "Value": false } }),
    );
    solved(&mut lab, out.clone());
    // A route whose gateway is gone.
    lab.ok(
        "ReplaceRoute",
        route(&net.table, "0.0.0.0/0", "NatGatewayId", &second),
    );
    lab.ok("DeleteNatGateway", json!({ "NatGatewayId": second }));
    lab.wait(2 * 3600);
    solved(&mut lab, out);
    let _ = gateway;
}
