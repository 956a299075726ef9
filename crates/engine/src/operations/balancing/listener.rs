//! Listeners (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html>).

use super::{balancer, balancer_arn, group, group_arn, invalid, listener_arn, malformed, mint};
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::load_balancer::Listener;

fn find<'a>(region: &'a RegionState, written: &str) -> ApiResult<&'a Listener> {
    if !written.starts_with("arn:") || !written.contains(":listener/") {
        return Err(malformed(written));
    }
    region
        .balancing
        .listeners
        .values()
        .find(|row| listener_arn(region, row) == written)
        .ok_or_else(|| ApiError::ListenerNotFound {
            detail: "One or more listeners not found".to_owned(),
        })
}

/// Makes a listener that sends its requests to one target group.
///
/// # Errors
/// `LoadBalancerNotFound`, `TargetGroupNotFound`, `DuplicateListener`, `InvalidConfigurationRequest` for a group of
/// another VPC, `TargetGroupAssociationLimit` for one that another load balancer uses.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let row = balancer(region, input.required("LoadBalancerArn")?)?;
    match input.text("Protocol")? {
        None => return Err(invalid("A listener protocol must be specified".to_owned())),
        Some("HTTP") => {}
        Some("HTTPS") => {
            return Err(ApiError::NotModelled {
                what: "The listener protocol HTTPS".to_owned(),
            });
        }
        Some(other) => {
            return Err(invalid(format!(
                "The protocol '{other}' is not supported by an application load balancer"
            )));
        }
    }
    let Some(given) = input.integer("Port")? else {
        return Err(invalid("A listener port must be specified".to_owned()));
    };
    let port = u16::try_from(given)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| invalid(format!("Port '{given}' must be between 1 and 65535")))?;
    let actions = input.objects("DefaultActions")?;
    let [action] = actions.as_slice() else {
        return Err(invalid(
            "Exactly one default action must be given".to_owned(),
        ));
    };
    match action.required("Type")? {
        "forward" => {}
        other => {
            return Err(ApiError::NotModelled {
                what: format!("The action type {other}"),
            });
        }
    }
    let Some(arn) = action.text("TargetGroupArn")? else {
        return Err(invalid("A target group ARN must be specified".to_owned()));
    };
    let target = group(region, arn)?;
    if target.vpc != row.vpc {
        return Err(ApiError::InvalidConfigurationRequest {
            detail: format!(
                "The following target groups do not belong to the same VPC as the load balancer: {arn}"
            ),
        });
    }
    if region
        .balancing
        .balancer_of(target.id)
        .is_some_and(|user| user.id != row.id)
    {
        return Err(ApiError::TargetGroupAssociationLimit {
            detail: format!(
                "The following target groups cannot be associated with more than one load balancer: {arn}"
            ),
        });
    }
    if region
        .balancing
        .listeners_of(row.id)
        .iter()
        .any(|other| other.port == port)
    {
        return Err(ApiError::DuplicateListener {
            detail: "A listener already exists on this port for this load balancer".to_owned(),
        });
    }
    let (balancer, group) = (row.id, target.id);
    let made = Listener {
        id: mint(ctx.world),
        serial: ctx.world.serial(),
        balancer,
        port,
        group,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &made);
    region.balancing.listeners.insert(made.id, made);
    Ok(object! { "Listeners": vec![shown] })
}

fn show(region: &RegionState, row: &Listener) -> Value {
    let of = |arn: Option<String>| arn.map(text);
    let balancer = region.balancing.load_balancers.get(&row.balancer);
    let target = region.balancing.target_groups.get(&row.group);
    let target = of(target.map(|row| group_arn(region, row)));
    let forward = object! {
        "TargetGroups": vec![object! { "TargetGroupArn": target.clone(), "Weight": 1 }],
        "TargetGroupStickinessConfig": object! { "Enabled": false },
    };
    object! {
        "ListenerArn": listener_arn(region, row),
        "LoadBalancerArn": of(balancer.map(|row| balancer_arn(region, row))), "Port": row.port, "Protocol": "HTTP",
        "DefaultActions": vec![object! { "Type": "forward", "TargetGroupArn": target, "ForwardConfig": forward }],
    }
}

/// The listeners of a load balancer, or those of these ARNs.
///
/// # Errors
/// `ListenerNotFound`, `LoadBalancerNotFound`, `ValidationError` when neither is named.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let arns = input.texts("ListenerArns")?;
    let rows: Vec<&Listener> = match input.text("LoadBalancerArn")? {
        Some(arn) => region.balancing.listeners_of(balancer(region, arn)?.id),
        None if arns.is_empty() => {
            return Err(invalid(
                "You must specify either listener ARNs or a load balancer ARN".to_owned(),
            ));
        }
        None => arns
            .into_iter()
            .map(|arn| find(region, arn))
            .collect::<ApiResult<_>>()?,
    };
    let shown: Vec<Value> = rows.into_iter().map(|row| show(region, row)).collect();
    Ok(object! { "Listeners": shown })
}

/// Takes a listener away.
///
/// # Errors
/// `ListenerNotFound`.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let id = find(ctx.region()?, input.required("ListenerArn")?)?.id;
    ctx.region_mut()?.balancing.listeners.remove(&id);
    Ok(object! {})
}
