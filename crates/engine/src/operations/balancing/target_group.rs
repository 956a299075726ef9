//! Target groups (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html>).

use super::{balancer, balancer_arn, group, group_arn, invalid, mint, name};
use crate::clock::SECOND;
use crate::error::{ApiError, ApiResult};
use crate::input::Input;
use crate::json::Value;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::region::RegionState;
use crate::resources::load_balancer::{DEREGISTRATION_DELAY, HealthCheck, TargetGroup};
use crate::resources::tags::Tags;

/// What the lab models: HTTP to instances.
fn only_http(input: Input<'_>) -> ApiResult<()> {
    for key in ["Protocol", "HealthCheckProtocol"] {
        match input.text(key)?.unwrap_or("HTTP") {
            "HTTP" => {}
            other @ ("HTTPS" | "TCP" | "TLS" | "UDP" | "TCP_UDP" | "GENEVE" | "QUIC"
            | "TCP_QUIC") => {
                return Err(ApiError::NotModelled {
                    what: format!("{key} {other}"),
                });
            }
            other => return Err(invalid(format!("'{other}' is not a valid protocol"))),
        }
    }
    for (key, only) in [
        ("ProtocolVersion", "HTTP1"),
        ("TargetType", "instance"),
        ("IpAddressType", "ipv4"),
    ] {
        if let Some(other) = input.text(key)?.filter(|given| *given != only) {
            return Err(ApiError::NotModelled {
                what: format!("{key} {other}"),
            });
        }
    }
    Ok(())
}

fn port(given: i64) -> ApiResult<u16> {
    u16::try_from(given)
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| invalid(format!("Port '{given}' must be between 1 and 65535")))
}

/// Reads the settings of the health check over those that hold so far; the bounds are those of AWS's page
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html>).
fn health(input: Input<'_>, mut check: HealthCheck) -> ApiResult<HealthCheck> {
    let number = |key: &str, least: i64, most: i64, now: u32| -> ApiResult<u32> {
        let Some(given) = input.integer(key)? else {
            return Ok(now);
        };
        if !(least..=most).contains(&given) {
            return Err(invalid(format!(
                "{key} '{given}' must be between {least} and {most}"
            )));
        }
        Ok(u32::try_from(given).unwrap_or(now))
    };
    check.interval = number("HealthCheckIntervalSeconds", 5, 300, check.interval)?;
    check.timeout = number("HealthCheckTimeoutSeconds", 2, 120, check.timeout)?;
    check.healthy_threshold = number("HealthyThresholdCount", 2, 10, check.healthy_threshold)?;
    check.unhealthy_threshold =
        number("UnhealthyThresholdCount", 2, 10, check.unhealthy_threshold)?;
    if check.timeout >= check.interval {
        return Err(invalid(format!(
            "Health check timeout '{}' must be smaller than the interval '{}'",
            check.timeout, check.interval
        )));
    }
    match input.text("HealthCheckPort")? {
        None => {}
        Some("traffic-port") => check.port = None,
        Some(written) => {
            let number = written.parse().map_err(|_| {
                invalid(format!(
                    "Health check port '{written}' must be in the valid range 1-65535 or 'traffic-port'"
                ))
            })?;
            check.port = Some(port(number)?);
        }
    }
    if let Some(path) = input.text("HealthCheckPath")? {
        if !path.starts_with('/') || path.len() > 1024 || path.contains(char::is_whitespace) {
            return Err(invalid(format!(
                "Health check path '{path}' must begin with a '/' and have at most 1024 characters"
            )));
        }
        check.path = path.to_owned();
    }
    if let Some(matcher) = input.object("Matcher")?.text("HttpCode")? {
        let code = |text: &str| {
            text.parse::<u16>()
                .is_ok_and(|code| (200..=499).contains(&code))
        };
        let fine = matcher.split(',').all(|part| match part.split_once('-') {
            Some((from, to)) => code(from) && code(to) && from <= to,
            None => code(part),
        });
        if !fine {
            return Err(invalid(format!(
                "Health check matcher HTTP code '{matcher}' must be within '200-499' inclusive"
            )));
        }
        check.matcher = matcher.to_owned();
    }
    if input.boolean("HealthCheckEnabled")? == Some(false) {
        return Err(invalid(
            "Health check enabled must be true for target groups with target type 'instance'"
                .to_owned(),
        ));
    }
    Ok(check)
}

/// Makes a target group.
///
/// # Errors
/// `DuplicateTargetGroupName`, `ValidationError` for what is missing or out of bounds.
pub fn create(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let called = name("target group", input.required("Name")?)?.to_owned();
    only_http(input)?;
    if !input.has("Protocol") {
        return Err(invalid("A protocol must be specified".to_owned()));
    }
    let Some(number) = input.integer("Port")? else {
        return Err(invalid("A port must be specified".to_owned()));
    };
    let port = port(number)?;
    let Some(vpc) = input.text("VpcId")? else {
        return Err(invalid("A VPC ID must be specified".to_owned()));
    };
    let region = ctx.region()?;
    let vpc = lookup::vpc(region, vpc)
        .map_err(|_| invalid(format!("The VPC ID '{vpc}' is not found")))?
        .id;
    let usual = HealthCheck {
        enabled: true,
        port: None,
        path: "/".to_owned(),
        interval: 30,
        timeout: 5,
        healthy_threshold: 5,
        unhealthy_threshold: 2,
        matcher: "200".to_owned(),
    };
    let health = health(input, usual)?;
    let tags = Tags::read(&input.objects("Tags")?)?;
    if let Some(row) = region
        .balancing
        .target_groups
        .values()
        .find(|row| row.name == called)
    {
        // The same call again answers with what is there.
        if (row.vpc, row.port) == (vpc, port) && row.health == health {
            return Ok(object! { "TargetGroups": vec![show(region, row)] });
        }
        return Err(ApiError::DuplicateTargetGroupName {
            detail: format!(
                "A target group with the same name '{called}' exists, but with different settings"
            ),
        });
    }
    let row = TargetGroup {
        id: mint(ctx.world),
        serial: ctx.world.serial(),
        name: called,
        vpc,
        port,
        health,
        deregistration_delay: DEREGISTRATION_DELAY,
        cross_zone: None,
        targets: Vec::new(),
        due: None,
        tags,
    };
    let region = ctx.region_mut()?;
    let shown = show(region, &row);
    region.balancing.target_groups.insert(row.id, row);
    Ok(object! { "TargetGroups": vec![shown] })
}

fn show(region: &RegionState, row: &TargetGroup) -> Value {
    let check = &row.health;
    let users: Vec<Value> = region
        .balancing
        .balancer_of(row.id)
        .map(|balancer| text(balancer_arn(region, balancer)))
        .into_iter()
        .collect();
    object! {
        "TargetGroupArn": group_arn(region, row), "TargetGroupName": row.name.clone(), "Protocol": "HTTP",
        "Port": row.port, "VpcId": text(row.vpc), "HealthCheckProtocol": "HTTP",
        "HealthCheckPort": check.port.map_or_else(|| "traffic-port".to_owned(), |port| port.to_string()),
        "HealthCheckEnabled": check.enabled, "HealthCheckIntervalSeconds": check.interval,
        "HealthCheckTimeoutSeconds": check.timeout, "HealthyThresholdCount": check.healthy_threshold,
        "UnhealthyThresholdCount": check.unhealthy_threshold, "HealthCheckPath": check.path.clone(),
        "Matcher": object! { "HttpCode": check.matcher.clone() }, "LoadBalancerArns": users, "TargetType": "instance",
        "ProtocolVersion": "HTTP1", "IpAddressType": "ipv4",
    }
}

/// The target groups.
///
/// # Errors
/// `TargetGroupNotFound`, `LoadBalancerNotFound`.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let all = &region.balancing.target_groups;
    let mut rows: Vec<&TargetGroup> = all.values().collect();
    if let Some(arn) = input.text("LoadBalancerArn")? {
        let id = balancer(region, arn)?.id;
        rows.retain(|row| {
            region
                .balancing
                .balancer_of(row.id)
                .is_some_and(|user| user.id == id)
        });
    }
    let arns = input.texts("TargetGroupArns")?;
    if !arns.is_empty() {
        let mut named = Vec::new();
        for arn in arns {
            named.push(group(region, arn)?.id);
        }
        rows.retain(|row| named.contains(&row.id));
    }
    let names = input.texts("Names")?;
    if !names.is_empty() {
        if names
            .iter()
            .any(|name| all.values().all(|row| row.name != *name))
        {
            return Err(ApiError::TargetGroupNotFound {
                detail: "One or more target groups not found".to_owned(),
            });
        }
        rows.retain(|row| names.contains(&row.name.as_str()));
    }
    rows.sort_by_key(|row| row.serial);
    let shown: Vec<Value> = rows.into_iter().map(|row| show(region, row)).collect();
    Ok(object! { "TargetGroups": shown })
}

/// Changes the health check.
///
/// # Errors
/// `TargetGroupNotFound`, `ValidationError` out of bounds.
pub fn modify(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = group(ctx.region()?, input.required("TargetGroupArn")?)?.clone();
    only_http(input)?;
    let check = health(input, row.health)?;
    let region = ctx.region_mut()?;
    if let Some(row) = region.balancing.target_groups.get_mut(&row.id) {
        row.health = check;
    }
    let shown: Vec<Value> = region
        .balancing
        .target_groups
        .get(&row.id)
        .map(|row| show(region, row))
        .into_iter()
        .collect();
    Ok(object! { "TargetGroups": shown })
}

fn attributes(row: &TargetGroup) -> Value {
    let cross_zone = match row.cross_zone {
        None => "use_load_balancer_configuration",
        Some(true) => "true",
        Some(false) => "false",
    };
    let seconds = (row.deregistration_delay / SECOND).to_string();
    let pair = |key: &'static str, value: String| object! { "Key": key, "Value": value };
    object! { "Attributes": vec![
        pair("deregistration_delay.timeout_seconds", seconds),
        pair("load_balancing.cross_zone.enabled", cross_zone.to_owned()),
    ] }
}

/// The attributes that the lab models.
///
/// # Errors
/// `TargetGroupNotFound`.
pub fn describe_attributes(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    Ok(attributes(group(
        ctx.region()?,
        input.required("TargetGroupArn")?,
    )?))
}

/// Changes how long a target drains, and whether a node serves other zones too
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html>).
///
/// # Errors
/// `TargetGroupNotFound`, `ValidationError` for a value that the attribute does not take.
pub fn modify_attributes(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let mut row = group(ctx.region()?, input.required("TargetGroupArn")?)?.clone();
    for entry in input.objects("Attributes")? {
        let value = entry.text("Value")?.unwrap_or_default();
        let wrong = |key: &str| invalid(format!("'{key}' does not take the value '{value}'"));
        match entry.required("Key")? {
            key @ "deregistration_delay.timeout_seconds" => {
                let seconds: u64 = value.parse().map_err(|_| wrong(key))?;
                if seconds > 3600 {
                    return Err(wrong(key));
                }
                row.deregistration_delay = seconds * SECOND;
            }
            key @ "load_balancing.cross_zone.enabled" => {
                row.cross_zone = match value {
                    "true" => Some(true),
                    "false" => Some(false),
                    "use_load_balancer_configuration" => None,
                    _ => return Err(wrong(key)),
                };
            }
            key => {
                return Err(ApiError::NotModelled {
                    what: format!("The attribute {key}"),
                });
            }
        }
    }
    let shown = attributes(&row);
    ctx.region_mut()?
        .balancing
        .target_groups
        .insert(row.id, row);
    Ok(shown)
}

/// Takes a target group away.
///
/// # Errors
/// `TargetGroupNotFound`, `ResourceInUse` while a listener sends requests to it.
pub fn delete(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let arn = input.required("TargetGroupArn")?;
    let id = group(ctx.region()?, arn)?.id;
    let region = ctx.region_mut()?;
    if region
        .balancing
        .listeners
        .values()
        .any(|row| row.group == id)
    {
        return Err(ApiError::ResourceInUse {
            detail: format!("Target group '{arn}' is currently in use by a listener or a rule"),
        });
    }
    region.balancing.target_groups.remove(&id);
    Ok(object! {})
}
