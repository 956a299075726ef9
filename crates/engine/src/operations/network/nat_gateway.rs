//! CreateNatGateway, DeleteNatGateway, DescribeNatGateways
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>).

use crate::error::{ApiError, ApiResult};
use crate::ids::{AllocationId, NatGatewayId};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::address::associate;
use crate::operations::lookup::{self, Listed};
use crate::operations::network_interface::delete::remove;
use crate::operations::network_interface::make::{self, Wanted, WantedAddresses};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::nat_gateway::{
    Connectivity, DELETING, LIMIT_PER_ZONE, LISTED, NatGateway, NatGatewayState, PENDING,
};
use crate::resources::network_interface::Requester;
use crate::resources::tags::Tags;
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// A NAT gateway that is still listed.
///
/// # Errors
/// `NatGatewayMalformed`, `NatGatewayNotFound`.
pub(crate) fn find<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a NatGateway> {
    lookup::row_or(
        &region.nat_gateways,
        text,
        |id| ApiError::NatGatewayNotFound { id },
        |id| ApiError::NatGatewayMalformed { id },
    )
}

/// Makes a NAT gateway: an interface of AWS's in a subnet and, for a public one, an Elastic IP address of the account's.
///
/// # Errors
/// Unknown subnets and addresses, an address that is in use, `NatGatewayLimitExceeded`. A subnet without a way to an
/// internet gateway is no mistake that AWS sees at once: the gateway fails.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let token = input.text("ClientToken")?.unwrap_or_default().to_owned();
    let subnet = lookup::subnet(region, input.required("SubnetId")?)?;
    if let Some(earlier) = region
        .nat_gateways
        .values()
        .find(|row| !token.is_empty() && row.client_token == token)
    {
        if earlier.subnet != subnet.id {
            return Err(ApiError::IdempotentParameterMismatch {});
        }
        return Ok(object! { "ClientToken": token, "NatGateway": show(region, earlier) });
    }
    let connectivity = match input.text("ConnectivityType")?.unwrap_or("public") {
        "public" => Connectivity::Public,
        "private" => Connectivity::Private,
        other => {
            return Err(ApiError::InvalidParameterValue {
                detail: format!(
                    "Value ({other}) for parameter connectivityType is invalid. Valid values: public, private"
                ),
            });
        }
    };
    let allocation = allocation(region, input, connectivity)?;
    let alive = region
        .nat_gateways
        .values()
        .filter(|row| row.state.alive())
        .filter_map(|row| region.subnets.get(&row.subnet))
        .filter(|other| other.zone == subnet.zone)
        .count();
    if alive >= LIMIT_PER_ZONE {
        return Err(ApiError::NatGatewayLimitExceeded {});
    }
    let tags = Tags::specified(input, "natgateway", &[])?;
    let connected = region.gateway_of(subnet.vpc).is_some();
    let addresses = WantedAddresses {
        primary: input.address("PrivateIpAddress")?,
        ..WantedAddresses::default()
    };
    if let Some(ip) = addresses.primary {
        make::in_subnet(subnet, ip)?;
    }
    let (subnet_id, vpc) = (subnet.id, subnet.vpc);
    let id: NatGatewayId = ctx.world.mint();
    let interface = make::make(
        ctx,
        Wanted {
            subnet: subnet_id,
            addresses,
            groups: Vec::new(),
            description: format!("Interface for NAT Gateway {id}"),
            connection_tracking: None,
            requester: Some(Requester::NatGateway(id)),
            client_token: String::new(),
            tags: Tags::default(),
        },
    )?;
    let private_ip = ctx
        .region()?
        .network_interfaces
        .get(&interface)
        .map_or(std::net::Ipv4Addr::UNSPECIFIED, |nic| nic.private_ip());
    let failure = (connectivity == Connectivity::Public && !connected).then_some((
        "Gateway.NotAttached",
        "Network has no Internet gateway attached",
    ));
    let public = match allocation.filter(|_| failure.is_none()) {
        Some(allocation) => Some(associate::tie(ctx, allocation, interface, private_ip)?),
        None => None,
    };
    let now = ctx.world.now();
    let row = NatGateway {
        id,
        serial: ctx.world.serial(),
        vpc,
        subnet: subnet_id,
        connectivity,
        state: NatGatewayState::Pending,
        failure,
        created: now,
        deleted: None,
        due: now.plus(PENDING),
        interface,
        private_ip,
        public,
        client_token: token.clone(),
        tags,
    };
    look_again(ctx.world, ctx.caller, &row);
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.nat_gateways.insert(id, row);
    Ok(object! { "ClientToken": (!token.is_empty()).then_some(token), "NatGateway": shown })
}

/// The Elastic IP address that the call gives: one for a public gateway, none for a private one.
fn allocation(
    region: &RegionState,
    input: Input<'_>,
    connectivity: Connectivity,
) -> ApiResult<Option<AllocationId>> {
    match (connectivity, input.text("AllocationId")?) {
        (Connectivity::Private, None) => Ok(None),
        (Connectivity::Private, Some(_)) => Err(ApiError::InvalidParameterCombination {
            detail: "A private NAT gateway cannot have an Elastic IP address.".to_owned(),
        }),
        (Connectivity::Public, None) => Err(ApiError::MissingParameter {
            parameter: "AllocationId".to_owned(),
        }),
        (Connectivity::Public, Some(id)) => {
            let row = lookup::row(&region.addresses, id, |allocation_id| {
                ApiError::InvalidAllocationIdNotFound { allocation_id }
            })?;
            if let Some(tie) = row.association {
                return Err(ApiError::ResourceAlreadyAssociated {
                    detail: format!(
                        "Elastic IP address [{id}] is already associated, with {}",
                        tie.id
                    ),
                });
            }
            Ok(Some(row.id))
        }
    }
}

fn look_again(world: &mut World, caller: &Caller, row: &NatGateway) {
    Rc::make_mut(&mut world.schedule).look(row.due, caller, Resource::NatGateway(row.id));
}

/// Begins to take a gateway away. Routes to it lead nowhere at once; its address stays the account's.
///
/// # Errors
/// `NatGatewayNotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = find(ctx.region()?, input.required("NatGatewayId")?)?.id;
    let now = ctx.world.now();
    let row = ctx.region_mut()?.nat_gateways.get_mut(&id);
    let begun = row.filter(|row| row.state.alive() && row.state != NatGatewayState::Deleting);
    if let Some(row) = begun {
        row.state = NatGatewayState::Deleting;
        row.deleted = Some(now);
        row.due = now.plus(DELETING);
        let row = row.clone();
        look_again(ctx.world, ctx.caller, &row);
    }
    Ok(object! { "NatGatewayId": text(id) })
}

/// What has fallen due: a pending one is available or has failed, a deleting one is gone, a gone one is forgotten.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: NatGatewayId) {
    let now = world.now();
    let Some(region) = world.region_mut(caller) else {
        return;
    };
    let Some(row) = region.nat_gateways.get_mut(&id) else {
        return;
    };
    if now < row.due {
        return;
    }
    match row.state {
        NatGatewayState::Pending if row.failure.is_some() => {
            row.state = NatGatewayState::Failed;
            row.deleted = Some(now);
        }
        NatGatewayState::Pending => row.state = NatGatewayState::Available,
        NatGatewayState::Deleting => row.state = NatGatewayState::Deleted,
        NatGatewayState::Available => {}
        NatGatewayState::Failed | NatGatewayState::Deleted => {
            region.nat_gateways.remove(&id);
            return;
        }
    }
    if matches!(
        row.state,
        NatGatewayState::Failed | NatGatewayState::Deleted
    ) {
        row.due = now.plus(LISTED);
        let row = row.clone();
        remove(region, row.interface);
        look_again(world, caller, &row);
    }
}

/// A gateway as DescribeNatGateways shows it.
fn show(region: &RegionState, row: &NatGateway) -> Value {
    let alive = region.network_interfaces.contains(&row.interface);
    let status = match row.state {
        NatGatewayState::Failed => "failed",
        _ => "succeeded",
    };
    let address = object! {
        "AllocationId": row.public.map(|(id, _, _)| text(id)), "NetworkInterfaceId": alive.then(|| text(row.interface)),
        "PrivateIp": text(row.private_ip), "PublicIp": row.public.map(|(_, _, ip)| text(ip)),
        "AssociationId": row.public.map(|(_, id, _)| text(id)), "IsPrimary": true, "Status": status,
    };
    object! {
        "CreateTime": text(row.created), "DeleteTime": row.deleted.map(text),
        "FailureCode": row.failure.filter(|_| row.state == NatGatewayState::Failed).map(|(code, _)| code),
        "FailureMessage": row.failure.filter(|_| row.state == NatGatewayState::Failed).map(|(_, message)| message),
        "NatGatewayAddresses": vec![address], "NatGatewayId": text(row.id), "State": row.state.as_str(),
        "SubnetId": text(row.subnet), "VpcId": text(row.vpc), "Tags": row.tags.describe_all(),
        "ConnectivityType": row.connectivity.as_str(),
    }
}

/// The gateways.
///
/// # Errors
/// `NatGatewayNotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(&region.nat_gateways, &input.texts("NatGatewayIds")?, |id| {
        find(region, id)
    })?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &NatGateway, name: &str| {
        Some(vec![match name {
            "nat-gateway-id" => row.id.to_string(),
            "state" => row.state.as_str().to_owned(),
            "subnet-id" => row.subnet.to_string(),
            "vpc-id" => row.vpc.to_string(),
            "connectivity-type" => row.connectivity.as_str().to_owned(),
            _ => return None,
        }])
    };
    lookup::describe(input, "NatGateways", rows, values, |row| show(region, row))
}
