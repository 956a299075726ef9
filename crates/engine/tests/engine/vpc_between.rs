//! Ways to services and to other VPCs: endpoints and peering.

use crate::lab::{Lab, text};
use crate::vpc_net::{machine, net, open_group, route};
use ec2_lab_engine::json::json;

#[test]
fn an_endpoint_leads_to_s3_without_the_internet() {
    let mut lab = Lab::new();
    let net = net(&mut lab, 1);
    let group = open_group(&mut lab, &net.vpc);
    let inner = machine(&mut lab, &net.private, &group);
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
    let inner = machine(&mut lab, &net.private, &group);
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
    let from = machine(&mut lab, &one.private, &group_one);
    let to = machine(&mut lab, &two.private, &group_two);
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
