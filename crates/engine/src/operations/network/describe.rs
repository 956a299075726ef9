//! DescribeVpcs, DescribeSubnets, ModifySubnetAttribute, DescribeInternetGateways.

use crate::error::{ApiError, ApiResult};
use crate::ids::SubnetId;
use crate::input::Input;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::vpc::{InternetGateway, Subnet, Vpc};
use serde_json::json;

/// DescribeVpcs (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html>).
///
/// # Errors
/// Unknown ids and filters.
pub fn vpcs(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input
        .texts("VpcIds")?
        .into_iter()
        .map(|id| lookup::vpc(region, id).map(|vpc| vpc.id))
        .collect::<ApiResult<Vec<_>>>()?;
    let rows = region
        .vpcs
        .values()
        .filter(|vpc| named.is_empty() || named.contains(&vpc.id))
        .map(|vpc| Listed {
            serial: vpc.serial,
            tags: &vpc.tags,
            row: vpc,
        });
    let values = |vpc: &Vpc, name: &str| {
        Some(vec![match name {
            "vpc-id" => vpc.id.to_string(),
            "cidr" | "cidr-block" | "cidrBlock" | "cidr-block-association.cidr-block" => {
                vpc.cidr.to_string()
            }
            "is-default" | "isDefault" => vpc.is_default.to_string(),
            "state" => "available".to_owned(),
            "owner-id" => region.account.to_string(),
            "dhcp-options-id" => vpc.dhcp_options.to_string(),
            _ => return None,
        }])
    };
    lookup::describe(input, "Vpcs", rows, values, |vpc| {
        object! {
            "OwnerId": text(region.account), "InstanceTenancy": "default",
            "CidrBlockAssociationSet": json!([object! {
                "AssociationId": vpc.id.to_string().replacen("vpc-", "vpc-cidr-assoc-", 1), "CidrBlock": text(vpc.cidr),
                "CidrBlockState": object! { "State": "associated" },
            }]),
            "IsDefault": vpc.is_default, "Tags": vpc.tags.describe(), "BlockPublicAccessStates": object! { "InternetGatewayBlockMode": "off" },
            "VpcId": text(vpc.id), "State": "available", "CidrBlock": text(vpc.cidr), "DhcpOptionsId": text(vpc.dhcp_options),
        }
    })
}

/// How many addresses of a subnet are free.
#[must_use]
pub fn free_addresses(region: &RegionState, subnet: &Subnet) -> u32 {
    let used = region
        .network_interfaces
        .values()
        .filter(|nic| nic.subnet == subnet.id)
        .map(|nic| nic.addresses.len())
        .sum::<usize>();
    subnet
        .capacity()
        .saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
}

/// DescribeSubnets (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html>).
///
/// # Errors
/// Unknown ids and filters.
pub fn subnets(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input
        .texts("SubnetIds")?
        .into_iter()
        .map(|id| lookup::subnet(region, id).map(|row| row.id))
        .collect::<ApiResult<Vec<SubnetId>>>()?;
    let zone_id = |row: &Subnet| {
        region
            .facts()
            .and_then(|facts| facts.zone(row.zone))
            .map_or("", |zone| zone.id)
    };
    let rows = region
        .subnets
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id))
        .map(|row| Listed {
            serial: row.serial,
            tags: &row.tags,
            row,
        });
    let values = |row: &Subnet, name: &str| {
        Some(vec![match name {
            "subnet-id" => row.id.to_string(),
            "vpc-id" => row.vpc.to_string(),
            "availability-zone" | "availabilityZone" => row.zone.to_owned(),
            "availability-zone-id" | "availabilityZoneId" => zone_id(row).to_owned(),
            "cidr" | "cidr-block" | "cidrBlock" => row.cidr.to_string(),
            "default-for-az" | "defaultForAz" => row.default_for_az.to_string(),
            "map-public-ip-on-launch" => row.map_public_ip_on_launch.to_string(),
            "available-ip-address-count" => free_addresses(region, row).to_string(),
            "state" => "available".to_owned(),
            "owner-id" => region.account.to_string(),
            _ => return None,
        }])
    };
    lookup::describe(input, "Subnets", rows, values, |row| {
        object! {
            "AvailabilityZoneId": zone_id(row), "MapCustomerOwnedIpOnLaunch": false, "OwnerId": text(region.account),
            "AssignIpv6AddressOnCreation": false, "Ipv6CidrBlockAssociationSet": json!([]), "Tags": row.tags.describe(),
            "SubnetArn": format!("arn:aws:ec2:{}:{}:subnet/{}", region.name, region.account, row.id),
            "EnableDns64": false, "Ipv6Native": false,
            "PrivateDnsNameOptionsOnLaunch": object! { "HostnameType": "ip-name", "EnableResourceNameDnsARecord": false, "EnableResourceNameDnsAAAARecord": false },
            "BlockPublicAccessStates": object! { "InternetGatewayBlockMode": "off" },
            "SubnetId": text(row.id), "State": "available", "VpcId": text(row.vpc), "CidrBlock": text(row.cidr),
            "AvailableIpAddressCount": free_addresses(region, row), "AvailabilityZone": row.zone,
            "DefaultForAz": row.default_for_az, "MapPublicIpOnLaunch": row.map_public_ip_on_launch,
        }
    })
}

/// ModifySubnetAttribute: whether interfaces made here get a public address
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>).
///
/// # Errors
/// `InvalidSubnetID.NotFound`, `MissingParameter`.
pub fn modify_subnet(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = lookup::subnet(ctx.region()?, input.required("SubnetId")?)?.id;
    let Some(map) = input.object("MapPublicIpOnLaunch")?.boolean("Value")? else {
        return Err(ApiError::MissingParameter {
            parameter: "MapPublicIpOnLaunch".to_owned(),
        });
    };
    if let Some(row) = ctx.region_mut()?.subnets.get_mut(&id) {
        row.map_public_ip_on_launch = map;
    }
    Ok(object! {})
}

/// DescribeInternetGateways (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html>).
///
/// # Errors
/// `InvalidInternetGatewayID.NotFound`, unknown filters.
pub fn internet_gateways(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input.texts("InternetGatewayIds")?;
    for id in &named {
        if !region
            .internet_gateways
            .keys()
            .any(|known| known.to_string() == *id)
        {
            return Err(ApiError::InvalidInternetGatewayIdNotFound {
                id: (*id).to_owned(),
            });
        }
    }
    let rows = region
        .internet_gateways
        .values()
        .filter(|row| named.is_empty() || named.contains(&row.id.to_string().as_str()));
    let rows = rows.map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &InternetGateway, name: &str| match name {
        "internet-gateway-id" => Some(vec![row.id.to_string()]),
        "attachment.vpc-id" => Some(row.vpc.map(|vpc| vpc.to_string()).into_iter().collect()),
        "attachment.state" => Some(
            row.vpc
                .map(|_| "available".to_owned())
                .into_iter()
                .collect(),
        ),
        "owner-id" => Some(vec![region.account.to_string()]),
        _ => None,
    };
    lookup::describe(input, "InternetGateways", rows, values, |row| {
        let attachments: Vec<_> = row
            .vpc
            .map(|vpc| object! { "State": "available", "VpcId": text(vpc) })
            .into_iter()
            .collect();
        object! { "Attachments": attachments, "InternetGatewayId": text(row.id), "OwnerId": text(region.account), "Tags": row.tags.describe_all() }
    })
}
