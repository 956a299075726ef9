//! What AWS lets one do with VPCs, subnets, route tables and ACLs, and what it refuses.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::{Value, json};

fn vpc(lab: &mut Lab, range: &str) -> String {
    text(&lab.ok("CreateVpc", json!({ "CidrBlock": range }))["Vpc"]["VpcId"])
}

fn subnet(lab: &mut Lab, vpc: &str, range: &str) -> String {
    text(&lab.ok("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": range }))["Subnet"]["SubnetId"])
}

#[test]
fn a_vpc_comes_with_a_table_an_acl_and_a_group_and_takes_them_along() {
    let mut lab = Lab::new();
    let vpc = vpc(&mut lab, "10.0.0.0/16");
    let of = json!({ "Filters": [{ "Name": "vpc-id", "Values": [vpc] }] });
    let count = |lab: &mut Lab, operation: &str, key: &str| {
        lab.ok(operation, of.clone())[key].as_array().unwrap().len()
    };
    for (operation, key) in [
        ("DescribeRouteTables", "RouteTables"),
        ("DescribeNetworkAcls", "NetworkAcls"),
        ("DescribeSecurityGroups", "SecurityGroups"),
    ] {
        assert_eq!(count(&mut lab, operation, key), 1, "{operation}");
    }
    assert_eq!(count(&mut lab, "DescribeSubnets", "Subnets"), 0);
    let subnet = subnet(&mut lab, &vpc, "10.0.1.0/24");
    assert_eq!(
        lab.code("DeleteVpc", json!({ "VpcId": vpc })),
        "DependencyViolation"
    );
    lab.ok("DeleteSubnet", json!({ "SubnetId": subnet }));
    lab.ok("DeleteVpc", json!({ "VpcId": vpc }));
    for (operation, key) in [
        ("DescribeRouteTables", "RouteTables"),
        ("DescribeNetworkAcls", "NetworkAcls"),
        ("DescribeSecurityGroups", "SecurityGroups"),
    ] {
        assert_eq!(count(&mut lab, operation, key), 0, "{operation}");
    }
}

#[test]
fn a_subnet_has_its_size_less_five_and_hands_out_what_it_has() {
    let mut lab = Lab::new();
    let vpc = vpc(&mut lab, "10.0.0.0/16");
    for (range, free) in [
        ("10.0.0.0/28", 11),
        ("10.0.1.0/24", 251),
        ("10.0.16.0/20", 4091),
    ] {
        let answer = lab.ok("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": range }));
        assert_eq!(answer["Subnet"]["AvailableIpAddressCount"], free);
    }
    let small = text(
        &lab.ok(
            "DescribeSubnets",
            json!({ "Filters": [{ "Name": "cidr-block", "Values": ["10.0.0.0/28"] }] }),
        )["Subnets"][0]["SubnetId"],
    );
    for _ in 0..11 {
        lab.ok("CreateNetworkInterface", json!({ "SubnetId": small }));
    }
    assert_eq!(
        lab.code("CreateNetworkInterface", json!({ "SubnetId": small })),
        "InsufficientFreeAddressesInSubnet"
    );
    assert_eq!(
        lab.code("DeleteSubnet", json!({ "SubnetId": small })),
        "DependencyViolation"
    );
}

#[test]
fn a_table_of_ones_own_and_another_main_one() {
    let mut lab = Lab::new();
    let vpc = vpc(&mut lab, "10.0.0.0/16");
    let subnet = subnet(&mut lab, &vpc, "10.0.1.0/24");
    let table =
        text(&lab.ok("CreateRouteTable", json!({ "VpcId": vpc }))["RouteTable"]["RouteTableId"]);
    let tie = lab.ok(
        "AssociateRouteTable",
        json!({ "RouteTableId": table, "SubnetId": subnet }),
    )["AssociationId"]
        .clone();
    assert_eq!(
        lab.code("DeleteRouteTable", json!({ "RouteTableId": table })),
        "DependencyViolation"
    );
    let other =
        text(&lab.ok("CreateRouteTable", json!({ "VpcId": vpc }))["RouteTable"]["RouteTableId"]);
    assert_eq!(
        lab.code(
            "AssociateRouteTable",
            json!({ "RouteTableId": other, "SubnetId": subnet })
        ),
        "Resource.AlreadyAssociated"
    );
    let tie = lab.ok(
        "ReplaceRouteTableAssociation",
        json!({ "AssociationId": tie, "RouteTableId": other }),
    )["NewAssociationId"]
        .clone();
    lab.ok("DeleteRouteTable", json!({ "RouteTableId": table }));
    lab.ok("DisassociateRouteTable", json!({ "AssociationId": tie }));
    // The main table's tie can be given to another table, never taken off.
    let main = lab.ok("DescribeRouteTables", json!({ "Filters": [{ "Name": "vpc-id", "Values": [vpc] }, { "Name": "association.main", "Values": ["true"] }] }))["RouteTables"][0].clone();
    let tie = main["Associations"][0]["RouteTableAssociationId"].clone();
    assert_eq!(
        lab.code("DisassociateRouteTable", json!({ "AssociationId": tie })),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code(
            "DeleteRouteTable",
            json!({ "RouteTableId": main["RouteTableId"] })
        ),
        "DependencyViolation"
    );
    lab.ok(
        "ReplaceRouteTableAssociation",
        json!({ "AssociationId": tie, "RouteTableId": other }),
    );
    lab.ok(
        "DeleteRouteTable",
        json!({ "RouteTableId": main["RouteTableId"] }),
    );
}

#[test]
fn gateways_and_networks_are_one_to_one() {
    let mut lab = Lab::new();
    let (one, two) = (vpc(&mut lab, "10.0.0.0/16"), vpc(&mut lab, "10.1.0.0/16"));
    let mut gateway = || {
        text(&lab.ok("CreateInternetGateway", json!({}))["InternetGateway"]["InternetGatewayId"])
    };
    let (first, second) = (gateway(), gateway());
    let tie = |gateway: &str, vpc: &str| json!({ "InternetGatewayId": gateway, "VpcId": vpc });
    lab.ok("AttachInternetGateway", tie(&first, &one));
    assert_eq!(
        lab.code("AttachInternetGateway", tie(&first, &two)),
        "Resource.AlreadyAssociated"
    );
    assert_eq!(
        lab.code("AttachInternetGateway", tie(&second, &one)),
        "InvalidParameterValue"
    );
    assert_eq!(
        lab.code("DetachInternetGateway", tie(&second, &one)),
        "Gateway.NotAttached"
    );
    assert_eq!(
        lab.code(
            "DeleteInternetGateway",
            json!({ "InternetGatewayId": first })
        ),
        "DependencyViolation"
    );
    lab.ok("DetachInternetGateway", tie(&first, &one));
    lab.ok(
        "DeleteInternetGateway",
        json!({ "InternetGatewayId": first }),
    );
}

#[test]
fn a_second_range_is_in_every_table_until_it_goes() {
    let mut lab = Lab::new();
    let vpc = vpc(&mut lab, "10.0.0.0/16");
    assert_eq!(
        lab.code(
            "AssociateVpcCidrBlock",
            json!({ "VpcId": vpc, "CidrBlock": "10.0.128.0/17" })
        ),
        "InvalidVpc.Range"
    );
    let tie = lab.ok(
        "AssociateVpcCidrBlock",
        json!({ "VpcId": vpc, "CidrBlock": "100.64.0.0/16" }),
    )["CidrBlockAssociation"]["AssociationId"]
        .clone();
    let ranges = |lab: &mut Lab| -> Vec<Value> {
        lab.ok(
            "DescribeRouteTables",
            json!({ "Filters": [{ "Name": "vpc-id", "Values": [vpc] }] }),
        )["RouteTables"][0]["Routes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|route| route["DestinationCidrBlock"].clone())
            .collect()
    };
    assert_eq!(ranges(&mut lab), ["10.0.0.0/16", "100.64.0.0/16"]);
    let subnet = subnet(&mut lab, &vpc, "100.64.1.0/24");
    assert_eq!(
        lab.code("DisassociateVpcCidrBlock", json!({ "AssociationId": tie })),
        "DependencyViolation"
    );
    lab.ok("DeleteSubnet", json!({ "SubnetId": subnet }));
    lab.ok("DisassociateVpcCidrBlock", json!({ "AssociationId": tie }));
    assert_eq!(ranges(&mut lab), ["10.0.0.0/16"]);
}

#[test]
fn an_acl_of_ones_own_lets_nothing_through_at_first() {
    let mut lab = Lab::new();
    let group = lab.group("open");
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let (vpc, subnet) = (
        lab.row(&id)["VpcId"].clone(),
        lab.row(&id)["SubnetId"].clone(),
    );
    let ssh = json!({ "To": id, "Port": 22 });
    lab.expect(ssh.clone(), "connected", "");
    let acl =
        lab.ok("CreateNetworkAcl", json!({ "VpcId": vpc }))["NetworkAcl"]["NetworkAclId"].clone();
    let ties = lab.ok("DescribeNetworkAcls", json!({}))["NetworkAcls"][0]["Associations"].clone();
    let tie = ties
        .as_array()
        .unwrap()
        .iter()
        .find(|tie| tie["SubnetId"] == subnet)
        .unwrap()["NetworkAclAssociationId"]
        .clone();
    lab.ok(
        "ReplaceNetworkAclAssociation",
        json!({ "AssociationId": tie, "NetworkAclId": acl }),
    );
    lab.expect(ssh.clone(), "timed-out", "SUBNET_ACL_RESTRICTION");
    let mut entry = json!({ "NetworkAclId": acl, "RuleNumber": 10, "Egress": false, "RuleAction": "allow", "Protocol": "6", "CidrBlock": "0.0.0.0/0", "PortRange": { "From": 22, "To": 22 } });
    lab.ok("CreateNetworkAclEntry", entry.clone());
    entry["Egress"] = json!(true);
    assert_eq!(
        lab.code("ReplaceNetworkAclEntry", entry.clone()),
        "InvalidNetworkAclEntry.NotFound"
    );
    lab.ok("CreateNetworkAclEntry", entry.clone());
    lab.expect(ssh.clone(), "timed-out", "SUBNET_ACL_RESTRICTION");
    entry["PortRange"] = json!({ "From": 1024, "To": 65535 });
    lab.ok("ReplaceNetworkAclEntry", entry);
    lab.expect(ssh, "connected", "");
}

#[test]
fn the_default_network_can_be_deleted_and_made_again() {
    let mut lab = Lab::new();
    assert_eq!(
        lab.code("CreateDefaultVpc", json!({})),
        "DefaultVpcAlreadyExists"
    );
    let old = lab.ok("DescribeVpcs", json!({}))["Vpcs"][0]["VpcId"].clone();
    let subnets = lab.ok("DescribeSubnets", json!({}))["Subnets"].clone();
    assert_eq!(
        lab.code("DeleteVpc", json!({ "VpcId": old })),
        "DependencyViolation"
    );
    for subnet in subnets.as_array().unwrap() {
        lab.ok("DeleteSubnet", json!({ "SubnetId": subnet["SubnetId"] }));
    }
    let zone = json!({ "AvailabilityZone": "us-east-1c" });
    lab.ok("CreateDefaultSubnet", zone.clone());
    assert_eq!(
        lab.code("CreateDefaultSubnet", zone),
        "DefaultSubnetAlreadyExistsInAvailabilityZone"
    );
    let last = lab.ok("DescribeSubnets", json!({}))["Subnets"][0]["SubnetId"].clone();
    lab.ok("DeleteSubnet", json!({ "SubnetId": last }));
    let gateway =
        lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"]
            .clone();
    lab.ok(
        "DetachInternetGateway",
        json!({ "InternetGatewayId": gateway, "VpcId": old }),
    );
    lab.ok(
        "DeleteInternetGateway",
        json!({ "InternetGatewayId": gateway }),
    );
    lab.ok("DeleteVpc", json!({ "VpcId": old }));
    assert_eq!(lab.run(json!({})).unwrap_err().code(), "MissingParameter");
    lab.ok("CreateDefaultVpc", json!({}));
    lab.up(json!({}));
}

#[test]
fn reachability_analyzer_sees_the_network_and_not_the_machine() {
    let mut lab = Lab::new();
    let group = lab.group("web");
    let id = lab.up(json!({ "SecurityGroupIds": [group] }));
    let gateway =
        lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"][0]["InternetGatewayId"]
            .clone();
    let path = lab.ok(
        "CreateNetworkInsightsPath",
        json!({ "Source": gateway, "Destination": id, "Protocol": "tcp", "DestinationPort": 80 }),
    )["NetworkInsightsPath"]["NetworkInsightsPathId"]
        .clone();
    let analyse = |lab: &mut Lab| {
        let id = lab.ok(
            "StartNetworkInsightsAnalysis",
            json!({ "NetworkInsightsPathId": path }),
        )["NetworkInsightsAnalysis"]["NetworkInsightsAnalysisId"]
            .clone();
        lab.wait(20);
        lab.ok(
            "DescribeNetworkInsightsAnalyses",
            json!({ "NetworkInsightsAnalysisIds": [id] }),
        )["NetworkInsightsAnalyses"][0]
            .clone()
    };
    let closed = analyse(&mut lab);
    assert_eq!(
        (
            closed["NetworkPathFound"].as_bool(),
            closed["Explanations"][0]["ExplanationCode"].as_str()
        ),
        (Some(false), Some("ENI_SG_RULES_MISMATCH"))
    );
    lab.allow(&group, "tcp", 80, "0.0.0.0/0");
    // Nothing listens on port 80, which only the machine knows.
    let open = analyse(&mut lab);
    assert_eq!(
        (
            open["NetworkPathFound"].as_bool(),
            open["Explanations"].is_null()
        ),
        (Some(true), true)
    );
    lab.expect(json!({ "To": id, "Port": 80 }), "refused", "NO_LISTENER");
}
