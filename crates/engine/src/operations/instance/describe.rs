//! DescribeInstances (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html>).

use super::show::Pictures;
use crate::error::{ApiError, ApiResult};
use crate::filter::Filters;
use crate::ids::ReservationId;
use crate::input::Input;
use crate::json::{Map, Value};
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::pagination;

/// Instances by reservation, in the order they were launched.
///
/// # Errors
/// Unknown ids and filters.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let region = ctx.region()?;
    let named = lookup::instances(region, input)?;
    if !named.is_empty() && input.has("MaxResults") {
        return Err(ApiError::InvalidParameterCombination {
            detail: "The parameter instancesSet cannot be used with the parameter maxResults"
                .to_owned(),
        });
    }
    let filters = Filters::read(input)?;
    let mut pictures = Pictures::new(region);
    let mut reservations: Vec<(ReservationId, Vec<Value>)> = Vec::new();
    let rows = if named.is_empty() {
        region.instances_by_serial()
    } else {
        let known = named.iter().filter_map(|id| region.instances.get(id));
        let mut rows: Vec<_> = known.collect();
        rows.sort_by_key(|row| row.serial);
        rows
    };
    for row in rows {
        if !filters.pass(&row.tags, |name| super::filters::values(region, row, name))? {
            continue;
        }
        let picture = region.remembered.picture(&mut pictures, row);
        match reservations
            .last_mut()
            .filter(|(id, _)| *id == row.reservation)
        {
            Some((_, rows)) => rows.push(picture),
            None => reservations.push((row.reservation, vec![picture])),
        }
    }
    let rows = reservations
        .into_iter()
        .map(|(id, rows)| {
            object! { "ReservationId": text(id), "OwnerId": text(region.account), "Groups": Vec::<Value>::new(), "Instances": rows }
        })
        .collect();
    let (page, next) = pagination::page(input, rows)?;
    let mut answer = Map::new();
    answer.insert("Reservations".to_owned(), Value::Array(page));
    if !next.is_null() {
        answer.insert("NextToken".to_owned(), next);
    }
    Ok(Value::Object(answer))
}
