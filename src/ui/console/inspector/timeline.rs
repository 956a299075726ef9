//! When things happened to an instance, and what it has cost since it last started.

use super::details::since;
use crate::state::App;
use crate::ui::components::{KeyValue, KeyValueList, StatusIndicator};
use crate::ui::console::instances::status_check;
use crate::ui::console::section::parts::dollars;
use crate::ui::words;
use ec2_lab_engine::Instant;
use ec2_lab_engine::guest::Power;
use ec2_lab_engine::resources::instance::{Instance, InstanceState};
use yew::prelude::*;

fn moment(at: Instant) -> String {
    let (year, month, day, hour, minute, second) = at.civil();
    format!(
        "{} ({year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC)",
        words::clock(at)
    )
}

/// The moments and the money.
pub fn view(app: &App, row: &Instance) -> Html {
    let windows = row.os().is_some_and(|os| os.windows);
    let price = row
        .kind()
        .and_then(|kind| kind.price(app.caller.region, windows));
    let metered = row.state == InstanceState::Running;
    // AWS bills by the second, sixty at least, from running to stopping.
    let seconds = app.clock().since(row.state_since) / 1_000;
    let cost = price.map(|price| {
        if metered {
            price * seconds.max(60) as f64 / 3_600.0
        } else {
            0.0
        }
    });
    let boot = match row.guest.power {
        Power::Up => "It is up".to_owned(),
        Power::Booting => format!(
            "Booting, about {} in all",
            words::duration(row.os().map_or(20_000, |os| os.boot))
        ),
        Power::Off => "Off".to_owned(),
    };
    let (kind, check) = status_check(app, row);
    let items = vec![
        KeyValue::text("Last started", moment(row.launched)),
        KeyValue::text(format!("{} for", words::state(row.state)), since(app, row)),
        KeyValue::text("Operating system", boot),
        KeyValue::new(
            "Status checks",
            kind.map_or_else(
                Html::default,
                |kind| html! { <StatusIndicator {kind}>{ check }</StatusIndicator> },
            ),
        ),
        KeyValue::text("Last transition", row.transition_reason.clone()),
        KeyValue::text(
            "Price",
            price.map_or_else(
                || "not sold here".to_owned(),
                |price| {
                    format!(
                        "{} an hour, On-Demand {}",
                        dollars(price),
                        if windows { "Windows" } else { "Linux" }
                    )
                },
            ),
        ),
        KeyValue::text("Cost of this run", cost.map_or_else(String::new, dollars)),
    ];
    html! {
        <>
            <KeyValueList {items} />
            <p class="muted">
                { if metered {
                    "The meter runs by the second while it is running, for a minute at least."
                } else {
                    "The meter stands still. The volume and an Elastic IP address cost money all the same."
                } }
            </p>
        </>
    }
}
