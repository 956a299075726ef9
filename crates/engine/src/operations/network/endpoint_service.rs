//! DescribeVpcEndpointServices, DescribePrefixLists
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html>).

use crate::catalogue::{self, EndpointService, PrefixList};
use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::input::Input;
use crate::json::{Map, Value, json};
use crate::object;
use crate::operation::Context;
use crate::output::text;
use crate::pagination;
use crate::region::RegionState;
use crate::resources::tags::Tags;

/// The services that endpoints can lead to: a row for each kind of endpoint.
///
/// # Errors
/// `InvalidServiceName`, unknown filters.
pub fn describe(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input.texts("ServiceNames")?;
    for name in &named {
        if !catalogue::endpoint_services(region.name).any(|row| row.name == *name) {
            return Err(ApiError::InvalidServiceName {
                name: (*name).to_owned(),
            });
        }
    }
    let filters = Filters::read(input)?;
    let mut details = Vec::new();
    let mut names: Vec<Value> = Vec::new();
    for row in catalogue::endpoint_services(region.name) {
        if !named.is_empty() && !named.contains(&row.name.as_str()) {
            continue;
        }
        let kinds = [(row.gateway, "Gateway"), (row.interface, "Interface")];
        for (_, kind) in kinds.into_iter().filter(|(has, _)| *has) {
            let values = |name: &str| {
                Some(vec![match name {
                    "service-name" => row.name.clone(),
                    "service-type" => kind.to_owned(),
                    "owner" => "amazon".to_owned(),
                    "service-region" => region.name.to_owned(),
                    "supported-ip-address-types" => "ipv4".to_owned(),
                    _ => return None,
                }])
            };
            if filters.pass(&Tags::default(), values)? {
                let name = text(&row.name);
                if names.last() != Some(&name) {
                    names.push(name);
                }
                details.push(show(region, row, kind));
            }
        }
    }
    let (page, next) = pagination::page(input, details)?;
    let mut answer = Map::new();
    answer.insert("ServiceDetails".to_owned(), Value::Array(page));
    answer.insert("ServiceNames".to_owned(), Value::Array(names));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}

fn show(region: &RegionState, row: &EndpointService, kind: &str) -> Value {
    let zones: Vec<Value> = region
        .facts()
        .into_iter()
        .flat_map(|facts| facts.zones.iter().map(|zone| text(&zone.name)))
        .collect();
    let private = (kind == "Interface").then(|| text(&row.dns_name));
    object! {
        "ServiceName": row.name.clone(), "ServiceType": json!([{ "ServiceType": kind }]), "ServiceRegion": region.name,
        "AvailabilityZones": zones, "Owner": "amazon",
        "BaseEndpointDnsNames": vec![text(format!("{}.{}.vpce.amazonaws.com", row.short, region.name))],
        "PrivateDnsName": private.clone(),
        "PrivateDnsNames": private.map(|name| json!([{ "PrivateDnsName": name }])),
        "VpcEndpointPolicySupported": true, "AcceptanceRequired": false, "ManagesVpcEndpoints": false,
        "Tags": Vec::<Value>::new(), "SupportedIpAddressTypes": json!(["ipv4"]),
    }
}

/// The address ranges of services with gateway endpoints.
///
/// # Errors
/// `InvalidPrefixListID.NotFound`, unknown filters.
pub fn prefix_lists(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = input.texts("PrefixListIds")?;
    for id in &named {
        if !catalogue::prefix_lists(region.name).any(|row| row.id.to_string() == *id) {
            return Err(ApiError::InvalidPrefixListIdNotFound {
                id: (*id).to_owned(),
            });
        }
    }
    let filters = Filters::read(input)?;
    let mut rows = Vec::new();
    for row in catalogue::prefix_lists(region.name) {
        let values = |name: &str| {
            Some(vec![match name {
                "prefix-list-id" => row.id.to_string(),
                "prefix-list-name" => row.name.clone(),
                _ => return None,
            }])
        };
        let wanted = named.is_empty() || named.contains(&row.id.to_string().as_str());
        if filters.pass(&Tags::default(), values)? && wanted {
            rows.push(show_list(row));
        }
    }
    let (page, next) = pagination::page(input, rows)?;
    let mut answer = Map::new();
    answer.insert("PrefixLists".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}

fn show_list(row: &PrefixList) -> Value {
    object! {
        "Cidrs": row.cidrs().map(text).collect::<Vec<_>>(), "PrefixListId": text(row.id), "PrefixListName": row.name.clone(),
    }
}
