//! CreateSubnet, CreateDefaultSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html>).

use super::cidr;
use crate::error::{ApiError, ApiResult};
use crate::ids::{NetworkAclId, VpcId};
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::tags::Tags;
use crate::resources::vpc::Subnet;
use ipnet::Ipv4Net;

/// The most subnets of a VPC, unless AWS raises it.
const LIMIT: usize = 200;

/// The zone that a call names by name or by id; the Region's first one when it names none, where AWS picks one.
fn zone(region: &RegionState, input: Input<'_>) -> ApiResult<&'static str> {
    let zones = region
        .facts()
        .map(|facts| facts.zones.as_slice())
        .unwrap_or_default();
    let names: Vec<&str> = zones.iter().map(|zone| zone.name.as_str()).collect();
    let (name, id) = (
        input.text("AvailabilityZone")?,
        input.text("AvailabilityZoneId")?,
    );
    let found = match (name, id) {
        (Some(_), Some(_)) => {
            return Err(ApiError::InvalidParameterCombination {
                detail: "You may specify availability zone or availability zone id, but not both in the same call".to_owned(),
            });
        }
        (Some(name), None) => zones.iter().find(|zone| zone.name == name),
        (None, Some(id)) => zones.iter().find(|zone| zone.id == id),
        (None, None) => zones.first(),
    };
    found.map(|zone| zone.name.as_str()).ok_or_else(|| ApiError::InvalidParameterValue {
        detail: format!(
            "Value ({}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {}.",
            name.or(id).unwrap_or_default(),
            names.join(", "),
        ),
    })
}

/// Cuts a subnet out of a VPC, in one zone.
///
/// # Errors
/// `InvalidSubnet.Range`, `InvalidSubnet.Conflict`, `InvalidVpcID.NotFound`.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let vpc = lookup::vpc(region, input.required("VpcId")?)?;
    let written = input
        .text("CidrBlock")?
        .ok_or_else(|| ApiError::MissingParameterMessage {
            detail: "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.".to_owned(),
        })?;
    let net = cidr::parse("cidrBlock", written)?;
    let range = || ApiError::InvalidSubnetRange {
        cidr: written.to_owned(),
    };
    if !cidr::fits(net) || !vpc.cidrs().any(|own| own.contains(&net)) {
        return Err(range());
    }
    let zone = zone(region, input)?;
    let tags = Tags::specified(input, "subnet", &[])?;
    no_overlap(region, vpc.id, net, written)?;
    if region
        .subnets
        .values()
        .filter(|row| row.vpc == vpc.id)
        .count()
        >= LIMIT
    {
        return Err(ApiError::SubnetLimitExceeded {});
    }
    let vpc = vpc.id;
    let row = Subnet {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        vpc,
        zone,
        cidr: net,
        default_for_az: false,
        map_public_ip_on_launch: false,
        options: Default::default(),
        tags,
    };
    Ok(object! { "Subnet": add(ctx, row)? })
}

fn no_overlap(region: &RegionState, vpc: VpcId, net: Ipv4Net, written: &str) -> ApiResult<()> {
    let clash = region
        .subnets
        .values()
        .any(|row| row.vpc == vpc && (row.cidr.contains(&net) || net.contains(&row.cidr)));
    if clash {
        return Err(ApiError::InvalidSubnetConflict {
            cidr: written.to_owned(),
        });
    }
    Ok(())
}

/// Puts a subnet into the books: the VPC's default ACL filters it.
fn add(ctx: &mut Context<'_>, row: Subnet) -> ApiResult {
    let tie = ctx.world.mint();
    let region = ctx.region_mut()?;
    let acl = default_acl(region, row.vpc);
    if let Some(acl) = acl.and_then(|id| region.network_acls.get_mut(&id)) {
        acl.associations.push((tie, row.id));
    }
    let id = row.id;
    region.subnets.insert(id, row);
    Ok(region
        .subnets
        .get(&id)
        .map_or(Value::Null, |row| show(region, row)))
}

/// The ACL that a VPC was made with.
pub(super) fn default_acl(region: &RegionState, vpc: VpcId) -> Option<NetworkAclId> {
    region
        .network_acls
        .values()
        .find(|acl| acl.vpc == vpc && acl.is_default)
        .map(|acl| acl.id)
}

/// Makes the default subnet of a zone again.
///
/// # Errors
/// `DefaultSubnetAlreadyExistsInAvailabilityZone`, `InvalidParameterValue` for an unknown zone or a VPC without room.
pub fn create_default(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    input.required("AvailabilityZone")?;
    let zone = zone(region, input)?;
    let invalid = |detail: &str| ApiError::InvalidParameterValue {
        detail: detail.to_owned(),
    };
    let vpc = region
        .default_vpc()
        .ok_or_else(|| invalid("There is no default VPC in this Region."))?;
    if let Some(row) = region
        .subnets
        .values()
        .find(|row| row.default_for_az && row.zone == zone)
    {
        return Err(ApiError::DefaultSubnetAlreadyExists {
            subnet_id: row.id.to_string(),
            zone: zone.to_owned(),
        });
    }
    let vpc_id = vpc.id;
    let net = vpc
        .cidr
        .subnets(20)
        .into_iter()
        .flatten()
        .find(|net| no_overlap(region, vpc_id, *net, "").is_ok())
        .ok_or_else(|| invalid("There is no free range of size /20 in the default VPC."))?;
    let row = Subnet {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        vpc: vpc_id,
        zone,
        cidr: net,
        default_for_az: true,
        map_public_ip_on_launch: true,
        options: Default::default(),
        tags: Tags::default(),
    };
    Ok(object! { "Subnet": add(ctx, row)? })
}

/// Takes a subnet away in which no interface is left.
///
/// # Errors
/// `DependencyViolation`, `InvalidSubnetID.NotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let id = lookup::subnet(region, input.required("SubnetId")?)?.id;
    if region
        .network_interfaces
        .values()
        .any(|nic| nic.subnet == id)
    {
        return Err(ApiError::DependencyViolation {
            detail: format!("The subnet '{id}' has dependencies and cannot be deleted."),
        });
    }
    let region = ctx.region_mut()?;
    region.subnets.remove(&id);
    let acls: Vec<_> = region.network_acls.keys().copied().collect();
    for acl in acls {
        if let Some(acl) = region.network_acls.get_mut(&acl) {
            acl.associations.retain(|(_, subnet)| *subnet != id);
        }
    }
    let tables: Vec<_> = region.route_tables.keys().copied().collect();
    for table in tables {
        if let Some(table) = region.route_tables.get_mut(&table) {
            table.associations.retain(|(_, subnet)| *subnet != Some(id));
        }
    }
    Ok(object! {})
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

/// The subnets.
///
/// # Errors
/// Unknown ids and filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.subnets, &input.texts("SubnetIds")?, |id| {
        lookup::subnet(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &Subnet, name: &str| {
        Some(vec![match name {
            "subnet-id" => row.id.to_string(),
            "subnet-arn" => arn(region, row),
            "vpc-id" => row.vpc.to_string(),
            "availability-zone" | "availabilityZone" => row.zone.to_owned(),
            "availability-zone-id" | "availabilityZoneId" => region.zone_id(row.zone).to_owned(),
            "cidr" | "cidr-block" | "cidrBlock" => row.cidr.to_string(),
            "default-for-az" | "defaultForAz" => row.default_for_az.to_string(),
            "map-public-ip-on-launch" => row.map_public_ip_on_launch.to_string(),
            "available-ip-address-count" => free_addresses(region, row).to_string(),
            "enable-dns64" => row.options.enable_dns64.to_string(),
            "private-dns-name-options-on-launch.hostname-type" => hostname_type(row).to_owned(),
            "private-dns-name-options-on-launch.enable-resource-name-dns-a-record" => {
                row.options.resource_name_a_record.to_string()
            }
            "map-customer-owned-ip-on-launch"
            | "ipv6-native"
            | "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record" => {
                "false".to_owned()
            }
            "state" => "available".to_owned(),
            "owner-id" => region.account.to_string(),
            // The lab's subnets have no IPv6 ranges and no Outposts: no value matches.
            "ipv6-cidr-block-association.ipv6-cidr-block"
            | "ipv6-cidr-block-association.association-id"
            | "ipv6-cidr-block-association.state"
            | "outpost-arn"
            | "customer-owned-ipv4-pool" => return Some(Vec::new()),
            _ => return None,
        }])
    };
    lookup::describe(input, "Subnets", rows, values, |row| show(region, row))
}

fn arn(region: &RegionState, row: &Subnet) -> String {
    format!(
        "arn:aws:ec2:{}:{}:subnet/{}",
        region.name, region.account, row.id
    )
}

fn hostname_type(row: &Subnet) -> &'static str {
    if row.options.resource_name {
        "resource-name"
    } else {
        "ip-name"
    }
}

/// A subnet as DescribeSubnets shows it.
fn show(region: &RegionState, row: &Subnet) -> Value {
    object! {
        "AvailabilityZoneId": region.zone_id(row.zone), "MapCustomerOwnedIpOnLaunch": false, "OwnerId": text(region.account),
        "AssignIpv6AddressOnCreation": false, "Ipv6CidrBlockAssociationSet": json!([]), "Tags": row.tags.describe(),
        "SubnetArn": arn(region, row), "EnableDns64": row.options.enable_dns64, "Ipv6Native": false,
        "PrivateDnsNameOptionsOnLaunch": object! {
            "HostnameType": hostname_type(row), "EnableResourceNameDnsARecord": row.options.resource_name_a_record,
            "EnableResourceNameDnsAAAARecord": false,
        },
        "BlockPublicAccessStates": object! { "InternetGatewayBlockMode": "off" },
        "SubnetId": text(row.id), "State": "available", "VpcId": text(row.vpc), "CidrBlock": text(row.cidr),
        "AvailableIpAddressCount": free_addresses(region, row), "AvailabilityZone": row.zone,
        "DefaultForAz": row.default_for_az, "MapPublicIpOnLaunch": row.map_public_ip_on_launch,
    }
}

/// Whether interfaces made here get a public address, and how hosts are named
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>).
///
/// # Errors
/// `InvalidSubnetID.NotFound`, `InvalidParameterCombination` for none or several attributes.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = lookup::subnet(ctx.region()?, input.required("SubnetId")?)?.id;
    let map = input.boolean("MapPublicIpOnLaunch")?;
    let dns64 = input.boolean("EnableDns64")?;
    let record = input.boolean("EnableResourceNameDnsARecordOnLaunch")?;
    let kind = match input.text("PrivateDnsHostnameTypeOnLaunch")? {
        None => None,
        Some("ip-name") => Some(false),
        Some("resource-name") => Some(true),
        Some(other) => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter privateDnsHostnameTypeOnLaunch is invalid. Valid values: ip-name, resource-name"
                ),
            });
        }
    };
    let given = [map, dns64, record, kind].iter().flatten().count();
    if given != 1 {
        return Err(ApiError::InvalidParameterCombination {
            detail: if given == 0 {
                "No attributes specified."
            } else {
                "You can only modify one attribute at a time."
            }
            .to_owned(),
        });
    }
    if let Some(row) = ctx.region_mut()?.subnets.get_mut(&id) {
        row.map_public_ip_on_launch = map.unwrap_or(row.map_public_ip_on_launch);
        row.options.enable_dns64 = dns64.unwrap_or(row.options.enable_dns64);
        row.options.resource_name_a_record = record.unwrap_or(row.options.resource_name_a_record);
        row.options.resource_name = kind.unwrap_or(row.options.resource_name);
    }
    Ok(object! {})
}
