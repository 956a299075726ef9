//! The steps of random sequences that change networks: VPCs, subnets, gateways, tables, ACLs, endpoints, peering.

use crate::sequences::{Step, pick};
use ec2_lab_engine::Value;
use ec2_lab_engine::json::json;
use ec2_lab_engine::region::RegionState;

/// Subnets that were made, not those of the default VPC.
pub fn own_subnets(region: &RegionState) -> Vec<String> {
    let own = region.subnets.values().filter(|row| !row.default_for_az);
    own.map(|row| row.id.to_string()).collect()
}

/// The call of a step in this Region.
pub fn call(region: &RegionState, step: Step) -> Option<(&'static str, Value)> {
    macro_rules! ids {
        ($table:ident) => {
            region
                .$table
                .keys()
                .map(ToString::to_string)
                .collect::<Vec<String>>()
        };
    }
    let (first, second, third) = (step.first, step.second, step.third);
    let vpc = pick(&ids!(vpcs), first);
    let other = pick(&ids!(vpcs), second);
    let subnet = pick(&ids!(subnets), second);
    let own = pick(&own_subnets(region), first).or(subnet.clone());
    let table = pick(&ids!(route_tables), first);
    let gateway = pick(&ids!(internet_gateways), second);
    let acl = pick(&ids!(network_acls), first);
    let nat = pick(&ids!(nat_gateways), second);
    let endpoint = pick(&ids!(vpc_endpoints), first);
    let peering = pick(&ids!(peering_connections), second);
    let address = pick(&ids!(addresses), first);
    let ties: Vec<String> = region
        .route_tables
        .values()
        .flat_map(|row| row.associations.iter().map(|(id, _)| id.to_string()))
        .collect();
    let acl_ties: Vec<String> = region
        .network_acls
        .values()
        .flat_map(|row| row.associations.iter().map(|(id, _)| id.to_string()))
        .collect();
    let range = format!("10.{}.{}.0/24", first % 4, second % 4);
    let mut route = json!({ "RouteTableId": table, "DestinationCidrBlock": if third.is_multiple_of(3) { "0.0.0.0/0".to_owned() } else { format!("10.{}.0.0/16", second % 4) } });
    match third % 4 {
        0 => route["GatewayId"] = json!(gateway),
        1 => route["NatGatewayId"] = json!(nat),
        2 => route["VpcPeeringConnectionId"] = json!(peering),
        _ => route["NetworkInterfaceId"] = json!(pick(&ids!(network_interfaces), first)),
    }
    Some(match step.operation % 20 {
        0 => (
            "CreateVpc",
            json!({ "CidrBlock": format!("10.{}.0.0/16", first % 4) }),
        ),
        1 | 2 => ("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": range })),
        3 => match third % 6 {
            0 => ("DeleteVpc", json!({ "VpcId": vpc })),
            1 => ("DeleteSubnet", json!({ "SubnetId": own })),
            2 => ("DeleteRouteTable", json!({ "RouteTableId": table })),
            3 => ("DeleteNetworkAcl", json!({ "NetworkAclId": acl })),
            4 => (
                "DeleteInternetGateway",
                json!({ "InternetGatewayId": gateway }),
            ),
            _ => (
                "DeleteVpcEndpoints",
                json!({ "VpcEndpointIds": [endpoint] }),
            ),
        },
        4 => ("CreateInternetGateway", json!({})),
        5 => (
            "AttachInternetGateway",
            json!({ "InternetGatewayId": gateway, "VpcId": vpc }),
        ),
        6 => (
            "DetachInternetGateway",
            json!({ "InternetGatewayId": gateway, "VpcId": vpc }),
        ),
        7 => ("CreateRouteTable", json!({ "VpcId": vpc })),
        8 => (
            "AssociateRouteTable",
            json!({ "RouteTableId": table, "SubnetId": own }),
        ),
        9 => (
            "ReplaceRouteTableAssociation",
            json!({ "AssociationId": pick(&ties, second), "RouteTableId": table }),
        ),
        10 => ("CreateRoute", route),
        11 => {
            if third.is_multiple_of(2) {
                ("ReplaceRoute", route)
            } else {
                (
                    "DeleteRoute",
                    json!({ "RouteTableId": table, "DestinationCidrBlock": route["DestinationCidrBlock"] }),
                )
            }
        }
        12 => (
            "CreateNatGateway",
            if third.is_multiple_of(3) {
                json!({ "SubnetId": own, "ConnectivityType": "private" })
            } else {
                json!({ "SubnetId": own, "AllocationId": address })
            },
        ),
        13 => ("DeleteNatGateway", json!({ "NatGatewayId": nat })),
        14 => (
            "CreateVpcEndpoint",
            if third.is_multiple_of(2) {
                json!({ "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [table] })
            } else {
                json!({ "VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3", "VpcEndpointType": "Interface", "PrivateDnsEnabled": false, "SubnetIds": [own] })
            },
        ),
        15 => (
            "ModifyVpcEndpoint",
            if third.is_multiple_of(2) {
                json!({ "VpcEndpointId": endpoint, "AddRouteTableIds": [table] })
            } else {
                json!({ "VpcEndpointId": endpoint, "RemoveRouteTableIds": [table] })
            },
        ),
        16 => (
            "CreateVpcPeeringConnection",
            json!({ "VpcId": vpc, "PeerVpcId": other }),
        ),
        17 => (
            [
                "AcceptVpcPeeringConnection",
                "RejectVpcPeeringConnection",
                "DeleteVpcPeeringConnection",
            ][usize::from(third % 3)],
            json!({ "VpcPeeringConnectionId": peering }),
        ),
        18 => ("CreateNetworkAcl", json!({ "VpcId": vpc })),
        _ => (
            "ReplaceNetworkAclAssociation",
            json!({ "AssociationId": pick(&acl_ties, second), "NetworkAclId": acl }),
        ),
    })
}
