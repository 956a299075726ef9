//! A network of one's own to try ways in: a public and a private subnet, an internet gateway.

use crate::lab::{Lab, text};
use ec2_lab_engine::json::{Value, json};

/// A VPC with a public and a private subnet.
pub struct Net {
    pub vpc: String,
    pub public: String,
    pub private: String,
    /// The private subnet's table.
    pub table: String,
    pub gateway: String,
}

pub fn net(lab: &mut Lab, second: u8) -> Net {
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

pub fn open_group(lab: &mut Lab, vpc: &str) -> String {
    let group = text(
        &lab.ok(
            "CreateSecurityGroup",
            json!({ "GroupName": "open", "Description": "open", "VpcId": vpc }),
        )["GroupId"],
    );
    lab.allow(&group, "-1", -1, "0.0.0.0/0");
    group
}

pub fn machine(lab: &mut Lab, subnet: &str, group: &str) -> String {
    lab.up(json!({ "SubnetId": subnet, "SecurityGroupIds": [group] }))
}

pub fn route(table: &str, range: &str, key: &str, id: &str) -> Value {
    let mut input = json!({ "RouteTableId": table, "DestinationCidrBlock": range });
    input[key] = json!(id);
    input
}

pub fn nat(lab: &mut Lab, subnet: &str) -> String {
    let allocation = lab.ok("AllocateAddress", json!({}))["AllocationId"].clone();
    text(
        &lab.ok(
            "CreateNatGateway",
            json!({ "SubnetId": subnet, "AllocationId": allocation }),
        )["NatGateway"]["NatGatewayId"],
    )
}
