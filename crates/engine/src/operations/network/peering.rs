//! CreateVpcPeeringConnection and what becomes of it
//! (<https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html>).

use crate::catalogue;
use crate::error::{ApiError, ApiResult};
use crate::ids::VpcPeeringConnectionId;
use crate::input::Input;
use crate::json::{Value, json};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup::{self, Listed};
use crate::output::text;
use crate::region::RegionState;
use crate::resources::peering::{EXPIRES, LISTED, PeeringConnection, PeeringSide, PeeringState};
use crate::resources::tags::Tags;
use crate::scheduler::Resource;
use crate::world::{Caller, World};
use std::rc::Rc;

/// A peering connection of this Region.
///
/// # Errors
/// `InvalidVpcPeeringConnectionId.Malformed`, `InvalidVpcPeeringConnectionID.NotFound`.
pub(crate) fn find<'a>(region: &'a RegionState, text: &str) -> ApiResult<&'a PeeringConnection> {
    lookup::row_or(
        &region.peering_connections,
        text,
        |id| ApiError::InvalidVpcPeeringConnectionIdNotFound { id },
        |id| ApiError::InvalidVpcPeeringConnectionIdMalformed { id },
    )
}

/// Asks another VPC to peer. Ranges that share addresses cannot be peered: the request fails.
///
/// # Errors
/// `InvalidVpcID.NotFound`, `VpcPeeringConnectionAlreadyExists`, `InvalidParameterValue` for a VPC with itself.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let place = ctx.caller.clone();
    if let Some(owner) = input
        .text("PeerOwnerId")?
        .filter(|owner| *owner != place.account.to_string())
    {
        return Err(ApiError::NotModelled {
            what: format!("Peering with the account {owner}"),
        });
    }
    let peer_place = match input.text("PeerRegion")? {
        None => place.clone(),
        Some(name) => Caller {
            account: place.account,
            region: catalogue::region(name)
                .ok_or_else(|| ApiError::InvalidParameterValue {
                    detail: format!("Value ({name}) for parameter peerRegion is invalid."),
                })?
                .name,
        },
    };
    let own = lookup::vpc(ctx.region()?, input.required("VpcId")?)?.clone();
    let written = input.required("PeerVpcId")?;
    let peer_region =
        ctx.world
            .region(&peer_place)
            .ok_or_else(|| ApiError::InvalidVpcIdNotFound {
                vpc_id: written.to_owned(),
            })?;
    let peer = lookup::vpc(peer_region, written)?.clone();
    if peer.id == own.id {
        return Err(ApiError::InvalidParameterValue {
            detail: "The VPC cannot be peered with itself.".to_owned(),
        });
    }
    if peer.cidrs().any(|net| own.overlaps(net)) {
        return Err(ApiError::InvalidParameterValue {
            detail: format!(
                "The VPCs {} and {} have overlapping CIDR blocks.",
                own.id, peer.id
            ),
        });
    }
    let open = |row: &&PeeringConnection| {
        matches!(
            row.state,
            PeeringState::PendingAcceptance | PeeringState::Active
        ) && row.other_side(own.id).map(|side| side.vpc) == Some(peer.id)
    };
    if let Some(row) = ctx.region()?.peering_connections.values().find(open) {
        return Err(ApiError::VpcPeeringConnectionAlreadyExists {
            id: row.id.to_string(),
        });
    }
    let tags = Tags::specified(input, "vpc-peering-connection", &[])?;
    let expires = ctx.world.now().plus(EXPIRES);
    let row = PeeringConnection {
        id: ctx.world.mint(),
        serial: ctx.world.serial(),
        requester: PeeringSide {
            place: place.clone(),
            vpc: own.id,
            cidrs: own.cidrs().collect(),
        },
        accepter: PeeringSide {
            place: peer_place.clone(),
            vpc: peer.id,
            cidrs: peer.cidrs().collect(),
        },
        state: PeeringState::PendingAcceptance,
        expires,
        ended: None,
        tags,
    };
    let shown = show(&row);
    if peer_place != place
        && let Some(region) = ctx.world.region_mut(&peer_place)
    {
        let copy = PeeringConnection {
            tags: Tags::default(),
            ..row.clone()
        };
        region.peering_connections.insert(row.id, copy);
    }
    Rc::make_mut(&mut ctx.world.schedule).look(
        expires,
        &place,
        Resource::PeeringConnection(row.id),
    );
    ctx.region_mut()?.peering_connections.insert(row.id, row);
    Ok(object! { "VpcPeeringConnection": shown })
}

/// Gives both copies of a row a new state.
pub(super) fn settle(world: &mut World, row: &PeeringConnection, state: PeeringState) {
    let now = world.now();
    let ended = state != PeeringState::Active;
    for side in [&row.requester, &row.accepter] {
        let copy = world
            .region_mut(&side.place)
            .and_then(|region| region.peering_connections.get_mut(&row.id));
        if let Some(copy) = copy {
            copy.state = state;
            copy.ended = ended.then_some(now);
        }
    }
    if ended {
        Rc::make_mut(&mut world.schedule).look(
            now.plus(LISTED),
            &row.requester.place,
            Resource::PeeringConnection(row.id),
        );
    }
}

/// A request that nobody answered expires; what ended is forgotten after a while.
pub(crate) fn advance(world: &mut World, caller: &Caller, id: VpcPeeringConnectionId) {
    let now = world.now();
    let Some(row) = world
        .region(caller)
        .and_then(|region| region.peering_connections.get(&id))
        .cloned()
    else {
        return;
    };
    match (row.state, row.ended) {
        (PeeringState::PendingAcceptance, _) if now >= row.expires => {
            settle(world, &row, PeeringState::Expired);
        }
        (_, Some(ended)) if now >= ended.plus(LISTED) => {
            for side in [&row.requester, &row.accepter] {
                if let Some(region) = world.region_mut(&side.place) {
                    region.peering_connections.remove(&id);
                }
            }
        }
        _ => {}
    }
}

/// The row of a call, in one of these states.
fn in_state(
    ctx: &Context<'_>,
    input: Input<'_>,
    states: &[PeeringState],
    verb: &str,
) -> ApiResult<PeeringConnection> {
    let row = find(ctx.region()?, input.required("VpcPeeringConnectionId")?)?;
    if !states.contains(&row.state) {
        return Err(ApiError::InvalidStateTransition {
            detail: format!(
                "Invalid state transition for {}, attempted to transition from {} to {verb}",
                row.id,
                row.state.words().0
            ),
        });
    }
    Ok(row.clone())
}

/// The accepter says yes, in its own Region.
///
/// # Errors
/// `OperationNotPermitted` for a request to a VPC of another Region, `InvalidStateTransition`.
pub fn accept(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = in_state(ctx, input, &[PeeringState::PendingAcceptance], "active")?;
    accepters_place(ctx, &row)?;
    settle(ctx.world, &row, PeeringState::Active);
    let shown = ctx
        .region()?
        .peering_connections
        .get(&row.id)
        .map_or(Value::Null, show);
    Ok(object! { "VpcPeeringConnection": shown })
}

fn accepters_place(ctx: &Context<'_>, row: &PeeringConnection) -> ApiResult<()> {
    if row.accepter.place != *ctx.caller {
        return Err(ApiError::OperationNotPermitted {
            detail: format!(
                "Incorrect region ({}) specified for this request. VPC peering connection {} must be accepted in region {}",
                ctx.caller.region, row.id, row.accepter.place.region
            ),
        });
    }
    Ok(())
}

/// The accepter says no.
///
/// # Errors
/// As [`accept`].
pub fn reject(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = in_state(ctx, input, &[PeeringState::PendingAcceptance], "rejected")?;
    accepters_place(ctx, &row)?;
    settle(ctx.world, &row, PeeringState::Rejected);
    Ok(object! { "Return": true })
}

/// Either side ends it. Routes through it lead nowhere from then on.
///
/// # Errors
/// `InvalidVpcPeeringConnectionID.NotFound`, `InvalidStateTransition` for one that ended already.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = in_state(
        ctx,
        input,
        &[PeeringState::PendingAcceptance, PeeringState::Active],
        "deleted",
    )?;
    settle(ctx.world, &row, PeeringState::Deleted);
    Ok(object! { "Return": true })
}

fn side(side: &PeeringSide, open: bool) -> Value {
    let first = side.cidrs.first().filter(|_| open).map(text);
    object! {
        "CidrBlock": first,
        "CidrBlockSet": open.then(|| side.cidrs.iter().map(|net| json!({ "CidrBlock": net.to_string() })).collect::<Vec<_>>()),
        "OwnerId": text(side.place.account),
        "PeeringOptions": open.then(|| json!({ "AllowDnsResolutionFromRemoteVpc": false, "AllowEgressFromLocalClassicLinkToRemoteVpc": false, "AllowEgressFromLocalVpcToRemoteClassicLink": false })),
        "VpcId": text(side.vpc), "Region": side.place.region,
    }
}

/// A connection as DescribeVpcPeeringConnections shows it. The accepter's ranges are known once it has accepted.
fn show(row: &PeeringConnection) -> Value {
    let (code, message) = row.state.words();
    let message = match row.state {
        PeeringState::PendingAcceptance => {
            format!("Pending Acceptance by {}", row.accepter.place.account)
        }
        PeeringState::Deleted => format!("Deleted by {}", row.requester.place.account),
        _ => message.to_owned(),
    };
    object! {
        "AccepterVpcInfo": side(&row.accepter, row.state == PeeringState::Active),
        "ExpirationTime": (row.state == PeeringState::PendingAcceptance).then(|| text(row.expires)),
        "RequesterVpcInfo": side(&row.requester, true), "Status": object! { "Code": code, "Message": message },
        "Tags": row.tags.describe_all(), "VpcPeeringConnectionId": text(row.id),
    }
}

/// The connections that this Region has a side of.
///
/// # Errors
/// `InvalidVpcPeeringConnectionID.NotFound`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let rows = lookup::named(
        &region.peering_connections,
        &input.texts("VpcPeeringConnectionIds")?,
        |id| find(region, id),
    )?;
    let rows = rows.into_iter().map(|row| Listed {
        serial: row.serial,
        tags: &row.tags,
        row,
    });
    let values = |row: &PeeringConnection, name: &str| {
        let ranges = |side: &PeeringSide| side.cidrs.iter().map(ToString::to_string).collect();
        Some(match name {
            "vpc-peering-connection-id" => vec![row.id.to_string()],
            "status-code" => vec![row.state.words().0.to_owned()],
            "status-message" => vec![row.state.words().1.to_owned()],
            "requester-vpc-info.vpc-id" => vec![row.requester.vpc.to_string()],
            "accepter-vpc-info.vpc-id" => vec![row.accepter.vpc.to_string()],
            "requester-vpc-info.owner-id" => vec![row.requester.place.account.to_string()],
            "accepter-vpc-info.owner-id" => vec![row.accepter.place.account.to_string()],
            "requester-vpc-info.cidr-block" => ranges(&row.requester),
            "accepter-vpc-info.cidr-block" => ranges(&row.accepter),
            "expiration-time" => row.expires.in_filters(),
            _ => return None,
        })
    };
    lookup::describe(input, "VpcPeeringConnections", rows, values, show)
}
