//! Ways out of a VPC and between VPCs: NAT gateways, NAT instances, endpoints, peering.

use crate::lab::{Lab, text};
use serde_json::{Value, json};

/// A VPC with a public and a private subnet.
struct Net {
    vpc: String,
    public: String,
    private: String,
    /// The private subnet's table.
    table: String,
    gateway: String,
}

fn net(lab: &mut Lab, second: u8) -> Net {
    let id = |value: Value| text(&value);
    let vpc = id(lab.ok(
        "CreateVpc",
        json!({ "CidrBlock": format!("10.{second}.0.0/16") }),
    )["Vpc"]["VpcId"]
        .clone());
    let mut subnet = |third: u8| {
        id(lab.ok("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": format!("10.{second}.{third}.0/24"), "AvailabilityZone": "us-east-1a" }))["Subnet"]["SubnetId"].clone())
    };
    let (public, private) = (subnet(1), subnet(2));
    lab.ok(
        "ModifySubnetAttribute",
        json!({ "SubnetId": public, "MapPublicIpOnLaunch": { "Value": true } }),
    );
    let gateway = id(
        lab.ok("CreateInternetGateway", json!({}))["InternetGateway"]["InternetGatewayId"].clone(),
    );
    lab.ok(
        "AttachInternetGateway",
        json!({ "InternetGatewayId": gateway, "VpcId": vpc }),
    );
    let mut table = |subnet: &str| {
        let table = id(
            lab.ok("CreateRouteTable", json!({ "VpcId": vpc }))["RouteTable"]["RouteTableId"]
                .clone(),
        );
        lab.ok(
            "AssociateRouteTable",
            json!({ "RouteTableId": table, "SubnetId": subnet }),
        );
        table
    };
    let out = table(&public);
    let inner = table(&private);
    lab.ok(
        "CreateRoute",
        json!({ "RouteTableId": out, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway }),
    );
    Net {
        vpc,
        public,
        private,
        table: inner,
        gateway,
    }
}

fn open_group(lab: &mut Lab, vpc: &str) -> String {
    let group = text(
        &lab.ok(
            "CreateSecurityGroup",
            json!({ "GroupName": "open", "Description": "open", "VpcId": vpc }),
        )["GroupId"],
    );
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    group
}

fn machine(lab: &mut Lab, net: &Net, subnet: &str, group: &str) -> String {
    let _ = net;
    lab.up(json!({ "SubnetId": subnet, "SecurityGroupIds": [group] }))
}

fn route(table: &str, range: &str, key: &str, id: &str) -> Value {
    let mut input = json!({ "RouteTableId": table, "DestinationCidrBlock": range });
    input[key] = json!(id);
    input
}

fn nat(lab: &mut Lab, subnet: &str) -> String {
    let allocation = lab.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    text(
        &lab.ok(
            "CreateNatGateway",
            json!({ "SubnetId": subnet, "AllocationId": allocation }),
        )["NatGateway"]["NatGatewayId"],
    )
}

#[test]
fn a_nat_gateway_lets_connections_out_and_none_in() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net, &net.private, &group);
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
    let inner = machine(&mut lab, &net, &net.private, &group);
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
    let inner = machine(&mut lab, &net, &net.private, &group);
    let middle = machine(&mut lab, &net, &net.public, &group);
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
fn an_endpoint_leads_to_s3_without_the_internet() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net, &net.private, &group);
    let s3 = json!({ "From": inner, "To": "s3.us-east-1.amazonaws.com", "Client": "https" });
    lab.expect(s3.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    let endpoint = lab.ok("CreateVpcEndpoint", json!({ "VpcId": net.vpc, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [net.table] }))["VpcEndpoint"]["VpcEndpointId"].clone();
    lab.expect(s3.clone(), "connected", "");
    lab.expect(
        json!({ "From": inner, "To": "internet", "Client": "https" }),
        "timed-out",
        "NO_ROUTE_TO_DESTINATION",
    );
    // The route is the endpoint's own: no route call touches it.
    let routes = lab.ok(
        "DescribeRouteTables",
        json!({ "RouteTableIds": [net.table] }),
    )["RouteTables"][0]["Routes"]
        .clone();
    assert_eq!(routes[1]["DestinationPrefixListId"], "pl-63a5400a");
    assert_eq!(routes[1]["GatewayId"], endpoint);
    // ACLs and groups count on the way to S3 as on every other.
    lab.ok("RevokeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] }));
    lab.expect(s3, "timed-out", "ENI_SG_RULES_MISMATCH");
    lab.ok(
        "DeleteVpcEndpoints",
        json!({ "VpcEndpointIds": [endpoint] }),
    );
    assert_eq!(
        lab.ok(
            "DescribeRouteTables",
            json!({ "RouteTableIds": [net.table] })
        )["RouteTables"][0]["Routes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn an_interface_endpoint_takes_the_services_name_over() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net, &net.private, &group);
    let input = json!({ "VpcId": net.vpc, "ServiceName": "com.amazonaws.us-east-1.ssm", "VpcEndpointType": "Interface", "SubnetIds": [net.private], "SecurityGroupIds": [group] });
    // A name of its own needs DNS host names in the VPC.
    assert_eq!(
        lab.code("CreateVpcEndpoint", input.clone()),
        "InvalidParameter"
    );
    lab.ok(
        "ModifyVpcAttribute",
        json!({ "VpcId": net.vpc, "EnableDnsHostnames": { "Value": true } }),
    );
    let ssm = json!({ "From": inner, "To": "ssm.us-east-1.amazonaws.com", "Client": "https" });
    lab.expect(ssm.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    let endpoint = lab.ok("CreateVpcEndpoint", input)["VpcEndpoint"]["VpcEndpointId"].clone();
    lab.wait(100);
    lab.expect(ssm.clone(), "connected", "");
    // The endpoint's group is asked, like any other.
    let closed = text(
        &lab.ok(
            "CreateSecurityGroup",
            json!({ "GroupName": "closed", "Description": "closed", "VpcId": net.vpc }),
        )["GroupId"],
    );
    lab.ok("ModifyVpcEndpoint", json!({ "VpcEndpointId": endpoint, "AddSecurityGroupIds": [closed], "RemoveSecurityGroupIds": [group] }));
    lab.expect(ssm, "timed-out", "ENI_SG_RULES_MISMATCH");
    lab.ok(
        "DeleteVpcEndpoints",
        json!({ "VpcEndpointIds": [endpoint] }),
    );
    assert_eq!(
        lab.ok("DescribeNetworkInterfaces", json!({}))["NetworkInterfaces"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn peered_networks_reach_each_other_and_nothing_behind() {
    let mut lab = Lab::new();
    let (one, two) = (net(&mut lab, 1), net(&mut lab, 2));
    let (group_one, group_two) = (
        open_group(&mut lab, &one.vpc),
        open_group(&mut lab, &two.vpc),
    );
    let from = machine(&mut lab, &one, &one.private, &group_one);
    let to = machine(&mut lab, &two, &two.private, &group_two);
    let ip = lab.private_ip(&to);
    let ssh = json!({ "From": from, "To": ip, "Port": 22 });
    lab.expect(ssh.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    let peering = text(
        &lab.ok(
            "CreateVpcPeeringConnection",
            json!({ "VpcId": one.vpc, "PeerVpcId": two.vpc }),
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"],
    );
    assert_eq!(
        lab.code(
            "CreateVpcPeeringConnection",
            json!({ "VpcId": two.vpc, "PeerVpcId": one.vpc })
        ),
        "VpcPeeringConnectionAlreadyExists"
    );
    lab.ok(
        "CreateRoute",
        route(
            &one.table,
            "10.2.0.0/16",
            "VpcPeeringConnectionId",
            &peering,
        ),
    );
    lab.expect(ssh.clone(), "timed-out", "ROUTE_BLACKHOLE");
    lab.ok(
        "AcceptVpcPeeringConnection",
        json!({ "VpcPeeringConnectionId": peering }),
    );
    // The answer needs a way as well.
    lab.expect(ssh.clone(), "timed-out", "NO_ROUTE_TO_DESTINATION");
    lab.ok(
        "CreateRoute",
        route(
            &two.table,
            "10.1.0.0/16",
            "VpcPeeringConnectionId",
            &peering,
        ),
    );
    lab.expect(ssh.clone(), "connected", "");
    // Through the other VPC's internet gateway there is no way.
    lab.ok(
        "CreateRoute",
        route(&one.table, "0.0.0.0/0", "VpcPeeringConnectionId", &peering),
    );
    lab.expect(
        json!({ "From": from, "To": "internet", "Client": "https" }),
        "timed-out",
        "PEERING_NOT_TRANSITIVE",
    );
    lab.ok(
        "DeleteVpcPeeringConnection",
        json!({ "VpcPeeringConnectionId": peering }),
    );
    lab.expect(ssh, "timed-out", "ROUTE_BLACKHOLE");
    assert_eq!(
        lab.code(
            "AcceptVpcPeeringConnection",
            json!({ "VpcPeeringConnectionId": peering })
        ),
        "InvalidStateTransition"
    );
    lab.wait(3 * 3600);
    assert_eq!(
        lab.code(
            "DescribeVpcPeeringConnections",
            json!({ "VpcPeeringConnectionIds": [peering] })
        ),
        "InvalidVpcPeeringConnectionID.NotFound"
    );
}

#[test]
fn an_answer_that_goes_another_way_is_lost() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net, &net.private, &group);
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
    let inner = machine(&mut lab, &net, &net.private, &group);
    let outer = machine(&mut lab, &net, &net.public, &group);
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
