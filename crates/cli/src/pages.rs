//! Goes through the pages of a listing, with `--max-items`, `--page-size` and `--starting-token`.

use crate::answer::Refusal;
use crate::request::Paging;
use crate::shapes::Pages;
use crate::values::{base64, from_base64};
use ec2_lab_engine::json::{Map, Value, json};

/// More pages than this means that the service never stops giving tokens.
const MOST_PAGES: usize = 100_000;

/// The whole listing. `call` fetches the page for an input.
pub fn collect(
    input: &Value,
    pages: &Pages,
    paging: &Paging,
    mut call: impl FnMut(&Value) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let mut input = input.as_object().cloned().unwrap_or_default();
    if let (Some(limit), Some(size)) = (pages.limit, paging.page_size) {
        input.insert(limit.to_owned(), Value::from(size));
    }
    let (mut token, mut skip) = start(paging.starting_token.as_deref())?;
    let mut whole = Map::new();
    let mut left = paging.max_items;
    for _ in 0..MOST_PAGES {
        match &token {
            Some(token) => drop(input.insert("NextToken".to_owned(), Value::from(token.as_str()))),
            None => drop(input.remove("NextToken")),
        }
        let page = call(&Value::Object(input.clone()))?;
        let next = page
            .get("NextToken")
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
            .map(str::to_owned);
        let taken = take(&mut whole, page, pages, skip, left);
        if taken.cut {
            whole.insert(
                "NextToken".to_owned(),
                resume(token.as_deref(), skip + taken.count),
            );
            break;
        }
        left = left.map(|left| left - taken.count as i64);
        skip = 0;
        match (next, left) {
            (Some(next), Some(left)) if left <= 0 => {
                whole.insert("NextToken".to_owned(), resume(Some(&next), 0));
                break;
            }
            (None, _) => break,
            (next, _) => token = next,
        }
    }
    Ok(Value::Object(whole))
}

struct Taken {
    count: usize,
    cut: bool,
}

/// Moves a page's items into the whole, without the first `skip` and at most `left` of them.
fn take(whole: &mut Map, page: Value, pages: &Pages, skip: usize, left: Option<i64>) -> Taken {
    let mut taken = Taken {
        count: 0,
        cut: false,
    };
    let Value::Object(page) = page else {
        return taken;
    };
    for (key, value) in page {
        if key == "NextToken" {
            continue;
        }
        let Value::Array(mut items) = value else {
            whole.or_insert_with(key, || value);
            continue;
        };
        // What is counted and cut is the first list; further ones come whole.
        if pages.results.first().is_some_and(|first| *first == key) {
            items.drain(..skip.min(items.len()));
            if let Some(left) = left
                .map(|left| usize::try_from(left).unwrap_or(0))
                .filter(|left| *left < items.len())
            {
                items.truncate(left);
                taken.cut = true;
            }
            taken.count = items.len();
        }
        match whole.get_mut(&key) {
            Some(Value::Array(all)) => all.extend(items),
            _ => drop(whole.insert(key, Value::Array(items))),
        }
    }
    taken
}

fn resume(token: Option<&str>, skip: usize) -> Value {
    let mut state = json!({ "NextToken": token });
    if skip > 0
        && let Some(map) = state.as_object_mut()
    {
        map.insert("boto_truncate_amount".to_owned(), Value::from(skip));
    }
    Value::from(base64(state.to_string().as_bytes()))
}

fn start(token: Option<&str>) -> Result<(Option<String>, usize), Refusal> {
    let Some(text) = token else {
        return Ok((None, 0));
    };
    let state: Value = from_base64(text)
        .and_then(|bytes| ec2_lab_engine::json::from_slice(&bytes).ok())
        .ok_or_else(|| Refusal::general(format!("Bad starting token: {text}")))?;
    let skip = state
        .get("boto_truncate_amount")
        .and_then(Value::as_u64)
        .unwrap_or(0);
    Ok((
        state
            .get("NextToken")
            .and_then(Value::as_str)
            .map(str::to_owned),
        usize::try_from(skip).unwrap_or(0),
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// Ten items, at most four a page.
    fn service(input: &Value) -> Result<Value, Refusal> {
        let from: usize = input["NextToken"]
            .as_str()
            .map_or(0, |token| token.parse().unwrap());
        let size = usize::try_from(input["MaxResults"].as_u64().unwrap_or(4)).unwrap();
        let to = (from + size).min(10);
        let mut page = json!({ "Items": (from..to).collect::<Vec<_>>() });
        if to < 10 {
            page["NextToken"] = json!(to.to_string());
        }
        Ok(page)
    }

    fn listing(paging: Paging) -> Value {
        let pages = Pages {
            limit: Some("MaxResults"),
            results: vec!["Items"],
        };
        collect(&json!({}), &pages, &paging, service).unwrap()
    }

    #[test]
    fn tokens_lead_through_everything_once() {
        assert_eq!(
            listing(Paging::default())["Items"]
                .as_array()
                .unwrap()
                .len(),
            10
        );
        for step in 1..=10 {
            let (mut seen, mut token) = (Vec::new(), None);
            loop {
                let page = listing(Paging {
                    max_items: Some(step),
                    starting_token: token,
                    page_size: Some(3),
                });
                let items = page["Items"].as_array().unwrap().clone();
                assert!(items.len() <= usize::try_from(step).unwrap());
                seen.extend(items);
                match page["NextToken"].as_str() {
                    Some(next) => token = Some(next.to_owned()),
                    None => break,
                }
            }
            assert_eq!(
                Value::from(seen),
                json!((0..10).collect::<Vec<_>>()),
                "step {step}"
            );
        }
    }

    #[test]
    fn a_foreign_token_is_refused() {
        assert_eq!(
            start(Some("%%%")).unwrap_err().text,
            "\nBad starting token: %%%\n"
        );
    }
}
