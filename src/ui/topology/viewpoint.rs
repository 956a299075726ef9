//! From whose place the ports are drawn.

use crate::state::AppState;
use crate::ui::components::SelectOption;
use ec2_lab_engine::guest::Power;
use ec2_lab_engine::ids::{InstanceId, ResourceId};
use ec2_lab_engine::network::Source;

/// A source as the value of a select.
#[must_use]
pub fn value(source: Source) -> String {
    match source {
        Source::Laptop => "laptop".to_owned(),
        Source::Stranger => "stranger".to_owned(),
        Source::Instance(id) => id.to_string(),
    }
}

/// The source behind such a value.
#[must_use]
pub fn parse(value: &str) -> Option<Source> {
    match value {
        "laptop" => Some(Source::Laptop),
        "stranger" => Some(Source::Stranger),
        id => InstanceId::parse(id).map(Source::Instance),
    }
}

/// A source in words: "your laptop", "web-1".
#[must_use]
pub fn words(app: &AppState, source: Source) -> String {
    match source {
        Source::Laptop => "your laptop".to_owned(),
        Source::Stranger => "a stranger".to_owned(),
        Source::Instance(id) => app
            .region()
            .and_then(|region| region.instances.get(&id))
            .map_or_else(|| id.to_string(), |row| row.label()),
    }
}

/// All from whom one can try: the two outside, and every instance whose operating system is up.
#[must_use]
pub fn options(app: &AppState) -> Vec<SelectOption> {
    let mut options = vec![
        SelectOption::new("laptop", "Your laptop"),
        SelectOption::new("stranger", "A stranger"),
    ];
    let rows = app
        .region()
        .map(|region| region.instances_by_serial())
        .unwrap_or_default();
    let up = rows.into_iter().filter(|row| row.guest.power == Power::Up);
    options.extend(
        up.map(|row| SelectOption::new(row.id.to_string(), row.label()).group("Running instances")),
    );
    options
}
