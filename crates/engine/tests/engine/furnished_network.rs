//! Networks of one's own in the furnished world, and a call of each of their operations that succeeds there.

use crate::lab::{Lab, text};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;

fn vpc(lab: &mut Lab, name: &str, range: &str) -> String {
    let tags = json!([{ "ResourceType": "vpc", "Tags": [{ "Key": "Name", "Value": name }] }]);
    text(
        &lab.ok(
            "CreateVpc",
            json!({ "CidrBlock": range, "TagSpecifications": tags }),
        )["Vpc"]["VpcId"],
    )
}

/// Two networks that are peered, with everything that can stand in one, and an empty third.
pub fn furnish(lab: &mut Lab) {
    let own = vpc(lab, "own", "10.0.0.0/16");
    let peer = vpc(lab, "peer", "10.1.0.0/16");
    let empty = vpc(lab, "empty", "10.2.0.0/16");
    lab.ok(
        "AssociateVpcCidrBlock",
        json!({ "VpcId": own, "CidrBlock": "100.64.0.0/16" }),
    );
    let mut subnet = |range: &str| {
        lab.ok("CreateSubnet", json!({ "VpcId": own, "CidrBlock": range }))["Subnet"]["SubnetId"]
            .clone()
    };
    let (used, _free) = (subnet("10.0.1.0/24"), subnet("10.0.2.0/24"));
    let gateway =
        lab.ok("CreateInternetGateway", json!({}))["InternetGateway"]["InternetGatewayId"].clone();
    lab.ok(
        "AttachInternetGateway",
        json!({ "InternetGatewayId": gateway, "VpcId": own }),
    );
    let spare =
        lab.ok("CreateInternetGateway", json!({}))["InternetGateway"]["InternetGatewayId"].clone();
    lab.ok(
        "AttachInternetGateway",
        json!({ "InternetGatewayId": spare, "VpcId": peer }),
    );
    lab.ok("CreateInternetGateway", json!({}));
    let mut table = || {
        lab.ok("CreateRouteTable", json!({ "VpcId": own }))["RouteTable"]["RouteTableId"].clone()
    };
    let (tied, _idle) = (table(), table());
    lab.ok(
        "AssociateRouteTable",
        json!({ "RouteTableId": tied, "SubnetId": used }),
    );
    lab.ok(
        "CreateRoute",
        json!({ "RouteTableId": tied, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway }),
    );
    let acl =
        lab.ok("CreateNetworkAcl", json!({ "VpcId": own }))["NetworkAcl"]["NetworkAclId"].clone();
    lab.ok("CreateNetworkAclEntry", json!({ "NetworkAclId": acl, "RuleNumber": 7, "Egress": true, "RuleAction": "deny", "Protocol": "-1", "CidrBlock": "0.0.0.0/0" }));
    let address = lab.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    lab.ok(
        "CreateNatGateway",
        json!({ "SubnetId": used, "AllocationId": address }),
    );
    lab.ok("CreateVpcEndpoint", json!({ "VpcId": own, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [tied] }));
    lab.ok(
        "CreateVpcPeeringConnection",
        json!({ "VpcId": own, "PeerVpcId": peer }),
    );
    let active = lab.ok(
        "CreateVpcPeeringConnection",
        json!({ "VpcId": peer, "PeerVpcId": empty }),
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        .clone();
    lab.ok(
        "AcceptVpcPeeringConnection",
        json!({ "VpcPeeringConnectionId": active }),
    );
    lab.ok(
        "DeleteVpcPeeringConnection",
        json!({ "VpcPeeringConnectionId": active }),
    );
    let id = lab.ok(
        "DescribeInstances",
        json!({ "Filters": [{ "Name": "tag:Name", "Values": ["web"] }] }),
    )["Reservations"][0]["Instances"][0]["InstanceId"]
        .clone();
    let mut path = || {
        lab.ok(
            "CreateNetworkInsightsPath",
            json!({ "Source": gateway, "Destination": id, "Protocol": "tcp" }),
        )["NetworkInsightsPath"]["NetworkInsightsPathId"]
            .clone()
    };
    let (looked_at, _new) = (path(), path());
    lab.ok(
        "StartNetworkInsightsAnalysis",
        json!({ "NetworkInsightsPathId": looked_at }),
    );
    // So that a default subnet can be made again.
    let last = lab.subnet("us-east-1f");
    lab.ok("DeleteSubnet", json!({ "SubnetId": last }));
    lab.settle();
}

/// Calls that succeed.
pub fn good(lab: &mut Lab) -> Vec<(&'static str, Value)> {
    let mut named = |name: &str| {
        let filter = json!([{ "Name": "tag:Name", "Values": [name] }]);
        lab.ok("DescribeVpcs", json!({ "Filters": filter }))["Vpcs"][0].clone()
    };
    let (own, peer, empty) = (named("own"), named("peer"), named("empty"));
    let of = json!([{ "Name": "vpc-id", "Values": [own["VpcId"]] }]);
    let mut list = |operation: &str, key: &str| {
        lab.ok(operation, json!({ "Filters": of }))[key]
            .as_array()
            .unwrap()
            .clone()
    };
    let subnets = list("DescribeSubnets", "Subnets");
    let tables = list("DescribeRouteTables", "RouteTables");
    let acls = list("DescribeNetworkAcls", "NetworkAcls");
    let endpoint = list("DescribeVpcEndpoints", "VpcEndpoints")[0]["VpcEndpointId"].clone();
    let tied = tables
        .iter()
        .find(|row| row["Associations"][0]["Main"] == false)
        .unwrap();
    let idle = tables
        .iter()
        .find(|row| row["Associations"] == json!([]))
        .unwrap()["RouteTableId"]
        .clone();
    let own_acl =
        acls.iter().find(|row| row["IsDefault"] == false).unwrap()["NetworkAclId"].clone();
    let default_acl = acls
        .iter()
        .find(|row| row["IsDefault"] == true)
        .unwrap()
        .clone();
    let gateways = lab.ok("DescribeInternetGateways", json!({}))["InternetGateways"]
        .as_array()
        .unwrap()
        .clone();
    let gateway = |attached: bool| {
        gateways
            .iter()
            .rfind(|row| (row["Attachments"] != json!([])) == attached)
            .unwrap()["InternetGatewayId"]
            .clone()
    };
    let default_gateway = gateways[0]["InternetGatewayId"].clone();
    let free = subnets
        .iter()
        .find(|row| row["CidrBlock"] == "10.0.2.0/24")
        .unwrap()["SubnetId"]
        .clone();
    let nat = lab.ok("DescribeNatGateways", json!({}))["NatGateways"][0]["NatGatewayId"].clone();
    let pending = lab.ok(
        "DescribeVpcPeeringConnections",
        json!({ "Filters": [{ "Name": "status-code", "Values": ["pending-acceptance"] }] }),
    )["VpcPeeringConnections"][0]["VpcPeeringConnectionId"]
        .clone();
    let paths = lab.ok("DescribeNetworkInsightsPaths", json!({}))["NetworkInsightsPaths"]
        .as_array()
        .unwrap()
        .clone();
    let analysis =
        lab.ok("DescribeNetworkInsightsAnalyses", json!({}))["NetworkInsightsAnalyses"][0].clone();
    let new = paths
        .iter()
        .find(|row| row["NetworkInsightsPathId"] != analysis["NetworkInsightsPathId"])
        .unwrap()["NetworkInsightsPathId"]
        .clone();
    let tie = tied["Associations"][0]["RouteTableAssociationId"].clone();
    vec![
        ("CreateVpc", json!({ "CidrBlock": "10.9.0.0/16" })),
        ("DeleteVpc", json!({ "VpcId": empty["VpcId"] })),
        (
            "ModifyVpcAttribute",
            json!({ "VpcId": own["VpcId"], "EnableDnsHostnames": { "Value": true } }),
        ),
        (
            "DescribeVpcAttribute",
            json!({ "VpcId": own["VpcId"], "Attribute": "enableDnsSupport" }),
        ),
        (
            "AssociateVpcCidrBlock",
            json!({ "VpcId": own["VpcId"], "CidrBlock": "100.65.0.0/16" }),
        ),
        (
            "DisassociateVpcCidrBlock",
            json!({ "AssociationId": own["CidrBlockAssociationSet"][1]["AssociationId"] }),
        ),
        (
            "CreateSubnet",
            json!({ "VpcId": own["VpcId"], "CidrBlock": "10.0.3.0/24" }),
        ),
        (
            "CreateDefaultSubnet",
            json!({ "AvailabilityZone": "us-east-1f" }),
        ),
        ("DeleteSubnet", json!({ "SubnetId": free })),
        (
            "AttachInternetGateway",
            json!({ "InternetGatewayId": gateway(false), "VpcId": empty["VpcId"] }),
        ),
        (
            "DetachInternetGateway",
            json!({ "InternetGatewayId": gateway(true), "VpcId": peer["VpcId"] }),
        ),
        (
            "DeleteInternetGateway",
            json!({ "InternetGatewayId": gateway(false) }),
        ),
        ("DeleteRouteTable", json!({ "RouteTableId": idle })),
        (
            "AssociateRouteTable",
            json!({ "RouteTableId": idle, "SubnetId": free }),
        ),
        ("DisassociateRouteTable", json!({ "AssociationId": tie })),
        (
            "ReplaceRouteTableAssociation",
            json!({ "AssociationId": tie, "RouteTableId": idle }),
        ),
        (
            "ReplaceRoute",
            json!({ "RouteTableId": tied["RouteTableId"], "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": nat }),
        ),
        (
            "CreateNatGateway",
            json!({ "SubnetId": free, "ConnectivityType": "private" }),
        ),
        ("DeleteNatGateway", json!({ "NatGatewayId": nat })),
        (
            "CreateVpcEndpoint",
            json!({ "VpcId": own["VpcId"], "ServiceName": "com.amazonaws.us-east-1.dynamodb", "RouteTableIds": [idle] }),
        ),
        (
            "ModifyVpcEndpoint",
            json!({ "VpcEndpointId": endpoint, "AddRouteTableIds": [idle] }),
        ),
        (
            "DeleteVpcEndpoints",
            json!({ "VpcEndpointIds": [endpoint] }),
        ),
        (
            "CreateVpcPeeringConnection",
            json!({ "VpcId": own["VpcId"], "PeerVpcId": empty["VpcId"] }),
        ),
        (
            "AcceptVpcPeeringConnection",
            json!({ "VpcPeeringConnectionId": pending }),
        ),
        (
            "RejectVpcPeeringConnection",
            json!({ "VpcPeeringConnectionId": pending }),
        ),
        (
            "DeleteVpcPeeringConnection",
            json!({ "VpcPeeringConnectionId": pending }),
        ),
        ("DeleteNetworkAcl", json!({ "NetworkAclId": own_acl })),
        (
            "ReplaceNetworkAclAssociation",
            json!({ "AssociationId": default_acl["Associations"][0]["NetworkAclAssociationId"], "NetworkAclId": own_acl }),
        ),
        (
            "ReplaceNetworkAclEntry",
            json!({ "NetworkAclId": own_acl, "RuleNumber": 7, "Egress": true, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0" }),
        ),
        (
            "CreateNetworkInsightsPath",
            json!({ "Source": default_gateway, "Destination": gateway(true), "Protocol": "udp" }),
        ),
        (
            "DeleteNetworkInsightsPath",
            json!({ "NetworkInsightsPathId": new }),
        ),
        (
            "StartNetworkInsightsAnalysis",
            json!({ "NetworkInsightsPathId": new }),
        ),
        (
            "DeleteNetworkInsightsAnalysis",
            json!({ "NetworkInsightsAnalysisId": analysis["NetworkInsightsAnalysisId"] }),
        ),
    ]
}
